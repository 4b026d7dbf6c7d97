#include "signature/cades/eonay-cades.h"

#include <openssl/asn1t.h>
#include <openssl/err.h>

#include "signature/certificate/eonay-certificate-private.h"
#include "signature/certificate/eonay-crypto.h"
#include "signature/verify/eonay-verifier.h"

#define PSS_SALT_LENGTH 32

/* CMS_PARTIAL, and no CMS_final(): the private key is on the card, not in OpenSSL. */
#define SIGN_FLAGS (CMS_PARTIAL | CMS_BINARY | CMS_DETACHED | CMS_CADES | CMS_NOSMIMECAP)

/* RFC 5652 clause 5.4: what is hashed is a SET OF, in DER, not the [0] that is stored. */
ASN1_ITEM_TEMPLATE (SignedAttributes) = ASN1_EX_TEMPLATE_TYPE (ASN1_TFLG_SET_ORDER, 0,
                                                               SignedAttributes, X509_ATTRIBUTE)
    static_ASN1_ITEM_TEMPLATE_END (SignedAttributes)

        struct _EonayCades {
  GObject parent_instance;

  EonayCertificate *certificate;
  EonaySignatureScheme scheme;
  GBytes *content;
  gboolean attached;
  CMS_ContentInfo *cms;
  GBytes *message; /* the signed attributes */
  GBytes *digest;
};

G_DEFINE_FINAL_TYPE (EonayCades, eonay_cades, G_TYPE_OBJECT)

static void
eonay_cades_finalize (GObject *object)
{
  EonayCades *self = EONAY_CADES (object);

  g_clear_object (&self->certificate);
  g_clear_pointer (&self->content, g_bytes_unref);
  g_clear_pointer (&self->cms, CMS_ContentInfo_free);
  g_clear_pointer (&self->message, g_bytes_unref);
  g_clear_pointer (&self->digest, g_bytes_unref);

  G_OBJECT_CLASS (eonay_cades_parent_class)->finalize (object);
}

static void
eonay_cades_class_init (EonayCadesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = eonay_cades_finalize;
}

static void
eonay_cades_init (EonayCades *self)
{
}

static int
get_digest_nid (EonaySignatureScheme scheme)
{
  return scheme == EONAY_SIGNATURE_SCHEME_ECDSA_SHA384 ? NID_sha384 : NID_sha256;
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
    case EONAY_SIGNATURE_SCHEME_NONE:
    default:
      return FALSE;
    }
}

