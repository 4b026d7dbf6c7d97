#include "practice/portal/eonay-practice-reply.h"

#include <string.h>

#include "base/eonay-json-syntax.h"

#define DEPTH 8
#define TYPE_PREFIX "urn:eonay:problem:"

static const struct {
  const char *word;
  guint status;
  const char *detail;
} problems[] = {
  { "code-malformed", 400, "DENEME: Doğrulama kodu 15 haneli olmalıdır." },
  { "code-unknown", 404, "DENEME: Böyle bir doğrulama kodu yok." },
  { "code-used", 409, "DENEME: Bu doğrulama kodu kullanılmış." },
  { "expired", 410, "DENEME: İşlemin süresi doldu." },
  { "signature-invalid", 422, "DENEME: İmza doğrulanamadı." },
  { "certificate-not-accepted", 422, "DENEME: Sertifika kabul edilmiyor." },
  { "certificate-expired", 422, "DENEME: Sertifikanın süresi dolmuş." },
  { "certificate-revoked", 422, "DENEME: Sertifika iptal edilmiş." },
  { "certificate-suspended", 422, "DENEME: Sertifika askıda." },
  { "signer-mismatch", 422, "DENEME: İmzalayan, beklenen kişi değil." },
  { "security-word-wrong", 403, "DENEME: Güvenlik sözcüğü yanlış." },
  { "sms-code-wrong", 403, "DENEME: SMS kodu yanlış." },
  { "sms-code-expired", 403, "DENEME: SMS kodunun süresi doldu." },
  { "attempts-exhausted", 403, "DENEME: Deneme hakkı bitti, işlem sonlandırıldı." },
  { "card-mismatch", 422, "DENEME: Kart, beklenen kart değil." },
  { "too-many-requests", 429, "DENEME: Çok fazla yanlış kod denendi." },
  { "unavailable", 503, "DENEME: Hizmet şu anda verilemiyor." },
};

static void
reply (SoupServerMessage *message, guint status, const char *content_type, JsonNode *node)
{
  g_autofree char *text = json_to_string (node, FALSE);
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, content_type, SOUP_MEMORY_COPY, text, strlen (text));
  json_node_unref (node);
}

void
eonay_practice_reply_json (SoupServerMessage *message, JsonNode *node)
{
  reply (message, 200, "application/json", node);
}

static void
reply_problem (SoupServerMessage *message, const char *type, guint status, const char *detail,
               int attempts_left)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "type");
  json_builder_add_string_value (builder, type);
  json_builder_set_member_name (builder, "title");
  json_builder_add_string_value (builder, soup_status_get_phrase (status));
  json_builder_set_member_name (builder, "status");
  json_builder_add_int_value (builder, status);
  json_builder_set_member_name (builder, "detail");
  json_builder_add_string_value (builder, detail);
  if (attempts_left >= 0)
    {
      json_builder_set_member_name (builder, "attempts_left");
      json_builder_add_int_value (builder, attempts_left);
    }
  json_builder_end_object (builder);

  reply (message, status, "application/problem+json", json_builder_get_root (builder));
}

void
eonay_practice_reply_problem (SoupServerMessage *message, const char *word)
{
  eonay_practice_reply_attempts (message, word, -1);
}

static void
set_retry_after (SoupServerMessage *message, guint seconds)
{
  g_autofree char *text = g_strdup_printf ("%u", seconds);

  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Retry-After",
                                text);
}

void
eonay_practice_reply_wait (SoupServerMessage *message, guint seconds)
{
  set_retry_after (message, seconds);
  eonay_practice_reply_problem (message, "too-many-requests");
}

void
eonay_practice_reply_unavailable (SoupServerMessage *message)
{
  set_retry_after (message, 1);
  eonay_practice_reply_problem (message, "unavailable");
}

void
eonay_practice_reply_attempts (SoupServerMessage *message, const char *word, int attempts_left)
{
  for (guint i = 0; i < G_N_ELEMENTS (problems); i++)
    if (g_str_equal (word, problems[i].word))
      {
        g_autofree char *type = g_strconcat (TYPE_PREFIX, word, NULL);

        reply_problem (message, type, problems[i].status, problems[i].detail, attempts_left);
        return;
      }

  g_return_if_reached ();
}

void
eonay_practice_reply_status (SoupServerMessage *message, guint status, const char *detail)
{
  reply_problem (message, "about:blank", status, detail, -1);
}

void
eonay_practice_reply_cut (SoupServerMessage *message, const char *bytes)
{
  g_autoptr (GIOStream) connection = soup_server_message_steal_connection (message);

  if (bytes != NULL)
    g_output_stream_write_all (g_io_stream_get_output_stream (connection), bytes, strlen (bytes),
                               NULL, NULL, NULL);
  g_io_stream_close_async (connection, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
}

JsonObject *
eonay_practice_reply_read_object (SoupServerMessage *message)
{
  g_autoptr (GBytes) body =
      soup_message_body_flatten (soup_server_message_get_request_body (message));
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  gsize length;
  const char *text = g_bytes_get_data (body, &length);

  if (text == NULL || length > EONAY_PRACTICE_REQUEST_MAX ||
      !eonay_json_syntax_is_well_formed (text, length, DEPTH) ||
      !json_parser_load_from_data (parser, text, (gssize) length, NULL) ||
      !JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    return NULL;

  return json_object_ref (json_node_get_object (json_parser_get_root (parser)));
}

const char *
eonay_practice_reply_get_string (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}
