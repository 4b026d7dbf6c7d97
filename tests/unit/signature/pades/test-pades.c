#include "signature/pades/eonay-pades.h"

#include <openssl/cms.h>
#include <string.h>

#include "base/eonay-error.h"
#include "signature/eonay-ades.h"
#include "support/test-pdf.h"
#include "support/test-signing.h"

static EonayPdfInspection *
inspect (GBytes *pdf)
{
  g_autoptr (GError) error = NULL;
  EonayPdfInspection *inspection = eonay_pdf_inspection_new (pdf, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (eonay_pdf_inspection_check_readable (inspection, &error));
  g_assert_no_error (error);

  return inspection;
}

static EonayPades *
prepare (const char *key, GBytes *pdf, const EonayPadesOptions *options, GError **error)
{
  const TestWish wish = { .key = key, .serial = TEST_SIGNER_SERIAL };
  g_autoptr (EonayCertificate) certificate = test_issuer_issue_certificate (test_issuing (), &wish);
  g_autoptr (EonayPdfInspection) inspection = inspect (pdf);
  g_autoptr (GDateTime) time = test_date (1);

  return eonay_pades_new (certificate, EONAY_SIGNATURE_SCHEME_NONE, pdf, inspection, options, time,
                          error);
}

static GBytes *
sign (const char *key, GBytes *pdf, const EonayPadesOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EonayPades) pades = prepare (key, pdf, options, &error);
  g_autoptr (GBytes) value = NULL;
  GBytes *result;

  g_assert_no_error (error);
  value = test_card_sign (test_key (key), eonay_ades_get_digest (EONAY_ADES (pades)));
  result = eonay_ades_finish (EONAY_ADES (pades), value, &error);
  g_assert_no_error (error);

  return result;
}

