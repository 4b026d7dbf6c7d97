#include "practice/eonay-practice-pin.h"

#include "practice/eonay-practice-command.h"

#include <openssl/crypto.h>
#include <string.h>

static gsize
unpadded_length (const guint8 *bytes, gsize length)
{
  while (length > 0 && bytes[length - 1] == 0)
    length--;

  return length;
}

static void
store (EonayPracticePin *self, const guint8 *bytes, gsize length)
{
  memset (self->value, 0, sizeof self->value);
  memcpy (self->value, bytes, length);
}

void
eonay_practice_pin_init (EonayPracticePin *self, const char *digits)
{
  *self = (EonayPracticePin){ .tries_left = EONAY_PRACTICE_PIN_TRIES };
  store (self, (const guint8 *) digits, strlen (digits));
}

guint16
eonay_practice_pin_verify (EonayPracticePin *self, const guint8 *bytes, gsize length)
{
  guint8 padded[EONAY_PRACTICE_PIN_MAX] = { 0 };
  gboolean same;

  if (self->tries_left == 0)
    return EONAY_PRACTICE_SW_BLOCKED;
  if (length > EONAY_PRACTICE_PIN_MAX || unpadded_length (bytes, length) < EONAY_PRACTICE_PIN_MIN)
    return EONAY_PRACTICE_SW_WRONG_LENGTH;

  memcpy (padded, bytes, length);
  same = CRYPTO_memcmp (padded, self->value, sizeof padded) == 0;
  OPENSSL_cleanse (padded, sizeof padded);

  self->verified = same;
  self->tries_left = same ? EONAY_PRACTICE_PIN_TRIES : self->tries_left - 1;

  return same ? EONAY_PRACTICE_SW_OK
              : (guint16) (EONAY_PRACTICE_SW_TRIES_LEFT | self->tries_left);
}

guint16
eonay_practice_pin_get_status (const EonayPracticePin *self)
{
  if (self->verified)
    return EONAY_PRACTICE_SW_OK;
  if (self->tries_left == 0)
    return EONAY_PRACTICE_SW_BLOCKED;

  return (guint16) (EONAY_PRACTICE_SW_TRIES_LEFT | self->tries_left);
}

guint16
eonay_practice_pin_set (EonayPracticePin *self, const guint8 *bytes, gsize length)
{
  gsize digits = unpadded_length (bytes, length);

  if (digits < EONAY_PRACTICE_PIN_MIN || digits > EONAY_PRACTICE_PIN_MAX)
    return EONAY_PRACTICE_SW_WRONG_CONTENT;

  for (gsize i = 0; i < digits; i++)
    if (!g_ascii_isdigit (bytes[i]))
      return EONAY_PRACTICE_SW_WRONG_CONTENT;

  store (self, bytes, digits);

  return EONAY_PRACTICE_SW_OK;
}

void
eonay_practice_pin_unblock (EonayPracticePin *self)
{
  self->tries_left = EONAY_PRACTICE_PIN_TRIES;
}
