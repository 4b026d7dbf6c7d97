#pragma once

#include "card/akis/eonay-akis-card.h"
#include "card/pin/eonay-card-pin.h"

G_BEGIN_DECLS

/**
 * Where a certificate's key may be. Worker thread.
 *
 * @place: of the certificate, from 1 on
 * @key: what the card's directory says, 0 for nothing; once @settled, the one that has signed
 */
typedef struct {
  guint place;
  guint8 key;
  gboolean settled;
} EonayAkisKey;

/**
 * @certificates: (element-type EonayTokenCertificate)
 * @keys: (element-type EonayAkisKey): one for each certificate
 * @pins_are_known: whether PIN and PUK are kept in a way that is known
 * @pin_refused: whether the card has refused the PIN, and not accepted one since
 * @label, @serial: (nullable): set once; read with g_atomic_pointer_get()
 * @has_serial: whether they were looked for
 */
struct _EonayAkisCard {
  EonayCard parent_instance;

  const EonayAkisFamily *family;
  GBytes *atr;
  GPtrArray *certificates;
  GArray *keys;
  EonayCardPin *pin;
  EonayCardPin *puk;
  gboolean pins_are_known;
  gboolean pin_refused;
  char *label;
  char *serial;
  gboolean has_serial;
};

/** Returns: (transfer none) (nullable): for one of the card's own */
EonayAkisKey *eonay_akis_card_find_key (EonayAkisCard *self, EonayTokenCertificate *certificate);

/** @serial, @label: (transfer full) (nullable) */
void eonay_akis_card_take_serial (EonayAkisCard *self, char *serial, char *label);

/** EonayCardClass.execute. */
GPtrArray *eonay_akis_card_execute (EonayCard *card, EonayTransport *transport,
                                    EonayTokenRequest *request, GError **error);

G_END_DECLS
