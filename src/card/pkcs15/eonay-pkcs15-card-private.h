#pragma once

#include "card/driver/eonay-card-files.h"
#include "card/pin/eonay-card-pin.h"
#include "card/pkcs15/eonay-pkcs15-card.h"

G_BEGIN_DECLS

/**
 * @pins: (element-type EonayCardPin): one for each of the objects' PINs
 * @puks: (element-type EonayCardPin): one for each of these PINs as the family has it, for cards
 *   that do not describe theirs; %NULL where it has none
 * @last_update: (nullable): known as soon as the card has its name
 * @cache: (nullable), @kept: (nullable): what is to be stored in it
 */
struct _EonayPkcs15Card {
  EonayCard parent_instance;

  EonayPkcs15Application application;
  EonayPkcs15Objects *objects;
  GPtrArray *pins;
  GPtrArray *puks;
  char *last_update;
  EonayCardCache *cache;
  GHashTable *kept;
};

/** Returns: (transfer none) (nullable) */
const EonayPkcs15Key *eonay_pkcs15_card_find_key (EonayPkcs15Card *self,
                                                  EonayTokenCertificate *certificate);

/**
 * eonay_pkcs15_card_find_pin:
 * @certificate: (nullable): whose key's PIN; %NULL for the first certificate's that has one
 *
 * Returns: (transfer none) (nullable): as the card describes it
 */
const EonayPkcs15Pin *eonay_pkcs15_card_find_pin (EonayPkcs15Card *self,
                                                  EonayTokenCertificate *certificate);

/** Returns: (transfer none) (nullable): the state of @pin (nullable) */
EonayCardPin *eonay_pkcs15_card_get_card_pin (EonayPkcs15Card *self, const EonayPkcs15Pin *pin);

/** Stores what was read of the card, once. */
void eonay_pkcs15_card_remember (EonayPkcs15Card *self);

/** What is known of the card is not true any more. */
void eonay_pkcs15_card_forget (EonayPkcs15Card *self);

/** EonayCardClass.select_pin, sign and refresh. */
gboolean eonay_pkcs15_card_select_pin (EonayCard *card, EonayTransport *transport,
                                       EonayTokenCertificate *certificate, GError **error);
gboolean eonay_pkcs15_card_sign (EonayCard *card, EonayTransport *transport,
                                 EonayTokenRequest *request, const EonayPublicKey *public_key,
                                 GPtrArray *signatures, GError **error);
gboolean eonay_pkcs15_card_refresh (EonayCard *card, EonayTransport *transport,
                                    EonayTokenRequest *request, GError **error);

G_END_DECLS
