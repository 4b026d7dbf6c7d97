#include <glib/gstdio.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/eonay-error.h"
#include "history-fixture.h"

#define MANY 10000

static EonayHistoryFile *
open_file (HistoryFixture *files)
{
  g_autofree char *moved = NULL;
  g_autoptr (GError) error = NULL;
  EonayHistoryFile *file = eonay_history_file_open (files->path, &moved, &error);

  g_assert_no_error (error);
  g_assert_null (moved);

  return file;
}

static void
assert_outcome (GPtrArray *entries, guint index, EonayHistoryOutcome outcome)
{
  EonayHistoryEntry *entry = entries->pdata[index];

  g_assert_cmpint (entry->outcome, ==, outcome);
}

static void
test_kept (void)
{
  g_autoptr (HistoryFixture) files = history_fixture_new ();
  g_autoptr (GPtrArray) old = history_fixture_new_batch ("eski", 1, 1000);
  g_autoptr (GPtrArray) new = history_fixture_new_batch ("yeni", 2, 2000);
  g_autoptr (GPtrArray) entries = NULL;
  EonayHistoryEntry *entry;

  history_fixture_put (files, new, EONAY_HISTORY_BEGUN);
  history_fixture_put (files, old, EONAY_HISTORY_UNDELIVERED);
  history_fixture_put (files, new, EONAY_HISTORY_DELIVERED);

  entries = history_fixture_list (files);
  g_assert_cmpuint (entries->len, ==, 3);
  entry = entries->pdata[1];
  g_assert_cmpstr (entry->batch, ==, "yeni");
  g_assert_cmpuint (entry->document, ==, 1);
  g_assert_cmpuint (entry->n_documents, ==, 2);
  g_assert_cmpint (entry->signed_at, ==, 2000);
  g_assert_cmpint (entry->outcome, ==, EONAY_HISTORY_DELIVERED);
  g_assert_cmpstr (entry->receipt, ==, "MAKBUZ-1");
  g_assert_null (entry->code);
  g_assert_null (entry->text);
  entry = entries->pdata[2];
  g_assert_cmpstr (entry->label, ==, "Sözleşme eski");
  g_assert_cmpstr (entry->portal_name, ==, "Kurum Portalı");
  g_assert_cmpstr (entry->code, ==, "AG-02");
}

/* A run that has ended has left what is not ended. */
static void
test_left_over (void)
{
  g_autoptr (HistoryFixture) files = history_fixture_new ();
  g_autoptr (EonayHistoryFile) alive = open_file (files);
  g_autoptr (GPtrArray) begun = history_fixture_new_batch ("b", 1, 3);
  g_autoptr (GPtrArray) sent = history_fixture_new_batch ("s", 1, 2);
  g_autoptr (GPtrArray) mine = history_fixture_new_batch ("m", 1, 1);
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GPtrArray) later = NULL;

  g_assert_true (eonay_history_file_put (alive, mine, NULL));
  history_fixture_put (files, begun, EONAY_HISTORY_BEGUN);
  history_fixture_put (files, sent, EONAY_HISTORY_SIGNED);
  entries = history_fixture_list (files);
  assert_outcome (entries, 0, EONAY_HISTORY_UNKNOWN);
  assert_outcome (entries, 1, EONAY_HISTORY_DELIVERY_UNKNOWN);
  assert_outcome (entries, 2, EONAY_HISTORY_BEGUN);

  g_clear_pointer (&alive, eonay_history_file_close);
  later = history_fixture_list (files);
  assert_outcome (later, 2, EONAY_HISTORY_UNKNOWN);
}

static void
test_private (void)
{
  mode_t before = umask (0);
  g_autoptr (HistoryFixture) files = history_fixture_new ();
  g_autoptr (GPtrArray) batch = history_fixture_new_batch ("b", 1, 1);
  g_autofree char *folder = g_path_get_dirname (files->path);
  g_autofree char *lock = g_strconcat (files->path, "-lock", NULL);
  GStatBuf found;

  history_fixture_put (files, batch, EONAY_HISTORY_BEGUN);
  g_assert_cmpint (g_stat (folder, &found), ==, 0);
  g_assert_cmpint (found.st_mode & 0777, ==, 0700);
  g_assert_cmpint (g_stat (files->path, &found), ==, 0);
  g_assert_cmpint (found.st_mode & 0777, ==, 0600);
  g_assert_cmpint (g_stat (lock, &found), ==, 0);
  g_assert_cmpint (found.st_mode & 0777, ==, 0600);

  g_assert_cmpint (g_chmod (files->path, 0644), ==, 0);
  history_fixture_put (files, batch, EONAY_HISTORY_SIGNED);
  g_assert_cmpint (g_stat (files->path, &found), ==, 0);
  g_assert_cmpint (found.st_mode & 0777, ==, 0600);
  umask (before);
}

