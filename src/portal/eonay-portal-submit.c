#include "portal/eonay-portal-private.h"

#include "base/eonay-error.h"
#include "base/eonay-text-class.h"
#include "portal/message/eonay-json.h"

/* The portal may still answer what the person's clock has already given up. */
#define GRACE (30 * G_USEC_PER_SEC)
#define MESSAGE_MAX 1024

static GBytes *
create_body (GListModel *documents, GPtrArray *signatures)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  g_autoptr (JsonNode) root = NULL;
  char *text;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "signatures");
  json_builder_begin_array (builder);
  for (guint i = 0; i < signatures->len; i++)
    {
      g_autoptr (EonayDocument) document = g_list_model_get_item (documents, i);
      GBytes *signature = g_ptr_array_index (signatures, i);
      g_autofree char *encoded = g_base64_encode (g_bytes_get_data (signature, NULL),
                                                  g_bytes_get_size (signature));

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "document");
      json_builder_add_string_value (builder, eonay_document_get_id (document));
      json_builder_set_member_name (builder, "signature");
      json_builder_add_string_value (builder, encoded);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  text = json_to_string (root, FALSE);

  return g_bytes_new_take (text, strlen (text));
}

static char *
get_key (EonayTransaction *transaction, GBytes *body)
{
  static GQuark quark;
  GHashTable *keys;
  char *checksum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, body);
  const char *key;

  if (quark == 0)
    quark = g_quark_from_static_string ("eonay-idempotency-keys");

  keys = g_object_get_qdata (G_OBJECT (transaction), quark);
  if (keys == NULL)
    {
      keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      g_object_set_qdata_full (G_OBJECT (transaction), quark, keys,
                               (GDestroyNotify) g_hash_table_unref);
    }

  if (!g_hash_table_contains (keys, checksum))
    g_hash_table_insert (keys, g_strdup (checksum), g_uuid_string_random ());
  key = g_hash_table_lookup (keys, checksum);
  g_free (checksum);

  return g_strdup (key);
}

static char *
get_optional_line (JsonObject *object, const char *name)
{
  /* Words with hidden characters are no reason to disbelieve an acceptance. */
  const char *text = eonay_json_get_string (object, name, MESSAGE_MAX, NULL);

  return text != NULL ? eonay_text_class_make_line (text, -1) : NULL;
}

static EonayReceipt *
parse_receipt (EonayAnswer *answer, GError **error)
{
  g_autoptr (JsonObject) object = eonay_answer_get_object (answer, error);
  const char *state = object == NULL ? NULL
                                     : eonay_json_get_string (object, "state", MESSAGE_MAX, error);
  EonayReceipt *receipt;

  if (state == NULL)
    return NULL;

  if (!g_str_equal (state, "completed"))
    {
      g_set_error_literal (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_MALFORMED,
                           "The portal accepted the signatures without completing");
      return NULL;
    }

  receipt = g_new0 (EonayReceipt, 1);
  receipt->message = get_optional_line (object, "message");
  receipt->receipt = get_optional_line (object, "receipt");

  return receipt;
}

static void submit_once (GTask *task);

static void
on_submitted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  EonayPortalCall *call = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (EonayAnswer) answer = eonay_portal_post_finish (EONAY_PORTAL (source), result, &error);
  EonayReceipt *receipt = answer == NULL ? NULL : parse_receipt (answer, &error);

  if (receipt != NULL)
    g_task_return_pointer (task, receipt, (GDestroyNotify) eonay_receipt_free);
  else
    eonay_portal_try_later (task, error,
                            eonay_transaction_get_expires_at (call->transaction) + GRACE,
                            &call->attempt, submit_once);
}

static void
submit_once (GTask *task)
{
  EonayPortalCall *call = g_task_get_task_data (task);

  eonay_portal_post_async (g_task_get_source_object (task), call->path, call->body, call->key,
                           g_task_get_cancellable (task), on_submitted, g_object_ref (task));
}

void
eonay_portal_submit_async (EonayPortal *self, EonayTransaction *transaction, GPtrArray *signatures,
                           GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GListModel *documents = eonay_transaction_get_documents (transaction);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GBytes *body;

  g_return_if_fail (EONAY_IS_PORTAL (self));
  g_return_if_fail (signatures->len == g_list_model_get_n_items (documents));

  body = create_body (documents, signatures);
  g_task_set_task_data (
      task, eonay_portal_call_new (transaction, "signatures", get_key (transaction, body), body),
      (GDestroyNotify) eonay_portal_call_free);
  g_task_set_source_tag (task, eonay_portal_submit_async);
  submit_once (task);
}

EonayReceipt *
eonay_portal_submit_finish (EonayPortal *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
