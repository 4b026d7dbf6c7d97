#include <string.h>

#include "base/eonay-error.h"
#include "eonay-config.h"
#include "portal-stub.h"
#include "portal/message/eonay-problem.h"

static guint wanted_status;
static const char *wanted_type;
static const char *wanted_body;
static const char *wanted_location;

static void
answer_as_wanted (PortalStub *stub, SoupServerMessage *message, const char *path)
{
  portal_stub_reply (message, wanted_status, wanted_type, wanted_body);
}

static void
assert_answer (guint status, const char *type, const char *body, EonayPortalError expected)
{
  g_autoptr (PortalStub) stub = portal_stub_new (answer_as_wanted);

  wanted_status = status;
  wanted_type = type;
  wanted_body = body;
  portal_stub_assert_resolve_fails (stub, expected);
  g_assert_cmpuint (stub->requests, ==, 1);
}

static void
test_statuses_without_problem (void)
{
  assert_answer (500, "text/html", "<h1>Oops</h1>", EONAY_PORTAL_ERROR_UNAVAILABLE);
  assert_answer (502, "text/html", "", EONAY_PORTAL_ERROR_UNAVAILABLE);
  assert_answer (429, "text/plain", "", EONAY_PORTAL_ERROR_TOO_MANY_REQUESTS);
  assert_answer (401, "text/html", "", EONAY_PORTAL_ERROR_REFUSED);
  assert_answer (404, "text/html", "", EONAY_PORTAL_ERROR_REFUSED);
  assert_answer (204, "text/plain", "", EONAY_PORTAL_ERROR_MALFORMED);
  assert_answer (304, "text/plain", "", EONAY_PORTAL_ERROR_MALFORMED);
  assert_answer (200, "text/html", "<h1>Login</h1>", EONAY_PORTAL_ERROR_MALFORMED);
  assert_answer (200, "application/json", "{}", EONAY_PORTAL_ERROR_MALFORMED);
}

static void
test_each_problem (void)
{
  guint n;
  const EonayProblem *problems = eonay_problem_list (&n);
  const char *prefixes[] = { "https://kurum.example/problems/", "urn:x:", "#", "" };

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *body = g_strdup_printf ("{\"type\":\"%s%s\",\"status\":%u}",
                                               prefixes[i % G_N_ELEMENTS (prefixes)],
                                               problems[i].word, problems[i].status);

      assert_answer (problems[i].status, "application/problem+json; charset=utf-8", body,
                     problems[i].code);
    }
}

static void
test_odd_problems (void)
{
  const char *used = "{\"type\":\"urn:eonay:problem:code-used\"}";

  assert_answer (500, "application/problem+json", used, EONAY_PORTAL_ERROR_UNAVAILABLE);
  assert_answer (404, "application/problem+json", used, EONAY_PORTAL_ERROR_REFUSED);
  assert_answer (409, "application/json", used, EONAY_PORTAL_ERROR_REFUSED);
  assert_answer (409, "application/problem+json", "{\"type\":7}", EONAY_PORTAL_ERROR_REFUSED);
  assert_answer (409, "application/problem+json", "[[", EONAY_PORTAL_ERROR_REFUSED);
  assert_answer (409, "application/problem+json", "{\"type\":\"about:blank\"}",
                 EONAY_PORTAL_ERROR_REFUSED);
  assert_answer (409, "application/problem+json", "", EONAY_PORTAL_ERROR_REFUSED);
}

static void
answer_wait (PortalStub *stub, SoupServerMessage *message, const char *path)
{
  soup_message_headers_append (soup_server_message_get_response_headers (message), "Retry-After",
                               wanted_body);
  portal_stub_reply (message, 429, "text/plain", "");
}

static void
assert_retry_after (const char *header, int expected)
{
  g_autoptr (PortalStub) stub = portal_stub_new (answer_wait);
  g_autoptr (GError) error = NULL;

  wanted_body = header;
  g_assert_null (portal_rig_resolve (stub->portal, PORTAL_STUB_CODE, &error));
  g_assert_error (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_TOO_MANY_REQUESTS);
  g_assert_cmpint (eonay_portal_error_get_retry_after (error), ==, expected);
}

static void
test_retry_after (void)
{
  assert_retry_after ("7", 7);
  assert_retry_after ("0", 0);
  assert_retry_after ("-7", -1);
  assert_retry_after ("soon", -1);
  assert_retry_after ("99999999999999999999", -1);
  assert_retry_after ("Mon, 01 Jun 2026 00:01:30 GMT", 90);
  assert_retry_after ("Sun, 31 May 2026 00:00:00 GMT", 0);
}

