#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/eonay-error.h"
#include "portal-rig.h"
#include "practice/portal/eonay-practice-tls.h"

#define CODE "820004526184196"
#define HEAD "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
#define DAY 86400L

/** What a server on a bare socket does with each connection. */
typedef struct {
  GSocketService *service;
  GTlsCertificate *certificate;
  const char *bytes;
  gboolean stay;
  gboolean endless;
  gboolean offers_http_2;
  char *spoken; /* what TLS settled on */
  guint16 port;
  GPtrArray *connections;
} Wire;

static void write_on (Wire *wire, GOutputStream *output);

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Wire *wire = user_data;

  if (g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL) &&
      wire->endless)
    write_on (wire, G_OUTPUT_STREAM (source));
  else if (!wire->stay)
    g_ptr_array_set_size (wire->connections, 0);
}

static void
write_on (Wire *wire, GOutputStream *output)
{
  g_output_stream_write_all_async (output, wire->bytes, strlen (wire->bytes), G_PRIORITY_DEFAULT,
                                   NULL, on_written, wire);
}

static void on_request (GObject *source, GAsyncResult *result, gpointer user_data);

static void
read_on (Wire *wire, GInputStream *input)
{
  g_input_stream_read_bytes_async (input, 65536, G_PRIORITY_DEFAULT, NULL, on_request, wire);
}

static gboolean
has_end (GBytes *part)
{
  gsize length;
  const char *bytes = g_bytes_get_data (part, &length);

  /* Either a JSON body ends, or somebody says hello in TLS (record type 22). */
  return length == 0 || bytes[length - 1] == '}' || bytes[0] == 22;
}

static void
on_request (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Wire *wire = user_data;
  g_autoptr (GBytes) part = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result,
                                                              NULL);

  if (part != NULL && wire->offers_http_2)
    {
      GTlsConnection *connection = g_ptr_array_index (wire->connections,
                                                      wire->connections->len - 1);

      g_free (wire->spoken);
      wire->spoken = g_strdup (g_tls_connection_get_negotiated_protocol (connection));
    }

  /* To close with a part of the request unread would reset the connection. */
  if (part != NULL && !has_end (part))
    read_on (wire, G_INPUT_STREAM (source));
  else if (part != NULL && wire->connections->len > 0)
    write_on (wire, g_io_stream_get_output_stream (
                        g_ptr_array_index (wire->connections, wire->connections->len - 1)));
}

static gboolean
on_connection (GSocketService *service, GSocketConnection *connection, GObject *source,
               gpointer user_data)
{
  Wire *wire = user_data;
  GIOStream *stream = G_IO_STREAM (connection);

  if (wire->certificate == NULL)
    g_ptr_array_add (wire->connections, g_object_ref (stream));
  else
    g_ptr_array_add (wire->connections,
                     g_tls_server_connection_new (stream, wire->certificate, NULL));
  stream = g_ptr_array_index (wire->connections, wire->connections->len - 1);
  if (wire->offers_http_2)
    g_tls_connection_set_advertised_protocols (G_TLS_CONNECTION (stream),
                                               (const char *const[]){ "h2", "http/1.1", NULL });
  read_on (wire, g_io_stream_get_input_stream (stream));

  return TRUE;
}

static Wire *
wire_new (GTlsCertificate *certificate, const char *bytes, gboolean stay)
{
  Wire *wire = g_new0 (Wire, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError) error = NULL;

  wire->certificate = certificate == NULL ? NULL : g_object_ref (certificate);
  wire->bytes = bytes;
  wire->stay = stay;
  wire->connections = g_ptr_array_new_with_free_func (g_object_unref);
  wire->service = g_socket_service_new ();
  g_socket_listener_add_address (G_SOCKET_LISTENER (wire->service), address, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &bound, &error);
  g_assert_no_error (error);
  wire->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  g_signal_connect (wire->service, "incoming", G_CALLBACK (on_connection), wire);

  return wire;
}

static void
wire_free (Wire *wire)
{
  /* Its reads and writes end with the streams. */
  wire->endless = FALSE;
  wire->stay = TRUE;
  for (guint i = 0; i < wire->connections->len; i++)
    g_io_stream_close (g_ptr_array_index (wire->connections, i), NULL, NULL);
  g_socket_service_stop (wire->service);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_socket_listener_close (G_SOCKET_LISTENER (wire->service));
  g_object_unref (wire->service);
  g_ptr_array_unref (wire->connections);
  g_clear_object (&wire->certificate);
  g_free (wire->spoken);
  g_free (wire);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Wire, wire_free)

static void
assert_fails (Wire *wire, const char *scheme, const char *host, const char *ca_file, guint timeout,
              EonayPortalError expected)
{
  const EonayPortalTiming timing = { .timeout = timeout, .first_wait = 1, .longest_wait = 1 };
  g_autofree char *url = g_strdup_printf ("%s://%s:%u/", scheme, host, wire->port);
  EonayPortal *portal = portal_rig_new_client (NULL, url, ca_file);
  g_autoptr (GError) error = NULL;

  eonay_portal_set_timing (portal, &timing);
  g_assert_null (portal_rig_resolve (portal, CODE, &error));
  g_assert_error (error, EONAY_PORTAL_ERROR, (int) expected);
  g_assert_finalize_object (portal);
}

