#pragma once

#include "card/akis/eonay-akis-family.h"

G_BEGIN_DECLS

/**
 * eonay_akis_listing_read: lists a card's certificates; no PIN is needed or asked about
 * @atr: the card's
 *
 * Returns: (transfer full): an #EonayAkisCard; %EONAY_CARD_ERROR_UNSUPPORTED for a card without
 *   the application
 */
EonayCard *eonay_akis_listing_read (const EonayAkisFamily *family, EonayTransport *transport,
                                    GBytes *atr, GError **error);

G_END_DECLS
