#pragma once

#include "base/eonay-secret.h"
#include "card/eonay-pkcs15-objects.h"
#include "card/eonay-token.h"

G_BEGIN_DECLS

/** The longest PIN as a card stores it. */
#define EONAY_PKCS15_PIN_MAX 64

/** Fills what the PIN's description says into @state; tries are unknown. @pin: (nullable) */
void eonay_pkcs15_pin_describe (const EonayPkcs15Pin *pin, EonayPinState *state);

/**
 * Returns: whether @secret is a PIN that the card can take, by length and characters; else
 *   %EONAY_CARD_ERROR_PIN_LENGTH, or %EONAY_CARD_ERROR_UNSUPPORTED for a kind of PIN that is not
 *   known
 */
gboolean eonay_pkcs15_pin_check (const EonayPkcs15Pin *pin, const EonaySecret *secret,
                                 GError **error);

/**
 * eonay_pkcs15_pin_encode: as the card stores it, padded if it says so
 * @secret: one that eonay_pkcs15_pin_check() has accepted
 * @buffer: the caller's, who cleanses it
 *
 * Returns: bytes written
 */
gsize eonay_pkcs15_pin_encode (const EonayPkcs15Pin *pin, const EonaySecret *secret,
                               guint8 buffer[EONAY_PKCS15_PIN_MAX]);

G_END_DECLS
