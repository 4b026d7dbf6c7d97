#include "card/eonay-akis-driver.h"

#include "base/eonay-error.h"
#include "card/eonay-akis-card.h"
#include "card/eonay-akis-listing.h"

struct _EonayAkisDriver {
  GObject parent_instance;
};

static void eonay_akis_driver_iface_init (EonayCardDriverInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (EonayAkisDriver, eonay_akis_driver, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (EONAY_TYPE_CARD_DRIVER,
                                                      eonay_akis_driver_iface_init))

static EonayCard *
eonay_akis_driver_open (EonayCardDriver *driver, EonayTransport *transport, GError **error)
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

static void
eonay_akis_driver_iface_init (EonayCardDriverInterface *iface)
{
  iface->open = eonay_akis_driver_open;
}

static void
eonay_akis_driver_class_init (EonayAkisDriverClass *klass)
{
}

static void
eonay_akis_driver_init (EonayAkisDriver *self)
{
}
