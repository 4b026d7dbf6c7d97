#include "practice/eonay-practice-resources.h"
#include "practice/portal/eonay-practice-portal-private.h"
#include "practice/portal/eonay-practice-reply.h"

#define API_RESOURCE "/io/github/eonay/Eonay/practice/portal-api.yaml"

typedef void (*Answer) (EonayPracticePortal *self, SoupServerMessage *message, const char *id);

static EonayPracticeTransaction *
find_resolved (EonayPracticePortal *self, SoupServerMessage *message, const char *id)
{
  EonayPracticeTransaction *transaction = eonay_practice_portal_find_id (self, id);

  if (transaction != NULL && transaction->code_used)
    return transaction;

  eonay_practice_reply_status (message, 404, "DENEME: Böyle bir işlem yok.");

  return NULL;
}

static EonayPracticeState
get_state (EonayPracticePortal *self, EonayPracticeTransaction *transaction)
{
  const EonayClock *clock = eonay_practice_portal_get_clock (self);

  return eonay_practice_transaction_get_state (transaction, eonay_clock_boottime (clock));
}

void
eonay_practice_portal_reply_state (EonayPracticePortal *self, SoupServerMessage *message,
                                   EonayPracticeTransaction *transaction)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  EonayPracticeState state = get_state (self, transaction);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "transaction");
  json_builder_add_string_value (builder, transaction->id);
  json_builder_set_member_name (builder, "state");
  json_builder_add_string_value (builder, eonay_practice_transaction_state_to_word (state));
  json_builder_end_object (builder);

  eonay_practice_reply_json (message, json_builder_get_root (builder));
}

static void
answer_state (EonayPracticePortal *self, SoupServerMessage *message, const char *id)
{
  EonayPracticeTransaction *transaction = find_resolved (self, message, id);

  if (transaction != NULL)
    eonay_practice_portal_reply_state (self, message, transaction);
}

/* @id: "transaction/document" */
static void
answer_document (EonayPracticePortal *self, SoupServerMessage *message, const char *id)
{
  g_auto (GStrv) ids = g_strsplit (id, "/", 2);
  EonayPracticeTransaction *transaction = find_resolved (self, message, ids[0]);
  EonayPracticeDocument *document;
  g_autoptr (GByteArray) bytes = NULL;

  if (transaction == NULL)
    return;

  document = eonay_practice_transaction_find_document (transaction, ids[1]);
  if (document == NULL)
    {
      eonay_practice_reply_status (message, 404, "DENEME: Böyle bir belge yok.");
      return;
    }

  if (get_state (self, transaction) != EONAY_PRACTICE_WAITING)
    {
      eonay_practice_reply_problem (message, "expired");
      return;
    }

  bytes = g_bytes_unref_to_array (g_bytes_ref (document->content));
  if (transaction->fault == EONAY_PRACTICE_FAULT_OVERSIZE)
    {
      g_autofree char *more = g_strnfill (EONAY_PRACTICE_REQUEST_MAX, 'x');

      g_byte_array_append (bytes, (const guint8 *) more, EONAY_PRACTICE_REQUEST_MAX);
    }

  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, eonay_practice_document_get_media_type (document),
                                    SOUP_MEMORY_COPY, (const char *) bytes->data, bytes->len);
}

static void
answer_decline (EonayPracticePortal *self, SoupServerMessage *message, const char *id)
{
  EonayPracticeTransaction *transaction = find_resolved (self, message, id);
  g_autoptr (JsonObject) object = NULL;

  if (transaction == NULL)
    return;

  object = eonay_practice_reply_read_object (message);
  if (object == NULL || eonay_practice_reply_get_string (object, "reason") == NULL)
    eonay_practice_reply_status (message, 400, "DENEME: İstek gövdesi beklendiği gibi değil.");
  else if (get_state (self, transaction) == EONAY_PRACTICE_EXPIRED)
    eonay_practice_reply_problem (message, "expired");
  else if (transaction->completed || get_state (self, transaction) == EONAY_PRACTICE_FAILED)
    eonay_practice_reply_problem (message, "code-used");
  else
    {
      transaction->declined = TRUE;
      eonay_practice_portal_emit_changed (self);
      eonay_practice_portal_reply_state (self, message, transaction);
    }
}

