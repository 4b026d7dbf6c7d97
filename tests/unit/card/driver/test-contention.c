#include "base/eonay-error.h"
#include "card/reader/eonay-reader-list.h"
#include "support/reader-fixture.h"
#include "support/test-consent.h"
#include "support/test-slots.h"

/*
 * Other programs, hung cards and a computer that sleeps, from the reader's and the token's side.
 */

#define SLOT "Deneme okuyucusu 00 00"
#define ATR "3b80800101"
#define PIN "123456"
#define PIN_STATUS "{\"c\": \"00200001\", \"r\": \"63c3\"}"
#define SELECT "{\"c\": \"00a404000cf276a288bcfba69d34f31001\", \"r\": \"9000\"}"
#define READING "list-lean-extended", SELECT, TEST_TOKEN_INFO, PIN_STATUS
#define N_LISTING 17
#define N_SIGN 5
#define AT_VERIFY 3

/* Silence that a test provokes, and silence that must not be met. */
#define SHORT 250
#define LONG 60000

static const char *const reading[] = { READING, NULL };
static const char *const reading_and_signing[] = { READING, SELECT, PIN_STATUS,
                                                   "sign-rsa-minimal/2", NULL };

typedef struct {
  TestSlots *slots;
  EonayReaderList *list;
  EonayReader *reader;
  guint refreshed;
} Fixture;

static void
set_up_with (Fixture *fixture, guint timeout)
{
  fixture->slots = test_slots_new ();
  fixture->list = eonay_reader_list_new (EONAY_SLOT_SOURCE (fixture->slots));
  eonay_reader_list_set_timeout (fixture->list, timeout);
  test_slots_add (fixture->slots, SLOT);
  fixture->reader = g_list_model_get_item (G_LIST_MODEL (fixture->list), 0);
}

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  set_up_with (fixture, LONG);
}

static void
set_up_impatient (Fixture *fixture, gconstpointer user_data)
{
  set_up_with (fixture, SHORT);
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  g_assert_finalize_object (g_steal_pointer (&fixture->list));
  g_assert_finalize_object (g_steal_pointer (&fixture->reader));
  while (test_slots_get_transports (fixture->slots) > 0)
    {
      g_main_context_iteration (NULL, FALSE);
      g_thread_yield ();
    }
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (g_steal_pointer (&fixture->slots));
}

static void
on_pin_state (EonayToken *token, GParamSpec *pspec, Fixture *fixture)
{
  fixture->refreshed++;
}

static void
wait_until_read (Fixture *fixture)
{
  while (eonay_reader_get_state (fixture->reader) == EONAY_READER_READING)
    g_main_context_iteration (NULL, TRUE);
}

static void
wait_until_ready (Fixture *fixture)
{
  EonayToken *token;

  wait_until_read (fixture);
  g_assert_no_error (eonay_reader_get_error (fixture->reader));
  token = eonay_reader_get_token (fixture->reader);
  fixture->refreshed = 0;
  g_signal_connect (token, "notify::pin-state", G_CALLBACK (on_pin_state), fixture);
  while (fixture->refreshed == 0)
    g_main_context_iteration (NULL, TRUE);
}

typedef struct {
  gboolean done;
  GPtrArray *signatures;
  GError *error;
  TestSlots *hung; /* let go as soon as the error is told */
} Outcome;

static void
outcome_clear (Outcome *outcome)
{
  g_clear_pointer (&outcome->signatures, g_ptr_array_unref);
  g_clear_error (&outcome->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Outcome, outcome_clear)

static void
on_signed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;

  outcome->signatures = eonay_token_sign_finish (EONAY_TOKEN (source), result, &outcome->error);
  outcome->done = TRUE;
  if (outcome->hung == NULL)
    return;

  test_slots_let_go (outcome->hung);
  while (test_slots_is_connected (outcome->hung))
    g_thread_yield ();
}

static void
sign (EonayToken *token, Outcome *outcome)
{
  g_autoptr (EonayTokenCertificate) certificate =
      g_list_model_get_item (eonay_token_get_certificates (token), 0);
  g_autoptr (GPtrArray) digests = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize length = sizeof digest;

  g_checksum_update (checksum, (const guchar *) "deneme\n", 7);
  g_checksum_get_digest (checksum, digest, &length);
  g_ptr_array_add (digests, g_bytes_new (digest, length));
  eonay_token_sign_async (token, certificate, EONAY_SIGNATURE_SCHEME_RSA_PKCS1_SHA256, digests,
                          eonay_secret_new (PIN, strlen (PIN)),
                          TEST_PIN_CONSENT (token, certificate), NULL, on_signed, outcome);
}