static void
assert_bytes (const char *bytes, EonayPortalError expected)
{
  g_autoptr (Wire) wire = wire_new (NULL, bytes, FALSE);

  assert_fails (wire, "http", "127.0.0.1", NULL, 20000, expected);
}

static void
test_cut (void)
{
  assert_bytes ("", EONAY_PORTAL_ERROR_UNREACHABLE);
  assert_bytes ("HTTP/1.1 200 O", EONAY_PORTAL_ERROR_UNREACHABLE);
  assert_bytes (HEAD "Content-Length: 100\r\n\r\n{\"trans", EONAY_PORTAL_ERROR_UNREACHABLE);
  assert_bytes (HEAD "Content-Length: 9223372036854775807\r\n\r\n{}",
                EONAY_PORTAL_ERROR_UNREACHABLE);
  assert_bytes (HEAD "Connection: close\r\nContent-Length: 100\r\n\r\n{}",
                EONAY_PORTAL_ERROR_UNREACHABLE);
  assert_bytes (HEAD "Transfer-Encoding: chunked\r\n\r\n64\r\n{\"trans",
                EONAY_PORTAL_ERROR_UNREACHABLE);
}

static void
test_garbage (void)
{
  assert_bytes ("SSH-2.0-OpenSSH\r\n\r\n", EONAY_PORTAL_ERROR_UNREACHABLE);
  assert_bytes (HEAD "\r\n{\"a\":", EONAY_PORTAL_ERROR_MALFORMED);
  assert_bytes (HEAD "\r\n\xff\xfe", EONAY_PORTAL_ERROR_MALFORMED);
}

static void
test_nobody_listens (void)
{
  g_autoptr (Wire) wire = wire_new (NULL, "", FALSE);

  g_socket_service_stop (wire->service);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_socket_listener_close (G_SOCKET_LISTENER (wire->service));
  assert_fails (wire, "http", "127.0.0.1", NULL, 20000, EONAY_PORTAL_ERROR_UNREACHABLE);
}

static void
test_silence (void)
{
  const char *starts[] = {
    "",
    "HTTP/1.1 200 OK\r\n",
    HEAD "Content-Length: 100\r\n\r\n{",
  };
  g_autoptr (Wire) redirect = wire_new (
      NULL, "HTTP/1.1 307 Over There\r\nLocation: /x\r\nContent-Length: 100\r\n\r\n", TRUE);

  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    {
      g_autoptr (Wire) wire = wire_new (NULL, starts[i], TRUE);

      assert_fails (wire, "http", "127.0.0.1", NULL, 40, EONAY_PORTAL_ERROR_TIMED_OUT);
    }

  /* The body of a redirect is not waited for. */
  assert_fails (redirect, "http", "127.0.0.1", NULL, 20000, EONAY_PORTAL_ERROR_MALFORMED);
}

static void
test_endless_header_and_body (void)
{
  g_autoptr (Wire) header = wire_new (NULL, "HTTP/1.1 200 OK\r\nX: y\r\n", TRUE);
  g_autoptr (Wire) body = wire_new (NULL, HEAD "\r\n        ", TRUE);

  header->endless = TRUE;
  assert_fails (header, "http", "127.0.0.1", NULL, 20000, EONAY_PORTAL_ERROR_UNREACHABLE);
  body->endless = TRUE;
  assert_fails (body, "http", "127.0.0.1", NULL, 20000, EONAY_PORTAL_ERROR_TOO_LARGE);
}

static char *
write_ca (const char *folder, EonayPracticeTls *tls)
{
  char *path = g_build_filename (folder, "ca.pem", NULL);

  g_assert_true (g_file_set_contents (path, tls->ca_pem, -1, NULL));

  return path;
}

static void
assert_tls (const char *certificate_host, long not_before, long not_after, gboolean right_ca,
            EonayPortalError expected)
{
  g_autofree char *folder = g_dir_make_tmp ("eonay-wire-XXXXXX", NULL);
  g_autoptr (EonayPracticeTls) tls = eonay_practice_tls_new (certificate_host, not_before,
                                                             not_after, NULL);
  g_autoptr (EonayPracticeTls) other = eonay_practice_tls_new ("localhost", -DAY, DAY, NULL);
  g_autofree char *ca_file = write_ca (folder, right_ca ? tls : other);
  g_autoptr (Wire) wire = wire_new (tls->certificate,
                                    "HTTP/1.1 500 Oops\r\n"
                                    "Content-Length: 0\r\n\r\n",
                                    FALSE);

  assert_fails (wire, "https", "localhost", ca_file, 20000, expected);
  g_unlink (ca_file);
  g_rmdir (folder);
}

