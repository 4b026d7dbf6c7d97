#include "portal/eonay-transaction.h"

#include <string.h>

#include "base/eonay-error.h"

#define DIGEST "n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=" /* of "test" */

static const char good[] =
    "{\"transaction\":\"f3a1-b_2\",\"operation\":\"e-onay\",\"state\":\"waiting\","
    "\"portal\":\"Kamu Sertifikasyon Merkezi\",\"certificate_policy\":\"qualified\","
    "\"signer_hint\":{\"serialNumber\":\"10000000146\"},"
    "\"created_at\":\"2019-12-25T14:27:02+03:00\",\"expires_in\":285,"
    "\"hashAlgorithmOID\":\"2.16.840.1.101.3.4.2.1\","
    "\"documents\":[{\"id\":\"1\",\"label\":\"Sözleşme\","
    "\"media_type\":\"text/plain; charset=utf-8\",\"size\":4,\"digest\":\"" DIGEST "\","
    "\"href\":\"documents/1\",\"signature_format\":\"C\",\"conformance_level\":\"AdES-B-B\","
    "\"signed_envelope_property\":\"Attached\",\"later\":[1,{\"x\":null}]}],"
    "\"newer\":{\"than\":\"us\"}}";

static EonayTransaction *
parse (const char *text, GError **error)
{
  g_autoptr (GBytes) json = g_bytes_new (text, strlen (text));

  return eonay_transaction_parse (json, 1000 * G_USEC_PER_SEC, error);
}

static char *
replaced (const char *before, const char *after)
{
  const char *at = strstr (good, before);

  if (at == NULL)
    g_error ("not in the good answer: %s", before);

  return g_strdup_printf ("%.*s%s%s", (int) (at - good), good, after, at + strlen (before));
}

static void
assert_refused (const char *text, EonayPortalError code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EonayTransaction) transaction = parse (text, &error);

  if (transaction != NULL)
    g_error ("accepted: %s", text);
  if (!g_error_matches (error, EONAY_PORTAL_ERROR, (int) code))
    g_error ("%s: %s instead of code %u", text, error->message, code);
}

static void
assert_replaced_refused (const char *before, const char *after, EonayPortalError code)
{
  g_autofree char *text = replaced (before, after);

  assert_refused (text, code);
}

static void
test_good (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EonayTransaction) transaction = parse (good, &error);
  g_autoptr (GDateTime) created_at = g_date_time_new_from_iso8601 ("2019-12-25T11:27:02Z", NULL);
  g_autoptr (EonayDocument) document = NULL;
  g_autofree char *digest = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (eonay_transaction_get_id (transaction), ==, "f3a1-b_2");
  g_assert_cmpint (eonay_transaction_get_operation (transaction), ==, EONAY_OPERATION_E_ONAY);
  g_assert_cmpstr (eonay_transaction_get_portal_name (transaction), ==,
                   "Kamu Sertifikasyon Merkezi");
  g_assert_true (eonay_transaction_requires_qualified (transaction));
  g_assert_cmpstr (eonay_transaction_get_signer_hint (transaction), ==, "10000000146");
  g_assert_true (g_date_time_equal (eonay_transaction_get_created_at (transaction), created_at));
  g_assert_cmpint (eonay_transaction_get_expires_at (transaction), ==, 1285 * G_USEC_PER_SEC);

  g_assert_cmpuint (g_list_model_get_n_items (eonay_transaction_get_documents (transaction)), ==,
                    1);
  document = g_list_model_get_item (eonay_transaction_get_documents (transaction), 0);
  digest = g_base64_encode (g_bytes_get_data (eonay_document_get_digest (document), NULL), 32);
  g_assert_cmpstr (eonay_document_get_id (document), ==, "1");
  g_assert_cmpstr (eonay_document_get_label (document), ==, "Sözleşme");
  g_assert_cmpstr (eonay_document_get_media_type (document), ==, "text/plain; charset=utf-8");
  g_assert_cmpuint (eonay_document_get_size (document), ==, 4);
  g_assert_cmpstr (digest, ==, DIGEST);
  g_assert_cmpstr (eonay_document_get_href (document), ==, "documents/1");
  g_assert_cmpint (eonay_document_get_format (document), ==, EONAY_FORMAT_CADES_ATTACHED);
  g_assert_cmpstr (eonay_document_get_conformance_level (document), ==, "AdES-B-B");
  g_assert_null (eonay_document_get_content (document));
}

