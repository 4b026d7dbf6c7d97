#pragma once

#include "base/eonay-secret.h"
#include "card/eonay-token.h"

G_BEGIN_DECLS

/*
 * What a new PIN has to be like, before any card is asked.
 */

/** Why a new PIN is guessed before the card blocks itself. */
typedef enum {
  EONAY_PIN_WEAKNESS_NONE,
  EONAY_PIN_WEAKNESS_SAME,       /* 000000 */
  EONAY_PIN_WEAKNESS_ASCENDING,  /* 123456, 678901 */
  EONAY_PIN_WEAKNESS_DESCENDING, /* 654321, 109876 */
} EonayPinWeakness;

/** @pin: one of fewer than two characters has no weakness of these */
EonayPinWeakness eonay_pin_rules_find_weakness (const EonaySecret *pin);

/** Returns: (transfer none): a sentence in the person's language; "" for no weakness */
const char *eonay_pin_rules_describe_weakness (EonayPinWeakness weakness);

/** Returns: whether length and characters are as @state says; a token looks again itself */
gboolean eonay_pin_rules_allow (const EonayPinState *state, const EonaySecret *pin);

/** Returns: (transfer full): "6 to 16 digits", "4 digits", …, in the person's language */
char *eonay_pin_rules_describe (const EonayPinState *state);

G_END_DECLS
