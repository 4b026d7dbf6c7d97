#include <glib/gstdio.h>
#include <libsoup/soup.h>
#include <string.h>

#include "base/eonay-error.h"
#include "portal/eonay-portal-probe.h"
#include "practice/portal/eonay-practice-tls.h"

#define NO_CODE "{\"code\":\"\"}"
#define PROBLEM "application/problem+json"
#define MALFORMED "{\"type\":\"https://kurum.example/problems/code-malformed\",\"status\":400}"
#define UNKNOWN "{\"type\":\"https://kurum.example/problems/code-unknown\",\"status\":404}"
#define DAY 86400L
#define TIMEOUT 20000

/** A server over TLS: what it shows, and what it says. */
typedef struct {
  SoupServer *server;
  char *folder;
  char *ca_file;
  char *base_url;
  guint status;
  const char *content_type;
  const char *body;
  const char *location;
  int ahead; /* seconds of its clock; -1: it has none */
  guint requests;
  gboolean has_asked_for_anything_else;
} Place;

static gboolean
is_question (SoupServerMessage *message, const char *path)
{
  g_autoptr (GBytes) body =
      soup_message_body_flatten (soup_server_message_get_request_body (message));
  g_autoptr (GBytes) no_code = g_bytes_new_static (NO_CODE, strlen (NO_CODE));

  return g_str_equal (soup_server_message_get_method (message), "POST") &&
         (g_str_equal (path, "/api/v1/transactions/resolve") ||
          g_str_has_suffix (path, "/elsewhere")) &&
         g_bytes_equal (body, no_code);
}

static void
answer (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query,
        gpointer user_data)
{
  Place *place = user_data;
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) shown = g_date_time_add_seconds (now, place->ahead);
  g_autofree char *date = soup_date_time_to_string (shown, SOUP_DATE_HTTP);
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  place->requests++;
  place->has_asked_for_anything_else |= !is_question (message, path);
  if (place->ahead == -1)
    soup_message_headers_remove (headers, "Date");
  else
    soup_message_headers_replace (headers, "Date", date);
  if (place->location != NULL && !g_str_has_suffix (path, "/elsewhere"))
    {
      soup_message_headers_replace (headers, "Location", place->location);
      soup_server_message_set_status (message, place->status, NULL);
      return;
    }

  soup_server_message_set_status (message, place->location != NULL ? 400 : place->status, NULL);
  soup_server_message_set_response (message, place->content_type, SOUP_MEMORY_STATIC, place->body,
                                    strlen (place->body));
}

static Place *
place_new (const char *host, long not_before, long not_after)
{
  Place *self = g_new0 (Place, 1);
  g_autoptr (EonayPracticeTls) tls = eonay_practice_tls_new (host, not_before, not_after, NULL);
  GSList *uris;

  self->status = 400;
  self->content_type = PROBLEM;
  self->body = MALFORMED;
  self->folder = g_dir_make_tmp ("eonay-XXXXXX", NULL);
  self->ca_file = g_build_filename (self->folder, "ca.pem", NULL);
  g_assert_true (g_file_set_contents (self->ca_file, tls->ca_pem, -1, NULL));
  self->server = soup_server_new ("tls-certificate", tls->certificate, NULL);
  soup_server_add_handler (self->server, NULL, answer, self, NULL);
  g_assert_true (soup_server_listen_local (
      self->server, 0, SOUP_SERVER_LISTEN_HTTPS | SOUP_SERVER_LISTEN_IPV4_ONLY, NULL));
  uris = soup_server_get_uris (self->server);
  self->base_url = g_strdup_printf ("https://localhost:%d/api/", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);

  return self;
}

static void
place_free (Place *self)
{
  soup_server_disconnect (self->server);
  g_object_unref (self->server);
  g_unlink (self->ca_file);
  g_rmdir (self->folder);
  g_free (self->folder);
  g_free (self->ca_file);
  g_free (self->base_url);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Place, place_free)

