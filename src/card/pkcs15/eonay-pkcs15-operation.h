#pragma once

#include "card/apdu/eonay-apdu.h"

G_BEGIN_DECLS

/**
 * A signature is two commands (ISO 7816-8, 11.2 and 11.7): MSE SET says with which key and how,
 * PSO: COMPUTE DIGITAL SIGNATURE does it, once the PIN has been verified.
 *
 * eonay_pkcs15_operation_set:
 * @algorithm: algorithm reference
 * @file: (array length=2) (nullable): identifier of the file that holds the key
 * @key: private key reference
 * @status: (out): the answer, which is the caller's to judge
 */
gboolean eonay_pkcs15_operation_set (EonayTransport *transport, guint8 algorithm,
                                     const guint8 *file, guint8 key, guint16 *status,
                                     GError **error);

/**
 * eonay_pkcs15_operation_sign:
 * @input: what the algorithm takes; chained when it is long and @form is short
 * @size: how long the signature is at most, in bytes
 *
 * Returns: (transfer full): what the card computed, unchecked, not empty
 */
GBytes *eonay_pkcs15_operation_sign (EonayTransport *transport, EonayApduForm form, GBytes *input,
                                     gsize size, GError **error);

G_END_DECLS
