#include "signature/cades/eonay-cms-signer.h"

#include <openssl/asn1t.h>
#include <openssl/err.h>

#include "signature/certificate/eonay-certificate-private.h"
#include "signature/certificate/eonay-crypto.h"

#define PSS_SALT_LENGTH 32

/* CMS_PARTIAL, and no CMS_final(): the private key is on the card, not in OpenSSL. */
#define SIGN_FLAGS (CMS_PARTIAL | CMS_BINARY | CMS_DETACHED | CMS_CADES | CMS_NOSMIMECAP)

/* RFC 5652 clause 5.4: what is hashed is a SET OF, in DER, not the [0] that is stored. */
ASN1_ITEM_TEMPLATE (SignedAttributes) = ASN1_EX_TEMPLATE_TYPE (ASN1_TFLG_SET_ORDER, 0,
                                                               SignedAttributes, X509_ATTRIBUTE)
    static_ASN1_ITEM_TEMPLATE_END (SignedAttributes)

        struct _EonayCmsSigner {
  CMS_ContentInfo *cms;
  CMS_SignerInfo *signer; /* inside */
  GBytes *message;        /* the signed attributes */
  GBytes *digest;
};

void
eonay_cms_signer_free (EonayCmsSigner *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->cms, CMS_ContentInfo_free);
  g_clear_pointer (&self->message, g_bytes_unref);
  g_clear_pointer (&self->digest, g_bytes_unref);
  g_free (self);
}

EonaySignatureScheme
eonay_cms_signer_choose_scheme (EonayCertificate *certificate, EonaySignatureScheme wanted,
                                GError **error)
{
  EonaySignatureScheme usual = eonay_certificate_get_scheme (certificate);

  if (usual != EONAY_SIGNATURE_SCHEME_NONE &&
      (wanted == EONAY_SIGNATURE_SCHEME_NONE || wanted == usual))
    return usual;
  if (wanted == EONAY_SIGNATURE_SCHEME_RSA_PSS_SHA256 && eonay_signature_scheme_is_rsa (usual))
    return wanted;

  g_set_error (error, EONAY_SIGNATURE_ERROR, EONAY_SIGNATURE_ERROR_KEY_UNSUPPORTED,
               "No signature scheme for a key of type %s",
               eonay_certificate_get_key_name (certificate));

  return EONAY_SIGNATURE_SCHEME_NONE;
}

int
eonay_cms_signer_get_digest_nid (EonaySignatureScheme scheme)
{
  switch (eonay_signature_scheme_get_digest_length (scheme))
    {
    case 48:
      return NID_sha384;
    case 64:
      return NID_sha512;
    default:
      return NID_sha256;
    }
}

/* RFC 4056, clause 3: SHA-256, MGF1 with it, a salt as long as it, and the default trailer. */
static gboolean
set_pss (X509_ALGOR *algorithm)
{
  g_autoptr (RSA_PSS_PARAMS) parameters = RSA_PSS_PARAMS_new ();
  g_autoptr (X509_ALGOR) hash = X509_ALGOR_new ();
  ASN1_STRING *packed_hash = NULL;
  ASN1_STRING *packed = NULL;

  if (parameters == NULL || hash == NULL ||
      !X509_ALGOR_set0 (hash, OBJ_nid2obj (NID_sha256), V_ASN1_NULL, NULL) ||
      ASN1_item_pack (hash, ASN1_ITEM_rptr (X509_ALGOR), &packed_hash) == NULL)
    return FALSE;

  parameters->maskGenAlgorithm = X509_ALGOR_new ();
  parameters->saltLength = ASN1_INTEGER_new ();
  if (!X509_ALGOR_set0 (parameters->maskGenAlgorithm, OBJ_nid2obj (NID_mgf1), V_ASN1_SEQUENCE,
                        packed_hash))
    {
      ASN1_STRING_free (packed_hash);
      return FALSE;
    }
  parameters->hashAlgorithm = g_steal_pointer (&hash);
  if (!ASN1_INTEGER_set (parameters->saltLength, PSS_SALT_LENGTH) ||
      ASN1_item_pack (parameters, ASN1_ITEM_rptr (RSA_PSS_PARAMS), &packed) == NULL)
    return FALSE;
  if (X509_ALGOR_set0 (algorithm, OBJ_nid2obj (NID_rsassaPss), V_ASN1_SEQUENCE, packed))
    return TRUE;
  ASN1_STRING_free (packed);

  return FALSE;
}

