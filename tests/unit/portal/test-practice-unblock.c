#include <json-glib/json-glib.h>
#include <string.h>

#include "base/eonay-error.h"
#include "portal-rig.h"
#include "unblock-calls.h"

#define WORD "ÇİÇEKŞIĞ"
#define SERIAL "de0e5e0000000004"
#define PUK "87654321"

typedef struct {
  PortalRig *rig;
  char *code;
  EonayTransaction *transaction;
} Play;

static Play *
play_new (const char *fault)
{
  const EonayPracticeUnblockWish wish = {
    .card_serial = SERIAL,
    .puk = PUK,
    .security_word = WORD,
  };
  Play *self = g_new0 (Play, 1);
  g_autoptr (GError) error = NULL;

  self->rig = portal_rig_new ();
  self->code =
      eonay_practice_portal_create_unblock (self->rig->server, 600, &wish, fault, &error);
  g_assert_no_error (error);
  self->transaction = portal_rig_resolve (self->rig->portal, self->code, &error);
  g_assert_no_error (error);

  return self;
}

static void
play_free (Play *self)
{
  g_object_unref (self->transaction);
  portal_rig_free (self->rig);
  g_free (self->code);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Play, play_free)

static JsonObject *
describe (Play *self)
{
  g_autofree char *text = eonay_practice_portal_describe (self->rig->server, self->code);
  g_autoptr (JsonNode) node = json_from_string (text, NULL);

  return json_object_ref (json_node_get_object (node));
}

static void
assert_state (Play *self, const char *state)
{
  g_autoptr (JsonObject) description = describe (self);

  g_assert_cmpstr (json_object_get_string_member (description, "state"), ==, state);
}

static gint64
get_number (Play *self, const char *name)
{
  g_autoptr (JsonObject) description = describe (self);

  return json_object_get_int_member (json_object_get_object_member (description, "unblock"),
                                     name);
}

static char *
read_phone (Play *self)
{
  g_autoptr (JsonObject) description = describe (self);
  JsonObject *unblock = json_object_get_object_member (description, "unblock");

  return g_strdup (json_object_get_string_member (unblock, "sms_code"));
}

static char *
make_wrong (const char *code)
{
  char *wrong = g_strdup (code);

  wrong[0] = wrong[0] == '9' ? '0' : (char) (wrong[0] + 1);

  return wrong;
}

static EonaySms *
ask (Play *self, const char *serial, const char *word, GError **error)
{
  return unblock_calls_ask (self->rig->portal, self->transaction, serial, word, error);
}

static char *
confirm (Play *self, const char *sms_code, GError **error)
{
  return unblock_calls_confirm (self->rig->portal, self->transaction, sms_code, error);
}

static gboolean
report (Play *self, EonayUnblockOutcome outcome, GError **error)
{
  return unblock_calls_report (self->rig->portal, self->transaction, outcome, error);
}

static void
ask_well (Play *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EonaySms) sms = ask (self, SERIAL, WORD, &error);

  g_assert_no_error (error);
  g_assert_nonnull (sms);
}

static void
confirm_well (Play *self)
{
  g_autofree char *sms_code = read_phone (self);
  g_autoptr (GError) error = NULL;
  g_autofree char *puk = confirm (self, sms_code, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (puk, ==, PUK);
}

static void
assert_ask_fails (Play *self, const char *serial, const char *word, EonayPortalError expected,
                  int tries_left)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (ask (self, serial, word, &error));
  g_assert_error (error, EONAY_PORTAL_ERROR, (int) expected);
  g_assert_cmpint (eonay_portal_error_get_tries_left (error), ==, tries_left);
  g_assert_null (strstr (error->message, word));
}

static void
assert_confirm_fails (Play *self, const char *sms_code, EonayPortalError expected, int tries_left)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (confirm (self, sms_code, &error));
  g_assert_error (error, EONAY_PORTAL_ERROR, (int) expected);
  g_assert_cmpint (eonay_portal_error_get_tries_left (error), ==, tries_left);
  g_assert_null (strstr (error->message, sms_code));
}

