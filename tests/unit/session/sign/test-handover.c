#include "base/eonay-error.h"
#include "support/session-fixture.h"

#define PIN "123456"

static void
give_back (SessionFixture *fixture, EonaySession *from)
{
  g_autoptr (EonayPortal) portal = NULL;
  g_autoptr (EonayTransaction) transaction = eonay_session_steal_transaction (from, &portal);

  g_assert_true (eonay_session_take_transaction (fixture->session, portal, transaction, NULL));
}

/* What was resolved in one place is finished in another: the code serves once. */
static void
test_given_and_taken (void)
{
  g_autoptr (SessionFixture) fixture =
      session_fixture_new (session_fixture_get_card (EONAY_PRACTICE_CARD_VALID));
  g_autoptr (EonaySession) other = eonay_session_new (&fixture->session_clock);
  g_autoptr (EonayTransaction) transaction = NULL;
  g_autoptr (EonayPortal) portal = NULL;
  g_autoptr (GError) error = NULL;

  session_fixture_review (fixture, "e-onay", NULL);
  g_assert_null (eonay_session_steal_transaction (other, &portal));
  transaction = eonay_session_steal_transaction (fixture->session, &portal);
  g_assert_nonnull (transaction);
  g_assert_true (portal == fixture->portal);
  g_assert_cmpint (eonay_session_get_state (fixture->session), ==, EONAY_SESSION_IDLE);
  g_assert_null (eonay_session_get_transaction (fixture->session));
  g_assert_cmpuint (eonay_session_get_seconds_left (fixture->session), ==, 0);

  g_assert_true (eonay_session_take_transaction (other, portal, transaction, &error));
  g_assert_no_error (error);
  g_assert_cmpint (eonay_session_get_state (other), ==, EONAY_SESSION_REVIEWING);
  g_assert_cmpuint (eonay_session_get_seconds_left (other), >, 200);
  g_assert_true (eonay_session_get_transaction (other) == transaction);
  g_assert_false (eonay_session_was_seen (other, 0));
  g_assert_false (eonay_session_take_transaction (other, portal, transaction, &error));
  g_assert_error (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_WRONG_STATE);
  g_clear_error (&error);

  give_back (fixture, other);
  eonay_session_mark_seen (fixture->session, 0);
  session_fixture_choose_first (fixture);
  session_fixture_ask_pin (fixture);
  session_fixture_sign (fixture, PIN);
  error = session_fixture_finish (fixture);
  g_assert_no_error (error);
  g_assert_cmpint (eonay_session_get_state (fixture->session), ==, EONAY_SESSION_DONE);
}

static void
test_too_late (void)
{
  g_autoptr (SessionFixture) fixture = session_fixture_new (NULL);
  g_autoptr (EonayTransaction) transaction = NULL;
  g_autoptr (EonayPortal) portal = NULL;
  g_autoptr (GError) error = NULL;

  session_fixture_begin (fixture, "e-onay", NULL);
  error = session_fixture_finish (fixture);
  g_assert_no_error (error);
  transaction = eonay_session_steal_transaction (fixture->session, &portal);
  session_fixture_advance (fixture, 300);
  g_assert_false (eonay_session_take_transaction (fixture->session, portal, transaction, &error));
  g_assert_error (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_EXPIRED);
  g_assert_cmpint (eonay_session_get_state (fixture->session), ==, EONAY_SESSION_IDLE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/handover/given-and-taken", test_given_and_taken);
  g_test_add_func ("/session/handover/too-late", test_too_late);

  return g_test_run ();
}
