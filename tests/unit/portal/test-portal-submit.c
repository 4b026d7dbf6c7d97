#include <string.h>

#include "base/eonay-error.h"
#include "portal-stub.h"

static guint refusals;
static const char *receipt_body;

static void
answer_late (PortalStub *stub, SoupServerMessage *message, const char *path)
{
  if (stub->requests <= refusals)
    {
      soup_message_headers_append (soup_server_message_get_response_headers (message),
                                   "Retry-After", "3");
      portal_stub_reply (message, stub->requests % 2 == 0 ? 429 : 503, "text/plain", "");
    }
  else
    portal_stub_reply_well (stub, message, path);
}

static void
assert_all_keys_equal (PortalStub *stub)
{
  g_assert_true (g_uuid_string_is_valid (g_ptr_array_index (stub->keys, 0)));
  for (guint i = 1; i < stub->keys->len; i++)
    g_assert_cmpstr (g_ptr_array_index (stub->keys, 0), ==, g_ptr_array_index (stub->keys, i));
}

static void
test_again_with_the_same_key (void)
{
  g_autoptr (PortalStub) stub = portal_stub_new (answer_late);
  g_autoptr (EonayTransaction) transaction = portal_stub_transaction (stub);
  g_autoptr (GPtrArray) signatures = portal_rig_forge ();
  g_autoptr (GError) error = NULL;
  g_autoptr (EonayPortalReceipt) receipt = NULL;

  refusals = 4;
  receipt = portal_rig_submit (stub->portal, transaction, signatures, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (receipt->receipt, ==, "R-1");
  g_assert_cmpstr (receipt->message, ==, "Tamam");
  g_assert_cmpuint (stub->keys->len, ==, 5);
  assert_all_keys_equal (stub);
  g_assert_nonnull (strstr (stub->seen->str,
                            "{\"signatures\":[{\"document\":\"1\",\"signature\":\"Zm9yZ2Vk\"}]}"));
}

static void
test_key_belongs_to_the_signatures (void)
{
  g_autoptr (PortalStub) stub = portal_stub_new (portal_stub_reply_well);
  g_autoptr (EonayTransaction) transaction = portal_stub_transaction (stub);
  g_autoptr (EonayTransaction) another = portal_stub_transaction (stub);
  g_autoptr (GPtrArray) first = portal_rig_forge ();
  g_autoptr (GPtrArray) second = g_ptr_array_new ();
  g_autoptr (GBytes) other = g_bytes_new_static ("other", 5);
  EonayPortalReceipt *receipts[4];

  g_ptr_array_add (second, other);
  receipts[0] = portal_rig_submit (stub->portal, transaction, first, NULL);
  receipts[1] = portal_rig_submit (stub->portal, transaction, second, NULL);
  receipts[2] = portal_rig_submit (stub->portal, transaction, first, NULL);
  receipts[3] = portal_rig_submit (stub->portal, another, first, NULL);
  g_assert_cmpuint (stub->keys->len, ==, 4);
  g_assert_cmpstr (g_ptr_array_index (stub->keys, 0), ==, g_ptr_array_index (stub->keys, 2));
  g_assert_cmpstr (g_ptr_array_index (stub->keys, 0), !=, g_ptr_array_index (stub->keys, 1));
  g_assert_cmpstr (g_ptr_array_index (stub->keys, 0), !=, g_ptr_array_index (stub->keys, 3));
  for (guint i = 0; i < G_N_ELEMENTS (receipts); i++)
    {
      g_assert_nonnull (receipts[i]);
      eonay_portal_receipt_free (receipts[i]);
    }
}

static void
answer_down (PortalStub *stub, SoupServerMessage *message, const char *path)
{
  stub->boottime += 20 * G_USEC_PER_SEC;
  portal_stub_reply (message, 503, "text/plain", "");
}

static void
test_gives_up_30_seconds_after_the_end (void)
{
  g_autoptr (PortalStub) stub = portal_stub_new (answer_down);
  g_autoptr (EonayTransaction) transaction = portal_stub_transaction (stub);
  g_autoptr (GPtrArray) signatures = portal_rig_forge ();
  g_autoptr (GError) error = NULL;

  g_assert_null (portal_rig_submit (stub->portal, transaction, signatures, &error));
  g_assert_error (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_UNAVAILABLE);
  /* 20, 40 … 140: the first that is not before 100 + 30. */
  g_assert_cmpuint (stub->requests, ==, 7);

  g_clear_error (&error);
  g_assert_null (portal_rig_submit (stub->portal, transaction, signatures, &error));
  g_assert_cmpuint (stub->requests, ==, 8);
  assert_all_keys_equal (stub);
}

static void
answer_refused (PortalStub *stub, SoupServerMessage *message, const char *path)
{
  portal_stub_reply (message, 422, "application/problem+json",
                     "{\"type\":\"urn:x:certificate-revoked\"}");
}

static void
test_a_refusal_is_final (void)
{
  g_autoptr (PortalStub) stub = portal_stub_new (answer_refused);
  g_autoptr (EonayTransaction) transaction = portal_stub_transaction (stub);
  g_autoptr (GPtrArray) signatures = portal_rig_forge ();
  g_autoptr (GError) error = NULL;

  g_assert_null (portal_rig_submit (stub->portal, transaction, signatures, &error));
  g_assert_error (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_CERTIFICATE_REVOKED);
  g_assert_cmpuint (stub->requests, ==, 1);
}

static void
answer_receipt (PortalStub *stub, SoupServerMessage *message, const char *path)
{
  portal_stub_reply (message, 200, "application/json", receipt_body);
}

static EonayPortalReceipt *
submit_for (const char *body, GError **error)
{
  g_autoptr (PortalStub) stub = portal_stub_new (answer_receipt);
  g_autoptr (EonayTransaction) transaction = portal_stub_transaction (stub);
  g_autoptr (GPtrArray) signatures = portal_rig_forge ();

  receipt_body = body;

  return portal_rig_submit (stub->portal, transaction, signatures, error);
}

static void
test_receipts (void)
{
  const char *bad[] = { "{}", "{\"state\":1}", "{\"state\":\"waiting\"}", "[]", "x" };
  g_autoptr (GError) error = NULL;
  g_autoptr (EonayPortalReceipt) bare = submit_for ("{\"state\":\"completed\"}", &error);
  g_autoptr (EonayPortalReceipt) odd =
      submit_for ("{\"state\":\"completed\",\"message\":\"a\\u202eb\",\"receipt\":7}", &error);

  g_assert_no_error (error);
  g_assert_null (bare->message);
  g_assert_null (bare->receipt);
  g_assert_cmpstr (odd->message, ==, "a⟦U+202E⟧b");
  g_assert_null (odd->receipt);

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) refused = NULL;

      g_assert_null (submit_for (bad[i], &refused));
      g_assert_error (refused, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_MALFORMED);
    }
}

