#include "card/pkcs11/host/eonay-pkcs11-subject.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/x509v3.h>
#include <string.h>

#include "card/pkcs11/host/eonay-pkcs11-object.h"

#define NUMBER_MAX 2048
#define TRIED_MAX 8
#define UNSAID G_MAXULONG

struct _EonayPkcs11Subject {
  gboolean rsa;
  gboolean authority;
  GBytes *number; /* RSA: the modulus; EC: the point, 04‖x‖y */
};

typedef enum {
  FIT_NONE,
  FIT_PERHAPS,
  FIT_BY_ID,
  FIT_EXACT,
} Fit;

static GBytes *
read_modulus (EVP_PKEY *key)
{
  guint8 bytes[NUMBER_MAX];
  BIGNUM *modulus = NULL;
  int length = 0;

  if (EVP_PKEY_get_bn_param (key, OSSL_PKEY_PARAM_RSA_N, &modulus) != 1)
    return NULL;
  if (BN_num_bytes (modulus) <= (int) sizeof bytes)
    length = BN_bn2bin (modulus, bytes);
  BN_free (modulus);

  return length > 0 ? g_bytes_new (bytes, (gsize) length) : NULL;
}

static GBytes *
read_point (EVP_PKEY *key)
{
  guint8 bytes[NUMBER_MAX];
  gsize length;

  if (EVP_PKEY_get_octet_string_param (key, OSSL_PKEY_PARAM_PUB_KEY, bytes, sizeof bytes,
                                       &length) != 1)
    return NULL;

  return g_bytes_new (bytes, length);
}

EonayPkcs11Subject *
eonay_pkcs11_subject_new (GBytes *der)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (der, &length);
  X509 *certificate = d2i_X509 (NULL, &bytes, (long) length);
  EVP_PKEY *key = certificate != NULL ? X509_get0_pubkey (certificate) : NULL;
  EonayPkcs11Subject *self = NULL;

  if (key != NULL)
    {
      self = g_new0 (EonayPkcs11Subject, 1);
      self->rsa = EVP_PKEY_is_a (key, "RSA");
      self->authority = X509_check_ca (certificate) == 1;
      self->number = self->rsa ? read_modulus (key) : read_point (key);
    }
  X509_free (certificate);

  return self;
}

void
eonay_pkcs11_subject_free (EonayPkcs11Subject *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->number, g_bytes_unref);
  g_free (self);
}

/* EC points come bare or as an OCTET STRING, moduli with or without leading zeros. */
static gboolean
ends_with (GBytes *whole, GBytes *end)
{
  gsize whole_length, end_length;
  const guint8 *whole_bytes = g_bytes_get_data (whole, &whole_length);
  const guint8 *end_bytes = g_bytes_get_data (end, &end_length);

  return whole_length >= end_length &&
         memcmp (whole_bytes + whole_length - end_length, end_bytes, end_length) == 0;
}

static Fit
fit (EonayPkcs11Subject *self, CK_FUNCTION_LIST *functions, CK_SESSION_HANDLE session,
     CK_OBJECT_HANDLE key, GBytes *id)
{
  gulong type = eonay_pkcs11_object_get_number (functions, session, key, CKA_KEY_TYPE, UNSAID);
  g_autoptr (GBytes) number = NULL;
  g_autoptr (GBytes) key_id = NULL;

  if (type != UNSAID && type != (self->rsa ? CKK_RSA : CKK_EC))
    return FIT_NONE;

  number = eonay_pkcs11_object_get_attribute (functions, session, key,
                                              self->rsa ? CKA_MODULUS : CKA_EC_POINT);
  if (number != NULL && self->number != NULL)
    return ends_with (number, self->number) ? FIT_EXACT : FIT_NONE;

  key_id = eonay_pkcs11_object_get_attribute (functions, session, key, CKA_ID);

  return key_id != NULL && id != NULL && g_bytes_equal (key_id, id) ? FIT_BY_ID : FIT_PERHAPS;
}

gboolean
eonay_pkcs11_subject_may_have_key (EonayPkcs11Subject *self, CK_FUNCTION_LIST *functions,
                                   CK_SESSION_HANDLE session, GArray *keys)
{
  for (guint i = 0; i < keys->len; i++)
    if (fit (self, functions, session, g_array_index (keys, CK_OBJECT_HANDLE, i), NULL) != FIT_NONE)
      return TRUE;

  return keys->len == 0 && !self->authority;
}

GArray *
eonay_pkcs11_subject_rank (EonayPkcs11Subject *self, CK_FUNCTION_LIST *functions,
                           CK_SESSION_HANDLE session, GArray *keys, GBytes *id)
{
  GArray *ranked = g_array_new (FALSE, FALSE, sizeof (CK_OBJECT_HANDLE));
  g_autofree Fit *fits = g_new0 (Fit, keys->len + 1);

  for (guint i = 0; i < keys->len; i++)
    fits[i] = fit (self, functions, session, g_array_index (keys, CK_OBJECT_HANDLE, i), id);

  for (Fit wanted = FIT_EXACT; wanted > FIT_NONE; wanted--)
    for (guint i = 0; i < keys->len && ranked->len < TRIED_MAX; i++)
      if (fits[i] == wanted)
        g_array_append_val (ranked, g_array_index (keys, CK_OBJECT_HANDLE, i));

  return ranked;
}
