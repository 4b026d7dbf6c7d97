#include "card/token/eonay-public-key.h"

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include "base/eonay-error.h"

#define RSA_BITS_MIN 2048

typedef EVP_PKEY_CTX EvpPkeyCtx;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509, X509_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EvpPkeyCtx, EVP_PKEY_CTX_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_MD, EVP_MD_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ECDSA_SIG, ECDSA_SIG_free)

struct _EonayPublicKey {
  EVP_PKEY *pkey;
  gboolean rsa;
  gsize size;
};

/* A library context of our own, so that no configuration of the machine changes the answer. */
static OSSL_LIB_CTX *
library (void)
{
  static gsize context;

  if (g_once_init_enter (&context))
    g_once_init_leave (&context, (gsize) OSSL_LIB_CTX_new ());

  return (OSSL_LIB_CTX *) context;
}

static gboolean
classify (EonayPublicKey *self)
{
  char curve[32] = "";

  self->rsa = EVP_PKEY_is_a (self->pkey, "RSA");
  self->size = (gsize) (EVP_PKEY_get_bits (self->pkey) + 7) / 8;
  if (self->rsa)
    return EVP_PKEY_get_bits (self->pkey) >= RSA_BITS_MIN;

  return EVP_PKEY_is_a (self->pkey, "EC") &&
         EVP_PKEY_get_group_name (self->pkey, curve, sizeof curve, NULL) == 1 &&
         (g_str_equal (curve, "prime256v1") || g_str_equal (curve, "secp384r1") ||
          g_str_equal (curve, "secp521r1"));
}

EonayPublicKey *
eonay_public_key_new_from_certificate (GBytes *der, GError **error)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (der, &length);
  g_autoptr (EonayPublicKey) self = g_new0 (EonayPublicKey, 1);
  g_autoptr (X509) certificate = NULL;
  X509 *parsed = X509_new_ex (library (), NULL);

  certificate = d2i_X509 (&parsed, &bytes, (long) length);
  if (certificate == NULL)
    {
      X509_free (parsed);
      g_set_error_literal (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_MALFORMED,
                           "The card's certificate cannot be read");
      return NULL;
    }

  self->pkey = X509_get_pubkey (certificate);
  if (self->pkey == NULL || !classify (self))
    {
      g_set_error_literal (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_ALGORITHM,
                           "The certificate's key is of a kind that is not supported");
      return NULL;
    }

  return g_steal_pointer (&self);
}

gboolean
eonay_public_key_is_rsa (const EonayPublicKey *self)
{
  return self->rsa;
}

gsize
eonay_public_key_get_size (const EonayPublicKey *self)
{
  return self->size;
}

gboolean
eonay_public_key_check_scheme (const EonayPublicKey *self, EonaySignatureScheme scheme,
                               GError **error)
{
  if (scheme != EONAY_SIGNATURE_SCHEME_NONE && eonay_signature_scheme_is_rsa (scheme) == self->rsa)
    return TRUE;

  g_set_error_literal (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_ALGORITHM,
                       "The key cannot make this kind of signature");

  return FALSE;
}

static GBytes *
pad_left (GBytes *answer, gsize size)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (answer, &length);
  g_autofree guint8 *padded = NULL;

  if (length == 0 || length >= size)
    return g_bytes_ref (answer);

  padded = g_malloc0 (size);
  memcpy (padded + size - length, bytes, length);

  return g_bytes_new (padded, size);
}

static GBytes *
ecdsa_to_der (GBytes *answer, gsize size)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (answer, &length);
  const guint8 *position = bytes;
  g_autoptr (ECDSA_SIG) signature = d2i_ECDSA_SIG (NULL, &position, (long) length);
  guint8 *der = NULL;
  int der_length;
  GBytes *result;

  if (signature != NULL && position == bytes + length)
    return g_bytes_ref (answer);
  if (length != 2 * size)
    return NULL;

  g_clear_pointer (&signature, ECDSA_SIG_free);
  signature = ECDSA_SIG_new ();
  ECDSA_SIG_set0 (signature, BN_bin2bn (bytes, (int) size, NULL),
                  BN_bin2bn (bytes + size, (int) size, NULL));
  der_length = i2d_ECDSA_SIG (signature, &der);
  if (der_length <= 0)
    return NULL;

  result = g_bytes_new (der, (gsize) der_length);
  OPENSSL_free (der);

  return result;
}

static gboolean
set_padding (EVP_PKEY_CTX *context, EonaySignatureScheme scheme)
{
  if (!eonay_signature_scheme_is_rsa (scheme))
    return TRUE;
  if (scheme != EONAY_SIGNATURE_SCHEME_RSA_PSS_SHA256)
    return EVP_PKEY_CTX_set_rsa_padding (context, RSA_PKCS1_PADDING) == 1;

  return EVP_PKEY_CTX_set_rsa_padding (context, RSA_PKCS1_PSS_PADDING) == 1 &&
         EVP_PKEY_CTX_set_rsa_pss_saltlen (context, RSA_PSS_SALTLEN_DIGEST) == 1;
}

static const char *
name_hash (gsize digest_length)
{
  return digest_length == 64 ? "SHA512" : digest_length == 48 ? "SHA384" : "SHA256";
}

static gboolean
verifies (const EonayPublicKey *self, EonaySignatureScheme scheme, GBytes *digest,
          GBytes *signature)
{
  gsize digest_length, signature_length;
  const guint8 *digest_bytes = g_bytes_get_data (digest, &digest_length);
  const guint8 *signature_bytes = g_bytes_get_data (signature, &signature_length);
  g_autoptr (EvpPkeyCtx) context = EVP_PKEY_CTX_new_from_pkey (library (), self->pkey, NULL);
  g_autoptr (EVP_MD) md = EVP_MD_fetch (library (), name_hash (digest_length), NULL);

  return context != NULL && md != NULL && EVP_PKEY_verify_init (context) == 1 &&
         set_padding (context, scheme) && EVP_PKEY_CTX_set_signature_md (context, md) == 1 &&
         digest_length == eonay_signature_scheme_get_digest_length (scheme) &&
         EVP_PKEY_verify (context, signature_bytes, signature_length, digest_bytes,
                          digest_length) == 1;
}

GBytes *
eonay_public_key_accept (const EonayPublicKey *self, EonaySignatureScheme scheme, GBytes *digest,
                         GBytes *answer, GError **error)
{
  g_autoptr (GBytes) signature = NULL;

  if (!eonay_public_key_check_scheme (self, scheme, error))
    return NULL;

  signature = self->rsa ? pad_left (answer, self->size) : ecdsa_to_der (answer, self->size);
  if (signature != NULL && verifies (self, scheme, digest, signature))
    return g_steal_pointer (&signature);

  g_set_error_literal (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_SIGNATURE_MISMATCH,
                       "The card's signature does not verify with the certificate");

  return NULL;
}

void
eonay_public_key_free (EonayPublicKey *self)
{
  if (self == NULL)
    return;

  EVP_PKEY_free (self->pkey);
  g_free (self);
}
