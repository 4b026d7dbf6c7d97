#pragma once

#include "base/eonay-secret.h"
#include "card/token/eonay-pin-state.h"

G_BEGIN_DECLS

/* What the terminal says of a PIN or PUK. */

/**
 * eonay_cli_pin_state_check_length: whether the card takes @secret, before it is said to be at work
 *
 * Returns: else %FALSE with %EONAY_CARD_ERROR_PIN_LENGTH or _PUK_LENGTH, which has been printed with
 *   the length that @state asks for
 */
gboolean eonay_cli_pin_state_check_length (const EonayPinState *state, const EonaySecret *secret,
                                           gboolean is_puk, GError **error);

G_END_DECLS
