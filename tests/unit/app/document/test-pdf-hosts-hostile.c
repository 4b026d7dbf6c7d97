#include <gio/gio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/host/eonay-host-process.h"
#include "base/host/eonay-sandbox.h"
#include "base/host/eonay-sealed-memory.h"
#include "support/hostile-scene.h"

/* The real programs that read PDFs, with code in them that a document could have brought: it can do
   nothing. That these are attacks is shown by test-pkcs11-hostile.c. */

/* @when: see tests/shim/hostile-preloaded.c: before anything reads the document */
typedef struct {
  const char *name;
  const char *variable;
  const char *argument;
  const char *when;
  char *report;
} Program;

typedef struct {
  const Program *program;
  const HostileRow *row;
} Case;

static Program programs[] = {
  { "renderer", "TEST_RENDERER", NULL, "wait", NULL },
  { "inspector", "EONAY_PDF_INSPECTOR", "1", "map", NULL },
};

static HostileNeeds lacking;

/* In a process of its own, which it confines. */
static HostileNeeds
find_what_lacks (void)
{
  int status;
  pid_t pid = fork ();

  if (pid == 0)
    {
      g_autoptr (EonaySandboxProfile) profile = eonay_sandbox_profile_new ();
      EonaySandboxLack lack;

      if (!eonay_sandbox_enter (profile, &lack, NULL))
        _exit (0);
      _exit (((lack & EONAY_SANDBOX_LACKS_FILES) != 0 ? HOSTILE_NEEDS_FILES : 0) |
             ((lack & EONAY_SANDBOX_LACKS_CALLS) != 0 ? HOSTILE_NEEDS_CALLS : 0));
    }
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFEXITED (status));

  return (HostileNeeds) WEXITSTATUS (status);
}

static char **
make_environment (const Program *program)
{
  static const char *const names[] = { "HOME", NULL };
  static const char *const prefixes[] = { "EONAY_HOSTILE_", NULL };
  g_auto (GStrv) ours = g_get_environ ();
  char **all = eonay_host_process_select_environment ((const char *const *) ours, names, prefixes,
                                                      NULL);

  all = g_environ_setenv (all, "LD_PRELOAD", g_getenv ("TEST_HOSTILE"), TRUE);

  return g_environ_setenv (all, "EONAY_HOSTILE_AT", program->when, TRUE);
}

/* Returns: (transfer full): all that it says until it ends */
static char *
run (const Program *program)
{
  g_autoptr (GBytes) document = g_bytes_new_static ("%PDF-1.7", 8);
  g_auto (GStrv) environment = make_environment (program);
  g_autoptr (GString) report = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (EonaySealedMemory) memory = eonay_sealed_memory_new (document, NULL, &error);
  EonayHostProcess *host = eonay_host_process_start (
      g_getenv (program->variable), program->argument, (const char *const *) environment,
      eonay_sealed_memory_get_fd (memory), &error);
  char bytes[4096];
  gssize length;

  g_assert_no_error (error);
  while ((length = read (eonay_host_process_get_fd (host), bytes, sizeof bytes)) > 0)
    g_string_append_len (report, bytes, length);
  eonay_host_process_end (host, FALSE);

  return g_string_free (g_steal_pointer (&report), FALSE);
}

static void
test_attack (gconstpointer user_data)
{
  const Case *self = user_data;
  const char *report = self->program->report;
  const char *expected = self->row->anyone_confined ? "done" : "refused";

  if ((self->row->needs & lacking) != 0)
    {
      g_test_skip ("the kernel lacks Landlock or seccomp");
      return;
    }
  if (!hostile_scene_reports (report, self->row->name, expected))
    g_test_message ("%s", report);
  g_assert_true (hostile_scene_reports (report, self->row->name, expected));
}

static void
test_session (gconstpointer user_data)
{
  const Program *program = user_data;

  g_assert_true (g_str_has_prefix (program->report, "session: "));
  g_assert_false (g_str_has_prefix (program->report, "session: 0\n"));
}

static void
test_nothing_happened (void)
{
  if (lacking != HOSTILE_NEEDS_NOTHING)
    {
      g_test_skip ("the kernel lacks Landlock or seccomp");
      return;
    }
  hostile_scene_assert_untouched (FALSE);
}

static void
test_sanitized (void)
{
  g_test_skip ("nothing can be preloaded before the sanitizers");
}

static void
add_program (Program *program)
{
  g_autofree char *session = g_strdup_printf ("/pdf-hosts/%s/session", program->name);

  program->report = run (program);
  g_test_add_data_func (session, program, test_session);
  for (const HostileRow *row = hostile_scene_get_rows (); row->name != NULL; row++)
    {
      g_autofree char *path = g_strdup_printf ("/pdf-hosts/%s/%s", program->name, row->name);
      Case *one = g_new (Case, 1);

      *one = (Case){ program, row };
      g_test_add_data_func_full (path, one, test_attack, g_free);
    }
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  if (hostile_scene_is_sanitized ())
    {
      g_test_add_func ("/pdf-hosts/sanitized", test_sanitized);
      return g_test_run ();
    }

  hostile_scene_set ();
  lacking = find_what_lacks ();
  for (gsize i = 0; i < G_N_ELEMENTS (programs); i++)
    add_program (&programs[i]);
  g_test_add_func ("/pdf-hosts/nothing-happened", test_nothing_happened);

  status = g_test_run ();
  hostile_scene_clear ();
  for (gsize i = 0; i < G_N_ELEMENTS (programs); i++)
    g_free (programs[i].report);

  return status;
}
