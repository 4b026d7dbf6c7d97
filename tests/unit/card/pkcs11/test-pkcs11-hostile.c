#include <dlfcn.h>
#include <errno.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/eonay-error.h"
#include "card/pkcs11/eonay-pkcs11-channel.h"
#include "support/hostile-scene.h"

#define LIMIT 60000

static HostileNeeds lacking;
static char *report;
static gboolean is_intact; /* the host has told to the end that the module does not load */

static void
read_report (void)
{
  g_autofree char *path = g_build_filename (hostile_scene_get_folder (), "report", NULL);

  g_clear_pointer (&report, g_free);
  g_assert_true (g_file_get_contents (path, &report, NULL, NULL));
  g_unlink (path);
}

static HostileNeeds
ask_what_lacks (void)
{
  g_autoptr (EonayPkcs11Channel) channel = eonay_pkcs11_channel_new ("--sandbox");
  g_autoptr (GError) error = NULL;
  g_autoptr (EonayPkcs11Answer) answer = eonay_pkcs11_channel_ask (channel, NULL, LIMIT, &error);
  HostileNeeds lacks = HOSTILE_NEEDS_NOTHING;

  g_assert_no_error (error);
  g_assert_nonnull (answer->modules);
  for (guint i = 0; i < answer->modules->len; i++)
    {
      gsize length;
      const char *piece = g_bytes_get_data (answer->modules->pdata[i], &length);

      lacks |= strncmp (piece, EONAY_PKCS11_LACKS_FILES, length) == 0 ? HOSTILE_NEEDS_FILES
                                                                      : HOSTILE_NEEDS_CALLS;
    }

  return lacks;
}

static void
run_module (void)
{
  g_autoptr (EonayPkcs11Channel) channel = eonay_pkcs11_channel_new (hostile_scene_get_module ());
  g_autoptr (EonayPkcs11Request) request = eonay_pkcs11_request_new (EONAY_PKCS11_ASK_LIST);
  g_autoptr (EonayPkcs11Answer) answer = eonay_pkcs11_channel_ask (channel, request, LIMIT, NULL);

  is_intact = answer != NULL &&
              g_error_matches (answer->error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_MODULE_FAILED);
}

/* Everything that was left behind is ours now; it ends, or the test does not. */
static void
wait_for_children (void)
{
  while (waitpid (-1, NULL, 0) > 0 || errno == EINTR)
    ;
  g_assert_cmpint (errno, ==, ECHILD);
}

static void
test_attack (gconstpointer user_data)
{
  const HostileRow *row = user_data;

  if (g_str_equal (row->name, "memory") && hostile_scene_is_sanitized ())
    {
      g_test_skip ("sanitizers reserve terabytes of address space");
      return;
    }
  if ((row->needs & lacking) != 0)
    {
      g_test_skip ("the kernel lacks Landlock or seccomp");
      return;
    }
  if (!hostile_scene_reports (report, row->name, row->may ? "done" : "refused"))
    g_test_message ("%s", report);
  g_assert_true (hostile_scene_reports (report, row->name, row->may ? "done" : "refused"));
}

static void
test_nothing_happened (void)
{
  if (lacking != HOSTILE_NEEDS_NOTHING)
    {
      g_test_skip ("the kernel lacks Landlock or seccomp");
      return;
    }
  hostile_scene_assert_untouched (TRUE);
}

static void
test_session (void)
{
  g_assert_true (g_str_has_prefix (report, "session: "));
  g_assert_false (g_str_has_prefix (report, "session: 0\n"));
  /* Only where neither keeps it from that, another program has taken its place. */
  g_assert_true (is_intact || lacking == (HOSTILE_NEEDS_FILES | HOSTILE_NEEDS_CALLS));
}

/* The module itself, in a process that nobody confines: these are real attacks. */
static void
test_attacks_are_real (void)
{
  const HostileRow *rows = hostile_scene_get_rows ();
  g_autofree char *executed = g_build_filename (hostile_scene_get_folder (), "executed", NULL);
  g_autofree char *profile = hostile_scene_plant (".profile", "export GIZLI=1\n");
  pid_t pid;

  g_free (hostile_scene_plant ("tokens/token.object", "gizli\n"));
  g_unlink (executed);
  pid = fork ();
  if (pid == 0)
    {
      void *module = dlopen (g_getenv ("TEST_HOSTILE"), RTLD_NOW | RTLD_LOCAL);
      void (*run) (void) = module != NULL ? dlsym (module, "hostile_run") : NULL;

      if (run != NULL)
        run ();
      _exit (1);
    }
  g_assert_cmpint (waitpid (pid, NULL, 0), ==, pid);
  read_report ();
  for (gsize i = 0; rows[i].name != NULL; i++)
    if (rows[i].anybody && !hostile_scene_reports (report, rows[i].name, "done"))
      g_error ("%s is no attack: %s", rows[i].name, report);
  g_assert_true (g_file_test (executed, G_FILE_TEST_EXISTS));
}

int
main (int argc, char *argv[])
{
  const HostileRow *rows = hostile_scene_get_rows ();
  int status;

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (prctl (PR_SET_CHILD_SUBREAPER, 1), ==, 0);

  hostile_scene_set ();
  lacking = ask_what_lacks ();
  run_module ();
  wait_for_children ();
  read_report ();
  for (gsize i = 0; rows[i].name != NULL; i++)
    {
      g_autofree char *path = g_strconcat ("/card/pkcs11-hostile/", rows[i].name, NULL);

      g_test_add_data_func (path, &rows[i], test_attack);
    }
  g_test_add_func ("/card/pkcs11-hostile/session", test_session);
  g_test_add_func ("/card/pkcs11-hostile/nothing-happened", test_nothing_happened);
  g_test_add_func ("/card/pkcs11-hostile/attacks-are-real", test_attacks_are_real);

  status = g_test_run ();
  hostile_scene_clear ();
  g_free (report);

  return status;
}