static void
test_optional_and_other_values (void)
{
  const char *swaps[][2] = {
    { "\"signer_hint\":{\"serialNumber\":\"10000000146\"},", "" },
    { "\"qualified\"", "\"any\"" },
    { "\"Attached\"", "\"Detached\"" },
    { "2019-12-25T14:27:02+03:00", "2019-12-25T11:27:02.25Z" },
    { "\"expires_in\":285", "\"expires_in\":86400" },
    { "\"expires_in\":285", "\"expires_in\":1" },
    { "\"size\":4", "\"size\":524288" },
    { "\"href\":\"documents/1\"", "\"href\":\"d/e.f/g-h_1.txt\"" },
    { "\"e-onay\"", "\"update-details\"" },
    { "\"Kamu Sertifikasyon Merkezi\"", "\"\\u015e\\ud83d\\ude00\"" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (swaps); i++)
    {
      g_autofree char *text = replaced (swaps[i][0], swaps[i][1]);
      g_autoptr (GError) error = NULL;
      g_autoptr (EonayTransaction) transaction = parse (text, &error);

      if (transaction == NULL)
        g_error ("%s: %s", swaps[i][1], error->message);
    }
}

static const char *const members[][2] = {
  { "\"transaction\"", "\"f3a1-b_2\"" },
  { "\"operation\"", "\"e-onay\"" },
  { "\"state\"", "\"waiting\"" },
  { "\"portal\"", "\"Kamu Sertifikasyon Merkezi\"" },
  { "\"certificate_policy\"", "\"qualified\"" },
  { "\"created_at\"", "\"2019-12-25T14:27:02+03:00\"" },
  { "\"expires_in\"", "285" },
  { "\"hashAlgorithmOID\"", "\"2.16.840.1.101.3.4.2.1\"" },
  { "\"id\"", "\"1\"" },
  { "\"label\"", "\"Sözleşme\"" },
  { "\"media_type\"", "\"text/plain; charset=utf-8\"" },
  { "\"size\"", "4" },
  { "\"digest\"", "\"" DIGEST "\"" },
  { "\"href\"", "\"documents/1\"" },
  { "\"signature_format\"", "\"C\"" },
  { "\"conformance_level\"", "\"AdES-B-B\"" },
  { "\"signed_envelope_property\"", "\"Attached\"" },
  { "\"serialNumber\"", "\"10000000146\"" },
};

static void
test_each_member_missing_or_of_another_type (void)
{
  const char *values[] = { "null", "true", "[]", "{}", "\"\"", "1.5", "-1", "[\"a\"]" };

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      g_autofree char *pair = g_strdup_printf ("%s:%s", members[i][0], members[i][1]);
      g_autofree char *renamed = g_strdup_printf ("\"gone\":%s", members[i][1]);

      assert_replaced_refused (pair, renamed, EONAY_PORTAL_ERROR_MALFORMED);
      for (guint j = 0; j < G_N_ELEMENTS (values); j++)
        {
          g_autofree char *other = g_strdup_printf ("%s:%s", members[i][0], values[j]);

          assert_replaced_refused (pair, other, EONAY_PORTAL_ERROR_MALFORMED);
        }
    }

  for (guint j = 0; j < G_N_ELEMENTS (values); j++)
    {
      g_autofree char *hint = g_strdup_printf ("\"signer_hint\":%s", values[j]);
      g_autofree char *text = replaced ("\"signer_hint\":{\"serialNumber\":\"10000000146\"}", hint);
      g_autofree char *documents = g_strdup_printf ("\"documents\":%s,\"old\":[", values[j]);

      g_autofree char *card_hint = g_strdup_printf ("\"card_hint\":%s,\"state\"", values[j]);
      g_autofree char *card_serial = g_strdup_printf ("\"card_hint\":{\"serial\":%s},\"state\"",
                                                      values[j]);

      assert_refused (text, EONAY_PORTAL_ERROR_MALFORMED);
      assert_replaced_refused ("\"state\"", card_hint, EONAY_PORTAL_ERROR_MALFORMED);
      assert_replaced_refused ("\"state\"", card_serial, EONAY_PORTAL_ERROR_MALFORMED);
      assert_replaced_refused ("\"documents\":[", documents, EONAY_PORTAL_ERROR_MALFORMED);
    }
}

