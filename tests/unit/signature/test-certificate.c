#include "signature/eonay-certificate.h"

#include "base/eonay-error.h"
#include "test-issuer.h"

typedef struct {
  const char *file;
  const char *serial;
  const char *key_name;
  EonaySignatureScheme scheme;
  EonayCertificateKind kind;
  EonayCertificateProblems problems;
  int days_left;
} Fixture;

/* On 2026-07-01. */
static const Fixture FIXTURES[] = {
  { "nes-rsa.pem", "5b45", "RSA-2048", EONAY_SIGNATURE_SCHEME_RSA_PKCS1_SHA256,
    EONAY_CERTIFICATE_QUALIFIED, EONAY_CERTIFICATE_PROBLEM_NONE, 1066 },
  { "nes-ec.pem", "5b46", "P-384", EONAY_SIGNATURE_SCHEME_ECDSA_SHA384,
    EONAY_CERTIFICATE_QUALIFIED, EONAY_CERTIFICATE_PROBLEM_NONE, 1066 },
  { "nes-expired.pem", "5b47", "RSA-2048", EONAY_SIGNATURE_SCHEME_RSA_PKCS1_SHA256,
    EONAY_CERTIFICATE_QUALIFIED, EONAY_CERTIFICATE_PROBLEM_EXPIRED, -1217 },
  { "auth.pem", "5b48", "RSA-2048", EONAY_SIGNATURE_SCHEME_RSA_PKCS1_SHA256,
    EONAY_CERTIFICATE_OTHER,
    EONAY_CERTIFICATE_PROBLEM_USAGE | EONAY_CERTIFICATE_PROBLEM_NOT_QUALIFIED, 1066 },
};

static void
test_fixture (gconstpointer user_data)
{
  const Fixture *fixture = user_data;
  g_autoptr (GBytes) der = test_certificate_der (fixture->file);
  g_autoptr (GDateTime) now = test_date (30);
  g_autoptr (GError) error = NULL;
  EonayCertificate *certificate = eonay_certificate_new (der, &error);
  g_autofree char *fingerprint = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, der);

  g_assert_no_error (error);
  g_assert_cmpstr (eonay_certificate_get_holder (certificate), ==, "AYŞE DENEME");
  g_assert_cmpstr (eonay_certificate_get_national_id (certificate), ==, "10000000146");
  g_assert_cmpstr (eonay_certificate_get_provider (certificate), ==, "DENEME ESHS A.Ş.");
  g_assert_cmpstr (eonay_certificate_get_issuer (certificate), ==, "DENEME Nitelikli ESHS");
  g_assert_cmpstr (eonay_certificate_get_serial (certificate), ==, fixture->serial);
  g_assert_cmpstr (eonay_certificate_get_fingerprint (certificate), ==, fingerprint);
  g_assert_cmpstr (eonay_certificate_get_key_name (certificate), ==, fixture->key_name);
  g_assert_cmpint (eonay_certificate_get_scheme (certificate), ==, fixture->scheme);
  g_assert_cmpint (eonay_certificate_get_kind (certificate), ==, fixture->kind);
  g_assert_cmphex (eonay_certificate_get_problems (certificate, now), ==, fixture->problems);
  g_assert_cmpint (eonay_certificate_get_days_left (certificate, now), ==, fixture->days_left);
  g_assert_true (eonay_certificate_get_der (certificate) == der);
  g_assert_finalize_object (certificate);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (FIXTURES); i++)
    {
      g_autofree char *path = g_strdup_printf ("/signature/certificate/%s", FIXTURES[i].file);

      g_test_add_data_func (path, &FIXTURES[i], test_fixture);
    }

  return g_test_run ();
}
