#include "practice/card/eonay-practice-pin.h"

#include "practice/card/eonay-practice-command.h"

#include <openssl/crypto.h>
#include <string.h>

guint
eonay_practice_pin_rules_get_stored_length (const EonayPracticePinRules *rules)
{
  return rules->stored_length != 0 ? rules->stored_length : EONAY_PRACTICE_PIN_MAX;
}

static guint
get_tries (const EonayPracticePinPlan *plan)
{
  return plan->tries != 0 ? plan->tries : EONAY_PRACTICE_PIN_TRIES;
}

static gsize
get_length (const EonayPracticePin *self, const guint8 *bytes, gsize length)
{
  while (self->rules->padded && length > 0 && bytes[length - 1] == self->rules->pad)
    length--;

  return length;
}

static void
store (EonayPracticePin *self, const guint8 *bytes, gsize length)
{
  memset (self->value, 0, sizeof self->value);
  memcpy (self->value, bytes, length);
  self->length = length;
}

gboolean
eonay_practice_pin_issue (EonayPracticePin *self, const char *digits)
{
  guint8 value[EONAY_PRACTICE_PIN_MAX];
  gsize length = strlen (digits);

  if (length < EONAY_PRACTICE_PIN_MIN || length > sizeof value ||
      strspn (digits, "0123456789") != length)
    return FALSE;

  for (gsize i = 0; i < length; i++)
    value[i] = (guint8) (self->rules->digit_values ? digits[i] - '0' : digits[i]);
  store (self, value, length);

  return TRUE;
}

void
eonay_practice_pin_init (EonayPracticePin *self, const EonayPracticePinPlan *plan,
                         const EonayPracticePinRules *rules)
{
  *self = (EonayPracticePin){ .plan = plan, .rules = rules, .tries_left = get_tries (plan) };

  if (!eonay_practice_pin_issue (self, plan->digits))
    g_assert_not_reached ();
}

static guint16
spend_try (EonayPracticePin *self)
{
  self->verified = FALSE;
  self->tries_left--;

  return (guint16) (EONAY_PRACTICE_SW_TRIES_LEFT | self->tries_left);
}

guint16
eonay_practice_pin_verify (EonayPracticePin *self, const guint8 *bytes, gsize length)
{
  gsize digits = get_length (self, bytes, length);

  if (self->tries_left == 0)
    return self->rules->blocked;
  if (length > eonay_practice_pin_rules_get_stored_length (self->rules) ||
      (digits < EONAY_PRACTICE_PIN_MIN && !self->rules->short_costs_try))
    return EONAY_PRACTICE_SW_WRONG_LENGTH;

  if (digits != self->length || CRYPTO_memcmp (bytes, self->value, digits) != 0)
    return spend_try (self);

  self->verified = TRUE;
  self->tries_left = get_tries (self->plan);

  return EONAY_PRACTICE_SW_OK;
}

guint16
eonay_practice_pin_ask (EonayPracticePin *self)
{
  if (self->tries_left == 0)
    return self->rules->blocked;
  if (self->rules->asking_costs_try)
    return spend_try (self);
  if (self->verified && !self->rules->hides_verified)
    return EONAY_PRACTICE_SW_OK;

  return (guint16) (EONAY_PRACTICE_SW_TRIES_LEFT | self->tries_left);
}

guint16
eonay_practice_pin_set (EonayPracticePin *self, const guint8 *bytes, gsize length)
{
  gsize digits = get_length (self, bytes, length);

  if (digits < EONAY_PRACTICE_PIN_MIN ||
      digits > eonay_practice_pin_rules_get_stored_length (self->rules))
    return EONAY_PRACTICE_SW_WRONG_CONTENT;

  for (gsize i = 0; i < digits; i++)
    if (self->rules->digit_values ? bytes[i] > 9 : !g_ascii_isdigit (bytes[i]))
      return EONAY_PRACTICE_SW_WRONG_CONTENT;

  store (self, bytes, digits);

  return EONAY_PRACTICE_SW_OK;
}

void
eonay_practice_pin_unblock (EonayPracticePin *self)
{
  self->tries_left = get_tries (self->plan);
}
