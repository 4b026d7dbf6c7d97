#include "base/eonay-error.h"
#include "unblock-fixture.h"

static void
assert_error (UnblockFixture *fixture, GQuark domain, int code)
{
  const GError *error = eonay_unblock_get_error (fixture->unblock);

  g_assert_error (error, domain, code);
}

static void
test_straight (void)
{
  g_autoptr (UnblockFixture) fixture = unblock_fixture_new ();

  g_assert_cmpint (unblock_fixture_pin_tries (fixture), ==, 0);
  unblock_fixture_begin (fixture, NULL, NULL);
  unblock_fixture_go_to (fixture, EONAY_UNBLOCK_WAITING_PIN);
  g_assert_nonnull (strstr (eonay_unblock_get_sms_number (fixture->unblock), "*"));
  g_assert_cmpuint (eonay_unblock_get_sms_seconds_left (fixture->unblock), >, 170);
  g_assert_cmpuint (eonay_unblock_get_seconds_left (fixture->unblock), >, 280);
  unblock_fixture_type_pin (fixture, UNBLOCK_NEW_PIN);
  unblock_fixture_await (fixture, EONAY_UNBLOCK_DONE);

  g_assert_cmpstr (fixture->states->str, ==,
                   "resolving waiting-card waiting-word sending-word waiting-sms waiting-pin "
                   "confirming unblocking done");
  g_assert_cmpuint (eonay_unblock_get_seconds_left (fixture->unblock), ==, 0);
  g_assert_cmpuint (eonay_unblock_get_sms_seconds_left (fixture->unblock), ==, 0);
  unblock_fixture_assert_outcome (fixture, "done");
  g_assert_true (unblock_fixture_card_takes (fixture, UNBLOCK_NEW_PIN));

  eonay_unblock_reset (fixture->unblock);
  g_assert_null (eonay_unblock_get_transaction (fixture->unblock));
  g_assert_null (eonay_unblock_get_token (fixture->unblock));
}

/* A wrong word costs a try at the portal, and is asked for again; the third ends it there. */
static void
test_wrong_words (void)
{
  g_autoptr (UnblockFixture) fixture = unblock_fixture_new ();

  unblock_fixture_begin (fixture, NULL, NULL);
  unblock_fixture_go_to (fixture, EONAY_UNBLOCK_WAITING_WORD);
  for (int left = 2; left > 0; left--)
    {
      unblock_fixture_type_word (fixture, "YANLIŞSÖZ");
      g_assert_cmpint (eonay_unblock_get_state (fixture->unblock), ==, EONAY_UNBLOCK_SENDING_WORD);
      unblock_fixture_await (fixture, EONAY_UNBLOCK_WAITING_WORD);
      assert_error (fixture, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_SECURITY_WORD_WRONG);
      g_assert_cmpint (
          eonay_portal_error_get_tries_left (eonay_unblock_get_error (fixture->unblock)), ==, left);
    }

  unblock_fixture_type_word (fixture, "YANLIŞSÖZ");
  unblock_fixture_await (fixture, EONAY_UNBLOCK_FAILED);
  assert_error (fixture, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_ATTEMPTS_EXHAUSTED);
  g_assert_cmpint (eonay_unblock_get_report (fixture->unblock), ==, EONAY_UNBLOCK_REPORT_NONE);
  g_assert_cmpint (unblock_fixture_pin_tries (fixture), ==, 0);
}

/* The new PIN has been typed by then, and is not asked for again. */
static void
test_wrong_sms_code (void)
{
  g_autoptr (UnblockFixture) fixture = unblock_fixture_new ();

  unblock_fixture_begin (fixture, NULL, NULL);
  unblock_fixture_go_to (fixture, EONAY_UNBLOCK_WAITING_SMS);
  unblock_fixture_type_sms_code (fixture, "0000");
  unblock_fixture_type_pin (fixture, UNBLOCK_NEW_PIN);
  unblock_fixture_await (fixture, EONAY_UNBLOCK_CONFIRMING);
  unblock_fixture_await (fixture, EONAY_UNBLOCK_WAITING_SMS);
  assert_error (fixture, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_SMS_CODE_WRONG);
  g_assert_cmpint (eonay_unblock_get_sms_tries_left (fixture->unblock), ==, 2);

  unblock_fixture_type_sms (fixture);
  unblock_fixture_await (fixture, EONAY_UNBLOCK_DONE);
  g_assert_true (g_str_has_suffix (fixture->states->str,
                                   "waiting-pin confirming waiting-sms confirming unblocking "
                                   "done"));
  g_assert_true (unblock_fixture_card_takes (fixture, UNBLOCK_NEW_PIN));
}

