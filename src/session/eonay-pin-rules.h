#pragma once

#include "base/eonay-secret.h"
#include "card/token/eonay-token.h"
#include "signature/certificate/eonay-certificate.h"

G_BEGIN_DECLS

/*
 * Rules for a new PIN, checked before it is sent to a card.
 */

/** Why a new PIN can be guessed before the card blocks itself. */
typedef enum {
  EONAY_PIN_WEAKNESS_NONE,
  EONAY_PIN_WEAKNESS_SAME,        /* 000000 */
  EONAY_PIN_WEAKNESS_ASCENDING,   /* 123456, 678901 */
  EONAY_PIN_WEAKNESS_DESCENDING,  /* 654321, 109876 */
  EONAY_PIN_WEAKNESS_BIRTH_DATE,  /* 1985 or 230485 of the holder who was born on 1985-04-23 */
  EONAY_PIN_WEAKNESS_NATIONAL_ID, /* consecutive digits of the T.C. Kimlik No */
} EonayPinWeakness;

/**
 * eonay_pin_rules_find_weakness:
 * @pin: one of fewer than two characters has no weakness
 * @certificate: (nullable): the holder's; only its birth date and T.C. Kimlik No are used. A part
 *   of these counts from four digits on, and if it is at least half of the PIN.
 */
EonayPinWeakness eonay_pin_rules_find_weakness (const EonaySecret *pin,
                                                EonayCertificate *certificate);

/** Returns: (transfer none): a sentence in the person's language; "" for no weakness */
const char *eonay_pin_rules_describe_weakness (EonayPinWeakness weakness);

/** Returns: whether length and characters conform to @state; a token checks this itself, too */
gboolean eonay_pin_rules_allow (const EonayPinState *state, const EonaySecret *pin);

/** Returns: (transfer full): "6–16 digits", "4 digits", …, in the person's language */
char *eonay_pin_rules_describe (const EonayPinState *state);

/** Returns: (transfer full): a sentence that says what length a new PIN has to have */
char *eonay_pin_rules_demand (const EonayPinState *state);

/**
 * eonay_pin_rules_find_fault:
 * @allow_weak: whether one that is easily guessed is allowed
 * @code: (out) (optional) (nullable) (transfer none): the short code of the fault; %NULL for one of
 *   length or characters, which has none
 *
 * Returns: (transfer full) (nullable): a sentence in the person's language why @pin is not accepted
 *   as a new PIN; %NULL if it is
 */
char *eonay_pin_rules_find_fault (const EonayPinState *state, EonayCertificate *certificate,
                                  const EonaySecret *pin, gboolean allow_weak, const char **code);

/**
 * eonay_pin_rules_spell_out:
 * @certificate: (nullable): as eonay_pin_rules_find_weakness()
 *
 * Returns: (transfer full): all rules, to be read before a new PIN is chosen: a few words each, in
 *   the person's language
 */
char **eonay_pin_rules_spell_out (const EonayPinState *state, EonayCertificate *certificate);

/**
 * Returns: whether the PIN of @certificate (nullable: the card's first) can be unblocked with what Eonay
 *   has: the card takes a PUK that is not blocked itself
 */
gboolean eonay_pin_rules_can_unblock (EonayToken *token, EonayTokenCertificate *certificate);

G_END_DECLS