static void
test_waits (void)
{
  const EonayPortalTiming timing = {
    .first_wait = 500,
    .longest_wait = 8000,
    .retry_after_unit = 1000,
  };
  const guint expected[] = { 500, 1000, 2000, 4000, 8000, 8000 };

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpuint (eonay_portal_timing_get_wait (&timing, i, -1), ==, expected[i]);
  g_assert_cmpuint (eonay_portal_timing_get_wait (&timing, 1000000, -1), ==, 8000);
  g_assert_cmpuint (eonay_portal_timing_get_wait (&timing, 0, 30), ==, 30000);
  g_assert_cmpuint (eonay_portal_timing_get_wait (&timing, 4, 1), ==, 8000);
  g_assert_cmpuint (eonay_portal_timing_get_wait (&timing, 0, G_MAXINT), ==, G_MAXINT);
}

static void
test_usual_timing (void)
{
  g_autoptr (EonayPortalProfile) profile =
      eonay_portal_profile_new ("deneme", "DENEME", "https://kurum.example/", NULL, FALSE, NULL);
  g_autoptr (EonayPortal) portal = eonay_portal_new (profile, NULL);
  const EonayPortalTiming *timing = eonay_portal_get_timing (portal);

  g_assert_cmpuint (timing->timeout, ==, 20000);
  g_assert_cmpuint (timing->first_wait, ==, 500);
  g_assert_cmpuint (timing->longest_wait, ==, 8000);
  g_assert_cmpuint (timing->retry_after_unit, ==, 1000);
}

