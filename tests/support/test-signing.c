#include "test-signing.h"

#include <openssl/cms.h>

const TestKind TEST_KINDS[TEST_N_KINDS] = {
  { "RSA-2048", EONAY_SIGNATURE_SCHEME_RSA_PKCS1_SHA256, NID_sha256, NID_sha256WithRSAEncryption,
    V_ASN1_NULL },
  { "P-256", EONAY_SIGNATURE_SCHEME_ECDSA_SHA256, NID_sha256, NID_ecdsa_with_SHA256, V_ASN1_UNDEF },
  { "P-384", EONAY_SIGNATURE_SCHEME_ECDSA_SHA384, NID_sha384, NID_ecdsa_with_SHA384, V_ASN1_UNDEF },
  { "P-521", EONAY_SIGNATURE_SCHEME_ECDSA_SHA512, NID_sha512, NID_ecdsa_with_SHA512, V_ASN1_UNDEF },
};

/* Kept for as long as the program runs, like the keys. */
TestIssuer *
test_root (void)
{
  static TestIssuer *root;

  if (root == NULL)
    root = test_issuer_new ("DENEME Kök", NULL, NULL);

  return root;
}

TestIssuer *
test_issuing (void)
{
  static TestIssuer *issuing;

  if (issuing == NULL)
    issuing = test_issuer_new ("DENEME Nitelikli ESHS", test_root (), NULL);

  return issuing;
}

char *
test_authorities_pem (void)
{
  g_autofree char *root_pem = test_issuer_to_pem (test_root ());
  g_autofree char *issuing_pem = test_issuer_to_pem (test_issuing ());

  return g_strconcat (root_pem, issuing_pem, NULL);
}

EonayCades *
test_prepare (const char *key, GBytes *content, gboolean attached)
{
  const TestWish wish = { .key = key, .serial = TEST_SIGNER_SERIAL };
  g_autoptr (EonayCertificate) certificate = test_issuer_issue_certificate (test_issuing (), &wish);
  g_autoptr (GDateTime) time = test_date (1);
  g_autoptr (GError) error = NULL;
  EonayCades *cades = eonay_cades_new (certificate, content, attached, time, &error);

  g_assert_no_error (error);

  return cades;
}

GBytes *
test_sign (const char *key, GBytes *content, gboolean attached)
{
  g_autoptr (EonayCades) cades = test_prepare (key, content, attached);
  g_autoptr (GBytes) value = test_card_sign (test_key (key), eonay_cades_get_digest (cades));
  g_autoptr (GError) error = NULL;
  GBytes *der = eonay_cades_finish (cades, value, &error);

  g_assert_no_error (error);

  return der;
}

GBytes *
test_sign_as (EonayCertificate *certificate, EVP_PKEY *key)
{
  g_autoptr (GBytes) content = g_bytes_new_static (TEST_TEXT, sizeof TEST_TEXT - 1);
  g_autoptr (GDateTime) time = test_date (1);
  g_autoptr (GError) error = NULL;
  g_autoptr (EonayCades) cades = eonay_cades_new (certificate, content, TRUE, time, &error);
  g_autoptr (GBytes) value = NULL;
  GBytes *der;

  g_assert_no_error (error);
  value = test_card_sign (key, eonay_cades_get_digest (cades));
  der = eonay_cades_finish (cades, value, &error);
  g_assert_no_error (error);

  return der;
}

GBytes *
test_sign_beside (const TestIssuer *issuer, const TestWish *wish)
{
  X509 *signer = test_issuer_issue_x509 (issuer, wish);
  STACK_OF (X509) *beside = sk_X509_new_null ();
  BIO *content = BIO_new_mem_buf (TEST_TEXT, sizeof TEST_TEXT - 1);
  CMS_ContentInfo *cms;
  unsigned char *der = NULL;
  GBytes *bytes;
  int length;

  g_assert_cmpint (sk_X509_push (beside, test_issuer_get_x509 (issuer)), ==, 1);
  cms = CMS_sign (signer, test_key (wish->key), beside, content, CMS_BINARY | CMS_CADES);
  g_assert_nonnull (cms);
  length = i2d_CMS_ContentInfo (cms, &der);
  bytes = g_bytes_new (der, (gsize) length);
  OPENSSL_free (der);
  CMS_ContentInfo_free (cms);
  BIO_free (content);
  sk_X509_free (beside);
  X509_free (signer);

  return bytes;
}
