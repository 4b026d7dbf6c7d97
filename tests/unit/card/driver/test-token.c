#include "support/reader-fixture.h"

#define VERIFY_WRONG "{\"c\": \"002000011039393939393900000000000000000000\", \"r\": \"63c2\"}"
#define VERIFY_BLOCKED "{\"c\": \"002000011031323334353600000000000000000000\", \"r\": \"63c0\"}"

static const char *const listing[] = { TEST_LISTING (3), NULL };
static const char *const listing_short[] = { TEST_LISTING_SHORT (3), NULL };
static const char *const listing_t0[] = { TEST_LISTING_T0 (3), NULL };
static const char *const listing_blocked[] = { TEST_LISTING (0), NULL };
static const char *const listing_ecdsa[] = { TEST_LISTING (3), TEST_SELECT, TEST_PIN_STATUS (3),
                                             "sign-ecdsa-minimal/2", NULL };
static const char *const listing_wrong[] = { TEST_LISTING (3), TEST_SELECT, TEST_PIN_STATUS (3),
                                             VERIFY_WRONG, NULL };
static const char *const listing_now_blocked[] = { TEST_LISTING (1), TEST_SELECT,
                                                   TEST_PIN_STATUS (1), VERIFY_BLOCKED, NULL };

/* Another program has been at the card since the listing. */
static const char *const listing_last_try[] = {
  TEST_LISTING (3),     TEST_SELECT, TEST_PIN_STATUS (1), TEST_SELECT, TEST_PIN_STATUS (1),
  "sign-rsa-minimal/2", NULL
};
static const char *const listing_spent[] = { TEST_LISTING (3), TEST_SELECT, TEST_PIN_STATUS (0),
                                             NULL };

static void
test_lists_third_party_card (ReaderFixture *fixture, gconstpointer user_data)
{
  static const struct {
    const char *file;
    const char *label;
    gboolean may_sign;
  } expected[] = {
    { "files/3f0050153400.bin", "AYŞE DENEME NES RSA", TRUE },
    { "files/3f0050153401.bin", "AYŞE DENEME NES EC", TRUE },
    { "files/3f0050153402.bin", "AYŞE DENEME NES eski", TRUE },
    { "files/3f0050153403.bin", "AYŞE DENEME giriş", TRUE },
  };
  EonayToken *token;
  GListModel *certificates;
  EonayPinState pin;

  reader_fixture_insert (fixture, listing);
  g_assert_no_error (eonay_reader_get_error (fixture->reader));
  g_assert_cmpint (eonay_reader_get_state (fixture->reader), ==, EONAY_READER_READY);
  g_assert_cmpuint (test_slots_get_commands (fixture->slots), ==, TEST_N_READ);
  g_assert_false (test_slots_is_held (fixture->slots));
  g_assert_false (test_slots_is_connected (fixture->slots));

  token = reader_fixture_get_token (fixture);
  g_assert_cmpstr (eonay_token_get_model (token), ==, "IsoApplet");
  g_assert_cmpstr (eonay_token_get_label (token), ==, "DENEME Kart");
  g_assert_cmpstr (eonay_token_get_serial (token), ==, "0000");
  g_assert_cmpstr (eonay_token_get_reader_name (token), ==, TEST_SLOT);
  certificates = eonay_token_get_certificates (token);
  g_assert_cmpuint (g_list_model_get_n_items (certificates), ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autoptr (EonayTokenCertificate) certificate = g_list_model_get_item (certificates, i);
      g_autoptr (GBytes) file = test_read_file (expected[i].file);

      g_assert_true (g_bytes_equal (eonay_token_certificate_get_der (certificate), file));
      g_assert_cmpstr (eonay_token_certificate_get_label (certificate), ==, expected[i].label);
      g_assert_true (eonay_token_certificate_has_key (certificate));
      g_assert_true (eonay_token_certificate_may_sign (certificate) == expected[i].may_sign);
    }

  eonay_token_get_pin_state (token, NULL, &pin);
  g_assert_true (pin.known);
  g_assert_cmpint (pin.tries_left, ==, 3);
  g_assert_cmpint (pin.tries_max, ==, 3);
  g_assert_false (pin.blocked);
  g_assert_cmpuint (pin.min_length, ==, 4);
  g_assert_cmpuint (pin.max_length, ==, 16);
  g_assert_true (pin.numeric);
}