static void
answer_huge (PortalStub *stub, SoupServerMessage *message, const char *path)
{
  g_autofree char *spaces = g_strnfill (16 * 1024 * 1024, ' ');

  /* Chunked: nothing announces the length. */
  soup_message_headers_set_encoding (soup_server_message_get_response_headers (message),
                                     SOUP_ENCODING_CHUNKED);
  portal_stub_reply (message, 200, "application/json", spaces);
}

static void
test_huge_json (void)
{
  g_autoptr (PortalStub) stub = portal_stub_new (answer_huge);

  portal_stub_assert_resolve_fails (stub, EONAY_PORTAL_ERROR_TOO_LARGE);
}

static void
answer_huge_document (PortalStub *stub, SoupServerMessage *message, const char *path)
{
  if (g_str_has_suffix (path, "resolve"))
    portal_stub_reply_transaction (message);
  else
    answer_huge (stub, message, path);
}

static void
test_huge_document (void)
{
  g_autoptr (PortalStub) stub = portal_stub_new (answer_huge_document);

  portal_stub_assert_resolve_fails (stub, EONAY_PORTAL_ERROR_TOO_LARGE);
}

static guint hiccups;

static void
answer_document_late (PortalStub *stub, SoupServerMessage *message, const char *path)
{
  if (!g_str_has_suffix (path, "resolve") && stub->requests <= 1 + hiccups)
    portal_stub_reply (message, 503, "text/plain", "");
  else
    portal_stub_reply_well (stub, message, path);
}

