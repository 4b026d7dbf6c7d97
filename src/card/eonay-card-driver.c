#include "card/eonay-card-driver.h"

#include "base/eonay-error.h"
#include "card/eonay-akis-driver.h"
#include "card/eonay-pkcs15-driver.h"

G_DEFINE_INTERFACE (EonayCardDriver, eonay_card_driver, G_TYPE_OBJECT)

static void
eonay_card_driver_default_init (EonayCardDriverInterface *iface)
{
}

EonayCard *
eonay_card_driver_open (EonayCardDriver *self, EonayTransport *transport, GError **error)
{
  g_return_val_if_fail (EONAY_IS_CARD_DRIVER (self), NULL);

  return EONAY_CARD_DRIVER_GET_IFACE (self)->open (self, transport, error);
}

EonayCard *
eonay_card_driver_open_any (EonayTransport *transport, EonayCardCache *cache, GError **error)
{
  const GType families[] = { EONAY_TYPE_AKIS_DRIVER, EONAY_TYPE_PKCS15_DRIVER };

  for (gsize i = 0; i < G_N_ELEMENTS (families); i++)
    {
      g_autoptr (EonayCardDriver) driver = g_object_new (families[i], NULL);
      g_autoptr (GError) local = NULL;
      EonayCard *card;

      if (cache != NULL && EONAY_CARD_DRIVER_GET_IFACE (driver)->set_cache != NULL)
        EONAY_CARD_DRIVER_GET_IFACE (driver)->set_cache (driver, cache);
      card = eonay_card_driver_open (driver, transport, &local);
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
