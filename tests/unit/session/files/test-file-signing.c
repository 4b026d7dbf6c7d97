#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/eonay-error.h"
#include "practice/reader/eonay-practice-reader.h"
#include "session/files/eonay-file-signing.h"
#include "signature/verify/eonay-verifier.h"
#include "support/session-fixture.h"
#include "support/test-consent.h"
#include "support/test-pdf.h"

#define PIN "123456"

typedef struct {
  SessionFixture *session;
  char *folder;
  GPtrArray *files;
  EonayFileSigning *signing;
  EonayHistory *history;
  GAsyncResult *result;
  guint stop_at; /* n-done at which it is stopped; 0: never */
  GCancellable *stop;
} Fixture;

static EonayCandidate *
dup_candidate (Fixture *fixture)
{
  return g_list_model_get_item (G_LIST_MODEL (fixture->session->candidates), 0);
}

static gboolean
has_candidate (Fixture *fixture)
{
  g_autoptr (EonayCandidate) candidate = dup_candidate (fixture);
  EonayPinState state = { 0 };

  if (candidate != NULL)
    eonay_token_get_pin_state (eonay_candidate_get_token (candidate),
                               eonay_candidate_get_token_certificate (candidate), &state);

  return state.known;
}

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  fixture->session = session_fixture_new (session_fixture_get_card (EONAY_PRACTICE_CARD_VALID));
  fixture->folder = g_dir_make_tmp ("eonay-files-XXXXXX", NULL);
  fixture->files = g_ptr_array_new_with_free_func (g_object_unref);
  fixture->history = eonay_history_new (NULL);
  fixture->stop = g_cancellable_new ();
  while (!has_candidate (fixture))
    g_main_context_iteration (NULL, TRUE);
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  g_clear_object (&fixture->result);
  g_clear_pointer (&fixture->files, g_ptr_array_unref);
  if (fixture->signing != NULL)
    g_assert_finalize_object (fixture->signing);
  eonay_history_flush (fixture->history, 5);
  g_clear_object (&fixture->history);
  g_clear_object (&fixture->stop);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_remove (path);
    }
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
  session_fixture_restore_tries (session_fixture_get_card (EONAY_PRACTICE_CARD_VALID));
  session_fixture_free (fixture->session);
}

static EonayOwnFile *
add (Fixture *fixture, const char *name, const char *content)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  EonayOwnFile *file = eonay_own_file_new (path);

  if (content != NULL)
    g_assert_true (g_file_set_contents (path, content, -1, NULL));
  g_ptr_array_add (fixture->files, file);

  return file;
}

static void
add_numbered (Fixture *fixture, guint n_files)
{
  for (guint i = 0; i < n_files; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", i);

      add (fixture, name, name);
    }
}

static void
keep_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_set_object (&((Fixture *) user_data)->result, result);
}

