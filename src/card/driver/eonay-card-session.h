#pragma once

#include "card/driver/eonay-card-driver.h"

G_BEGIN_DECLS

/**
 * A card session: connect, transaction, work, end of transaction, disconnect: the card is kept
 * from other programs no longer than that. Worker thread.
 *
 * eonay_card_session_read: finds the card's family and reads it; from the beginning, a few times at
 * most, if another program resets it
 * @drivers: (array zero-terminated=1): the families
 * @cache: (nullable): of cards that were read before
 *
 * Returns: (transfer full)
 */
EonayCard *eonay_card_session_read (EonayTransport *transport,
                                    const EonayCardDriver *const *drivers, EonayCardCache *cache,
                                    GError **error);

/** Resets the card, so that nobody inherits a login that a module has left. */
gboolean eonay_card_session_reset (EonayTransport *transport, GError **error);

/**
 * eonay_card_session_execute: the card is reset at the end if a PIN was sent to it; a refresh
 *   asks the reader for its keypad as well
 *
 * If another program resets the card before a PIN was sent, the request begins again, a few times at
 * most; afterwards it fails with %EONAY_CARD_ERROR_RESET. A card or reader that has gone away is %EONAY_CARD_ERROR_REMOVED.
 *
 * Returns: (transfer full) (element-type GBytes): as eonay_card_execute()
 */
GPtrArray *eonay_card_session_execute (EonayTransport *transport, EonayCard *card,
                                       EonayTokenRequest *request, GError **error);

G_END_DECLS
