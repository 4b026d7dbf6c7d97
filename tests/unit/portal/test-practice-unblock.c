#include "unblock-driver.h"

#define PUK "87654321"

static void
test_whole_way (void)
{
  g_autoptr (UnblockDriver) driver = unblock_driver_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (EonayPortalSms) sms = NULL;

  g_assert_cmpint (eonay_transaction_get_operation (driver->transaction), ==,
                   EONAY_OPERATION_UNBLOCK);
  g_assert_cmpuint (
      g_list_model_get_n_items (eonay_transaction_get_documents (driver->transaction)), ==, 0);
  g_assert_cmpstr (eonay_transaction_get_card_hint (driver->transaction), ==, UNBLOCK_SERIAL);

  sms = unblock_driver_ask (driver, "DE0E5E0000000004", UNBLOCK_WORD, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (sms->to, ==, "*** *** 3216");
  g_assert_cmpint (sms->expires_at, ==, (1000 + 180) * G_USEC_PER_SEC);
  g_assert_cmpuint (sms->attempts_left, ==, 3);

  unblock_driver_confirm_well (driver);
  g_assert_true (unblock_driver_report (driver, EONAY_UNBLOCK_OUTCOME_DONE, &error));
  g_assert_no_error (error);
  unblock_driver_assert_state (driver, "completed");
}

static void
test_wrong_words (void)
{
  g_autoptr (UnblockDriver) driver = unblock_driver_new (NULL);

  /* Lower case, without the dots, with a blank: none of them is the word. */
  unblock_driver_assert_ask_fails (driver, UNBLOCK_SERIAL, "çiçekşığ",
                                   EONAY_PORTAL_ERROR_SECURITY_WORD_WRONG, 2);
  unblock_driver_assert_ask_fails (driver, UNBLOCK_SERIAL, "CICEKSIG",
                                   EONAY_PORTAL_ERROR_SECURITY_WORD_WRONG, 1);
  unblock_driver_assert_state (driver, "waiting");
  unblock_driver_assert_ask_fails (driver, UNBLOCK_SERIAL, UNBLOCK_WORD " ",
                                   EONAY_PORTAL_ERROR_ATTEMPTS_EXHAUSTED, 0);
  unblock_driver_assert_state (driver, "failed");
  unblock_driver_assert_ask_fails (driver, UNBLOCK_SERIAL, UNBLOCK_WORD,
                                   EONAY_PORTAL_ERROR_ATTEMPTS_EXHAUSTED, 0);
  g_assert_cmpint (unblock_driver_get_number (driver, "sms_count"), ==, 0);
}

static void
test_words_that_are_not_sent (void)
{
  g_autoptr (UnblockDriver) driver = unblock_driver_new (NULL);
  g_autofree char *long_word = g_strnfill (EONAY_SECURITY_WORD_MAX + 1, 'A');
  g_autofree char *long_serial = g_strnfill (65, 'A');

  unblock_driver_assert_ask_fails (driver, UNBLOCK_SERIAL, long_word,
                                   EONAY_PORTAL_ERROR_SECURITY_WORD_WRONG, -1);
  unblock_driver_assert_ask_fails (driver, UNBLOCK_SERIAL, "\xfe\xe7",
                                   EONAY_PORTAL_ERROR_SECURITY_WORD_WRONG, -1);
  unblock_driver_assert_ask_fails (driver, "", UNBLOCK_WORD, EONAY_PORTAL_ERROR_CARD_MISMATCH, -1);
  unblock_driver_assert_ask_fails (driver, long_serial, UNBLOCK_WORD,
                                   EONAY_PORTAL_ERROR_CARD_MISMATCH, -1);
  g_assert_cmpint (unblock_driver_get_number (driver, "words_left"), ==, 3);
}

static void
test_another_card (void)
{
  g_autoptr (UnblockDriver) driver = unblock_driver_new (NULL);

  unblock_driver_assert_ask_fails (driver, "de0e5e0000000005", UNBLOCK_WORD,
                                   EONAY_PORTAL_ERROR_CARD_MISMATCH, -1);
  unblock_driver_assert_ask_fails (driver, "de0e5e0000000005", "wrong",
                                   EONAY_PORTAL_ERROR_CARD_MISMATCH, -1);
  g_assert_cmpint (unblock_driver_get_number (driver, "words_left"), ==, 3);
  unblock_driver_ask_well (driver);
}

static void
test_any_card (void)
{
  g_autoptr (PortalRig) rig = portal_rig_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *code = eonay_practice_portal_create (rig->server, "unblock", 285, NULL, &error);
  g_autoptr (EonayTransaction) transaction = portal_rig_resolve (rig->portal, code, &error);
  g_autoptr (EonayPortalSms) sms = NULL;

  g_assert_no_error (error);
  g_assert_null (eonay_transaction_get_card_hint (transaction));
  sms = unblock_calls_ask (rig->portal, transaction, "70000000000001", EONAY_PRACTICE_SECURITY_WORD,
                           &error);
  g_assert_no_error (error);
  g_assert_nonnull (sms);
}

static char *
make_wrong (const char *code)
{
  char *wrong = g_strdup (code);

  wrong[0] = wrong[0] == '9' ? '0' : (char) (wrong[0] + 1);

  return wrong;
}

static void
test_wrong_sms_codes (void)
{
  g_autoptr (UnblockDriver) driver = unblock_driver_new (NULL);
  g_autofree char *right = NULL;
  g_autofree char *wrong = NULL;
  g_autofree char *longer = NULL;

  unblock_driver_ask_well (driver);
  right = unblock_driver_read_phone (driver);
  wrong = make_wrong (right);
  longer = g_strconcat (right, "0", NULL);
  unblock_driver_assert_confirm_fails (driver, wrong, EONAY_PORTAL_ERROR_SMS_CODE_WRONG, 2);
  /* The same code again is the same question: it costs nothing more. */
  unblock_driver_assert_confirm_fails (driver, wrong, EONAY_PORTAL_ERROR_SMS_CODE_WRONG, 2);
  g_assert_cmpint (unblock_driver_get_number (driver, "sms_codes_left"), ==, 2);
  unblock_driver_assert_confirm_fails (driver, longer, EONAY_PORTAL_ERROR_SMS_CODE_WRONG, 1);
  unblock_driver_assert_state (driver, "waiting");
  unblock_driver_assert_confirm_fails (driver, "0000", EONAY_PORTAL_ERROR_ATTEMPTS_EXHAUSTED, 0);
  unblock_driver_assert_state (driver, "failed");
  unblock_driver_assert_confirm_fails (driver, right, EONAY_PORTAL_ERROR_ATTEMPTS_EXHAUSTED, 0);
}

static void
test_codes_that_are_not_sent (void)
{
  g_autoptr (UnblockDriver) driver = unblock_driver_new (NULL);
  const char *const codes[] = { "123", "12345678901", "12345a", "１２３４" };

  unblock_driver_ask_well (driver);
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    unblock_driver_assert_confirm_fails (driver, codes[i], EONAY_PORTAL_ERROR_SMS_CODE_WRONG, -1);
  g_assert_cmpint (unblock_driver_get_number (driver, "sms_codes_left"), ==, 3);
}

static void
test_code_before_the_message (void)
{
  g_autoptr (UnblockDriver) driver = unblock_driver_new (NULL);

  unblock_driver_assert_confirm_fails (driver, "123456", EONAY_PORTAL_ERROR_REFUSED, -1);
  g_assert_cmpint (unblock_driver_get_number (driver, "sms_codes_left"), ==, 3);
}

static void
test_late_code (void)
{
  g_autoptr (UnblockDriver) driver = unblock_driver_new (NULL);
  g_autofree char *first = NULL;

  unblock_driver_ask_well (driver);
  first = unblock_driver_read_phone (driver);
  driver->rig->boottime += 180 * G_USEC_PER_SEC;
  unblock_driver_assert_confirm_fails (driver, first, EONAY_PORTAL_ERROR_SMS_CODE_EXPIRED, 3);

  unblock_driver_ask_well (driver);
  g_assert_cmpint (unblock_driver_get_number (driver, "sms_count"), ==, 2);
  unblock_driver_confirm_well (driver);
}

static void
test_earlier_code_does_not_serve (void)
{
  g_autoptr (UnblockDriver) driver = unblock_driver_new (NULL);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  unblock_driver_ask_well (driver);
  first = unblock_driver_read_phone (driver);
  unblock_driver_ask_well (driver);
  second = unblock_driver_read_phone (driver);
  /* One in a million. */
  if (!g_str_equal (first, second))
    unblock_driver_assert_confirm_fails (driver, first, EONAY_PORTAL_ERROR_SMS_CODE_WRONG, 2);
  unblock_driver_confirm_well (driver);
}

static void
test_too_many_messages (void)
{
  g_autoptr (UnblockDriver) driver = unblock_driver_new (NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < EONAY_PRACTICE_MESSAGES; i++)
    unblock_driver_ask_well (driver);
  g_assert_null (unblock_driver_ask (driver, UNBLOCK_SERIAL, UNBLOCK_WORD, &error));
  g_assert_error (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_TOO_MANY_REQUESTS);
  g_assert_cmpint (eonay_portal_error_get_retry_after (error), ==, 600);
}

static void
test_expired (void)
{
  g_autoptr (UnblockDriver) driver = unblock_driver_new (NULL);
  g_autoptr (GError) error = NULL;

  unblock_driver_ask_well (driver);
  driver->rig->boottime += 600 * G_USEC_PER_SEC;
  unblock_driver_assert_ask_fails (driver, UNBLOCK_SERIAL, UNBLOCK_WORD, EONAY_PORTAL_ERROR_EXPIRED,
                                   -1);
  unblock_driver_assert_confirm_fails (driver, "123456", EONAY_PORTAL_ERROR_EXPIRED, -1);
  unblock_driver_assert_state (driver, "expired");
  g_assert_true (unblock_driver_report (driver, EONAY_UNBLOCK_OUTCOME_CANCELLED, &error));
  unblock_driver_assert_state (driver, "declined");
}

static void
test_outcomes (void)
{
  const struct {
    EonayUnblockOutcome outcome;
    const char *state;
  } rows[] = {
    { EONAY_UNBLOCK_OUTCOME_DONE, "completed" },
    { EONAY_UNBLOCK_OUTCOME_FAILED, "failed" },
    { EONAY_UNBLOCK_OUTCOME_CANCELLED, "declined" },
    { EONAY_UNBLOCK_OUTCOME_UNKNOWN, "failed" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      EonayUnblockOutcome other = rows[(i + 1) % G_N_ELEMENTS (rows)].outcome;
      g_autoptr (UnblockDriver) driver = unblock_driver_new (NULL);
      g_autofree char *sms_code = NULL;
      g_autoptr (GError) error = NULL;

      unblock_driver_ask_well (driver);
      unblock_driver_confirm_well (driver);
      sms_code = unblock_driver_read_phone (driver);
      g_assert_true (unblock_driver_report (driver, rows[i].outcome, &error));
      unblock_driver_assert_state (driver, rows[i].state);
      g_assert_true (unblock_driver_report (driver, rows[i].outcome, &error));
      g_assert_no_error (error);
      g_assert_false (unblock_driver_report (driver, other, &error));
      g_assert_error (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_CODE_USED);
      unblock_driver_assert_state (driver, rows[i].state);
      /* The PUK is not given out any more, not even to who had it. */
      unblock_driver_assert_confirm_fails (driver, sms_code, EONAY_PORTAL_ERROR_CODE_USED, -1);
      unblock_driver_assert_ask_fails (driver, UNBLOCK_SERIAL, UNBLOCK_WORD,
                                       EONAY_PORTAL_ERROR_CODE_USED, -1);
    }
}

static void
test_outcome_that_cannot_be (void)
{
  g_autoptr (UnblockDriver) driver = unblock_driver_new (NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (unblock_driver_report (driver, EONAY_UNBLOCK_OUTCOME_DONE, &error));
  g_assert_error (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_REFUSED);
  unblock_driver_assert_state (driver, "waiting");
}

static void
test_declined (void)
{
  g_autoptr (UnblockDriver) driver = unblock_driver_new (NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (portal_rig_decline (driver->rig->portal, driver->transaction, &error));
  unblock_driver_assert_state (driver, "declined");
  unblock_driver_assert_ask_fails (driver, UNBLOCK_SERIAL, UNBLOCK_WORD,
                                   EONAY_PORTAL_ERROR_CODE_USED, -1);
}

static void
test_signatures_are_not_for_it (void)
{
  g_autoptr (UnblockDriver) driver = unblock_driver_new (NULL);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (portal_rig_submit (driver->rig->portal, driver->transaction, none, &error));
  g_assert_error (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_REFUSED);
  unblock_driver_assert_state (driver, "waiting");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/practice-unblock/whole-way", test_whole_way);
  g_test_add_func ("/practice-unblock/wrong-words", test_wrong_words);
  g_test_add_func ("/practice-unblock/words-not-sent", test_words_that_are_not_sent);
  g_test_add_func ("/practice-unblock/another-card", test_another_card);
  g_test_add_func ("/practice-unblock/any-card", test_any_card);
  g_test_add_func ("/practice-unblock/wrong-sms-codes", test_wrong_sms_codes);
  g_test_add_func ("/practice-unblock/codes-not-sent", test_codes_that_are_not_sent);
  g_test_add_func ("/practice-unblock/code-before-message", test_code_before_the_message);
  g_test_add_func ("/practice-unblock/late-code", test_late_code);
  g_test_add_func ("/practice-unblock/earlier-code", test_earlier_code_does_not_serve);
  g_test_add_func ("/practice-unblock/too-many-messages", test_too_many_messages);
  g_test_add_func ("/practice-unblock/expired", test_expired);
  g_test_add_func ("/practice-unblock/outcomes", test_outcomes);
  g_test_add_func ("/practice-unblock/impossible-outcome", test_outcome_that_cannot_be);
  g_test_add_func ("/practice-unblock/declined", test_declined);
  g_test_add_func ("/practice-unblock/signatures", test_signatures_are_not_for_it);

  return g_test_run ();
}
