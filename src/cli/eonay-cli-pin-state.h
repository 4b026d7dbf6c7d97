#pragma once

#include "base/eonay-secret.h"
#include "card/token/eonay-pin-state.h"

G_BEGIN_DECLS

/* Texts about the state of a PIN or PUK for a terminal. */

/**
 * eonay_cli_pin_state_check_length: checks that the card accepts the length of @secret, before the
 * card is reported to be working
 *
 * Returns: %FALSE with %EONAY_CARD_ERROR_PIN_LENGTH or _PUK_LENGTH, which was printed with the
 *   length that @state requires
 */
gboolean eonay_cli_pin_state_check_length (const EonayPinState *state, const EonaySecret *secret,
                                           gboolean is_puk, GError **error);

G_END_DECLS
