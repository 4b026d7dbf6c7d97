#include "signature/certificate/eonay-signing-certificate.h"

#include <openssl/asn1t.h>

/* OpenSSL's types of RFC 5035 are opaque, and its check fetches hashes outside our library context.
   */
typedef struct {
  GENERAL_NAMES *issuer;
  ASN1_INTEGER *serial;
} IssuerSerial;

typedef struct {
  X509_ALGOR *hash_algorithm;
  ASN1_OCTET_STRING *hash;
  IssuerSerial *issuer_serial;
} CertificateId;

DEFINE_STACK_OF (CertificateId)

typedef struct {
  STACK_OF (CertificateId) *certificates;
  STACK_OF (POLICYINFO) *policies;
} SigningCertificate;

ASN1_SEQUENCE (IssuerSerial) = {
  ASN1_SEQUENCE_OF (IssuerSerial, issuer, GENERAL_NAME),
  ASN1_SIMPLE (IssuerSerial, serial, ASN1_INTEGER),
} static_ASN1_SEQUENCE_END (IssuerSerial)

ASN1_SEQUENCE (CertificateId) = {
  ASN1_OPT (CertificateId, hash_algorithm, X509_ALGOR),
  ASN1_SIMPLE (CertificateId, hash, ASN1_OCTET_STRING),
  ASN1_OPT (CertificateId, issuer_serial, IssuerSerial),
} static_ASN1_SEQUENCE_END (CertificateId)

ASN1_SEQUENCE (SigningCertificate) = {
  ASN1_SEQUENCE_OF (SigningCertificate, certificates, CertificateId),
  ASN1_SEQUENCE_OF_OPT (SigningCertificate, policies, POLICYINFO),
} static_ASN1_SEQUENCE_END (SigningCertificate)

static void
signing_certificate_free (SigningCertificate *self)
{
  ASN1_item_free ((ASN1_VALUE *) self, ASN1_ITEM_rptr (SigningCertificate));
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SigningCertificate, signing_certificate_free)

static gboolean
has_hash (const CertificateId *id, X509 *x509)
{
  int nid = id->hash_algorithm == NULL ? NID_sha256 : OBJ_obj2nid (id->hash_algorithm->algorithm);
  unsigned char *der = NULL;
  int length = i2d_X509 (x509, &der);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) expected = NULL;
  g_autoptr (GBytes) hash = NULL;

  if (length < 0)
    return FALSE;
  bytes = eonay_crypto_take (der, (gsize) length);
  expected = eonay_crypto_digest (nid, der, (gsize) length);
  hash = g_bytes_new (ASN1_STRING_get0_data (id->hash), (gsize) ASN1_STRING_length (id->hash));

  return expected != NULL && g_bytes_equal (expected, hash);
}

static gboolean
has_issuer_serial (const IssuerSerial *named, X509 *x509)
{
  const GENERAL_NAME *issuer;

  /* RFC 5035 clause 4: the issuer is exactly one directoryName. */
  if (sk_GENERAL_NAME_num (named->issuer) != 1)
    return FALSE;
  issuer = sk_GENERAL_NAME_value (named->issuer, 0);

  return issuer->type == GEN_DIRNAME &&
         X509_NAME_cmp (issuer->d.directoryName, X509_get_issuer_name (x509)) == 0 &&
         ASN1_INTEGER_cmp (named->serial, X509_get0_serialNumber (x509)) == 0;
}

gboolean
eonay_signing_certificate_names (const ASN1_STRING *attribute, X509 *x509)
{
  const unsigned char *at = ASN1_STRING_get0_data (attribute);
  const unsigned char *end = at + ASN1_STRING_length (attribute);
  g_autoptr (SigningCertificate) named = NULL;
  const CertificateId *first;

  named = (SigningCertificate *) ASN1_item_d2i (NULL, &at, end - at,
                                                ASN1_ITEM_rptr (SigningCertificate));
  if (named == NULL || at != end || sk_CertificateId_num (named->certificates) < 1)
    return FALSE;
  first = sk_CertificateId_value (named->certificates, 0);

  return has_hash (first, x509) &&
         (first->issuer_serial == NULL || has_issuer_serial (first->issuer_serial, x509));
}