static void
test_removed (void)
{
  g_autoptr (HistoryFixture) files = history_fixture_new ();
  g_autoptr (GPtrArray) one = history_fixture_new_batch ("bir", 1, 1);
  g_autoptr (GPtrArray) two = history_fixture_new_batch ("iki", 1, 2);
  g_autoptr (GPtrArray) three = history_fixture_new_batch ("uc", 1, 3);
  g_autoptr (EonayHistoryFile) file = open_file (files);
  g_autoptr (GPtrArray) left = NULL;
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GBytes) after = NULL;
  g_autofree char *journal = g_strconcat (files->path, "-journal", NULL);

  g_assert_true (eonay_history_file_put (file, one, NULL));
  g_assert_true (eonay_history_file_put (file, two, NULL));
  g_assert_true (eonay_history_file_put (file, three, NULL));
  g_assert_true (eonay_history_file_remove (file, "iki", NULL));
  left = eonay_history_file_list (file, NULL);
  g_assert_cmpuint (left->len, ==, 2);

  before = history_fixture_read (files->path);
  g_assert_true (history_fixture_has (before, "Sözleşme uc"));
  g_assert_false (history_fixture_has (before, "Sözleşme iki"));
  g_assert_true (eonay_history_file_clear (file, NULL));
  none = eonay_history_file_list (file, NULL);
  g_assert_cmpuint (none->len, ==, 0);
  after = history_fixture_read (files->path);
  g_assert_false (history_fixture_has (after, "Sözleşme"));
  g_assert_false (history_fixture_has (after, "1f2e3d"));
  if (g_file_test (journal, G_FILE_TEST_EXISTS))
    {
      GStatBuf found;

      g_assert_cmpint (g_stat (journal, &found), ==, 0);
      g_assert_cmpint (found.st_size, ==, 0);
    }
}

static void
test_migrated (void)
{
  g_autoptr (HistoryFixture) files = history_fixture_new ();
  g_autoptr (GPtrArray) batch = history_fixture_new_batch ("yeni", 1, 2000);
  g_autoptr (GPtrArray) entries = NULL;
  EonayHistoryEntry *entry = batch->pdata[0];

  history_fixture_execute (
      files, "CREATE TABLE entries (id INTEGER PRIMARY KEY, batch TEXT NOT NULL,"
             " document INTEGER NOT NULL, documents INTEGER NOT NULL, run INTEGER NOT NULL,"
             " signed_at INTEGER NOT NULL, portal_id TEXT NOT NULL, portal_name TEXT NOT NULL,"
             " operation TEXT NOT NULL, label TEXT NOT NULL, digest TEXT NOT NULL,"
             " serial TEXT NOT NULL, issuer TEXT NOT NULL, outcome TEXT NOT NULL, code TEXT,"
             " receipt TEXT, UNIQUE (batch, document));"
             "INSERT INTO entries VALUES (1, 'eski', 0, 1, 5, 1000, 'kurum', 'Kurum', 'login',"
             " 'Metin', 'aa', '1f', 'CA', 'delivered', NULL, 'R-7');"
             "PRAGMA user_version=1;");
  entry->text = g_strdup ("metin");
  history_fixture_put (files, batch, EONAY_HISTORY_DELIVERED);

  entries = history_fixture_list (files);
  g_assert_cmpuint (entries->len, ==, 2);
  entry = entries->pdata[0];
  g_assert_cmpstr (entry->text, ==, "metin");
  entry = entries->pdata[1];
  g_assert_cmpstr (entry->batch, ==, "eski");
  g_assert_cmpstr (entry->receipt, ==, "R-7");
  g_assert_null (entry->text);
}

static void
await_child (pid_t child)
{
  int status;

  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
}

static void
write_many (HistoryFixture *files, int writer)
{
  g_autofree char *moved = NULL;
  g_autoptr (EonayHistoryFile) file = eonay_history_file_open (files->path, &moved, NULL);

  for (int i = 0; file != NULL && i < 25; i++)
    {
      g_autofree char *name = g_strdup_printf ("%d-%d", writer, i);
      g_autoptr (GPtrArray) batch = history_fixture_new_batch (name, 2, i);
      g_autoptr (GPtrArray) ended = eonay_history_entry_end_batch (batch, EONAY_HISTORY_DELIVERED,
                                                                   NULL, NULL);

      if (!eonay_history_file_put (file, batch, NULL) ||
          !eonay_history_file_put (file, ended, NULL))
        _exit (1);
    }
  _exit (file != NULL && moved == NULL ? 0 : 1);
}