static void
test_bad_values (void)
{
  static const struct {
    const char *before;
    const char *after;
    EonayPortalError code;
  } table[] = {
    { "f3a1-b_2", "../f3a1", EONAY_PORTAL_ERROR_MALFORMED },
    { "f3a1-b_2", "f3%2f", EONAY_PORTAL_ERROR_MALFORMED },
    { "f3a1-b_2", "f3?a", EONAY_PORTAL_ERROR_MALFORMED },
    { "\"e-onay\"", "\"teleport\"", EONAY_PORTAL_ERROR_UNKNOWN_OPERATION },
    { "\"waiting\"", "\"completed\"", EONAY_PORTAL_ERROR_MALFORMED },
    { "\"qualified\"", "\"whatever\"", EONAY_PORTAL_ERROR_MALFORMED },
    { "Kamu Sert", "Kamu\\nSert", EONAY_PORTAL_ERROR_MALFORMED },
    { "Kamu Sert", "Kamu\\u202eSert", EONAY_PORTAL_ERROR_MALFORMED },
    { "Sözleşme", "Söz\\u2028leşme", EONAY_PORTAL_ERROR_MALFORMED },
    { "Sözleşme", "S\\u0336ö\\u0336z", EONAY_PORTAL_ERROR_MALFORMED },
    { "Sözleşme", "\\u3164", EONAY_PORTAL_ERROR_MALFORMED },
    { "Sözleşme", " \\u00a0", EONAY_PORTAL_ERROR_MALFORMED },
    { "Sözleşme", "Söz\\u0627", EONAY_PORTAL_ERROR_MALFORMED },
    { "Kamu Sert", "e\\u0301\\u0301\\u0301\\u0301\\u0301", EONAY_PORTAL_ERROR_MALFORMED },
    { "Kamu Sert", "Kamu\\ufffc", EONAY_PORTAL_ERROR_MALFORMED },
    { "Kamu Sert", "Kamu\\u0489", EONAY_PORTAL_ERROR_MALFORMED },
    { "10000000146", "1000000014", EONAY_PORTAL_ERROR_MALFORMED },
    { "10000000146", "1000000014x", EONAY_PORTAL_ERROR_MALFORMED },
    { "2019-12-25T14:27:02+03:00", "2019-12-25", EONAY_PORTAL_ERROR_MALFORMED },
    { "2019-12-25T14:27:02+03:00", "20191225T142702Z", EONAY_PORTAL_ERROR_MALFORMED },
    { "2019-12-25T14:27:02+03:00", "2019-12-25T14:27:02", EONAY_PORTAL_ERROR_MALFORMED },
    { "2019-12-25T14:27:02+03:00", "2019-13-25T14:27:02Z", EONAY_PORTAL_ERROR_MALFORMED },
    { "2019-12-25T14:27:02+03:00", "2019-12-25T14:27:02Z\\n", EONAY_PORTAL_ERROR_MALFORMED },
    { "285", "0", EONAY_PORTAL_ERROR_MALFORMED },
    { "285", "86401", EONAY_PORTAL_ERROR_MALFORMED },
    { "285", "18446744073709551901", EONAY_PORTAL_ERROR_MALFORMED },
    { "285", "1e2", EONAY_PORTAL_ERROR_MALFORMED },
    { "3.4.2.1\"", "3.4.2.2\"", EONAY_PORTAL_ERROR_UNSUPPORTED_FORMAT },
    { "\"id\":\"1\"", "\"id\":\"../1\"", EONAY_PORTAL_ERROR_MALFORMED },
    { "text/plain;", "text plain;", EONAY_PORTAL_ERROR_MALFORMED },
    { "text/plain;", "text/plain\\u0001;", EONAY_PORTAL_ERROR_MALFORMED },
    { "\"size\":4", "\"size\":0", EONAY_PORTAL_ERROR_MALFORMED },
    { "\"size\":4", "\"size\":33554433", EONAY_PORTAL_ERROR_TOO_LARGE },
    { "n4bQgYhM", "", EONAY_PORTAL_ERROR_MALFORMED },
    { "n4bQgYhM", "n4bQ!gYhM", EONAY_PORTAL_ERROR_MALFORMED },
    { "wCgg=", "wCgh=", EONAY_PORTAL_ERROR_MALFORMED },
    { "\"documents/1\"", "\"/documents/1\"", EONAY_PORTAL_ERROR_MALFORMED },
    { "\"documents/1\"", "\"../other/documents/1\"", EONAY_PORTAL_ERROR_MALFORMED },
    { "\"documents/1\"", "\"documents/../../1\"", EONAY_PORTAL_ERROR_MALFORMED },
    { "\"documents/1\"", "\"documents//1\"", EONAY_PORTAL_ERROR_MALFORMED },
    { "\"documents/1\"", "\"documents/./1\"", EONAY_PORTAL_ERROR_MALFORMED },
    { "\"documents/1\"", "\"//evil.example/1\"", EONAY_PORTAL_ERROR_MALFORMED },
    { "\"documents/1\"", "\"https://evil.example/1\"", EONAY_PORTAL_ERROR_MALFORMED },
    { "\"documents/1\"", "\"documents/%2e%2e/1\"", EONAY_PORTAL_ERROR_MALFORMED },
    { "\"documents/1\"", "\"documents/1?x\"", EONAY_PORTAL_ERROR_MALFORMED },
    { "\"documents/1\"", "\"documents/1#x\"", EONAY_PORTAL_ERROR_MALFORMED },
    { "\"documents/1\"", "\"documents\\\\1\"", EONAY_PORTAL_ERROR_MALFORMED },
    { "\"C\"", "\"X\"", EONAY_PORTAL_ERROR_UNSUPPORTED_FORMAT },
    { "\"C\"", "\"P\"", EONAY_PORTAL_ERROR_UNSUPPORTED_FORMAT },
    { "AdES-B-B", "AdES-B-T", EONAY_PORTAL_ERROR_UNSUPPORTED_FORMAT },
    { "\"Attached\"", "\"Certification\"", EONAY_PORTAL_ERROR_UNSUPPORTED_FORMAT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    assert_replaced_refused (table[i].before, table[i].after, table[i].code);
}

static void
test_names_are_composed (void)
{
  g_autofree char *card = replaced ("\"state\"",
                                    "\"card_hint\":{\"serial\":\" I\\u0307-1 \"},\"state\"");
  g_autofree char *hidden = replaced ("\"state\"",
                                      "\"card_hint\":{\"serial\":\"a\\u202e\"},\"state\"");
  g_autofree char *portal = replaced ("Kamu Sertifikasyon Merkezi", "I\\u0307mza S\\u0327");
  g_autofree char *label = replaced ("Sözleşme", "so\\u0308zles\\u0327me");
  const char *texts[] = { card, portal, label };

  assert_refused (hidden, EONAY_PORTAL_ERROR_MALFORMED);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (EonayTransaction) transaction = parse (texts[i], &error);
      g_autoptr (EonayDocument) document = NULL;

      g_assert_no_error (error);
      document = g_list_model_get_item (eonay_transaction_get_documents (transaction), 0);
      g_assert_cmpstr (eonay_document_get_label (document), ==, i == 2 ? "sözleşme" : "Sözleşme");
      g_assert_cmpstr (eonay_transaction_get_portal_name (transaction), ==,
                       i == 1 ? "İmza Ş" : "Kamu Sertifikasyon Merkezi");
      g_assert_cmpstr (eonay_transaction_get_card_hint (transaction), ==, i == 0 ? "İ-1" : NULL);
    }
}

static void
test_bad_texts (void)
{
  g_autofree char *deep = g_strnfill (60000, '[');
  g_autofree char *huge = g_strnfill (65537, ' ');
  g_autofree char *nested = replaced ("\"us\"", "[[[[[[[[]]]]]]]]");
  g_autofree char *not_utf8 = replaced ("Kamu", "K\xfc");
  g_autofree char *surrogate = replaced ("Kamu", "\\ud800");
  g_autofree char *comment = g_strconcat ("// a comment\n", good, NULL);

  assert_refused ("", EONAY_PORTAL_ERROR_MALFORMED);
  assert_refused ("[]", EONAY_PORTAL_ERROR_MALFORMED);
  assert_refused ("\"text\"", EONAY_PORTAL_ERROR_MALFORMED);
  assert_refused ("<html>", EONAY_PORTAL_ERROR_MALFORMED);
  assert_refused (deep, EONAY_PORTAL_ERROR_MALFORMED);
  assert_refused (nested, EONAY_PORTAL_ERROR_MALFORMED);
  assert_refused (not_utf8, EONAY_PORTAL_ERROR_MALFORMED);
  assert_refused (surrogate, EONAY_PORTAL_ERROR_MALFORMED);
  assert_refused (comment, EONAY_PORTAL_ERROR_MALFORMED);
  assert_refused (huge, EONAY_PORTAL_ERROR_TOO_LARGE);

  for (gsize length = 0; length < strlen (good); length++)
    {
      g_autofree char *cut = g_strndup (good, length);

      assert_refused (cut, EONAY_PORTAL_ERROR_MALFORMED);
    }
}

static char *
with_documents (guint n, gboolean same_id)
{
  const char *start = strstr (good, "{\"id\"");
  const char *end = strstr (good, "}],\"newer\"") + 1;
  const char *rest = start + strlen ("{\"id\":\"1\"");
  g_autoptr (GString) text = g_string_new_len (good, start - good);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s{\"id\":\"%u\"%.*s", i == 0 ? "" : ",", same_id ? 1 : i,
                            (int) (end - rest), rest);

  return g_strconcat (text->str, end, NULL);
}

static void
test_number_of_documents (void)
{
  g_autofree char *most = with_documents (16, FALSE);
  g_autofree char *too_many = with_documents (17, FALSE);
  g_autofree char *none = with_documents (0, FALSE);
  g_autofree char *twins = with_documents (2, TRUE);
  g_autoptr (GString) unblock = g_string_new (none);
  g_autoptr (GError) error = NULL;
  g_autoptr (EonayTransaction) transaction = parse (most, &error);
  g_autoptr (EonayTransaction) empty = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (eonay_transaction_get_documents (transaction)), ==,
                    16);
  assert_refused (too_many, EONAY_PORTAL_ERROR_DOCUMENTS_TOO_MANY);
  assert_refused (none, EONAY_PORTAL_ERROR_MALFORMED);
  assert_refused (twins, EONAY_PORTAL_ERROR_MALFORMED);

  g_string_replace (unblock, "\"e-onay\"", "\"unblock\"", 1);
  empty = parse (unblock->str, &error);
  g_assert_no_error (error);
  g_assert_cmpint (eonay_transaction_get_operation (empty), ==, EONAY_OPERATION_UNBLOCK);
}

