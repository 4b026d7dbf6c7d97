#include "card/akis/eonay-akis-driver.h"

#include "base/eonay-error.h"
#include "card/akis/eonay-akis-card.h"
#include "card/akis/eonay-akis-listing.h"

static EonayCard *
open_card (EonayTransport *transport, EonayCardCache *cache, GError **error)
{
  g_autoptr (GBytes) atr = eonay_transport_get_atr (transport);
  const EonayAkisFamily *family = NULL;

  if (atr != NULL)
    family = eonay_akis_family_recognise (g_bytes_get_data (atr, NULL), g_bytes_get_size (atr));
  if (family == NULL)
    {
      g_set_error_literal (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_UNSUPPORTED,
                           "The answer to reset is not that of an AKİS card");
      return NULL;
    }

  return eonay_akis_listing_read (family, transport, atr, error);
}

const EonayCardDriver eonay_akis_driver = { .open = open_card };
