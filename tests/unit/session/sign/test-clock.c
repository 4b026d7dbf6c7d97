#include "support/session-fixture.h"

#include "base/eonay-error.h"

#define PIN "123456"
#define VALIDITY 285

static TestStage *
new_stage (void)
{
  return test_stage_new (test_stage_get_card (EONAY_PRACTICE_CARD_VALID));
}

static void
pass_on_our_side (TestStage *stage, guint seconds)
{
  stage->session_now += seconds * (gint64) G_USEC_PER_SEC;
  eonay_session_update (stage->session);
}

static void
assert_expired (TestStage *stage)
{
  g_assert_cmpint (eonay_session_get_state (stage->session), ==, EONAY_SESSION_EXPIRED);
  g_assert_cmpuint (eonay_session_get_seconds_left (stage->session), ==, 0);
  g_assert_nonnull (eonay_session_get_error (stage->session));
}

static void
test_round_trip_is_charged (void)
{
  g_autoptr (TestStage) stage = new_stage ();
  g_autoptr (GError) error = NULL;

  /* The portal's clock stands still, so all that is missing was charged for the way. */
  stage->session_step = 10 * (gint64) G_USEC_PER_SEC;
  test_stage_begin (stage, "e-onay", NULL);
  error = test_stage_finish (stage);
  stage->session_step = 0;
  g_assert_no_error (error);
  g_assert_cmpuint (eonay_session_get_seconds_left (stage->session), <=, VALIDITY - 10);
}

static void
test_runs_out_while_resolving (void)
{
  g_autoptr (TestStage) stage = new_stage ();
  g_autoptr (GError) error = NULL;

  stage->session_step = VALIDITY * (gint64) G_USEC_PER_SEC;
  test_stage_begin (stage, "e-onay", NULL);
  error = test_stage_finish (stage);
  g_assert_error (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_EXPIRED);
  assert_expired (stage);
  g_assert_null (eonay_session_get_transaction (stage->session));
}

static void
test_portal_says_expired (void)
{
  g_autoptr (TestStage) stage = new_stage ();
  g_autoptr (GError) error = NULL;
  g_autofree char *code = eonay_practice_portal_create (stage->server, "e-onay", 1, NULL, NULL);

  stage->portal_now += 2 * (gint64) G_USEC_PER_SEC;
  eonay_session_resolve_async (stage->session, stage->portal, code, NULL, test_stage_take_result,
                               stage);
  error = test_stage_finish (stage);
  g_assert_error (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_EXPIRED);
  assert_expired (stage);
}

static void
test_runs_out_while_reviewing (void)
{
  g_autoptr (TestStage) stage = new_stage ();

  test_stage_review (stage, "e-onay", NULL);
  pass_on_our_side (stage, VALIDITY - 1);
  g_assert_cmpint (eonay_session_get_state (stage->session), ==, EONAY_SESSION_REVIEWING);
  g_assert_cmpuint (eonay_session_get_seconds_left (stage->session), ==, 1);
  pass_on_our_side (stage, 1);
  assert_expired (stage);
  g_assert_error (eonay_session_get_error (stage->session), EONAY_SESSION_ERROR,
                  EONAY_SESSION_ERROR_EXPIRED);
}

static void
test_runs_out_while_asking (void)
{
  g_autoptr (TestStage) stage = new_stage ();

  test_stage_review (stage, "e-onay", NULL);
  test_stage_ask_pin (stage);
  pass_on_our_side (stage, VALIDITY);
  assert_expired (stage);
}

static void
test_late_pin_is_not_used (void)
{
  EonayPracticeCard *card = test_stage_get_card (EONAY_PRACTICE_CARD_VALID);
  g_autoptr (TestStage) stage = test_stage_new (card);
  g_autoptr (GError) error = NULL;

  test_stage_review (stage, "e-onay", NULL);
  test_stage_ask_pin (stage);
  /* The clock is over, but its tick has not come yet. */
  stage->session_now += VALIDITY * (gint64) G_USEC_PER_SEC;
  test_stage_sign (stage, "654321");
  error = test_stage_finish (stage);
  g_assert_error (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_EXPIRED);
  assert_expired (stage);
  g_assert_cmpint (test_stage_ask_tries (card), ==, 3);
}

static void
test_late_review_is_not_asked (void)
{
  g_autoptr (TestStage) stage = new_stage ();
  g_autoptr (GError) error = NULL;

  test_stage_review (stage, "e-onay", NULL);
  stage->session_now += VALIDITY * (gint64) G_USEC_PER_SEC;
  g_assert_false (eonay_session_ask_pin (stage->session, &error));
  g_assert_error (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_EXPIRED);
  assert_expired (stage);
}

