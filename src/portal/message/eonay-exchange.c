#include "portal/message/eonay-exchange.h"

#include <openssl/crypto.h>

#include "base/eonay-error.h"
#include "portal/message/eonay-redirect.h"
#include "portal/message/eonay-secret-message.h"

#define CHUNK_SIZE (32 * 1024)
#define REDIRECTS_MAX 3
#define INTERIM_MAX 16
#define RENEWING_SIZE (64 * 1024)

typedef struct {
  SoupSession *session;
  const EonayClock *clock;
  const char *method;
  GUri *uri;
  GBytes *body;
  char *idempotency_key;
  gsize cap;
  guint timeout;
  gint64 deadline;
  guint redirects;
  guint interim;    /* number of interim answers */
  gsize renewed_at; /* bytes received when the timeout was renewed */
  gboolean secret;
  SoupMessage *message;
  GInputStream *stream;
  guint8 *chunk;
  GByteArray *received;
  GCancellable *cancellable; /* internal: for the caller's cancel, the timeout and weak TLS */
  gulong cancel_id;
  GSource *timer;
  gboolean left;
  gboolean timed_out;
  gboolean weak_tls;
  gboolean babbles;
  EonayAnswer *answer;
} Exchange;

static void send_message (GTask *task);
static void read_on (GTask *task);

static void
drop_stream (Exchange *exchange)
{
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();

  if (exchange->stream == NULL)
    return;

  /* A normal close would first read the rest of a slow portal's answer. */
  g_cancellable_cancel (cancelled);
  g_input_stream_close_async (exchange->stream, G_PRIORITY_DEFAULT, cancelled, NULL, NULL);
  g_clear_object (&exchange->stream);
}

static void
drop_message (Exchange *exchange)
{
  if (exchange->message != NULL)
    g_signal_handlers_disconnect_by_data (exchange->message, exchange);
  g_clear_object (&exchange->message);
}

static void
stop_timer (Exchange *exchange)
{
  if (exchange->timer != NULL)
    g_source_destroy (exchange->timer);
  g_clear_pointer (&exchange->timer, g_source_unref);
}

static void
wipe_received (gpointer user_data)
{
  GByteArray *received = user_data;

  OPENSSL_cleanse (received->data, received->len);
  g_byte_array_unref (received);
}

static void
exchange_free (Exchange *exchange)
{
  drop_stream (exchange);
  drop_message (exchange);
  stop_timer (exchange);
  g_clear_object (&exchange->session);
  g_clear_pointer (&exchange->uri, g_uri_unref);
  g_clear_pointer (&exchange->body, g_bytes_unref);
  g_free (exchange->idempotency_key);
  g_clear_pointer (&exchange->received, wipe_received);
  OPENSSL_cleanse (exchange->chunk, CHUNK_SIZE);
  g_free (exchange->chunk);
  g_clear_object (&exchange->cancellable);
  g_clear_pointer (&exchange->answer, eonay_answer_free);
  g_free (exchange);
}

static void
settle (GTask *task)
{
  Exchange *exchange = g_task_get_task_data (task);

  stop_timer (exchange);
  drop_stream (exchange);
  drop_message (exchange);
  g_cancellable_disconnect (g_task_get_cancellable (task), exchange->cancel_id);
  exchange->cancel_id = 0;
}

static void
fail (GTask *task, EonayPortalError code, const char *message)
{
  Exchange *exchange = g_task_get_task_data (task);
  GError *error = g_error_new (EONAY_PORTAL_ERROR, (int) code, "%s", message);

  if (!exchange->left)
    eonay_portal_error_set_unsent (error);
  settle (task);
  g_task_return_error (task, error);
}

