#pragma once

#include "base/eonay-secret.h"
#include "card/token/eonay-token.h"
#include "signature/certificate/eonay-certificate.h"

G_BEGIN_DECLS

/*
 * What a new PIN has to be like, before any card is asked.
 */

/** Why a new PIN is guessed before the card blocks itself. */
typedef enum {
  EONAY_PIN_WEAKNESS_NONE,
  EONAY_PIN_WEAKNESS_SAME,        /* 000000 */
  EONAY_PIN_WEAKNESS_ASCENDING,   /* 123456, 678901 */
  EONAY_PIN_WEAKNESS_DESCENDING,  /* 654321, 109876 */
  EONAY_PIN_WEAKNESS_BIRTH_DATE,  /* 1985 or 230485 of the holder who was born on 1985-04-23 */
  EONAY_PIN_WEAKNESS_NATIONAL_ID, /* digits that follow each other in the T.C. Kimlik No */
} EonayPinWeakness;

/**
 * eonay_pin_rules_find_weakness:
 * @pin: one of fewer than two characters has no weakness
 * @certificate: (nullable): the holder's; only what it says of birth date and T.C. Kimlik No is
 *   known. A piece of these counts from four digits on, and if it is half of the PIN or more.
 */
EonayPinWeakness eonay_pin_rules_find_weakness (const EonaySecret *pin,
                                                EonayCertificate *certificate);

/** Returns: (transfer none): a sentence in the person's language; "" for no weakness */
const char *eonay_pin_rules_describe_weakness (EonayPinWeakness weakness);

/** Returns: whether length and characters are as @state says; a token looks again itself */
gboolean eonay_pin_rules_allow (const EonayPinState *state, const EonaySecret *pin);

/** Returns: (transfer full): "6–16 digits", "4 digits", …, in the person's language */
char *eonay_pin_rules_describe (const EonayPinState *state);

/**
 * eonay_pin_rules_find_fault:
 * @allow_weak: one that is easily guessed will do
 *
 * Returns: (transfer full) (nullable): a sentence in the person's language that says why @pin will
 *   not do as a new PIN; %NULL if it will
 */
char *eonay_pin_rules_find_fault (const EonayPinState *state, EonayCertificate *certificate,
                                  const EonaySecret *pin, gboolean allow_weak);

/**
 * eonay_pin_rules_spell_out:
 * @certificate: (nullable): as eonay_pin_rules_find_weakness()
 *
 * Returns: (transfer full): all the rules, to be read before a new PIN is made up: a few words
 *   each, in the person's language
 */
char **eonay_pin_rules_spell_out (const EonayPinState *state, EonayCertificate *certificate);

G_END_DECLS
