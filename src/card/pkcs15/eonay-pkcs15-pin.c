#include "card/pkcs15/eonay-pkcs15-pin.h"

#include "base/eonay-error.h"

static guint
most_bytes (const EonayPkcs15Pin *pin)
{
  guint most = EONAY_PIN_FORMAT_MAX;

  if (pin->stored_length > 0)
    most = MIN (most, pin->stored_length);
  if (pin->max_length > 0)
    most = MIN (most, pin->max_length);

  return most;
}

gboolean
eonay_pkcs15_pin_check_kind (const EonayPkcs15Pin *pin, GError **error)
{
  gboolean padded = eonay_pkcs15_objects_has_flag (pin->flags, EONAY_PKCS15_PIN_NEEDS_PADDING);

  if ((pin->type == EONAY_PKCS15_PIN_ASCII_NUMERIC || pin->type == EONAY_PKCS15_PIN_UTF8) &&
      !eonay_pkcs15_objects_has_flag (pin->flags, EONAY_PKCS15_PIN_CONFIDENTIAL) &&
      /* A wrong guess at the padding would cost a try. */
      (!padded ||
       (pin->pad >= 0 && pin->stored_length > 0 && pin->stored_length <= EONAY_PIN_FORMAT_MAX)))
    return TRUE;

  g_set_error_literal (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_MODULE_NEEDED,
                       "The card keeps its PIN in a way that is not known");

  return FALSE;
}

void
eonay_pkcs15_pin_get_rules (const EonayPkcs15Pin *pin, const EonayPkcs15Facts *facts,
                            EonayCardPinRules *rules)
{
  EonayPinFormat *format = &rules->format;

  *rules = (EonayCardPinRules){ .reference = pin->reference,
                                .may_ask = facts->empty_verify,
                                .takes_unpadded = facts->unpadded_verify,
                                .tries_max = facts->tries_max };
  rules->role = eonay_pkcs15_objects_has_flag (pin->flags, EONAY_PKCS15_PIN_UNBLOCKING)
                    ? EONAY_PIN_ROLE_PUK
                    : EONAY_PIN_ROLE_PIN;
  format->encoding = pin->type == EONAY_PKCS15_PIN_ASCII_NUMERIC ? EONAY_PIN_ENCODING_DIGITS
                                                                 : EONAY_PIN_ENCODING_UTF8;
  format->max_length = most_bytes (pin);
  format->min_length = CLAMP (pin->min_length, 1, format->max_length);
  format->padded = eonay_pkcs15_objects_has_flag (pin->flags, EONAY_PKCS15_PIN_NEEDS_PADDING);
  format->pad = (guint8) pin->pad;
  format->stored_length = pin->stored_length;
}