static void
assert_verifies (GBytes *pdf)
{
  g_autoptr (EonayTrust) trust = eonay_trust_new ();
  g_autofree char *pem = test_authorities_pem ();
  g_autoptr (GDateTime) at = test_date (1);
  g_autoptr (GError) error = NULL;
  g_autoptr (EonayCertificate) signer = NULL;

  g_assert_true (eonay_trust_add_pem (trust, pem, -1, &error));
  signer = eonay_pades_verify (pdf, trust, at, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (eonay_certificate_get_holder (signer), ==, "AYŞE DENEME");
}

static void
assert_begins_with (GBytes *pdf, GBytes *original)
{
  gsize length = g_bytes_get_size (original);

  g_assert_cmpuint (g_bytes_get_size (pdf), >, length);
  g_assert_cmpmem (g_bytes_get_data (pdf, NULL), length, g_bytes_get_data (original, NULL), length);
}

static void
assert_has_signatures (GBytes *pdf, guint n_expected)
{
  g_autoptr (EonayPdfInspection) inspection = inspect (pdf);
  guint n_signatures;
  const EonayPdfSignature *signatures = eonay_pdf_inspection_get_signatures (inspection,
                                                                             &n_signatures);

  g_assert_cmpuint (n_signatures, ==, n_expected);
  g_assert_cmpuint (signatures[n_expected - 1].covered, ==, g_bytes_get_size (pdf));
}

static void
test_signs (gconstpointer user_data)
{
  const TestKind *kind = user_data;

  for (int i = 0; i < 2; i++)
    {
      g_autoptr (GBytes) pdf = test_pdf_make_pages (i == 0 ? TEST_PDF_TABLE : TEST_PDF_STREAM, 2,
                                                    "", "");
      g_autoptr (GBytes) once = sign (kind->key, pdf, NULL);
      g_autoptr (GBytes) twice = sign (kind->key, once, NULL);

      assert_begins_with (once, pdf);
      assert_verifies (once);
      assert_has_signatures (once, 1);
      assert_begins_with (twice, once);
      assert_verifies (twice);
      assert_has_signatures (twice, 2);
    }
}

static gboolean
contains (GBytes *pdf, const char *text)
{
  return memmem (g_bytes_get_data (pdf, NULL), g_bytes_get_size (pdf), text, strlen (text)) != NULL;
}

static void
test_says_who_and_why (void)
{
  const EonayPadesOptions options = { .name = "AYŞE", .reason = "Okudum (2)", .location = "Iğdır" };
  g_autoptr (GBytes) pdf = test_pdf_make_pages (TEST_PDF_TABLE, 1, "", "");
  g_autoptr (GBytes) result = sign ("P-256", pdf, &options);

  g_assert_true (contains (result, "/Name <FEFF00410059015E0045>"));
  g_assert_true (contains (result, "/Reason (Okudum \\(2\\))"));
  g_assert_true (contains (result, "/Location <FEFF00490"));
  g_assert_true (contains (result, "/M (D:20260602000000+00'00')"));
  g_assert_true (contains (result, "/SubFilter /ETSI.CAdES.detached"));
}

/* PAdES has the time in /M, and must not have it in the CMS (ETSI EN 319 142-1, clause 5.3). */
static void
test_has_no_signing_time (void)
{
  g_autoptr (GBytes) pdf = test_pdf_make_pages (TEST_PDF_TABLE, 1, "", "");
  g_autoptr (GError) error = NULL;
  g_autoptr (EonayPades) pades = prepare ("P-256", pdf, NULL, &error);
  /* OBJECT IDENTIFIER 1.2.840.113549.1.9.5, and .4, which messageDigest is. */
  static const guint8 time[] = { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x05 };
  static const guint8 digest[] = { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x04 };
  gsize length;
  gconstpointer message;

  g_assert_no_error (error);
  message = g_bytes_get_data (eonay_pades_get_message (pades), &length);
  g_assert_null (memmem (message, length, time, sizeof time));
  g_assert_nonnull (memmem (message, length, digest, sizeof digest));
}

static void
test_wrong_value (void)
{
  g_autoptr (GBytes) pdf = test_pdf_make_pages (TEST_PDF_TABLE, 1, "", "");
  g_autoptr (GError) error = NULL;
  EonayPades *pades = prepare ("RSA-2048", pdf, NULL, &error);
  GBytes *digest = eonay_pades_get_digest (pades);
  g_autoptr (GBytes) wrong = test_card_sign (test_key ("RSA-2048#other"), digest);
  g_autoptr (GBytes) right = test_card_sign (test_key ("RSA-2048"), digest);
  g_autoptr (GBytes) result = NULL;

  g_assert_no_error (error);
  g_assert_null (eonay_pades_finish (pades, wrong, &error));
  g_assert_error (error, EONAY_SIGNATURE_ERROR, EONAY_SIGNATURE_ERROR_INVALID);
  g_clear_error (&error);
  result = eonay_pades_finish (pades, right, &error);
  g_assert_no_error (error);
  assert_verifies (result);
  g_assert_finalize_object (pades);
}

static void
test_no_room (void)
{
  const EonayPadesOptions options = { .reserved = 700 };
  g_autoptr (GBytes) pdf = test_pdf_make_pages (TEST_PDF_TABLE, 1, "", "");
  g_autoptr (GError) error = NULL;
  g_autoptr (EonayPades) pades = prepare ("RSA-2048", pdf, &options, &error);
  g_autoptr (GBytes) value = test_card_sign (test_key ("RSA-2048"), eonay_pades_get_digest (pades));

  g_assert_no_error (error);
  g_assert_null (eonay_pades_finish (pades, value, &error));
  g_assert_error (error, EONAY_SIGNATURE_ERROR, EONAY_SIGNATURE_ERROR_INVALID);
}

#define FIELD(name, more)                                                                         \
  "<< /Type /Annot /Subtype /Widget /FT /Sig /T (" name ") /F 132 /P 3 0 R /Rect [0 0 0 0] " more \
  " >>"
#define SIGNED(reference)                                                                 \
  FIELD ("earlier",                                                                       \
         "/V << /Type /Sig /ByteRange [0 1 2 3] /Contents <00> /Reference [<< " reference \
         " >>] >>")
#define DOC_MDP(level) "/TransformMethod /DocMDP /TransformParams << /P " level " >>"
#define FIELD_MDP(more) "/TransformMethod /FieldMDP /TransformParams << " more " >>"

/* Two fields: what is there, whether a signature can be added, and the field that is then signed. */
static const struct {
  const char *name;
  const char *first;
  const char *second;
  const char *wanted;
  int code; /* -1: it is signed */
  guint n_signatures;
} forms[] = {
  { "empty", FIELD ("a", ""), FIELD ("b", ""), "b", -1, 1 },
  { "unknown", FIELD ("a", ""), FIELD ("b", ""), "c", EONAY_SIGNATURE_ERROR_PDF_FIELD, 0 },
  { "demanding", FIELD ("a", "/SV << /Ff 32 >>"), FIELD ("b", ""), "a",
    EONAY_SIGNATURE_ERROR_PDF_FIELD, 0 },
  { "demanding-what-we-do",
    FIELD ("a", "/SV << /Ff 3 /Filter /Adobe.PPKLite /SubFilter [/ETSI.CAdES.detached] >>"),
    FIELD ("b", ""), "a", -1, 1 },
  { "signed-already", SIGNED (""), FIELD ("b", ""), "earlier", EONAY_SIGNATURE_ERROR_PDF_FIELD, 0 },
  { "certified-1", SIGNED (DOC_MDP ("1")), FIELD ("b", ""), "b",
    EONAY_SIGNATURE_ERROR_PDF_CERTIFIED, 0 },
  { "certified-1-new", SIGNED (DOC_MDP ("1")), FIELD ("b", ""), NULL,
    EONAY_SIGNATURE_ERROR_PDF_CERTIFIED, 0 },
  { "certified-2", SIGNED (DOC_MDP ("2")), FIELD ("b", ""), "b", -1, 2 },
  { "certified-2-any", SIGNED (DOC_MDP ("2")), FIELD ("b", ""), NULL, -1, 2 },
  { "certified-2-none", SIGNED (DOC_MDP ("2")), "null", NULL, EONAY_SIGNATURE_ERROR_PDF_CERTIFIED,
    0 },
  { "certified-3-any", SIGNED (DOC_MDP ("3")), FIELD ("b", ""), NULL, -1, 2 },
  { "certified-default", SIGNED ("/TransformMethod /DocMDP"), "null", NULL,
    EONAY_SIGNATURE_ERROR_PDF_CERTIFIED, 0 },
  { "locked-all", SIGNED (FIELD_MDP ("/Action /All")), FIELD ("b", ""), "b",
    EONAY_SIGNATURE_ERROR_PDF_LOCKED, 0 },
  { "locked-it", SIGNED (FIELD_MDP ("/Action /Include /Fields [(b)]")), FIELD ("b", ""), "b",
    EONAY_SIGNATURE_ERROR_PDF_LOCKED, 0 },
  { "locked-it-new", SIGNED (FIELD_MDP ("/Action /Include /Fields [(b)]")), FIELD ("b", ""), NULL,
    -1, 2 },
  { "locked-another", SIGNED (FIELD_MDP ("/Action /Include /Fields [(bb) (c)]")), FIELD ("b", ""),
    "b", -1, 2 },
  { "locked-all-but", SIGNED (FIELD_MDP ("/Action /Exclude /Fields [(b)]")), FIELD ("b", ""), NULL,
    -1, 2 },
  { "locked-but-another", SIGNED (FIELD_MDP ("/Action /Exclude /Fields [(c)]")), FIELD ("b", ""),
    "b", EONAY_SIGNATURE_ERROR_PDF_LOCKED, 0 },
};

static void
test_form (gconstpointer row)
{
  gsize i = GPOINTER_TO_SIZE (row);
  const EonayPadesOptions options = { .field = forms[i].wanted };
  g_autoptr (TestPdf) pdf = test_pdf_new_pages (TEST_PDF_TABLE, 1,
                                                "/AcroForm << /Fields [5 0 R 6 0 R] /SigFlags 3 >>",
                                                "/Annots [5 0 R 6 0 R]");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) result = NULL;
  g_autoptr (GError) error = NULL;

  test_pdf_add (pdf, 5, "%s", forms[i].first);
  test_pdf_add (pdf, 6, "%s", forms[i].second);
  bytes = test_pdf_finish (pdf, "/Root 1 0 R");
  if (forms[i].code >= 0)
    {
      g_assert_null (prepare ("P-256", bytes, &options, &error));
      g_assert_error (error, EONAY_SIGNATURE_ERROR, forms[i].code);
      return;
    }

  result = sign ("P-256", bytes, &options);
  assert_verifies (result);
  assert_begins_with (result, bytes);
  assert_has_signatures (result, forms[i].n_signatures);
}

