#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/eonay-error.h"
#include "history-fixture.h"

/* Files that are no history, or none any more: what becomes of them. */

static void
assert_moved_aside (HistoryFixture *files, GBytes *damaged)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *moved = NULL;
  g_autoptr (EonayHistoryFile) file = eonay_history_file_open (files->path, &moved, &error);
  g_autoptr (GPtrArray) batch = history_fixture_new_batch ("neu", 1, 1);
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GBytes) kept = NULL;

  g_assert_no_error (error);
  g_assert_nonnull (moved);
  kept = history_fixture_read (moved);
  g_assert_true (g_bytes_equal (kept, damaged));
  g_assert_true (eonay_history_file_put (file, batch, NULL));
  entries = eonay_history_file_list (file, NULL);
  g_assert_cmpuint (entries->len, ==, 1);
}

static void
test_damaged (gconstpointer user_data)
{
  const char *how = user_data;
  g_autoptr (HistoryFixture) files = history_fixture_new ();
  g_autoptr (GPtrArray) batch = history_fixture_new_batch ("alt", 16, 1);
  g_autoptr (GBytes) sound = NULL;
  g_autoptr (GBytes) damaged = NULL;
  g_autofree char *bytes = NULL;
  gsize length;

  history_fixture_put (files, batch, EONAY_HISTORY_DELIVERED);
  sound = history_fixture_read (files->path);
  length = g_bytes_get_size (sound);
  bytes = g_memdup2 (g_bytes_get_data (sound, NULL), length);
  if (g_str_equal (how, "text"))
    memset (bytes, 'x', length);
  else if (g_str_equal (how, "page"))
    memset (bytes + 4096, 0xa5, 4096);
  else
    length = 4096 + 100;

  g_assert_true (g_file_set_contents (files->path, bytes, (gssize) length, NULL));
  damaged = history_fixture_read (files->path);
  assert_moved_aside (files, damaged);
}

static void
test_other_table (void)
{
  g_autoptr (HistoryFixture) files = history_fixture_new ();
  g_autoptr (GBytes) before = NULL;

  history_fixture_execute (files, "CREATE TABLE entries (other); PRAGMA user_version=2;");
  before = history_fixture_read (files->path);
  assert_moved_aside (files, before);
}

/* Whoever wrote a row, what is read back hides nothing. */
static void
test_hidden_characters (void)
{
  g_autoptr (HistoryFixture) files = history_fixture_new ();
  g_autoptr (GPtrArray) batch = history_fixture_new_batch ("b", 1, 1);
  g_autoptr (GPtrArray) entries = NULL;
  EonayHistoryEntry *entry;

  history_fixture_put (files, batch, EONAY_HISTORY_DELIVERED);
  history_fixture_execute (files, "UPDATE entries SET label = 'a' || char(0x202e) || 'b', "
                                  "portal_name = char(0x3164), issuer = 'x' || char(10), "
                                  "receipt = char(0x489) || '1', text = 'a' || char(10, 27, 8);");
  entries = history_fixture_list (files);
  g_assert_cmpuint (entries->len, ==, 1);
  entry = entries->pdata[0];
  g_assert_cmpstr (entry->label, ==, "a⟦U+202E⟧b");
  g_assert_cmpstr (entry->portal_name, ==, "⟦U+3164⟧");
  g_assert_cmpstr (entry->issuer, ==, "x⟦U+000A⟧");
  g_assert_cmpstr (entry->receipt, ==, "⟦U+0489⟧1");
  g_assert_cmpstr (entry->text, ==, "a\n⟦U+001B⟧⟦U+0008⟧");
}

static void
test_newer (void)
{
  g_autoptr (HistoryFixture) files = history_fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *moved = NULL;
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GBytes) after = NULL;

  history_fixture_execute (files, "CREATE TABLE entries (future); PRAGMA application_id=1699704441;"
                                  "PRAGMA user_version=77;");
  before = history_fixture_read (files->path);
  g_assert_null (eonay_history_file_open (files->path, &moved, &error));
  g_assert_error (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_HISTORY_NEWER);
  g_assert_null (moved);
  after = history_fixture_read (files->path);
  g_assert_true (g_bytes_equal (before, after));
}

/* What is not the program's own, and no history: not a byte, name or right of it is changed. */
static void
assert_left_alone (HistoryFixture *files)
{
  g_autoptr (GBytes) before = history_fixture_read (files->path);
  g_autoptr (GBytes) after = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *lock = g_strconcat (files->path, "-lock", NULL);
  g_autofree char *aside = NULL;
  GStatBuf found;

  g_assert_cmpint (g_chmod (files->path, 0644), ==, 0);
  g_assert_null (eonay_history_file_open (files->path, NULL, &error));
  g_assert_error (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_HISTORY_FOREIGN);
  after = history_fixture_read (files->path);
  g_assert_true (g_bytes_equal (before, after));
  g_assert_cmpint (g_stat (files->path, &found), ==, 0);
  g_assert_cmpint (found.st_mode & 0777, ==, 0644);
  g_assert_false (g_file_test (lock, G_FILE_TEST_EXISTS));
  aside = history_fixture_find_aside (files);
  g_assert_null (aside);
}

