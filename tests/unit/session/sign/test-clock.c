#include "support/session-fixture.h"

#include "base/eonay-error.h"

#define PIN "123456"
#define VALIDITY 285

static SessionFixture *
new_fixture (void)
{
  return session_fixture_new (session_fixture_get_card (EONAY_PRACTICE_CARD_VALID));
}

static void
pass_on_our_side (SessionFixture *fixture, guint seconds)
{
  fixture->session_now += seconds * (gint64) G_USEC_PER_SEC;
  eonay_session_update (fixture->session);
}

static void
assert_expired (SessionFixture *fixture)
{
  g_assert_cmpint (eonay_session_get_state (fixture->session), ==, EONAY_SESSION_EXPIRED);
  g_assert_cmpuint (eonay_session_get_seconds_left (fixture->session), ==, 0);
  g_assert_nonnull (eonay_session_get_error (fixture->session));
}

static void
test_round_trip_is_charged (void)
{
  g_autoptr (SessionFixture) fixture = new_fixture ();
  g_autoptr (GError) error = NULL;

  /* The portal's clock stands still, so all that is missing was charged for the way. */
  fixture->session_step = 10 * (gint64) G_USEC_PER_SEC;
  session_fixture_begin (fixture, "e-onay", NULL);
  error = session_fixture_finish (fixture);
  fixture->session_step = 0;
  g_assert_no_error (error);
  g_assert_cmpuint (eonay_session_get_seconds_left (fixture->session), <=, VALIDITY - 10);
}

static void
test_runs_out_while_resolving (void)
{
  g_autoptr (SessionFixture) fixture = new_fixture ();
  g_autoptr (GError) error = NULL;

  fixture->session_step = VALIDITY * (gint64) G_USEC_PER_SEC;
  session_fixture_begin (fixture, "e-onay", NULL);
  error = session_fixture_finish (fixture);
  g_assert_error (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_EXPIRED);
  assert_expired (fixture);
  g_assert_null (eonay_session_get_transaction (fixture->session));
}

static void
test_portal_says_expired (void)
{
  g_autoptr (SessionFixture) fixture = new_fixture ();
  g_autoptr (GError) error = NULL;
  g_autofree char *code = eonay_practice_portal_create (fixture->server, "e-onay", 1, NULL, NULL);

  fixture->portal_now += 2 * (gint64) G_USEC_PER_SEC;
  eonay_session_resolve_async (fixture->session, fixture->portal, code, NULL,
                               session_fixture_take_result, fixture);
  error = session_fixture_finish (fixture);
  g_assert_error (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_EXPIRED);
  assert_expired (fixture);
}

static void
test_runs_out_while_reviewing (void)
{
  g_autoptr (SessionFixture) fixture = new_fixture ();

  session_fixture_review (fixture, "e-onay", NULL);
  pass_on_our_side (fixture, VALIDITY - 1);
  g_assert_cmpint (eonay_session_get_state (fixture->session), ==, EONAY_SESSION_REVIEWING);
  g_assert_cmpuint (eonay_session_get_seconds_left (fixture->session), ==, 1);
  pass_on_our_side (fixture, 1);
  assert_expired (fixture);
  g_assert_error (eonay_session_get_error (fixture->session), EONAY_SESSION_ERROR,
                  EONAY_SESSION_ERROR_EXPIRED);
}

static void
test_runs_out_while_asking (void)
{
  g_autoptr (SessionFixture) fixture = new_fixture ();

  session_fixture_review (fixture, "e-onay", NULL);
  session_fixture_ask_pin (fixture);
  pass_on_our_side (fixture, VALIDITY);
  assert_expired (fixture);
}

static void
test_late_pin_is_not_used (void)
{
  EonayPracticeCard *card = session_fixture_get_card (EONAY_PRACTICE_CARD_VALID);
  g_autoptr (SessionFixture) fixture = session_fixture_new (card);
  g_autoptr (GError) error = NULL;

  session_fixture_review (fixture, "e-onay", NULL);
  session_fixture_ask_pin (fixture);
  /* The clock is over, but its tick has not come yet. */
  fixture->session_now += VALIDITY * (gint64) G_USEC_PER_SEC;
  session_fixture_sign (fixture, "654321");
  error = session_fixture_finish (fixture);
  g_assert_error (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_EXPIRED);
  assert_expired (fixture);
  g_assert_cmpint (session_fixture_ask_tries (card), ==, 3);
}

