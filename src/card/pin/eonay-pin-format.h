#pragma once

#include "base/eonay-secret.h"
#include "card/token/eonay-token.h"

G_BEGIN_DECLS

/** Maximum length of a PIN as stored on a card, with its length byte if any. */
#define EONAY_PIN_FORMAT_MAX 64

/** Encoding of a PIN's characters. */
typedef enum {
  EONAY_PIN_ENCODING_UTF8,         /* as typed */
  EONAY_PIN_ENCODING_DIGITS,       /* ASCII; only digits are allowed */
  EONAY_PIN_ENCODING_DIGIT_VALUES, /* 00 to 09, one byte a digit */
} EonayPinEncoding;

/**
 * EonayPinFormat: the format of a PIN or PUK of a card. A plain value.
 *
 * @min_length: characters, at least 1
 * @max_length: characters and bytes, at most %EONAY_PIN_FORMAT_MAX
 * @padded: whether shorter ones are padded to @stored_length with @pad
 * @stored_length: bytes
 * @length_first: whether a byte with the length goes before it
 */
typedef struct {
  EonayPinEncoding encoding;
  guint min_length;
  guint max_length;
  gboolean padded;
  guint8 pad;
  guint stored_length;
  gboolean length_first;
} EonayPinFormat;

/** Copies the rules to @state; tries are unknown. */
void eonay_pin_format_describe (const EonayPinFormat *self, EonayPinState *state);

/**
 * Returns: whether a card of this format can take @secret, by length and characters; never for a
 *   format that is longer than %EONAY_PIN_FORMAT_MAX, whatever the card says of itself
 */
gboolean eonay_pin_format_accepts (const EonayPinFormat *self, const EonaySecret *secret);

/**
 * eonay_pin_format_encode:
 * @secret: one that eonay_pin_format_accepts()
 * @buffer: the caller's, who cleanses it
 *
 * Returns: bytes written; 0 if it does not fit
 */
gsize eonay_pin_format_encode (const EonayPinFormat *self, const EonaySecret *secret,
                               guint8 buffer[EONAY_PIN_FORMAT_MAX]);

G_END_DECLS
