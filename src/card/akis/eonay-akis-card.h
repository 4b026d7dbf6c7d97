#pragma once

#include "card/akis/eonay-akis-family.h"
#include "card/pkcs15/eonay-pkcs15-objects.h"

G_BEGIN_DECLS

/**
 * EonayAkisCard: a listed AKİS card. It has one PIN and one PUK.
 *
 * Signs with SELECT, VERIFY, and one MSE and PSO for each digest; v2 wants the VERIFY anew before
 * each. Which key is a certificate's may have to be tried: what the card computed with another
 * does not verify, and never leaves. Serial number and label are "" until the first
 * %EONAY_TOKEN_REQUEST_REFRESH.
 *
 * Requests with a PIN are refused with %EONAY_CARD_ERROR_MODULE_NEEDED where the family's own way
 * is not known, or is only inferred and not allowed (eonay_token_set_allow_experimental()). No card
 * is spoken to with secure messaging.
 */
#define EONAY_TYPE_AKIS_CARD (eonay_akis_card_get_type ())
G_DECLARE_FINAL_TYPE (EonayAkisCard, eonay_akis_card, EONAY, AKIS_CARD, EonayCard)

/**
 * EonayAkisCertificate: a certificate that was read from the card. A plain value.
 *
 * @der: the certificate
 * @id: (nullable): as the card's directory says
 * @label: (nullable): as the card's directory says
 * @place: from 1 on, among the files where certificates lie
 * @key: what the directory says of its key; 0 when it says nothing
 * @has_key: whether the card holds the key
 * @may_sign: whether the key may sign
 */
typedef struct {
  GBytes *der;
  GBytes *id;
  const char *label;
  guint place;
  guint8 key;
  gboolean has_key;
  gboolean may_sign;
} EonayAkisCertificate;

/**
 * eonay_akis_card_new:
 * @objects: what the card's directory says of its PINs; may be empty
 * @atr: of the card, to know it again
 */
EonayAkisCard *eonay_akis_card_new (const EonayAkisFamily *family,
                                    const EonayPkcs15Objects *objects, GBytes *atr);

void eonay_akis_card_add (EonayAkisCard *self, const EonayAkisCertificate *certificate);

G_END_DECLS