static void
test_tls (void)
{
  assert_tls ("localhost", -DAY, DAY, TRUE, EONAY_PORTAL_ERROR_UNAVAILABLE);
  assert_tls ("localhost", -DAY, DAY, FALSE, EONAY_PORTAL_ERROR_TLS);
  assert_tls ("localhost", -2 * DAY, -DAY, TRUE, EONAY_PORTAL_ERROR_TLS);
  assert_tls ("localhost", DAY, 2 * DAY, TRUE, EONAY_PORTAL_ERROR_TLS);
  assert_tls ("baska.example", -DAY, DAY, TRUE, EONAY_PORTAL_ERROR_TLS);
}

static void
test_system_does_not_trust_it (void)
{
  g_autoptr (EonayPracticeTls) tls = eonay_practice_tls_new ("localhost", -DAY, DAY, NULL);
  g_autoptr (Wire) wire = wire_new (tls->certificate, HEAD "\r\n{}", FALSE);

  assert_fails (wire, "https", "localhost", NULL, 20000, EONAY_PORTAL_ERROR_TLS);
}

static void
test_no_tls_behind_https (void)
{
  g_autoptr (Wire) wire = wire_new (NULL, "HTTP/1.1 400 Bad Request\r\n\r\n", FALSE);

  assert_fails (wire, "https", "localhost", NULL, 20000, EONAY_PORTAL_ERROR_TLS);
}

/* A portal that is silent in HTTP/2 could not be left. */
static void
test_stays_with_http_1 (void)
{
  const char body[] = "{\"sms_code\":\"314159\"}";
  g_autofree char *folder = g_dir_make_tmp ("eonay-wire-XXXXXX", NULL);
  g_autoptr (EonayPracticeTls) tls = eonay_practice_tls_new ("localhost", -DAY, DAY, NULL);
  g_autofree char *ca_file = write_ca (folder, tls);
  g_autoptr (Wire) wire = wire_new (tls->certificate,
                                    HEAD "Connection: close\r\n"
                                         "Content-Length: 2\r\n\r\n{}",
                                    FALSE);
  g_autofree char *url = g_strdup_printf ("https://localhost:%u/", wire->port);
  g_autoptr (EonayPortal) portal = portal_rig_new_client (NULL, url, ca_file);
  g_autoptr (GBytes) json = g_bytes_new_static (body, strlen (body));

  wire->offers_http_2 = TRUE;
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (EonayAnswer) answer = NULL;
      g_autoptr (GError) error = NULL;

      g_clear_pointer (&wire->spoken, g_free);
      eonay_portal_post_async (portal, "x", json, NULL, i == 1, NULL, portal_rig_keep_result,
                               &result);
      answer = eonay_portal_post_finish (portal, portal_rig_wait (&result), &error);
      g_assert_no_error (error);
      g_assert_cmpuint (answer->status, ==, 200);
      g_assert_cmpstr (wire->spoken, ==, "http/1.1");
    }
  g_unlink (ca_file);
  g_rmdir (folder);
}

static GLogWriterOutput
drop_warnings (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  return level == G_LOG_LEVEL_WARNING ? G_LOG_WRITER_HANDLED
                                      : g_log_writer_default (level, fields, n_fields, user_data);
}

static void
test_missing_ca_file (void)
{
  g_autoptr (Wire) wire = wire_new (NULL, "", FALSE);

  assert_fails (wire, "https", "localhost", "/nonexistent/ca.pem", 20000,
                EONAY_PORTAL_ERROR_PROFILE);
}

/* What does not end, and what never begins, is told at once. */
static void
test_ca_is_no_file (void)
{
  g_autofree char *folder = g_dir_make_tmp ("eonay-wire-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "ca.pem", NULL);
  g_autoptr (Wire) wire = wire_new (NULL, "", FALSE);

  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  assert_fails (wire, "https", "localhost", path, 20000, EONAY_PORTAL_ERROR_PROFILE);
  g_unlink (path);
  g_assert_true (g_file_set_contents (path, "", -1, NULL));
  g_assert_cmpint (truncate (path, 1024 * 1024 + 1), ==, 0);
  assert_fails (wire, "https", "localhost", path, 20000, EONAY_PORTAL_ERROR_PROFILE);
  assert_fails (wire, "https", "localhost", "/dev/zero", 20000, EONAY_PORTAL_ERROR_PROFILE);
  g_unlink (path);
  g_rmdir (folder);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_log_set_writer_func (drop_warnings, NULL, NULL);
  g_test_add_func ("/portal/wire/cut", test_cut);
  g_test_add_func ("/portal/wire/garbage", test_garbage);
  g_test_add_func ("/portal/wire/nobody-listens", test_nobody_listens);
  g_test_add_func ("/portal/wire/silence", test_silence);
  g_test_add_func ("/portal/wire/endless", test_endless_header_and_body);
  g_test_add_func ("/portal/wire/tls", test_tls);
  g_test_add_func ("/portal/wire/system-does-not-trust-it", test_system_does_not_trust_it);
  g_test_add_func ("/portal/wire/no-tls-behind-https", test_no_tls_behind_https);
  g_test_add_func ("/portal/wire/stays-with-http-1", test_stays_with_http_1);
  g_test_add_func ("/portal/wire/missing-ca-file", test_missing_ca_file);
  g_test_add_func ("/portal/wire/ca-is-no-file", test_ca_is_no_file);

  return g_test_run ();
}
