#pragma once

#include <glib.h>
#include <openssl/evp.h>

G_BEGIN_DECLS

/** How a card signs its input. */
typedef enum {
  EONAY_PRACTICE_SCHEME_DIGEST_INFO, /* RSA: a DigestInfo (RFC 8017, 9.2), which the card pads */
  EONAY_PRACTICE_SCHEME_BLOCK,       /* RSA: a block as long as the modulus, padded already */
  EONAY_PRACTICE_SCHEME_PSS,         /* RSA: a hash; RSASSA-PSS with a salt as long as it */
  EONAY_PRACTICE_SCHEME_PSS_SHA256,  /* the same, of SHA-256 only */
  EONAY_PRACTICE_SCHEME_ECDSA,       /* EC: a hash; the signature is a DER Ecdsa-Sig-Value */
  EONAY_PRACTICE_SCHEME_ECDSA_PLAIN, /* EC: a hash; the signature is r and s, each as the order */
} EonayPracticeScheme;

/**
 * EonayPracticeAlgorithm: an algorithm of a card.
 *
 * @reference: its reference in MANAGE SECURITY ENVIRONMENT
 * @mechanisms: its names in TokenInfo (CKM_… of PKCS#11, see ISO/IEC 7816-15, 8.10); 0: end of list
 */
typedef struct {
  guint8 reference;
  EonayPracticeScheme scheme;
  guint16 mechanisms[2];
} EonayPracticeAlgorithm;

gboolean eonay_practice_scheme_is_rsa (EonayPracticeScheme self);

/**
 * eonay_practice_scheme_sign:
 * @signature: (out): empty on failure
 *
 * Returns: whether @input could be signed
 */
gboolean eonay_practice_scheme_sign (EonayPracticeScheme self, EVP_PKEY *pair, const guint8 *input,
                                     gsize length, GByteArray *signature);

G_END_DECLS
