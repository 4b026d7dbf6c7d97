#include "support/session-fixture.h"

#include <string.h>

#include "base/eonay-error.h"
#include "signature/verify/eonay-verifier.h"

#define PIN "123456"
#define WRONG_PIN "654321"

static void
assert_signed (SessionFixture *fixture)
{
  GPtrArray *signatures = eonay_session_get_signatures (fixture->session);
  GListModel *documents =
      eonay_transaction_get_documents (eonay_session_get_transaction (fixture->session));
  g_autoptr (EonayDocument) document = g_list_model_get_item (documents, 0);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *description = NULL;
  g_autoptr (EonayVerifierContent) signed_content = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (eonay_session_get_state (fixture->session), ==, EONAY_SESSION_DONE);
  g_assert_null (eonay_session_get_error (fixture->session));
  g_assert_nonnull (eonay_session_get_receipt (fixture->session)->receipt);
  g_assert_cmpint (
      ABS (g_date_time_difference (now, eonay_session_get_signed_at (fixture->session))), <,
      60 * G_TIME_SPAN_SECOND);

  g_assert_cmpuint (signatures->len, ==, g_list_model_get_n_items (documents));
  signed_content = eonay_verifier_verify_cades (signatures->pdata[0], NULL, NULL, now, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (signed_content->content, eonay_document_get_content (document)));

  description = eonay_practice_portal_describe (fixture->server, fixture->code);
  g_assert_nonnull (strstr (description, "\"completed\""));
}

static void
test_operation (gconstpointer operation)
{
  g_autoptr (SessionFixture) fixture =
      session_fixture_new (session_fixture_get_card (EONAY_PRACTICE_CARD_VALID));
  g_autoptr (GError) error = NULL;

  session_fixture_review (fixture, operation, NULL);
  session_fixture_ask_pin (fixture);
  session_fixture_sign (fixture, PIN);
  error = session_fixture_finish (fixture);
  g_assert_no_error (error);
  g_assert_cmpstr (fixture->states->str, ==,
                   "idle resolving reviewing waiting-pin signing submitting done");
  assert_signed (fixture);

  eonay_session_reset (fixture->session);
  g_assert_null (eonay_session_get_signatures (fixture->session));
  g_assert_null (eonay_session_get_receipt (fixture->session));
  g_assert_null (eonay_session_get_transaction (fixture->session));
  g_assert_null (eonay_session_get_candidate (fixture->session));
}

static void
test_elliptic_card (void)
{
  g_autoptr (SessionFixture) fixture =
      session_fixture_new (session_fixture_get_card (EONAY_PRACTICE_CARD_EC));
  g_autoptr (GError) error = NULL;

  session_fixture_review (fixture, "login", NULL);
  session_fixture_ask_pin (fixture);
  session_fixture_sign (fixture, PIN);
  error = session_fixture_finish (fixture);
  g_assert_no_error (error);
  assert_signed (fixture);
}

static void
test_wrong_pin_then_right (void)
{
  EonayPracticeCard *card = session_fixture_get_card (EONAY_PRACTICE_CARD_VALID);
  g_autoptr (SessionFixture) fixture = session_fixture_new (card);
  g_autoptr (GError) wrong = NULL;
  g_autoptr (GError) short_pin = NULL;
  g_autoptr (GError) right = NULL;

  session_fixture_review (fixture, "e-onay", NULL);
  session_fixture_ask_pin (fixture);
  session_fixture_sign (fixture, WRONG_PIN);
  wrong = session_fixture_finish (fixture);
  g_assert_error (wrong, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PIN_WRONG);
  g_assert_cmpint (eonay_card_error_get_tries_left (wrong), ==, 2);
  g_assert_cmpint (eonay_card_error_get_tries_left (eonay_session_get_error (fixture->session)), ==,
                   2);
  g_assert_cmpint (eonay_session_get_state (fixture->session), ==, EONAY_SESSION_WAITING_PIN);
  g_assert_cmpint (session_fixture_ask_tries (card), ==, 2);

  session_fixture_sign (fixture, "1");
  short_pin = session_fixture_finish (fixture);
  g_assert_error (short_pin, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PIN_LENGTH);
  g_assert_cmpint (eonay_session_get_state (fixture->session), ==, EONAY_SESSION_WAITING_PIN);
  g_assert_cmpint (session_fixture_ask_tries (card), ==, 2);

  session_fixture_sign (fixture, PIN);
  right = session_fixture_finish (fixture);
  g_assert_no_error (right);
  assert_signed (fixture);
  g_assert_cmpint (session_fixture_ask_tries (card), ==, 3);
}

