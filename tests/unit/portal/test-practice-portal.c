#include <string.h>

#include "base/eonay-error.h"
#include "portal-rig.h"
#include "practice/portal/eonay-practice-limit.h"

static JsonObject *
describe (PortalRig *rig, const char *code)
{
  g_autofree char *text = eonay_practice_portal_describe (rig->server, code);
  g_autoptr (JsonNode) node = json_from_string (text, NULL);

  return json_object_ref (json_node_get_object (node));
}

static void
assert_code_refused (PortalRig *rig, const char *code, EonayPortalError expected)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (portal_rig_resolve (rig->portal, code, &error));
  g_assert_error (error, EONAY_PORTAL_ERROR, (int) expected);
  g_assert_null (strstr (error->message, code));
}

static void
assert_submission_refused (PortalRig *rig, EonayTransaction *transaction, const TestWish *wish,
                           EonayPortalError expected)
{
  g_autoptr (GPtrArray) signatures = wish == NULL ? portal_rig_forge ()
                                                  : portal_rig_sign (rig, transaction, wish);
  g_autoptr (GError) error = NULL;

  g_assert_null (portal_rig_submit (rig->portal, transaction, signatures, &error));
  g_assert_error (error, EONAY_PORTAL_ERROR, (int) expected);
}

static void
sign_to_the_end (const char *operation, const char *words, const TestWish *wish)
{
  g_autoptr (PortalRig) rig = portal_rig_new ();
  g_autofree char *code = portal_rig_create (rig, operation, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (EonayTransaction) transaction = portal_rig_resolve (rig->portal, code, &error);
  g_autoptr (GPtrArray) signatures = NULL;
  g_autoptr (EonayPortalReceipt) receipt = NULL;
  g_autoptr (EonayDocument) document = NULL;
  g_autoptr (JsonObject) description = NULL;
  g_autofree char *text = NULL;
  g_autofree char *encoded = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (
      eonay_transaction_operation_to_word (eonay_transaction_get_operation (transaction)), ==,
      operation);
  g_assert_cmpint (eonay_transaction_get_expires_at (transaction), ==, 1285 * G_USEC_PER_SEC);
  g_assert_true (g_date_time_equal (eonay_transaction_get_created_at (transaction), rig->realtime));
  document = g_list_model_get_item (eonay_transaction_get_documents (transaction), 0);
  text = g_strndup (g_bytes_get_data (eonay_document_get_content (document), NULL),
                    g_bytes_get_size (eonay_document_get_content (document)));
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_nonnull (strstr (text, words));
  g_assert_nonnull (strstr (text, "DENEME"));

  signatures = portal_rig_sign (rig, transaction, wish);
  receipt = portal_rig_submit (rig->portal, transaction, signatures, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (receipt->receipt, "DENEME-"));
  g_assert_cmpstr (receipt->message, ==, "DENEME: İmzanız alındı.");

  description = describe (rig, code);
  encoded = g_base64_encode (g_bytes_get_data (g_ptr_array_index (signatures, 0), NULL),
                             g_bytes_get_size (g_ptr_array_index (signatures, 0)));
  g_assert_cmpstr (json_object_get_string_member (description, "state"), ==, "completed");
  g_assert_cmpstr (json_object_get_string_member (description, "signer"), ==, "AYŞE DENEME");
  g_assert_cmpstr (json_object_get_string_member (description, "receipt"), ==, receipt->receipt);
  g_assert_cmpstr (
      json_array_get_string_element (json_object_get_array_member (description, "signatures"), 0),
      ==, encoded);
}

static void
test_each_operation (void)
{
  const TestWish p384 = { .key = "P-384" };

  sign_to_the_end ("login", "girme işlemini onaylıyorum.", NULL);
  sign_to_the_end ("e-onay", "KABUL EDİYORUM.", &p384);
  sign_to_the_end ("e-onay-cancel", "KABUL ETMİYORUM.", &(TestWish){ 0 });
}

static void
test_other_operations_are_not_played (void)
{
  g_autoptr (PortalRig) rig = portal_rig_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (eonay_practice_portal_create (rig->server, "revoke", 285, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  g_clear_error (&error);
  g_assert_null (eonay_practice_portal_create (rig->server, "login", 0, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
}

static void
test_codes (void)
{
  g_autoptr (PortalRig) rig = portal_rig_new ();
  g_autofree char *code = portal_rig_create (rig, "login", NULL);
  g_autofree char *late = portal_rig_create (rig, "login", NULL);
  g_autoptr (EonayTransaction) transaction = NULL;

  assert_code_refused (rig, "123", EONAY_PORTAL_ERROR_CODE_MALFORMED);
  assert_code_refused (rig, "82000452618419a", EONAY_PORTAL_ERROR_CODE_MALFORMED);
  assert_code_refused (rig, "000000000000000", EONAY_PORTAL_ERROR_CODE_UNKNOWN);
  transaction = portal_rig_resolve (rig->portal, code, NULL);
  g_assert_nonnull (transaction);
  assert_code_refused (rig, code, EONAY_PORTAL_ERROR_CODE_USED);
  rig->boottime += 285 * G_USEC_PER_SEC;
  assert_code_refused (rig, late, EONAY_PORTAL_ERROR_EXPIRED);
}

static void
test_too_many_wrong_codes (void)
{
  g_autoptr (PortalRig) rig = portal_rig_new ();
  g_autofree char *code = portal_rig_create (rig, "login", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (EonayTransaction) transaction = NULL;

  for (guint i = 0; i < EONAY_PRACTICE_WRONG_CODES_MAX; i++)
    {
      assert_code_refused (rig, "000000000000000", EONAY_PORTAL_ERROR_CODE_UNKNOWN);
      rig->boottime += G_USEC_PER_SEC;
    }

  g_assert_null (portal_rig_resolve (rig->portal, code, &error));
  g_assert_error (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_TOO_MANY_REQUESTS);
  g_assert_cmpint (eonay_portal_error_get_retry_after (error), ==, 50);

  rig->boottime += 50 * G_USEC_PER_SEC;
  transaction = portal_rig_resolve (rig->portal, code, NULL);
  g_assert_nonnull (transaction);
}

static void
test_signatures_that_are_refused (void)
{
  const TestWish expired = { .key = "P-256", .days_before = 100, .days_after = -1 };
  const TestWish unqualified = {
    .key = "P-256",
    .extensions = "[ext]\nkeyUsage=critical,digitalSignature,nonRepudiation\n",
  };
  const TestWish other_person = {
    .key = "P-256",
    .subject = "C=TR,serialNumber=38573024140,CN=ALİ DENEME",
  };
  const TestWish right = { .key = "P-256" };
  g_autoptr (PortalRig) rig = portal_rig_new ();
  g_autoptr (TestIssuer) stranger =
      test_issuer_new ("YABANCI Kök", NULL, &(TestWish){ .key = "P-384", .days_before = 10 });
  TestIssuer *own = rig->issuer;
  g_autoptr (GError) error = NULL;
  g_autofree char *code = eonay_practice_portal_create (rig->server, "login", 285, "10000000146",
                                                        &error);
  g_autoptr (EonayTransaction) transaction = portal_rig_resolve (rig->portal, code, &error);
  g_autoptr (EonayTransaction) another = portal_rig_begin (rig, NULL);
  g_autoptr (GPtrArray) signatures = NULL;
  g_autoptr (EonayPortalReceipt) receipt = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (eonay_transaction_get_signer_hint (transaction), ==, "10000000146");
  assert_submission_refused (rig, transaction, NULL, EONAY_PORTAL_ERROR_SIGNATURE_INVALID);
  assert_submission_refused (rig, transaction, &expired, EONAY_PORTAL_ERROR_CERTIFICATE_EXPIRED);
  assert_submission_refused (rig, transaction, &unqualified,
                             EONAY_PORTAL_ERROR_CERTIFICATE_NOT_ACCEPTED);
  assert_submission_refused (rig, transaction, &other_person, EONAY_PORTAL_ERROR_SIGNER_MISMATCH);

  rig->issuer = stranger;
  assert_submission_refused (rig, transaction, &right, EONAY_PORTAL_ERROR_CERTIFICATE_NOT_ACCEPTED);
  rig->issuer = own;

  signatures = portal_rig_sign (rig, another, NULL);
  g_assert_null (portal_rig_submit (rig->portal, transaction, signatures, &error));
  g_assert_error (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_SIGNATURE_INVALID);
  g_clear_error (&error);
  g_clear_pointer (&signatures, g_ptr_array_unref);

  signatures = portal_rig_sign (rig, transaction, &right);
  receipt = portal_rig_submit (rig->portal, transaction, signatures, &error);
  g_assert_no_error (error);
  g_assert_nonnull (receipt);
}

static void
test_signing_time (void)
{
  g_autoptr (PortalRig) rig = portal_rig_new ();
  g_autoptr (EonayTransaction) transaction = portal_rig_begin (rig, NULL);
  g_autoptr (GPtrArray) early = NULL;
  g_autoptr (GPtrArray) late = NULL;
  g_autoptr (GPtrArray) near = NULL;
  GDateTime *now = rig->realtime;
  g_autoptr (GError) error = NULL;
  g_autoptr (EonayPortalReceipt) receipt = NULL;

  rig->realtime = g_date_time_add_minutes (now, -6);
  early = portal_rig_sign (rig, transaction, &(TestWish){ .key = "P-256", .days_before = 1 });
  g_date_time_unref (rig->realtime);
  rig->realtime = g_date_time_add_minutes (now, 6);
  late = portal_rig_sign (rig, transaction, NULL);
  g_date_time_unref (rig->realtime);
  rig->realtime = g_date_time_add_minutes (now, 4);
  near = portal_rig_sign (rig, transaction, NULL);
  g_date_time_unref (rig->realtime);
  rig->realtime = now;

  g_assert_null (portal_rig_submit (rig->portal, transaction, early, &error));
  g_assert_error (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_SIGNATURE_INVALID);
  g_clear_error (&error);
  g_assert_null (portal_rig_submit (rig->portal, transaction, late, &error));
  g_assert_error (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_SIGNATURE_INVALID);
  g_clear_error (&error);
  receipt = portal_rig_submit (rig->portal, transaction, near, &error);
  g_assert_no_error (error);
}

static void
test_decline (void)
{
  g_autoptr (PortalRig) rig = portal_rig_new ();
  g_autofree char *code = portal_rig_create (rig, "login", NULL);
  g_autoptr (EonayTransaction) transaction = portal_rig_resolve (rig->portal, code, NULL);
  g_autoptr (JsonObject) description = NULL;
  g_autoptr (GError) error = NULL;
  const TestWish right = { .key = "P-256" };

  g_assert_true (portal_rig_decline (rig->portal, transaction, &error));
  g_assert_no_error (error);
  description = describe (rig, code);
  g_assert_cmpstr (json_object_get_string_member (description, "state"), ==, "declined");
  assert_submission_refused (rig, transaction, &right, EONAY_PORTAL_ERROR_CODE_USED);
}

static void
test_same_key_same_answer (void)
{
  g_autoptr (PortalRig) rig = portal_rig_new ();
  g_autoptr (EonayTransaction) transaction = portal_rig_begin (rig, NULL);
  g_autoptr (GPtrArray) signatures = portal_rig_sign (rig, transaction, NULL);
  g_autoptr (GPtrArray) others = portal_rig_sign (rig, transaction, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (EonayPortalReceipt) first = NULL;
  g_autoptr (EonayPortalReceipt) again = NULL;

  first = portal_rig_submit (rig->portal, transaction, signatures, &error);
  g_assert_no_error (error);
  rig->boottime += 1000 * G_USEC_PER_SEC;
  again = portal_rig_submit (rig->portal, transaction, signatures, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (first->receipt, ==, again->receipt);

  g_assert_null (portal_rig_submit (rig->portal, transaction, others, &error));
  g_assert_error (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_CODE_USED);
}

static void
test_late_signature (void)
{
  g_autoptr (PortalRig) rig = portal_rig_new ();
  g_autoptr (EonayTransaction) transaction = portal_rig_begin (rig, NULL);
  const TestWish right = { .key = "P-256" };

  rig->boottime += 285 * G_USEC_PER_SEC;
  assert_submission_refused (rig, transaction, &right, EONAY_PORTAL_ERROR_EXPIRED);
}

static void
assert_resolve_fault (const char *fault, EonayPortalError expected)
{
  g_autoptr (PortalRig) rig = portal_rig_new ();
  g_autofree char *code = portal_rig_create (rig, "e-onay", fault);

  assert_code_refused (rig, code, expected);
}

static void
test_faults_of_resolve (void)
{
  assert_resolve_fault ("digest", EONAY_PORTAL_ERROR_DIGEST_MISMATCH);
  assert_resolve_fault ("oversize", EONAY_PORTAL_ERROR_TOO_LARGE);
  assert_resolve_fault ("huge-json", EONAY_PORTAL_ERROR_TOO_LARGE);
  assert_resolve_fault ("malformed", EONAY_PORTAL_ERROR_MALFORMED);
  assert_resolve_fault ("cut", EONAY_PORTAL_ERROR_UNREACHABLE);
}

static void
test_slow (void)
{
  const EonayPortalTiming impatient = { .timeout = 50, .first_wait = 1, .longest_wait = 1 };
  g_autoptr (PortalRig) rig = portal_rig_new ();
  g_autofree char *code = portal_rig_create (rig, "e-onay", "slow");

  /* The connection is up before the clock starts to matter, so that only the silence counts. */
  assert_code_refused (rig, "000000000000000", EONAY_PORTAL_ERROR_CODE_UNKNOWN);
  eonay_portal_set_timing (rig->portal, &impatient);
  assert_code_refused (rig, code, EONAY_PORTAL_ERROR_TIMED_OUT);
}

static gboolean
text_contains (EonayTransaction *transaction, const char *bytes, gsize length)
{
  g_autoptr (EonayDocument) document =
      g_list_model_get_item (eonay_transaction_get_documents (transaction), 0);
  GBytes *content = eonay_document_get_content (document);

  return memmem (g_bytes_get_data (content, NULL), g_bytes_get_size (content), bytes, length) !=
         NULL;
}

static void
test_faults_of_text (void)
{
  g_autoptr (PortalRig) rig = portal_rig_new ();
  g_autoptr (EonayTransaction) nul = portal_rig_begin (rig, "text-nul");
  g_autoptr (EonayTransaction) bidi = portal_rig_begin (rig, "text-bidi");
  g_autoptr (EonayTransaction) not_utf8 = portal_rig_begin (rig, "not-utf8");

  g_assert_true (text_contains (nul, "", 1));
  g_assert_true (text_contains (bidi, "\u202e", 3));
  g_assert_true (text_contains (not_utf8, "\xfe", 1));
}

static void
assert_submitted_once (const char *fault, int submissions)
{
  g_autoptr (PortalRig) rig = portal_rig_new ();
  g_autofree char *code = portal_rig_create (rig, "e-onay", fault);
  g_autoptr (EonayTransaction) transaction = portal_rig_resolve (rig->portal, code, NULL);
  g_autoptr (GPtrArray) signatures = portal_rig_sign (rig, transaction, NULL);
  g_autoptr (JsonObject) description = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (EonayPortalReceipt) receipt = portal_rig_submit (rig->portal, transaction, signatures,
                                                              &error);

  g_assert_no_error (error);
  description = describe (rig, code);
  g_assert_cmpstr (receipt->receipt, ==, json_object_get_string_member (description, "receipt"));
  g_assert_cmpint (json_object_get_int_member (description, "submissions"), ==, submissions);
  g_assert_cmpuint (
      json_array_get_length (json_object_get_array_member (description, "signatures")), ==, 1);
}

static void
test_submission_is_repeated (void)
{
  assert_submitted_once (NULL, 1);
  assert_submitted_once ("503-once", 2);
  assert_submitted_once ("lost-reply", 2);
}

static void
test_faults_of_submit (void)
{
  g_autoptr (PortalRig) rig = portal_rig_new ();
  g_autoptr (EonayTransaction) revoked = portal_rig_begin (rig, "certificate-revoked");
  g_autoptr (EonayTransaction) suspended = portal_rig_begin (rig, "certificate-suspended");
  g_autoptr (EonayTransaction) down = portal_rig_begin (rig, "503");
  const TestWish right = { .key = "P-256" };

  assert_submission_refused (rig, revoked, &right, EONAY_PORTAL_ERROR_CERTIFICATE_REVOKED);
  assert_submission_refused (rig, suspended, &right, EONAY_PORTAL_ERROR_CERTIFICATE_SUSPENDED);
  rig->boottime += (285 + 30) * G_USEC_PER_SEC;
  assert_submission_refused (rig, down, &right, EONAY_PORTAL_ERROR_UNAVAILABLE);
}

static void
test_stops (void)
{
  g_autoptr (PortalRig) rig = portal_rig_new ();
  g_autofree char *code = portal_rig_create (rig, "login", NULL);
  g_autofree char *ca_file = g_strdup (eonay_practice_portal_get_tls_ca_file (rig->server));

  g_assert_true (g_file_test (ca_file, G_FILE_TEST_EXISTS));
  eonay_practice_portal_stop (rig->server);
  g_assert_false (g_file_test (ca_file, G_FILE_TEST_EXISTS));
  assert_code_refused (rig, code, EONAY_PORTAL_ERROR_UNREACHABLE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/practice-portal/each-operation", test_each_operation);
  g_test_add_func ("/practice-portal/other-operations", test_other_operations_are_not_played);
  g_test_add_func ("/practice-portal/codes", test_codes);
  g_test_add_func ("/practice-portal/too-many-wrong-codes", test_too_many_wrong_codes);
  g_test_add_func ("/practice-portal/signatures-refused", test_signatures_that_are_refused);
  g_test_add_func ("/practice-portal/signing-time", test_signing_time);
  g_test_add_func ("/practice-portal/decline", test_decline);
  g_test_add_func ("/practice-portal/same-key-same-answer", test_same_key_same_answer);
  g_test_add_func ("/practice-portal/late-signature", test_late_signature);
  g_test_add_func ("/practice-portal/faults-of-resolve", test_faults_of_resolve);
  g_test_add_func ("/practice-portal/slow", test_slow);
  g_test_add_func ("/practice-portal/faults-of-text", test_faults_of_text);
  g_test_add_func ("/practice-portal/submission-repeated", test_submission_is_repeated);
  g_test_add_func ("/practice-portal/faults-of-submit", test_faults_of_submit);
  g_test_add_func ("/practice-portal/stops", test_stops);

  return g_test_run ();
}
