#include "card/token/eonay-token-request.h"

EonayTokenRequest *
eonay_token_request_new (EonayTokenRequestKind kind, EonayTokenCertificate *certificate,
                         GCancellable *cancellable)
{
  EonayTokenRequest *self = g_new0 (EonayTokenRequest, 1);

  self->kind = kind;
  g_set_object (&self->certificate, certificate);
  g_set_object (&self->cancellable, cancellable);
  self->consent = EONAY_PIN_CONSENT_NONE;
  self->pin_try = EONAY_PIN_TRY_NOT_SENT;

  return self;
}

gboolean
eonay_token_request_may_go_on (EonayTokenRequest *self, GError **error)
{
  if (self->abandoned)
    {
      g_set_error_literal (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_UNRESPONSIVE,
                           "Nobody waits for the card any more");
      return FALSE;
    }
  if (!g_cancellable_is_cancelled (self->removed))
    return !g_cancellable_set_error_if_cancelled (self->cancellable, error);

  g_set_error_literal (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_REMOVED, "The card was pulled");

  return FALSE;
}

void
eonay_token_request_add_signature (EonayTokenRequest *self, GPtrArray *signatures,
                                   GBytes *signature)
{
  g_ptr_array_add (signatures, signature);
  if (self->progress != NULL)
    eonay_token_progress_add (self->progress, signature);
}

void
eonay_token_request_forget_secrets (EonayTokenRequest *self)
{
  g_clear_pointer (&self->secret, eonay_secret_free);
  g_clear_pointer (&self->new_pin, eonay_secret_free);
}

void
eonay_token_request_free (EonayTokenRequest *self)
{
  if (self == NULL)
    return;

  g_clear_object (&self->certificate);
  g_clear_pointer (&self->digests, g_ptr_array_unref);
  g_clear_pointer (&self->messages, g_ptr_array_unref);
  g_clear_pointer (&self->progress, eonay_token_progress_unref);
  eonay_token_request_forget_secrets (self);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->removed);
  g_clear_object (&self->pin_pad);
  g_free (self);
}