/* Nothing of extended length goes to a card with T=0, or through a reader that has no room. */
static void
test_lists_with_short_commands (ReaderFixture *fixture, gconstpointer user_data)
{
  guint before;

  for (int by_reader = 0; by_reader < 2; by_reader++)
    {
      before = test_slots_get_commands (fixture->slots);
      test_slots_set_protocol (fixture->slots, by_reader ? EONAY_PROTOCOL_T1 : EONAY_PROTOCOL_T0);
      test_slots_set_takes_extended (fixture->slots, !by_reader);
      reader_fixture_insert (fixture, by_reader ? listing_short : listing_t0);
      g_assert_no_error (eonay_reader_get_error (fixture->reader));
      g_assert_cmpuint (test_slots_get_commands (fixture->slots) - before, ==,
                        TEST_N_LISTING_SHORT + TEST_N_REFRESH);
      g_assert_cmpuint (g_list_model_get_n_items (
                            eonay_token_get_certificates (reader_fixture_get_token (fixture))),
                        ==, 4);
      reader_fixture_assert_tries (fixture, 3, -1);
      reader_fixture_pull (fixture);
    }
}

static void
test_signs_with_rsa (ReaderFixture *fixture, gconstpointer user_data)
{
  g_auto (TestOutcome) outcome = { 0 };

  reader_fixture_insert (fixture, test_listing_rsa);
  reader_fixture_begin_sign (fixture, 0, "123456", NULL, &outcome);
  test_outcome_wait (&outcome);
  test_outcome_assert_signature (&outcome, TEST_RSA_SIGNATURE);
  g_assert_cmpuint (test_slots_get_commands (fixture->slots), ==, TEST_N_READ + 5);
  g_assert_cmpuint (test_slots_get_verifies (fixture->slots), ==, 1);
  g_assert_cmpuint (test_slots_get_resets (fixture->slots), ==, 1);
  g_assert_false (test_slots_is_connected (fixture->slots));
}

static void
test_signs_with_ecdsa (ReaderFixture *fixture, gconstpointer user_data)
{
  g_auto (TestOutcome) outcome = { 0 };

  reader_fixture_insert (fixture, listing_ecdsa);
  reader_fixture_begin_sign (fixture, 1, "123456", NULL, &outcome);
  test_outcome_wait (&outcome);
  test_outcome_assert_signature (&outcome, "3065023031b5a8f198021e481ce1874c");
}

static void
test_wrong_pin_tells_tries (ReaderFixture *fixture, gconstpointer user_data)
{
  g_auto (TestOutcome) outcome = { 0 };
  EonayPinState pin;

  reader_fixture_insert (fixture, listing_wrong);
  reader_fixture_begin_sign (fixture, 0, "999999", NULL, &outcome);
  test_outcome_wait (&outcome);
  g_assert_error (outcome.error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PIN_WRONG);
  g_assert_cmpint (eonay_card_error_get_tries_left (outcome.error), ==, 2);
  g_assert_cmpuint (test_slots_get_verifies (fixture->slots), ==, 1);
  eonay_token_get_pin_state (reader_fixture_get_token (fixture), NULL, &pin);
  g_assert_true (pin.known);
  g_assert_cmpint (pin.tries_left, ==, 2);
}

static void
test_blocked_pin (ReaderFixture *fixture, gconstpointer user_data)
{
  g_auto (TestOutcome) outcome = { 0 };
  EonayPinState pin;

  reader_fixture_insert (fixture, listing_now_blocked);
  reader_fixture_begin_sign (fixture, 0, "123456", NULL, &outcome);
  test_outcome_wait (&outcome);
  g_assert_error (outcome.error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PIN_BLOCKED);
  g_assert_cmpint (eonay_card_error_get_tries_left (outcome.error), ==, 0);
  eonay_token_get_pin_state (reader_fixture_get_token (fixture), NULL, &pin);
  g_assert_true (pin.blocked);

  reader_fixture_pull (fixture);
  reader_fixture_insert (fixture, listing_blocked);
  eonay_token_get_pin_state (reader_fixture_get_token (fixture), NULL, &pin);
  g_assert_true (pin.known);
  g_assert_true (pin.blocked);
  g_assert_cmpint (pin.tries_left, ==, 0);
}