/* @n documents of @type with @size bytes each; @code 0: they are taken */
static void
assert_sizes (guint n, const char *type, guint size, int code)
{
  g_autofree char *documents = with_documents (n, FALSE);
  g_autofree char *bytes = g_strdup_printf ("\"size\":%u", size);
  g_autoptr (GString) text = g_string_new (documents);
  g_autoptr (EonayTransaction) transaction = NULL;
  g_autoptr (GError) error = NULL;

  g_string_replace (text, "\"size\":4", bytes, 0);
  g_string_replace (text, "text/plain; charset=utf-8", type, 0);
  transaction = parse (text->str, &error);
  if (code == 0)
    g_assert_no_error (error);
  else
    g_assert_error (error, EONAY_PORTAL_ERROR, code);
}

static void
test_sizes_of_documents (void)
{
  const char *text = "text/plain; charset=utf-8";
  const char *pdf = "application/pdf";
  guint sixteenth = EONAY_DOCUMENT_TEXTS_SUM_MAX / 16;

  assert_sizes (1, text, EONAY_DOCUMENT_TEXT_MAX, 0);
  assert_sizes (1, text, EONAY_DOCUMENT_TEXT_MAX + 1, EONAY_PORTAL_ERROR_TEXT_TOO_LARGE);
  assert_sizes (1, " Text/Html", EONAY_DOCUMENT_TEXT_MAX + 1, EONAY_PORTAL_ERROR_TEXT_TOO_LARGE);
  assert_sizes (16, text, sixteenth, 0);
  assert_sizes (16, text, sixteenth + 1, EONAY_PORTAL_ERROR_DOCUMENTS_TOO_LARGE);
  assert_sizes (1, pdf, EONAY_DOCUMENT_MAX, 0);
  assert_sizes (16, pdf, EONAY_DOCUMENTS_SUM_MAX / 16, 0);
  assert_sizes (16, pdf, EONAY_DOCUMENTS_SUM_MAX / 16 + 1, EONAY_PORTAL_ERROR_DOCUMENTS_TOO_LARGE);
}