static gboolean
add_attributes (CMS_SignerInfo *signer, GBytes *content, int digest_nid, GDateTime *signing_time)
{
  gsize length;
  gconstpointer bytes = g_bytes_get_data (content, &length);
  g_autoptr (GBytes) digest = eonay_crypto_digest (digest_nid, bytes, length);
  g_autoptr (ASN1_TIME) time = ASN1_TIME_set (NULL, (time_t) g_date_time_to_unix (signing_time));

  return digest != NULL && time != NULL &&
         CMS_signed_add1_attr_by_NID (signer, NID_pkcs9_contentType, V_ASN1_OBJECT,
                                      OBJ_nid2obj (NID_pkcs7_data), -1) &&
         CMS_signed_add1_attr_by_NID (signer, NID_pkcs9_messageDigest, V_ASN1_OCTET_STRING,
                                      g_bytes_get_data (digest, NULL),
                                      (int) g_bytes_get_size (digest)) &&
         CMS_signed_add1_attr_by_NID (signer, NID_pkcs9_signingTime, ASN1_STRING_type (time), time,
                                      -1);
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

static gboolean
prepare (EonayCades *self, GDateTime *signing_time)
{
  X509 *x509 = eonay_certificate_get_x509 (self->certificate);
  int digest_nid = get_digest_nid (self->scheme);
  g_autoptr (EVP_MD) digest = EVP_MD_fetch (eonay_crypto_get_context (), OBJ_nid2sn (digest_nid),
                                            NULL);
  CMS_SignerInfo *signer;

  self->cms = CMS_sign_ex (NULL, NULL, NULL, NULL, SIGN_FLAGS, eonay_crypto_get_context (), NULL);
  if (self->cms == NULL || digest == NULL)
    return FALSE;

  /* The public key serves as the private one: it is only compared with the certificate's. */
  signer = CMS_add1_signer (self->cms, x509, X509_get0_pubkey (x509), digest, SIGN_FLAGS);
  if (signer == NULL || !set_signature_algorithm (signer, self->scheme) ||
      !add_attributes (signer, self->content, digest_nid, signing_time))
    return FALSE;

  self->message = encode_attributes (signer);
  if (self->message != NULL)
    self->digest = eonay_crypto_digest (digest_nid, g_bytes_get_data (self->message, NULL),
                                        g_bytes_get_size (self->message));

  return self->digest != NULL;
}

EonayCades *
eonay_cades_new (EonayCertificate *certificate, GBytes *content, gboolean attached,
                 GDateTime *signing_time, GError **error)
{
  return eonay_cades_new_with_scheme (certificate, EONAY_SIGNATURE_SCHEME_NONE, content, attached,
                                      signing_time, error);
}

EonayCades *
eonay_cades_new_with_scheme (EonayCertificate *certificate, EonaySignatureScheme scheme,
                             GBytes *content, gboolean attached, GDateTime *signing_time,
                             GError **error)
{
  g_autoptr (EonayCades) self = NULL;
  EonaySignatureScheme usual;

  g_return_val_if_fail (EONAY_IS_CERTIFICATE (certificate), NULL);
  g_return_val_if_fail (content != NULL && signing_time != NULL, NULL);

  ERR_clear_error ();
  usual = eonay_certificate_get_scheme (certificate);
  if (usual == EONAY_SIGNATURE_SCHEME_NONE ||
      (scheme != EONAY_SIGNATURE_SCHEME_NONE && scheme != usual &&
       (scheme != EONAY_SIGNATURE_SCHEME_RSA_PSS_SHA256 || !eonay_signature_scheme_is_rsa (usual))))
    {
      g_set_error (error, EONAY_SIGNATURE_ERROR, EONAY_SIGNATURE_ERROR_KEY_UNSUPPORTED,
                   "No signature scheme for a key of type %s",
                   eonay_certificate_get_key_name (certificate));
      return NULL;
    }
  if (g_bytes_get_size (content) > EONAY_CADES_MAX_CONTENT)
    {
      eonay_crypto_set_error (error, EONAY_SIGNATURE_ERROR_FAILED, "Too much content to sign");
      return NULL;
    }

  self = g_object_new (EONAY_TYPE_CADES, NULL);
  self->certificate = g_object_ref (certificate);
  self->scheme = scheme != EONAY_SIGNATURE_SCHEME_NONE ? scheme : usual;
  self->content = g_bytes_ref (content);
  self->attached = attached;
  if (!prepare (self, signing_time))
    {
      eonay_crypto_set_error (error, EONAY_SIGNATURE_ERROR_FAILED, "Cannot prepare a signature");
      return NULL;
    }

  return g_steal_pointer (&self);
}

GBytes *
eonay_cades_get_digest (EonayCades *self)
{
  g_return_val_if_fail (EONAY_IS_CADES (self), NULL);

  return self->digest;
}

GBytes *
eonay_cades_get_message (EonayCades *self)
{
  g_return_val_if_fail (EONAY_IS_CADES (self), NULL);

  return self->message;
}

EonaySignatureScheme
eonay_cades_get_scheme (EonayCades *self)
{
  g_return_val_if_fail (EONAY_IS_CADES (self), EONAY_SIGNATURE_SCHEME_NONE);

  return self->scheme;
}

static gboolean
set_value (EonayCades *self, GBytes *value)
{
  CMS_SignerInfo *signer = sk_CMS_SignerInfo_value (CMS_get0_SignerInfos (self->cms), 0);
  gsize length;
  gconstpointer bytes = g_bytes_get_data (value, &length);
  unsigned char *copy;

  if (length == 0 || length > G_MAXINT16)
    return FALSE;
  copy = OPENSSL_memdup (bytes, length);
  if (copy == NULL)
    return FALSE;
  ASN1_STRING_set0 (CMS_SignerInfo_get0_signature (signer), copy, (int) length);

  return TRUE;
}

static GBytes *
encode (EonayCades *self)
{
  gsize length;
  const unsigned char *bytes = g_bytes_get_data (self->content, &length);
  unsigned char *der = NULL;
  int der_length;

  if (self->attached)
    {
      if (CMS_set_detached (self->cms, 0) != 1 ||
          !ASN1_OCTET_STRING_set (*CMS_get0_content (self->cms),
                                  bytes != NULL ? bytes : (const unsigned char *) "", (int) length))
        return NULL;
    }
  der_length = i2d_CMS_ContentInfo (self->cms, &der);
  /* The copy of the content inside is not kept for longer than it takes to encode it. */
  CMS_set_detached (self->cms, 1);

  return der_length <= 0 ? NULL : eonay_crypto_take (der, (gsize) der_length);
}

GBytes *
eonay_cades_finish (EonayCades *self, GBytes *value, GError **error)
{
  g_autoptr (EonayVerifierContent) signed_content = NULL;
  g_autoptr (GError) reason = NULL;
  g_autoptr (GBytes) der = NULL;

  g_return_val_if_fail (EONAY_IS_CADES (self), NULL);
  g_return_val_if_fail (value != NULL, NULL);

  ERR_clear_error ();
  if (set_value (self, value))
    der = encode (self);
  if (der == NULL)
    {
      eonay_crypto_set_error (error, EONAY_SIGNATURE_ERROR_INVALID, "Cannot encode the signature");
      return NULL;
    }

  signed_content = eonay_verifier_verify_cades (der, self->content, NULL, NULL, &reason);
  if (signed_content == NULL ||
      !g_bytes_equal (eonay_certificate_get_der (signed_content->certificate),
                      eonay_certificate_get_der (self->certificate)))
    {
      g_set_error (error, EONAY_SIGNATURE_ERROR, EONAY_SIGNATURE_ERROR_INVALID,
                   "The new signature does not verify: %s",
                   reason != NULL ? reason->message : "other certificate");
      return NULL;
    }

  return g_steal_pointer (&der);
}
