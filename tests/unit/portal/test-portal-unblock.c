#include <string.h>

#include "base/eonay-error.h"
#include "portal-stub.h"
#include "portal/message/eonay-json.h"
#include "unblock-calls.h"

#define WORD "ÇIĞ \"\\\001"
#define SMS_CODE "314159"
#define SMS "{\"sms\":{\"to\":\"*** 3216\",\"expires_in\":180,\"attempts_left\":3}}"

static guint refusals;
static const char *reply_body;
static const char *reply_cache;
static guint reply_status;
static const char *reply_type;

static void
answer (PortalStub *stub, SoupServerMessage *message, const char *path)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  if (stub->requests <= refusals)
    {
      soup_message_headers_append (headers, "Retry-After", "3");
      portal_stub_reply (message, stub->requests % 2 == 0 ? 429 : 503, "text/plain", "");
      return;
    }

  if (reply_cache != NULL)
    soup_message_headers_append (headers, "Cache-Control", reply_cache);
  portal_stub_reply (message, reply_status, reply_type, reply_body);
}

static void
say (const char *body)
{
  refusals = 0;
  reply_body = body;
  reply_cache = "no-store";
  reply_status = 200;
  reply_type = "application/json";
}

static void
say_problem (guint status, const char *body)
{
  say (body);
  reply_status = status;
  reply_type = "application/problem+json";
}

static EonayPortalSms *
ask (PortalStub *stub, GError **error)
{
  g_autoptr (EonayTransaction) transaction = portal_stub_transaction (stub);

  return unblock_calls_ask (stub->portal, transaction, "0a", WORD, error);
}

static char *
confirm (PortalStub *stub, GError **error)
{
  g_autoptr (EonayTransaction) transaction = portal_stub_transaction (stub);

  return unblock_calls_confirm (stub->portal, transaction, SMS_CODE, error);
}

