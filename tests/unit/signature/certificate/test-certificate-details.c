#include "signature/certificate/eonay-certificate-details.h"

#include <string.h>

#include "support/test-issuer.h"
#include "support/test-signing.h"

#define AUTHENTICATION \
  "[ext]\nkeyUsage=critical,digitalSignature,keyEncipherment\nextendedKeyUsage=clientAuth\n"

static EonayCertificate *
issue (const char *extensions)
{
  const TestWish wish = { .key = "P-256", .extensions = extensions };

  return test_issuer_issue_certificate (test_issuing (), &wish);
}

static void
assert_list (char **list, const char *first, const char *second)
{
  const char *const expected[] = { first, second, NULL };

  g_assert_cmpstrv (list, expected);
}

static void
test_qualified (void)
{
  g_autoptr (EonayCertificate) certificate = issue (TEST_NES_EXTENSIONS);
  g_autoptr (EonayCertificateDetails) details = eonay_certificate_details_new (certificate);

  g_assert_cmpint (details->usage, ==,
                   EONAY_KEY_USAGE_DIGITAL_SIGNATURE | EONAY_KEY_USAGE_NON_REPUDIATION);
  assert_list (details->extended_usages, NULL, NULL);
  assert_list (details->policies, "2.16.792.1.2.1.1.5.7.1.1", NULL);
  assert_list (details->statements, "0.4.0.1862.1.1", "2.16.792.1.61.0.1.5070.1.1");
  g_assert_cmpstr (details->signature_algorithm, ==, "ecdsa-with-SHA256");
}

static void
test_authentication (void)
{
  g_autoptr (EonayCertificate) certificate = issue (AUTHENTICATION);
  g_autoptr (EonayCertificateDetails) details = eonay_certificate_details_new (certificate);

  g_assert_cmpint (details->usage, ==,
                   EONAY_KEY_USAGE_DIGITAL_SIGNATURE | EONAY_KEY_USAGE_ENCIPHERMENT);
  assert_list (details->extended_usages, "1.3.6.1.5.5.7.3.2", NULL);
  assert_list (details->policies, NULL, NULL);
  assert_list (details->statements, NULL, NULL);
}

static void
test_silent (void)
{
  g_autoptr (EonayCertificate) certificate = issue ("[ext]\nsubjectKeyIdentifier=hash\n");
  g_autoptr (EonayCertificateDetails) details = eonay_certificate_details_new (certificate);

  g_assert_cmpint (details->usage, ==, 0);
}

/* What is saved or copied is the certificate, to the last byte. */
static void
test_pem (void)
{
  g_autoptr (EonayCertificate) certificate = issue (TEST_NES_EXTENSIONS);
  g_autofree char *pem = eonay_certificate_to_pem (certificate);
  g_auto (GStrv) lines = g_strsplit (pem, "\n", -1);
  g_autoptr (GString) base64 = g_string_new (NULL);
  g_autofree guchar *der = NULL;
  gsize length;

  g_assert_cmpstr (lines[0], ==, "-----BEGIN CERTIFICATE-----");
  for (gsize i = 1; lines[i] != NULL && lines[i][0] != '-'; i++)
    g_string_append (base64, lines[i]);
  der = g_base64_decode (base64->str, &length);
  g_assert_cmpmem (der, length, g_bytes_get_data (eonay_certificate_get_der (certificate), NULL),
                   g_bytes_get_size (eonay_certificate_get_der (certificate)));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/signature/details/qualified", test_qualified);
  g_test_add_func ("/signature/details/authentication", test_authentication);
  g_test_add_func ("/signature/details/silent", test_silent);
  g_test_add_func ("/signature/details/pem", test_pem);

  return g_test_run ();
}
