#include "card/pin/eonay-pin-format.h"

#include <string.h>

void
eonay_pin_format_describe (const EonayPinFormat *self, EonayPinState *state)
{
  *state = (EonayPinState){ .tries_left = -1, .tries_max = -1 };
  state->max_length = self->max_length;
  state->min_length = self->min_length;
  state->numeric = self->encoding != EONAY_PIN_ENCODING_UTF8;
}

static gboolean
fits (const EonayPinFormat *self, gsize length)
{
  gsize most = self->padded ? MAX (length, self->stored_length) : length;

  return most + (self->length_first ? 1 : 0) <= EONAY_PIN_FORMAT_MAX;
}

gboolean
eonay_pin_format_accepts (const EonayPinFormat *self, const EonaySecret *secret)
{
  gsize length;
  const guint8 *bytes = eonay_secret_peek (secret, &length);
  gsize characters = 0;
  gboolean digits = TRUE;

  for (gsize i = 0; i < length; i++)
    {
      characters += (bytes[i] & 0xC0) != 0x80;
      digits = digits && g_ascii_isdigit (bytes[i]);
    }

  return fits (self, length) && characters >= self->min_length && length <= self->max_length &&
         (digits || self->encoding == EONAY_PIN_ENCODING_UTF8);
}

gsize
eonay_pin_format_encode (const EonayPinFormat *self, const EonaySecret *secret,
                         guint8 buffer[EONAY_PIN_FORMAT_MAX])
{
  gsize length;
  const guint8 *bytes = eonay_secret_peek (secret, &length);
  gsize written = 0;

  if (!fits (self, length))
    return 0;

  if (self->length_first)
    buffer[written++] = (guint8) length;
  for (gsize i = 0; i < length; i++)
    buffer[written++] = self->encoding == EONAY_PIN_ENCODING_DIGIT_VALUES ? bytes[i] - '0'
                                                                          : bytes[i];
  if (!self->padded || length >= self->stored_length)
    return written;

  memset (buffer + written, self->pad, self->stored_length - length);

  return written + self->stored_length - length;
}