static gboolean
set_signature_algorithm (CMS_SignerInfo *signer, EonaySignatureScheme scheme)
{
  X509_ALGOR *algorithm = NULL;

  CMS_SignerInfo_get0_algs (signer, NULL, NULL, NULL, &algorithm);
  switch (scheme)
    {
    case EONAY_SIGNATURE_SCHEME_RSA_PKCS1_SHA256:
      /* RFC 4055 clause 5 requires the NULL, RFC 5758 clause 3.2 forbids it with ECDSA. */
      return X509_ALGOR_set0 (algorithm, OBJ_nid2obj (NID_sha256WithRSAEncryption), V_ASN1_NULL,
                              NULL);
    case EONAY_SIGNATURE_SCHEME_RSA_PSS_SHA256:
      return set_pss (algorithm);
    case EONAY_SIGNATURE_SCHEME_ECDSA_SHA256:
      return X509_ALGOR_set0 (algorithm, OBJ_nid2obj (NID_ecdsa_with_SHA256), V_ASN1_UNDEF, NULL);
    case EONAY_SIGNATURE_SCHEME_ECDSA_SHA384:
      return X509_ALGOR_set0 (algorithm, OBJ_nid2obj (NID_ecdsa_with_SHA384), V_ASN1_UNDEF, NULL);
    case EONAY_SIGNATURE_SCHEME_ECDSA_SHA512:
      return X509_ALGOR_set0 (algorithm, OBJ_nid2obj (NID_ecdsa_with_SHA512), V_ASN1_UNDEF, NULL);
    case EONAY_SIGNATURE_SCHEME_NONE:
    default:
      return FALSE;
    }
}

static gboolean
add_attributes (CMS_SignerInfo *signer, GBytes *digest, GDateTime *signing_time)
{
  g_autoptr (ASN1_TIME) time = NULL;

  if (!CMS_signed_add1_attr_by_NID (signer, NID_pkcs9_contentType, V_ASN1_OBJECT,
                                    OBJ_nid2obj (NID_pkcs7_data), -1) ||
      !CMS_signed_add1_attr_by_NID (signer, NID_pkcs9_messageDigest, V_ASN1_OCTET_STRING,
                                    g_bytes_get_data (digest, NULL),
                                    (int) g_bytes_get_size (digest)))
    return FALSE;
  if (signing_time == NULL)
    return TRUE;

  time = ASN1_TIME_set (NULL, (time_t) g_date_time_to_unix (signing_time));

  return time != NULL && CMS_signed_add1_attr_by_NID (signer, NID_pkcs9_signingTime,
                                                      ASN1_STRING_type (time), time, -1);
}

static GBytes *
encode_attributes (CMS_SignerInfo *signer)
{
  g_autoptr (EonayAttributeStack) attributes = sk_X509_ATTRIBUTE_new_null ();
  unsigned char *der = NULL;
  int length;

  for (int i = 0; i < CMS_signed_get_attr_count (signer); i++)
    if (sk_X509_ATTRIBUTE_push (attributes, CMS_signed_get_attr (signer, i)) <= 0)
      return NULL;

  length = ASN1_item_i2d ((const ASN1_VALUE *) attributes, &der, ASN1_ITEM_rptr (SignedAttributes));
  if (length <= 0)
    return NULL;

  return eonay_crypto_take (der, (gsize) length);
}

/* What was there keeps its bytes: nobody signs anew what others have signed. */
static CMS_ContentInfo *
read_beside (GBytes *beside)
{
  g_autoptr (CMS_ContentInfo) cms = CMS_ContentInfo_new_ex (eonay_crypto_get_context (), NULL);
  gsize length;
  const unsigned char *at = g_bytes_get_data (beside, &length);
  const unsigned char *start = at;

  if (cms == NULL || length == 0 || length > G_MAXINT32 ||
      d2i_CMS_ContentInfo (&cms, &at, (long) length) == NULL || at != start + length ||
      OBJ_obj2nid (CMS_get0_type (cms)) != NID_pkcs7_signed)
    return NULL;

  return g_steal_pointer (&cms);
}

/* OpenSSL adds no certificate twice, and fails instead. */
static gboolean
has_certificate (CMS_ContentInfo *cms, X509 *x509)
{
  g_autoptr (EonayX509Stack) certificates = CMS_get1_certs (cms);

  for (int i = 0; i < sk_X509_num (certificates); i++)
    if (X509_cmp (sk_X509_value (certificates, i), x509) == 0)
      return TRUE;

  return FALSE;
}

