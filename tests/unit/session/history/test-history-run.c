#include <ftw.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

#include "base/eonay-error.h"
#include "history-run.h"

#define NATIONAL_ID "10000000146"

static void
assert_not_in_file (Run *run, const char *secret)
{
  g_autofree char *journal = g_strconcat (run->files->path, "-journal", NULL);
  const char *const paths[] = { run->files->path, journal };

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    if (g_file_test (paths[i], G_FILE_TEST_EXISTS))
      {
        g_autoptr (GBytes) bytes = history_fixture_read (paths[i]);

        g_assert_false (history_fixture_has (bytes, secret));
      }
}

static void
test_delivered (void)
{
  Run run;
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;
  EonayHistoryEntry *entry;

  run_begin (&run, NULL, NULL);
  error = run_sign (&run, PIN);
  g_assert_no_error (error);

  entries = history_fixture_list (run.files);
  entry = run_only_entry (entries);
  g_assert_cmpint (entry->outcome, ==, EONAY_HISTORY_DELIVERED);
  g_assert_cmpstr (entry->receipt, ==, eonay_session_get_receipt (run.fixture->session)->receipt);
  g_assert_cmpint (entry->signed_at, ==,
                   g_date_time_to_unix (eonay_session_get_signed_at (run.fixture->session)));
  g_assert_cmpstr (entry->portal_id, ==, "deneme");
  g_assert_cmpstr (entry->portal_name, ==, "DENEME");
  g_assert_cmpstr (entry->operation, ==, "e-onay");
  g_assert_cmpstr (entry->label, ==, "Sözleşme");
  g_assert_cmpuint (strlen (entry->digest), ==, 64);
  g_assert_cmpuint (strlen (entry->serial), >, 2);
  g_assert_null (entry->text);
  g_assert_cmpuint (run.problems, ==, 0);

  assert_not_in_file (&run, PIN);
  assert_not_in_file (&run, run.fixture->code);
  assert_not_in_file (&run, NATIONAL_ID);
  assert_not_in_file (&run, "KABUL ED");
  run_end (&run);
}

static void
test_text_by_choice (void)
{
  Run run;
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;

  run_begin (&run, NULL, NULL);
  g_object_set (run.history, "keeps-text", TRUE, NULL);
  error = run_sign (&run, PIN);
  g_assert_no_error (error);

  entries = history_fixture_list (run.files);
  g_assert_nonnull (strstr (run_only_entry (entries)->text, "KABUL ED"));
  assert_not_in_file (&run, run.fixture->code);
  run_end (&run);
}

static void
test_off (void)
{
  Run run;
  g_autoptr (GError) error = NULL;

  run_begin (&run, NULL, NULL);
  g_object_set (run.history, "enabled", FALSE, NULL);
  error = run_sign (&run, PIN);
  g_assert_no_error (error);
  g_assert_false (g_file_test (run.files->path, G_FILE_TEST_EXISTS));
  run_end (&run);
}

static void
test_wrong_pin_leaves_none (void)
{
  Run run;
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;

  run_begin (&run, NULL, NULL);
  error = run_sign (&run, WRONG_PIN);
  g_assert_error (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PIN_WRONG);
  entries = history_fixture_list (run.files);
  g_assert_cmpuint (entries->len, ==, 0);
  session_fixture_restore_tries (run.card);
  run_end (&run);
}

static void
test_refused (gconstpointer user_data)
{
  const char *fault = user_data;
  gboolean refused = g_str_has_prefix (fault, "certificate");
  Run run;
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;
  EonayHistoryEntry *entry;

  run_begin (&run, NULL, fault);
  if (!refused)
    session_fixture_sign (run.fixture, PIN);
  while (!refused && eonay_session_get_state (run.fixture->session) != EONAY_SESSION_SUBMITTING)
    g_main_context_iteration (NULL, TRUE);
  if (!refused)
    {
      session_fixture_advance (run.fixture, 400);
      error = session_fixture_finish (run.fixture);
      g_assert_true (eonay_history_flush (run.history, 10));
    }
  else
    error = run_sign (&run, PIN);
  g_assert_nonnull (error);

  entries = history_fixture_list (run.files);
  entry = run_only_entry (entries);
  g_assert_cmpint (entry->outcome, ==, refused ? EONAY_HISTORY_REFUSED : EONAY_HISTORY_UNDELIVERED);
  g_assert_true (g_str_has_prefix (entry->code, "PORTAL-") ||
                 g_str_has_prefix (entry->code, "IMZA-") || g_str_has_prefix (entry->code, "AG-"));
  g_assert_null (entry->receipt);
  run_end (&run);
}