static void
test_late_review_is_not_asked (void)
{
  g_autoptr (SessionFixture) fixture = new_fixture ();
  g_autoptr (GError) error = NULL;

  session_fixture_review (fixture, "e-onay", NULL);
  fixture->session_now += VALIDITY * (gint64) G_USEC_PER_SEC;
  g_assert_false (eonay_session_ask_pin (fixture->session, &error));
  g_assert_error (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_EXPIRED);
  assert_expired (fixture);
}

static void
start_signing (SessionFixture *fixture, const char *pin)
{
  session_fixture_review (fixture, "e-onay", NULL);
  session_fixture_ask_pin (fixture);
  session_fixture_sign (fixture, pin);
  g_assert_cmpint (eonay_session_get_state (fixture->session), ==, EONAY_SESSION_SIGNING);
}

static void
test_followed_to_the_end_and_accepted (void)
{
  g_autoptr (SessionFixture) fixture = new_fixture ();
  g_autoptr (GError) error = NULL;

  start_signing (fixture, PIN);
  pass_on_our_side (fixture, VALIDITY);
  g_assert_cmpint (eonay_session_get_state (fixture->session), ==, EONAY_SESSION_SIGNING);
  error = session_fixture_finish (fixture);
  g_assert_no_error (error);
  g_assert_cmpint (eonay_session_get_state (fixture->session), ==, EONAY_SESSION_DONE);
}

static void
test_followed_to_the_end_and_refused (void)
{
  g_autoptr (SessionFixture) fixture = new_fixture ();
  g_autoptr (GError) error = NULL;

  start_signing (fixture, PIN);
  session_fixture_advance (fixture, VALIDITY);
  error = session_fixture_finish (fixture);
  g_assert_error (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_EXPIRED);
  assert_expired (fixture);
  g_assert_cmpuint (eonay_session_get_signatures (fixture->session)->len, ==, 1);
  g_assert_nonnull (eonay_session_get_candidate (fixture->session));
}

static void
test_wrong_pin_when_it_is_over (void)
{
  EonayPracticeCard *card = session_fixture_get_card (EONAY_PRACTICE_CARD_VALID);
  g_autoptr (SessionFixture) fixture = session_fixture_new (card);
  g_autoptr (GError) error = NULL;

  start_signing (fixture, "654321");
  session_fixture_advance (fixture, VALIDITY);
  error = session_fixture_finish (fixture);
  g_assert_error (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PIN_WRONG);
  g_assert_cmpint (eonay_card_error_get_tries_left (error), ==, 2);
  assert_expired (fixture);
  g_assert_error (eonay_session_get_error (fixture->session), EONAY_CARD_ERROR,
                  EONAY_CARD_ERROR_PIN_WRONG);
  g_assert_null (eonay_session_get_signatures (fixture->session));
  g_assert_cmpint (session_fixture_ask_tries (card), ==, 2);
  session_fixture_restore_tries (card);
}

static void
test_length_of_pin_when_it_is_over (void)
{
  g_autoptr (SessionFixture) fixture = new_fixture ();
  g_autoptr (GError) error = NULL;

  start_signing (fixture, "1");
  session_fixture_advance (fixture, VALIDITY);
  error = session_fixture_finish (fixture);
  g_assert_error (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_EXPIRED);
  assert_expired (fixture);
}

static void
test_submitting_ignores_our_clock (void)
{
  g_autoptr (SessionFixture) fixture = new_fixture ();
  g_autoptr (GError) error = NULL;

  start_signing (fixture, PIN);
  session_fixture_await (fixture, EONAY_SESSION_SUBMITTING);
  pass_on_our_side (fixture, VALIDITY);
  g_assert_cmpint (eonay_session_get_state (fixture->session), ==, EONAY_SESSION_SUBMITTING);
  error = session_fixture_finish (fixture);
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
