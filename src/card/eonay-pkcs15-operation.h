#pragma once

#include "card/eonay-apdu.h"

G_BEGIN_DECLS

/**
 * eonay_pkcs15_operation_sign: MSE SET and PSO: COMPUTE DIGITAL SIGNATURE (ISO 7816-8, 11.2 and
 *   11.7), once the PIN has been verified
 * @algorithm: algorithm reference
 * @key: private key reference
 * @input: what the algorithm takes; chained when it is long and @form is short
 *
 * Returns: (transfer full): what the card computed, unchecked, not empty
 */
GBytes *eonay_pkcs15_operation_sign (EonayTransport *transport, EonayApduForm form,
                                     guint8 algorithm, guint8 key, GBytes *input, GError **error);

G_END_DECLS