static void
test_what_is_sent (void)
{
  g_autoptr (PortalStub) stub = portal_stub_new (answer);
  g_autoptr (EonayTransaction) transaction = portal_stub_transaction (stub);
  g_autoptr (GError) error = NULL;
  g_autoptr (EonayPortalSms) sms = NULL;
  g_autofree char *puk = NULL;

  say (SMS);
  sms = unblock_calls_ask (stub->portal, transaction, "0\"a", WORD, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (sms->to, ==, "*** 3216");
  g_assert_cmpint (sms->expires_at, ==, (1000 + 180) * G_USEC_PER_SEC);
  g_assert_cmpuint (sms->attempts_left, ==, 3);
  g_assert_cmpstr (stub->seen->str, ==,
                   "POST /api/v1/transactions/f3a1/unblock\n"
                   "{\"card_serial\":\"0\\\"a\",\"security_word\":\"ÇIĞ \\\"\\\\\\u0001\"}\n");

  g_string_truncate (stub->seen, 0);
  say ("{ \"else\" : [ {\"puk\":\"0000\"}, \"puk\" ], \"puk\" : \"0123456789012345\" }");
  puk = unblock_calls_confirm (stub->portal, transaction, SMS_CODE, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (puk, ==, "0123456789012345");
  g_assert_cmpstr (stub->seen->str, ==,
                   "POST /api/v1/transactions/f3a1/unblock/confirm\n"
                   "{\"sms_code\":\"314159\"}\n");

  g_string_truncate (stub->seen, 0);
  say ("{\"transaction\":\"f3a1\",\"state\":\"failed\"}");
  g_assert_true (
      unblock_calls_report (stub->portal, transaction, EONAY_UNBLOCK_OUTCOME_UNKNOWN, &error));
  g_assert_cmpstr (stub->seen->str, ==,
                   "POST /api/v1/transactions/f3a1/unblock/result\n{\"outcome\":\"unknown\"}\n");
}

static void
note_connection (SoupServer *server, SoupServerMessage *message, gpointer user_data)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *connection = soup_message_headers_get_one (headers, "Connection");

  g_ptr_array_add (user_data, g_strdup (connection == NULL ? "" : connection));
}

static void
test_secrets_travel_alone (void)
{
  g_autoptr (PortalStub) stub = portal_stub_new (answer);
  g_autoptr (GPtrArray) connections = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (EonayPortalSms) sms = NULL;
  g_autofree char *puk = NULL;

  g_signal_connect (stub->server, "request-read", G_CALLBACK (note_connection), connections);
  say (SMS);
  sms = ask (stub, NULL);
  say ("{\"puk\":\"1234\"}");
  puk = confirm (stub, NULL);
  g_assert_cmpuint (connections->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (connections, 0), ==, "close");
  g_assert_cmpstr (g_ptr_array_index (connections, 1), ==, "close");
}

static void
test_sms_is_typed_strictly (void)
{
  const char *bad[] = {
    "{}",
    "[]",
    "x",
    "",
    "{\"sms\":1}",
    "{\"sms\":{}}",
    "{\"sms\":{\"to\":1,\"expires_in\":180,\"attempts_left\":3}}",
    "{\"sms\":{\"to\":\"\",\"expires_in\":180,\"attempts_left\":3}}",
    "{\"sms\":{\"to\":\"a\\u202eb\",\"expires_in\":180,\"attempts_left\":3}}",
    "{\"sms\":{\"to\":\"a\",\"expires_in\":0,\"attempts_left\":3}}",
    "{\"sms\":{\"to\":\"a\",\"expires_in\":86401,\"attempts_left\":3}}",
    "{\"sms\":{\"to\":\"a\",\"expires_in\":1.5,\"attempts_left\":3}}",
    "{\"sms\":{\"to\":\"a\",\"expires_in\":180,\"attempts_left\":0}}",
    "{\"sms\":{\"to\":\"a\",\"expires_in\":180,\"attempts_left\":16}}",
    "{\"sms\":{\"to\":\"a\",\"expires_in\":180,\"attempts_left\":\"3\"}}",
    "{\"sms\":{\"to\":\"a\",\"expires_in\":180}}",
    "[[[[[[[[[[1]]]]]]]]]]",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (PortalStub) stub = portal_stub_new (answer);
      g_autoptr (GError) error = NULL;

      say (bad[i]);
      g_assert_null (ask (stub, &error));
      g_assert_error (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_MALFORMED);
      g_assert_cmpuint (stub->requests, ==, 1);
    }
}

static void
assert_puk_refused (const char *body, const char *type, const char *cache)
{
  g_autoptr (PortalStub) stub = portal_stub_new (answer);
  g_autoptr (GError) error = NULL;

  say (body);
  reply_type = type;
  reply_cache = cache;
  g_assert_null (confirm (stub, &error));
  g_assert_error (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_MALFORMED);
  g_assert_cmpuint (stub->requests, ==, 1);
  g_assert_null (strstr (error->message, "1234"));
}

static void
test_puk_is_typed_strictly (void)
{
  const char *bad[] = {
    "{}",
    "[]",
    "",
    "{\"puk\":1234}",
    "{\"puk\":\"123\"}",
    "{\"puk\":\"12345678901234567\"}",
    "{\"puk\":\"1234\"",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    assert_puk_refused (bad[i], "application/json", "no-store");
}

static void
test_puk_must_not_be_stored (void)
{
  const char *good[] = { "no-store", "private, No-Store", "max-age=0,no-store" };

  assert_puk_refused ("{\"puk\":\"1234\"}", "application/json", NULL);
  assert_puk_refused ("{\"puk\":\"1234\"}", "application/json", "no-cache");
  assert_puk_refused ("{\"puk\":\"1234\"}", "application/json", "no-storex");
  assert_puk_refused ("{\"puk\":\"1234\"}", "text/plain", "no-store");

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (PortalStub) stub = portal_stub_new (answer);
      g_autofree char *puk = NULL;

      say ("{\"puk\":\"1234\"}");
      reply_cache = good[i];
      puk = confirm (stub, NULL);
      g_assert_cmpstr (puk, ==, "1234");
    }
}

static void
test_too_large (void)
{
  g_autoptr (PortalStub) stub = portal_stub_new (answer);
  g_autofree char *filling = g_strnfill (EONAY_JSON_MAX, ' ');
  g_autofree char *body = g_strconcat ("{\"puk\":\"1234\"}", filling, NULL);
  g_autoptr (GError) error = NULL;

  say (body);
  g_assert_null (confirm (stub, &error));
  g_assert_error (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_TOO_LARGE);
}

static void
test_problems (void)
{
  const struct {
    guint status;
    const char *body;
    EonayPortalError code;
    int tries_left;
  } rows[] = {
    { 403, "{\"type\":\"x:security-word-wrong\",\"attempts_left\":2}",
      EONAY_PORTAL_ERROR_SECURITY_WORD_WRONG, 2 },
    { 403, "{\"type\":\"x:security-word-wrong\"}", EONAY_PORTAL_ERROR_SECURITY_WORD_WRONG, -1 },
    { 403, "{\"type\":\"x:security-word-wrong\",\"attempts_left\":\"2\"}",
      EONAY_PORTAL_ERROR_SECURITY_WORD_WRONG, -1 },
    { 403, "{\"type\":\"x:security-word-wrong\",\"attempts_left\":99}",
      EONAY_PORTAL_ERROR_SECURITY_WORD_WRONG, -1 },
    { 403, "{\"type\":\"x:security-word-wrong\",\"attempts_left\":0}",
      EONAY_PORTAL_ERROR_ATTEMPTS_EXHAUSTED, 0 },
    { 403, "{\"type\":\"x:sms-code-wrong\",\"attempts_left\":1}", EONAY_PORTAL_ERROR_SMS_CODE_WRONG,
      1 },
    { 403, "{\"type\":\"x:sms-code-wrong\",\"attempts_left\":0}",
      EONAY_PORTAL_ERROR_ATTEMPTS_EXHAUSTED, 0 },
    { 403, "{\"type\":\"x:sms-code-expired\",\"attempts_left\":3}",
      EONAY_PORTAL_ERROR_SMS_CODE_EXPIRED, 3 },
    { 403, "{\"type\":\"x:attempts-exhausted\"}", EONAY_PORTAL_ERROR_ATTEMPTS_EXHAUSTED, -1 },
    { 422, "{\"type\":\"x:card-mismatch\"}", EONAY_PORTAL_ERROR_CARD_MISMATCH, -1 },
    { 409, "{\"type\":\"x:code-used\"}", EONAY_PORTAL_ERROR_CODE_USED, -1 },
    { 410, "{\"type\":\"x:expired\"}", EONAY_PORTAL_ERROR_EXPIRED, -1 },
    { 403, "{\"type\":\"about:blank\",\"attempts_left\":2}", EONAY_PORTAL_ERROR_REFUSED, -1 },
    { 422, "{\"type\":\"x:security-word-wrong\",\"attempts_left\":2}", EONAY_PORTAL_ERROR_REFUSED,
      -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (PortalStub) stub = portal_stub_new (answer);
      g_autoptr (GError) asked = NULL;
      g_autoptr (GError) confirmed = NULL;

      say_problem (rows[i].status, rows[i].body);
      g_assert_null (ask (stub, &asked));
      g_assert_error (asked, EONAY_PORTAL_ERROR, (int) rows[i].code);
      g_assert_cmpint (eonay_portal_error_get_tries_left (asked), ==, rows[i].tries_left);
      g_assert_false (eonay_portal_error_is_unsent (asked));
      g_assert_null (confirm (stub, &confirmed));
      g_assert_error (confirmed, EONAY_PORTAL_ERROR, (int) rows[i].code);
      g_assert_cmpint (eonay_portal_error_get_tries_left (confirmed), ==, rows[i].tries_left);
      g_assert_cmpuint (stub->requests, ==, 2);
    }
}

static void
assert_not_repeated (guint status, EonayPortalError expected)
{
  g_autoptr (PortalStub) stub = portal_stub_new (answer);
  g_autoptr (GError) error = NULL;

  say ("");
  reply_status = status;
  g_assert_null (ask (stub, &error));
  g_assert_error (error, EONAY_PORTAL_ERROR, (int) expected);
  g_assert_cmpuint (stub->requests, ==, 1);
}

static void
test_word_is_not_repeated (void)
{
  assert_not_repeated (503, EONAY_PORTAL_ERROR_UNAVAILABLE);
  assert_not_repeated (500, EONAY_PORTAL_ERROR_UNAVAILABLE);
  assert_not_repeated (429, EONAY_PORTAL_ERROR_TOO_MANY_REQUESTS);
}

static void
cut (PortalStub *stub, SoupServerMessage *message, const char *path)
{
  g_autoptr (GIOStream) connection = NULL;
  const char *half = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                     "Cache-Control: no-store\r\nContent-Length: 14\r\n\r\n{\"puk\":\"12";

  if (stub->requests > refusals)
    {
      answer (stub, message, path);
      return;
    }

  connection = soup_server_message_steal_connection (message);
  g_output_stream_write_all (g_io_stream_get_output_stream (connection), half, strlen (half), NULL,
                             NULL, NULL);
  g_io_stream_close (connection, NULL, NULL);
}

static void
test_lost_answer (void)
{
  g_autoptr (PortalStub) stub = portal_stub_new (cut);
  g_autoptr (EonayTransaction) transaction = portal_stub_transaction (stub);
  g_autoptr (EonayTransaction) another = portal_stub_transaction (stub);
  g_autoptr (GError) error = NULL;
  g_autofree char *first = NULL;
  g_autofree char *again = NULL;
  g_autofree char *other_code = NULL;
  g_autofree char *other_transaction = NULL;
  const char *key;

  say ("{\"puk\":\"1234\"}");
  refusals = 2;
  first = unblock_calls_confirm (stub->portal, transaction, SMS_CODE, &error);
  g_assert_no_error (error);
  again = unblock_calls_confirm (stub->portal, transaction, SMS_CODE, &error);
  other_code = unblock_calls_confirm (stub->portal, transaction, "271828", &error);
  other_transaction = unblock_calls_confirm (stub->portal, another, SMS_CODE, &error);
  g_assert_no_error (error);

  /* Two cut, one answered, one asked again: one key. */
  g_assert_cmpuint (stub->keys->len, ==, 6);
  key = g_ptr_array_index (stub->keys, 0);
  for (guint i = 1; i < 4; i++)
    g_assert_cmpstr (key, ==, g_ptr_array_index (stub->keys, i));
  g_assert_cmpstr (key, !=, g_ptr_array_index (stub->keys, 4));
  g_assert_cmpstr (key, !=, g_ptr_array_index (stub->keys, 5));
}

/* The same digits in another message are another question. */
static void
test_key_belongs_to_the_message (void)
{
  g_autoptr (PortalStub) stub = portal_stub_new (answer);
  g_autoptr (EonayTransaction) transaction = portal_stub_transaction (stub);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, SMS_CODE, -1);
  g_autoptr (EonayPortalSms) sms = NULL;
  const char *key;

  say ("{\"puk\":\"1234\"}");
  before = unblock_calls_confirm (stub->portal, transaction, SMS_CODE, NULL);
  say (SMS);
  sms = unblock_calls_ask (stub->portal, transaction, "0a", WORD, NULL);
  g_assert_nonnull (sms);
  say ("{\"puk\":\"1234\"}");
  after = unblock_calls_confirm (stub->portal, transaction, SMS_CODE, NULL);
  g_assert_cmpuint (stub->keys->len, ==, 2);
  key = g_ptr_array_index (stub->keys, 0);
  g_assert_cmpstr (key, !=, g_ptr_array_index (stub->keys, 1));

  /* Nor do they tell the code. */
  g_assert_null (strstr (key, SMS_CODE));
  g_assert_cmpstr (key, !=, digest);
  g_assert_cmpuint (strlen (key), <=, 128);
}

static void
test_cut_word_is_not_repeated (void)
{
  g_autoptr (PortalStub) stub = portal_stub_new (cut);
  g_autoptr (GError) error = NULL;

  say (SMS);
  refusals = 1;
  g_assert_null (ask (stub, &error));
  g_assert_error (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_UNREACHABLE);
  g_assert_false (eonay_portal_error_is_unsent (error));
  g_assert_cmpuint (stub->requests, ==, 1);
}

static gboolean
open_door (gpointer user_data)
{
  portal_stub_open (user_data);

  return G_SOURCE_REMOVE;
}

static void
test_unsent_word_is_repeated (void)
{
  const EonayPortalTiming timing = { .timeout = 20000, .first_wait = 200, .longest_wait = 200 };
  g_autoptr (PortalStub) stub = portal_stub_new_closed (answer);
  g_autoptr (GError) error = NULL;
  g_autoptr (EonayPortalSms) sms = NULL;

  say (SMS);
  eonay_portal_set_timing (stub->portal, &timing);
  g_timeout_add (100, open_door, stub);
  sms = ask (stub, &error);
  g_assert_no_error (error);
  g_assert_nonnull (sms);
  g_assert_cmpuint (stub->requests, ==, 1);
}

static void
answer_down (PortalStub *stub, SoupServerMessage *message, const char *path)
{
  stub->boottime += 20 * G_USEC_PER_SEC;
  portal_stub_reply (message, 503, "text/plain", "");
}

static void
test_when_it_gives_up (void)
{
  g_autoptr (PortalStub) stub = portal_stub_new (answer_down);
  g_autoptr (EonayTransaction) transaction = portal_stub_transaction (stub);
  g_autoptr (GError) error = NULL;

  /* Its 100 s are over; the outcome has 30 s more. */
  g_assert_null (unblock_calls_confirm (stub->portal, transaction, SMS_CODE, &error));
  g_assert_cmpuint (stub->requests, ==, 5);
  g_clear_error (&error);
  stub->requests = 0;
  stub->boottime = 1000 * G_USEC_PER_SEC;
  g_assert_false (
      unblock_calls_report (stub->portal, transaction, EONAY_UNBLOCK_OUTCOME_DONE, &error));
  g_assert_cmpuint (stub->requests, ==, 7);
}

static void
test_report_is_repeated (void)
{
  g_autoptr (PortalStub) stub = portal_stub_new (answer);
  g_autoptr (EonayTransaction) transaction = portal_stub_transaction (stub);
  g_autoptr (GError) error = NULL;

  say ("{\"transaction\":\"f3a1\",\"state\":\"completed\"}");
  refusals = 3;
  g_assert_true (
      unblock_calls_report (stub->portal, transaction, EONAY_UNBLOCK_OUTCOME_DONE, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (stub->requests, ==, 4);
}

static void
test_cancelled (void)
{
  g_autoptr (PortalStub) stub = portal_stub_new (answer);
  g_autoptr (EonayTransaction) transaction = portal_stub_transaction (stub);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  say (SMS);
  eonay_portal_unblock_async (stub->portal, transaction, "0a", eonay_secret_new ("word", 4),
                              cancellable, portal_rig_keep_result, &result);
  g_cancellable_cancel (cancellable);
  g_assert_null (eonay_portal_unblock_finish (stub->portal, portal_rig_wait (&result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/portal/unblock/what-is-sent", test_what_is_sent);
  g_test_add_func ("/portal/unblock/secrets-travel-alone", test_secrets_travel_alone);
  g_test_add_func ("/portal/unblock/sms-typed", test_sms_is_typed_strictly);
  g_test_add_func ("/portal/unblock/puk-typed", test_puk_is_typed_strictly);
  g_test_add_func ("/portal/unblock/puk-not-stored", test_puk_must_not_be_stored);
  g_test_add_func ("/portal/unblock/too-large", test_too_large);
  g_test_add_func ("/portal/unblock/problems", test_problems);
  g_test_add_func ("/portal/unblock/word-not-repeated", test_word_is_not_repeated);
  g_test_add_func ("/portal/unblock/cut-word-not-repeated", test_cut_word_is_not_repeated);
  g_test_add_func ("/portal/unblock/unsent-word-repeated", test_unsent_word_is_repeated);
  g_test_add_func ("/portal/unblock/lost-answer", test_lost_answer);
  g_test_add_func ("/portal/unblock/key-of-message", test_key_belongs_to_the_message);
  g_test_add_func ("/portal/unblock/gives-up", test_when_it_gives_up);
  g_test_add_func ("/portal/unblock/report-repeated", test_report_is_repeated);
  g_test_add_func ("/portal/unblock/cancelled", test_cancelled);

  return g_test_run ();
}
