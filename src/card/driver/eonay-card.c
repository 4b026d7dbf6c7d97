#include "card/driver/eonay-card.h"

#include "base/eonay-error.h"

typedef struct {
  guint insertion;
} EonayCardPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (EonayCard, eonay_card, G_TYPE_OBJECT)

static void
eonay_card_class_init (EonayCardClass *klass)
{
}

static void
eonay_card_init (EonayCard *self)
{
}

const char *
eonay_card_get_label (EonayCard *self)
{
  return EONAY_CARD_GET_CLASS (self)->get_label (self);
}

const char *
eonay_card_get_serial (EonayCard *self)
{
  return EONAY_CARD_GET_CLASS (self)->get_serial (self);
}

const char *
eonay_card_get_model (EonayCard *self)
{
  return EONAY_CARD_GET_CLASS (self)->get_model (self);
}

EonaySigningKnowledge
eonay_card_get_signing_knowledge (EonayCard *self)
{
  return EONAY_CARD_GET_CLASS (self)->get_signing_knowledge (self);
}

const char *
eonay_card_get_module_name (EonayCard *self)
{
  EonayCardClass *klass = EONAY_CARD_GET_CLASS (self);

  return klass->get_module_name != NULL ? klass->get_module_name (self) : NULL;
}

gboolean
eonay_card_knows_pins (EonayCard *self)
{
  EonayCardClass *klass = EONAY_CARD_GET_CLASS (self);

  return klass->knows_pins != NULL && klass->knows_pins (self);
}

GPtrArray *
eonay_card_get_certificates (EonayCard *self)
{
  return EONAY_CARD_GET_CLASS (self)->get_certificates (self);
}

void
eonay_card_get_pin_state (EonayCard *self, EonayTokenCertificate *certificate, EonayPinRole role,
                          EonayPinState *state)
{
  EONAY_CARD_GET_CLASS (self)->get_pin_state (self, certificate, role, state);
}

EonayCardPin *
eonay_card_get_pin (EonayCard *self, EonayTokenCertificate *certificate, EonayPinRole role)
{
  if (EONAY_CARD_GET_CLASS (self)->get_pin == NULL)
    return NULL;

  return EONAY_CARD_GET_CLASS (self)->get_pin (self, certificate, role);
}

gboolean
eonay_card_shares_pin (EonayCard *self, EonayTokenCertificate *one, EonayTokenCertificate *other)
{
  return EONAY_CARD_GET_CLASS (self)->shares_pin == NULL ||
         EONAY_CARD_GET_CLASS (self)->shares_pin (self, one, other);
}

guint
eonay_card_get_insertion (EonayCard *self)
{
  EonayCardPrivate *private = eonay_card_get_instance_private (self);

  return private->insertion;
}

void
eonay_card_set_insertion (EonayCard *self, guint insertion)
{
  EonayCardPrivate *private = eonay_card_get_instance_private (self);

  private->insertion = insertion;
}

gboolean
eonay_card_check (EonayCard *self, EonayTokenRequest *request, GError **error)
{
  return EONAY_CARD_GET_CLASS (self)->check (self, request, error);
}

GPtrArray *
eonay_card_execute (EonayCard *self, EonayTransport *transport, EonayTokenRequest *request,
                    GError **error)
{
  return EONAY_CARD_GET_CLASS (self)->execute (self, transport, request, error);
}

gboolean
eonay_card_is_in (EonayTransport *transport, GBytes *atr, GError **error)
{
  g_autoptr (GBytes) found = eonay_transport_get_atr (transport);

  if (found != NULL && g_bytes_equal (found, atr))
    return TRUE;

  g_set_error_literal (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_REMOVED,
                       "Another card is in the reader");

  return FALSE;
}
