#include "support/session-fixture.h"

#include "base/eonay-error.h"

/* The practice reader has a keypad here, and somebody types on it what a test says. */
#define VARIABLE "EONAY_PRACTICE_PIN_PAD"

static EonayPinEntry
get_entry (SessionFixture *fixture)
{
  return eonay_token_get_pin_entry (
      eonay_candidate_get_token (eonay_session_get_candidate (fixture->session)));
}

static SessionFixture *
new_fixture (const char *plan)
{
  SessionFixture *fixture;

  g_setenv (VARIABLE, plan, TRUE);
  session_fixture_restore_tries (session_fixture_get_card (EONAY_PRACTICE_CARD_VALID));
  fixture = session_fixture_new (session_fixture_get_card (EONAY_PRACTICE_CARD_VALID));
  session_fixture_review (fixture, "e-onay", NULL);
  while (get_entry (fixture) != EONAY_PIN_ENTRY_READER)
    g_main_context_iteration (NULL, TRUE);
  session_fixture_ask_pin (fixture);

  return fixture;
}

static void
test_signs (void)
{
  g_autoptr (SessionFixture) fixture = new_fixture ("123456");
  EonayToken *token = eonay_candidate_get_token (eonay_session_get_candidate (fixture->session));
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (eonay_token_get_new_pin_entry (token, EONAY_TOKEN_REQUEST_CHANGE_PIN), ==,
                   EONAY_PIN_ENTRY_HOST);
  session_fixture_sign (fixture, NULL);
  error = session_fixture_finish (fixture);
  g_assert_no_error (error);
  g_assert_cmpstr (fixture->states->str, ==,
                   "idle resolving reviewing waiting-pin signing submitting done");
}

static void
test_wrong_pin (void)
{
  g_autoptr (SessionFixture) fixture = new_fixture ("999999");
  g_autoptr (GError) error = NULL;

  session_fixture_sign (fixture, NULL);
  error = session_fixture_finish (fixture);
  g_assert_error (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PIN_WRONG);
  g_assert_cmpint (eonay_card_error_get_tries_left (error), ==, 2);
  g_assert_cmpint (eonay_session_get_state (fixture->session), ==, EONAY_SESSION_WAITING_PIN);
}

static void
test_nothing_is_spent (gconstpointer plan)
{
  g_autoptr (SessionFixture) fixture = new_fixture (plan);
  g_autoptr (GError) error = NULL;
  gboolean cancels = g_str_equal (plan, "cancel");

  session_fixture_sign (fixture, NULL);
  error = session_fixture_finish (fixture);
  if (cancels)
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  else
    g_assert_error (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PIN_LENGTH);
  g_assert_cmpint (eonay_session_get_state (fixture->session), ==,
                   cancels ? EONAY_SESSION_REVIEWING : EONAY_SESSION_WAITING_PIN);
  g_assert_cmpint (session_fixture_ask_tries (session_fixture_get_card (EONAY_PRACTICE_CARD_VALID)),
                   ==, 3);
}

static void
test_time_out (void)
{
  g_autoptr (SessionFixture) fixture = new_fixture ("timeout=1");
  g_autoptr (GError) error = NULL;

  session_fixture_sign (fixture, NULL);
  error = session_fixture_finish (fixture);
  g_assert_error (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PIN_PAD_TIMED_OUT);
  g_assert_cmpint (eonay_session_get_state (fixture->session), ==, EONAY_SESSION_REVIEWING);
  g_assert_cmpint (session_fixture_ask_tries (session_fixture_get_card (EONAY_PRACTICE_CARD_VALID)),
                   ==, 3);
}

/* Without a keypad nobody may leave the PIN out. */
static void
test_host_types_elsewhere (void)
{
  g_autoptr (SessionFixture) fixture = NULL;

  g_unsetenv (VARIABLE);
  fixture = session_fixture_new (session_fixture_get_card (EONAY_PRACTICE_CARD_EC));
  session_fixture_review (fixture, "e-onay", NULL);
  session_fixture_ask_pin (fixture);
  for (guint i = 0; i < 20; i++)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpint (get_entry (fixture), ==, EONAY_PIN_ENTRY_HOST);
  eonay_session_cancel_pin (fixture->session);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/keypad/signs", test_signs);
  g_test_add_func ("/session/keypad/wrong-pin", test_wrong_pin);
  g_test_add_data_func ("/session/keypad/cancel", "cancel", test_nothing_is_spent);
  g_test_add_data_func ("/session/keypad/too-short", "12", test_nothing_is_spent);
  g_test_add_func ("/session/keypad/time-out", test_time_out);
  g_test_add_func ("/session/keypad/none", test_host_types_elsewhere);

  return g_test_run ();
}
