#include "card/pkcs11/eonay-pkcs11-environment.h"

static const char *const environment[] = {
  "HOME=/home/ayse",
  "PATH=/usr/bin",
  "LANG=tr_TR.UTF-8",
  "LC_MESSAGES=tr_TR.UTF-8",
  "XDG_RUNTIME_DIR=/run/user/1000",
  "PCSCLITE_CSOCK_NAME=/run/pcscd/pcscd.comm",
  "P11_KIT_SERVER_ADDRESS=unix:path=/run/user/1000/p11-kit/pkcs11",
  "SOFTHSM2_CONF=/home/ayse/softhsm2.conf",
  "OPENSC_CONF=",
  /* Nothing of these: */
  "HOMEPAGE=https://kurum.example/",
  "LD_PRELOAD=/tmp/yabanci.so",
  "LD_LIBRARY_PATH=/tmp",
  "GIO_MODULE_DIR=/tmp",
  "GITHUB_TOKEN=gizli",
  "SSH_AUTH_SOCK=/tmp/agent",
  "DBUS_SESSION_BUS_ADDRESS=unix:path=/run/user/1000/bus",
  "DISPLAY=:0",
  "WAYLAND_DISPLAY=wayland-0",
  "XAUTHORITY=/home/ayse/.Xauthority",
  "https_proxy=http://ayse:gizli@vekil.example/",
  "TMPDIR=/tmp",
  "EONAY_SHIM=always",
  "SOFTHSM2_CONFIG=1",
  "PATH_OF_SECRETS=/gizli",
  NULL,
};

#define N_NEEDED 9

static void
test_short_list (void)
{
  g_auto (GStrv) selected = eonay_pkcs11_environment_select (environment, NULL);

  g_assert_cmpuint (g_strv_length (selected), ==, N_NEEDED);
  for (guint i = 0; i < N_NEEDED; i++)
    g_assert_cmpstr (selected[i], ==, environment[i]);
}

static void
test_more (void)
{
  g_auto (GStrv) selected = eonay_pkcs11_environment_select (
      environment, (const char *const[]){ "TSAN_", "EONAY_", NULL });

  g_assert_cmpuint (g_strv_length (selected), ==, N_NEEDED + 1);
  g_assert_cmpstr (selected[N_NEEDED], ==, "EONAY_SHIM=always");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/card/pkcs11-environment/short-list", test_short_list);
  g_test_add_func ("/card/pkcs11-environment/more", test_more);

  return g_test_run ();
}
