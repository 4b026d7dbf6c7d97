#pragma once

#include "practice/card/eonay-practice-model.h"
#include "practice/pki/eonay-practice-key.h"

G_BEGIN_DECLS

/**
 * EonayPracticeSecurity: the card's PINs and keys, and its current security environment. A plain
 * value; each make of card has commands of its own for it.
 *
 * @keys: (element-type EonayPracticeKey)
 * @key, @algorithm: (nullable): the selected ones
 * @fresh: (nullable): the PIN that was verified by the last command, for keys that require it
 */
typedef struct {
  const EonayPracticeModel *model;
  GPtrArray *keys;
  EonayPracticePin pins[EONAY_PRACTICE_MODEL_PINS_MAX];
  guint n_pins;
  const EonayPracticeKey *key;
  const EonayPracticeAlgorithm *algorithm;
  const EonayPracticePin *fresh;
} EonayPracticeSecurity;

/** @keys: (transfer full) (element-type EonayPracticeKey) */
void eonay_practice_security_init (EonayPracticeSecurity *self, const EonayPracticeModel *model,
                                   GPtrArray *keys);
void eonay_practice_security_clear (EonayPracticeSecurity *self);

/** Clears verified PINs and the selected key; keeps the tries. */
void eonay_practice_security_reset (EonayPracticeSecurity *self);

/** Clears the selected key. */
void eonay_practice_security_clear_environment (EonayPracticeSecurity *self);

/** Spends all tries of the first PIN. */
void eonay_practice_security_block (EonayPracticeSecurity *self);

/** Returns: (nullable): the PIN or PUK of that reference */
EonayPracticePin *eonay_practice_security_find_pin (EonayPracticeSecurity *self, guint8 reference);

/** Returns: (nullable): the key of that reference */
const EonayPracticeKey *eonay_practice_security_find_key (EonayPracticeSecurity *self,
                                                          guint8 reference);

/** Returns: whether the PIN of @key is verified */
gboolean eonay_practice_security_may_use (EonayPracticeSecurity *self, const EonayPracticeKey *key);

/**
 * eonay_practice_security_parse_environment:
 * @content: templates of MANAGE SECURITY ENVIRONMENT (ISO/IEC 7816-4, 11.5.11, table 79)
 * @algorithm, @file, @reference: (out): unchanged if absent; @file: (nullable)
 *
 * Returns: %FALSE if @content is anything else
 */
gboolean eonay_practice_security_parse_environment (const guint8 *content, gsize length,
                                                    guint8 *algorithm, int *file, int *reference);

/**
 * eonay_practice_security_choose:
 * @algorithm: its reference; 0 for the key's default
 *
 * Returns: whether @key supports it
 */
gboolean eonay_practice_security_choose (EonayPracticeSecurity *self, const EonayPracticeKey *key,
                                         guint8 algorithm);

G_END_DECLS
