#include "card/pkcs15/eonay-pkcs15-algorithm.h"

#include <string.h>

#include "base/eonay-error.h"

/* PKCS#11's numbers, which PKCS#15 borrows. */
#define CKM_RSA_PKCS 0x0001
#define CKM_RSA_X_509 0x0003
#define CKM_RSA_PKCS_PSS 0x000D
#define CKM_SHA256_RSA_PKCS_PSS 0x0043
#define CKM_ECDSA 0x1041

static const struct {
  guint mechanism;
  gboolean rsa;
  gboolean pss;
  EonayPkcs15Input input;
} mechanisms[] = {
  { CKM_RSA_PKCS, TRUE, FALSE, EONAY_PKCS15_INPUT_DIGEST_INFO },
  { CKM_RSA_X_509, TRUE, FALSE, EONAY_PKCS15_INPUT_BLOCK },
  { CKM_RSA_PKCS_PSS, TRUE, TRUE, EONAY_PKCS15_INPUT_DIGEST },
  { CKM_SHA256_RSA_PKCS_PSS, TRUE, TRUE, EONAY_PKCS15_INPUT_DIGEST },
  { CKM_ECDSA, FALSE, FALSE, EONAY_PKCS15_INPUT_DIGEST },
};

static const guint8 sha256_info[] = { 0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01,
                                      0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20 };

static gboolean
key_allows (const EonayPkcs15Key *key, guint reference)
{
  if (key->algorithms->len == 0)
    return TRUE;

  for (guint i = 0; i < key->algorithms->len; i++)
    if (g_array_index (key->algorithms, guint, i) == reference)
      return TRUE;

  return FALSE;
}

/* Whether the card itself says what the key can do; then no guess of ours counts. */
static gboolean
is_listed (const EonayPkcs15Objects *objects, const EonayPkcs15Key *key)
{
  for (gsize m = 0; m < G_N_ELEMENTS (mechanisms); m++)
    for (guint i = 0; i < objects->algorithms->len; i++)
      {
        const EonayPkcs15Algorithm *algorithm = &g_array_index (objects->algorithms,
                                                                EonayPkcs15Algorithm, i);

        if (algorithm->mechanism == mechanisms[m].mechanism && mechanisms[m].rsa == key->rsa &&
            key_allows (key, algorithm->reference))
          return TRUE;
      }

  return FALSE;
}

static gboolean
choose_listed (const EonayPkcs15Objects *objects, const EonayPkcs15Key *key, gboolean pss,
               EonayPkcs15Choice *choice)
{
  for (gsize m = 0; m < G_N_ELEMENTS (mechanisms); m++)
    for (guint i = 0; i < objects->algorithms->len; i++)
      {
        const EonayPkcs15Algorithm *algorithm = &g_array_index (objects->algorithms,
                                                                EonayPkcs15Algorithm, i);

        if (algorithm->mechanism != mechanisms[m].mechanism || mechanisms[m].rsa != key->rsa ||
            mechanisms[m].pss != pss || !key_allows (key, algorithm->reference))
          continue;
        choice->reference = algorithm->card_reference;
        choice->input = mechanisms[m].input;
        return TRUE;
      }

  return FALSE;
}

gboolean
eonay_pkcs15_algorithm_choose (const EonayPkcs15Objects *objects, const EonayPkcs15Facts *facts,
                               const EonayPkcs15Key *key, EonaySignatureScheme scheme,
                               EonayPkcs15Choice *choice, GError **error)
{
  gboolean pss = scheme == EONAY_SIGNATURE_SCHEME_RSA_PSS_SHA256;

  if (choose_listed (objects, key, pss, choice))
    return TRUE;

  choice->reference = pss ? facts->rsa_pss : key->rsa ? facts->rsa : facts->ecdsa;
  choice->input = key->rsa && !pss ? EONAY_PKCS15_INPUT_DIGEST_INFO : EONAY_PKCS15_INPUT_DIGEST;
  if (choice->reference != 0 && !is_listed (objects, key))
    return TRUE;

  g_set_error_literal (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_ALGORITHM,
                       "The card does not tell how its key is told to sign");

  return FALSE;
}

gboolean
eonay_pkcs15_algorithm_is_known (const EonayPkcs15Objects *objects, const EonayPkcs15Facts *facts,
                                 const EonayPkcs15Key *key)
{
  /* For a key of an elliptic curve the scheme makes no difference, as long as it is not PSS. */
  const EonaySignatureScheme schemes[] = { EONAY_SIGNATURE_SCHEME_RSA_PKCS1_SHA256,
                                           EONAY_SIGNATURE_SCHEME_RSA_PSS_SHA256 };
  EonayPkcs15Choice choice;

  for (gsize i = 0; i < (key->rsa ? G_N_ELEMENTS (schemes) : 1); i++)
    if (eonay_pkcs15_algorithm_choose (objects, facts, key, schemes[i], &choice, NULL))
      return TRUE;

  return FALSE;
}

gboolean
eonay_pkcs15_algorithm_is_only_pss (const EonayPkcs15Objects *objects,
                                    const EonayPkcs15Facts *facts, const EonayPkcs15Key *key)
{
  EonayPkcs15Choice choice;

  return key->rsa &&
         !eonay_pkcs15_algorithm_choose (objects, facts, key,
                                         EONAY_SIGNATURE_SCHEME_RSA_PKCS1_SHA256, &choice, NULL) &&
         eonay_pkcs15_algorithm_choose (objects, facts, key, EONAY_SIGNATURE_SCHEME_RSA_PSS_SHA256,
                                        &choice, NULL);
}

static GBytes *
make_digest_info (GBytes *digest)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (digest, &length);
  GByteArray *info = g_byte_array_sized_new ((guint) (sizeof sha256_info + length));

  g_byte_array_append (info, sha256_info, sizeof sha256_info);
  g_byte_array_append (info, bytes, (guint) length);

  return g_byte_array_free_to_bytes (info);
}

/* EMSA-PKCS1-v1_5 (RFC 8017, 9.2): 00 01 FF … FF 00 DigestInfo. */
static GBytes *
make_block (GBytes *digest, gsize size)
{
  g_autoptr (GBytes) info = make_digest_info (digest);
  gsize length;
  const guint8 *bytes = g_bytes_get_data (info, &length);
  guint8 *block = g_malloc (size);

  memset (block, 0xFF, size);
  block[0] = 0x00;
  block[1] = 0x01;
  block[size - length - 1] = 0x00;
  memcpy (block + size - length, bytes, length);

  return g_bytes_new_take (block, size);
}

GBytes *
eonay_pkcs15_algorithm_make_input (EonayPkcs15Input input, GBytes *digest, gsize size)
{
  switch (input)
    {
    case EONAY_PKCS15_INPUT_DIGEST_INFO:
      return make_digest_info (digest);
    case EONAY_PKCS15_INPUT_BLOCK:
      return make_block (digest, size);
    case EONAY_PKCS15_INPUT_DIGEST:
    default:
      /* ECDSA uses no more of a hash than the curve is long (SEC 1, 4.1.3). */
      return g_bytes_new_from_bytes (digest, 0, MIN (g_bytes_get_size (digest), size));
    }
}
