#include "portal/eonay-portal-probe.h"

#include <string.h>

#include "base/eonay-error.h"
#include "portal/eonay-portal-private.h"
#include "portal/message/eonay-redirect.h"

#define PATH "v1/transactions/resolve"
/* An empty code: no real one is spent or guessed. */
#define BODY "{\"code\":\"\"}"
#define BODY_MAX (64 * 1024)
#define REDIRECTS_MAX 3

typedef struct {
  EonayPortal *portal;
  const EonayClock *clock;
  GUri *uri;
  SoupMessage *message;
  guint redirects;
  GInputStream *stream;
  guint8 *body;
  GCancellable *cancellable; /* internal: for the caller's cancel, the timeout and weak TLS */
  gulong cancel_id;
  GSource *timer;
  gboolean timed_out;
  gboolean weak_tls;
  GDateTime *before;
  EonayPortalProbeFacts *facts;
} Probe;

void
eonay_portal_probe_facts_free (EonayPortalProbeFacts *self)
{
  if (self == NULL)
    return;

  g_clear_error (&self->error);
  g_free (self->proxy);
  g_free (self->tls_version);
  g_free (self);
}

static void
drop_message (Probe *probe)
{
  if (probe->message != NULL)
    g_signal_handlers_disconnect_by_data (probe->message, probe);
  g_clear_object (&probe->message);
}

static void
drop_stream (Probe *probe)
{
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();

  if (probe->stream == NULL)
    return;

  /* A normal close would first read the rest of a slow portal's answer. */
  g_cancellable_cancel (cancelled);
  g_input_stream_close_async (probe->stream, G_PRIORITY_DEFAULT, cancelled, NULL, NULL);
  g_clear_object (&probe->stream);
}

static void
probe_free (Probe *probe)
{
  if (probe->timer != NULL)
    g_source_destroy (probe->timer);
  g_clear_pointer (&probe->timer, g_source_unref);
  drop_stream (probe);
  drop_message (probe);
  g_free (probe->body);
  g_clear_object (&probe->portal);
  g_clear_pointer (&probe->uri, g_uri_unref);
  g_clear_object (&probe->cancellable);
  g_clear_pointer (&probe->before, g_date_time_unref);
  g_clear_pointer (&probe->facts, eonay_portal_probe_facts_free);
  g_free (probe);
}

char *
eonay_portal_probe_describe_proxy (const char *uri)
{
  g_autoptr (GUri) parsed = g_uri_parse (uri, G_URI_FLAGS_NONE, NULL);

  if (parsed == NULL || g_uri_get_host (parsed) == NULL || *g_uri_get_host (parsed) == '\0')
    return NULL;

  return g_uri_join (G_URI_FLAGS_NONE, g_uri_get_scheme (parsed), NULL, g_uri_get_host (parsed),
                     g_uri_get_port (parsed), "", NULL, NULL);
}

gint64
eonay_portal_probe_compare (GDateTime *before, GDateTime *after, GDateTime *date)
{
  gint64 ahead = g_date_time_difference (before, date) / G_TIME_SPAN_SECOND - 1;
  gint64 behind = g_date_time_difference (date, after) / G_TIME_SPAN_SECOND;

  if (ahead > 0)
    return ahead;

  return behind > 0 ? -behind : 0;
}

static void
on_cancelled (GCancellable *cancellable, Probe *probe)
{
  g_cancellable_cancel (probe->cancellable);
}

static gboolean
on_timeout (gpointer user_data)
{
  Probe *probe = user_data;

  probe->timed_out = TRUE;
  g_cancellable_cancel (probe->cancellable);

  return G_SOURCE_REMOVE;
}

static void
settle (GTask *task)
{
  Probe *probe = g_task_get_task_data (task);

  g_cancellable_disconnect (g_task_get_cancellable (task), probe->cancel_id);
  probe->cancel_id = 0;
  g_task_return_pointer (task, g_steal_pointer (&probe->facts),
                         (GDestroyNotify) eonay_portal_probe_facts_free);
}

static EonayPortalError
code_of (Probe *probe, const GError *cause)
{
  if (probe->timed_out || g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return EONAY_PORTAL_ERROR_TIMED_OUT;
  if (probe->weak_tls || probe->facts->tls_problems != 0 || cause->domain == G_TLS_ERROR)
    return EONAY_PORTAL_ERROR_TLS;

  return EONAY_PORTAL_ERROR_UNREACHABLE;
}

static void
compare_clocks (Probe *probe)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (probe->message);
  const char *text = soup_message_headers_get_one (headers, "Date");
  g_autoptr (GDateTime) date = text != NULL ? soup_date_time_new_from_http_string (text) : NULL;
  g_autoptr (GDateTime) after = eonay_clock_realtime (probe->clock);

  if (date == NULL || probe->before == NULL)
    return;

  probe->facts->has_date = TRUE;
  probe->facts->ahead = eonay_portal_probe_compare (probe->before, after, date);
}

