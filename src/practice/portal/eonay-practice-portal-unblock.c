#include <string.h>

#include "practice/portal/eonay-practice-portal-private.h"
#include "practice/portal/eonay-practice-reply.h"

#define KEY_MAX 128
#define TEXT_MAX 64
#define SMS_CODE_MIN 4
#define SMS_CODE_MAX 10
#define PHONE "*** *** 3216"

static const char bad_body[] = "DENEME: İstek gövdesi beklendiği gibi değil.";

static EonayPracticeTransaction *
find (EonayPracticePortal *self, SoupServerMessage *message, const char *id)
{
  EonayPracticeTransaction *transaction = eonay_practice_portal_find_id (self, id);

  if (transaction != NULL && transaction->code_used && transaction->unblocking != NULL)
    return transaction;

  eonay_practice_reply_status (message, 404, "DENEME: Böyle bir işlem yok.");

  return NULL;
}

static gint64
get_now (EonayPracticePortal *self)
{
  return eonay_clock_boottime (eonay_practice_portal_get_clock (self));
}

/* Returns: the word of the problem that applies to every request; NULL while the transaction is
   open */
static const char *
find_obstacle (EonayPracticePortal *self, EonayPracticeTransaction *transaction)
{
  EonayPracticeUnblocking *unblocking = transaction->unblocking;

  if (transaction->declined || transaction->completed || unblocking->outcome != NULL)
    return "code-used";
  if (get_now (self) >= transaction->expires_at)
    return "expired";

  return unblocking->failed ? "attempts-exhausted" : NULL;
}

static void
reply_problem (EonayPracticePortal *self, SoupServerMessage *message,
               EonayPracticeTransaction *transaction, const char *problem, int attempts_left)
{
  gint64 left = transaction->expires_at - get_now (self);

  if (g_str_equal (problem, "too-many-requests"))
    eonay_practice_reply_wait (message, (guint) MAX (left / G_USEC_PER_SEC, 1));
  else
    eonay_practice_reply_attempts (message, problem, attempts_left);
}

static void
reply_sms (SoupServerMessage *message, EonayPracticeUnblocking *unblocking)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "sms");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "to");
  json_builder_add_string_value (builder, PHONE);
  json_builder_set_member_name (builder, "expires_in");
  json_builder_add_int_value (builder, unblocking->sms_validity);
  json_builder_set_member_name (builder, "attempts_left");
  json_builder_add_int_value (builder, unblocking->sms_codes_left);
  json_builder_end_object (builder);
  json_builder_end_object (builder);

  eonay_practice_reply_json (message, json_builder_get_root (builder));
}

static int
get_attempts_left (const char *problem, EonayPracticeUnblocking *unblocking)
{
  if (g_str_equal (problem, "attempts-exhausted"))
    return 0;
  if (g_str_equal (problem, "security-word-wrong"))
    return (int) unblocking->words_left;

  return g_str_has_prefix (problem, "sms-code-") ? (int) unblocking->sms_codes_left : -1;
}

void
eonay_practice_portal_unblock (EonayPracticePortal *self, SoupServerMessage *message,
                               const char *id)
{
  EonayPracticeTransaction *transaction = find (self, message, id);
  g_autoptr (JsonObject) object = NULL;
  EonayPracticeUnblocking *unblocking;
  const char *serial;
  const char *word;
  const char *problem;

  if (transaction == NULL)
    return;

  object = eonay_practice_reply_read_object (message);
  serial = object == NULL ? NULL : eonay_practice_reply_get_string (object, "card_serial");
  word = object == NULL ? NULL : eonay_practice_reply_get_string (object, "security_word");
  if (serial == NULL || *serial == '\0' || strlen (serial) > TEXT_MAX || word == NULL ||
      *word == '\0' || strlen (word) > TEXT_MAX)
    {
      eonay_practice_reply_status (message, 400, bad_body);
      return;
    }

  unblocking = transaction->unblocking;
  problem = find_obstacle (self, transaction);
  if (problem == NULL && unblocking->puk_given)
    problem = "code-used";
  if (problem == NULL)
    problem = eonay_practice_unblocking_ask (unblocking, serial, word, transaction->fault,
                                             get_now (self));
  if (problem != NULL)
    reply_problem (self, message, transaction, problem, get_attempts_left (problem, unblocking));
  else if (transaction->fault == EONAY_PRACTICE_FAULT_UNBLOCK_CUT && unblocking->messages == 1)
    eonay_practice_reply_cut (message, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                                       "Content-Length: 70\r\n\r\n{\"sms\":{\"to\":\"");
  else
    reply_sms (message, unblocking);
  eonay_practice_portal_emit_changed (self);
}

static void
reply_puk (SoupServerMessage *message, EonayPracticeTransaction *transaction)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  g_autofree char *puk = g_strdup (transaction->unblocking->puk);

  if (transaction->fault == EONAY_PRACTICE_FAULT_PUK_WRONG)
    puk[0] = puk[0] == '9' ? '0' : (char) (puk[0] + 1);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "puk");
  json_builder_add_string_value (builder, puk);
  json_builder_end_object (builder);

  eonay_practice_reply_json (message, json_builder_get_root (builder));
  if (transaction->fault == EONAY_PRACTICE_FAULT_PUK_STORED)
    soup_message_headers_remove (soup_server_message_get_response_headers (message),
                                 "Cache-Control");
}

