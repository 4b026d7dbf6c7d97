#pragma once

#include <glib.h>

#include "base/eonay-signature-scheme.h"

G_BEGIN_DECLS

/**
 * EonayPublicKey: the public key of a certificate, to verify a card's signature before it is used.
 * RSA of 2048 bits or more, P-256, P-384, P-521. One thread.
 */
typedef struct _EonayPublicKey EonayPublicKey;

/** Returns: (transfer full): %NULL with %EONAY_CARD_ERROR_MALFORMED or _ALGORITHM */
EonayPublicKey *eonay_public_key_new_from_certificate (GBytes *der, GError **error);

gboolean eonay_public_key_is_rsa (const EonayPublicKey *self);

/** Returns: bytes of the RSA modulus, or of one coordinate on the curve */
gsize eonay_public_key_get_size (const EonayPublicKey *self);

/** Returns: whether @scheme is supported by this key; else %EONAY_CARD_ERROR_ALGORITHM */
gboolean eonay_public_key_check_scheme (const EonayPublicKey *self, EonaySignatureScheme scheme,
                                        GError **error);

/**
 * eonay_public_key_accept:
 * @digest: the bare hash that was signed
 * @answer: the card's answer: an RSA block; ECDSA as DER or as r‖s
 *
 * Returns: (transfer full): the verified signature, in the format of @scheme; else %NULL with
 *   %EONAY_CARD_ERROR_SIGNATURE_MISMATCH
 */
GBytes *eonay_public_key_accept (const EonayPublicKey *self, EonaySignatureScheme scheme,
                                 GBytes *digest, GBytes *answer, GError **error);

void eonay_public_key_free (EonayPublicKey *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayPublicKey, eonay_public_key_free)

G_END_DECLS