static void
test_last_try_is_told_first (ReaderFixture *fixture, gconstpointer user_data)
{
  g_auto (TestOutcome) untold = { 0 };
  g_auto (TestOutcome) told = { 0 };
  EonayPinState pin;

  reader_fixture_insert (fixture, listing_last_try);
  reader_fixture_begin_sign (fixture, 0, "123456", NULL, &untold);
  test_outcome_wait (&untold);
  g_assert_error (untold.error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_LAST_TRY);
  g_assert_cmpint (eonay_card_error_get_tries_left (untold.error), ==, 1);
  g_assert_cmpint (eonay_card_error_get_pin_try (untold.error), ==, EONAY_PIN_TRY_UNKNOWN);
  g_assert_cmpuint (test_slots_get_verifies (fixture->slots), ==, 0);
  eonay_token_get_pin_state (reader_fixture_get_token (fixture), NULL, &pin);
  g_assert_true (pin.known);
  g_assert_cmpint (pin.tries_left, ==, 1);

  reader_fixture_begin_sign (fixture, 0, "123456", NULL, &told);
  test_outcome_wait (&told);
  test_outcome_assert_signature (&told, TEST_RSA_SIGNATURE);
  g_assert_cmpuint (test_slots_get_verifies (fixture->slots), ==, 1);
}

static void
test_spent_by_another_program (ReaderFixture *fixture, gconstpointer user_data)
{
  g_auto (TestOutcome) outcome = { 0 };
  EonayPinState pin;

  reader_fixture_insert (fixture, listing_spent);
  reader_fixture_begin_sign (fixture, 0, "123456", NULL, &outcome);
  test_outcome_wait (&outcome);
  g_assert_error (outcome.error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PIN_BLOCKED);
  g_assert_cmpuint (test_slots_get_verifies (fixture->slots), ==, 0);
  eonay_token_get_pin_state (reader_fixture_get_token (fixture), NULL, &pin);
  g_assert_true (pin.blocked);
}

/* After a VERIFY that told nothing, an old number would be a guess. */
static void
test_tries_are_unknown_without_answer (ReaderFixture *fixture, gconstpointer user_data)
{
  const TestFault faults[] = { TEST_FAULT_RESET, TEST_FAULT_REMOVED, TEST_FAULT_STATUS };

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_auto (TestOutcome) outcome = { 0 };
      EonayPinState pin;

      reader_fixture_insert (fixture, listing_wrong);
      test_slots_set_fault (fixture->slots, 3, faults[i], 0x6300);
      reader_fixture_begin_sign (fixture, 0, "999999", NULL, &outcome);
      test_outcome_wait (&outcome);
      g_assert_nonnull (outcome.error);
      g_assert_cmpuint (test_slots_get_verifies (fixture->slots), ==, i + 1);
      eonay_token_get_pin_state (reader_fixture_get_token (fixture), NULL, &pin);
      g_assert_false (pin.known);
      g_assert_cmpint (pin.tries_left, ==, -1);
      g_assert_false (pin.blocked);
      reader_fixture_pull (fixture);
    }
}

static void
test_bad_pins_are_not_sent (ReaderFixture *fixture, gconstpointer user_data)
{
  static const char *const bad[] = { "", "123", "12345678901234567", "12345a", "１２３４" };

  reader_fixture_insert (fixture, listing);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_auto (TestOutcome) outcome = { 0 };

      reader_fixture_begin_sign (fixture, 0, bad[i], NULL, &outcome);
      test_outcome_wait (&outcome);
      g_assert_error (outcome.error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PIN_LENGTH);
    }
  g_assert_cmpuint (test_slots_get_commands (fixture->slots), ==, TEST_N_READ);
}

static void
test_cancelled_before_it_begins (ReaderFixture *fixture, gconstpointer user_data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (TestOutcome) outcome = { 0 };

  reader_fixture_insert (fixture, test_listing_rsa);
  g_cancellable_cancel (cancellable);
  reader_fixture_begin_sign (fixture, 0, "123456", cancellable, &outcome);
  test_outcome_wait (&outcome);
  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (test_slots_get_commands (fixture->slots), ==, TEST_N_READ);
}

#define ADD(name_, function_)                                                              \
  g_test_add ("/card/token/" name_, ReaderFixture, NULL, reader_fixture_set_up, function_, \
              reader_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("lists-third-party-card", test_lists_third_party_card);
  ADD ("lists-with-short-commands", test_lists_with_short_commands);
  ADD ("signs-with-rsa", test_signs_with_rsa);
  ADD ("signs-with-ecdsa", test_signs_with_ecdsa);
  ADD ("wrong-pin-tells-tries", test_wrong_pin_tells_tries);
  ADD ("blocked-pin", test_blocked_pin);
  ADD ("last-try-is-told-first", test_last_try_is_told_first);
  ADD ("spent-by-another-program", test_spent_by_another_program);
  ADD ("tries-are-unknown-without-answer", test_tries_are_unknown_without_answer);
  ADD ("bad-pins-are-not-sent", test_bad_pins_are_not_sent);
  ADD ("cancelled-before-it-begins", test_cancelled_before_it_begins);

  return g_test_run ();
}