static void
keep_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static EonayPortalProbeFacts *
probe (const char *base_url, const char *ca_file, guint timeout)
{
  g_autoptr (EonayPortalProfile) profile = eonay_portal_profile_new ("deneme", "Deneme", base_url,
                                                                     ca_file, FALSE, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  EonayPortalProbeFacts *facts;

  eonay_portal_probe_async (profile, timeout, NULL, NULL, keep_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  facts = eonay_portal_probe_finish (result, &error);
  g_assert_no_error (error);

  return facts;
}

static void
test_answer (void)
{
  static const struct {
    guint status;
    const char *content_type;
    const char *body;
    int error; /* -1: it is a portal */
  } cases[] = {
    { 400, PROBLEM, MALFORMED, -1 },
    { 404, PROBLEM, UNKNOWN, -1 },
    { 400, "application/json", MALFORMED, EONAY_PORTAL_ERROR_REFUSED },
    { 404, PROBLEM, MALFORMED, EONAY_PORTAL_ERROR_REFUSED },
    { 404, "text/html", "<html>", EONAY_PORTAL_ERROR_REFUSED },
    { 401, "text/html", "<html>", EONAY_PORTAL_ERROR_REFUSED },
    { 200, "text/html", "<html>", EONAY_PORTAL_ERROR_MALFORMED },
    { 200, "application/json", "{}", EONAY_PORTAL_ERROR_MALFORMED },
    { 429, "text/html", "", EONAY_PORTAL_ERROR_TOO_MANY_REQUESTS },
    { 503, "text/html", "", EONAY_PORTAL_ERROR_UNAVAILABLE },
  };
  g_autoptr (Place) place = place_new ("localhost", -DAY, DAY);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (EonayPortalProbeFacts) facts = NULL;

      place->status = cases[i].status;
      place->content_type = cases[i].content_type;
      place->body = cases[i].body;
      facts = probe (place->base_url, place->ca_file, TIMEOUT);
      if (cases[i].error < 0)
        g_assert_no_error (facts->error);
      else
        g_assert_error (facts->error, EONAY_PORTAL_ERROR, cases[i].error);
      g_assert_cmpint (facts->step, ==, EONAY_PORTAL_STEP_ANSWER);
      g_assert_cmpuint (facts->status, ==, cases[i].status);
      g_assert_cmpstr (facts->tls_version, ==, "TLS 1.3");
      g_assert_cmpint (facts->tls_problems, ==, 0);
      g_assert_true (facts->has_proxy_answer);
      g_assert_null (facts->proxy);
      g_assert_true (facts->has_date);
      g_assert_cmpint (facts->ahead, ==, 0);
    }
  g_assert_cmpuint (place->requests, ==, G_N_ELEMENTS (cases));
  g_assert_false (place->has_asked_for_anything_else);
}

/* A signing would follow some, so it is asked where they lead. */
static void
test_redirects (void)
{
  static const struct {
    guint status;
    const char *location;
    int error; /* -1: it leads to a portal */
    guint requests;
  } cases[] = {
    { 307, "/elsewhere", -1, 2 },
    { 308, "/api/v1/elsewhere", -1, 2 },
    { 307, "/api/v1/transactions/resolve", EONAY_PORTAL_ERROR_MALFORMED, 4 },
    { 302, "/elsewhere", EONAY_PORTAL_ERROR_MALFORMED, 1 },
    { 307, "https://baska.kurum.example/elsewhere", EONAY_PORTAL_ERROR_INSECURE, 1 },
  };
  g_autoptr (Place) place = place_new ("localhost", -DAY, DAY);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (EonayPortalProbeFacts) facts = NULL;

      place->requests = 0;
      place->status = cases[i].status;
      place->location = cases[i].location;
      facts = probe (place->base_url, place->ca_file, TIMEOUT);
      if (cases[i].error < 0)
        g_assert_no_error (facts->error);
      else
        g_assert_error (facts->error, EONAY_PORTAL_ERROR, cases[i].error);
      g_assert_cmpuint (facts->status, ==, cases[i].error < 0 ? 400 : cases[i].status);
      g_assert_true (facts->has_date);
      g_assert_cmpuint (place->requests, ==, cases[i].requests);
    }
  g_assert_false (place->has_asked_for_anything_else);
}

static void
test_clock (void)
{
  static const int cases[] = { 3600, -3600, 100000 };
  g_autoptr (Place) place = place_new ("localhost", -DAY, DAY);
  g_autoptr (EonayPortalProbeFacts) without = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (EonayPortalProbeFacts) facts = NULL;

      place->ahead = cases[i];
      facts = probe (place->base_url, place->ca_file, TIMEOUT);
      g_assert_true (facts->has_date);
      g_assert_cmpint (ABS (facts->ahead + cases[i]), <=, 3);
    }

  place->ahead = -1;
  without = probe (place->base_url, place->ca_file, TIMEOUT);
  g_assert_cmpuint (without->status, ==, 400);
  g_assert_false (without->has_date);
}

static void
assert_not_trusted (Place *place, const char *ca_file, GTlsCertificateFlags problems)
{
  g_autoptr (EonayPortalProbeFacts) facts = probe (place->base_url, ca_file, TIMEOUT);

  g_assert_error (facts->error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_TLS);
  g_assert_cmpint (facts->step, ==, EONAY_PORTAL_STEP_TLS);
  g_assert_cmpint (facts->tls_problems & problems, ==, problems);
  g_assert_cmpuint (facts->status, ==, 0);
  g_assert_cmpuint (place->requests, ==, 0);
}

static void
test_identity (void)
{
  g_autoptr (Place) good = place_new ("localhost", -DAY, DAY);
  g_autoptr (Place) expired = place_new ("localhost", -2 * DAY, -DAY);
  g_autoptr (Place) early = place_new ("localhost", DAY, 2 * DAY);
  g_autoptr (Place) other = place_new ("baska.kurum.example", -DAY, DAY);

  assert_not_trusted (good, other->ca_file, G_TLS_CERTIFICATE_UNKNOWN_CA);
  assert_not_trusted (good, NULL, G_TLS_CERTIFICATE_UNKNOWN_CA);
  assert_not_trusted (expired, expired->ca_file, G_TLS_CERTIFICATE_EXPIRED);
  assert_not_trusted (early, early->ca_file, G_TLS_CERTIFICATE_NOT_ACTIVATED);
  assert_not_trusted (other, other->ca_file, G_TLS_CERTIFICATE_BAD_IDENTITY);
}

