#include "practice/eonay-practice-key.h"

#include <openssl/err.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#define FIRST_ID 0x45

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_PKEY_CTX, EVP_PKEY_CTX_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509_SIG, X509_SIG_free)

EonayPracticeKey *
eonay_practice_key_new (EVP_PKEY *pair, GBytes *certificate, const char *label, guint index,
                        gboolean non_repudiation)
{
  EonayPracticeKey *self = g_new0 (EonayPracticeKey, 1);

  EVP_PKEY_up_ref (pair);
  self->pair = pair;
  self->certificate = certificate;
  self->label = g_strdup (label);
  self->id = (guint8) (FIRST_ID + index);
  self->reference = (guint8) index;
  self->non_repudiation = non_repudiation;

  return self;
}

void
eonay_practice_key_free (EonayPracticeKey *self)
{
  EVP_PKEY_free (self->pair);
  g_bytes_unref (self->certificate);
  g_free (self->label);
  g_free (self);
}

gboolean
eonay_practice_key_is_rsa (const EonayPracticeKey *self)
{
  return EVP_PKEY_is_a (self->pair, "RSA");
}

static gboolean
is_digest_length (int length)
{
  return length == 20 || length == 28 || length == 32 || length == 48 || length == 64;
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

gboolean
eonay_practice_key_sign (const EonayPracticeKey *self, const guint8 *input, gsize length,
                         GByteArray *signature)
{
  gboolean rsa = eonay_practice_key_is_rsa (self);
  g_autoptr (EVP_PKEY_CTX) context = NULL;
  gsize size = 0;
  gboolean made;

  if (length > G_MAXUINT8 || !(rsa ? is_digest_info (input, length)
                                   : is_digest_length ((int) length)))
    {
      ERR_clear_error ();
      return FALSE;
    }

  context = EVP_PKEY_CTX_new (self->pair, NULL);
  made = context != NULL && EVP_PKEY_sign_init (context) == 1
         && (!rsa || EVP_PKEY_CTX_set_rsa_padding (context, RSA_PKCS1_PADDING) == 1)
         && EVP_PKEY_sign (context, NULL, &size, input, length) == 1;
  if (made)
    {
      g_byte_array_set_size (signature, (guint) size);
      made = EVP_PKEY_sign (context, signature->data, &size, input, length) == 1;
    }

  g_byte_array_set_size (signature, made ? (guint) size : 0);
  ERR_clear_error ();

  return made;
}
