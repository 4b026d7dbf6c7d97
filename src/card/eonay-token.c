#include "card/eonay-token.h"

enum {
  PROP_0,
  PROP_PIN_STATE,
  N_PROPS
};

G_DEFINE_ABSTRACT_TYPE (EonayToken, eonay_token, G_TYPE_OBJECT)

static void
eonay_token_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_PIN_STATE:
      g_value_set_pointer (value, NULL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
eonay_token_class_init (EonayTokenClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = eonay_token_get_property;
  g_object_class_install_property (
      object_class, PROP_PIN_STATE,
      g_param_spec_pointer ("pin-state", NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
}

static void
eonay_token_init (EonayToken *self)
{
}

const char *
eonay_token_get_label (EonayToken *self)
{
  g_return_val_if_fail (EONAY_IS_TOKEN (self), NULL);

  return EONAY_TOKEN_GET_CLASS (self)->get_label (self);
}

const char *
eonay_token_get_serial (EonayToken *self)
{
  g_return_val_if_fail (EONAY_IS_TOKEN (self), NULL);

  return EONAY_TOKEN_GET_CLASS (self)->get_serial (self);
}

const char *
eonay_token_get_model (EonayToken *self)
{
  g_return_val_if_fail (EONAY_IS_TOKEN (self), NULL);

  return EONAY_TOKEN_GET_CLASS (self)->get_model (self);
}

const char *
eonay_token_get_reader_name (EonayToken *self)
{
  g_return_val_if_fail (EONAY_IS_TOKEN (self), NULL);

  return EONAY_TOKEN_GET_CLASS (self)->get_reader_name (self);
}

GListModel *
eonay_token_get_certificates (EonayToken *self)
{
  g_return_val_if_fail (EONAY_IS_TOKEN (self), NULL);

  return EONAY_TOKEN_GET_CLASS (self)->get_certificates (self);
}

void
eonay_token_get_pin_state (EonayToken *self, EonayTokenCertificate *certificate,
                           EonayPinState *state)
{
  g_return_if_fail (EONAY_IS_TOKEN (self) && state != NULL);

  EONAY_TOKEN_GET_CLASS (self)->get_pin_state (self, certificate, state);
}

void
eonay_token_sign_async (EonayToken *self, EonayTokenCertificate *certificate,
                        EonaySignatureScheme scheme, GPtrArray *digests, EonaySecret *pin,
                        GCancellable *cancellable, GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_return_if_fail (EONAY_IS_TOKEN (self) && EONAY_IS_TOKEN_CERTIFICATE (certificate));
  g_return_if_fail (digests != NULL && pin != NULL);

  EONAY_TOKEN_GET_CLASS (self)->sign_async (self, certificate, scheme, digests, pin, cancellable,
                                            callback, user_data);
}

GPtrArray *
eonay_token_sign_finish (EonayToken *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (EONAY_IS_TOKEN (self), NULL);

  return EONAY_TOKEN_GET_CLASS (self)->sign_finish (self, result, error);
}