static void
sign_and_wait (EonayToken *token, Outcome *outcome)
{
  sign (token, outcome);
  while (!outcome->done)
    g_main_context_iteration (NULL, TRUE);
}

static void
assert_failed (Fixture *fixture, EonayCardError code)
{
  g_assert_cmpint (eonay_reader_get_state (fixture->reader), ==, EONAY_READER_FAILED);
  g_assert_error (eonay_reader_get_error (fixture->reader), EONAY_CARD_ERROR, (int) code);
}

static void
test_hung_listing (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *transcript = test_read_transcripts (reading);

  test_slots_hang_at (fixture->slots, 7);
  test_slots_insert (fixture->slots, SLOT, reading, ATR);
  wait_until_read (fixture);
  assert_failed (fixture, EONAY_CARD_ERROR_UNRESPONSIVE);

  /* Retried while it hangs, it fails again; once the call has returned, it works. */
  eonay_reader_retry (fixture->reader);
  wait_until_read (fixture);
  assert_failed (fixture, EONAY_CARD_ERROR_UNRESPONSIVE);
  test_slots_let_go (fixture->slots);
  while (test_slots_is_connected (fixture->slots))
    g_thread_yield ();
  test_slots_insert_silently (fixture->slots, transcript, ATR);
  eonay_reader_retry (fixture->reader);
  wait_until_read (fixture);
  g_assert_cmpint (eonay_reader_get_state (fixture->reader), ==, EONAY_READER_READY);
}

/* Wherever a card hangs: the person learns what became of the PIN, and it is not sent later. */
static void
test_hung_signing (Fixture *fixture, gconstpointer user_data)
{
  const EonayPinTry pin_tries[N_SIGN] = { EONAY_PIN_TRY_NOT_SENT, EONAY_PIN_TRY_NOT_SENT,
                                          EONAY_PIN_TRY_UNCERTAIN, EONAY_PIN_TRY_ACCEPTED,
                                          EONAY_PIN_TRY_ACCEPTED };

  for (guint n = 1; n <= N_SIGN; n++)
    {
      g_auto (Outcome) outcome = { .hung = fixture->slots };
      g_autoptr (EonayToken) token = NULL;
      guint verifies = test_slots_get_verifies (fixture->slots);
      guint resets = test_slots_get_resets (fixture->slots);

      test_slots_insert (fixture->slots, SLOT, reading_and_signing, ATR);
      wait_until_ready (fixture);
      token = g_object_ref (eonay_reader_get_token (fixture->reader));
      g_signal_handlers_disconnect_by_data (token, fixture);
      test_slots_hang_at (fixture->slots, n);
      sign_and_wait (token, &outcome);
      g_assert_error (outcome.error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_UNRESPONSIVE);
      g_assert_cmpint (eonay_card_error_get_pin_try (outcome.error), ==, pin_tries[n - 1]);
      assert_failed (fixture, EONAY_CARD_ERROR_UNRESPONSIVE);
      g_assert_cmpuint (test_slots_get_verifies (fixture->slots), ==, verifies + (n >= AT_VERIFY));
      g_assert_cmpuint (test_slots_get_resets (fixture->slots), ==, resets + (n >= AT_VERIFY));
      test_slots_pull (fixture->slots, SLOT);
    }
}

/* A request behind one that hangs never begins. */
static void
test_queued_signing (Fixture *fixture, gconstpointer user_data)
{
  g_auto (Outcome) first = { 0 };
  g_auto (Outcome) second = { 0 };
  g_autoptr (EonayToken) token = NULL;

  test_slots_insert (fixture->slots, SLOT, reading_and_signing, ATR);
  wait_until_ready (fixture);
  token = g_object_ref (eonay_reader_get_token (fixture->reader));
  test_slots_hang_at (fixture->slots, 1);
  sign (token, &first);
  sign_and_wait (token, &second);
  g_assert_error (second.error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_UNRESPONSIVE);
  g_assert_cmpint (eonay_card_error_get_pin_try (second.error), ==, EONAY_PIN_TRY_NOT_SENT);
  test_slots_let_go (fixture->slots);
  while (test_slots_is_connected (fixture->slots))
    g_thread_yield ();
  g_assert_cmpuint (test_slots_get_verifies (fixture->slots), ==, 0);
}