static void
await (Fixture *fixture)
{
  while (fixture->result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
on_n_done (EonayFileSigning *signing, GParamSpec *pspec, Fixture *fixture)
{
  if (eonay_file_signing_get_n_done (signing) == fixture->stop_at && fixture->stop_at > 0)
    g_cancellable_cancel (fixture->stop);
}

static void
start_signing (Fixture *fixture, EonayFileFormat format, gboolean attached)
{
  g_autoptr (EonayFileOptions) options = eonay_file_options_new ();

  options->format = format;
  options->attached = attached;
  fixture->signing = eonay_file_signing_new (fixture->files, options);
  eonay_file_signing_set_history (fixture->signing, fixture->history);
  g_signal_connect (fixture->signing, "notify::n-done", G_CALLBACK (on_n_done), fixture);
}

static gboolean
prepare (Fixture *fixture, EonayFileFormat format, gboolean attached, GError **error)
{
  g_autoptr (EonayCandidate) candidate = dup_candidate (fixture);

  if (fixture->signing == NULL)
    start_signing (fixture, format, attached);
  g_clear_object (&fixture->result);
  eonay_file_signing_prepare_async (fixture->signing, candidate, NULL, keep_result, fixture);
  await (fixture);

  return eonay_file_signing_prepare_finish (fixture->signing, fixture->result, error);
}

static gboolean
sign (Fixture *fixture, const char *pin, GError **error)
{
  g_autoptr (EonayCandidate) candidate = dup_candidate (fixture);
  EonayPinState state;
  EonayPinConsent consent;

  eonay_token_get_pin_state (eonay_candidate_get_token (candidate),
                             eonay_candidate_get_token_certificate (candidate), &state);
  consent = eonay_pin_consent_new (&state, TRUE);
  g_clear_object (&fixture->result);
  eonay_file_signing_sign_async (fixture->signing, eonay_secret_new (pin, strlen (pin)), &consent,
                                 fixture->stop, keep_result, fixture);
  await (fixture);

  return eonay_file_signing_sign_finish (fixture->signing, fixture->result, error);
}

static void
assert_signed (EonayOwnFile *file, gboolean attached)
{
  const char *path = eonay_own_file_get_result (file);
  g_autoptr (EonayVerifierContent) content = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) der = NULL;
  char *bytes = NULL;
  gsize length = 0;

  g_assert_cmpint (eonay_own_file_get_state (file), ==, EONAY_OWN_FILE_SIGNED);
  g_assert_true (g_str_has_suffix (path, attached ? ".p7m" : ".p7s"));
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  der = g_bytes_new_take (bytes, length);
  content = eonay_verifier_verify_cades (der, attached ? NULL : eonay_own_file_get_content (file),
                                         NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (content->content, eonay_own_file_get_content (file)));
}

static guint
count_files (Fixture *fixture)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  guint count = 0;

  while (g_dir_read_name (dir) != NULL)
    count++;

  return count;
}

static GPtrArray *
list_history (Fixture *fixture)
{
  GPtrArray *entries;

  g_clear_object (&fixture->result);
  eonay_history_list_async (fixture->history, NULL, keep_result, fixture);
  await (fixture);
  entries = eonay_history_list_finish (fixture->history, fixture->result, NULL);
  g_assert_nonnull (entries);

  return entries;
}

static guint
count_outcomes (Fixture *fixture, EonayHistoryOutcome outcome)
{
  g_autoptr (GPtrArray) entries = list_history (fixture);
  guint count = 0;

  for (guint i = 0; i < entries->len; i++)
    count += ((EonayHistoryEntry *) entries->pdata[i])->outcome == outcome;

  return count;
}

