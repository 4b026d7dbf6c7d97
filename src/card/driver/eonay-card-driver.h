#pragma once

#include "card/driver/eonay-card-cache.h"
#include "card/driver/eonay-card.h"

G_BEGIN_DECLS

/**
 * EonayCardDriver: what a family of cards implements; one constant a family.
 *
 * @open: reads the card, if it is one of this family; %NULL with %EONAY_CARD_ERROR_UNSUPPORTED for
 *   another family's card. @cache: (nullable): of cards that were read before. Worker thread,
 *   within a transaction
 */
typedef struct {
  EonayCard *(*open) (EonayTransport *transport, EonayCardCache *cache, GError **error);
} EonayCardDriver;

/**
 * eonay_card_driver_open_any: asks each family in turn
 * @drivers: (array zero-terminated=1)
 * @cache: (nullable)
 *
 * Returns: (transfer full)
 */
EonayCard *eonay_card_driver_open_any (const EonayCardDriver *const *drivers,
                                       EonayTransport *transport, EonayCardCache *cache,
                                       GError **error);

G_END_DECLS
