#include "card/token/eonay-pin-consent.h"

#include "base/eonay-error.h"

EonayPinConsent
eonay_pin_consent_new (const EonayPinState *shown, gboolean last_try)
{
  return (EonayPinConsent){ .pin = shown->pin,
                            .answer = shown->answer,
                            .tries_left = shown->tries_left,
                            .low = shown->low,
                            .last_try = last_try && shown->tries_left == 1 };
}

static gboolean
is_what_is_last_known (const EonayPinConsent *self, const EonayPinState *now)
{
  return self->answer == now->answer && self->tries_left == now->tries_left;
}

static gboolean
allows_last_try (const EonayPinConsent *self, const EonayPinState *now)
{
  return self->pin == now->pin && self->tries_left == 1 && self->last_try &&
         (now->askable || is_what_is_last_known (self, now));
}

static gboolean
has_shown (const EonayPinConsent *self, const EonayPinState *now)
{
  if (self->pin == 0 || self->pin != now->pin)
    return FALSE;
  if (!now->askable)
    return is_what_is_last_known (self, now);

  return self->answer != 0 && (now->tries_left > 1 || self->tries_left < 0) &&
         (self->low || !now->low);
}

gboolean
eonay_pin_consent_check (const EonayPinConsent *self, const EonayPinState *now, EonayPinRole role,
                         gboolean accepted, GError **error)
{
  if (now->blocked)
    g_propagate_error (error, role == EONAY_PIN_ROLE_PUK ? eonay_card_error_new_puk_wrong (0)
                                                         : eonay_card_error_new_pin_wrong (0));
  else if (now->tries_left == 1 && !allows_last_try (self, now))
    g_propagate_error (error, accepted
                                  ? g_error_new_literal (EONAY_CARD_ERROR, EONAY_CARD_ERROR_FAILED,
                                                         "One try left, right after the right PIN")
                                  : eonay_card_error_new_last_try ());
  else if (now->tries_left != 1 && !accepted && !has_shown (self, now))
    g_set_error_literal (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_TRIES_NOT_SHOWN,
                         "The tries left are not those that the person was shown");
  else
    return TRUE;

  return FALSE;
}

guint
eonay_pin_consent_next_number (void)
{
  static guint last;

  return g_atomic_int_add (&last, 1) + 1;
}