static void
test_foreign (gconstpointer sql)
{
  g_autoptr (HistoryFixture) files = history_fixture_new ();
  g_autofree char *folder = g_path_get_dirname (files->path);

  if (sql != NULL)
    history_fixture_execute (files, sql);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  if (sql == NULL)
    g_assert_true (g_file_set_contents (files->path, "my notes", -1, NULL));
  assert_left_alone (files);
}

/* One that is given, and empty or a history, is as good as the program's own. */
static void
test_given (void)
{
  g_autoptr (HistoryFixture) files = history_fixture_new ();
  g_autoptr (GPtrArray) batch = history_fixture_new_batch ("b", 1, 1);

  for (int i = 0; i < 2; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (EonayHistoryFile) file = eonay_history_file_open (files->path, NULL, &error);

      g_assert_no_error (error);
      g_assert_true (eonay_history_file_put (file, batch, NULL));
    }
}

/* What was added to a history can drop or change what is written: it is one no more. */
static void
test_added (gconstpointer sql)
{
  g_autoptr (HistoryFixture) files = history_fixture_new ();
  g_autoptr (GPtrArray) batch = history_fixture_new_batch ("alt", 1, 1);
  g_autofree char *lock = g_strconcat (files->path, "-lock", NULL);
  g_autoptr (GBytes) before = NULL;

  history_fixture_put (files, batch, EONAY_HISTORY_DELIVERED);
  history_fixture_execute (files, sql);
  g_unlink (lock);
  assert_left_alone (files);
  g_assert_cmpint (g_chmod (files->path, 0600), ==, 0);
  before = history_fixture_read (files->path);
  assert_moved_aside (files, before);
}

/* Whoever looks into the file may have made it quicker for that. */
static void
test_index (void)
{
  g_autoptr (HistoryFixture) files = history_fixture_new ();
  g_autoptr (GPtrArray) batch = history_fixture_new_batch ("alt", 1, 1);
  g_autoptr (GPtrArray) entries = NULL;

  history_fixture_put (files, batch, EONAY_HISTORY_SIGNED);
  history_fixture_execute (files, "CREATE INDEX mine ON entries (signed_at); ANALYZE;");
  history_fixture_put (files, batch, EONAY_HISTORY_DELIVERED);
  entries = history_fixture_list (files);
  g_assert_cmpuint (entries->len, ==, 1);
}

#define COLUMNS                                                                             \
  " id INTEGER PRIMARY KEY, batch TEXT NOT NULL, document INTEGER NOT NULL,"                \
  " documents INTEGER NOT NULL, run INTEGER NOT NULL, signed_at INTEGER NOT NULL,"          \
  " portal_id TEXT NOT NULL, portal_name TEXT NOT NULL, operation TEXT NOT NULL,"           \
  " label TEXT NOT NULL, digest TEXT NOT NULL, serial TEXT NOT NULL, issuer TEXT NOT NULL," \
  " outcome TEXT NOT NULL, code TEXT NOT NULL ON CONFLICT IGNORE, receipt TEXT, text TEXT"
#define HISTORY(rest_)                                                     \
  "CREATE TABLE entries (" COLUMNS ", UNIQUE (batch, document)" rest_ ");" \
  "PRAGMA application_id=1699704441; PRAGMA user_version=3;"