/* What a field locks when it is signed is locked from then on. */
static void
test_locks_itself (void)
{
  const EonayPadesOptions options = { .field = "a" };
  g_autoptr (TestPdf) pdf =
      test_pdf_new_pages (TEST_PDF_STREAM, 1, "/AcroForm << /Fields [5 0 R] >>", "/Annots [5 0 R]");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) result = NULL;
  g_autoptr (GError) error = NULL;

  test_pdf_add (pdf, 5, "%s",
                FIELD ("a", "/Lock << /Type /SigFieldLock /Action /Exclude /Fields [(b)] >>"));
  bytes = test_pdf_finish (pdf, "/Root 1 0 R");
  result = sign ("P-256", bytes, &options);
  g_assert_true (contains (result, "/TransformMethod /FieldMDP"));
  g_assert_null (prepare ("P-256", result, NULL, &error));
  g_assert_error (error, EONAY_SIGNATURE_ERROR, EONAY_SIGNATURE_ERROR_PDF_LOCKED);
}

static void
assert_no_signature (GBytes *pdf, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (eonay_pades_verify (pdf, NULL, NULL, &error));
  g_assert_error (error, EONAY_SIGNATURE_ERROR, code);
}

static GBytes *
change (GBytes *pdf, gsize at)
{
  gsize length;
  guint8 *copy = g_memdup2 (g_bytes_get_data (pdf, &length), g_bytes_get_size (pdf));

  copy[at] ^= 1;

  return g_bytes_new_take (copy, length);
}