/* The program is at the card only once the entry is on the disk. */
static void
test_entry_comes_first (void)
{
  Run run;
  sqlite3 *other;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  run_begin (&run, NULL, NULL);
  history_fixture_put (run.files, none, EONAY_HISTORY_BEGUN);
  g_assert_cmpint (sqlite3_open (run.files->path, &other), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (other, "BEGIN EXCLUSIVE;", NULL, NULL, NULL), ==, SQLITE_OK);

  session_fixture_sign (run.fixture, WRONG_PIN);
  g_assert_cmpint (eonay_session_get_state (run.fixture->session), ==, EONAY_SESSION_SIGNING);
  g_assert_false (eonay_history_flush (run.history, 1));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpint (session_fixture_ask_tries (run.card), ==, 3);

  g_assert_cmpint (sqlite3_exec (other, "COMMIT;", NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (other), ==, SQLITE_OK);
  error = session_fixture_finish (run.fixture);
  g_assert_error (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PIN_WRONG);
  g_assert_cmpint (session_fixture_ask_tries (run.card), ==, 2);
  g_assert_true (eonay_history_flush (run.history, 10));
  session_fixture_restore_tries (run.card);
  run_end (&run);
}

/* It does not wait for ever, and what could not be begun is written in the end. */
static void
test_signature_comes_first (void)
{
  Run run;
  sqlite3 *other;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GPtrArray) entries = NULL;

  run_begin (&run, NULL, NULL);
  history_fixture_put (run.files, none, EONAY_HISTORY_BEGUN);
  g_assert_cmpint (sqlite3_open (run.files->path, &other), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (other, "BEGIN EXCLUSIVE;", NULL, NULL, NULL), ==, SQLITE_OK);

  session_fixture_sign (run.fixture, PIN);
  error = session_fixture_finish (run.fixture);
  g_assert_no_error (error);
  g_assert_cmpuint (run.problems, ==, 1);
  g_assert_error (eonay_history_get_problem (run.history), EONAY_SESSION_ERROR,
                  EONAY_SESSION_ERROR_HISTORY_UNUSABLE);

  g_assert_cmpint (sqlite3_close (other), ==, SQLITE_OK);
  g_assert_true (eonay_history_flush (run.history, 10));
  entries = history_fixture_list (run.files);
  g_assert_cmpint (run_only_entry (entries)->outcome, ==, EONAY_HISTORY_DELIVERED);
  run_end (&run);
}

static void
test_no_disk (void)
{
  Run run;
  g_autoptr (GError) error = NULL;

  run_begin (&run, "/proc/eonay/history.db", NULL);
  error = run_sign (&run, PIN);
  g_assert_no_error (error);
  g_assert_cmpint (eonay_session_get_state (run.fixture->session), ==, EONAY_SESSION_DONE);
  g_assert_cmpuint (run.problems, ==, 1);
  run_end (&run);
}

static void
test_damaged (void)
{
  Run run;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GPtrArray) entries = NULL;
  g_autofree char *aside = NULL;

  run_begin (&run, NULL, NULL);
  run_take_own (&run);
  history_fixture_put (run.files, none, EONAY_HISTORY_BEGUN);
  g_assert_true (g_file_set_contents (run.files->path, "no history at all", -1, NULL));
  error = run_sign (&run, PIN);
  g_assert_no_error (error);
  g_assert_cmpuint (run.problems, ==, 1);
  g_assert_error (eonay_history_get_problem (run.history), EONAY_SESSION_ERROR,
                  EONAY_SESSION_ERROR_HISTORY_DAMAGED);
  aside = history_fixture_find_aside (run.files);
  g_assert_nonnull (aside);
  entries = history_fixture_list (run.files);
  g_assert_cmpint (run_only_entry (entries)->outcome, ==, EONAY_HISTORY_DELIVERED);
  run_end (&run);
}

