#pragma once

#include "card/eonay-card-cache.h"
#include "card/eonay-card.h"

G_BEGIN_DECLS

/**
 * EonayCardDriver: knows a family of cards when it sees one.
 *
 * Worker thread, within a transaction.
 */
#define EONAY_TYPE_CARD_DRIVER (eonay_card_driver_get_type ())
G_DECLARE_INTERFACE (EonayCardDriver, eonay_card_driver, EONAY, CARD_DRIVER, GObject)

struct _EonayCardDriverInterface {
  GTypeInterface parent_iface;

  /* Optional: for families that keep what they have read. */
  void (*set_cache) (EonayCardDriver *self, EonayCardCache *cache);

  EonayCard *(*open) (EonayCardDriver *self, EonayTransport *transport, GError **error);
};

/**
 * eonay_card_driver_open: reads the card, if it is one of this family
 *
 * Returns: (transfer full): %NULL with %EONAY_CARD_ERROR_UNSUPPORTED for another family's card
 */
EonayCard *eonay_card_driver_open (EonayCardDriver *self, EonayTransport *transport,
                                   GError **error);

/**
 * eonay_card_driver_open_any: asks each family in turn
 * @cache: (nullable): of cards that were read before
 *
 * Returns: (transfer full)
 */
EonayCard *eonay_card_driver_open_any (EonayTransport *transport, EonayCardCache *cache,
                                       GError **error);

G_END_DECLS