static GBytes *
lengthen (GBytes *pdf)
{
  gsize length = g_bytes_get_size (pdf);
  guint8 *copy = g_malloc (length + 1);

  memcpy (copy, g_bytes_get_data (pdf, NULL), length);
  copy[length] = '\n';

  return g_bytes_new_take (copy, length + 1);
}

static void
test_verifies_nothing_else (void)
{
  g_autoptr (GBytes) pdf = test_pdf_make_pages (TEST_PDF_TABLE, 1, "", "");
  g_autoptr (GBytes) result = sign ("P-256", pdf, NULL);
  g_autoptr (GBytes) changed = change (result, 200);
  g_autoptr (GBytes) last_changed = change (result, g_bytes_get_size (result) - 1);
  g_autoptr (GBytes) longer = lengthen (result);
  g_autoptr (GBytes) text = g_bytes_new_static ("/ByteRange [0 1 2 3]", 20);
  g_autoptr (EonayTrust) nobody = eonay_trust_new ();
  g_autoptr (GError) error = NULL;

  assert_no_signature (pdf, EONAY_SIGNATURE_ERROR_MALFORMED);
  assert_no_signature (text, EONAY_SIGNATURE_ERROR_PDF_MALFORMED);
  assert_no_signature (changed, EONAY_SIGNATURE_ERROR_CONTENT_MISMATCH);
  assert_no_signature (last_changed, EONAY_SIGNATURE_ERROR_CONTENT_MISMATCH);
  assert_no_signature (longer, EONAY_SIGNATURE_ERROR_MALFORMED);
  g_assert_null (eonay_pades_verify (result, nobody, NULL, &error));
  g_assert_error (error, EONAY_SIGNATURE_ERROR, EONAY_SIGNATURE_ERROR_UNTRUSTED);
}

static void
test_mark (void)
{
  g_autoptr (GBytes) mark = test_pdf_make_pages (TEST_PDF_TABLE, 1, "", "");
  g_autoptr (GBytes) two_pages = test_pdf_make_pages (TEST_PDF_TABLE, 2, "", "");
  g_autoptr (GBytes) pdf = test_pdf_make_pages (TEST_PDF_STREAM, 3, "", "/Rotate 90");
  EonayPadesOptions options = { .page = 2, .box = { 10, 20, 110, 70, 0 }, .appearance = mark };
  g_autoptr (GBytes) result = sign ("P-256", pdf, &options);
  g_autoptr (EonayPdfInspection) inspection = inspect (result);
  guint n_signatures;
  g_autoptr (GError) error = NULL;

  assert_verifies (result);
  g_assert_cmpuint (eonay_pdf_inspection_get_signatures (inspection, &n_signatures)[0].page, ==, 2);
  g_assert_true (contains (result, "/Rect [10 20 110 70]"));
  g_assert_true (contains (result, "/Matrix [0 1 -1 0 0 0]"));
  g_assert_cmpuint (eonay_pdf_inspection_count (inspection, EONAY_PDF_FINDING_NO_APPEARANCE), ==,
                    0);

  options.appearance = two_pages;
  g_assert_null (prepare ("P-256", pdf, &options, &error));
  g_assert_error (error, EONAY_SIGNATURE_ERROR, EONAY_SIGNATURE_ERROR_PDF_APPEARANCE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < TEST_N_KINDS; i++)
    {
      g_autofree char *signs = g_strdup_printf ("/signature/pades/%s/signs", TEST_KINDS[i].key);

      g_test_add_data_func (signs, &TEST_KINDS[i], test_signs);
    }
  g_test_add_func ("/signature/pades/says-who-and-why", test_says_who_and_why);
  g_test_add_func ("/signature/pades/no-signing-time", test_has_no_signing_time);
  g_test_add_func ("/signature/pades/wrong-value", test_wrong_value);
  g_test_add_func ("/signature/pades/no-room", test_no_room);
  g_test_add_func ("/signature/pades/locks-itself", test_locks_itself);
  g_test_add_func ("/signature/pades/verifies-nothing-else", test_verifies_nothing_else);
  g_test_add_func ("/signature/pades/mark", test_mark);
  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autofree char *path = g_strconcat ("/signature/pades/form/", forms[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_form);
    }

  return g_test_run ();
}