static void
test_document_is_asked_for_again (void)
{
  g_autoptr (PortalStub) stub = portal_stub_new (answer_document_late);
  g_autoptr (GError) error = NULL;
  g_autoptr (EonayTransaction) transaction = NULL;

  hiccups = 4;
  transaction = portal_rig_resolve (stub->portal, PORTAL_STUB_CODE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (stub->requests, ==, 6);
}

static void
test_document_is_given_up (void)
{
  g_autoptr (PortalStub) stub = portal_stub_new (answer_document_late);

  hiccups = 5;
  portal_stub_assert_resolve_fails (stub, EONAY_PORTAL_ERROR_UNAVAILABLE);
  g_assert_cmpuint (stub->requests, ==, 6);
}

static gboolean dripping;

static void
on_gone (SoupServerMessage *message)
{
  dripping = FALSE;
}

static gboolean
drip (gpointer user_data)
{
  SoupServerMessage *message = user_data;
  SoupMessageBody *body = soup_server_message_get_response_body (message);
  goffset length = body->length;

  if (!dripping)
    return G_SOURCE_REMOVE;

  soup_message_body_append (body, SOUP_MEMORY_STATIC, &PORTAL_STUB_TEXT[length], 1);
  if (body->length == (goffset) strlen (PORTAL_STUB_TEXT))
    soup_message_body_complete (body);
  soup_server_message_unpause (message);

  return body->length < (goffset) strlen (PORTAL_STUB_TEXT);
}

static void
answer_first_document_in_drops (PortalStub *stub, SoupServerMessage *message, const char *path)
{
  if (stub->requests != 2)
    {
      portal_stub_reply_well (stub, message, path);
      return;
    }

  soup_server_message_set_status (message, 200, NULL);
  soup_message_headers_set_encoding (soup_server_message_get_response_headers (message),
                                     SOUP_ENCODING_CHUNKED);
  dripping = TRUE;
  g_signal_connect (message, "finished", G_CALLBACK (on_gone), NULL);
  g_signal_connect (message, "disconnected", G_CALLBACK (on_gone), NULL);
  g_timeout_add_full (G_PRIORITY_DEFAULT, 100, drip, g_object_ref (message), g_object_unref);
}

/* Each drop comes in time, and all of them together do not. */
static void
test_drops_renew_no_timeout (void)
{
  const EonayPortalTiming timing = { .timeout = 250, .first_wait = 1, .longest_wait = 1 };
  g_autoptr (PortalStub) stub = portal_stub_new (answer_first_document_in_drops);
  g_autoptr (GError) error = NULL;
  g_autoptr (EonayTransaction) transaction = NULL;

  eonay_portal_set_timing (stub->portal, &timing);
  transaction = portal_rig_resolve (stub->portal, PORTAL_STUB_CODE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (stub->requests, >=, 3);
}

static void
answer_packed (PortalStub *stub, SoupServerMessage *message, const char *path)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  g_assert_null (soup_message_headers_get_one (headers, "Accept-Encoding"));
  g_assert_null (soup_message_headers_get_one (headers, "Cookie"));
  g_assert_cmpstr (soup_message_headers_get_one (headers, "User-Agent"), ==,
                   "Eonay/" EONAY_VERSION);
  headers = soup_server_message_get_response_headers (message);
  soup_message_headers_append (headers, "Set-Cookie", "a=b");
  if (!g_str_has_suffix (path, "resolve"))
    soup_message_headers_append (headers, "Content-Encoding", "gzip");
  portal_stub_reply_well (stub, message, path);
}

static void
test_nothing_is_unpacked_and_no_cookies (void)
{
  g_autoptr (PortalStub) stub = portal_stub_new (answer_packed);
  g_autoptr (GError) error = NULL;
  g_autoptr (EonayTransaction) transaction = portal_rig_resolve (stub->portal, PORTAL_STUB_CODE,
                                                                 &error);

  /* The document's bytes are taken as they come, whatever Content-Encoding claims. */
  g_assert_no_error (error);
  g_assert_cmpuint (stub->requests, ==, 2);
}

static void
answer_redirected (PortalStub *stub, SoupServerMessage *message, const char *path)
{
  if (g_str_has_prefix (path, "/moved"))
    portal_stub_reply_well (stub, message, path + strlen ("/moved"));
  else
    {
      g_autofree char *location = g_strconcat (wanted_location, path, NULL);

      soup_message_headers_append (soup_server_message_get_response_headers (message), "Location",
                                   location);
      soup_server_message_set_status (message, wanted_status, NULL);
    }
}

static void
assert_redirect_fails (guint status, const char *location, EonayPortalError expected)
{
  g_autoptr (PortalStub) stub = portal_stub_new (answer_redirected);

  wanted_status = status;
  wanted_location = location;
  portal_stub_assert_resolve_fails (stub, expected);
  g_assert_null (strstr (stub->seen->str, "/moved"));
}

static void
test_redirects (void)
{
  const guint kept[] = { 307, 308 };

  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    {
      g_autoptr (PortalStub) stub = portal_stub_new (answer_redirected);
      g_autoptr (EonayTransaction) transaction = NULL;
      g_autoptr (GError) error = NULL;

      wanted_status = kept[i];
      wanted_location = "/moved";
      transaction = portal_rig_resolve (stub->portal, PORTAL_STUB_CODE, &error);
      g_assert_no_error (error);
      g_assert_nonnull (strstr (stub->seen->str, "POST /moved/api/v1/transactions/resolve\n"
                                                 "{\"code\":\"" PORTAL_STUB_CODE "\"}"));
    }

  assert_redirect_fails (302, "/moved", EONAY_PORTAL_ERROR_MALFORMED);
  assert_redirect_fails (307, "https://evil.example/moved", EONAY_PORTAL_ERROR_INSECURE);
  assert_redirect_fails (307, "http://127.0.0.1:9/moved", EONAY_PORTAL_ERROR_INSECURE);
  assert_redirect_fails (307, "//evil.example/moved", EONAY_PORTAL_ERROR_INSECURE);
  assert_redirect_fails (307, "file:///etc/passwd", EONAY_PORTAL_ERROR_INSECURE);
  assert_redirect_fails (307, "/again", EONAY_PORTAL_ERROR_MALFORMED);
  assert_redirect_fails (307, "http://[", EONAY_PORTAL_ERROR_MALFORMED);
}

static void
answer_document_elsewhere (PortalStub *stub, SoupServerMessage *message, const char *path)
{
  if (g_str_has_suffix (path, "resolve"))
    portal_stub_reply_transaction (message);
  else
    answer_redirected (stub, message, path);
}

static void
test_redirected_document (void)
{
  g_autoptr (PortalStub) stub = portal_stub_new (answer_document_elsewhere);
  g_autoptr (GError) error = NULL;
  g_autoptr (EonayTransaction) transaction = NULL;

  wanted_status = 302;
  wanted_location = "/moved";
  transaction = portal_rig_resolve (stub->portal, PORTAL_STUB_CODE, &error);
  g_assert_no_error (error);
  wanted_location = "http://127.0.0.1:9/moved";
  portal_stub_assert_resolve_fails (stub, EONAY_PORTAL_ERROR_INSECURE);
}

static void
answer_after_ten_seconds (PortalStub *stub, SoupServerMessage *message, const char *path)
{
  stub->boottime += 10 * G_USEC_PER_SEC;
  portal_stub_reply_well (stub, message, path);
}

static void
test_round_trip_is_charged (void)
{
  g_autoptr (PortalStub) stub = portal_stub_new (answer_after_ten_seconds);
  g_autoptr (GError) error = NULL;
  g_autoptr (EonayTransaction) transaction = portal_rig_resolve (stub->portal, PORTAL_STUB_CODE,
                                                                 &error);

  g_assert_no_error (error);
  g_assert_cmpint (stub->boottime, ==, 1020 * G_USEC_PER_SEC);
  g_assert_cmpint (eonay_transaction_get_expires_at (transaction), ==, 1100 * G_USEC_PER_SEC);
}

static GString *logged;

static GLogWriterOutput
keep_log (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  for (gsize i = 0; i < n_fields; i++)
    if (g_str_equal (fields[i].key, "MESSAGE"))
      g_string_append_printf (logged, "%s\n", (const char *) fields[i].value);

  return level & (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING | G_LOG_FLAG_FATAL)
             ? g_log_writer_default (level, fields, n_fields, user_data)
             : G_LOG_WRITER_HANDLED;
}

/* Newer versions of GLib keep what others log away from the writer while a test runs. */
static void
keep_message (const char *domain, GLogLevelFlags level, const char *message, gpointer user_data)
{
  g_string_append_printf (logged, "%s\n", message);
  if (level & (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING | G_LOG_FLAG_FATAL))
    g_log_default_handler (domain, level, message, user_data);
}

static void
test_code_is_in_no_log_and_no_address (void)
{
  g_autoptr (PortalStub) stub = portal_stub_new (portal_stub_reply_well);
  g_autoptr (EonayTransaction) transaction = NULL;

  g_string_truncate (logged, 0);
  transaction = portal_rig_resolve (stub->portal, PORTAL_STUB_CODE, NULL);
  g_assert_nonnull (transaction);
  wanted_status = 500;
  wanted_type = "text/plain";
  wanted_body = PORTAL_STUB_CODE;
  stub->answer = answer_as_wanted;
  portal_stub_assert_resolve_fails (stub, EONAY_PORTAL_ERROR_UNAVAILABLE);

  g_assert_cmpuint (logged->len, >, 0);
  g_assert_null (strstr (logged->str, PORTAL_STUB_CODE));
  g_assert_false (g_regex_match_simple ("(GET|POST) \\S*" PORTAL_STUB_CODE, stub->seen->str, 0, 0));
}

static void
test_proxy (void)
{
  g_autoptr (PortalStub) proxy = portal_stub_new (portal_stub_reply_well);
  g_autofree char *address = g_strndup (proxy->base_url,
                                        strlen (proxy->base_url) - strlen ("/api/"));
  g_autoptr (GProxyResolver) resolver = g_simple_proxy_resolver_new (address, NULL);
  EonayPortal *portal = portal_rig_new_client (NULL, "http://127.0.0.1:9/api/", NULL);
  SoupSession *session = eonay_portal_get_session (portal);
  g_autoptr (GError) error = NULL;
  g_autoptr (EonayTransaction) transaction = NULL;

  g_assert_true (soup_session_get_proxy_resolver (session) == g_proxy_resolver_get_default ());
  soup_session_set_proxy_resolver (session, resolver);
  transaction = portal_rig_resolve (portal, PORTAL_STUB_CODE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (proxy->requests, ==, 2);
  g_assert_finalize_object (portal);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  logged = g_string_new (NULL);
  g_log_set_writer_func (keep_log, NULL, NULL);
  g_log_set_default_handler (keep_message, NULL);
  g_test_add_func ("/portal/answers/statuses-without-problem", test_statuses_without_problem);
  g_test_add_func ("/portal/answers/each-problem", test_each_problem);
  g_test_add_func ("/portal/answers/odd-problems", test_odd_problems);
  g_test_add_func ("/portal/answers/retry-after", test_retry_after);
  g_test_add_func ("/portal/answers/huge-json", test_huge_json);
  g_test_add_func ("/portal/answers/document-is-asked-for-again", test_document_is_asked_for_again);
  g_test_add_func ("/portal/answers/document-is-given-up", test_document_is_given_up);
  g_test_add_func ("/portal/answers/drops-renew-no-timeout", test_drops_renew_no_timeout);
  g_test_add_func ("/portal/answers/huge-document", test_huge_document);
  g_test_add_func ("/portal/answers/nothing-unpacked", test_nothing_is_unpacked_and_no_cookies);
  g_test_add_func ("/portal/answers/redirects", test_redirects);
  g_test_add_func ("/portal/answers/redirected-document", test_redirected_document);
  g_test_add_func ("/portal/answers/round-trip-is-charged", test_round_trip_is_charged);
  g_test_add_func ("/portal/answers/code-in-no-log", test_code_is_in_no_log_and_no_address);
  g_test_add_func ("/portal/answers/proxy", test_proxy);

  return g_test_run ();
}