/* A row that its table ignores is not told as written. */
static void
test_ignored (void)
{
  g_autoptr (HistoryFixture) files = history_fixture_new ();
  g_autoptr (GPtrArray) batch = history_fixture_new_batch ("b", 1, 1);
  g_autoptr (EonayHistoryFile) file = NULL;
  g_autoptr (GError) error = NULL;

  history_fixture_execute (files, HISTORY (""));
  file = eonay_history_file_open (files->path, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (((EonayHistoryEntry *) batch->pdata[0])->code);
  g_assert_false (eonay_history_file_put (file, batch, &error));
  g_assert_error (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_HISTORY_UNUSABLE);
}

static void
test_unusable (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *moved = NULL;

  g_assert_null (eonay_history_file_open ("/proc/eonay/history.db", &moved, &error));
  g_assert_error (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_HISTORY_UNUSABLE);
  g_assert_null (moved);
}

/* Files that were moved aside have what was listed, too. */
static void
test_cleared (void)
{
  g_autoptr (HistoryFixture) files = history_fixture_new ();
  g_autoptr (GPtrArray) batch = history_fixture_new_batch ("b", 1, 1);
  g_autoptr (EonayHistoryFile) file = NULL;
  g_autofree char *one = g_strconcat (files->path, ".damaged-20260102T030405", NULL);
  g_autofree char *journal = g_strconcat (one, "-journal", NULL);
  g_autofree char *other = g_strconcat (files->path, ".damaged-notes", NULL);
  g_autofree char *moved = NULL;

  history_fixture_put (files, batch, EONAY_HISTORY_DELIVERED);
  g_assert_true (g_file_set_contents (one, "Sözleşme", -1, NULL));
  g_assert_true (g_file_set_contents (journal, "Sözleşme", -1, NULL));
  g_assert_true (g_file_set_contents (other, "mine", -1, NULL));
  g_assert_true (g_file_set_contents (files->path, "broken", -1, NULL));

  file = eonay_history_file_open (files->path, &moved, NULL);
  g_assert_true (g_file_test (moved, G_FILE_TEST_EXISTS));
  g_assert_true (eonay_history_file_clear (file, NULL));
  g_assert_false (g_file_test (moved, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (one, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (journal, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (other, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (files->path, G_FILE_TEST_EXISTS));
}

/* A file that a person names is what is there, not what it leads to. */
static void
test_link (void)
{
  g_autoptr (HistoryFixture) files = history_fixture_new ();
  g_autofree char *target = g_build_filename (files->folder, "target", NULL);
  g_autofree char *given = g_build_filename (files->folder, "given", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  GStatBuf status;

  g_assert_true (g_file_set_contents (target, "", 0, NULL));
  g_assert_cmpint (g_chmod (target, 0644), ==, 0);
  g_assert_cmpint (symlink (target, given), ==, 0);
  g_assert_null (eonay_history_file_open (given, NULL, &error));
  g_assert_error (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_HISTORY_FOREIGN);
  g_assert_true (g_file_get_contents (target, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "");
  g_assert_cmpint (g_stat (target, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0644);
}

/* The folder may be reached through one; the file beside it may not be one. */
static void
test_link_of_lock (void)
{
  g_autoptr (HistoryFixture) files = history_fixture_new ();
  g_autofree char *folder = g_build_filename (files->folder, "linked", NULL);
  g_autofree char *given = g_build_filename (folder, "given", NULL);
  g_autofree char *lock = g_build_filename (files->folder, "given-lock", NULL);
  g_autofree char *target = g_build_filename (files->folder, "target", NULL);
  g_autoptr (EonayHistoryFile) file = NULL;
  g_autoptr (GPtrArray) batch = history_fixture_new_batch ("b", 1, 1);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (symlink (files->folder, folder), ==, 0);
  g_assert_cmpint (symlink (target, lock), ==, 0);
  file = eonay_history_file_open (given, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (eonay_history_file_put (file, batch, &error));
  g_assert_no_error (error);
  g_assert_true (eonay_history_file_is_current (file));
  g_assert_false (g_file_test (target, G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_unlink (folder), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/history/foreign/damaged/text", "text", test_damaged);
  g_test_add_data_func ("/history/foreign/damaged/page", "page", test_damaged);
  g_test_add_data_func ("/history/foreign/damaged/cut", "cut", test_damaged);
  g_test_add_func ("/history/foreign/other-table", test_other_table);
  g_test_add_func ("/history/foreign/cleared", test_cleared);
  g_test_add_data_func ("/history/foreign/text", NULL, test_foreign);
  g_test_add_data_func ("/history/foreign/database", "CREATE TABLE notes (note);", test_foreign);
  g_test_add_data_func ("/history/foreign/version",
                        "CREATE TABLE notes (note); PRAGMA user_version=2;", test_foreign);
  g_test_add_data_func ("/history/foreign/id",
                        "CREATE TABLE entries (batch, document, digest); PRAGMA user_version=2;"
                        "PRAGMA application_id=-1;",
                        test_foreign);
  g_test_add_data_func ("/history/foreign/trigger",
                        "CREATE TRIGGER t BEFORE INSERT ON entries BEGIN"
                        " SELECT RAISE (IGNORE); END;",
                        test_added);
  g_test_add_data_func ("/history/foreign/view", "CREATE VIEW v AS SELECT * FROM entries;",
                        test_added);
  g_test_add_data_func ("/history/foreign/table", "CREATE TABLE notes (note);", test_added);
  g_test_add_data_func ("/history/foreign/constraint",
                        "DROP TABLE entries;" HISTORY (", UNIQUE (label) ON CONFLICT REPLACE"),
                        test_added);
  g_test_add_func ("/history/foreign/index", test_index);
  g_test_add_func ("/history/foreign/ignored", test_ignored);
  g_test_add_func ("/history/foreign/given", test_given);
  g_test_add_func ("/history/foreign/newer", test_newer);
  g_test_add_func ("/history/foreign/hidden-characters", test_hidden_characters);
  g_test_add_func ("/history/foreign/unusable", test_unusable);
  g_test_add_func ("/history/foreign/link", test_link);
  g_test_add_func ("/history/foreign/link-of-lock", test_link_of_lock);

  return g_test_run ();
}