static gboolean
prepare (EonayCmsSigner *self, EonayCertificate *certificate, EonaySignatureScheme scheme,
         GBytes *content_digest, GDateTime *signing_time)
{
  X509 *x509 = eonay_certificate_get_x509 (certificate);
  int digest_nid = eonay_cms_signer_get_digest_nid (scheme);
  g_autoptr (EVP_MD) digest = EVP_MD_fetch (eonay_crypto_get_context (), OBJ_nid2sn (digest_nid),
                                            NULL);

  if (digest == NULL)
    return FALSE;

  /* The public key serves as the private one: it is only compared with the certificate's. */
  self->signer = CMS_add1_signer (self->cms, x509, X509_get0_pubkey (x509), digest,
                                  has_certificate (self->cms, x509) ? SIGN_FLAGS | CMS_NOCERTS
                                                                    : SIGN_FLAGS);
  if (self->signer == NULL || !set_signature_algorithm (self->signer, scheme) ||
      !add_attributes (self->signer, content_digest, signing_time))
    return FALSE;

  self->message = encode_attributes (self->signer);
  if (self->message != NULL)
    self->digest = eonay_crypto_digest (digest_nid, g_bytes_get_data (self->message, NULL),
                                        g_bytes_get_size (self->message));

  return self->digest != NULL;
}

EonayCmsSigner *
eonay_cms_signer_new (EonayCertificate *certificate, EonaySignatureScheme scheme, GBytes *beside,
                      GBytes *digest, GDateTime *signing_time, GError **error)
{
  g_autoptr (EonayCmsSigner) self = g_new0 (EonayCmsSigner, 1);

  ERR_clear_error ();
  self->cms = beside != NULL ? read_beside (beside)
                             : CMS_sign_ex (NULL, NULL, NULL, NULL, SIGN_FLAGS,
                                            eonay_crypto_get_context (), NULL);
  if (self->cms == NULL && beside != NULL)
    {
      eonay_crypto_set_error (error, EONAY_SIGNATURE_ERROR_MALFORMED, "Not a CMS signature");
      return NULL;
    }
  if (self->cms == NULL || !prepare (self, certificate, scheme, digest, signing_time))
    {
      eonay_crypto_set_error (error, EONAY_SIGNATURE_ERROR_FAILED, "Cannot prepare a signature");
      return NULL;
    }

  return g_steal_pointer (&self);
}

GBytes *
eonay_cms_signer_get_message (EonayCmsSigner *self)
{
  return self->message;
}

GBytes *
eonay_cms_signer_get_digest (EonayCmsSigner *self)
{
  return self->digest;
}

static gboolean
set_value (EonayCmsSigner *self, GBytes *value)
{
  gsize length;
  gconstpointer bytes = g_bytes_get_data (value, &length);
  unsigned char *copy;

  if (length == 0 || length > G_MAXINT16)
    return FALSE;
  copy = OPENSSL_memdup (bytes, length);
  if (copy == NULL)
    return FALSE;
  ASN1_STRING_set0 (CMS_SignerInfo_get0_signature (self->signer), copy, (int) length);

  return TRUE;
}

static GBytes *
encode (EonayCmsSigner *self, GBytes *content)
{
  gsize length = 0;
  const unsigned char *bytes = content != NULL ? g_bytes_get_data (content, &length) : NULL;
  unsigned char *der = NULL;
  int der_length;

  if (content != NULL &&
      (CMS_set_detached (self->cms, 0) != 1 ||
       !ASN1_OCTET_STRING_set (*CMS_get0_content (self->cms),
                               bytes != NULL ? bytes : (const unsigned char *) "", (int) length)))
    return NULL;
  der_length = i2d_CMS_ContentInfo (self->cms, &der);
  /* The copy of the content inside is not kept for longer than it takes to encode it. */
  if (content != NULL)
    CMS_set_detached (self->cms, 1);

  return der_length <= 0 ? NULL : eonay_crypto_take (der, (gsize) der_length);
}

GBytes *
eonay_cms_signer_encode (EonayCmsSigner *self, GBytes *value, GBytes *content, GError **error)
{
  GBytes *der = NULL;

  ERR_clear_error ();
  if (set_value (self, value))
    der = encode (self, content);
  if (der == NULL)
    eonay_crypto_set_error (error, EONAY_SIGNATURE_ERROR_INVALID, "Cannot encode the signature");

  return der;
}
