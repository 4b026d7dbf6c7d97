#include "card/driver/eonay-card-driver.h"

#include "base/eonay-error.h"

EonayCard *
eonay_card_driver_open_any (const EonayCardDriver *const *drivers, EonayTransport *transport,
                            EonayCardCache *cache, GError **error)
{
  for (; *drivers != NULL; drivers++)
    {
      g_autoptr (GError) local = NULL;
      EonayCard *card = (*drivers)->open (transport, cache, &local);

      if (card != NULL)
        return card;
      if (!g_error_matches (local, EONAY_CARD_ERROR, EONAY_CARD_ERROR_UNSUPPORTED))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
    }

  g_set_error_literal (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_UNSUPPORTED,
                       "No driver knows this card");

  return NULL;
}
