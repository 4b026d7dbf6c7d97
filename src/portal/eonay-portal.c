#include "portal/eonay-portal-private.h"

#include <openssl/crypto.h>
#include <string.h>

#include "base/eonay-error.h"
#include "base/eonay-text-class.h"
#include "eonay-config.h"
#include "portal/eonay-portal-ca.h"
#include "portal/eonay-portal-call.h"
#include "portal/message/eonay-exchange.h"
#include "portal/message/eonay-json.h"

#define SOCKET_TIMEOUT_SECONDS 20
#define CODE_LENGTH 15
#define FETCH_RETRIES 4
#define MESSAGE_MAX 1024

struct _EonayPortal {
  GObject parent_instance;
  EonayPortalProfile *profile;
  const EonayClock *clock;
  EonayPortalTiming timing;
  GUri *base;
  SoupSession *session;
};

G_DEFINE_FINAL_TYPE (EonayPortal, eonay_portal, G_TYPE_OBJECT)

void
eonay_portal_receipt_free (EonayPortalReceipt *self)
{
  if (self == NULL)
    return;

  g_free (self->message);
  g_free (self->receipt);
  g_free (self);
}

gboolean
eonay_portal_is_temporary_error (const GError *error)
{
  return g_error_matches (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_UNREACHABLE) ||
         g_error_matches (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_TIMED_OUT) ||
         g_error_matches (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_TOO_MANY_REQUESTS) ||
         g_error_matches (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_UNAVAILABLE);
}

static void
eonay_portal_dispose (GObject *object)
{
  EonayPortal *self = EONAY_PORTAL (object);

  if (self->session != NULL)
    soup_session_abort (self->session);
  g_clear_object (&self->session);
  g_clear_object (&self->profile);
  g_clear_pointer (&self->base, g_uri_unref);
  G_OBJECT_CLASS (eonay_portal_parent_class)->dispose (object);
}

static void
eonay_portal_class_init (EonayPortalClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = eonay_portal_dispose;
}

static void
eonay_portal_init (EonayPortal *self)
{
  const EonayPortalTiming timing = {
    .timeout = 20000,
    .first_wait = 500,
    .longest_wait = 8000,
    .retry_after_unit = 1000,
  };

  self->timing = timing;
}

static SoupSession *
create_session (GTlsDatabase *trusted)
{
  SoupSession *session = soup_session_new_with_options (
      "user-agent", "Eonay/" EONAY_VERSION, "timeout", SOCKET_TIMEOUT_SECONDS, "idle-timeout",
      SOCKET_TIMEOUT_SECONDS, NULL);

  if (trusted != NULL)
    soup_session_set_tls_database (session, trusted);
  /* Without a content decoder there are no decompression bombs. */
  soup_session_remove_feature_by_type (session, SOUP_TYPE_CONTENT_DECODER);
  /* No portal has passwords; libsoup 3.2 asks a proxy that wants one for the proxy itself, and waits. */
  soup_session_remove_feature_by_type (session, SOUP_TYPE_AUTH_MANAGER);

  return session;
}

static SoupSession *
create_pinned_session (EonayPortalProfile *profile)
{
  const char *ca_file = eonay_portal_profile_get_ca_file (profile);
  g_autoptr (GTlsDatabase) pinned = NULL;
  g_autoptr (GError) error = NULL;

  if (ca_file != NULL)
    {
      pinned = eonay_portal_ca_open (ca_file, &error);
      if (pinned == NULL)
        {
          g_warning ("Cannot use the CA file of portal %s: %s",
                     eonay_portal_profile_get_id (profile), error->message);
          return NULL;
        }
    }

  return create_session (pinned);
}

EonayPortal *
eonay_portal_new (EonayPortalProfile *profile, const EonayClock *clock)
{
  EonayPortal *self;

  g_return_val_if_fail (EONAY_IS_PORTAL_PROFILE (profile), NULL);

  self = g_object_new (EONAY_TYPE_PORTAL, NULL);
  self->profile = g_object_ref (profile);
  self->clock = clock;
  self->base = g_uri_parse (eonay_portal_profile_get_base_url (profile), SOUP_HTTP_URI_FLAGS, NULL);
  self->session = create_pinned_session (profile);

  return self;
}

EonayPortalProfile *
eonay_portal_get_profile (EonayPortal *self)
{
  g_return_val_if_fail (EONAY_IS_PORTAL (self), NULL);

  return self->profile;
}

const EonayClock *
eonay_portal_get_clock (EonayPortal *self)
{
  return self->clock;
}

SoupSession *
eonay_portal_get_session (EonayPortal *self)
{
  return self->session;
}

