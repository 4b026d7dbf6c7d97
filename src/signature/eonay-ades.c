#include "signature/eonay-ades.h"

G_DEFINE_INTERFACE (EonayAdes, eonay_ades, G_TYPE_OBJECT)

static void
eonay_ades_default_init (EonayAdesInterface *iface)
{
}

GBytes *
eonay_ades_get_digest (EonayAdes *self)
{
  g_return_val_if_fail (EONAY_IS_ADES (self), NULL);

  return EONAY_ADES_GET_IFACE (self)->get_digest (self);
}

GBytes *
eonay_ades_get_message (EonayAdes *self)
{
  g_return_val_if_fail (EONAY_IS_ADES (self), NULL);

  return EONAY_ADES_GET_IFACE (self)->get_message (self);
}

EonaySignatureScheme
eonay_ades_get_scheme (EonayAdes *self)
{
  g_return_val_if_fail (EONAY_IS_ADES (self), EONAY_SIGNATURE_SCHEME_NONE);

  return EONAY_ADES_GET_IFACE (self)->get_scheme (self);
}

GBytes *
eonay_ades_finish (EonayAdes *self, GBytes *value, GError **error)
{
  g_return_val_if_fail (EONAY_IS_ADES (self), NULL);
  g_return_val_if_fail (value != NULL, NULL);

  return EONAY_ADES_GET_IFACE (self)->finish (self, value, error);
}
