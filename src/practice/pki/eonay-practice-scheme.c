#include "practice/pki/eonay-practice-scheme.h"

#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#define SHA256_LENGTH 32

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_PKEY_CTX, EVP_PKEY_CTX_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509_SIG, X509_SIG_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ECDSA_SIG, ECDSA_SIG_free)

gboolean
eonay_practice_scheme_is_rsa (EonayPracticeScheme self)
{
  return self < EONAY_PRACTICE_SCHEME_ECDSA;
}

static const EVP_MD *
find_hash (gsize length)
{
  switch (length)
    {
    case 20:
      return EVP_sha1 ();
    case 28:
      return EVP_sha224 ();
    case 32:
      return EVP_sha256 ();
    case 48:
      return EVP_sha384 ();
    case 64:
      return EVP_sha512 ();
    default:
      return NULL;
    }
}

static gboolean
is_digest_info (const guint8 *input, gsize length)
{
  const guint8 *end = input;
  g_autoptr (X509_SIG) digest_info = d2i_X509_SIG (NULL, &end, (long) length);
  const X509_ALGOR *algorithm;
  const ASN1_OCTET_STRING *digest;
  const ASN1_OBJECT *oid;
  const EVP_MD *hash;

  if (digest_info == NULL || end != input + length)
    return FALSE;

  X509_SIG_get0 (digest_info, &algorithm, &digest);
  X509_ALGOR_get0 (&oid, NULL, NULL, algorithm);
  hash = EVP_get_digestbyobj (oid);

  return hash != NULL && EVP_MD_get_size (hash) == ASN1_STRING_length (digest);
}

static gboolean
is_fit (EonayPracticeScheme self, EVP_PKEY *pair, const guint8 *input, gsize length)
{
  switch (self)
    {
    case EONAY_PRACTICE_SCHEME_DIGEST_INFO:
      return length <= G_MAXUINT8 && is_digest_info (input, length);
    case EONAY_PRACTICE_SCHEME_BLOCK:
      return length == (gsize) EVP_PKEY_get_size (pair);
    case EONAY_PRACTICE_SCHEME_PSS_SHA256:
      return length == SHA256_LENGTH;
    default:
      return find_hash (length) != NULL;
    }
}

static gboolean
set_padding (EonayPracticeScheme self, EVP_PKEY_CTX *context, gsize length)
{
  switch (self)
    {
    case EONAY_PRACTICE_SCHEME_DIGEST_INFO:
      return EVP_PKEY_CTX_set_rsa_padding (context, RSA_PKCS1_PADDING) == 1;
    case EONAY_PRACTICE_SCHEME_BLOCK:
      return EVP_PKEY_CTX_set_rsa_padding (context, RSA_NO_PADDING) == 1;
    case EONAY_PRACTICE_SCHEME_PSS:
    case EONAY_PRACTICE_SCHEME_PSS_SHA256:
      return EVP_PKEY_CTX_set_rsa_padding (context, RSA_PKCS1_PSS_PADDING) == 1 &&
             EVP_PKEY_CTX_set_signature_md (context, find_hash (length)) == 1 &&
             EVP_PKEY_CTX_set_rsa_pss_saltlen (context, RSA_PSS_SALTLEN_DIGEST) == 1;
    default:
      return TRUE;
    }
}

static gboolean
sign (EonayPracticeScheme self, EVP_PKEY *pair, const guint8 *input, gsize length,
      GByteArray *signature)
{
  g_autoptr (EVP_PKEY_CTX) context = EVP_PKEY_CTX_new (pair, NULL);
  gsize size = 0;

  if (context == NULL || EVP_PKEY_sign_init (context) != 1 ||
      !set_padding (self, context, length) ||
      EVP_PKEY_sign (context, NULL, &size, input, length) != 1)
    return FALSE;

  g_byte_array_set_size (signature, (guint) size);
  if (EVP_PKEY_sign (context, signature->data, &size, input, length) != 1)
    return FALSE;

  g_byte_array_set_size (signature, (guint) size);

  return TRUE;
}

static gboolean
make_plain (EVP_PKEY *pair, GByteArray *signature)
{
  const guint8 *der = signature->data;
  g_autoptr (ECDSA_SIG) value = d2i_ECDSA_SIG (NULL, &der, (long) signature->len);
  int size = (EVP_PKEY_get_bits (pair) + 7) / 8;

  if (value == NULL)
    return FALSE;

  g_byte_array_set_size (signature, (guint) (2 * size));

  return BN_bn2binpad (ECDSA_SIG_get0_r (value), signature->data, size) == size &&
         BN_bn2binpad (ECDSA_SIG_get0_s (value), signature->data + size, size) == size;
}

gboolean
eonay_practice_scheme_sign (EonayPracticeScheme self, EVP_PKEY *pair, const guint8 *input,
                            gsize length, GByteArray *signature)
{
  gboolean made = is_fit (self, pair, input, length) &&
                  sign (self, pair, input, length, signature) &&
                  (self != EONAY_PRACTICE_SCHEME_ECDSA_PLAIN || make_plain (pair, signature));

  if (!made)
    g_byte_array_set_size (signature, 0);
  ERR_clear_error ();

  return made;
}