static void
test_content_must_match (void)
{
  g_autoptr (EonayTransaction) transaction = parse (good, NULL);
  g_autoptr (EonayDocument) document =
      g_list_model_get_item (eonay_transaction_get_documents (transaction), 0);
  g_autoptr (GBytes) right = g_bytes_new_static ("test", 4);
  g_autoptr (GBytes) other = g_bytes_new_static ("tesT", 4);
  g_autoptr (GBytes) shorter = g_bytes_new_static ("tes", 3);
  g_autoptr (GBytes) longer = g_bytes_new_static ("test ", 5);
  g_autoptr (GError) error = NULL;

  g_assert_false (eonay_document_set_content (document, other, &error));
  g_assert_error (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_DIGEST_MISMATCH);
  g_clear_error (&error);
  g_assert_false (eonay_document_set_content (document, shorter, &error));
  g_assert_error (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_DIGEST_MISMATCH);
  g_clear_error (&error);
  g_assert_false (eonay_document_set_content (document, longer, &error));
  g_assert_error (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_TOO_LARGE);
  g_clear_error (&error);
  g_assert_null (eonay_document_get_content (document));

  g_assert_true (eonay_document_set_content (document, right, &error));
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (eonay_document_get_content (document), right));
}

static void
test_finalized (void)
{
  EonayTransaction *transaction = parse (good, NULL);
  EonayDocument *document = g_list_model_get_item (eonay_transaction_get_documents (transaction),
                                                   0);

  g_object_ref (document);
  g_object_unref (document);
  g_assert_finalize_object (transaction);
  g_assert_finalize_object (document);
}

static void
test_operation_words (void)
{
  for (guint i = 0; i < EONAY_N_OPERATIONS; i++)
    {
      EonayOperation operation;

      g_assert_true (eonay_transaction_operation_from_word (eonay_transaction_operation_to_word (i),
                                                            &operation));
      g_assert_cmpint (operation, ==, i);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/portal/transaction/good", test_good);
  g_test_add_func ("/portal/transaction/optional-and-other-values", test_optional_and_other_values);
  g_test_add_func ("/portal/transaction/each-member", test_each_member_missing_or_of_another_type);
  g_test_add_func ("/portal/transaction/bad-values", test_bad_values);
  g_test_add_func ("/portal/transaction/bad-texts", test_bad_texts);
  g_test_add_func ("/portal/transaction/names-are-composed", test_names_are_composed);
  g_test_add_func ("/portal/transaction/number-of-documents", test_number_of_documents);
  g_test_add_func ("/portal/transaction/sizes-of-documents", test_sizes_of_documents);
  g_test_add_func ("/portal/transaction/content-must-match", test_content_must_match);
  g_test_add_func ("/portal/transaction/finalized", test_finalized);
  g_test_add_func ("/portal/transaction/operation-words", test_operation_words);

  return g_test_run ();
}