/* Another program's transaction ends too late for the person, who must not find the PIN sent. */
static void
test_transaction_of_another (Fixture *fixture, gconstpointer user_data)
{
  g_auto (Outcome) outcome = { 0 };
  g_autofree char *transcript = test_read_transcripts (reading);
  g_autoptr (EonayToken) token = NULL;

  test_slots_insert (fixture->slots, SLOT, reading_and_signing, ATR);
  wait_until_ready (fixture);
  token = g_object_ref (eonay_reader_get_token (fixture->reader));
  test_slots_set_other (fixture->slots, TEST_OTHER_TRANSACTION);
  sign (token, &outcome);
  while (!test_slots_is_connected (fixture->slots))
    g_thread_yield ();
  while (!outcome.done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (outcome.error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_BUSY);
  g_assert_cmpint (eonay_card_error_get_pin_try (outcome.error), ==, EONAY_PIN_TRY_NOT_SENT);
  assert_failed (fixture, EONAY_CARD_ERROR_BUSY);

  /* Its end is the event that the reader has waited for. */
  eonay_slot_source_emit_card_released (EONAY_SLOT_SOURCE (fixture->slots), SLOT);
  assert_failed (fixture, EONAY_CARD_ERROR_BUSY);
  test_slots_insert_silently (fixture->slots, transcript, ATR);
  test_slots_set_other (fixture->slots, TEST_OTHER_NOTHING);
  while (eonay_reader_get_state (fixture->reader) != EONAY_READER_READY)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (test_slots_get_verifies (fixture->slots), ==, 0);
}

static void
test_exclusive_hold (Fixture *fixture, gconstpointer user_data)
{
  test_slots_set_other (fixture->slots, TEST_OTHER_EXCLUSIVE);
  test_slots_insert (fixture->slots, SLOT, reading, ATR);
  wait_until_read (fixture);
  assert_failed (fixture, EONAY_CARD_ERROR_BUSY);
  g_assert_cmpuint (test_slots_take_awaited (fixture->slots), ==, 1);

  /* Somebody else was faster. */
  eonay_slot_source_emit_card_released (EONAY_SLOT_SOURCE (fixture->slots), SLOT);
  g_assert_cmpint (eonay_reader_get_state (fixture->reader), ==, EONAY_READER_READING);
  wait_until_read (fixture);
  assert_failed (fixture, EONAY_CARD_ERROR_BUSY);
  g_assert_cmpuint (test_slots_take_awaited (fixture->slots), ==, 1);

  test_slots_set_other (fixture->slots, TEST_OTHER_NOTHING);
  eonay_slot_source_emit_card_released (EONAY_SLOT_SOURCE (fixture->slots), SLOT);
  wait_until_read (fixture);
  g_assert_cmpint (eonay_reader_get_state (fixture->reader), ==, EONAY_READER_READY);
  g_assert_cmpuint (test_slots_take_awaited (fixture->slots), ==, 0);

  /* What is ready is not read again. */
  eonay_slot_source_emit_card_released (EONAY_SLOT_SOURCE (fixture->slots), SLOT);
  g_assert_cmpint (eonay_reader_get_state (fixture->reader), ==, EONAY_READER_READY);
}

/* The transcript of a card that sees its commands from @first to before @at twice. */
static char *
interrupt (const char *const *names, guint first, guint at)
{
  g_autofree char *whole = test_read_transcripts (names);
  g_auto (GStrv) lines = g_strsplit (whole, "\n", -1);
  g_autoptr (GString) again = g_string_new (NULL);
  GString *text = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (lines[i][0] == '\0')
        continue;
      if (++n == at)
        g_string_append (text, again->str);
      else if (n >= first && n < at)
        g_string_append_printf (again, "%s\n", lines[i]);
      g_string_append_printf (text, "%s\n", lines[i]);
    }

  return g_string_free (text, FALSE);
}

static void
test_reset_within_listing (Fixture *fixture, gconstpointer user_data)
{
  for (guint n = 1; n <= N_LISTING; n++)
    {
      g_autofree char *transcript = interrupt (reading, 1, n);

      test_slots_insert_silently (fixture->slots, transcript, ATR);
      test_slots_set_fault (fixture->slots, n, TEST_FAULT_RESET, 0);
      eonay_reader_card_inserted (fixture->reader);
      wait_until_ready (fixture);
      test_slots_pull (fixture->slots, SLOT);
    }
}

static void
test_reset_within_signing (Fixture *fixture, gconstpointer user_data)
{
  const guint before = N_LISTING + 4;

  for (guint n = 1; n <= N_SIGN; n++)
    {
      g_autofree char *transcript = interrupt (reading_and_signing, before + 1, before + n);
      g_auto (Outcome) outcome = { 0 };
      guint verifies = test_slots_get_verifies (fixture->slots);

      test_slots_insert_silently (fixture->slots, transcript, ATR);
      eonay_reader_card_inserted (fixture->reader);
      wait_until_ready (fixture);
      test_slots_set_fault (fixture->slots, n, TEST_FAULT_RESET, 0);
      sign_and_wait (eonay_reader_get_token (fixture->reader), &outcome);
      if (n < AT_VERIFY)
        g_assert_no_error (outcome.error);
      else
        {
          g_assert_error (outcome.error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_RESET);
          g_assert_cmpint (eonay_card_error_get_pin_try (outcome.error), ==,
                           n == AT_VERIFY ? EONAY_PIN_TRY_UNCERTAIN : EONAY_PIN_TRY_ACCEPTED);
        }
      g_assert_cmpuint (test_slots_get_verifies (fixture->slots), ==, verifies + 1);
      test_slots_pull (fixture->slots, SLOT);
    }
}