/* Another program, which the reader does not notice. */
static void
spend_a_try (EonayPracticeCard *card)
{
  const guint8 verify[] = { 0x00, 0x20, 0x00, 0x01, 6, '6', '5', '4', '3', '2', '1' };
  int before = session_fixture_ask_tries (card);
  g_autoptr (GBytes) answer = eonay_practice_card_process (card, verify, sizeof verify);

  g_assert_cmpint (session_fixture_ask_tries (card), ==, before - 1);
}

static void
count_notify (guint *count)
{
  *count += 1;
}

static void
test_tries_spent_by_another_program (void)
{
  EonayPracticeCard *card = session_fixture_get_card (EONAY_PRACTICE_CARD_VALID);
  g_autoptr (SessionFixture) fixture = session_fixture_new (card);
  g_autoptr (GError) last = NULL;
  g_autoptr (GError) signed_at_last = NULL;
  EonayToken *token;
  EonayPinState pin;
  guint notified = 0;

  session_fixture_review (fixture, "e-onay", NULL);
  session_fixture_ask_pin (fixture);
  token = eonay_candidate_get_token (eonay_session_get_candidate (fixture->session));
  g_signal_connect_swapped (token, "notify::pin-state", G_CALLBACK (count_notify), &notified);
  spend_a_try (card);
  spend_a_try (card);

  session_fixture_sign (fixture, WRONG_PIN);
  last = session_fixture_finish (fixture);
  g_assert_error (last, EONAY_CARD_ERROR, EONAY_CARD_ERROR_LAST_TRY);
  g_assert_error (eonay_session_get_error (fixture->session), EONAY_CARD_ERROR,
                  EONAY_CARD_ERROR_LAST_TRY);
  g_assert_cmpint (eonay_session_get_state (fixture->session), ==, EONAY_SESSION_WAITING_PIN);
  g_assert_cmpint (session_fixture_ask_tries (card), ==, 1);
  g_assert_cmpuint (notified, ==, 1);
  eonay_token_get_pin_state (token, NULL, &pin);
  g_assert_true (pin.known);
  g_assert_cmpint (pin.tries_left, ==, 1);

  session_fixture_sign (fixture, PIN);
  signed_at_last = session_fixture_finish (fixture);
  g_assert_no_error (signed_at_last);
  assert_signed (fixture);
  g_signal_handlers_disconnect_by_data (token, &notified);
}

static void
test_blocked_by_typing (void)
{
  g_autoptr (GError) made = NULL;
  EonayPracticeCard *card = session_fixture_get_card (EONAY_PRACTICE_CARD_TWO);
  g_autoptr (SessionFixture) fixture = session_fixture_new (card);

  session_fixture_review (fixture, "e-onay", NULL);
  session_fixture_ask_pin (fixture);
  for (int left = 2; left >= 0; left--)
    {
      g_autoptr (GError) error = NULL;

      session_fixture_sign (fixture, WRONG_PIN);
      error = session_fixture_finish (fixture);
      g_assert_error (error, EONAY_CARD_ERROR,
                      (int) (left > 0 ? EONAY_CARD_ERROR_PIN_WRONG : EONAY_CARD_ERROR_PIN_BLOCKED));
      g_assert_cmpint (session_fixture_ask_tries (card), ==, left);
    }

  g_assert_cmpint (eonay_session_get_state (fixture->session), ==, EONAY_SESSION_REVIEWING);
  g_assert_true (eonay_candidate_get_reasons (eonay_session_get_candidate (fixture->session)) &
                 EONAY_CANDIDATE_PIN_BLOCKED);
  g_assert_false (eonay_session_ask_pin (fixture->session, &made));
  g_assert_error (made, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PIN_BLOCKED);
}

