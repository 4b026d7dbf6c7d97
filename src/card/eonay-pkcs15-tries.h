#pragma once

#include "card/eonay-pkcs15-objects.h"
#include "card/eonay-token.h"

G_BEGIN_DECLS

/**
 * EonayPkcs15Tries: what is known of each PIN of a card. Follows every VERIFY; may be read on any
 * thread.
 */
typedef struct _EonayPkcs15Tries EonayPkcs15Tries;

/**
 * eonay_pkcs15_tries_new:
 * @pins: (element-type EonayPkcs15Pin): as described by the card
 * @tries_max: of each; -1 when unknown
 */
EonayPkcs15Tries *eonay_pkcs15_tries_new (GPtrArray *pins, int tries_max);
void eonay_pkcs15_tries_free (EonayPkcs15Tries *self);

/** @pin: (nullable): one of the card's; a key without a PIN has nothing to tell */
void eonay_pkcs15_tries_get (EonayPkcs15Tries *self, const EonayPkcs15Pin *pin,
                             EonayPinState *state);

/**
 * eonay_pkcs15_tries_learn: from an answer to VERIFY (ISO 7816-4, 11.5.6)
 * @with_pin: whether the VERIFY had a PIN; else it only asked
 */
void eonay_pkcs15_tries_learn (EonayPkcs15Tries *self, const EonayPkcs15Pin *pin, guint16 status,
                               gboolean with_pin);

/** A PIN is about to be sent: only the card's answer tells what is left after it. */
void eonay_pkcs15_tries_forget (EonayPkcs15Tries *self, const EonayPkcs15Pin *pin);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayPkcs15Tries, eonay_pkcs15_tries_free)

G_END_DECLS