/* A label longer than DNS allows: no resolver asks anybody for it. */
#define LABEL "pppppppppppppppppppppppppppppppp"
#define NO_NAME LABEL LABEL "p.example"

static void
test_unreachable (void)
{
  g_autoptr (EonayPortalProbeFacts) refused = probe ("https://127.0.0.1:1/", NULL, TIMEOUT);
  g_autoptr (EonayPortalProbeFacts) nameless = probe ("https://" NO_NAME "/", NULL, TIMEOUT);

  g_assert_error (refused->error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_UNREACHABLE);
  g_assert_cmpint (refused->step, ==, EONAY_PORTAL_STEP_CONNECT);
  g_assert_error (nameless->error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_UNREACHABLE);
  g_assert_cmpint (nameless->step, ==, EONAY_PORTAL_STEP_NAME);
}

/* Nobody was asked anything: neither the portal, nor the desktop for its proxy. */
static void
test_unusable_profile (void)
{
  GLogLevelFlags fatal = g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL); /* the file is warned of */
  g_autoptr (EonayPortalProbeFacts) facts = probe ("https://127.0.0.1:1/", "/nowhere/ca.pem",
                                                   TIMEOUT);

  g_log_set_always_fatal (fatal);
  g_assert_error (facts->error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_PROFILE);
  g_assert_cmpint (facts->step, ==, EONAY_PORTAL_STEP_NONE);
  g_assert_false (facts->has_proxy_answer);
}

static void
test_silence (void)
{
  g_autoptr (GSocketListener) silent = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (silent, NULL, NULL);
  g_autofree char *base_url = g_strdup_printf ("https://127.0.0.1:%u/", port);
  gint64 begun = g_get_monotonic_time ();
  g_autoptr (EonayPortalProbeFacts) facts = probe (base_url, NULL, 1000);

  g_assert_error (facts->error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_TIMED_OUT);
  /* On a busy machine it may not have come to more than the connection by then. */
  g_assert_cmpint (facts->step, >=, EONAY_PORTAL_STEP_CONNECT);
  g_assert_cmpint (facts->step, <=, EONAY_PORTAL_STEP_TLS);
  g_assert_cmpint (g_get_monotonic_time () - begun, >=, 1000 * 1000);
}

static void
test_cancel (void)
{
  g_autoptr (Place) place = place_new ("localhost", -DAY, DAY);
  g_autoptr (EonayPortalProfile) profile =
      eonay_portal_profile_new ("deneme", "Deneme", place->base_url, place->ca_file, FALSE, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  eonay_portal_probe_async (profile, TIMEOUT, NULL, cancellable, keep_result, &result);
  g_cancellable_cancel (cancellable);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (eonay_portal_probe_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_proxy_words (void)
{
  static const struct {
    const char *uri;
    const char *shown;
  } cases[] = {
    { "direct://", NULL },
    { "http://vekil.kurum.example:3128", "http://vekil.kurum.example:3128" },
    { "http://ayse:gizli@vekil.kurum.example:3128/", "http://vekil.kurum.example:3128" },
    { "socks5://10.0.0.1", "socks5://10.0.0.1" },
    { "no address", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *shown = eonay_portal_probe_describe_proxy (cases[i].uri);

      g_assert_cmpstr (shown, ==, cases[i].shown);
    }
}

static void
assert_compared (int before, int after, int date, int ahead)
{
  g_autoptr (GDateTime) base = g_date_time_new_utc (2026, 6, 1, 12, 0, 0);
  g_autoptr (GDateTime) left = g_date_time_add_seconds (base, before);
  g_autoptr (GDateTime) came = g_date_time_add_seconds (base, after);
  g_autoptr (GDateTime) said = g_date_time_add_seconds (base, date);

  g_assert_cmpint (eonay_portal_probe_compare (left, came, said), ==, ahead);
}

/* The answer was made at any time in between: a slow one is no sign of a clock that is off. */
static void
test_compare (void)
{
  assert_compared (0, 0, 0, 0);
  assert_compared (0, 90, 0, 0);
  assert_compared (0, 90, 45, 0);
  assert_compared (0, 90, 90, 0);
  assert_compared (0, 1, 100, -99);
  assert_compared (100, 101, 0, 99);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/portal-probe/answer", test_answer);
  g_test_add_func ("/portal-probe/redirects", test_redirects);
  g_test_add_func ("/portal-probe/clock", test_clock);
  g_test_add_func ("/portal-probe/identity", test_identity);
  g_test_add_func ("/portal-probe/unreachable", test_unreachable);
  g_test_add_func ("/portal-probe/unusable-profile", test_unusable_profile);
  g_test_add_func ("/portal-probe/silence", test_silence);
  g_test_add_func ("/portal-probe/cancel", test_cancel);
  g_test_add_func ("/portal-probe/proxy-words", test_proxy_words);
  g_test_add_func ("/portal-probe/compare", test_compare);

  return g_test_run ();
}