static void
test_must_be_reviewed (void)
{
  g_autoptr (SessionFixture) fixture =
      session_fixture_new (session_fixture_get_card (EONAY_PRACTICE_CARD_VALID));
  g_autoptr (GError) resolved = NULL;
  g_autoptr (GError) unseen = NULL;
  g_autoptr (GError) unchosen = NULL;

  session_fixture_begin (fixture, "e-onay", NULL);
  resolved = session_fixture_finish (fixture);
  g_assert_no_error (resolved);

  eonay_session_mark_seen (fixture->session, 1);
  g_assert_false (eonay_session_was_seen (fixture->session, 1));
  g_assert_false (eonay_session_can_sign (fixture->session, &unseen));
  g_assert_error (unseen, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_NOT_REVIEWED);

  eonay_session_mark_seen (fixture->session, 0);
  g_assert_true (eonay_session_was_seen (fixture->session, 0));
  g_assert_false (eonay_session_ask_pin (fixture->session, &unchosen));
  g_assert_error (unchosen, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_NO_CERTIFICATE);
  g_assert_cmpint (eonay_session_get_state (fixture->session), ==, EONAY_SESSION_REVIEWING);
}

/* What the view cannot show whole is not signed, whenever the view finds it. */
static void
test_fault_of_a_document (void)
{
  g_autoptr (SessionFixture) fixture =
      session_fixture_new (session_fixture_get_card (EONAY_PRACTICE_CARD_VALID));
  g_autoptr (GError) resolved = NULL;
  g_autoptr (GError) fault = g_error_new_literal (EONAY_SESSION_ERROR,
                                                  EONAY_SESSION_ERROR_TEXT_NO_GLYPH, "no font");
  g_autoptr (GError) before = NULL;
  g_autoptr (GError) after = NULL;
  g_autoptr (GError) mended = NULL;

  session_fixture_begin (fixture, "e-onay", NULL);
  resolved = session_fixture_finish (fixture);
  g_assert_no_error (resolved);

  eonay_session_set_fault (fixture->session, 0, fault);
  eonay_session_set_fault (fixture->session, 1, fault);
  eonay_session_mark_seen (fixture->session, 0);
  g_assert_false (eonay_session_was_seen (fixture->session, 0));
  g_assert_false (eonay_session_can_sign (fixture->session, &before));
  g_assert_error (before, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_TEXT_NO_GLYPH);

  eonay_session_set_fault (fixture->session, 0, NULL);
  eonay_session_mark_seen (fixture->session, 0);
  g_assert_true (eonay_session_was_seen (fixture->session, 0));
  eonay_session_set_fault (fixture->session, 0, fault);
  g_assert_false (eonay_session_ask_pin (fixture->session, &after));
  g_assert_error (after, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_TEXT_NO_GLYPH);

  eonay_session_set_fault (fixture->session, 0, NULL);
  g_assert_false (eonay_session_can_sign (fixture->session, &mended));
  g_assert_error (mended, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_NO_CERTIFICATE);
}

static void
test_pulled_while_reviewing_and_asking (void)
{
  EonayPracticeCard *card = session_fixture_get_card (EONAY_PRACTICE_CARD_VALID);
  g_autoptr (SessionFixture) fixture = session_fixture_new (card);
  g_autoptr (EonayCandidate) again = NULL;

  session_fixture_review (fixture, "e-onay", NULL);
  eonay_practice_slots_set_card (fixture->slots, NULL);
  session_fixture_await_candidates (fixture, 0);
  g_assert_null (eonay_session_get_candidate (fixture->session));
  g_assert_null (eonay_session_get_error (fixture->session));

  eonay_practice_slots_set_card (fixture->slots, card);
  session_fixture_await_candidates (fixture, 2);
  again = g_list_model_get_item (G_LIST_MODEL (fixture->candidates), 0);
  eonay_session_set_candidate (fixture->session, again);
  session_fixture_ask_pin (fixture);
  eonay_practice_slots_set_card (fixture->slots, NULL);
  session_fixture_await (fixture, EONAY_SESSION_REVIEWING);
  g_assert_null (eonay_session_get_candidate (fixture->session));
  g_assert_error (eonay_session_get_error (fixture->session), EONAY_CARD_ERROR,
                  EONAY_CARD_ERROR_REMOVED);
}

