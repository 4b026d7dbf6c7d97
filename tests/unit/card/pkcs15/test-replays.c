#include "support/reader-fixture.h"

/* Recorded with another program, which reads and selects more than ours: from such recordings
   come the lines with a PIN and what follows, after the SELECT and status that are ours. */
#define BEFORE_PIN(tries_) TEST_SELECT, TEST_PIN_STATUS (tries_)

static const char *const rsa[] = { TEST_LISTING (3), BEFORE_PIN (3), "sign-rsa-sha256/17-17",
                                   "sign-rsa-minimal/3", NULL };
static const char *const ecdsa[] = { TEST_LISTING (3), BEFORE_PIN (3), "sign-ecdsa-sha384/17-17",
                                     "sign-ecdsa-minimal/3", NULL };
static const char *const pss[] = { TEST_LISTING (3), BEFORE_PIN (3),
                                   "sign-rsa-pss-sha256-minimal/2", NULL };
static const char *const change[] = { TEST_LISTING (3), BEFORE_PIN (3),     "pin-change/12-12",
                                      BEFORE_PIN (3),   "pin-change/24-24", NULL };
static const char *const change_wrong[] = { TEST_LISTING (3), BEFORE_PIN (3),
                                            "pin-change-wrong-old/12-12", NULL };
static const char *const block[] = {
  TEST_LISTING (3),  BEFORE_PIN (3),      "pin-block/12-12",    BEFORE_PIN (2),
  "pin-block/24-24", BEFORE_PIN (1),      "pin-block/36-36",    BEFORE_PIN (0),
  TEST_SELECT,       "puk-wrong/12-12",   TEST_SELECT,          "pin-unblock/12-12",
  BEFORE_PIN (3),    "pin-unblock/24-24", "sign-rsa-minimal/3", NULL
};

static void
sign_wrong (ReaderFixture *fixture, EonayCardError code, int tries)
{
  g_auto (TestOutcome) outcome = { 0 };

  reader_fixture_begin_sign (fixture, 0, "999999", NULL, &outcome);
  test_outcome_wait (&outcome);
  g_assert_error (outcome.error, EONAY_CARD_ERROR, (int) code);
  g_assert_cmpint (eonay_card_error_get_tries_left (outcome.error), ==, tries);
  reader_fixture_assert_tries (fixture, tries, -1);
}

static void
test_signatures (ReaderFixture *fixture, gconstpointer user_data)
{
  static const struct {
    const char *const *transcripts;
    guint certificate;
    EonaySignatureScheme scheme;
    const char *starts_with;
  } rows[] = {
    { rsa, 0, EONAY_SIGNATURE_SCHEME_RSA_PKCS1_SHA256, TEST_RSA_SIGNATURE },
    { ecdsa, 1, EONAY_SIGNATURE_SCHEME_ECDSA_SHA384, "3065023031b5a8f198021e481ce1874c" },
    { pss, 0, EONAY_SIGNATURE_SCHEME_RSA_PSS_SHA256, "575fd2368d487dc35482e1304372e4c8" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (TestOutcome) outcome = { 0 };

      reader_fixture_insert (fixture, rows[i].transcripts);
      reader_fixture_sign (fixture, rows[i].certificate, rows[i].scheme, "123456", NULL, &outcome);
      test_outcome_wait (&outcome);
      test_outcome_assert_signature (&outcome, rows[i].starts_with);
      reader_fixture_assert_tries (fixture, 3, -1);
      reader_fixture_pull (fixture);
    }
}

static void
test_change (ReaderFixture *fixture, gconstpointer user_data)
{
  g_auto (TestOutcome) there = { 0 };
  g_auto (TestOutcome) back = { 0 };

  reader_fixture_insert (fixture, change);
  reader_fixture_change_pin (fixture, "123456", "654321", &there);
  g_assert_no_error (there.error);
  reader_fixture_assert_tries (fixture, 3, -1);
  reader_fixture_change_pin (fixture, "654321", "123456", &back);
  g_assert_no_error (back.error);
  reader_fixture_assert_tries (fixture, 3, -1);
  g_assert_cmpuint (test_slots_get_resets (fixture->slots), ==, 2);
}

static void
test_change_with_wrong_pin (ReaderFixture *fixture, gconstpointer user_data)
{
  g_auto (TestOutcome) outcome = { 0 };

  reader_fixture_insert (fixture, change_wrong);
  reader_fixture_change_pin (fixture, "999999", "654321", &outcome);
  g_assert_error (outcome.error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PIN_WRONG);
  g_assert_cmpint (eonay_card_error_get_tries_left (outcome.error), ==, 2);
  reader_fixture_assert_tries (fixture, 2, -1);
}

static void
test_block_and_unblock (ReaderFixture *fixture, gconstpointer user_data)
{
  g_auto (TestOutcome) told = { 0 };
  g_auto (TestOutcome) wrong = { 0 };
  g_auto (TestOutcome) right = { 0 };
  g_auto (TestOutcome) signature = { 0 };

  reader_fixture_insert (fixture, block);
  reader_fixture_assert_tries (fixture, 3, -1);
  sign_wrong (fixture, EONAY_CARD_ERROR_PIN_WRONG, 2);
  sign_wrong (fixture, EONAY_CARD_ERROR_PIN_WRONG, 1);
  sign_wrong (fixture, EONAY_CARD_ERROR_PIN_BLOCKED, 0);

  /* Nothing is sent to a PIN that is known to be blocked. */
  reader_fixture_begin_sign (fixture, 0, "123456", NULL, &told);
  test_outcome_wait (&told);
  g_assert_error (told.error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PIN_BLOCKED);
  g_assert_cmpuint (test_slots_get_verifies (fixture->slots), ==, 3);

  reader_fixture_unblock (fixture, "9999999999999999", "123456", &wrong);
  g_assert_error (wrong.error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PUK_WRONG);
  g_assert_cmpint (eonay_card_error_get_tries_left (wrong.error), ==, 4);
  reader_fixture_assert_tries (fixture, 0, 4);
  reader_fixture_unblock (fixture, "1234567890123456", "123456", &right);
  g_assert_no_error (right.error);
  reader_fixture_assert_tries (fixture, 3, 5);

  reader_fixture_begin_sign (fixture, 0, "123456", NULL, &signature);
  test_outcome_wait (&signature);
  test_outcome_assert_signature (&signature, TEST_RSA_SIGNATURE);
}

#define ADD(name_, function_)                                                                \
  g_test_add ("/card/replays/" name_, ReaderFixture, NULL, reader_fixture_set_up, function_, \
              reader_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("signatures", test_signatures);
  ADD ("change", test_change);
  ADD ("change-with-wrong-pin", test_change_with_wrong_pin);
  ADD ("block-and-unblock", test_block_and_unblock);

  return g_test_run ();
}
