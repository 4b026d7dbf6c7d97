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

/**
 * Returns: whether @error (nullable) is of a line that was too long to be read
 *   (eonay_cli_terminal_read_line())
 */
gboolean eonay_cli_pin_state_is_too_long (const GError *error);

/**
 * eonay_cli_pin_state_refuse_line: the same of a line that was too long to be read
 * @error: (inout): what eonay_cli_terminal_read_line() failed with
 *
 * Returns: whether it was that: @error is replaced then, and was printed
 */
gboolean eonay_cli_pin_state_refuse_line (const EonayPinState *state, gboolean is_puk,
                                          GError **error);

G_END_DECLS