static EonayPortalError
code_of (Exchange *exchange, const GError *cause)
{
  if (exchange->timed_out || g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return EONAY_PORTAL_ERROR_TIMED_OUT;
  if (exchange->weak_tls)
    return EONAY_PORTAL_ERROR_TLS;
  if (exchange->babbles)
    return EONAY_PORTAL_ERROR_MALFORMED;
  /* After the request was sent, a TLS error means a closed connection. */
  if (cause->domain == G_TLS_ERROR && !exchange->left)
    return EONAY_PORTAL_ERROR_TLS;

  /* Also for headers that cannot be parsed: libsoup does not distinguish truncated from malformed
     ones. */
  return EONAY_PORTAL_ERROR_UNREACHABLE;
}

static void
fail_by (GTask *task, const GError *cause)
{
  Exchange *exchange = g_task_get_task_data (task);
  EonayPortalError code = code_of (exchange, cause);
  g_autofree char *message = NULL;

  if (g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    {
      settle (task);
      g_task_return_error_if_cancelled (task);
      return;
    }

  message = g_strconcat ("No answer from the portal: ",
                         code == EONAY_PORTAL_ERROR_TIMED_OUT ? "timed out" : cause->message, NULL);
  fail (task, code, message);
}

static gboolean
on_timeout (gpointer user_data)
{
  Exchange *exchange = g_task_get_task_data (user_data);

  exchange->timed_out = TRUE;
  g_cancellable_cancel (exchange->cancellable);

  return G_SOURCE_REMOVE;
}

static void
start_timer (GTask *task)
{
  Exchange *exchange = g_task_get_task_data (task);

  stop_timer (exchange);
  exchange->timer = g_timeout_source_new (exchange->timeout);
  g_task_attach_source (task, exchange->timer, on_timeout);
}

/* Single bytes do not renew it. */
static void
renew_timer (GTask *task)
{
  Exchange *exchange = g_task_get_task_data (task);

  if (exchange->received->len - exchange->renewed_at < RENEWING_SIZE ||
      eonay_clock_boottime (exchange->clock) >= exchange->deadline)
    return;

  exchange->renewed_at = exchange->received->len;
  start_timer (task);
}

static void
on_person_cancelled (GCancellable *cancellable, Exchange *exchange)
{
  g_cancellable_cancel (exchange->cancellable);
}

static void
on_starting (SoupMessage *message, Exchange *exchange)
{
  exchange->left = TRUE;
  exchange->answer->left_at = eonay_clock_boottime (exchange->clock);
}

/* While they arrive without pause libsoup does not return to the main loop, and no timer runs. */
static void
on_informational (SoupMessage *message, Exchange *exchange)
{
  exchange->interim++;
  if (exchange->interim <= INTERIM_MAX)
    return;

  exchange->babbles = TRUE;
  g_cancellable_cancel (exchange->cancellable);
}

static void
on_network_event (SoupMessage *message, GSocketClientEvent event, GIOStream *connection,
                  Exchange *exchange)
{
  const char *const protocols[] = { "http/1.1", NULL };

  /* libsoup 3.2 does not end a cancelled request while an HTTP/2 portal is silent. */
  if (event == G_SOCKET_CLIENT_TLS_HANDSHAKING && G_IS_TLS_CONNECTION (connection))
    g_tls_connection_set_advertised_protocols (G_TLS_CONNECTION (connection), protocols);
  if (event == G_SOCKET_CLIENT_TLS_HANDSHAKED && G_IS_TLS_CONNECTION (connection) &&
      g_tls_connection_get_protocol_version (G_TLS_CONNECTION (connection)) <
          G_TLS_PROTOCOL_VERSION_TLS_1_2)
    {
      exchange->weak_tls = TRUE;
      g_cancellable_cancel (exchange->cancellable);
    }
}

static void
follow_redirect (GTask *task)
{
  Exchange *exchange = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  GUri *target = eonay_redirect_find_target (exchange->message, exchange->uri, &error);

  if (target != NULL && exchange->redirects == REDIRECTS_MAX)
    {
      g_uri_unref (target);
      fail (task, EONAY_PORTAL_ERROR_MALFORMED, "The portal redirects to an invalid address");
      return;
    }

  if (target == NULL)
    {
      fail (task, (EonayPortalError) error->code, error->message);
      return;
    }

  exchange->redirects++;
  g_uri_unref (exchange->uri);
  exchange->uri = target;
  drop_stream (exchange);
  drop_message (exchange);
  send_message (task);
}

static void
on_closed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Exchange *exchange = g_task_get_task_data (task);
  EonayAnswer *answer = g_steal_pointer (&exchange->answer);
  GByteArray *received = g_steal_pointer (&exchange->received);

  answer->body = g_bytes_new_with_free_func (received->data, received->len, wipe_received,
                                             received);
  g_clear_object (&exchange->stream);
  settle (task);
  g_task_return_pointer (task, answer, (GDestroyNotify) eonay_answer_free);
}

/* Without keep-alive, libsoup takes the end of the connection for the end of the answer. */
static gboolean
is_cut (Exchange *exchange)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (exchange->message);

  return soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH &&
         exchange->received->len < soup_message_headers_get_content_length (headers);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Exchange *exchange = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  gssize length = g_input_stream_read_finish (G_INPUT_STREAM (source), result, &error);

  if (length < 0)
    {
      fail_by (task, error);
      return;
    }

  if (length == 0 && is_cut (exchange))
    {
      fail (task, EONAY_PORTAL_ERROR_UNREACHABLE, "The portal's answer is truncated");
      return;
    }

  /* The connection can be reused only after the stream was closed. */
  if (length == 0)
    {
      g_input_stream_close_async (exchange->stream, G_PRIORITY_DEFAULT, exchange->cancellable,
                                  on_closed, g_object_ref (task));
      return;
    }

  if ((gsize) length > exchange->cap - exchange->received->len)
    {
      fail (task, EONAY_PORTAL_ERROR_TOO_LARGE, "The portal's answer is too large");
      return;
    }

  g_byte_array_append (exchange->received, exchange->chunk, (guint) length);
  renew_timer (task);
  read_on (task);
}

