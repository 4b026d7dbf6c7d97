#include <glib/gstdio.h>

#include "support/reader-fixture.h"

/* What a card that may be known is asked first, and a known one alone. */
#define RECALL TEST_SELECT, TEST_TOKEN_INFO
#define N_RECALL 3
#define OTHER_TOKEN_INFO                                                                      \
  "{\"c\": \"00a40800045015503200\", \"r\": \"6f1581020036820101830250328608ff00000000000000" \
  "9000\"}",                                                                                  \
      "{\"c\": \"00b00000000036\", \"r\": \"3034020100040200010c07756e6b6e6f776e800b44454e4"  \
      "54d45204b61727403020410a511180f32303236313132303133323532335a9000\"}"

static const char *const known[] = { RECALL,      TEST_SELECT,         TEST_PIN_STATUS (3),
                                     TEST_SELECT, TEST_PIN_STATUS (3), "sign-rsa-minimal/2",
                                     NULL };
static const char *const other[] = { TEST_SELECT, OTHER_TOKEN_INFO,    "list-lean-extended/2",
                                     TEST_SELECT, TEST_PIN_STATUS (3), NULL };
static const char *const wrong_key[] = { RECALL,
                                         TEST_SELECT,
                                         TEST_PIN_STATUS (3),
                                         TEST_SELECT,
                                         TEST_PIN_STATUS (3),
                                         "sign-rsa-minimal/2-3",
                                         "{\"c\": \"002a9e9a333031300d0609608648016503040201050004"
                                         "200cb7c3e488b4184f68801f9898e63b4471dfe1d72487e3046de60c"
                                         "105cc4b04300\", \"r\": \"001122339000\"}",
                                         NULL };

typedef struct {
  ReaderFixture readers;
  char *folder;
  EonayCardCache *cache;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("eonay-cards-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->cache = eonay_card_cache_new (fixture->folder);
  reader_fixture_open (&fixture->readers, fixture->cache);
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  reader_fixture_tear_down (&fixture->readers, NULL);
  g_assert_true (eonay_card_cache_clear (fixture->cache, NULL));
  g_assert_finalize_object (g_steal_pointer (&fixture->cache));
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
}

/* Returns: how many exchanges the insertion took; tells of them. */
static guint
insert (Fixture *fixture, const char *const *transcripts, const char *what)
{
  TestSlots *slots = fixture->readers.slots;
  guint commands = test_slots_get_commands (slots);
  gsize bytes = test_slots_get_bytes (slots);

  reader_fixture_insert (&fixture->readers, transcripts);
  g_assert_no_error (eonay_reader_get_error (fixture->readers.reader));
  commands = test_slots_get_commands (slots) - commands;
  g_test_message ("%s: %u exchanges, %zu bytes", what, commands,
                  test_slots_get_bytes (slots) - bytes);

  return commands;
}

static void
assert_certificates (Fixture *fixture)
{
  GListModel *certificates =
      eonay_token_get_certificates (reader_fixture_get_token (&fixture->readers));

  g_assert_cmpuint (g_list_model_get_n_items (certificates), ==, 4);
  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *name = g_strdup_printf ("files/3f00501534%02u.bin", i);
      g_autoptr (EonayTokenCertificate) certificate = g_list_model_get_item (certificates, i);
      g_autoptr (GBytes) file = test_read_file (name);

      g_assert_true (g_bytes_equal (eonay_token_certificate_get_der (certificate), file));
    }
}

static void
sign (Fixture *fixture, TestOutcome *outcome)
{
  TestSlots *slots = fixture->readers.slots;
  guint commands = test_slots_get_commands (slots);
  gsize bytes = test_slots_get_bytes (slots);

  reader_fixture_begin_sign (&fixture->readers, 0, "123456", NULL, outcome);
  test_outcome_wait (outcome);
  g_test_message ("sign: %u exchanges, %zu bytes", test_slots_get_commands (slots) - commands,
                  test_slots_get_bytes (slots) - bytes);
}