static void
test_one_pin_many_files (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  GStatBuf status;

  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *name = g_strdup_printf ("dosya %u.txt", i);
      EonayOwnFile *file = add (fixture, name, name);

      g_assert_cmpint (g_chmod (eonay_own_file_get_path (file), 0640), ==, 0);
    }
  add (fixture, "boş.txt", "");
  add (fixture, "yok.txt", NULL);

  g_assert_true (prepare (fixture, EONAY_FILE_FORMAT_AUTOMATIC, FALSE, &error));
  g_assert_cmpuint (eonay_file_signing_count_ready (fixture->signing), ==, 10);
  g_assert_cmpuint (eonay_file_signing_count_unseen (fixture->signing), ==, 10);
  eonay_own_file_set_seen (fixture->files->pdata[0], TRUE);
  g_assert_cmpuint (eonay_file_signing_count_unseen (fixture->signing), ==, 9);

  g_assert_true (sign (fixture, PIN, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (eonay_practice_slots_get_pins (fixture->session->slots), ==, 1);
  g_assert_cmpuint (eonay_file_signing_get_n_done (fixture->signing), ==, 10);
  for (guint i = 0; i < 10; i++)
    {
      assert_signed (fixture->files->pdata[i], FALSE);
      g_stat (eonay_own_file_get_result (fixture->files->pdata[i]), &status);
      g_assert_cmpuint (status.st_mode & 0777, ==, 0640);
    }
  g_assert_error (eonay_own_file_get_error (fixture->files->pdata[10]), EONAY_SESSION_ERROR,
                  EONAY_SESSION_ERROR_FILE_EMPTY);
  g_assert_error (eonay_own_file_get_error (fixture->files->pdata[11]), EONAY_SESSION_ERROR,
                  EONAY_SESSION_ERROR_FILE_MISSING);
  g_assert_cmpuint (count_files (fixture), ==, 11 + 10);
  g_assert_cmpuint (count_outcomes (fixture, EONAY_HISTORY_SAVED), ==, 10);

  /* Nothing is left to sign. */
  g_assert_false (prepare (fixture, EONAY_FILE_FORMAT_AUTOMATIC, FALSE, &error));
  g_assert_error (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_FILE_EMPTY);
}

static void
test_attached (Fixture *fixture, gconstpointer user_data)
{
  EonayOwnFile *file = add (fixture, "rapor.odt", "içerik");

  g_assert_true (prepare (fixture, EONAY_FILE_FORMAT_CADES, TRUE, NULL));
  /* Swapped in between: what was read is signed. */
  g_assert_true (g_file_set_contents (eonay_own_file_get_path (file), "başka", -1, NULL));
  g_assert_true (sign (fixture, PIN, NULL));
  assert_signed (file, TRUE);
}

/* A link that leads elsewhere by the time of signing: what was read is signed, and put beside the link. */
static void
test_link_repointed (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *link = g_build_filename (fixture->folder, "baglanti.txt", NULL);
  g_autofree char *shown = g_build_filename (fixture->folder, "gosterilen.txt", NULL);
  g_autofree char *other = g_build_filename (fixture->folder, "baska.txt", NULL);
  g_autofree char *content = NULL;
  EonayOwnFile *file;

  g_assert_true (g_file_set_contents (other, "başka", -1, NULL));
  g_assert_true (g_file_set_contents (shown, "gösterilen", -1, NULL));
  g_assert_cmpint (symlink ("gosterilen.txt", link), ==, 0);
  file = add (fixture, "baglanti.txt", NULL);
  g_assert_true (prepare (fixture, EONAY_FILE_FORMAT_AUTOMATIC, FALSE, NULL));
  g_assert_cmpint (g_remove (link), ==, 0);
  g_assert_cmpint (symlink ("baska.txt", link), ==, 0);

  g_assert_true (sign (fixture, PIN, NULL));
  assert_signed (file, FALSE);
  g_assert_cmpmem (g_bytes_get_data (eonay_own_file_get_content (file), NULL),
                   g_bytes_get_size (eonay_own_file_get_content (file)), "gösterilen",
                   strlen ("gösterilen"));
  g_assert_true (g_str_has_suffix (eonay_own_file_get_result (file), "/baglanti.txt.p7s"));
  g_assert_true (g_file_get_contents (other, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "başka");
  g_assert_cmpuint (count_files (fixture), ==, 4);
}

static void
test_pades_wants_pdf (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;

  add (fixture, "a.txt", "yazı");
  g_assert_false (prepare (fixture, EONAY_FILE_FORMAT_PADES, FALSE, &error));
  g_assert_error (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_FILE_NOT_PDF);
  g_assert_cmpuint (eonay_practice_slots_get_pins (fixture->session->slots), ==, 0);
}

static void
test_wrong_pin (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  EonayOwnFile *file = add (fixture, "a.txt", "yazı");

  g_assert_true (prepare (fixture, EONAY_FILE_FORMAT_AUTOMATIC, FALSE, NULL));
  g_assert_false (sign (fixture, "999999", &error));
  g_assert_error (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PIN_WRONG);
  g_assert_cmpint (eonay_own_file_get_state (file), ==, EONAY_OWN_FILE_READ);
  g_assert_cmpuint (count_files (fixture), ==, 1);
  g_assert_cmpuint (list_history (fixture)->len, ==, 0);

  g_assert_true (sign (fixture, PIN, NULL));
  assert_signed (file, FALSE);
}

static void
test_stops_between_files (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  guint n_signed = 0;

  add_numbered (fixture, 40);
  fixture->stop_at = 3;
  eonay_practice_slots_set_delay (fixture->session->slots, 5);
  g_assert_true (prepare (fixture, EONAY_FILE_FORMAT_AUTOMATIC, FALSE, NULL));
  g_assert_false (sign (fixture, PIN, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  for (guint i = 0; i < fixture->files->len; i++)
    {
      if (eonay_own_file_get_state (fixture->files->pdata[i]) != EONAY_OWN_FILE_SIGNED)
        continue;
      assert_signed (fixture->files->pdata[i], FALSE);
      n_signed++;
    }
  g_assert_cmpuint (n_signed, >=, 3);
  g_assert_cmpuint (n_signed, <, 40);
  g_assert_cmpuint (count_files (fixture), ==, 40 + n_signed);
  g_assert_cmpuint (count_outcomes (fixture, EONAY_HISTORY_SAVED), ==, n_signed);

  /* The rest with another PIN. */
  fixture->stop_at = 0;
  g_clear_object (&fixture->stop);
  fixture->stop = g_cancellable_new ();
  g_assert_true (sign (fixture, PIN, NULL));
  g_assert_cmpuint (count_files (fixture), ==, 80);
}

/* Each file from @n_signed on has its own reason: the first one is the card's. */
static void
assert_rest_failed (Fixture *fixture, guint n_signed, EonayCardError code)
{
  for (guint i = n_signed; i < fixture->files->len; i++)
    {
      const GError *error = eonay_own_file_get_error (fixture->files->pdata[i]);

      g_assert_cmpint (eonay_own_file_get_state (fixture->files->pdata[i]), ==,
                       EONAY_OWN_FILE_FAILED);
      if (i == n_signed)
        g_assert_error (error, EONAY_CARD_ERROR, (int) code);
      else
        g_assert_error (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_FILE_STOPPED);
    }
}

static void
test_pulled_card (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  guint n_signed = 0;

  add_numbered (fixture, 5);
  g_assert_true (prepare (fixture, EONAY_FILE_FORMAT_AUTOMATIC, FALSE, NULL));
  /* SELECT, tries, VERIFY, then two commands a signature: in the third one. */
  eonay_practice_slots_pull_at (fixture->session->slots, 9);
  g_assert_false (sign (fixture, PIN, &error));
  g_assert_error (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_REMOVED);

  for (guint i = 0; i < fixture->files->len; i++)
    n_signed += eonay_own_file_get_state (fixture->files->pdata[i]) == EONAY_OWN_FILE_SIGNED;
  g_assert_cmpuint (n_signed, >, 0);
  g_assert_cmpuint (n_signed, <, 5);
  g_assert_cmpuint (count_files (fixture), ==, 5 + n_signed);
  g_assert_cmpuint (count_outcomes (fixture, EONAY_HISTORY_SAVED), ==, n_signed);
  g_assert_cmpuint (count_outcomes (fixture, EONAY_HISTORY_UNFINISHED), ==, 1);

  assert_rest_failed (fixture, n_signed, EONAY_CARD_ERROR_REMOVED);
}

/* A card that makes a wrong signature is not asked for more: that is told of its file, and what it has
   signed before is saved. */
static void
test_wrong_signature (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;

  add_numbered (fixture, 5);
  g_assert_true (prepare (fixture, EONAY_FILE_FORMAT_AUTOMATIC, FALSE, NULL));
  eonay_practice_slots_spoil_at (fixture->session->slots, 3);
  g_assert_false (sign (fixture, PIN, &error));
  g_assert_error (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_SIGNATURE_MISMATCH);
  assert_signed (fixture->files->pdata[0], FALSE);
  assert_signed (fixture->files->pdata[1], FALSE);
  assert_rest_failed (fixture, 2, EONAY_CARD_ERROR_SIGNATURE_MISMATCH);
  g_assert_cmpuint (count_files (fixture), ==, 5 + 2);

  /* The others can be signed, with another PIN. */
  g_assert_true (prepare (fixture, EONAY_FILE_FORMAT_AUTOMATIC, FALSE, NULL));
  g_assert_cmpuint (eonay_file_signing_count_ready (fixture->signing), ==, 3);
  g_assert_true (sign (fixture, PIN, NULL));
  g_assert_cmpuint (eonay_practice_slots_get_pins (fixture->session->slots), ==, 2);
  g_assert_cmpuint (count_files (fixture), ==, 10);
}

static gint64 clock_seconds;

static gint64
get_boottime (gpointer user_data)
{
  return clock_seconds * G_USEC_PER_SEC;
}

static GDateTime *
get_realtime (gpointer user_data)
{
  return g_date_time_new_from_unix_local (clock_seconds);
}

static const EonayClock false_clock = { get_boottime, get_realtime, NULL };

/* Returns: the claimed time of the signature beside @file */
static gint64
read_time (EonayOwnFile *file)
{
  g_autoptr (EonayVerifierContent) content = NULL;
  g_autoptr (GBytes) der = NULL;
  char *bytes = NULL;
  gsize length = 0;

  g_assert_true (g_file_get_contents (eonay_own_file_get_result (file), &bytes, &length, NULL));
  der = g_bytes_new_take (bytes, length);
  content = eonay_verifier_verify_cades (der, eonay_own_file_get_content (file), NULL, NULL, NULL);
  g_assert_nonnull (content);

  return g_date_time_to_unix (content->signing_time);
}

/* Over lunch, and when the clock is set back: the claimed time is that of the PIN. */
static void
test_claimed_time (Fixture *fixture, gconstpointer user_data)
{
  static const struct {
    int later;
    gboolean is_renewed;
  } rows[] = { { 0, FALSE }, { 59, FALSE }, { 60, TRUE }, { 3600, TRUE }, { -10, TRUE } };
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gint64 prepared = g_date_time_to_unix (now);
      g_autofree char *name = g_strdup_printf ("%zu", i);
      EonayOwnFile *file;

      g_ptr_array_set_size (fixture->files, 0);
      g_clear_object (&fixture->signing);
      file = add (fixture, name, name);
      clock_seconds = prepared;
      start_signing (fixture, EONAY_FILE_FORMAT_AUTOMATIC, FALSE);
      eonay_file_signing_set_clock (fixture->signing, &false_clock);
      g_assert_true (prepare (fixture, EONAY_FILE_FORMAT_AUTOMATIC, FALSE, NULL));
      clock_seconds += rows[i].later;
      g_assert_true (sign (fixture, PIN, NULL));
      g_assert_cmpint (read_time (file), ==, rows[i].is_renewed ? clock_seconds : prepared);
    }
}

/* What was prepared is renewed as a whole or not at all, before the card gets the PIN. */
static void
test_not_renewed (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *inspector = g_strdup (g_getenv ("EONAY_PDF_INSPECTOR"));
  g_autofree char *path = g_build_filename (fixture->folder, "b.pdf", NULL);
  g_autoptr (GBytes) pdf = test_pdf_make_pages (TEST_PDF_TABLE, 1, "", "");
  g_autoptr (GError) error = NULL;

  add (fixture, "a.txt", "yazı");
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (pdf, NULL),
                                      (gssize) g_bytes_get_size (pdf), NULL));
  add (fixture, "b.pdf", NULL);
  clock_seconds = g_get_real_time () / G_USEC_PER_SEC;
  start_signing (fixture, EONAY_FILE_FORMAT_AUTOMATIC, FALSE);
  eonay_file_signing_set_clock (fixture->signing, &false_clock);
  g_assert_true (prepare (fixture, EONAY_FILE_FORMAT_AUTOMATIC, FALSE, NULL));
  g_assert_cmpuint (eonay_file_signing_count_ready (fixture->signing), ==, 2);

  clock_seconds += 3600;
  g_setenv ("EONAY_PDF_INSPECTOR", "/nonexistent/inspector", TRUE);
  g_assert_false (sign (fixture, PIN, &error));
  g_setenv ("EONAY_PDF_INSPECTOR", inspector, TRUE);
  g_assert_error (error, EONAY_SIGNATURE_ERROR, EONAY_SIGNATURE_ERROR_PDF_NO_INSPECTOR);
  g_assert_cmpuint (eonay_practice_slots_get_pins (fixture->session->slots), ==, 0);
  g_assert_cmpuint (count_files (fixture), ==, 2);
  g_assert_cmpuint (list_history (fixture)->len, ==, 0);

  g_assert_true (prepare (fixture, EONAY_FILE_FORMAT_AUTOMATIC, FALSE, NULL));
  g_assert_true (sign (fixture, PIN, NULL));
  g_assert_cmpuint (count_files (fixture), ==, 4);
}

static EonayOwnFile *
get (Fixture *fixture, guint index)
{
  return fixture->files->pdata[index];
}

static gboolean
save (Fixture *fixture, const char *folder, GError **error)
{
  g_clear_object (&fixture->result);
  eonay_file_signing_save_async (fixture->signing, folder, keep_result, fixture);
  g_assert_true (eonay_file_signing_is_signing (fixture->signing));
  await (fixture);

  return eonay_file_signing_save_finish (fixture->signing, fixture->result, error);
}

/* Another program takes the folder away while the card signs. */
static void
test_folder_gone (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *moved = g_strconcat (fixture->folder, "-moved", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) again = NULL;
  EonayOwnFile *file = add (fixture, "a.txt", "yazı");

  g_assert_true (prepare (fixture, EONAY_FILE_FORMAT_AUTOMATIC, FALSE, NULL));
  g_assert_cmpint (g_rename (fixture->folder, moved), ==, 0);
  g_assert_false (sign (fixture, PIN, &error));
  g_assert_error (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_FILE_NOT_SAVED);
  g_assert_cmpint (eonay_own_file_get_state (file), ==, EONAY_OWN_FILE_UNSAVED);
  g_assert_error (eonay_own_file_get_error (file), EONAY_SESSION_ERROR,
                  EONAY_SESSION_ERROR_FILE_NOT_SAVED);
  g_assert_cmpuint (count_outcomes (fixture, EONAY_HISTORY_UNSAVED), ==, 1);
  g_assert_cmpuint (eonay_file_signing_count_ready (fixture->signing), ==, 0);

  /* It is kept, and saved as soon as that can be, without the card. */
  g_assert_false (save (fixture, NULL, &again));
  g_assert_error (again, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_FILE_NOT_SAVED);
  g_assert_cmpuint (eonay_file_signing_count_unsaved (fixture->signing), ==, 1);
  g_assert_cmpint (g_rename (moved, fixture->folder), ==, 0);
  g_assert_true (save (fixture, NULL, NULL));
  assert_signed (file, FALSE);
  g_assert_cmpuint (eonay_file_signing_count_unsaved (fixture->signing), ==, 0);
  g_assert_cmpuint (eonay_practice_slots_get_pins (fixture->session->slots), ==, 1);
  g_assert_cmpuint (count_outcomes (fixture, EONAY_HISTORY_SAVED), ==, 1);
  g_assert_cmpuint (count_outcomes (fixture, EONAY_HISTORY_UNSAVED), ==, 0);
}

/* Returns: how many of the files, from the first one on, are unsaved; none of the others was signed */
static guint
count_unsaved (Fixture *fixture)
{
  guint n_unsaved = 0;

  while (n_unsaved < fixture->files->len &&
         eonay_own_file_get_state (get (fixture, n_unsaved)) == EONAY_OWN_FILE_UNSAVED)
    n_unsaved++;
  for (guint i = n_unsaved; i < fixture->files->len; i++)
    {
      g_assert_cmpint (eonay_own_file_get_state (get (fixture, i)), ==, EONAY_OWN_FILE_FAILED);
      g_assert_error (eonay_own_file_get_error (get (fixture, i)), EONAY_SESSION_ERROR,
                      EONAY_SESSION_ERROR_FILE_NOT_BEGUN);
    }

  return n_unsaved;
}

/* However fast the card is, each file is told of; and what it signed is saved elsewhere. */
static void
test_save_elsewhere (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *moved = g_strconcat (fixture->folder, "-moved", NULL);
  g_autofree char *other = g_dir_make_tmp ("eonay-files-XXXXXX", NULL);
  g_autoptr (GError) error = NULL;
  guint n_unsaved;

  add_numbered (fixture, 40);
  g_assert_true (prepare (fixture, EONAY_FILE_FORMAT_AUTOMATIC, FALSE, NULL));
  g_assert_cmpint (g_rename (fixture->folder, moved), ==, 0);
  g_assert_false (sign (fixture, PIN, &error));
  g_assert_error (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_FILE_NOT_SAVED);
  n_unsaved = count_unsaved (fixture);
  g_assert_cmpuint (n_unsaved, >, 0);
  g_assert_cmpuint (count_outcomes (fixture, EONAY_HISTORY_UNSAVED), ==, n_unsaved);
  g_assert_cmpuint (count_outcomes (fixture, EONAY_HISTORY_FAILED), ==, 40 - n_unsaved);
  g_assert_cmpint (g_rename (moved, fixture->folder), ==, 0);

  g_assert_true (save (fixture, other, NULL));
  for (guint i = 0; i < n_unsaved; i++)
    {
      const char *path = eonay_own_file_get_result (get (fixture, i));

      assert_signed (get (fixture, i), FALSE);
      g_assert_true (g_str_has_prefix (path, other));
      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (other), ==, 0);

  /* The others can be signed now. */
  if (n_unsaved < 40)
    {
      g_assert_true (prepare (fixture, EONAY_FILE_FORMAT_AUTOMATIC, FALSE, NULL));
      g_assert_cmpuint (eonay_file_signing_count_ready (fixture->signing), ==, 40 - n_unsaved);
    }
}

#define ADD(path_, test_) g_test_add (path_, Fixture, NULL, set_up, test_, tear_down)

/* Of the document portal: a file of another name would be hidden in the original's folder. */
static void
test_without_its_folder (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *folder = g_build_filename (g_get_user_runtime_dir (), "doc", "1a2b3c4d", NULL);
  g_autofree char *path = g_build_filename (folder, "kira.txt", NULL);
  g_autoptr (EonayFileOptions) options = eonay_file_options_new ();
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "Kira", -1, NULL));
  g_assert_false (eonay_file_options_needs_folder (fixture->files));
  g_ptr_array_add (fixture->files, eonay_own_file_new (path));
  g_assert_true (eonay_file_options_needs_folder (fixture->files));
  g_assert_false (prepare (fixture, EONAY_FILE_FORMAT_AUTOMATIC, FALSE, &error));
  g_assert_error (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_FILE_NO_FOLDER);

  g_clear_object (&fixture->result);
  g_assert_finalize_object (g_steal_pointer (&fixture->signing));
  options->folder = g_strdup (fixture->folder);
  fixture->signing = eonay_file_signing_new (fixture->files, options);
  g_assert_true (prepare (fixture, EONAY_FILE_FORMAT_AUTOMATIC, FALSE, NULL));
  g_assert_true (sign (fixture, PIN, NULL));
  assert_signed (get (fixture, 0), FALSE);
  g_assert_true (g_str_has_prefix (eonay_own_file_get_result (get (fixture, 0)), fixture->folder));
  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/file-signing/one-pin-many-files", test_one_pin_many_files);
  ADD ("/file-signing/attached", test_attached);
  ADD ("/file-signing/link-repointed", test_link_repointed);
  ADD ("/file-signing/pades-wants-pdf", test_pades_wants_pdf);
  ADD ("/file-signing/wrong-pin", test_wrong_pin);
  ADD ("/file-signing/stops-between-files", test_stops_between_files);
  ADD ("/file-signing/pulled-card", test_pulled_card);
  ADD ("/file-signing/wrong-signature", test_wrong_signature);
  ADD ("/file-signing/claimed-time", test_claimed_time);
  ADD ("/file-signing/not-renewed", test_not_renewed);
  ADD ("/file-signing/folder-gone", test_folder_gone);
  ADD ("/file-signing/save-elsewhere", test_save_elsewhere);
  ADD ("/file-signing/without-its-folder", test_without_its_folder);

  return g_test_run ();
}
