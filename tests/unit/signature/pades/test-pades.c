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

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < TEST_N_KINDS; i++)
    {
      g_autofree char *signs = g_strdup_printf ("/signature/pades/%s/signs", TEST_KINDS[i].key);

      g_test_add_data_func (signs, &TEST_KINDS[i], test_signs);
    }

  return g_test_run ();
}
