#include "card/eonay-signing.h"

EonaySigning *
eonay_signing_new (EonayTokenCertificate *certificate, EonaySignatureScheme scheme,
                   GPtrArray *digests, EonaySecret *pin, GCancellable *cancellable,
                   GCancellable *removed)
{
  EonaySigning *self = g_new0 (EonaySigning, 1);

  self->certificate = g_object_ref (certificate);
  self->scheme = scheme;
  self->digests = g_ptr_array_ref (digests);
  self->pin = pin;
  self->pin_try = EONAY_PIN_TRY_NOT_SENT;
  g_set_object (&self->cancellable, cancellable);
  self->removed = g_object_ref (removed);

  return self;
}

gboolean
eonay_signing_may_go_on (EonaySigning *self, GError **error)
{
  if (!g_cancellable_is_cancelled (self->removed))
    return !g_cancellable_set_error_if_cancelled (self->cancellable, error);

  g_set_error_literal (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_REMOVED, "The card was pulled");

  return FALSE;
}

void
eonay_signing_free (EonaySigning *self)
{
  if (self == NULL)
    return;

  g_object_unref (self->certificate);
  g_ptr_array_unref (self->digests);
  g_clear_pointer (&self->pin, eonay_secret_free);
  g_clear_object (&self->cancellable);
  g_object_unref (self->removed);
  g_free (self);
}
