#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * EonaySignatureScheme: the signature that a card computes over a digest.
 *
 * The input is always the bare hash (32, 48 or 64 bytes). The output:
 * - RSA (RFC 8017): the signature block, big-endian, as long as the modulus; for PSS with MGF1
 *   over the same hash and a salt as long as the hash;
 * - ECDSA (RFC 5480, X9.62): DER SEQUENCE { r, s }.
 */
typedef enum {
  EONAY_SIGNATURE_SCHEME_NONE,
  EONAY_SIGNATURE_SCHEME_RSA_PKCS1_SHA256,
  EONAY_SIGNATURE_SCHEME_RSA_PSS_SHA256,
  EONAY_SIGNATURE_SCHEME_ECDSA_SHA256,
  EONAY_SIGNATURE_SCHEME_ECDSA_SHA384,
  EONAY_SIGNATURE_SCHEME_ECDSA_SHA512,
} EonaySignatureScheme;

/** Returns: the length in bytes of the digest that @scheme signs: 32, 48 or 64; 0 for none */
gsize eonay_signature_scheme_get_digest_length (EonaySignatureScheme scheme);

gboolean eonay_signature_scheme_is_rsa (EonaySignatureScheme scheme);

G_END_DECLS