void
eonay_portal_set_timing (EonayPortal *self, const EonayPortalTiming *timing)
{
  self->timing = *timing;
}

const EonayPortalTiming *
eonay_portal_get_timing (EonayPortal *self)
{
  return &self->timing;
}

static void
exchange (EonayPortal *self, const char *path, EonayExchangeRequest *request, GTask *task,
          GAsyncReadyCallback callback)
{
  g_autoptr (GUri) uri = g_uri_parse_relative (self->base, path, SOUP_HTTP_URI_FLAGS, NULL);
  g_autoptr (SoupSession) session = NULL;

  if (self->session != NULL)
    session = request->secret ? create_session (soup_session_get_tls_database (self->session))
                              : g_object_ref (self->session);
  if (session == NULL || uri == NULL)
    {
      g_task_return_new_error (task, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_PROFILE,
                               "The profile's CA file or address cannot be used");
      return;
    }

  request->uri = uri;
  request->timeout = self->timing.timeout;
  eonay_exchange_async (session, self->clock, request, g_task_get_cancellable (task), callback,
                        g_object_ref (task));
}

static void
on_posted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  EonayAnswer *answer = eonay_exchange_finish (result, &error);

  if (answer == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, answer, (GDestroyNotify) eonay_answer_free);
}

void
eonay_portal_post_async (EonayPortal *self, const char *path, GBytes *body,
                         const char *idempotency_key, gboolean secret, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  EonayExchangeRequest request = {
    .method = "POST",
    .body = body,
    .idempotency_key = idempotency_key,
    .cap = EONAY_JSON_MAX,
    .secret = secret,
  };

  g_task_set_source_tag (task, eonay_portal_post_async);
  exchange (self, path, &request, task, on_posted);
}

EonayAnswer *
eonay_portal_post_finish (EonayPortal *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

typedef struct {
  EonayTransaction *transaction;
  EonayDocument *document; /* being fetched */
  guint next;
  guint attempt;
} Resolution;

static void
resolution_free (Resolution *resolution)
{
  g_clear_object (&resolution->transaction);
  g_clear_object (&resolution->document);
  g_free (resolution);
}

static void fetch_next (GTask *task);

static void
on_fetched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Resolution *resolution = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (EonayAnswer) answer = eonay_exchange_finish (result, &error);

  if (answer != NULL && eonay_answer_check (answer, NULL, &error) &&
      eonay_document_set_content (resolution->document, answer->body, &error))
    {
      resolution->next++;
      resolution->attempt = 0;
      fetch_next (task);
    }
  else if (resolution->attempt < FETCH_RETRIES)
    /* The code is spent by now: failing at the first temporary error would cost the person a new
       one. */
    eonay_portal_call_try_later (task, error,
                                 eonay_transaction_get_expires_at (resolution->transaction),
                                 &resolution->attempt, fetch_next);
  else
    g_task_return_error (task, error);
}

static void
fetch (GTask *task, EonayTransaction *transaction, EonayDocument *document)
{
  g_autofree char *path = g_strdup_printf ("v1/transactions/%s/%s",
                                           eonay_transaction_get_id (transaction),
                                           eonay_document_get_href (document));
  EonayExchangeRequest request = {
    .method = "GET",
    .cap = MAX (eonay_document_get_size (document), EONAY_JSON_MAX),
    .deadline = eonay_transaction_get_expires_at (transaction),
  };

  exchange (g_task_get_source_object (task), path, &request, task, on_fetched);
}

static void
fetch_next (GTask *task)
{
  Resolution *resolution = g_task_get_task_data (task);
  GListModel *documents = eonay_transaction_get_documents (resolution->transaction);

  g_clear_object (&resolution->document);
  resolution->document = g_list_model_get_item (documents, resolution->next);
  if (resolution->document == NULL)
    g_task_return_pointer (task, g_steal_pointer (&resolution->transaction), g_object_unref);
  else
    fetch (task, resolution->transaction, resolution->document);
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Resolution *resolution = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (EonayAnswer) answer = eonay_portal_post_finish (EONAY_PORTAL (source), result, &error);

  if (answer != NULL && eonay_answer_check (answer, "application/json", &error))
    resolution->transaction = eonay_transaction_parse (answer->body, answer->left_at, &error);

  if (resolution->transaction == NULL)
    g_task_return_error (task, error);
  else
    fetch_next (task);
}

static void
cleanse_free (gpointer body)
{
  OPENSSL_cleanse (body, strlen (body));
  g_free (body);
}