static void
test_known_card_lists_at_once (Fixture *fixture, gconstpointer user_data)
{
  g_auto (TestOutcome) cold = { 0 };
  g_auto (TestOutcome) warm = { 0 };
  TestSlots *slots = fixture->readers.slots;
  guint before;

  g_assert_cmpuint (insert (fixture, test_listing_rsa, "list and refresh, cold"), ==, TEST_N_READ);
  sign (fixture, &cold);
  test_outcome_assert_signature (&cold, TEST_RSA_SIGNATURE);
  reader_fixture_pull (&fixture->readers);

  g_assert_cmpuint (insert (fixture, known, "list and refresh, known"), ==, N_RECALL + 2);
  assert_certificates (fixture);
  g_assert_cmpstr (eonay_token_get_serial (reader_fixture_get_token (&fixture->readers)), ==,
                   "0000");
  reader_fixture_assert_tries (&fixture->readers, 3, -1);
  before = test_slots_get_commands (slots);
  sign (fixture, &warm);
  test_outcome_assert_signature (&warm, TEST_RSA_SIGNATURE);
  g_assert_cmpuint (test_slots_get_commands (slots) - before, ==, 5);
  g_assert_cmpuint (N_RECALL + test_slots_get_commands (slots) - before, <=, 8);
}

/* Another card of the kind is read in full, and then both are known. */
static void
test_other_card_of_the_kind (Fixture *fixture, gconstpointer user_data)
{
  insert (fixture, test_listing_rsa, "list and refresh, cold");
  reader_fixture_pull (&fixture->readers);
  g_assert_cmpuint (insert (fixture, other, "list and refresh, another card"), ==,
                    2 + TEST_N_LISTING + 2);
  assert_certificates (fixture);
  g_assert_cmpstr (eonay_token_get_serial (reader_fixture_get_token (&fixture->readers)), ==,
                   "0001");
  reader_fixture_pull (&fixture->readers);
  g_assert_cmpuint (insert (fixture, known, "list and refresh, the first again"), ==, N_RECALL + 2);
}

static void
test_forgets_what_does_not_verify (Fixture *fixture, gconstpointer user_data)
{
  g_auto (TestOutcome) outcome = { 0 };

  insert (fixture, test_listing_rsa, "list and refresh, cold");
  reader_fixture_pull (&fixture->readers);
  insert (fixture, wrong_key, "list and refresh, known");
  sign (fixture, &outcome);
  g_assert_error (outcome.error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_SIGNATURE_MISMATCH);
  reader_fixture_pull (&fixture->readers);
  g_assert_cmpuint (insert (fixture, test_listing_rsa, "list and refresh, forgotten"), ==,
                    TEST_N_READ);
}

static void
test_cleared (Fixture *fixture, gconstpointer user_data)
{
  insert (fixture, test_listing_rsa, "list and refresh, cold");
  reader_fixture_pull (&fixture->readers);
  g_assert_true (eonay_card_cache_clear (fixture->cache, NULL));
  g_assert_cmpuint (insert (fixture, test_listing_rsa, "list and refresh, cleared"), ==,
                    TEST_N_READ);
}

/* Whatever becomes of the question which card it is, the reader ends in a state that says so. */
static void
test_pulled_while_asked (Fixture *fixture, gconstpointer user_data)
{
  insert (fixture, test_listing_rsa, "list and refresh, cold");
  reader_fixture_pull (&fixture->readers);
  for (guint n = 1; n <= N_RECALL; n++)
    {
      test_slots_set_fault (fixture->readers.slots, n, TEST_FAULT_REMOVED, 0);
      reader_fixture_insert (&fixture->readers, known);
      g_assert_error (eonay_reader_get_error (fixture->readers.reader), EONAY_CARD_ERROR,
                      EONAY_CARD_ERROR_REMOVED);
      reader_fixture_pull (&fixture->readers);
    }
}

#define ADD(name_, function_) \
  g_test_add ("/card/token-cache/" name_, Fixture, NULL, set_up, function_, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("known-card-lists-at-once", test_known_card_lists_at_once);
  ADD ("other-card-of-the-kind", test_other_card_of_the_kind);
  ADD ("forgets-what-does-not-verify", test_forgets_what_does_not_verify);
  ADD ("cleared", test_cleared);
  ADD ("pulled-while-asked", test_pulled_while_asked);

  return g_test_run ();
}
