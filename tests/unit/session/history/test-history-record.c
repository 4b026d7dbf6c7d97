#include <string.h>

#include "base/eonay-error.h"
#include "history-run.h"
#include "session/sign/eonay-session-private.h"

/* What is written of a signing that was turned off, went wrong or may have gone wrong. */

/* Once begun, an entry is ended: nobody is left to do it later. */
static void
test_off_while_signing (gconstpointer pin)
{
  gboolean right = g_str_equal (pin, PIN);
  Run run;
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;

  run_begin (&run, NULL, NULL);
  session_fixture_sign (run.fixture, pin);
  g_object_set (run.history, "enabled", FALSE, NULL);
  error = session_fixture_finish (run.fixture);
  g_assert_true (eonay_history_flush (run.history, 10));

  entries = history_fixture_list (run.files);
  g_assert_cmpuint (entries->len, ==, right ? 1 : 0);
  if (right)
    g_assert_cmpint (run_only_entry (entries)->outcome, ==, EONAY_HISTORY_DELIVERED);
  else
    session_fixture_restore_tries (run.card);
  run_end (&run);
}

static GError *
new_card_error (EonayCardError code, EonayPinTry pin_try)
{
  GError *error = g_error_new_literal (EONAY_CARD_ERROR, code, "x");

  eonay_card_error_set_pin_try (error, pin_try);

  return error;
}

static void
assert_recorded (guint n_documents, GError *error, EonayHistoryOutcome outcome)
{
  Run run;
  g_autoptr (GPtrArray) entries = NULL;

  run_begin (&run, NULL, NULL);
  run.fixture->session->record = history_fixture_new_batch ("b", n_documents, 1);
  eonay_session_record_failure (run.fixture->session, error);
  g_assert_true (eonay_history_flush (run.history, 10));
  entries = history_fixture_list (run.files);
  g_assert_cmpuint (entries->len, ==, n_documents);
  for (guint i = 0; i < entries->len; i++)
    g_assert_cmpint (((EonayHistoryEntry *) entries->pdata[i])->outcome, ==, outcome);
  g_error_free (error);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  run_end (&run);
}

/* That nothing was signed is said only where it is certain. */
static void
test_perhaps_signed (void)
{
  assert_recorded (1, new_card_error (EONAY_CARD_ERROR_REMOVED, EONAY_PIN_TRY_NOT_SENT),
                   EONAY_HISTORY_FAILED);
  assert_recorded (1, new_card_error (EONAY_CARD_ERROR_REMOVED, EONAY_PIN_TRY_UNCERTAIN),
                   EONAY_HISTORY_UNFINISHED);
  assert_recorded (1, new_card_error (EONAY_CARD_ERROR_SIGNATURE_MISMATCH, EONAY_PIN_TRY_ACCEPTED),
                   EONAY_HISTORY_UNFINISHED);
  assert_recorded (1, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "x"),
                   EONAY_HISTORY_UNFINISHED);
  assert_recorded (2, eonay_card_error_new_pin_wrong (2), EONAY_HISTORY_UNFINISHED);
  assert_recorded (2, new_card_error (EONAY_CARD_ERROR_REMOVED, EONAY_PIN_TRY_ACCEPTED),
                   EONAY_HISTORY_UNFINISHED);
}

/** Returns: whether it could be pulled before the @n-th command; @found: a bit an outcome */
static gboolean
pull_once (guint n, guint *found)
{
  Run run;
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;
  EonayHistoryOutcome outcome;
  gboolean unsent;

  run_begin (&run, NULL, NULL);
  eonay_practice_slots_pull_at (run.fixture->slots, n);
  error = run_sign (&run, PIN);
  entries = history_fixture_list (run.files);
  outcome = run_only_entry (entries)->outcome;
  *found |= 1u << outcome;
  unsent = eonay_card_error_get_pin_try (error) == EONAY_PIN_TRY_NOT_SENT;
  if (error != NULL)
    g_assert_cmpint (outcome, ==, unsent ? EONAY_HISTORY_FAILED : EONAY_HISTORY_UNFINISHED);
  run_end (&run);

  return error != NULL;
}

static void
test_pulled_at_each_command (void)
{
  guint found = 0;
  guint n = 1;

  while (pull_once (n, &found))
    n++;
  session_fixture_restore_tries (session_fixture_get_card (EONAY_PRACTICE_CARD_VALID));
  g_assert_cmpuint (found, ==,
                    1u << EONAY_HISTORY_FAILED | 1u << EONAY_HISTORY_UNFINISHED |
                        1u << EONAY_HISTORY_DELIVERED);
}

/** Interrupts while the card is at its @n-th command. Returns: whether there was one */
static gboolean
interrupt_once (guint n, guint *n_signed)
{
  Run run;
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  EonayPinConsent consent;
  gboolean interrupted;
  gboolean is_signed;

  run_begin (&run, NULL, NULL);
  eonay_practice_slots_hold_at (run.fixture->slots, n);
  consent = session_fixture_consent (run.fixture->session);
  eonay_session_sign_async (run.fixture->session, eonay_secret_new (PIN, strlen (PIN)), &consent,
                            cancellable, session_fixture_take_result, run.fixture);
  while (run.fixture->result == NULL && !eonay_practice_slots_holds (run.fixture->slots))
    g_main_context_iteration (NULL, FALSE);
  interrupted = eonay_practice_slots_holds (run.fixture->slots);
  if (interrupted)
    g_cancellable_cancel (cancellable);
  eonay_practice_slots_hold_at (run.fixture->slots, 0);
  error = session_fixture_finish (run.fixture);
  g_assert_true (eonay_history_flush (run.history, 10));

  entries = history_fixture_list (run.files);
  is_signed = eonay_session_get_signatures (run.fixture->session) != NULL;
  g_assert_true (eonay_session_is_sent (run.fixture->session) == !interrupted);
  g_assert_true ((strstr (run.fixture->states->str, "submitting") != NULL) == !interrupted);
  if (interrupted)
    {
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_cmpint (run_only_entry (entries)->outcome, ==,
                       is_signed ? EONAY_HISTORY_UNSENT : EONAY_HISTORY_UNFINISHED);
      *n_signed += is_signed;
    }
  while (g_main_context_iteration (NULL, FALSE))
    ;
  run_end (&run);

  return interrupted;
}

/* What the card has signed by then is kept, and not sent. */
static void
test_interrupted_at_each_command (void)
{
  guint n_signed = 0;
  guint n = 1;

  while (interrupt_once (n, &n_signed))
    n++;
  g_assert_cmpuint (n, >, 3);
  g_assert_cmpuint (n_signed, >, 0);
  session_fixture_restore_tries (session_fixture_get_card (EONAY_PRACTICE_CARD_VALID));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/history/record/off-while-signing", PIN, test_off_while_signing);
  g_test_add_data_func ("/history/record/off-while-failing", WRONG_PIN, test_off_while_signing);
  g_test_add_func ("/history/record/perhaps-signed", test_perhaps_signed);
  g_test_add_func ("/history/record/pulled", test_pulled_at_each_command);
  g_test_add_func ("/history/record/interrupted", test_interrupted_at_each_command);

  return g_test_run ();
}
