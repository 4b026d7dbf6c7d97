#include "signature/verify/eonay-verifier.h"

#include <openssl/err.h>

#include "signature/certificate/eonay-certificate-private.h"
#include "signature/certificate/eonay-crypto.h"
#include "signature/certificate/eonay-signing-certificate.h"
#include "signature/trust/eonay-trust-private.h"

#define MAX_DER (64 * 1024 * 1024)

/* More than any document has; each costs a signature to be checked. */
#define SIGNERS_MAX 100

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

/* Returns: the number of signers; 0 if one of them has no certificate inside */
static int
count_signers (CMS_ContentInfo *cms)
{
  STACK_OF (CMS_SignerInfo) *signers = CMS_get0_SignerInfos (cms);
  int count = sk_CMS_SignerInfo_num (signers);

  if (count < 1 || count > SIGNERS_MAX || CMS_set1_signers_certs (cms, NULL, 0) != count)
    return 0;

  return count;
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

/* What was signed: inside, or detached in one piece, or known by its digest alone. */
typedef struct {
  GBytes *inside; /* keeps the whole ContentInfo, so that megabytes are not copied */
  GBytes *detached;
  EonayVerifierDigest digest;
  gpointer user_data;
} Signed;

static gboolean
check_content (const Signed *content, GError **error)
{
  if (content->inside == NULL && content->detached == NULL && content->digest == NULL)
    {
      eonay_crypto_set_error (error, EONAY_SIGNATURE_ERROR_MALFORMED, "No content");
      return FALSE;
    }
  if (content->inside != NULL &&
      (content->digest != NULL ||
       (content->detached != NULL && !g_bytes_equal (content->inside, content->detached))))
    {
      eonay_crypto_set_error (error, EONAY_SIGNATURE_ERROR_CONTENT_MISMATCH,
                              "The enclosed content differs from the given one");
      return FALSE;
    }

  return TRUE;
}

static GBytes *
digest_content (const Signed *content, int nid)
{
  GBytes *bytes = content->detached != NULL ? content->detached : content->inside;
  gsize length = 0;
  gconstpointer start;

  if (content->digest != NULL)
    return content->digest (nid, content->user_data);
  start = g_bytes_get_data (bytes, &length);

  return eonay_crypto_digest (nid, start, length);
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

static gboolean
check_digest (CMS_SignerInfo *signer, const Signed *content, GError **error)
{
  const ASN1_STRING *stated = get_attribute (signer, NID_pkcs9_messageDigest, V_ASN1_OCTET_STRING);
  int nid = get_digest_nid (signer);
  g_autoptr (GBytes) digest = NULL;
  g_autoptr (GBytes) actual = NULL;

  if (stated == NULL || (nid != NID_sha256 && nid != NID_sha384 && nid != NID_sha512))
    {
      eonay_crypto_set_error (error, EONAY_SIGNATURE_ERROR_INVALID, "No usable message digest");
      return FALSE;
    }
  if (!check_content (content, error))
    return FALSE;

  digest = g_bytes_new (ASN1_STRING_get0_data (stated), (gsize) ASN1_STRING_length (stated));
  actual = digest_content (content, nid);
  if (actual != NULL && g_bytes_equal (actual, digest))
    return TRUE;
  eonay_crypto_set_error (error, EONAY_SIGNATURE_ERROR_CONTENT_MISMATCH,
                          "The signature is over other content");

  return FALSE;
}

static EonayVerifierContent *
verify_signer (CMS_SignerInfo *signer, const Signed *content, GError **error)
{
  g_autoptr (EonayVerifierContent) result = g_new0 (EonayVerifierContent, 1);
  GBytes *bytes = content->detached != NULL ? content->detached : content->inside;
  X509 *x509 = NULL;

  CMS_SignerInfo_get0_algs (signer, NULL, &x509, NULL, NULL);
  result->certificate = read_signer (x509, error);
  if (result->certificate == NULL || !check_signature (signer, x509, error) ||
      !check_digest (signer, content, error))
    return NULL;

  result->signing_time = read_signing_time (signer);
  result->content = bytes != NULL ? g_bytes_ref (bytes) : NULL;

  return g_steal_pointer (&result);
}

/* Chains come last: what is not valid is said before who has not vouched for it. */
static gboolean
check_chains (GPtrArray *results, CMS_ContentInfo *cms, EonayTrust *trust, GDateTime *at,
              GError **error)
{
  g_autoptr (EonayX509Stack) beside = CMS_get1_certs (cms);

  for (guint i = 0; i < results->len; i++)
    {
      const EonayVerifierContent *result = g_ptr_array_index (results, i);

      if (!eonay_trust_check (trust, eonay_certificate_get_x509 (result->certificate), beside, at,
                              error))
        return FALSE;
    }

  return TRUE;
}

/* @inside: (out) (transfer full): keeps what is returned */
static CMS_ContentInfo *
open_signed_data (GBytes *der, GBytes **inside, GBytes **owner)
{
  CMS_ContentInfo *cms = read_signed_data (der);
  ASN1_OCTET_STRING *content;

  if (cms == NULL)
    return NULL;
  *owner = g_bytes_new_with_free_func (NULL, 0, free_cms, cms);
  content = *CMS_get0_content (cms);
  if (content != NULL)
    *inside = g_bytes_new_with_free_func (ASN1_STRING_get0_data (content),
                                          (gsize) ASN1_STRING_length (content),
                                          (GDestroyNotify) g_bytes_unref, g_bytes_ref (*owner));

  return cms;
}

static GPtrArray *
verify (GBytes *der, Signed *content, gboolean is_single, EonayTrust *trust, GDateTime *at,
        GError **error)
{
  g_autoptr (GPtrArray) results =
      g_ptr_array_new_with_free_func ((GDestroyNotify) eonay_verifier_content_free);
  g_autoptr (GBytes) inside = NULL;
  g_autoptr (GBytes) owner = NULL;
  CMS_ContentInfo *cms = open_signed_data (der, &inside, &owner);
  int count = cms == NULL ? 0 : count_signers (cms);

  if (count == 0 || (is_single && count != 1))
    {
      eonay_crypto_set_error (error, EONAY_SIGNATURE_ERROR_MALFORMED,
                              is_single ? "Not a CMS signature of exactly one signer"
                                        : "Not a CMS signature with its signers' certificates");
      return NULL;
    }
  content->inside = inside;
  for (int i = 0; i < count; i++)
    {
      EonayVerifierContent *result =
          verify_signer (sk_CMS_SignerInfo_value (CMS_get0_SignerInfos (cms), i), content, error);

      if (result == NULL)
        return NULL;
      g_ptr_array_add (results, result);
    }
  if (trust != NULL && !check_chains (results, cms, trust, at, error))
    return NULL;

  return g_steal_pointer (&results);
}

static GPtrArray *
verify_cleanly (GBytes *der, Signed *content, gboolean is_single, EonayTrust *trust, GDateTime *at,
                GError **error)
{
  GPtrArray *results;

  ERR_clear_error ();
  results = verify (der, content, is_single, trust, at, error);
  ERR_clear_error ();

  return results;
}

static EonayVerifierContent *
take_only (GPtrArray *results)
{
  EonayVerifierContent *only = results != NULL ? g_ptr_array_steal_index (results, 0) : NULL;

  g_clear_pointer (&results, g_ptr_array_unref);

  return only;
}

EonayVerifierContent *
eonay_verifier_verify_cades (GBytes *der, GBytes *detached, EonayTrust *trust, GDateTime *at,
                             GError **error)
{
  Signed content = { .detached = detached };

  g_return_val_if_fail (der != NULL, NULL);
  g_return_val_if_fail (trust == NULL || EONAY_IS_TRUST (trust), NULL);

  return take_only (verify_cleanly (der, &content, TRUE, trust, at, error));
}

EonayVerifierContent *
eonay_verifier_verify_detached (GBytes *der, EonayVerifierDigest digest, gpointer user_data,
                                EonayTrust *trust, GDateTime *at, GError **error)
{
  Signed content = { .digest = digest, .user_data = user_data };

  g_return_val_if_fail (der != NULL && digest != NULL, NULL);
  g_return_val_if_fail (trust == NULL || EONAY_IS_TRUST (trust), NULL);

  return take_only (verify_cleanly (der, &content, TRUE, trust, at, error));
}

GPtrArray *
eonay_verifier_verify_all (GBytes *der, GBytes *detached, EonayTrust *trust, GDateTime *at,
                           GError **error)
{
  Signed content = { .detached = detached };

  g_return_val_if_fail (der != NULL, NULL);
  g_return_val_if_fail (trust == NULL || EONAY_IS_TRUST (trust), NULL);

  return verify_cleanly (der, &content, FALSE, trust, at, error);
}