static void
test_whole_way (void)
{
  g_autoptr (Play) play = play_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (EonaySms) sms = NULL;

  g_assert_cmpint (eonay_transaction_get_operation (play->transaction), ==,
                   EONAY_OPERATION_UNBLOCK);
  g_assert_cmpuint (g_list_model_get_n_items (
                        eonay_transaction_get_documents (play->transaction)), ==, 0);
  g_assert_cmpstr (eonay_transaction_get_card_hint (play->transaction), ==, SERIAL);

  sms = ask (play, "DE0E5E0000000004", WORD, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (sms->to, ==, "*** *** 3216");
  g_assert_cmpint (sms->expires_at, ==, (1000 + 180) * G_USEC_PER_SEC);
  g_assert_cmpuint (sms->attempts_left, ==, 3);

  confirm_well (play);
  g_assert_true (report (play, EONAY_UNBLOCK_OUTCOME_DONE, &error));
  g_assert_no_error (error);
  assert_state (play, "completed");
}

static void
test_wrong_words (void)
{
  g_autoptr (Play) play = play_new (NULL);

  /* Lower case, without the dots, with a blank: none of them is the word. */
  assert_ask_fails (play, SERIAL, "çiçekşığ", EONAY_PORTAL_ERROR_SECURITY_WORD_WRONG, 2);
  assert_ask_fails (play, SERIAL, "CICEKSIG", EONAY_PORTAL_ERROR_SECURITY_WORD_WRONG, 1);
  assert_state (play, "waiting");
  assert_ask_fails (play, SERIAL, WORD " ", EONAY_PORTAL_ERROR_ATTEMPTS_EXHAUSTED, 0);
  assert_state (play, "failed");
  assert_ask_fails (play, SERIAL, WORD, EONAY_PORTAL_ERROR_ATTEMPTS_EXHAUSTED, 0);
  g_assert_cmpint (get_number (play, "sms_count"), ==, 0);
}

static void
test_words_that_are_not_sent (void)
{
  g_autoptr (Play) play = play_new (NULL);
  g_autofree char *long_word = g_strnfill (EONAY_SECURITY_WORD_MAX + 1, 'A');
  g_autofree char *long_serial = g_strnfill (65, 'A');

  assert_ask_fails (play, SERIAL, long_word, EONAY_PORTAL_ERROR_SECURITY_WORD_WRONG, -1);
  assert_ask_fails (play, SERIAL, "\xfe\xe7", EONAY_PORTAL_ERROR_SECURITY_WORD_WRONG, -1);
  assert_ask_fails (play, "", WORD, EONAY_PORTAL_ERROR_CARD_MISMATCH, -1);
  assert_ask_fails (play, long_serial, WORD, EONAY_PORTAL_ERROR_CARD_MISMATCH, -1);
  g_assert_cmpint (get_number (play, "words_left"), ==, 3);
}

static void
test_another_card (void)
{
  g_autoptr (Play) play = play_new (NULL);

  assert_ask_fails (play, "de0e5e0000000005", WORD, EONAY_PORTAL_ERROR_CARD_MISMATCH, -1);
  assert_ask_fails (play, "de0e5e0000000005", "wrong", EONAY_PORTAL_ERROR_CARD_MISMATCH, -1);
  g_assert_cmpint (get_number (play, "words_left"), ==, 3);
  ask_well (play);
}

static void
test_any_card (void)
{
  g_autoptr (PortalRig) rig = portal_rig_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *code = eonay_practice_portal_create (rig->server, "unblock", 285, NULL, &error);
  g_autoptr (EonayTransaction) transaction = portal_rig_resolve (rig->portal, code, &error);
  g_autoptr (EonaySms) sms = NULL;

  g_assert_no_error (error);
  g_assert_null (eonay_transaction_get_card_hint (transaction));
  sms = unblock_calls_ask (rig->portal, transaction, "70000000000001",
                           EONAY_PRACTICE_SECURITY_WORD, &error);
  g_assert_no_error (error);
  g_assert_nonnull (sms);
}

static void
test_wrong_sms_codes (void)
{
  g_autoptr (Play) play = play_new (NULL);
  g_autofree char *right = NULL;
  g_autofree char *wrong = NULL;
  g_autofree char *longer = NULL;

  ask_well (play);
  right = read_phone (play);
  wrong = make_wrong (right);
  longer = g_strconcat (right, "0", NULL);
  assert_confirm_fails (play, wrong, EONAY_PORTAL_ERROR_SMS_CODE_WRONG, 2);
  /* The same code again is the same question: it costs nothing more. */
  assert_confirm_fails (play, wrong, EONAY_PORTAL_ERROR_SMS_CODE_WRONG, 2);
  g_assert_cmpint (get_number (play, "sms_codes_left"), ==, 2);
  assert_confirm_fails (play, longer, EONAY_PORTAL_ERROR_SMS_CODE_WRONG, 1);
  assert_state (play, "waiting");
  assert_confirm_fails (play, "0000", EONAY_PORTAL_ERROR_ATTEMPTS_EXHAUSTED, 0);
  assert_state (play, "failed");
  assert_confirm_fails (play, right, EONAY_PORTAL_ERROR_ATTEMPTS_EXHAUSTED, 0);
}

static void
test_codes_that_are_not_sent (void)
{
  g_autoptr (Play) play = play_new (NULL);
  const char *const codes[] = { "123", "12345678901", "12345a", "１２３４" };

  ask_well (play);
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    assert_confirm_fails (play, codes[i], EONAY_PORTAL_ERROR_SMS_CODE_WRONG, -1);
  g_assert_cmpint (get_number (play, "sms_codes_left"), ==, 3);
}

static void
test_code_before_the_message (void)
{
  g_autoptr (Play) play = play_new (NULL);

  assert_confirm_fails (play, "123456", EONAY_PORTAL_ERROR_REFUSED, -1);
  g_assert_cmpint (get_number (play, "sms_codes_left"), ==, 3);
}

static void
test_late_code (void)
{
  g_autoptr (Play) play = play_new (NULL);
  g_autofree char *first = NULL;

  ask_well (play);
  first = read_phone (play);
  play->rig->boottime += 180 * G_USEC_PER_SEC;
  assert_confirm_fails (play, first, EONAY_PORTAL_ERROR_SMS_CODE_EXPIRED, 3);

  ask_well (play);
  g_assert_cmpint (get_number (play, "sms_count"), ==, 2);
  confirm_well (play);
}

static void
test_earlier_code_does_not_serve (void)
{
  g_autoptr (Play) play = play_new (NULL);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  ask_well (play);
  first = read_phone (play);
  ask_well (play);
  second = read_phone (play);
  /* One in a million. */
  if (!g_str_equal (first, second))
    assert_confirm_fails (play, first, EONAY_PORTAL_ERROR_SMS_CODE_WRONG, 2);
  confirm_well (play);
}

static void
test_too_many_messages (void)
{
  g_autoptr (Play) play = play_new (NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < EONAY_PRACTICE_MESSAGES; i++)
    ask_well (play);
  g_assert_null (ask (play, SERIAL, WORD, &error));
  g_assert_error (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_TOO_MANY_REQUESTS);
  g_assert_cmpint (eonay_portal_error_get_retry_after (error), ==, 600);
}

static void
test_expired (void)
{
  g_autoptr (Play) play = play_new (NULL);
  g_autoptr (GError) error = NULL;

  ask_well (play);
  play->rig->boottime += 600 * G_USEC_PER_SEC;
  assert_ask_fails (play, SERIAL, WORD, EONAY_PORTAL_ERROR_EXPIRED, -1);
  assert_confirm_fails (play, "123456", EONAY_PORTAL_ERROR_EXPIRED, -1);
  assert_state (play, "expired");
  g_assert_true (report (play, EONAY_UNBLOCK_OUTCOME_CANCELLED, &error));
  assert_state (play, "declined");
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
      g_autoptr (Play) play = play_new (NULL);
      g_autofree char *sms_code = NULL;
      g_autoptr (GError) error = NULL;

      ask_well (play);
      confirm_well (play);
      sms_code = read_phone (play);
      g_assert_true (report (play, rows[i].outcome, &error));
      assert_state (play, rows[i].state);
      g_assert_true (report (play, rows[i].outcome, &error));
      g_assert_no_error (error);
      g_assert_false (report (play, other, &error));
      g_assert_error (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_CODE_USED);
      assert_state (play, rows[i].state);
      /* The PUK is not given out any more, not even to who had it. */
      assert_confirm_fails (play, sms_code, EONAY_PORTAL_ERROR_CODE_USED, -1);
      assert_ask_fails (play, SERIAL, WORD, EONAY_PORTAL_ERROR_CODE_USED, -1);
    }
}

