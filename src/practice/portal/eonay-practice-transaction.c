#include "practice/portal/eonay-practice-transaction.h"

#include "practice/portal/eonay-practice-random.h"

#define CODE_LENGTH 15
#define ID_BYTES 16
#define HUGE_LENGTH (70 * 1024)

static void
answer_free (EonayPracticeAnswer *answer)
{
  g_free (answer->checksum);
  g_free (answer);
}

static char *
create_id (void)
{
  guint8 bytes[ID_BYTES];
  GString *id = g_string_new (NULL);

  eonay_practice_random_fill (bytes, sizeof bytes);
  for (guint i = 0; i < sizeof bytes; i++)
    g_string_append_printf (id, "%02x", bytes[i]);

  return g_string_free (id, FALSE);
}

EonayPracticeTransaction *
eonay_practice_transaction_new (const EonayClock *clock, const char *operation, guint validity,
                                const char *signer_hint, EonayPracticeFault fault,
                                const EonayPracticeUnblockWish *wish, GError **error)
{
  g_autoptr (EonayPracticeTransaction) self = g_new0 (EonayPracticeTransaction, 1);

  self->id = create_id ();
  self->code = eonay_practice_random_digits (CODE_LENGTH);
  self->operation = g_strdup (operation);
  self->signer_hint = g_strdup (signer_hint);
  self->created_at = eonay_clock_realtime (clock);
  self->expires_at = eonay_clock_boottime (clock) + (gint64) validity * G_USEC_PER_SEC;
  self->fault = fault;
  self->answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                         (GDestroyNotify) answer_free);
  if (g_str_equal (operation, "unblock"))
    {
      self->unblocking = eonay_practice_unblocking_new (wish);
      self->documents = g_ptr_array_new ();
    }
  else
    self->documents = eonay_practice_document_list_new (
        &(EonayPracticeDocumentFacts){
            .operation = operation,
            .transaction = self->id,
            .signer_hint = signer_hint,
            .security_word = wish->security_word,
            .created_at = self->created_at,
            .fault = fault,
        },
        error);

  return self->documents != NULL && (self->unblocking != NULL || self->documents->len > 0)
             ? g_steal_pointer (&self)
             : NULL;
}

void
eonay_practice_transaction_free (EonayPracticeTransaction *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->code);
  g_free (self->operation);
  g_free (self->signer_hint);
  g_clear_pointer (&self->created_at, g_date_time_unref);
  g_clear_pointer (&self->documents, g_ptr_array_unref);
  g_clear_pointer (&self->unblocking, eonay_practice_unblocking_free);
  g_free (self->signer);
  g_free (self->receipt);
  g_clear_pointer (&self->answers, g_hash_table_unref);
  g_free (self);
}

EonayPracticeState
eonay_practice_transaction_get_state (EonayPracticeTransaction *self, gint64 now)
{
  if (self->completed)
    return EONAY_PRACTICE_COMPLETED;
  if (self->declined)
    return EONAY_PRACTICE_DECLINED;
  if (self->unblocking != NULL && self->unblocking->failed)
    return EONAY_PRACTICE_FAILED;

  return now < self->expires_at ? EONAY_PRACTICE_WAITING : EONAY_PRACTICE_EXPIRED;
}

EonayPracticeDocument *
eonay_practice_transaction_find_document (EonayPracticeTransaction *self, const char *id)
{
  for (guint i = 0; i < self->documents->len; i++)
    {
      EonayPracticeDocument *document = self->documents->pdata[i];

      if (g_str_equal (document->id, id))
        return document;
    }

  return NULL;
}

const char *
eonay_practice_transaction_state_to_word (EonayPracticeState state)
{
  static const char *const words[] = {
    [EONAY_PRACTICE_WAITING] = "waiting",   [EONAY_PRACTICE_COMPLETED] = "completed",
    [EONAY_PRACTICE_DECLINED] = "declined", [EONAY_PRACTICE_EXPIRED] = "expired",
    [EONAY_PRACTICE_FAILED] = "failed",
  };

  return words[state];
}

gboolean
eonay_practice_transaction_is_out_of_order (EonayPracticeTransaction *self)
{
  return self->fault == EONAY_PRACTICE_FAULT_503 ||
         (self->fault == EONAY_PRACTICE_FAULT_503_ONCE && self->submissions == 1);
}

static void
add_string (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static void
add_common (JsonBuilder *builder, EonayPracticeTransaction *self, gint64 now)
{
  EonayPracticeState state = eonay_practice_transaction_get_state (self, now);
  g_autofree char *created_at = g_date_time_format (self->created_at, "%Y-%m-%dT%H:%M:%S%:z");

  add_string (builder, "transaction", self->id);
  add_string (builder, "operation", self->operation);
  add_string (builder, "state", eonay_practice_transaction_state_to_word (state));
  add_string (builder, "created_at", created_at);
  json_builder_set_member_name (builder, "expires_in");
  json_builder_add_int_value (builder, MAX (self->expires_at - now, 0) / G_USEC_PER_SEC);
  json_builder_set_member_name (builder, "documents");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->documents->len; i++)
    eonay_practice_document_describe (self->documents->pdata[i], self->fault, builder);
  json_builder_end_array (builder);
}

JsonNode *
eonay_practice_transaction_resolve (EonayPracticeTransaction *self, gint64 now)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  add_common (builder, self, now);
  add_string (builder, "portal", "Deneme portalı");
  add_string (builder, "certificate_policy", "qualified");
  add_string (builder, "hashAlgorithmOID", "2.16.840.1.101.3.4.2.1");
  if (self->signer_hint != NULL)
    {
      json_builder_set_member_name (builder, "signer_hint");
      json_builder_begin_object (builder);
      add_string (builder, "serialNumber", self->signer_hint);
      json_builder_end_object (builder);
    }
  if (self->unblocking != NULL && self->unblocking->card_serial != NULL)
    {
      json_builder_set_member_name (builder, "card_hint");
      json_builder_begin_object (builder);
      add_string (builder, "serial", self->unblocking->card_serial);
      json_builder_end_object (builder);
    }
  if (self->fault == EONAY_PRACTICE_FAULT_HUGE_JSON)
    {
      g_autofree char *filling = g_strnfill (HUGE_LENGTH, 'x');

      add_string (builder, "filling", filling);
    }
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}

/* @signature: (nullable) */
static void
add_signature (JsonBuilder *builder, GBytes *signature)
{
  gsize length;
  const guint8 *bytes = signature != NULL ? g_bytes_get_data (signature, &length) : NULL;
  g_autofree char *encoded = bytes != NULL ? g_base64_encode (bytes, length) : NULL;

  if (encoded != NULL)
    json_builder_add_string_value (builder, encoded);
}

JsonNode *
eonay_practice_transaction_describe (EonayPracticeTransaction *self, gint64 now)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  add_common (builder, self, now);
  json_builder_set_member_name (builder, "submissions");
  json_builder_add_int_value (builder, self->submissions);
  json_builder_set_member_name (builder, "signatures");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->documents->len; i++)
    add_signature (builder, ((EonayPracticeDocument *) self->documents->pdata[i])->signature);
  json_builder_end_array (builder);
  if (self->unblocking != NULL)
    eonay_practice_unblocking_describe (self->unblocking, builder);
  else if (self->completed)
    {
      add_string (builder, "signer", self->signer);
      add_string (builder, "receipt", self->receipt);
    }
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}