static EonayPracticeAnswer *
judge_code (EonayPracticePortal *self, EonayPracticeTransaction *transaction, const char *key,
            const char *checksum, const char *sms_code)
{
  EonayPracticeUnblocking *unblocking = transaction->unblocking;
  EonayPracticeAnswer *answer = g_new0 (EonayPracticeAnswer, 1);

  answer->checksum = g_strdup (checksum);
  if (unblocking->puk_given)
    answer->problem = "code-used";
  else
    answer->problem = eonay_practice_unblocking_confirm (unblocking, sms_code, get_now (self));
  answer->attempts_left = answer->problem == NULL ? -1
                                                  : get_attempts_left (answer->problem, unblocking);
  g_hash_table_insert (transaction->answers, g_strdup (key), answer);
  eonay_practice_portal_emit_changed (self);

  return answer;
}

static void
confirm_once (EonayPracticePortal *self, SoupServerMessage *message,
              EonayPracticeTransaction *transaction, const char *key)
{
  g_autoptr (GBytes) body =
      soup_message_body_flatten (soup_server_message_get_request_body (message));
  g_autofree char *checksum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, body);
  g_autoptr (JsonObject) object = eonay_practice_reply_read_object (message);
  const char *sms_code = object == NULL ? NULL
                                        : eonay_practice_reply_get_string (object, "sms_code");
  EonayPracticeAnswer *answer = g_hash_table_lookup (transaction->answers, key);
  const char *obstacle = find_obstacle (self, transaction);
  gboolean is_new = answer == NULL;

  if (!eonay_practice_unblocking_is_digits (sms_code, SMS_CODE_MIN, SMS_CODE_MAX))
    eonay_practice_reply_status (message, 400, bad_body);
  else if (answer != NULL && !g_str_equal (answer->checksum, checksum))
    eonay_practice_reply_status (message, 422,
                                 "DENEME: Bu Idempotency-Key başka bir gövdeyle kullanılmış.");
  else if (obstacle != NULL)
    eonay_practice_reply_attempts (message, obstacle,
                                   get_attempts_left (obstacle, transaction->unblocking));
  else if (transaction->unblocking->sms_code == NULL)
    eonay_practice_reply_status (message, 400, "DENEME: Daha SMS gönderilmedi.");
  else
    {
      if (answer == NULL)
        answer = judge_code (self, transaction, key, checksum, sms_code);

      if (answer->problem != NULL)
        eonay_practice_reply_attempts (message, answer->problem, answer->attempts_left);
      else if (transaction->fault == EONAY_PRACTICE_FAULT_PUK_LOST && is_new)
        eonay_practice_reply_cut (message, NULL);
      else
        reply_puk (message, transaction);
    }
}

void
eonay_practice_portal_confirm (EonayPracticePortal *self, SoupServerMessage *message,
                               const char *id)
{
  EonayPracticeTransaction *transaction = find (self, message, id);
  const char *key = soup_message_headers_get_one (soup_server_message_get_request_headers (message),
                                                  "Idempotency-Key");

  if (transaction == NULL)
    return;

  transaction->submissions++;
  if (key == NULL || *key == '\0' || strlen (key) > KEY_MAX)
    eonay_practice_reply_status (message, 400, "DENEME: Idempotency-Key başlığı gerekli.");
  else if (eonay_practice_transaction_is_out_of_order (transaction))
    eonay_practice_reply_unavailable (message);
  else
    confirm_once (self, message, transaction, key);
}

/* Returns: whether @outcome is one of the protocol and possible in this state */
static gboolean
makes_sense (EonayPracticeUnblocking *unblocking, const char *outcome)
{
  if (g_strcmp0 (outcome, "failed") == 0 || g_strcmp0 (outcome, "cancelled") == 0)
    return TRUE;

  return unblocking->puk_given &&
         (g_strcmp0 (outcome, "done") == 0 || g_strcmp0 (outcome, "unknown") == 0);
}

static void
note (EonayPracticeTransaction *transaction, const char *outcome)
{
  EonayPracticeUnblocking *unblocking = transaction->unblocking;

  unblocking->outcome = g_strdup (outcome);
  if (unblocking->failed)
    return;

  transaction->completed = g_str_equal (outcome, "done");
  transaction->declined = g_str_equal (outcome, "cancelled");
  unblocking->failed = !transaction->completed && !transaction->declined;
}

void
eonay_practice_portal_result (EonayPracticePortal *self, SoupServerMessage *message, const char *id)
{
  EonayPracticeTransaction *transaction = find (self, message, id);
  g_autoptr (JsonObject) object = NULL;
  EonayPracticeUnblocking *unblocking;
  const char *outcome;
  gboolean is_new;

  if (transaction == NULL)
    return;

  unblocking = transaction->unblocking;
  object = eonay_practice_reply_read_object (message);
  outcome = object == NULL ? NULL : eonay_practice_reply_get_string (object, "outcome");
  if (!makes_sense (unblocking, outcome))
    {
      eonay_practice_reply_status (message, 400, bad_body);
      return;
    }

  is_new = unblocking->outcome == NULL;
  if (is_new ? transaction->declined : !g_str_equal (unblocking->outcome, outcome))
    {
      eonay_practice_reply_problem (message, "code-used");
      return;
    }

  if (is_new)
    note (transaction, outcome);
  if (is_new && transaction->fault == EONAY_PRACTICE_FAULT_REPORT_CUT)
    eonay_practice_reply_cut (message, NULL);
  else
    eonay_practice_portal_reply_state (self, message, transaction);
  eonay_practice_portal_emit_changed (self);
}