/* A file that was given by a slip of the hand is not touched. */
static void
test_no_history_at_all (void)
{
  Run run;
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = NULL;
  g_autoptr (GBytes) after = NULL;
  g_autoptr (GDir) names = NULL;

  run_begin (&run, NULL, NULL);
  folder = g_path_get_dirname (run.files->path);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents_full (run.files->path, "my notes", -1,
                                           G_FILE_SET_CONTENTS_NONE, 0644, NULL));
  error = run_sign (&run, PIN);
  g_assert_no_error (error);
  g_assert_cmpuint (run.problems, ==, 1);
  g_assert_error (eonay_history_get_problem (run.history), EONAY_SESSION_ERROR,
                  EONAY_SESSION_ERROR_HISTORY_FOREIGN);
  after = history_fixture_read (run.files->path);
  g_assert_cmpuint (g_bytes_get_size (after), ==, strlen ("my notes"));
  names = g_dir_open (folder, 0, NULL);
  g_assert_cmpstr (g_dir_read_name (names), ==, "history.db");
  g_assert_null (g_dir_read_name (names));
  run_end (&run);
}

static void
take_list (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GPtrArray **) user_data = eonay_history_list_finish (EONAY_HISTORY (source), result, NULL);
  g_assert_nonnull (*(GPtrArray **) user_data);
}

static GPtrArray *
list (EonayHistory *history)
{
  GPtrArray *entries = NULL;

  eonay_history_list_async (history, NULL, take_list, &entries);
  while (entries == NULL)
    g_main_context_iteration (NULL, TRUE);

  return entries;
}

static void
test_in_memory (void)
{
  EonayHistory *history = eonay_history_new (NULL);
  g_autoptr (GPtrArray) batch = history_fixture_new_batch ("b", 2, 1);
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;

  eonay_history_put_async (history, batch, NULL, NULL);
  before = list (history);
  g_assert_cmpuint (before->len, ==, 2);
  g_assert_cmpint (((EonayHistoryEntry *) before->pdata[0])->outcome, ==, EONAY_HISTORY_BEGUN);
  eonay_history_clear (history);
  after = list (history);
  g_assert_cmpuint (after->len, ==, 0);
  g_assert_finalize_object (history);
}

/* Somebody deletes the file while the program runs. */
static void
test_taken_away (void)
{
  g_autoptr (HistoryFixture) files = history_fixture_new ();
  EonayHistory *history = eonay_history_new (files->path);
  g_autoptr (GPtrArray) one = history_fixture_new_batch ("bir", 1, 1);
  g_autoptr (GPtrArray) two = history_fixture_new_batch ("iki", 1, 2);
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (files->path);

  eonay_history_put_async (history, one, NULL, NULL);
  g_assert_true (eonay_history_flush (history, 10));
  g_assert_true (g_file_delete (file, NULL, NULL));
  eonay_history_put_async (history, two, NULL, NULL);
  entries = list (history);
  g_assert_cmpstr (run_only_entry (entries)->batch, ==, "iki");
  g_assert_null (eonay_history_get_problem (history));
  g_assert_finalize_object (history);
}

static int
remove_entry (const char *path, const struct stat *entry, int type, struct FTW *where)
{
  return g_remove (path);
}

int
main (int argc, char *argv[])
{
  int status;
  g_autofree char *home = g_dir_make_tmp ("eonay-history-XXXXXX", NULL);

  /* Not by G_TEST_OPTION_ISOLATE_DIRS, which GLib leaks. */
  g_setenv ("XDG_CONFIG_HOME", home, TRUE);
  g_setenv ("XDG_DATA_HOME", home, TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/history/run/delivered", test_delivered);
  g_test_add_func ("/history/run/text-by-choice", test_text_by_choice);
  g_test_add_func ("/history/run/off", test_off);
  g_test_add_func ("/history/run/wrong-pin", test_wrong_pin_leaves_none);
  g_test_add_data_func ("/history/run/refused", "certificate-revoked", test_refused);
  g_test_add_data_func ("/history/run/undelivered", "503", test_refused);
  g_test_add_func ("/history/run/entry-first", test_entry_comes_first);
  g_test_add_func ("/history/run/signature-first", test_signature_comes_first);
  g_test_add_func ("/history/run/no-disk", test_no_disk);
  g_test_add_func ("/history/run/damaged", test_damaged);
  g_test_add_func ("/history/run/no-history-at-all", test_no_history_at_all);
  g_test_add_func ("/history/run/in-memory", test_in_memory);
  g_test_add_func ("/history/run/taken-away", test_taken_away);

  status = g_test_run ();
  nftw (home, remove_entry, 8, FTW_DEPTH | FTW_PHYS);

  return status;
}
