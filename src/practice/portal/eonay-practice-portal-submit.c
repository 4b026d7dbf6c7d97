#include <string.h>

#include "practice/portal/eonay-practice-portal-private.h"
#include "practice/portal/eonay-practice-random.h"
#include "practice/portal/eonay-practice-reply.h"
#include "practice/portal/eonay-practice-verdict.h"

#define KEY_MAX 128
#define RECEIPT_DIGITS 10

static GBytes *
decode (const char *text)
{
  gsize length;
  g_autofree guint8 *bytes = g_base64_decode (text, &length);
  g_autofree char *again = g_base64_encode (bytes, length);

  /* GLib's decoder skips invalid characters: only a round trip validates the text. */
  return *text != '\0' && g_str_equal (text, again)
             ? g_bytes_new_take (g_steal_pointer (&bytes), length)
             : NULL;
}

/* Returns: (transfer full) (nullable): the signature that @item has of @document */
static GBytes *
read_signature (JsonNode *item, EonayPracticeDocument *document)
{
  const char *id;
  const char *text;

  if (!JSON_NODE_HOLDS_OBJECT (item))
    return NULL;

  id = eonay_practice_reply_get_string (json_node_get_object (item), "document");
  text = eonay_practice_reply_get_string (json_node_get_object (item), "signature");

  return g_strcmp0 (id, document->id) == 0 && text != NULL ? decode (text) : NULL;
}

/* Returns: (transfer full) (nullable) (element-type GBytes): one for each document, in their order */
static GPtrArray *
read_signatures (JsonObject *object, GPtrArray *documents)
{
  JsonNode *list = json_object_get_member (object, "signatures");
  g_autoptr (GPtrArray) signatures =
      g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  if (list == NULL || !JSON_NODE_HOLDS_ARRAY (list) ||
      json_array_get_length (json_node_get_array (list)) != documents->len)
    return NULL;

  for (guint i = 0; i < documents->len; i++)
    {
      GBytes *signature = read_signature (json_array_get_element (json_node_get_array (list), i),
                                          documents->pdata[i]);

      if (signature == NULL)
        return NULL;
      g_ptr_array_add (signatures, signature);
    }

  return g_steal_pointer (&signatures);
}

/* All of them at once, or none. */
static void
accept (EonayPracticeTransaction *transaction, GPtrArray *signatures)
{
  g_autofree char *digits = eonay_practice_random_digits (RECEIPT_DIGITS);

  for (guint i = 0; i < signatures->len; i++)
    {
      EonayPracticeDocument *document = transaction->documents->pdata[i];

      document->signature = g_bytes_ref (signatures->pdata[i]);
    }
  transaction->completed = TRUE;
  transaction->receipt = g_strconcat ("DENEME-", digits, NULL);
}

static const char *
judge (EonayPracticePortal *self, EonayPracticeTransaction *transaction, GPtrArray *signatures)
{
  const EonayClock *clock = eonay_practice_portal_get_clock (self);
  const char *problem;

  switch (eonay_practice_transaction_get_state (transaction, eonay_clock_boottime (clock)))
    {
    case EONAY_PRACTICE_WAITING:
      break;
    case EONAY_PRACTICE_EXPIRED:
      return "expired";
    case EONAY_PRACTICE_COMPLETED:
    case EONAY_PRACTICE_DECLINED:
    case EONAY_PRACTICE_FAILED:
    default:
      return "code-used";
    }

  if (transaction->fault == EONAY_PRACTICE_FAULT_REVOKED)
    return "certificate-revoked";
  if (transaction->fault == EONAY_PRACTICE_FAULT_SUSPENDED)
    return "certificate-suspended";

  problem = eonay_practice_verdict_judge (
      transaction, signatures, eonay_practice_portal_get_trust (self), clock, &transaction->signer);
  if (problem == NULL)
    accept (transaction, signatures);

  return problem;
}

static void
reply_accepted (SoupServerMessage *message, EonayPracticeTransaction *transaction)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "state");
  json_builder_add_string_value (builder, "completed");
  json_builder_set_member_name (builder, "message");
  json_builder_add_string_value (builder, "DENEME: İmzanız alındı.");
  json_builder_set_member_name (builder, "receipt");
  json_builder_add_string_value (builder, transaction->receipt);
  json_builder_end_object (builder);

  eonay_practice_reply_json (message, json_builder_get_root (builder));
}

static void
reply_answer (SoupServerMessage *message, EonayPracticeTransaction *transaction,
              const EonayPracticeAnswer *answer)
{
  if (transaction->fault == EONAY_PRACTICE_FAULT_LOST_REPLY && transaction->submissions == 1)
    eonay_practice_reply_cut (message, NULL);
  else if (answer->problem != NULL)
    eonay_practice_reply_problem (message, answer->problem);
  else
    reply_accepted (message, transaction);
}

static void
judge_once (EonayPracticePortal *self, SoupServerMessage *message,
            EonayPracticeTransaction *transaction, const char *key)
{
  g_autoptr (GBytes) body =
      soup_message_body_flatten (soup_server_message_get_request_body (message));
  g_autofree char *checksum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, body);
  EonayPracticeAnswer *answer = g_hash_table_lookup (transaction->answers, key);
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (GPtrArray) signatures = NULL;

  if (answer != NULL && !g_str_equal (answer->checksum, checksum))
    {
      eonay_practice_reply_status (message, 422,
                                   "DENEME: Bu Idempotency-Key başka bir gövdeyle kullanılmış.");
      return;
    }

  if (answer == NULL)
    {
      object = eonay_practice_reply_read_object (message);
      signatures = object == NULL ? NULL : read_signatures (object, transaction->documents);
      if (signatures == NULL)
        {
          eonay_practice_reply_status (message, 400,
                                       "DENEME: İstek gövdesi beklendiği gibi değil.");
          return;
        }

      answer = g_new0 (EonayPracticeAnswer, 1);
      answer->checksum = g_steal_pointer (&checksum);
      answer->problem = judge (self, transaction, signatures);
      g_hash_table_insert (transaction->answers, g_strdup (key), answer);
    }

  reply_answer (message, transaction, answer);
}

void
eonay_practice_portal_submit (EonayPracticePortal *self, SoupServerMessage *message, const char *id)
{
  EonayPracticeTransaction *transaction = eonay_practice_portal_find_id (self, id);
  const char *key = soup_message_headers_get_one (soup_server_message_get_request_headers (message),
                                                  "Idempotency-Key");

  if (transaction == NULL || !transaction->code_used || transaction->documents->len == 0)
    {
      eonay_practice_reply_status (message, 404, "DENEME: Böyle bir işlem yok.");
      return;
    }

  if (key == NULL || *key == '\0' || strlen (key) > KEY_MAX)
    {
      eonay_practice_reply_status (message, 400, "DENEME: Idempotency-Key başlığı gerekli.");
      return;
    }

  transaction->submissions++;
  if (eonay_practice_transaction_is_out_of_order (transaction))
    {
      eonay_practice_reply_unavailable (message);
      return;
    }

  judge_once (self, message, transaction, key);
}
