#include "signature/certificate/eonay-signing-certificate.h"

#include <openssl/ess.h>
#include <string.h>

#include "support/test-signing.h"

typedef struct {
  X509 *x509;
  guint8 *der;
  gsize length;
} Named;

static Named
name (const char *digest, int with_issuer)
{
  const TestWish wish = { .key = "P-256", .serial = TEST_SIGNER_SERIAL };
  Named named = { .x509 = test_issuer_issue_x509 (test_issuing (), &wish) };
  ESS_SIGNING_CERT_V2 *attribute = OSSL_ESS_signing_cert_v2_new_init (
      EVP_get_digestbyname (digest), named.x509, NULL, with_issuer);
  unsigned char *der = NULL;

  g_assert_nonnull (attribute);
  named.length = (gsize) i2d_ESS_SIGNING_CERT_V2 (attribute, &der);
  named.der = g_memdup2 (der, named.length);
  OPENSSL_free (der);
  ESS_SIGNING_CERT_V2_free (attribute);

  return named;
}

static gboolean
names (const Named *named, gsize length)
{
  ASN1_STRING *attribute = ASN1_STRING_type_new (V_ASN1_SEQUENCE);
  gboolean result;

  g_assert_true (ASN1_STRING_set (attribute, named->der, (int) length));
  result = eonay_signing_certificate_names (attribute, named->x509);
  ASN1_STRING_free (attribute);

  return result;
}

static void
clear (Named *named)
{
  g_clear_pointer (&named->der, g_free);
  g_clear_pointer (&named->x509, X509_free);
}

static void
test_named (void)
{
  const char *digests[] = { "SHA256", "SHA384", "SHA512" };

  for (gsize i = 0; i < G_N_ELEMENTS (digests); i++)
    for (int with_issuer = 0; with_issuer < 2; with_issuer++)
      {
        Named named = name (digests[i], with_issuer);

        g_assert_true (names (&named, named.length));
        g_assert_false (names (&named, named.length - 1));
        clear (&named);
      }
}

static void
test_weak_hash (void)
{
  Named named = name ("SHA1", 1);

  g_assert_false (names (&named, named.length));
  clear (&named);
}

static void
test_other_serial (void)
{
  const guint8 serial[] = { 0x02, 0x02, TEST_SIGNER_SERIAL >> 8, TEST_SIGNER_SERIAL & 0xFF };
  Named named = name ("SHA256", 1);
  guint8 *at = memmem (named.der, named.length, serial, sizeof serial);

  g_assert_nonnull (at);
  at[3] ^= 1;
  g_assert_false (names (&named, named.length));
  clear (&named);
}

static void
test_other_issuer (void)
{
  Named named = name ("SHA256", 1);
  guint8 *at = memmem (named.der, named.length, "Nitelikli", 9);

  g_assert_nonnull (at);
  memcpy (at, "Niteliksi", 9);
  g_assert_false (names (&named, named.length));
  clear (&named);
}

static void
test_other_certificate (void)
{
  Named named = name ("SHA256", 0);
  Named other = name ("SHA256", 0);

  /* ECDSA signatures are random, so the same wish makes another certificate each time. */
  g_assert_cmpint (X509_cmp (named.x509, other.x509), !=, 0);
  g_clear_pointer (&named.x509, X509_free);
  named.x509 = g_steal_pointer (&other.x509);
  g_assert_false (names (&named, named.length));
  clear (&named);
  clear (&other);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/signature/signing-certificate/named", test_named);
  g_test_add_func ("/signature/signing-certificate/weak-hash", test_weak_hash);
  g_test_add_func ("/signature/signing-certificate/other-serial", test_other_serial);
  g_test_add_func ("/signature/signing-certificate/other-issuer", test_other_issuer);
  g_test_add_func ("/signature/signing-certificate/other-certificate", test_other_certificate);

  return g_test_run ();
}