static void
read_on (GTask *task)
{
  Exchange *exchange = g_task_get_task_data (task);

  g_input_stream_read_async (exchange->stream, exchange->chunk, CHUNK_SIZE, G_PRIORITY_DEFAULT,
                             exchange->cancellable, on_read, g_object_ref (task));
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Exchange *exchange = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  exchange->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (exchange->stream == NULL)
    {
      fail_by (task, error);
      return;
    }

  /* Nothing of the request has left: it is the proxy's answer to CONNECT. */
  if (!exchange->left)
    {
      fail (task, EONAY_PORTAL_ERROR_PROXY, "The proxy does not connect to the portal");
      return;
    }

  if (eonay_redirect_is_one (exchange->message))
    {
      follow_redirect (task);
      return;
    }

  eonay_answer_take_head (exchange->answer, exchange->message, exchange->clock);
  read_on (task);
}

static void
send_message (GTask *task)
{
  Exchange *exchange = g_task_get_task_data (task);
  SoupMessage *message = soup_message_new_from_uri (exchange->method, exchange->uri);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  exchange->message = message;
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  soup_message_headers_append (headers, "Accept", "*/*");
  if (exchange->secret)
    eonay_secret_message_set_body (message, exchange->body);
  else if (exchange->body != NULL)
    soup_message_set_request_body_from_bytes (message, "application/json", exchange->body);
  if (exchange->idempotency_key != NULL)
    soup_message_headers_append (headers, "Idempotency-Key", exchange->idempotency_key);

  g_signal_connect (message, "starting", G_CALLBACK (on_starting), exchange);
  g_signal_connect (message, "got-informational", G_CALLBACK (on_informational), exchange);
  g_signal_connect (message, "network-event", G_CALLBACK (on_network_event), exchange);
  soup_session_send_async (exchange->session, message, G_PRIORITY_DEFAULT, exchange->cancellable,
                           on_sent, g_object_ref (task));
}

void
eonay_exchange_async (SoupSession *session, const EonayClock *clock,
                      const EonayExchangeRequest *request, GCancellable *cancellable,
                      GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (session, cancellable, callback, user_data);
  Exchange *exchange = g_new0 (Exchange, 1);

  exchange->session = g_object_ref (session);
  exchange->clock = clock;
  exchange->method = request->method;
  exchange->uri = g_uri_ref (request->uri);
  exchange->body = request->body == NULL ? NULL : g_bytes_ref (request->body);
  exchange->idempotency_key = g_strdup (request->idempotency_key);
  exchange->cap = request->cap;
  exchange->timeout = request->timeout;
  exchange->deadline = request->deadline;
  exchange->secret = request->secret;
  exchange->chunk = g_malloc (CHUNK_SIZE);
  /* A growing array leaves copies in freed memory. */
  exchange->received = g_byte_array_sized_new (exchange->secret ? (guint) exchange->cap : 0);
  exchange->cancellable = g_cancellable_new ();
  exchange->answer = g_new0 (EonayAnswer, 1);
  exchange->answer->left_at = eonay_clock_boottime (clock);
  g_task_set_task_data (task, exchange, (GDestroyNotify) exchange_free);
  g_task_set_source_tag (task, eonay_exchange_async);

  if (g_task_return_error_if_cancelled (task))
    return;

  if (cancellable != NULL)
    exchange->cancel_id = g_cancellable_connect (cancellable, G_CALLBACK (on_person_cancelled),
                                                 exchange, NULL);
  start_timer (task);
  send_message (task);
}

EonayAnswer *
eonay_exchange_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
