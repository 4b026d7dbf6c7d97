#include "card/eonay-pkcs15-pin.h"

#include <string.h>

#include "base/eonay-error.h"

static guint
most_bytes (const EonayPkcs15Pin *pin)
{
  guint most = EONAY_PKCS15_PIN_MAX;

  if (pin->stored_length > 0)
    most = MIN (most, pin->stored_length);
  if (pin->max_length > 0)
    most = MIN (most, pin->max_length);

  return most;
}

void
eonay_pkcs15_pin_describe (const EonayPkcs15Pin *pin, EonayPinState *state)
{
  *state = (EonayPinState){ .tries_left = -1, .tries_max = -1, .min_length = 1,
                            .max_length = EONAY_PKCS15_PIN_MAX };
  if (pin == NULL)
    return;

  state->max_length = most_bytes (pin);
  state->min_length = CLAMP (pin->min_length, 1, state->max_length);
  state->numeric = pin->type == EONAY_PKCS15_PIN_ASCII_NUMERIC;
}

static gboolean
can_encode (const EonayPkcs15Pin *pin)
{
  gboolean padded = eonay_pkcs15_has_flag (pin->flags, EONAY_PKCS15_PIN_NEEDS_PADDING);

  if (pin->type != EONAY_PKCS15_PIN_ASCII_NUMERIC && pin->type != EONAY_PKCS15_PIN_UTF8)
    return FALSE;
  if (eonay_pkcs15_has_flag (pin->flags, EONAY_PKCS15_PIN_CONFIDENTIAL))
    return FALSE;

  /* A wrong guess at the padding would cost a try. */
  return !padded || (pin->pad >= 0 && pin->stored_length > 0 &&
                     pin->stored_length <= EONAY_PKCS15_PIN_MAX);
}

gboolean
eonay_pkcs15_pin_check (const EonayPkcs15Pin *pin, const EonaySecret *secret, GError **error)
{
  gsize length;
  const guint8 *bytes = eonay_secret_peek (secret, &length);
  gsize characters = 0;
  gboolean digits = TRUE;
  EonayPinState rules;

  if (!can_encode (pin))
    {
      g_set_error_literal (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_UNSUPPORTED,
                           "The card keeps its PIN in a way that is not known");
      return FALSE;
    }

  eonay_pkcs15_pin_describe (pin, &rules);
  for (gsize i = 0; i < length; i++)
    {
      characters += (bytes[i] & 0xC0) != 0x80;
      digits = digits && g_ascii_isdigit (bytes[i]);
    }
  if (characters >= rules.min_length && characters <= rules.max_length &&
      length <= most_bytes (pin) && (digits || !rules.numeric))
    return TRUE;

  g_set_error_literal (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PIN_LENGTH,
                       "The PIN has a length or character that the card cannot take");

  return FALSE;
}

gsize
eonay_pkcs15_pin_encode (const EonayPkcs15Pin *pin, const EonaySecret *secret,
                         guint8 buffer[EONAY_PKCS15_PIN_MAX])
{
  gsize length;
  const guint8 *bytes = eonay_secret_peek (secret, &length);

  g_return_val_if_fail (length <= EONAY_PKCS15_PIN_MAX, 0);

  memcpy (buffer, bytes, length);
  if (!eonay_pkcs15_has_flag (pin->flags, EONAY_PKCS15_PIN_NEEDS_PADDING) ||
      length >= pin->stored_length)
    return length;

  memset (buffer + length, pin->pad, pin->stored_length - length);

  return pin->stored_length;
}