static void
fail_by (GTask *task, const GError *cause)
{
  Probe *probe = g_task_get_task_data (task);

  probe->facts->status = 0;
  probe->facts->error = g_error_new (EONAY_PORTAL_ERROR, (int) code_of (probe, cause), "%s",
                                     cause->message);
  settle (task);
}

/* Only a portal knows the format of a code. */
static gboolean
is_portals_answer (const GError *error)
{
  return g_error_matches (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_CODE_MALFORMED) ||
         g_error_matches (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_CODE_UNKNOWN);
}

static void
judge_answer (Probe *probe, gsize length)
{
  g_autoptr (EonayAnswer) answer = g_new0 (EonayAnswer, 1);
  g_autoptr (GError) error = NULL;

  eonay_answer_take_head (answer, probe->message, probe->clock);
  answer->body = g_bytes_new (probe->body, length);
  if (eonay_answer_check (answer, NULL, &error))
    error = g_error_new_literal (EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_MALFORMED,
                                 "The server resolves an empty code");
  if (!is_portals_answer (error))
    probe->facts->error = g_steal_pointer (&error);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Probe *probe = g_task_get_task_data (task);
  g_autoptr (GError) cause = NULL;
  gsize length;

  if (!g_input_stream_read_all_finish (G_INPUT_STREAM (source), result, &length, &cause))
    {
      fail_by (task, cause);
      return;
    }

  judge_answer (probe, length);
  settle (task);
}

static void send (GTask *task);

/* As many redirects as a signing would follow. */
static void
follow_redirect (GTask *task)
{
  Probe *probe = g_task_get_task_data (task);
  g_autoptr (GUri) target = eonay_redirect_find_target (probe->message, probe->uri,
                                                        &probe->facts->error);

  if (target != NULL && probe->redirects >= REDIRECTS_MAX)
    probe->facts->error = g_error_new_literal (EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_MALFORMED,
                                               "Too many redirects");
  if (probe->facts->error != NULL)
    {
      settle (task);
      return;
    }

  probe->redirects++;
  g_uri_unref (probe->uri);
  probe->uri = g_steal_pointer (&target);
  drop_stream (probe);
  drop_message (probe);
  send (task);
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Probe *probe = g_task_get_task_data (task);
  g_autoptr (GError) cause = NULL;

  probe->stream = soup_session_send_finish (SOUP_SESSION (source), result, &cause);
  if (probe->stream == NULL)
    {
      fail_by (task, cause);
      return;
    }

  probe->facts->status = soup_message_get_status (probe->message);
  compare_clocks (probe);
  if (eonay_redirect_is_one (probe->message))
    {
      follow_redirect (task);
      return;
    }

  probe->body = g_malloc (BODY_MAX);
  g_input_stream_read_all_async (probe->stream, probe->body, BODY_MAX, G_PRIORITY_DEFAULT,
                                 probe->cancellable, on_read, g_object_ref (task));
}

static gboolean
on_certificate (SoupMessage *message, GTlsCertificate *certificate, GTlsCertificateFlags problems,
                Probe *probe)
{
  probe->facts->tls_problems = problems;

  return FALSE;
}

static const char *
name_version (GTlsProtocolVersion version)
{
  switch (version)
    {
    case G_TLS_PROTOCOL_VERSION_TLS_1_3:
      return "TLS 1.3";
    case G_TLS_PROTOCOL_VERSION_TLS_1_2:
      return "TLS 1.2";
    case G_TLS_PROTOCOL_VERSION_TLS_1_1:
      return "TLS 1.1";
    case G_TLS_PROTOCOL_VERSION_TLS_1_0:
      return "TLS 1.0";
    default:
      return "SSL";
    }
}

static void
learn_version (Probe *probe, GIOStream *connection)
{
  GTlsProtocolVersion version;

  if (!G_IS_TLS_CONNECTION (connection))
    return;

  version = g_tls_connection_get_protocol_version (G_TLS_CONNECTION (connection));
  g_free (probe->facts->tls_version);
  probe->facts->tls_version = g_strdup (name_version (version));
  if (version < G_TLS_PROTOCOL_VERSION_TLS_1_2)
    {
      probe->weak_tls = TRUE;
      g_cancellable_cancel (probe->cancellable);
    }
}