static void
cancel_on_request (PortalStub *stub, SoupServerMessage *message, const char *path)
{
  GCancellable *cancellable = g_object_get_data (G_OBJECT (stub->server), "cancellable");

  if (stub->requests == refusals)
    g_cancellable_cancel (cancellable);
  portal_stub_reply_well (stub, message, path);
}

static void
test_cancelled_while_resolving (void)
{
  for (refusals = 0; refusals <= 2; refusals++)
    {
      g_autoptr (PortalStub) stub = portal_stub_new (cancel_on_request);
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;

      g_object_set_data (G_OBJECT (stub->server), "cancellable", cancellable);
      eonay_portal_resolve_async (stub->portal, PORTAL_STUB_CODE, cancellable,
                                  portal_rig_keep_result, &result);
      if (refusals == 0)
        g_cancellable_cancel (cancellable);
      g_assert_null (eonay_portal_resolve_finish (stub->portal, portal_rig_wait (&result), &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_cmpuint (stub->requests, ==, refusals);
    }
}

static gboolean
cancel (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);

  return G_SOURCE_REMOVE;
}

static void
answer_wait_long (PortalStub *stub, SoupServerMessage *message, const char *path)
{
  portal_stub_reply (message, 503, "text/plain", "");
  g_timeout_add (5, cancel, g_object_get_data (G_OBJECT (stub->server), "cancellable"));
}

static void
test_cancelled_while_waiting (void)
{
  const EonayPortalTiming patient = { .timeout = 20000,
                                      .first_wait = 3600000,
                                      .longest_wait = 3600000 };
  g_autoptr (PortalStub) stub = portal_stub_new (answer_wait_long);
  g_autoptr (EonayTransaction) transaction = portal_stub_transaction (stub);
  g_autoptr (GPtrArray) signatures = portal_rig_forge ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  eonay_portal_set_timing (stub->portal, &patient);
  g_object_set_data (G_OBJECT (stub->server), "cancellable", cancellable);
  eonay_portal_submit_async (stub->portal, transaction, signatures, cancellable,
                             portal_rig_keep_result, &result);
  g_assert_null (eonay_portal_submit_finish (stub->portal, portal_rig_wait (&result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_decline (void)
{
  g_autoptr (PortalStub) stub = portal_stub_new (answer_receipt);
  g_autoptr (EonayTransaction) transaction = portal_stub_transaction (stub);
  g_autoptr (GError) error = NULL;

  receipt_body = "{\"transaction\":\"f3a1\",\"state\":\"declined\"}";
  g_assert_true (portal_rig_decline (stub->portal, transaction, &error));
  g_assert_cmpstr (stub->seen->str, ==,
                   "POST /api/v1/transactions/f3a1/decline\n{\"reason\":\"user-cancelled\"}\n");
  stub->answer = answer_refused;
  g_assert_false (portal_rig_decline (stub->portal, transaction, &error));
  g_assert_error (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_CERTIFICATE_REVOKED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/portal/submit/again-with-the-same-key", test_again_with_the_same_key);
  g_test_add_func ("/portal/submit/key-belongs-to-signatures", test_key_belongs_to_the_signatures);
  g_test_add_func ("/portal/submit/gives-up", test_gives_up_30_seconds_after_the_end);
  g_test_add_func ("/portal/submit/a-refusal-is-final", test_a_refusal_is_final);
  g_test_add_func ("/portal/submit/receipts", test_receipts);
  g_test_add_func ("/portal/submit/waits", test_waits);
  g_test_add_func ("/portal/submit/usual-timing", test_usual_timing);
  g_test_add_func ("/portal/submit/cancelled-while-resolving", test_cancelled_while_resolving);
  g_test_add_func ("/portal/submit/cancelled-while-waiting", test_cancelled_while_waiting);
  g_test_add_func ("/portal/submit/decline", test_decline);

  return g_test_run ();
}
