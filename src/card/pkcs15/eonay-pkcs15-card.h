#pragma once

#include "card/driver/eonay-card-cache.h"
#include "card/driver/eonay-card.h"
#include "card/pkcs15/eonay-pkcs15-application.h"

G_BEGIN_DECLS

/**
 * EonayPkcs15Card: a listed PKCS#15 card. Signs with SELECT, VERIFY, and one MSE and PSO for each
 * digest; before the PIN it asks for the tries left, if the family answers that without harm. A
 * key that wants the user's consent gets a VERIFY before each PSO.
 *
 * Label and serial number are "" until TokenInfo has been read, which a listing does without.
 */
#define EONAY_TYPE_PKCS15_CARD (eonay_pkcs15_card_get_type ())
G_DECLARE_FINAL_TYPE (EonayPkcs15Card, eonay_pkcs15_card, EONAY, PKCS15_CARD, EonayCard)

/**
 * eonay_pkcs15_card_new:
 * @objects: (transfer full)
 * @atr: of the card, to know it again
 */
EonayPkcs15Card *eonay_pkcs15_card_new (const EonayPkcs15Application *application,
                                        EonayPkcs15Objects *objects, GBytes *atr);

/** Adds a certificate that was read. */
void eonay_pkcs15_card_add (EonayPkcs15Card *self, const EonayPkcs15Certificate *entry,
                            GBytes *der);

/** Takes label, serial number and time of last update from @found. */
void eonay_pkcs15_card_take_token_info (EonayPkcs15Card *self, EonayPkcs15Objects *found);

/**
 * eonay_pkcs15_card_set_cache:
 * @kept: (nullable) (element-type utf8 GBytes): what is to be stored there, once it is known which
 *   card this is
 */
void eonay_pkcs15_card_set_cache (EonayPkcs15Card *self, EonayCardCache *cache, GHashTable *kept);

G_END_DECLS