static void
answer_api (EonayPracticePortal *self, SoupServerMessage *message, const char *id)
{
  g_autoptr (GBytes) api = g_resource_lookup_data (eonay_practice_get_resource (), API_RESOURCE,
                                                   G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, "application/yaml", SOUP_MEMORY_COPY,
                                    g_bytes_get_data (api, NULL), g_bytes_get_size (api));
}

static void
answer_practice_describe (EonayPracticePortal *self, SoupServerMessage *message, const char *id)
{
  EonayPracticeTransaction *transaction = eonay_practice_portal_find_id (self, id);
  gint64 now = eonay_clock_boottime (eonay_practice_portal_get_clock (self));

  if (transaction == NULL)
    transaction = eonay_practice_portal_find_code (self, id);

  if (transaction == NULL)
    eonay_practice_reply_status (message, 404, "DENEME: Böyle bir işlem yok.");
  else
    eonay_practice_reply_json (message, eonay_practice_transaction_describe (transaction, now));
}

static const struct {
  const char *method;
  const char
      *pattern; /* "*" matches a transaction's id, or its code under /practice; then a document's */
  Answer answer;
} routes[] = {
  { "POST", "/v1/transactions/resolve", eonay_practice_portal_resolve },
  { "GET", "/v1/transactions/*", answer_state },
  { "GET", "/v1/transactions/*/documents/*", answer_document },
  { "POST", "/v1/transactions/*/signatures", eonay_practice_portal_submit },
  { "POST", "/v1/transactions/*/decline", answer_decline },
  { "POST", "/v1/transactions/*/unblock", eonay_practice_portal_unblock },
  { "POST", "/v1/transactions/*/unblock/confirm", eonay_practice_portal_confirm },
  { "POST", "/v1/transactions/*/unblock/result", eonay_practice_portal_result },
  { "GET", "/v1/openapi.yaml", answer_api },
  { "POST", "/practice/transactions", eonay_practice_portal_create_asked },
  { "GET", "/practice/transactions/*", answer_practice_describe },
};

static gboolean
matches (const char *pattern, const char *path, char **id)
{
  g_auto (GStrv) expected = g_strsplit (pattern, "/", -1);
  g_auto (GStrv) segments = g_strsplit (path, "/", -1);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  if (g_strv_length (expected) != g_strv_length (segments))
    return FALSE;

  for (guint i = 0; expected[i] != NULL; i++)
    if (!g_str_equal (expected[i], "*") && !g_str_equal (expected[i], segments[i]))
      return FALSE;

  for (guint i = 0; expected[i] != NULL; i++)
    if (g_str_equal (expected[i], "*"))
      g_ptr_array_add (ids, segments[i]);
  g_ptr_array_add (ids, NULL);
  *id = g_strjoinv ("/", (char **) ids->pdata);

  return TRUE;
}

void
eonay_practice_portal_answer (EonayPracticePortal *self, SoupServerMessage *message,
                              const char *path)
{
  const char *method = soup_server_message_get_method (message);
  gboolean known = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    {
      g_autofree char *id = NULL;

      if (!matches (routes[i].pattern, path, &id))
        continue;

      known = TRUE;
      if (g_str_equal (method, routes[i].method))
        {
          routes[i].answer (self, message, id);
          return;
        }
    }

  if (known)
    eonay_practice_reply_status (message, 405, "DENEME: Bu yol bu yöntemi bilmiyor.");
  else
    eonay_practice_reply_status (message, 404, "DENEME: Böyle bir yol yok.");
}