static void
test_late_sms_code (void)
{
  const EonayPracticeUnblockWish wish = { .sms_validity = 60 };
  g_autoptr (UnblockFixture) fixture = unblock_fixture_new ();

  unblock_fixture_begin (fixture, &wish, NULL);
  unblock_fixture_go_to (fixture, EONAY_UNBLOCK_WAITING_SMS);
  g_assert_cmpuint (eonay_unblock_get_sms_seconds_left (fixture->unblock), <=, 60);
  session_fixture_advance (fixture->base, 61);
  eonay_unblock_update (fixture->unblock);
  g_assert_cmpint (eonay_unblock_get_state (fixture->unblock), ==, EONAY_UNBLOCK_WAITING_WORD);
  assert_error (fixture, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_SMS_CODE_EXPIRED);
  g_assert_null (eonay_unblock_get_sms_number (fixture->unblock));

  /* Whoever is typing the new PIN then is not disturbed. */
  unblock_fixture_go_to (fixture, EONAY_UNBLOCK_WAITING_PIN);
  session_fixture_advance (fixture->base, 61);
  eonay_unblock_update (fixture->unblock);
  g_assert_cmpint (eonay_unblock_get_state (fixture->unblock), ==, EONAY_UNBLOCK_WAITING_PIN);
  unblock_fixture_type_pin (fixture, UNBLOCK_NEW_PIN);
  g_assert_cmpint (eonay_unblock_get_state (fixture->unblock), ==, EONAY_UNBLOCK_WAITING_WORD);

  unblock_fixture_go_to (fixture, EONAY_UNBLOCK_DONE);
  g_assert_true (unblock_fixture_card_takes (fixture, UNBLOCK_NEW_PIN));
}

/* The portal's clock, not ours, has run out. */
static void
test_sms_late_at_portal (void)
{
  g_autoptr (UnblockFixture) fixture = unblock_fixture_new ();

  unblock_fixture_begin (fixture, NULL, "sms-late");
  unblock_fixture_go_to (fixture, EONAY_UNBLOCK_WAITING_PIN);
  unblock_fixture_type_pin (fixture, UNBLOCK_NEW_PIN);
  unblock_fixture_await (fixture, EONAY_UNBLOCK_WAITING_WORD);
  assert_error (fixture, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_SMS_CODE_EXPIRED);
  unblock_fixture_go_to (fixture, EONAY_UNBLOCK_DONE);
}

static void
test_another_sms (void)
{
  g_autoptr (UnblockFixture) fixture = unblock_fixture_new ();
  g_autofree char *count = NULL;

  unblock_fixture_begin (fixture, NULL, NULL);
  unblock_fixture_go_to (fixture, EONAY_UNBLOCK_WAITING_SMS);
  eonay_unblock_renew_sms (fixture->unblock);
  g_assert_cmpint (eonay_unblock_get_state (fixture->unblock), ==, EONAY_UNBLOCK_WAITING_WORD);
  g_assert_no_error (eonay_unblock_get_error (fixture->unblock));
  unblock_fixture_go_to (fixture, EONAY_UNBLOCK_WAITING_PIN);
  count = unblock_fixture_ask_portal (fixture, "sms_count");
  g_assert_cmpstr (count, ==, "2");
}

/* What the card or the rules would not take never gets as far as the portal. */
static void
test_bad_new_pins (void)
{
  g_autoptr (UnblockFixture) fixture = unblock_fixture_new ();

  unblock_fixture_begin (fixture, NULL, NULL);
  unblock_fixture_go_to (fixture, EONAY_UNBLOCK_WAITING_PIN);
  unblock_fixture_type_pin (fixture, "12");
  assert_error (fixture, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PIN_LENGTH);
  unblock_fixture_type_pin (fixture, "111111");
  assert_error (fixture, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_WEAK_PIN);
  g_assert_cmpint (eonay_unblock_get_state (fixture->unblock), ==, EONAY_UNBLOCK_WAITING_PIN);
  unblock_fixture_type_pin (fixture, UNBLOCK_NEW_PIN);
  unblock_fixture_await (fixture, EONAY_UNBLOCK_DONE);
}