static void
start_signing (TestStage *stage, const char *pin)
{
  test_stage_review (stage, "e-onay", NULL);
  test_stage_ask_pin (stage);
  test_stage_sign (stage, pin);
  g_assert_cmpint (eonay_session_get_state (stage->session), ==, EONAY_SESSION_SIGNING);
}

static void
test_followed_to_the_end_and_accepted (void)
{
  g_autoptr (TestStage) stage = new_stage ();
  g_autoptr (GError) error = NULL;

  start_signing (stage, PIN);
  pass_on_our_side (stage, VALIDITY);
  g_assert_cmpint (eonay_session_get_state (stage->session), ==, EONAY_SESSION_SIGNING);
  error = test_stage_finish (stage);
  g_assert_no_error (error);
  g_assert_cmpint (eonay_session_get_state (stage->session), ==, EONAY_SESSION_DONE);
}

static void
test_followed_to_the_end_and_refused (void)
{
  g_autoptr (TestStage) stage = new_stage ();
  g_autoptr (GError) error = NULL;

  start_signing (stage, PIN);
  test_stage_advance (stage, VALIDITY);
  error = test_stage_finish (stage);
  g_assert_error (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_EXPIRED);
  assert_expired (stage);
  g_assert_cmpuint (eonay_session_get_signatures (stage->session)->len, ==, 1);
  g_assert_nonnull (eonay_session_get_candidate (stage->session));
}

static void
test_wrong_pin_when_it_is_over (void)
{
  EonayPracticeCard *card = test_stage_get_card (EONAY_PRACTICE_CARD_VALID);
  g_autoptr (TestStage) stage = test_stage_new (card);
  g_autoptr (GError) error = NULL;

  start_signing (stage, "654321");
  test_stage_advance (stage, VALIDITY);
  error = test_stage_finish (stage);
  g_assert_error (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PIN_WRONG);
  g_assert_cmpint (eonay_card_error_get_tries_left (error), ==, 2);
  assert_expired (stage);
  g_assert_error (eonay_session_get_error (stage->session), EONAY_CARD_ERROR,
                  EONAY_CARD_ERROR_PIN_WRONG);
  g_assert_null (eonay_session_get_signatures (stage->session));
  g_assert_cmpint (test_stage_ask_tries (card), ==, 2);
  test_stage_restore_tries (card);
}

static void
test_length_of_pin_when_it_is_over (void)
{
  g_autoptr (TestStage) stage = new_stage ();
  g_autoptr (GError) error = NULL;

  start_signing (stage, "1");
  test_stage_advance (stage, VALIDITY);
  error = test_stage_finish (stage);
  g_assert_error (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_EXPIRED);
  assert_expired (stage);
}

static void
test_submitting_ignores_our_clock (void)
{
  g_autoptr (TestStage) stage = new_stage ();
  g_autoptr (GError) error = NULL;

  start_signing (stage, PIN);
  test_stage_await (stage, EONAY_SESSION_SUBMITTING);
  pass_on_our_side (stage, VALIDITY);
  g_assert_cmpint (eonay_session_get_state (stage->session), ==, EONAY_SESSION_SUBMITTING);
  error = test_stage_finish (stage);
  g_assert_no_error (error);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/clock/round-trip-is-charged", test_round_trip_is_charged);
  g_test_add_func ("/session/clock/runs-out-while-resolving", test_runs_out_while_resolving);
  g_test_add_func ("/session/clock/portal-says-expired", test_portal_says_expired);
  g_test_add_func ("/session/clock/runs-out-while-reviewing", test_runs_out_while_reviewing);
  g_test_add_func ("/session/clock/runs-out-while-asking", test_runs_out_while_asking);
  g_test_add_func ("/session/clock/late-pin-is-not-used", test_late_pin_is_not_used);
  g_test_add_func ("/session/clock/late-review-is-not-asked", test_late_review_is_not_asked);
  g_test_add_func ("/session/clock/followed-to-the-end-and-accepted",
                   test_followed_to_the_end_and_accepted);
  g_test_add_func ("/session/clock/followed-to-the-end-and-refused",
                   test_followed_to_the_end_and_refused);
  g_test_add_func ("/session/clock/wrong-pin-when-it-is-over", test_wrong_pin_when_it_is_over);
  g_test_add_func ("/session/clock/length-of-pin-when-it-is-over",
                   test_length_of_pin_when_it_is_over);
  g_test_add_func ("/session/clock/submitting-ignores-our-clock",
                   test_submitting_ignores_our_clock);

  return g_test_run ();
}
