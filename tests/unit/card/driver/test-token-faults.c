#include "support/reader-fixture.h"

static const char *const listing[] = { TEST_LISTING (3), NULL };

static void
test_pulled_at_each_command_of_list (ReaderFixture *fixture, gconstpointer user_data)
{
  for (guint n = 1; n <= TEST_N_LISTING; n++)
    {
      test_slots_set_fault (fixture->slots, n, TEST_FAULT_REMOVED, 0);
      reader_fixture_insert (fixture, listing);
      g_assert_cmpint (eonay_reader_get_state (fixture->reader), ==, EONAY_READER_FAILED);
      g_assert_error (eonay_reader_get_error (fixture->reader), EONAY_CARD_ERROR,
                      EONAY_CARD_ERROR_REMOVED);
      g_assert_null (reader_fixture_get_token (fixture));
      reader_fixture_pull (fixture);
      g_assert_cmpint (eonay_reader_get_state (fixture->reader), ==, EONAY_READER_EMPTY);
    }
}

static void
test_pulled_at_each_command_of_sign (ReaderFixture *fixture, gconstpointer user_data)
{
  const EonayPinTry pin_tries[] = { EONAY_PIN_TRY_NOT_SENT, EONAY_PIN_TRY_NOT_SENT,
                                    EONAY_PIN_TRY_UNCERTAIN, EONAY_PIN_TRY_ACCEPTED,
                                    EONAY_PIN_TRY_ACCEPTED };

  for (guint n = 1; n <= G_N_ELEMENTS (pin_tries); n++)
    {
      g_auto (TestOutcome) outcome = { 0 };
      guint verifies = test_slots_get_verifies (fixture->slots);

      reader_fixture_insert (fixture, test_listing_rsa);
      test_slots_set_fault (fixture->slots, n, TEST_FAULT_REMOVED, 0);
      reader_fixture_begin_sign (fixture, 0, "123456", NULL, &outcome);
      test_outcome_wait (&outcome);
      g_assert_error (outcome.error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_REMOVED);
      g_assert_cmpint (eonay_card_error_get_pin_try (outcome.error), ==, pin_tries[n - 1]);
      g_assert_cmpuint (test_slots_get_verifies (fixture->slots), ==, verifies + (n >= 3));
      reader_fixture_pull (fixture);
    }
}

static void
on_requested (GObject *source, GAsyncResult *result, gpointer user_data)
{
  TestOutcome *outcome = user_data;

  eonay_token_request_finish (EONAY_TOKEN (source), result, &outcome->error);
  outcome->done = TRUE;
}

/* At the PIN prompt: what goes first is the service, and with it readers and cards. */
static void
test_service_stopped (ReaderFixture *fixture, gconstpointer user_data)
{
  EonaySlotSource *source = EONAY_SLOT_SOURCE (fixture->slots);

  for (guint by_service = 0; by_service <= 1; by_service++)
    {
      EonayCardError expected = by_service ? EONAY_CARD_ERROR_NO_SERVICE : EONAY_CARD_ERROR_REMOVED;
      g_autoptr (EonayToken) token = NULL;
      g_autoptr (GError) loss = NULL;
      g_auto (TestOutcome) outcome = { 0 };
      guint verifies = test_slots_get_verifies (fixture->slots);

      eonay_slot_source_emit_service_changed (source, EONAY_SERVICE_RUNNING);
      reader_fixture_insert (fixture, test_listing_rsa);
      token = g_object_ref (reader_fixture_get_token (fixture));
      if (by_service)
        eonay_slot_source_emit_service_changed (source, EONAY_SERVICE_MISSING);
      reader_fixture_pull (fixture);
      g_assert_false (eonay_token_is_alive (token));
      loss = eonay_token_new_loss (token);
      g_assert_error (loss, EONAY_CARD_ERROR, (int) expected);

      eonay_token_change_pin_async (token, NULL, eonay_secret_new ("123456", 6),
                                    eonay_secret_new ("246802", 6), &EONAY_PIN_CONSENT_NONE, NULL,
                                    on_requested, &outcome);
      test_outcome_wait (&outcome);
      g_assert_error (outcome.error, EONAY_CARD_ERROR, (int) expected);
      g_assert_cmpuint (test_slots_get_verifies (fixture->slots), ==, verifies);
    }
}