static void
test_last_try (void)
{
  g_autoptr (UnblockFixture) fixture = unblock_fixture_new_with_puk (1);

  unblock_fixture_begin (fixture, NULL, NULL);
  unblock_fixture_go_to (fixture, EONAY_UNBLOCK_WAITING_PIN);
  g_assert_true (eonay_unblock_is_last_try (fixture->unblock));
  unblock_fixture_type_pin (fixture, UNBLOCK_NEW_PIN);
  g_assert_cmpint (eonay_unblock_get_state (fixture->unblock), ==, EONAY_UNBLOCK_READY);
  g_assert_cmpint (unblock_fixture_puk_tries (fixture), ==, 1);
  eonay_unblock_go_on (fixture->unblock);
  unblock_fixture_await (fixture, EONAY_UNBLOCK_DONE);
  g_assert_true (unblock_fixture_card_takes (fixture, UNBLOCK_NEW_PIN));
}

static void
test_wrong_puk (void)
{
  g_autoptr (UnblockFixture) fixture = unblock_fixture_new ();
  int tries = unblock_fixture_puk_tries (fixture);

  unblock_fixture_begin (fixture, NULL, "puk-wrong");
  unblock_fixture_go_to (fixture, EONAY_UNBLOCK_WAITING_PIN);
  unblock_fixture_type_pin (fixture, UNBLOCK_NEW_PIN);
  unblock_fixture_await (fixture, EONAY_UNBLOCK_FAILED);
  assert_error (fixture, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_PORTAL_PUK);
  unblock_fixture_assert_outcome (fixture, "failed");
  g_assert_cmpint (unblock_fixture_puk_tries (fixture), ==, tries - 1);
}

static void
test_blocked_puk (void)
{
  g_autoptr (UnblockFixture) fixture = unblock_fixture_new_with_puk (1);

  unblock_fixture_begin (fixture, NULL, "puk-wrong");
  unblock_fixture_go_to (fixture, EONAY_UNBLOCK_WAITING_PIN);
  unblock_fixture_type_pin (fixture, UNBLOCK_NEW_PIN);
  eonay_unblock_go_on (fixture->unblock);
  unblock_fixture_await (fixture, EONAY_UNBLOCK_FAILED);
  assert_error (fixture, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PUK_BLOCKED);
  unblock_fixture_assert_outcome (fixture, "failed");
  eonay_unblock_reset (fixture->unblock);

  /* And whoever comes with such a card learns it before anything is typed. */
  unblock_fixture_begin (fixture, NULL, NULL);
  unblock_fixture_await (fixture, EONAY_UNBLOCK_FAILED);
  assert_error (fixture, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PUK_BLOCKED);
  unblock_fixture_assert_outcome (fixture, "failed");
}

/* An answer that is lost costs nothing: the same code gets the same PUK. */
static void
test_lost_puk (void)
{
  g_autoptr (UnblockFixture) fixture = unblock_fixture_new ();
  g_autofree char *left = NULL;

  unblock_fixture_begin (fixture, NULL, "puk-lost");
  unblock_fixture_go_to (fixture, EONAY_UNBLOCK_WAITING_PIN);
  unblock_fixture_type_pin (fixture, UNBLOCK_NEW_PIN);
  unblock_fixture_await (fixture, EONAY_UNBLOCK_DONE);
  left = unblock_fixture_ask_portal (fixture, "sms_codes_left");
  g_assert_cmpstr (left, ==, "3");
}

/* A report that is lost is told again; meanwhile the card is unblocked, and that is what counts. */
static void
test_lost_report (void)
{
  g_autoptr (UnblockFixture) fixture = unblock_fixture_new ();

  unblock_fixture_begin (fixture, NULL, "report-cut");
  unblock_fixture_go_to (fixture, EONAY_UNBLOCK_WAITING_PIN);
  unblock_fixture_type_pin (fixture, UNBLOCK_NEW_PIN);
  unblock_fixture_await (fixture, EONAY_UNBLOCK_DONE);
  g_assert_cmpint (eonay_unblock_get_report (fixture->unblock), ==, EONAY_UNBLOCK_REPORT_TELLING);
  unblock_fixture_assert_outcome (fixture, "done");
}