static void
on_network_event (SoupMessage *message, GSocketClientEvent event, GIOStream *connection,
                  Probe *probe)
{
  static const EonayPortalStep steps[] = {
    [G_SOCKET_CLIENT_RESOLVING] = EONAY_PORTAL_STEP_NAME,
    [G_SOCKET_CLIENT_RESOLVED] = EONAY_PORTAL_STEP_NAME,
    [G_SOCKET_CLIENT_CONNECTING] = EONAY_PORTAL_STEP_CONNECT,
    [G_SOCKET_CLIENT_CONNECTED] = EONAY_PORTAL_STEP_CONNECT,
    [G_SOCKET_CLIENT_PROXY_NEGOTIATING] = EONAY_PORTAL_STEP_PROXY,
    [G_SOCKET_CLIENT_PROXY_NEGOTIATED] = EONAY_PORTAL_STEP_PROXY,
    [G_SOCKET_CLIENT_TLS_HANDSHAKING] = EONAY_PORTAL_STEP_TLS,
  };

  if (event == G_SOCKET_CLIENT_TLS_HANDSHAKED)
    learn_version (probe, connection);
  else if (event < (int) G_N_ELEMENTS (steps))
    probe->facts->step = MAX (probe->facts->step, steps[event]);
}

static void
on_starting (SoupMessage *message, Probe *probe)
{
  probe->facts->step = EONAY_PORTAL_STEP_ANSWER;
  g_clear_pointer (&probe->before, g_date_time_unref);
  probe->before = eonay_clock_realtime (probe->clock);
}

static void
send (GTask *task)
{
  Probe *probe = g_task_get_task_data (task);
  SoupSession *session = eonay_portal_get_session (probe->portal);
  g_autoptr (GBytes) body = g_bytes_new_static (BODY, strlen (BODY));
  SoupMessageHeaders *headers;

  probe->message = soup_message_new_from_uri ("POST", probe->uri);
  soup_message_add_flags (probe->message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_NEW_CONNECTION);
  headers = soup_message_get_request_headers (probe->message);
  soup_message_headers_append (headers, "Accept", "*/*");
  soup_message_headers_append (headers, "Connection", "close");
  soup_message_set_request_body_from_bytes (probe->message, "application/json", body);
  g_signal_connect (probe->message, "starting", G_CALLBACK (on_starting), probe);
  g_signal_connect (probe->message, "network-event", G_CALLBACK (on_network_event), probe);
  g_signal_connect (probe->message, "accept-certificate", G_CALLBACK (on_certificate), probe);
  soup_session_send_async (session, probe->message, G_PRIORITY_DEFAULT, probe->cancellable, on_sent,
                           g_object_ref (task));
}

static void
on_proxies (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Probe *probe = g_task_get_task_data (task);
  g_auto (GStrv) proxies = g_proxy_resolver_lookup_finish (G_PROXY_RESOLVER (source), result, NULL);

  probe->facts->has_proxy_answer = proxies != NULL && proxies[0] != NULL;
  if (probe->facts->has_proxy_answer)
    probe->facts->proxy = eonay_portal_probe_describe_proxy (proxies[0]);
  send (task);
}

void
eonay_portal_probe_async (EonayPortalProfile *profile, guint timeout, const EonayClock *clock,
                          GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Probe *probe = g_new0 (Probe, 1);
  g_autofree char *url = g_strconcat (eonay_portal_profile_get_base_url (profile), PATH, NULL);

  probe->portal = eonay_portal_new (profile, clock);
  probe->clock = clock;
  probe->uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);
  probe->cancellable = g_cancellable_new ();
  probe->facts = g_new0 (EonayPortalProbeFacts, 1);
  g_task_set_task_data (task, probe, (GDestroyNotify) probe_free);
  g_task_set_source_tag (task, eonay_portal_probe_async);
  if (eonay_portal_get_session (probe->portal) == NULL || probe->uri == NULL)
    {
      probe->facts->error = g_error_new_literal (EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_PROFILE,
                                                 "The profile's CA file or address cannot be used");
      settle (task);
      return;
    }

  if (cancellable != NULL)
    probe->cancel_id = g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled), probe, NULL);
  probe->timer = g_timeout_source_new (timeout);
  g_source_set_callback (probe->timer, on_timeout, probe, NULL);
  g_source_attach (probe->timer, g_main_context_get_thread_default ());
  g_proxy_resolver_lookup_async (g_proxy_resolver_get_default (), url, probe->cancellable,
                                 on_proxies, g_object_ref (task));
}

EonayPortalProbeFacts *
eonay_portal_probe_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
