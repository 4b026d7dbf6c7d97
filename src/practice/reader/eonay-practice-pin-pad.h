#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * Control codes of GET_FEATURE_REQUEST, VERIFY_PIN_DIRECT and MODIFY_PIN_DIRECT (PC/SC part 10).
 */
#define EONAY_PRACTICE_PIN_PAD_GET_FEATURES 0x42000D48
#define EONAY_PRACTICE_PIN_PAD_VERIFY 0x42330006
#define EONAY_PRACTICE_PIN_PAD_MODIFY 0x42330007

/**
 * The practice reader's keypad, and a simulated person. It supports only PINs without padding, and
 * sets the length itself.
 *
 * eonay_practice_pin_pad_plan: the value of EONAY_PRACTICE_PIN_PAD
 *
 * Returns: (nullable) (transfer none): digits to type, "timeout" (or "timeout=SECONDS", to shorten
 *   it) or "cancel"; "123456,864209,864209": the present PIN or the PUK, a new PIN, and its
 *   repetition, of which each command uses its own; %NULL: no keypad
 */
const char *eonay_practice_pin_pad_plan (void);

/** Returns: (transfer full): the answer to GET_FEATURE_REQUEST */
GBytes *eonay_practice_pin_pad_describe (void);

/**
 * eonay_practice_pin_pad_type: waits as a person would, then builds the command
 * @code: %EONAY_PRACTICE_PIN_PAD_VERIFY or %EONAY_PRACTICE_PIN_PAD_MODIFY
 * @structure: a PIN_VERIFY_STRUCTURE or PIN_MODIFY_STRUCTURE, or any bytes
 * @command: (out) (transfer full): the command for the card; the caller cleanses it
 *
 * Returns: 9000 if there is a command; else the reader's own status word: 6400, 6401, 6402, 6403 or
 *   6B80
 */
guint16 eonay_practice_pin_pad_type (const char *plan, guint32 code, const guint8 *structure,
                                     gsize length, GByteArray **command);

G_END_DECLS
