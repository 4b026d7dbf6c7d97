#pragma once

#include "card/pin/eonay-card-pin.h"
#include "card/pkcs15/eonay-pkcs15-facts.h"
#include "card/pkcs15/eonay-pkcs15-objects.h"

G_BEGIN_DECLS

/**
 * Returns: whether the card keeps @pin in a way that is known; else
 *   %EONAY_CARD_ERROR_MODULE_NEEDED
 */
gboolean eonay_pkcs15_pin_check_kind (const EonayPkcs15Pin *pin, GError **error);

/** What the card's description of @pin and its family's @facts say. */
void eonay_pkcs15_pin_get_rules (const EonayPkcs15Pin *pin, const EonayPkcs15Facts *facts,
                                 EonayCardPinRules *rules);

G_END_DECLS
