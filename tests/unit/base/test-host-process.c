#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/host/eonay-frame-pipe.h"
#include "base/host/eonay-host-process.h"
#include "base/host/eonay-sealed-memory.h"

#define ENOUGH 10000

static const char *const nothing[] = { NULL };

static gint64
deadline_in (guint milliseconds)
{
  return g_get_monotonic_time () + (gint64) milliseconds * 1000;
}

static EonayHostProcess *
start (const char *act, int given)
{
  g_autoptr (GError) error = NULL;
  EonayHostProcess *host = eonay_host_process_start (g_getenv ("TEST_HOST"), act, nothing, given,
                                                     &error);

  g_assert_no_error (error);

  return host;
}

static char *
ask (EonayHostProcess *host, const char *words)
{
  int fd = eonay_host_process_get_fd (host);
  g_autoptr (GVariant) answer = NULL;
  char *text = NULL;

  g_assert_cmpint (
      eonay_frame_pipe_write_frame (fd, g_variant_new_string (words), deadline_in (ENOUGH)), ==,
      EONAY_FRAME_PIPE_DONE);
  g_assert_cmpint (eonay_frame_pipe_read_frame (fd, "s", deadline_in (ENOUGH), &answer), ==,
                   EONAY_FRAME_PIPE_DONE);
  g_variant_get (answer, "s", &text);

  return text;
}

static void
test_speaks_and_ends (void)
{
  EonayHostProcess *host = start ("echo", -1);
  g_autofree char *answer = ask (host, "merhaba");
  int status;

  g_assert_cmpstr (answer, ==, "merhaba, 1, -");
  g_assert_false (eonay_host_process_is_over (host));
  eonay_host_process_close (host, ENOUGH);

  host = start ("crash", -1);
  g_assert_cmpint (eonay_frame_pipe_read_frame (eonay_host_process_get_fd (host), "s",
                                                deadline_in (ENOUGH), &(GVariant *){ NULL }),
                   ==, EONAY_FRAME_PIPE_CLOSED);
  g_assert_true (eonay_host_process_is_over (host));
  status = eonay_host_process_end (host, FALSE);
  g_assert_true (WIFSIGNALED (status) && WTERMSIG (status) == SIGABRT);
}

static void
test_hanging (void)
{
  EonayHostProcess *host = start ("hang", -1);
  GVariant *answer = NULL;
  int status;

  g_assert_cmpint (eonay_frame_pipe_read_frame (eonay_host_process_get_fd (host), "s",
                                                deadline_in (50), &answer),
                   ==, EONAY_FRAME_PIPE_TIMED_OUT);
  status = eonay_host_process_end (host, TRUE);
  g_assert_true (WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL);

  /* Returns at all: it is ended by force. */
  eonay_host_process_close (start ("hang", -1), 50);
}

/* A host keeps no folder busy that we work in. */
static void
test_folder (void)
{
  g_autofree char *before = g_get_current_dir ();
  EonayHostProcess *host;
  g_autofree char *answer = NULL;

  g_assert_cmpint (chdir (g_get_tmp_dir ()), ==, 0);
  host = start ("where", -1);
  answer = ask (host, "?");
  g_assert_cmpstr (answer, ==, "/");
  eonay_host_process_close (host, ENOUGH);
  g_assert_cmpint (chdir (before), ==, 0);
}

static void
test_missing (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (eonay_host_process_start ("/nowhere/host", NULL, nothing, -1, &error));
  g_assert_error (error, G_SPAWN_ERROR, G_SPAWN_ERROR_FAILED);
}

/* However few descriptors are left, it starts or says why; nobody else is ended. */
static void
test_few_descriptors (void)
{
  const char *program = g_getenv ("TEST_HOST");
  struct rlimit before, few;
  guint n_started = 0;
  guint n_failed = 0;
  int next;

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
      g_test_trap_assert_passed ();
      return;
    }

  g_assert_cmpint (setpgid (0, 0), ==, 0);
  g_assert_cmpint (getrlimit (RLIMIT_NOFILE, &before), ==, 0);
  next = dup (STDERR_FILENO);
  close (next);
  few = before;
  for (int spare = 0; spare < 24; spare++)
    {
      g_autoptr (GError) error = NULL;
      EonayHostProcess *host;

      few.rlim_cur = (rlim_t) (next + spare);
      g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &few), ==, 0);
      host = eonay_host_process_start (program, "echo", nothing, STDERR_FILENO, &error);
      g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &before), ==, 0);
      g_assert_true ((host == NULL) == (error != NULL));
      n_failed += host == NULL;
      n_started += host != NULL;
      if (host != NULL)
        eonay_host_process_end (host, TRUE);
    }
  g_assert_cmpuint (n_failed, >, 0);
  g_assert_cmpuint (n_started, >, 0);
}

