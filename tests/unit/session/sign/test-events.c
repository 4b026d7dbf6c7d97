#include "support/session-fixture.h"

#include "base/eonay-error.h"

#define PIN "123456"

/* Every call that a person, or the program on their behalf, can make. */
typedef enum {
  EVENT_RESOLVE,
  EVENT_ASK_PIN,
  EVENT_CANCEL_PIN,
  EVENT_SIGN,
  EVENT_SUBMIT_AGAIN,
  EVENT_DECLINE,
  EVENT_RESET,
  EVENT_CHOOSE,
  EVENT_MARK_SEEN,
  EVENT_UPDATE,
  N_EVENTS,
} Event;

#define STAY EONAY_SESSION_N_STATES

/* Where each call leads to at once; every other call changes nothing. */
static const struct {
  Event event;
  EonaySessionState from;
  EonaySessionState to;
} moves[] = {
  { EVENT_RESOLVE, EONAY_SESSION_IDLE, EONAY_SESSION_RESOLVING },
  { EVENT_ASK_PIN, EONAY_SESSION_REVIEWING, EONAY_SESSION_WAITING_PIN },
  { EVENT_CANCEL_PIN, EONAY_SESSION_WAITING_PIN, EONAY_SESSION_REVIEWING },
  { EVENT_SIGN, EONAY_SESSION_WAITING_PIN, EONAY_SESSION_SIGNING },
  { EVENT_SUBMIT_AGAIN, EONAY_SESSION_FAILED, EONAY_SESSION_SUBMITTING },
  { EVENT_DECLINE, EONAY_SESSION_REVIEWING, EONAY_SESSION_DECLINED },
  { EVENT_DECLINE, EONAY_SESSION_WAITING_PIN, EONAY_SESSION_DECLINED },
  { EVENT_RESET, EONAY_SESSION_DONE, EONAY_SESSION_IDLE },
  { EVENT_RESET, EONAY_SESSION_DECLINED, EONAY_SESSION_IDLE },
  { EVENT_RESET, EONAY_SESSION_EXPIRED, EONAY_SESSION_IDLE },
  { EVENT_RESET, EONAY_SESSION_FAILED, EONAY_SESSION_IDLE },
};

static EonaySessionState
find_target (EonaySessionState from, Event event)
{
  for (gsize i = 0; i < G_N_ELEMENTS (moves); i++)
    if (moves[i].from == from && moves[i].event == event)
      return moves[i].to;

  return STAY;
}

/** Brings @fixture to @state by the straight way. */
static void
reach (SessionFixture *fixture, EonaySessionState state)
{
  g_autoptr (GError) error = NULL;

  if (state == EONAY_SESSION_IDLE)
    return;

  if (state == EONAY_SESSION_RESOLVING)
    {
      session_fixture_begin (fixture, "e-onay", NULL);
      return;
    }

  session_fixture_review (fixture, "e-onay",
                          state == EONAY_SESSION_FAILED ? "certificate-revoked" : NULL);
  if (state == EONAY_SESSION_REVIEWING)
    return;

  session_fixture_ask_pin (fixture);
  if (state == EONAY_SESSION_DECLINED)
    eonay_session_decline (fixture->session);
  else if (state == EONAY_SESSION_EXPIRED)
    session_fixture_advance (fixture, 300);
  else if (state != EONAY_SESSION_WAITING_PIN)
    session_fixture_sign (fixture, PIN);

  session_fixture_await (fixture, state);
  if (state == EONAY_SESSION_DONE || state == EONAY_SESSION_FAILED)
    error = session_fixture_finish (fixture);
}

static void
on_refused (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean *answered = user_data;

  g_assert_false (g_task_propagate_boolean (G_TASK (result), &error));
  g_assert_error (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_WRONG_STATE);
  *answered = TRUE;
}

