#include "signature/verify/eonay-verifier.h"

#include <openssl/err.h>

#include "signature/certificate/eonay-certificate-private.h"
#include "signature/certificate/eonay-crypto.h"
#include "signature/certificate/eonay-signing-certificate.h"
#include "signature/trust/eonay-trust-private.h"

#define MAX_DER (64 * 1024 * 1024)

/* As CMS_signed_get0_data_by_OBJ() requires: the only attribute of its type, with one value. */
#define THE_ONLY_ONE (-3)

void
eonay_verifier_content_free (EonayVerifierContent *self)
{
  if (self == NULL)
    return;

  g_clear_object (&self->certificate);
  g_clear_pointer (&self->content, g_bytes_unref);
  g_clear_pointer (&self->signing_time, g_date_time_unref);
  g_free (self);
}

static CMS_ContentInfo *
read_signed_data (GBytes *der)
{
  g_autoptr (CMS_ContentInfo) cms = CMS_ContentInfo_new_ex (eonay_crypto_get_context (), NULL);
  gsize length;
  const unsigned char *at = g_bytes_get_data (der, &length);
  const unsigned char *start = at;

  if (cms == NULL || length == 0 || length > MAX_DER)
    return NULL;
  if (d2i_CMS_ContentInfo (&cms, &at, (long) length) == NULL || at != start + length)
    return NULL;
  if (OBJ_obj2nid (CMS_get0_type (cms)) != NID_pkcs7_signed ||
      OBJ_obj2nid (CMS_get0_eContentType (cms)) != NID_pkcs7_data)
    return NULL;

  return g_steal_pointer (&cms);
}

static CMS_SignerInfo *
find_signer (CMS_ContentInfo *cms, X509 **x509)
{
  STACK_OF (CMS_SignerInfo) *signers = CMS_get0_SignerInfos (cms);
  CMS_SignerInfo *signer;

  if (sk_CMS_SignerInfo_num (signers) != 1 || CMS_set1_signers_certs (cms, NULL, 0) != 1)
    return NULL;
  signer = sk_CMS_SignerInfo_value (signers, 0);
  CMS_SignerInfo_get0_algs (signer, NULL, x509, NULL, NULL);

  return *x509 == NULL ? NULL : signer;
}

static int
get_digest_nid (CMS_SignerInfo *signer)
{
  X509_ALGOR *digest, *signature;
  const ASN1_OBJECT *oid;
  int digest_nid, implied_nid;

  CMS_SignerInfo_get0_algs (signer, NULL, NULL, &digest, &signature);
  X509_ALGOR_get0 (&oid, NULL, NULL, digest);
  digest_nid = OBJ_obj2nid (oid);
  X509_ALGOR_get0 (&oid, NULL, NULL, signature);

  /* OpenSSL uses digestAlgorithm and ignores a signatureAlgorithm that contradicts it. */
  if (OBJ_find_sigid_algs (OBJ_obj2nid (oid), &implied_nid, NULL) == 1 &&
      implied_nid != NID_undef && implied_nid != digest_nid)
    return NID_undef;

  return digest_nid;
}

static const void *
get_attribute (CMS_SignerInfo *signer, int nid, int type)
{
  return CMS_signed_get0_data_by_OBJ (signer, OBJ_nid2obj (nid), THE_ONLY_ONE, type);
}

static gboolean
check_signature (CMS_SignerInfo *signer, X509 *x509, GError **error)
{
  const ASN1_OBJECT *content_type;
  const ASN1_STRING *named;

  /* Without signed attributes the signature is over the content itself: not CAdES. */
  if (CMS_signed_get_attr_count (signer) <= 0 || CMS_SignerInfo_verify (signer) != 1)
    {
      eonay_crypto_set_error (error, EONAY_SIGNATURE_ERROR_INVALID, "The signature is not valid");
      return FALSE;
    }

  content_type = get_attribute (signer, NID_pkcs9_contentType, V_ASN1_OBJECT);
  if (content_type == NULL || OBJ_obj2nid (content_type) != NID_pkcs7_data)
    {
      eonay_crypto_set_error (error, EONAY_SIGNATURE_ERROR_INVALID, "No signed content type");
      return FALSE;
    }

  named = get_attribute (signer, NID_id_smime_aa_signingCertificateV2, V_ASN1_SEQUENCE);
  if (named == NULL || !eonay_signing_certificate_names (named, x509))
    {
      eonay_crypto_set_error (error, EONAY_SIGNATURE_ERROR_INVALID,
                              "signingCertificateV2 does not name the signer's certificate");
      return FALSE;
    }

  return TRUE;
}

static void
free_cms (gpointer cms)
{
  CMS_ContentInfo_free (cms);
}

