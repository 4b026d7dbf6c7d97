#pragma once

#include "base/eonay-signature-scheme.h"
#include "card/akis/eonay-akis-family.h"

G_BEGIN_DECLS

/** Returns: whether the family's cards can compute @scheme; else %EONAY_CARD_ERROR_ALGORITHM */
gboolean eonay_akis_operation_check_scheme (const EonayAkisFamily *family,
                                            EonaySignatureScheme scheme, GError **error);

/**
 * eonay_akis_operation_sign: MSE and PSO: COMPUTE DIGITAL SIGNATURE (ISO 7816-8, 11.7), once the
 *   PIN has been verified
 * @key: 1 to 127, as the card counts its keys
 * @digest: the bare hash
 * @size: bytes of the modulus or of a coordinate
 *
 * Returns: (transfer full): what the card computed, unchecked, not empty
 */
GBytes *eonay_akis_operation_sign (const EonayAkisFamily *family, EonayTransport *transport,
                                   EonaySignatureScheme scheme, guint8 key, GBytes *digest,
                                   gsize size, GError **error);

/**
 * Returns: whether @error, from a signature or its check, means that this was not the
 *   certificate's key, so that another may be
 */
gboolean eonay_akis_operation_is_other_key (const GError *error);

G_END_DECLS