static void
test_declined (void)
{
  g_autoptr (UnblockFixture) fixture = unblock_fixture_new ();

  unblock_fixture_begin (fixture, NULL, NULL);
  unblock_fixture_go_to (fixture, EONAY_UNBLOCK_WAITING_SMS);
  eonay_unblock_decline (fixture->unblock);
  g_assert_cmpint (eonay_unblock_get_state (fixture->unblock), ==, EONAY_UNBLOCK_DECLINED);
  unblock_fixture_assert_outcome (fixture, "cancelled");
}

/* A reader with a keypad cannot have what the portal gives typed: all of it is sent from here. */
static void
test_keypad (void)
{
  g_autoptr (UnblockFixture) fixture = NULL;

  g_setenv ("EONAY_PRACTICE_PIN_PAD", "654321", TRUE);
  fixture = unblock_fixture_new ();
  unblock_fixture_begin (fixture, NULL, NULL);
  unblock_fixture_go_to (fixture, EONAY_UNBLOCK_WAITING_PIN);
  while (eonay_token_get_pin_entry (eonay_unblock_get_token (fixture->unblock)) !=
         EONAY_PIN_ENTRY_READER)
    g_main_context_iteration (NULL, TRUE);
  unblock_fixture_type_pin (fixture, UNBLOCK_NEW_PIN);
  unblock_fixture_await (fixture, EONAY_UNBLOCK_DONE);
  g_unsetenv ("EONAY_PRACTICE_PIN_PAD");
  g_assert_true (unblock_fixture_card_takes (fixture, UNBLOCK_NEW_PIN));
}

static void
assert_state_at_portal (UnblockFixture *fixture, const char *state)
{
  g_autofree char *described = eonay_practice_portal_describe (fixture->base->server,
                                                               fixture->code);
  g_autofree char *quoted = g_strdup_printf ("\"state\" : \"%s\"", state);

  g_test_message ("%s", described);
  g_assert_nonnull (strstr (described, quoted));
}

/* Nobody was asked: nothing is told, wherever the person was. */
static void
test_abandoned (void)
{
  const EonayUnblockState states[] = { EONAY_UNBLOCK_WAITING_WORD, EONAY_UNBLOCK_WAITING_SMS,
                                       EONAY_UNBLOCK_WAITING_PIN };

  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autoptr (UnblockFixture) fixture = unblock_fixture_new ();

      unblock_fixture_begin (fixture, NULL, NULL);
      unblock_fixture_go_to (fixture, states[i]);
      eonay_unblock_abandon (fixture->unblock);
      g_assert_cmpint (eonay_unblock_get_state (fixture->unblock), ==, EONAY_UNBLOCK_DECLINED);
      g_assert_cmpint (eonay_unblock_get_report (fixture->unblock), ==, EONAY_UNBLOCK_REPORT_NONE);
      assert_state_at_portal (fixture, "waiting");
    }
}

/* What a code for signing is about was not shown: it is not declined. */
static void
test_other_declined (void)
{
  g_autoptr (UnblockFixture) fixture = unblock_fixture_new ();
  g_autoptr (GError) error = NULL;

  fixture->code = eonay_practice_portal_create (fixture->base->server, "e-onay", 285, NULL, &error);
  g_assert_no_error (error);
  eonay_unblock_resolve (fixture->unblock, fixture->base->portal, fixture->code);
  unblock_fixture_await (fixture, EONAY_UNBLOCK_OTHER);
  eonay_unblock_decline (fixture->unblock);
  g_assert_cmpint (eonay_unblock_get_state (fixture->unblock), ==, EONAY_UNBLOCK_DECLINED);
  g_assert_cmpint (eonay_unblock_get_report (fixture->unblock), ==, EONAY_UNBLOCK_REPORT_NONE);
  assert_state_at_portal (fixture, "waiting");
}