static void
test_outcome_that_cannot_be (void)
{
  g_autoptr (Play) play = play_new (NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (report (play, EONAY_UNBLOCK_OUTCOME_DONE, &error));
  g_assert_error (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_REFUSED);
  assert_state (play, "waiting");
}

static void
test_declined (void)
{
  g_autoptr (Play) play = play_new (NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (portal_rig_decline (play->rig->portal, play->transaction, &error));
  assert_state (play, "declined");
  assert_ask_fails (play, SERIAL, WORD, EONAY_PORTAL_ERROR_CODE_USED, -1);
}

static void
test_signatures_are_not_for_it (void)
{
  g_autoptr (Play) play = play_new (NULL);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (portal_rig_submit (play->rig->portal, play->transaction, none, &error));
  g_assert_error (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_REFUSED);
  assert_state (play, "waiting");
}

static void
test_fault_unblock_cut (void)
{
  g_autoptr (Play) play = play_new ("unblock-cut");
  g_autoptr (GError) error = NULL;

  g_assert_null (ask (play, SERIAL, WORD, &error));
  g_assert_error (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_UNREACHABLE);
  g_assert_false (eonay_portal_error_is_unsent (error));
  /* It was asked once: again would be another message. */
  g_assert_cmpint (get_number (play, "sms_count"), ==, 1);
  ask_well (play);
  confirm_well (play);
}

static void
test_fault_sms_late (void)
{
  g_autoptr (Play) play = play_new ("sms-late");
  g_autofree char *late = NULL;

  ask_well (play);
  late = read_phone (play);
  assert_confirm_fails (play, late, EONAY_PORTAL_ERROR_SMS_CODE_EXPIRED, 3);
  ask_well (play);
  confirm_well (play);
}

static void
assert_confirmed_twice (const char *fault)
{
  g_autoptr (Play) play = play_new (fault);
  g_autoptr (JsonObject) description = NULL;

  ask_well (play);
  confirm_well (play);
  description = describe (play);
  g_assert_cmpint (json_object_get_int_member (description, "submissions"), ==, 2);
  g_assert_cmpint (get_number (play, "sms_codes_left"), ==, 3);
}

static void
test_lost_puk_is_asked_for_again (void)
{
  assert_confirmed_twice ("puk-lost");
  assert_confirmed_twice ("503-once");
}

static void
test_fault_puk_wrong (void)
{
  g_autoptr (Play) play = play_new ("puk-wrong");
  g_autofree char *sms_code = NULL;
  g_autofree char *puk = NULL;

  ask_well (play);
  sms_code = read_phone (play);
  puk = confirm (play, sms_code, NULL);
  g_assert_cmpstr (puk, ==, "97654321");
}

static void
test_fault_puk_stored (void)
{
  g_autoptr (Play) play = play_new ("puk-stored");
  g_autofree char *sms_code = NULL;

  ask_well (play);
  sms_code = read_phone (play);
  assert_confirm_fails (play, sms_code, EONAY_PORTAL_ERROR_MALFORMED, -1);
}

static void
test_fault_report_cut (void)
{
  g_autoptr (Play) play = play_new ("report-cut");
  g_autoptr (GError) error = NULL;

  ask_well (play);
  confirm_well (play);
  g_assert_true (report (play, EONAY_UNBLOCK_OUTCOME_DONE, &error));
  g_assert_no_error (error);
  assert_state (play, "completed");
}

static void
test_portal_gone (void)
{
  g_autoptr (Play) play = play_new (NULL);
  g_autoptr (GError) error = NULL;

  eonay_practice_portal_stop (play->rig->server);
  g_assert_null (ask (play, SERIAL, WORD, &error));
  g_assert_error (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_UNREACHABLE);
  g_assert_true (eonay_portal_error_is_unsent (error));
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
  g_test_add_func ("/practice-unblock/fault-unblock-cut", test_fault_unblock_cut);
  g_test_add_func ("/practice-unblock/fault-sms-late", test_fault_sms_late);
  g_test_add_func ("/practice-unblock/fault-puk-lost", test_lost_puk_is_asked_for_again);
  g_test_add_func ("/practice-unblock/fault-puk-wrong", test_fault_puk_wrong);
  g_test_add_func ("/practice-unblock/fault-puk-stored", test_fault_puk_stored);
  g_test_add_func ("/practice-unblock/fault-report-cut", test_fault_report_cut);
  g_test_add_func ("/practice-unblock/portal-gone", test_portal_gone);

  return g_test_run ();
}
