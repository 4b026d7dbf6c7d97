#include "portal-stub.h"

#include <string.h>

#define TRANSACTION                                                                         \
  "{\"transaction\":\"f3a1\",\"operation\":\"e-onay\",\"state\":\"waiting\","               \
  "\"portal\":\"DENEME\",\"certificate_policy\":\"any\","                                   \
  "\"created_at\":\"2026-06-01T00:00:00Z\",\"expires_in\":100,"                             \
  "\"hashAlgorithmOID\":\"2.16.840.1.101.3.4.2.1\","                                        \
  "\"documents\":[{\"id\":\"1\",\"label\":\"Sözleşme\",\"media_type\":\"text/plain\","    \
  "\"size\":4,\"digest\":\"n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=\","                 \
  "\"href\":\"documents/1\",\"signature_format\":\"C\",\"conformance_level\":\"AdES-B-B\"," \
  "\"signed_envelope_property\":\"Attached\"}]}"

static gint64
get_boottime (gpointer user_data)
{
  return ((PortalStub *) user_data)->boottime;
}

static GDateTime *
get_realtime (gpointer user_data)
{
  return test_date (0);
}

static void
on_request (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query,
            gpointer user_data)
{
  PortalStub *self = user_data;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  g_autoptr (GBytes) body =
      soup_message_body_flatten (soup_server_message_get_request_body (message));
  const char *key = soup_message_headers_get_one (headers, "Idempotency-Key");

  self->requests++;
  g_string_append_printf (self->seen, "%s %s\n", soup_server_message_get_method (message), path);
  g_string_append_len (self->seen, g_bytes_get_data (body, NULL), (gssize) g_bytes_get_size (body));
  g_string_append_c (self->seen, '\n');
  if (key != NULL)
    g_ptr_array_add (self->keys, g_strdup (key));
  self->answer (self, message, path);
}

static void
bind_socket (PortalStub *self)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any_port = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError) error = NULL;

  self->socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM,
                               G_SOCKET_PROTOCOL_DEFAULT, &error);
  g_assert_no_error (error);
  g_socket_bind (self->socket, any_port, FALSE, &error);
  g_assert_no_error (error);
  bound = g_socket_get_local_address (self->socket, &error);
  g_assert_no_error (error);
  self->base_url = g_strdup_printf ("http://127.0.0.1:%u/api/",
                                    g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound)));
}

PortalStub *
portal_stub_new_closed (PortalStubAnswer answer)
{
  const EonayPortalTiming timing = {
    .timeout = 20000,
    .first_wait = 1,
    .longest_wait = 4,
    .retry_after_unit = 1,
  };
  PortalStub *self = g_new0 (PortalStub, 1);
  g_autoptr (EonayPortalProfile) profile = NULL;
  g_autoptr (GError) error = NULL;

  self->answer = answer;
  self->boottime = 1000 * G_USEC_PER_SEC;
  self->clock = (EonayClock){ get_boottime, get_realtime, self };
  self->seen = g_string_new (NULL);
  self->keys = g_ptr_array_new_with_free_func (g_free);
  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, NULL, on_request, self, NULL);
  bind_socket (self);

  profile = eonay_portal_profile_new ("deneme", "DENEME", self->base_url, NULL, TRUE, &error);
  g_assert_no_error (error);
  self->portal = eonay_portal_new (profile, &self->clock);
  eonay_portal_set_timing (self->portal, &timing);

  return self;
}

void
portal_stub_open (PortalStub *self)
{
  g_autoptr (GError) error = NULL;

  g_socket_listen (self->socket, &error);
  g_assert_no_error (error);
  soup_server_listen_socket (self->server, self->socket, 0, &error);
  g_assert_no_error (error);
}

PortalStub *
portal_stub_new (PortalStubAnswer answer)
{
  PortalStub *self = portal_stub_new_closed (answer);

  portal_stub_open (self);

  return self;
}

void
portal_stub_free (PortalStub *self)
{
  if (self->portal != NULL)
    g_assert_finalize_object (self->portal);
  soup_server_disconnect (self->server);
  g_object_unref (self->server);
  g_object_unref (self->socket);
  g_free (self->base_url);
  g_string_free (self->seen, TRUE);
  g_ptr_array_unref (self->keys);
  g_free (self);
}

void
portal_stub_reply (SoupServerMessage *message, guint status, const char *content_type,
                   const char *body)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, content_type, SOUP_MEMORY_COPY, body, strlen (body));
}

void
portal_stub_reply_transaction (SoupServerMessage *message)
{
  portal_stub_reply (message, 200, "application/json", TRANSACTION);
}

void
portal_stub_reply_well (PortalStub *self, SoupServerMessage *message, const char *path)
{
  if (g_str_equal (path, "/api/v1/transactions/resolve"))
    portal_stub_reply_transaction (message);
  else if (g_str_equal (path, "/api/v1/transactions/f3a1/documents/1"))
    portal_stub_reply (message, 200, "text/plain", PORTAL_STUB_TEXT);
  else if (g_str_equal (path, "/api/v1/transactions/f3a1/signatures"))
    portal_stub_reply (message, 200, "application/json",
                       "{\"state\":\"completed\",\"message\":\"Tamam\",\"receipt\":\"R-1\"}");
  else
    portal_stub_reply (message, 404, "text/plain", "");
}

EonayTransaction *
portal_stub_transaction (PortalStub *self)
{
  g_autoptr (GBytes) json = g_bytes_new_static (TRANSACTION, strlen (TRANSACTION));

  return eonay_transaction_parse (json, self->boottime, NULL);
}

void
portal_stub_assert_resolve_fails (PortalStub *self, EonayPortalError expected)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (portal_rig_resolve (self->portal, PORTAL_STUB_CODE, &error));
  g_assert_error (error, EONAY_PORTAL_ERROR, (int) expected);
  g_assert_null (strstr (error->message, PORTAL_STUB_CODE));
}