static void
test_expired (void)
{
  g_autoptr (UnblockFixture) fixture = unblock_fixture_new ();

  unblock_fixture_begin (fixture, NULL, NULL);
  unblock_fixture_go_to (fixture, EONAY_UNBLOCK_WAITING_PIN);
  session_fixture_advance (fixture->base, 300);
  eonay_unblock_update (fixture->unblock);
  g_assert_cmpint (eonay_unblock_get_state (fixture->unblock), ==, EONAY_UNBLOCK_EXPIRED);
  assert_error (fixture, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_EXPIRED);
}

/* A code for something else is handed over, and one for an unblocking is taken over. */
static void
test_handed_over (void)
{
  g_autoptr (UnblockFixture) fixture = unblock_fixture_new ();
  g_autoptr (EonayTransaction) signing = NULL;
  g_autoptr (EonayTransaction) unblocking = NULL;
  g_autoptr (EonayPortal) portal = NULL;
  g_autoptr (EonayPortal) same = NULL;
  g_autoptr (GError) error = NULL;

  fixture->base->code = eonay_practice_portal_create (fixture->base->server, "e-onay", 285, NULL,
                                                      &error);
  g_assert_no_error (error);
  eonay_unblock_resolve (fixture->unblock, fixture->base->portal, fixture->base->code);
  unblock_fixture_await (fixture, EONAY_UNBLOCK_OTHER);
  signing = eonay_unblock_steal_transaction (fixture->unblock, &portal);
  g_assert_true (eonay_session_take_transaction (fixture->base->session, portal, signing, &error));
  eonay_session_decline (fixture->base->session);
  eonay_session_reset (fixture->base->session);

  fixture->code = eonay_practice_portal_create (fixture->base->server, "unblock", 285, NULL,
                                                &error);
  g_assert_no_error (error);
  eonay_session_resolve_async (fixture->base->session, portal, fixture->code, NULL,
                               session_fixture_take_result, fixture->base);
  error = session_fixture_finish (fixture->base);
  g_assert_no_error (error);
  g_assert_false (eonay_session_can_sign (fixture->base->session, NULL));
  g_assert_false (eonay_session_ask_pin (fixture->base->session, NULL));
  unblocking = eonay_session_steal_transaction (fixture->base->session, &same);
  eonay_unblock_take_transaction (fixture->unblock, same, unblocking);
  unblock_fixture_go_to (fixture, EONAY_UNBLOCK_WAITING_PIN);
  unblock_fixture_type_pin (fixture, UNBLOCK_NEW_PIN);
  unblock_fixture_await (fixture, EONAY_UNBLOCK_DONE);
  unblock_fixture_assert_outcome (fixture, "done");
}

int
main (int argc, char *argv[])
{
  eonay_secret_init_heap ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/unblock/straight", test_straight);
  g_test_add_func ("/session/unblock/wrong-words", test_wrong_words);
  g_test_add_func ("/session/unblock/wrong-sms-code", test_wrong_sms_code);
  g_test_add_func ("/session/unblock/late-sms-code", test_late_sms_code);
  g_test_add_func ("/session/unblock/sms-late-at-portal", test_sms_late_at_portal);
  g_test_add_func ("/session/unblock/another-sms", test_another_sms);
  g_test_add_func ("/session/unblock/bad-new-pins", test_bad_new_pins);
  g_test_add_func ("/session/unblock/last-try", test_last_try);
  g_test_add_func ("/session/unblock/wrong-puk", test_wrong_puk);
  g_test_add_func ("/session/unblock/lost-puk", test_lost_puk);
  g_test_add_func ("/session/unblock/lost-report", test_lost_report);
  g_test_add_func ("/session/unblock/declined", test_declined);
  g_test_add_func ("/session/unblock/abandoned", test_abandoned);
  g_test_add_func ("/session/unblock/other-declined", test_other_declined);
  g_test_add_func ("/session/unblock/expired", test_expired);
  g_test_add_func ("/session/unblock/keypad", test_keypad);
  g_test_add_func ("/session/unblock/handed-over", test_handed_over);
  g_test_add_func ("/session/unblock/straight-again", test_straight);
  /* The last one: nothing brings that card back. */
  g_test_add_func ("/session/unblock/blocked-puk", test_blocked_puk);

  return g_test_run ();
}