static const guint16 statuses[] = { 0x6282, 0x6300, 0x63C2, 0x63C0, 0x6581, 0x6700, 0x6882,
                                    0x6883, 0x6982, 0x6983, 0x6984, 0x6985, 0x6A80, 0x6A81,
                                    0x6A82, 0x6A86, 0x6A88, 0x6B00, 0x6C00, 0x6C10, 0x6100,
                                    0x6110, 0x6D00, 0x6E00, 0x6F00, 0x0000, 0xFFFF };

/* Whatever a card answers to a command of the listing, the reader ends in a state that says so. */
static void
test_faults_at_each_command_of_list (ReaderFixture *fixture, gconstpointer user_data)
{
  for (guint n = 1; n <= TEST_N_LISTING; n++)
    for (guint s = 0; s < G_N_ELEMENTS (statuses) + 4; s++)
      {
        gboolean by_status = s < G_N_ELEMENTS (statuses);
        TestFault fault =
            by_status ? TEST_FAULT_STATUS
                      : TEST_FAULT_RESET + 2 * (s > G_N_ELEMENTS (statuses)) +
                            (s > G_N_ELEMENTS (statuses) ? s - G_N_ELEMENTS (statuses) - 1 : 0);
        EonayReaderState state;

        test_slots_set_fault (fixture->slots, n, fault, by_status ? statuses[s] : 0);
        reader_fixture_insert (fixture, listing);
        state = eonay_reader_get_state (fixture->reader);
        if (state == EONAY_READER_READY)
          g_assert_null (eonay_reader_get_error (fixture->reader));
        else
          {
            g_assert_true (state == EONAY_READER_FAILED || state == EONAY_READER_UNSUPPORTED);
            g_assert_true (eonay_reader_get_error (fixture->reader)->domain == EONAY_CARD_ERROR);
          }
        g_assert_false (test_slots_is_connected (fixture->slots));
        reader_fixture_pull (fixture);
      }
  g_assert_cmpuint (test_slots_get_verifies (fixture->slots), ==, 0);
}

static void
test_faults_at_each_command_of_sign (ReaderFixture *fixture, gconstpointer user_data)
{
  for (guint n = 1; n <= 5; n++)
    for (guint s = 0; s < G_N_ELEMENTS (statuses) + 3; s++)
      {
        gboolean by_status = s < G_N_ELEMENTS (statuses);
        TestFault fault = by_status ? TEST_FAULT_STATUS
                                    : TEST_FAULT_EMPTY + (s - G_N_ELEMENTS (statuses));
        g_auto (TestOutcome) outcome = { 0 };
        guint verifies = test_slots_get_verifies (fixture->slots);

        reader_fixture_insert (fixture, test_listing_rsa);
        test_slots_set_fault (fixture->slots, n, fault, by_status ? statuses[s] : 0);
        reader_fixture_begin_sign (fixture, 0, "123456", NULL, &outcome);
        test_outcome_wait (&outcome);
        g_assert_cmpuint (test_slots_get_verifies (fixture->slots), <=, verifies + 1);
        if (outcome.error != NULL)
          g_assert_true (outcome.error->domain == EONAY_CARD_ERROR);
        else
          test_outcome_assert_signature (&outcome, TEST_RSA_SIGNATURE);
        if (n == 5 && !by_status)
          g_assert_nonnull (outcome.error);
        if (n == 5 && fault >= TEST_FAULT_GARBAGE)
          g_assert_error (outcome.error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_SIGNATURE_MISMATCH);
        g_assert_false (test_slots_is_connected (fixture->slots));
        reader_fixture_pull (fixture);
      }
}

#define ADD(name_, function_)                                                                     \
  g_test_add ("/card/token-faults/" name_, ReaderFixture, NULL, reader_fixture_set_up, function_, \
              reader_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("pulled-at-each-command-of-list", test_pulled_at_each_command_of_list);
  ADD ("pulled-at-each-command-of-sign", test_pulled_at_each_command_of_sign);
  ADD ("service-stopped", test_service_stopped);
  ADD ("faults-at-each-command-of-list", test_faults_at_each_command_of_list);
  ADD ("faults-at-each-command-of-sign", test_faults_at_each_command_of_sign);

  return g_test_run ();
}
