#include <gio/gio.h>
#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

#include "card/pkcs11/eonay-pkcs11-registry.h"
#include "card/pkcs11/eonay-pkcs11-server.h"
#include "support/test-softhsm.h"

/* In a Flatpak: the computer's modules, which "p11-kit server" runs there. */

static char *runtime; /* XDG_RUNTIME_DIR */
static char *info;    /* stands for /.flatpak-info */

static char *
get_socket (void)
{
  return g_build_filename (runtime, "p11-kit", "pkcs11", NULL);
}

static void
enter_flatpak (void)
{
  g_setenv ("EONAY_FLATPAK_INFO", info, TRUE);
}

static void
leave_flatpak (void)
{
  g_setenv ("EONAY_FLATPAK_INFO", "/nonexistent", TRUE);
}

/* Returns: (transfer full): a socket of that address, which nobody listens on yet */
static GSocket *
bind_socket (void)
{
  g_autofree char *path = get_socket ();
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
  g_autoptr (GError) error = NULL;
  GSocket *socket = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM,
                                  G_SOCKET_PROTOCOL_DEFAULT, &error);

  g_assert_no_error (error);
  g_assert_true (g_socket_bind (socket, address, FALSE, &error));
  g_assert_no_error (error);

  return socket;
}

static void
assert_server (EonayPkcs11Server expected)
{
  const char *client = eonay_pkcs11_server_find_client ();

  g_assert_cmpint (eonay_pkcs11_server_find (), ==, expected);
  if (expected == EONAY_PKCS11_SERVER_LISTENING)
    g_assert_true (g_str_has_suffix (client, "/p11-kit-client.so"));
  else
    g_assert_null (client);
}

static void
test_states (void)
{
  g_autofree char *path = get_socket ();
  g_autoptr (GSocket) socket = NULL;

  enter_flatpak ();
  assert_server (EONAY_PKCS11_SERVER_MISSING);
  socket = bind_socket ();
  assert_server (EONAY_PKCS11_SERVER_SILENT);
  g_assert_true (g_socket_listen (socket, NULL));
  assert_server (EONAY_PKCS11_SERVER_LISTENING);
  leave_flatpak ();
  assert_server (EONAY_PKCS11_SERVER_NOT_NEEDED);

  enter_flatpak ();
  g_socket_close (socket, NULL);
  assert_server (EONAY_PKCS11_SERVER_SILENT);
  g_assert_cmpint (g_remove (path), ==, 0);
  leave_flatpak ();
}

static void
keep_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* Returns: (transfer full) (nullable): p11-kit's client, if it is among the modules to be asked */
static char *
find_client (void)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) places = NULL;
  g_autoptr (GError) error = NULL;

  eonay_pkcs11_registry_find_async (NULL, NULL, keep_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  places = eonay_pkcs11_registry_find_finish (result, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < places->len; i++)
    if (g_str_has_suffix (((EonayPkcs11Place *) places->pdata[i])->path, "/p11-kit-client.so"))
      return g_strdup (((EonayPkcs11Place *) places->pdata[i])->path);

  return NULL;
}

/* Returns: the process, once it listens */
static GPid
start_server (void)
{
  g_autofree char *path = get_socket ();
  const char *argv[] = { "p11-kit",
                         "server",
                         "--foreground",
                         "--name",
                         path,
                         "--provider",
                         g_getenv ("EONAY_SHIM_MODULE"),
                         "pkcs11:",
                         NULL };
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) environment = g_environ_setenv (g_get_environ (), "SOFTHSM2_CONF",
                                                 g_getenv ("EONAY_SHIM_CONF"), TRUE);
  GPid pid;

  g_spawn_async (NULL, (char **) argv, environment,
                 G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL, NULL,
                 NULL, &pid, &error);
  g_assert_no_error (error);
  while (eonay_pkcs11_server_find () != EONAY_PKCS11_SERVER_LISTENING)
    {
      g_assert_cmpint (kill (pid, 0), ==, 0);
      g_usleep (1000);
    }

  return pid;
}

/* Its tokens are those of the computer, and sign as if the module ran here. */
static void
test_signs (void)
{
  g_autofree char *client = NULL;
  g_autoptr (EonayPkcs11Module) module = NULL;
  g_autoptr (EonayToken) token = NULL;
  TestOutcome outcome = { 0 };
  GPid pid;

  enter_flatpak ();
  g_assert_null (find_client ());
  pid = start_server ();
  client = find_client ();
  g_assert_nonnull (client);

  module = eonay_pkcs11_module_new (client, NULL);
  token = test_softhsm_new_token (module);
  g_assert_cmpstr (eonay_token_get_label (token), ==, "DENEME jetonu");
  test_softhsm_sign (token, TEST_RSA, test_softhsm_get_scheme (TEST_RSA), TEST_PIN, 1, FALSE,
                     &outcome);
  test_softhsm_assert_signed (&outcome, TEST_RSA, test_softhsm_get_scheme (TEST_RSA), 1);
  test_outcome_clear (&outcome);

  kill (pid, SIGTERM);
  g_spawn_close_pid (pid);
  leave_flatpak ();
  g_assert_null (find_client ());
}

int
main (int argc, char *argv[])
{
  g_autofree char *folder = NULL;
  const char *clean[] = { "rm", "-rf", NULL, NULL };
  int status;

  g_test_init (&argc, &argv, NULL);
  runtime = g_dir_make_tmp ("eonay-run-XXXXXX", NULL);
  folder = g_build_filename (runtime, "p11-kit", NULL);
  info = g_build_filename (runtime, "flatpak-info", NULL);
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (info, "[Application]\n", -1, NULL));
  g_setenv ("XDG_RUNTIME_DIR", runtime, TRUE);
  leave_flatpak ();
  test_softhsm_set_up ();
  g_test_add_func ("/pkcs11-server/states", test_states);
  g_test_add_func ("/pkcs11-server/signs", test_signs);
  status = g_test_run ();
  test_softhsm_tear_down ();
  clean[2] = runtime;
  g_spawn_sync (NULL, (char **) clean, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL,
                NULL);

  return status;
}
