#pragma once

#include "card/pkcs15/eonay-pkcs15-facts.h"
#include "card/pkcs15/eonay-pkcs15-objects.h"
#include "card/token/eonay-public-key.h"

G_BEGIN_DECLS

/** What a card wants to have for a signature. */
typedef enum {
  EONAY_PKCS15_INPUT_DIGEST,      /* the bare hash: ECDSA, RSA-PSS */
  EONAY_PKCS15_INPUT_DIGEST_INFO, /* DigestInfo (RFC 8017, 9.2); the card pads */
  EONAY_PKCS15_INPUT_BLOCK,       /* the whole block; the host pads */
} EonayPkcs15Input;

/** @reference: the algorithm reference for MSE SET */
typedef struct {
  guint8 reference;
  EonayPkcs15Input input;
} EonayPkcs15Choice;

/**
 * eonay_pkcs15_algorithm_choose: from what the card says of itself (TokenInfo, and the key's own
 *   list); what is known of its family counts only where the card says nothing
 * @scheme: what is to be computed
 *
 * Returns: %FALSE, with %EONAY_CARD_ERROR_ALGORITHM, when neither tells
 */
gboolean eonay_pkcs15_algorithm_choose (const EonayPkcs15Objects *objects,
                                        const EonayPkcs15Facts *facts, const EonayPkcs15Key *key,
                                        EonaySignatureScheme scheme, EonayPkcs15Choice *choice,
                                        GError **error);

/** Returns: whether any of the ways in which @key can sign is told by the card or its family */
gboolean eonay_pkcs15_algorithm_is_known (const EonayPkcs15Objects *objects,
                                          const EonayPkcs15Facts *facts, const EonayPkcs15Key *key);

/** Returns: whether @key can sign with RSA-PSS and nothing else */
gboolean eonay_pkcs15_algorithm_is_only_pss (const EonayPkcs15Objects *objects,
                                             const EonayPkcs15Facts *facts,
                                             const EonayPkcs15Key *key);

/**
 * Returns: (transfer full): what to send for @digest
 * @size: bytes of the modulus or of a coordinate
 */
GBytes *eonay_pkcs15_algorithm_make_input (EonayPkcs15Input input, GBytes *digest, gsize size);

G_END_DECLS