/** Makes the call; where it does not belong, that is what it has to say. */
static void
call (SessionFixture *fixture, Event event, gboolean allowed, gboolean *answered)
{
  EonaySession *session = fixture->session;
  GAsyncReadyCallback callback = allowed ? session_fixture_take_result : on_refused;
  gpointer data = allowed ? (gpointer) fixture : (gpointer) answered;
  g_autoptr (GError) error = NULL;

  *answered = allowed ||
              (event != EVENT_RESOLVE && event != EVENT_SIGN && event != EVENT_SUBMIT_AGAIN);
  if (event == EVENT_RESOLVE)
    eonay_session_resolve_async (session, fixture->portal, "100000000000000", NULL, callback, data);
  else if (event == EVENT_ASK_PIN && allowed)
    g_assert_true (eonay_session_ask_pin (session, NULL));
  else if (event == EVENT_ASK_PIN)
    {
      g_assert_false (eonay_session_ask_pin (session, &error));
      g_assert_error (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_WRONG_STATE);
    }
  else if (event == EVENT_CANCEL_PIN)
    eonay_session_cancel_pin (session);
  else if (event == EVENT_SIGN)
    eonay_session_sign_async (session, eonay_secret_new (PIN, 6),
                              (EonayPinConsent[]){ session_fixture_consent (session) }, NULL,
                              callback, data);
  else if (event == EVENT_SUBMIT_AGAIN)
    eonay_session_submit_again_async (session, NULL, callback, data);
  else if (event == EVENT_DECLINE)
    eonay_session_decline (session);
  else if (event == EVENT_RESET)
    eonay_session_reset (session);
  else if (event == EVENT_CHOOSE)
    eonay_session_set_candidate (session, NULL);
  else if (event == EVENT_MARK_SEEN)
    eonay_session_mark_seen (session, 0);
  else
    eonay_session_update (session);
}

static void
test_pair (EonaySessionState from, Event event)
{
  g_autoptr (SessionFixture) fixture =
      session_fixture_new (session_fixture_get_card (EONAY_PRACTICE_CARD_VALID));
  EonaySessionState to = find_target (from, event);
  gboolean allowed = to != STAY;
  EonayTransaction *transaction;
  EonayCandidate *candidate;
  GPtrArray *signatures;
  gboolean seen;
  gboolean answered;

  reach (fixture, from);
  g_test_message ("%s, call %d", fixture->states->str, (int) event);
  transaction = eonay_session_get_transaction (fixture->session);
  candidate = eonay_session_get_candidate (fixture->session);
  signatures = eonay_session_get_signatures (fixture->session);
  seen = eonay_session_was_seen (fixture->session, 0);

  call (fixture, event, allowed, &answered);
  g_assert_cmpint (eonay_session_get_state (fixture->session), ==, (int) (allowed ? to : from));
  if (!allowed)
    {
      gboolean chooses = from == EONAY_SESSION_REVIEWING && event == EVENT_CHOOSE;

      g_assert_true (eonay_session_get_transaction (fixture->session) == transaction);
      g_assert_true (eonay_session_get_candidate (fixture->session) ==
                     (chooses ? NULL : candidate));
      g_assert_true (eonay_session_get_signatures (fixture->session) == signatures);
      g_assert_cmpint (eonay_session_was_seen (fixture->session, 0), ==, seen);
    }

  while (!answered)
    g_main_context_iteration (NULL, TRUE);

  /* What was under way is followed to its end, so that nothing is left over. */
  while (eonay_session_get_state (fixture->session) == EONAY_SESSION_RESOLVING ||
         eonay_session_get_state (fixture->session) == EONAY_SESSION_SIGNING ||
         eonay_session_get_state (fixture->session) == EONAY_SESSION_SUBMITTING)
    g_main_context_iteration (NULL, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
test_every_call (gconstpointer state)
{
  for (int event = 0; event < N_EVENTS; event++)
    test_pair ((EonaySessionState) GPOINTER_TO_INT (state), (Event) event);
}

int
main (int argc, char *argv[])
{
  g_autoptr (GEnumClass) states = NULL;

  g_test_init (&argc, &argv, NULL);
  states = g_type_class_ref (EONAY_TYPE_SESSION_STATE);
  for (int state = 0; state < EONAY_SESSION_N_STATES; state++)
    {
      g_autofree char *path = g_strdup_printf ("/session/events/%s",
                                               g_enum_get_value (states, state)->value_nick);

      g_test_add_data_func (path, GINT_TO_POINTER (state), test_every_call);
    }

  return g_test_run ();
}