/* A program that resets the card without end is told of, not fought with. */
static void
test_endless_resets (Fixture *fixture, gconstpointer user_data)
{
  g_auto (Outcome) outcome = { 0 };
  guint commands;

  test_slots_insert (fixture->slots, SLOT, reading_and_signing, ATR);
  wait_until_ready (fixture);
  commands = test_slots_get_commands (fixture->slots);
  test_slots_fail_begins (fixture->slots, 100, EONAY_CARD_ERROR_RESET);
  sign_and_wait (eonay_reader_get_token (fixture->reader), &outcome);
  g_assert_error (outcome.error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_RESET);
  g_assert_cmpint (eonay_card_error_get_pin_try (outcome.error), ==, EONAY_PIN_TRY_NOT_SENT);
  g_assert_cmpuint (test_slots_get_commands (fixture->slots), ==, commands);
}

/* While the computer slept, the card was swapped for one that looks the same from outside. */
static void
test_swapped_in_sleep (Fixture *fixture, gconstpointer user_data)
{
  g_auto (Outcome) outcome = { 0 };
  g_autofree char *transcript = test_read_transcripts (reading_and_signing);
  guint commands;

  test_slots_insert (fixture->slots, SLOT, reading_and_signing, ATR);
  wait_until_ready (fixture);
  commands = test_slots_get_commands (fixture->slots);
  test_slots_insert_silently (fixture->slots, transcript, ATR);
  sign_and_wait (eonay_reader_get_token (fixture->reader), &outcome);
  g_assert_error (outcome.error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_REMOVED);
  g_assert_cmpint (eonay_card_error_get_pin_try (outcome.error), ==, EONAY_PIN_TRY_NOT_SENT);
  g_assert_cmpuint (test_slots_get_commands (fixture->slots), ==, commands);
}

/* What a service says after a sleep: a typed error, and no PIN sent. */
static void
test_begin_after_sleep (Fixture *fixture, gconstpointer user_data)
{
  const EonayCardError codes[] = { EONAY_CARD_ERROR_REMOVED, EONAY_CARD_ERROR_UNRESPONSIVE,
                                   EONAY_CARD_ERROR_NO_SERVICE, EONAY_CARD_ERROR_NO_READER };

  test_slots_insert (fixture->slots, SLOT, reading_and_signing, ATR);
  wait_until_ready (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_auto (Outcome) outcome = { 0 };
      EonayCardError told = codes[i] == EONAY_CARD_ERROR_NO_READER ? EONAY_CARD_ERROR_REMOVED
                                                                   : codes[i];

      test_slots_fail_begins (fixture->slots, 1, codes[i]);
      sign_and_wait (eonay_reader_get_token (fixture->reader), &outcome);
      g_assert_error (outcome.error, EONAY_CARD_ERROR, (int) told);
      g_assert_cmpint (eonay_card_error_get_pin_try (outcome.error), ==, EONAY_PIN_TRY_NOT_SENT);
      g_assert_false (test_slots_is_connected (fixture->slots));
    }
  g_assert_cmpuint (test_slots_get_verifies (fixture->slots), ==, 0);
}

#define ADD(name_, set_up_, function_) \
  g_test_add ("/card/contention/" name_, Fixture, NULL, set_up_, function_, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("hung-listing", set_up_impatient, test_hung_listing);
  ADD ("hung-signing", set_up_impatient, test_hung_signing);
  ADD ("queued-signing", set_up_impatient, test_queued_signing);
  ADD ("transaction-of-another", set_up_impatient, test_transaction_of_another);
  ADD ("exclusive-hold", set_up, test_exclusive_hold);
  ADD ("reset-within-listing", set_up, test_reset_within_listing);
  ADD ("reset-within-signing", set_up, test_reset_within_signing);
  ADD ("endless-resets", set_up, test_endless_resets);
  ADD ("swapped-in-sleep", set_up, test_swapped_in_sleep);
  ADD ("begin-after-sleep", set_up, test_begin_after_sleep);

  return g_test_run ();
}