/** Returns: whether the card could be pulled before the @n-th command of a signature */
static gboolean
pull_once (EonayPracticeCard *card, guint n, const char *pin)
{
  /* Asked before the reader has the card: a SELECT amid its reading would lead it astray. */
  int before = session_fixture_ask_tries (card);
  g_autoptr (SessionFixture) fixture = session_fixture_new (card);
  g_autoptr (GError) error = NULL;
  gboolean right = g_str_equal (pin, PIN);
  gboolean pulled;

  session_fixture_review (fixture, "e-onay", NULL);
  session_fixture_ask_pin (fixture);
  eonay_practice_slots_pull_at (fixture->slots, n);
  session_fixture_sign (fixture, pin);
  error = session_fixture_finish (fixture);
  pulled = eonay_practice_slots_get_card (fixture->slots) == NULL;
  g_test_message ("command %u, %s PIN: %s", n, right ? "right" : "wrong",
                  error != NULL ? error->message : "signed");
  g_assert_cmpint (session_fixture_ask_tries (card), >=, right ? before : before - 1);

  if (eonay_session_get_signatures (fixture->session) != NULL)
    {
      g_assert_no_error (error);
      assert_signed (fixture);
      return pulled;
    }

  if (!pulled)
    {
      g_assert_error (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PIN_WRONG);
      return FALSE;
    }

  /* A wrong PIN may be known before the card goes; then the pull is seen a moment later. */
  if (!g_error_matches (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PIN_WRONG))
    g_assert_error (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_REMOVED);
  session_fixture_await (fixture, EONAY_SESSION_REVIEWING);
  session_fixture_await_candidates (fixture, 0);
  g_assert_null (eonay_session_get_candidate (fixture->session));
  g_assert_error (eonay_session_get_error (fixture->session), EONAY_CARD_ERROR,
                  EONAY_CARD_ERROR_REMOVED);

  return TRUE;
}

static void
test_pulled_at_each_command (gconstpointer pin)
{
  EonayPracticeCard *card = session_fixture_get_card (EONAY_PRACTICE_CARD_VALID);
  guint n = 1;

  while (pull_once (card, n, pin))
    {
      session_fixture_restore_tries (card);
      n++;
    }
  session_fixture_restore_tries (card);
  g_assert_cmpuint (n, >=, 3);
}

static void
test_signs_after_a_pull (void)
{
  EonayPracticeCard *card = session_fixture_get_card (EONAY_PRACTICE_CARD_VALID);
  g_autoptr (SessionFixture) fixture = session_fixture_new (card);
  g_autoptr (EonayCandidate) again = NULL;
  g_autoptr (GError) pulled = NULL;
  g_autoptr (GError) error = NULL;

  session_fixture_review (fixture, "e-onay", NULL);
  session_fixture_ask_pin (fixture);
  /* So that the commands that are counted are those of the signing. */
  session_fixture_consent (fixture->session);
  eonay_practice_slots_pull_at (fixture->slots, 2);
  session_fixture_sign (fixture, PIN);
  pulled = session_fixture_finish (fixture);
  g_assert_error (pulled, EONAY_CARD_ERROR, EONAY_CARD_ERROR_REMOVED);
  session_fixture_await_candidates (fixture, 0);

  eonay_practice_slots_set_card (fixture->slots, card);
  session_fixture_await_candidates (fixture, 2);
  again = g_list_model_get_item (G_LIST_MODEL (fixture->candidates), 0);
  eonay_session_set_candidate (fixture->session, again);
  session_fixture_ask_pin (fixture);
  g_assert_null (eonay_session_get_error (fixture->session));
  session_fixture_sign (fixture, PIN);
  error = session_fixture_finish (fixture);
  g_assert_no_error (error);
  assert_signed (fixture);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/session/run/login", "login", test_operation);
  g_test_add_data_func ("/session/run/e-onay", "e-onay", test_operation);
  g_test_add_data_func ("/session/run/e-onay-cancel", "e-onay-cancel", test_operation);
  g_test_add_func ("/session/run/elliptic-card", test_elliptic_card);
  g_test_add_func ("/session/run/must-be-reviewed", test_must_be_reviewed);
  g_test_add_func ("/session/run/fault-of-a-document", test_fault_of_a_document);
  g_test_add_func ("/session/run/wrong-pin-then-right", test_wrong_pin_then_right);
  g_test_add_func ("/session/run/tries-spent-by-another-program",
                   test_tries_spent_by_another_program);
  g_test_add_func ("/session/run/pulled-while-reviewing-and-asking",
                   test_pulled_while_reviewing_and_asking);
  g_test_add_data_func ("/session/run/pulled-at-each-command/right-pin", PIN,
                        test_pulled_at_each_command);
  g_test_add_data_func ("/session/run/pulled-at-each-command/wrong-pin", WRONG_PIN,
                        test_pulled_at_each_command);
  g_test_add_func ("/session/run/signs-after-a-pull", test_signs_after_a_pull);
  g_test_add_func ("/session/run/blocked-by-typing", test_blocked_by_typing);

  return g_test_run ();
}