static GBytes *
new_code_body (const char *code)
{
  char *text = g_strdup_printf ("{\"code\":\"%s\"}", code);

  return g_bytes_new_with_free_func (text, strlen (text), cleanse_free, text);
}

void
eonay_portal_resolve_async (EonayPortal *self, const char *code, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GBytes) body = NULL;

  g_return_if_fail (EONAY_IS_PORTAL (self));

  g_task_set_source_tag (task, eonay_portal_resolve_async);
  g_task_set_task_data (task, g_new0 (Resolution, 1), (GDestroyNotify) resolution_free);
  if (strlen (code) != CODE_LENGTH || strspn (code, G_CSET_DIGITS) != CODE_LENGTH)
    {
      g_task_return_new_error (task, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_CODE_MALFORMED,
                               "The code is not 15 digits");
      return;
    }

  body = new_code_body (code);
  eonay_portal_post_async (self, "v1/transactions/resolve", body, NULL, FALSE, cancellable,
                           on_answered, g_object_ref (task));
}

EonayTransaction *
eonay_portal_resolve_finish (EonayPortal *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static GBytes *
new_signatures_body (GListModel *documents, GPtrArray *signatures)
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

/** Returns: (transfer full): the same for the same @body */
static char *
dup_key (EonayTransaction *transaction, GBytes *body)
{
  static const char name[] = "eonay-idempotency-keys";
  GHashTable *keys = g_object_get_data (G_OBJECT (transaction), name);
  g_autofree char *checksum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, body);
  char *key;

  if (keys == NULL)
    {
      keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      g_object_set_data_full (G_OBJECT (transaction), name, keys,
                              (GDestroyNotify) g_hash_table_unref);
    }

  key = g_hash_table_lookup (keys, checksum);
  if (key == NULL)
    {
      key = g_uuid_string_random ();
      g_hash_table_insert (keys, g_steal_pointer (&checksum), key);
    }

  return g_strdup (key);
}

static char *
get_optional_line (JsonObject *object, const char *name)
{
  /* A message with hidden characters does not invalidate an acceptance. */
  const char *text = eonay_json_get_string (object, name, MESSAGE_MAX, NULL);

  return text != NULL ? eonay_text_class_make_line (text, -1) : NULL;
}

static gpointer
parse_receipt (EonayTransaction *transaction, EonayAnswer *answer, GError **error)
{
  g_autoptr (JsonObject) object = eonay_answer_get_object (answer, error);
  const char *state = object == NULL ? NULL
                                     : eonay_json_get_string (object, "state", MESSAGE_MAX, error);
  EonayPortalReceipt *receipt;

  if (state == NULL)
    return NULL;

  if (!g_str_equal (state, "completed"))
    {
      g_set_error_literal (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_MALFORMED,
                           "The portal accepted the signatures without completing");
      return NULL;
    }

  receipt = g_new0 (EonayPortalReceipt, 1);
  receipt->message = get_optional_line (object, "message");
  receipt->receipt = get_optional_line (object, "receipt");

  return receipt;
}

void
eonay_portal_submit_async (EonayPortal *self, EonayTransaction *transaction, GPtrArray *signatures,
                           GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data)
{
  static const EonayPortalCall call = {
    .name = "signatures",
    .parse = parse_receipt,
    .free_result = (GDestroyNotify) eonay_portal_receipt_free,
    .retries = G_MAXUINT,
    .grace = EONAY_PORTAL_GRACE,
  };
  GListModel *documents = eonay_transaction_get_documents (transaction);
  GBytes *body;

  g_return_if_fail (EONAY_IS_PORTAL (self));
  g_return_if_fail (signatures->len == g_list_model_get_n_items (documents));

  body = new_signatures_body (documents, signatures);
  eonay_portal_call_async (&call, self, transaction, dup_key (transaction, body), body, cancellable,
                           callback, user_data);
}

EonayPortalReceipt *
eonay_portal_submit_finish (EonayPortal *self, GAsyncResult *result, GError **error)
{
  return eonay_portal_call_finish (self, result, error);
}

void
eonay_portal_decline_async (EonayPortal *self, EonayTransaction *transaction,
                            GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data)
{
  static const EonayPortalCall call = { .name = "decline" };
  static const char reason[] = "{\"reason\":\"user-cancelled\"}";

  g_return_if_fail (EONAY_IS_PORTAL (self));

  eonay_portal_call_async (&call, self, transaction, NULL,
                           g_bytes_new_static (reason, sizeof reason - 1), cancellable, callback,
                           user_data);
}

gboolean
eonay_portal_decline_finish (EonayPortal *self, GAsyncResult *result, GError **error)
{
  return eonay_portal_call_finish (self, result, error) != NULL;
}