/* Takes @cms, so that megabytes of content are not copied. */
static GBytes *
take_content (CMS_ContentInfo *cms, GBytes *detached, GError **error)
{
  ASN1_OCTET_STRING *inside = *CMS_get0_content (cms);
  g_autoptr (GBytes) content = NULL;

  if (inside != NULL)
    content = g_bytes_new_with_free_func (ASN1_STRING_get0_data (inside),
                                          (gsize) ASN1_STRING_length (inside), free_cms, cms);
  else
    CMS_ContentInfo_free (cms);

  if (content == NULL && detached == NULL)
    {
      eonay_crypto_set_error (error, EONAY_SIGNATURE_ERROR_MALFORMED, "No content");
      return NULL;
    }
  if (content != NULL && detached != NULL && !g_bytes_equal (content, detached))
    {
      eonay_crypto_set_error (error, EONAY_SIGNATURE_ERROR_CONTENT_MISMATCH,
                              "The enclosed content differs from the given one");
      return NULL;
    }

  return detached != NULL ? g_bytes_ref (detached) : g_steal_pointer (&content);
}

static gboolean
is_digest_of (GBytes *digest, int nid, GBytes *content)
{
  gsize length;
  gconstpointer bytes = g_bytes_get_data (content, &length);
  g_autoptr (GBytes) actual = eonay_crypto_digest (nid, bytes, length);

  return actual != NULL && g_bytes_equal (actual, digest);
}

static EonayCertificate *
read_signer (X509 *x509, GError **error)
{
  unsigned char *der = NULL;
  int length = i2d_X509 (x509, &der);
  g_autoptr (GBytes) bytes = NULL;

  if (length < 0)
    {
      eonay_crypto_set_error (error, EONAY_SIGNATURE_ERROR_MALFORMED, "Unreadable certificate");
      return NULL;
    }
  bytes = eonay_crypto_take (der, (gsize) length);

  return eonay_certificate_new (bytes, error);
}

static GDateTime *
read_signing_time (CMS_SignerInfo *signer)
{
  const ASN1_TIME *time = get_attribute (signer, NID_pkcs9_signingTime, V_ASN1_UTCTIME);

  if (time == NULL)
    time = get_attribute (signer, NID_pkcs9_signingTime, V_ASN1_GENERALIZEDTIME);

  return eonay_crypto_read_time (time);
}

static EonayVerifierContent *
verify (GBytes *der, GBytes *detached, EonayTrust *trust, GDateTime *at, GError **error)
{
  g_autoptr (CMS_ContentInfo) cms = read_signed_data (der);
  g_autoptr (EonayVerifierContent) result = g_new0 (EonayVerifierContent, 1);
  g_autoptr (EonayX509Stack) beside = NULL;
  g_autoptr (GBytes) digest = NULL;
  CMS_SignerInfo *signer;
  const ASN1_STRING *stated;
  X509 *x509 = NULL;
  int nid;

  signer = cms == NULL ? NULL : find_signer (cms, &x509);
  if (signer == NULL)
    {
      eonay_crypto_set_error (error, EONAY_SIGNATURE_ERROR_MALFORMED,
                              "Not a CMS signature of exactly one signer");
      return NULL;
    }
  result->certificate = read_signer (x509, error);
  if (result->certificate == NULL || !check_signature (signer, x509, error))
    return NULL;

  nid = get_digest_nid (signer);
  stated = get_attribute (signer, NID_pkcs9_messageDigest, V_ASN1_OCTET_STRING);
  if (stated == NULL || (nid != NID_sha256 && nid != NID_sha384 && nid != NID_sha512))
    {
      eonay_crypto_set_error (error, EONAY_SIGNATURE_ERROR_INVALID, "No usable message digest");
      return NULL;
    }
  digest = g_bytes_new (ASN1_STRING_get0_data (stated), (gsize) ASN1_STRING_length (stated));
  result->signing_time = read_signing_time (signer);
  beside = CMS_get1_certs (cms);

  x509 = NULL;
  result->content = take_content (g_steal_pointer (&cms), detached, error);
  if (result->content == NULL)
    return NULL;
  if (!is_digest_of (digest, nid, result->content))
    {
      eonay_crypto_set_error (error, EONAY_SIGNATURE_ERROR_CONTENT_MISMATCH,
                              "The signature is over other content");
      return NULL;
    }
  if (trust != NULL && !eonay_trust_check (trust, eonay_certificate_get_x509 (result->certificate),
                                           beside, at, error))
    return NULL;

  return g_steal_pointer (&result);
}

EonayVerifierContent *
eonay_verifier_verify_cades (GBytes *der, GBytes *detached, EonayTrust *trust, GDateTime *at,
                             GError **error)
{
  EonayVerifierContent *result;

  g_return_val_if_fail (der != NULL, NULL);
  g_return_val_if_fail (trust == NULL || EONAY_IS_TRUST (trust), NULL);

  ERR_clear_error ();
  result = verify (der, detached, trust, at, error);
  ERR_clear_error ();

  return result;
}