static void
test_given_memory (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("%PDF", 4);
  g_autoptr (GError) error = NULL;
  g_autoptr (EonaySealedMemory) memory = eonay_sealed_memory_new (bytes, NULL, &error);
  int fd;
  EonayHostProcess *host;
  g_autofree char *answer = NULL;

  g_assert_no_error (error);
  fd = eonay_sealed_memory_get_fd (memory);
  host = start ("echo", fd);
  answer = ask (host, "x");
  g_assert_cmpstr (answer, ==, "x, 2, %PDF");
  eonay_host_process_close (host, ENOUGH);

  /* Sealed for this process, too. */
  g_assert_cmpint (ftruncate (fd, 0), ==, -1);
  g_assert_cmpint (write (fd, "x", 1), ==, -1);
}

static void
test_joined_memory (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("%PDF", 4);
  g_autoptr (GBytes) rest = g_bytes_new_static ("-1.7", 4);
  g_autoptr (EonaySealedMemory) memory = eonay_sealed_memory_new (bytes, rest, NULL);
  g_autoptr (GBytes) mapped = NULL;

  g_assert_cmpuint (eonay_sealed_memory_get_size (memory), ==, 8);
  mapped = eonay_sealed_memory_map (eonay_sealed_memory_get_fd (memory), 8, NULL);
  g_assert_cmpmem (g_bytes_get_data (mapped, NULL), 8, "%PDF-1.7", 8);
}

static void
test_map_refuses (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("12345", 5);
  g_autoptr (GBytes) mapped = NULL;
  g_autoptr (GError) large = NULL;
  g_autoptr (GError) open = NULL;
  g_autoptr (EonaySealedMemory) memory = eonay_sealed_memory_new (bytes, NULL, NULL);
  int fd = eonay_sealed_memory_get_fd (memory);
  int unsealed = memfd_create ("test", MFD_CLOEXEC);

  g_assert_null (eonay_sealed_memory_map (fd, 4, &large));
  g_assert_error (large, G_FILE_ERROR, G_FILE_ERROR_NOSPC);
  g_assert_null (eonay_sealed_memory_map (unsealed, 100, &open));
  g_assert_error (open, G_FILE_ERROR, G_FILE_ERROR_INVAL);

  mapped = eonay_sealed_memory_map (fd, 5, NULL);
  g_clear_pointer (&memory, eonay_sealed_memory_free);
  g_assert_true (g_bytes_equal (mapped, bytes));
  close (unsealed);
}

static void
test_environment (void)
{
  static const char *const all[] = { "LANG=tr",      "LANGUAGE=en", "LC_ALL=C",
                                     "LD_PRELOAD=x", "T=1",         NULL };
  static const char *const names[] = { "LANG", NULL };
  static const char *const prefixes[] = { "LC_", NULL };
  static const char *const more[] = { "T", NULL };
  g_auto (GStrv) some = eonay_host_process_select_environment (all, names, prefixes, NULL);
  g_auto (GStrv) longer = eonay_host_process_select_environment (all, names, NULL, more);
  g_autofree char *joined = g_strjoinv (" ", some);
  g_autofree char *joined_longer = g_strjoinv (" ", longer);

  g_assert_cmpstr (joined, ==, "LANG=tr LC_ALL=C");
  g_assert_cmpstr (joined_longer, ==, "LANG=tr T=1");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/host-process/speaks-and-ends", test_speaks_and_ends);
  g_test_add_func ("/host-process/hanging", test_hanging);
  g_test_add_func ("/host-process/missing", test_missing);
  g_test_add_func ("/host-process/folder", test_folder);
  g_test_add_func ("/host-process/few-descriptors", test_few_descriptors);
  g_test_add_func ("/host-process/given-memory", test_given_memory);
  g_test_add_func ("/host-process/joined-memory", test_joined_memory);
  g_test_add_func ("/host-process/map-refuses", test_map_refuses);
  g_test_add_func ("/host-process/environment", test_environment);

  return g_test_run ();
}