static void
test_two_writers (void)
{
  g_autoptr (HistoryFixture) files = history_fixture_new ();
  g_autoptr (GPtrArray) entries = NULL;
  pid_t children[3];

  for (int i = 0; i < 3; i++)
    {
      children[i] = fork ();
      if (children[i] == 0)
        write_many (files, i);
    }
  for (int i = 0; i < 3; i++)
    await_child (children[i]);

  entries = history_fixture_list (files);
  g_assert_cmpuint (entries->len, ==, 3 * 25 * 2);
  for (guint i = 0; i < entries->len; i++)
    assert_outcome (entries, i, EONAY_HISTORY_DELIVERED);
}

static void
fill_disk (HistoryFixture *files)
{
  g_autofree char *moved = NULL;
  g_autoptr (EonayHistoryFile) file = eonay_history_file_open (files->path, &moved, NULL);
  struct rlimit limit = { 64 * 1024, 64 * 1024 };
  int refused = 0;

  signal (SIGXFSZ, SIG_IGN);
  if (setrlimit (RLIMIT_FSIZE, &limit) != 0)
    _exit (2);
  for (int i = 1; i < 400; i++)
    {
      g_autofree char *name = g_strdup_printf ("%d", i);
      g_autoptr (GPtrArray) batch = history_fixture_new_batch (name, 1, i);

      if (!eonay_history_file_put (file, batch, NULL))
        refused++;
    }
  _exit (eonay_history_file_is_current (file) ? MIN (refused, 255) : 255);
}

static void
test_full_disk (void)
{
  g_autoptr (HistoryFixture) files = history_fixture_new ();
  g_autoptr (GPtrArray) batch = history_fixture_new_batch ("danach", 1, 1000);
  g_autoptr (GPtrArray) entries = NULL;
  pid_t child = fork ();
  int status;

  if (child == 0)
    fill_disk (files);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status));
  g_test_message ("%d of 399 refused", WEXITSTATUS (status));
  g_assert_cmpint (WEXITSTATUS (status), >, 0);
  g_assert_cmpint (WEXITSTATUS (status), <, 255);

  /* With room again: whatever was not refused is there. */
  history_fixture_put (files, batch, EONAY_HISTORY_DELIVERED);
  entries = history_fixture_list (files);
  g_assert_cmpuint (entries->len, >=, 400 - WEXITSTATUS (status));
  assert_outcome (entries, 0, EONAY_HISTORY_DELIVERED);
  assert_outcome (entries, 1, EONAY_HISTORY_UNKNOWN);
}

static void
test_many (void)
{
  g_autoptr (HistoryFixture) files = history_fixture_new ();
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GPtrArray) entries = NULL;
  gint64 start;

  history_fixture_put (files, none, EONAY_HISTORY_BEGUN);
  history_fixture_execute (
      files, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000) "
             "INSERT INTO entries SELECT i, 'b' || i, 0, 1, 7, 1500000000 + i * 3600, 'kurum',"
             " 'Kurum Portalı', 'e-onay', 'Sözleşme ' || i, hex(randomblob(32)), 'abcdef',"
             " 'DENEME', 'delivered', NULL, 'R-' || i, NULL FROM n;");
  start = g_get_monotonic_time ();
  entries = history_fixture_list (files);
  g_test_message ("%u entries, opened, checked and read: %" G_GINT64_FORMAT " ms", entries->len,
                  (g_get_monotonic_time () - start) / 1000);
  g_assert_cmpuint (entries->len, ==, MANY);
  g_assert_cmpint (((EonayHistoryEntry *) entries->pdata[0])->signed_at, ==,
                   1500000000 + MANY * 3600);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/history/file/kept", test_kept);
  g_test_add_func ("/history/file/left-over", test_left_over);
  g_test_add_func ("/history/file/private", test_private);
  g_test_add_func ("/history/file/removed", test_removed);
  g_test_add_func ("/history/file/migrated", test_migrated);
  g_test_add_func ("/history/file/two-writers", test_two_writers);
  g_test_add_func ("/history/file/full-disk", test_full_disk);
  g_test_add_func ("/history/file/many", test_many);

  return g_test_run ();
}
