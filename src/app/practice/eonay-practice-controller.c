#include "app/practice/eonay-practice-controller.h"

G_DEFINE_INTERFACE (EonayPracticeController, eonay_practice_controller, G_TYPE_OBJECT)

static guint phone_changed_signal;

static void
eonay_practice_controller_default_init (EonayPracticeControllerInterface *iface)
{
  phone_changed_signal = g_signal_new ("phone-changed", G_TYPE_FROM_INTERFACE (iface),
                                       G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

void
eonay_practice_controller_start_async (EonayPracticeController *self, GCancellable *cancellable,
                                       GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (EONAY_IS_PRACTICE_CONTROLLER (self));

  EONAY_PRACTICE_CONTROLLER_GET_IFACE (self)->start_async (self, cancellable, callback, user_data);
}

gboolean
eonay_practice_controller_start_finish (EonayPracticeController *self, GAsyncResult *result,
                                        GError **error)
{
  g_return_val_if_fail (EONAY_IS_PRACTICE_CONTROLLER (self), FALSE);

  return EONAY_PRACTICE_CONTROLLER_GET_IFACE (self)->start_finish (self, result, error);
}

EonaySlotSource *
eonay_practice_controller_get_slots (EonayPracticeController *self)
{
  g_return_val_if_fail (EONAY_IS_PRACTICE_CONTROLLER (self), NULL);

  return EONAY_PRACTICE_CONTROLLER_GET_IFACE (self)->get_slots (self);
}

EonayPortalProfile *
eonay_practice_controller_get_profile (EonayPracticeController *self)
{
  g_return_val_if_fail (EONAY_IS_PRACTICE_CONTROLLER (self), NULL);

  return EONAY_PRACTICE_CONTROLLER_GET_IFACE (self)->get_profile (self);
}

char *
eonay_practice_controller_create_code (EonayPracticeController *self, const char *operation,
                                       GError **error)
{
  g_return_val_if_fail (EONAY_IS_PRACTICE_CONTROLLER (self), NULL);

  return EONAY_PRACTICE_CONTROLLER_GET_IFACE (self)->create_code (self, operation, error);
}

guint
eonay_practice_controller_get_n_cards (EonayPracticeController *self)
{
  g_return_val_if_fail (EONAY_IS_PRACTICE_CONTROLLER (self), 0);

  return EONAY_PRACTICE_CONTROLLER_GET_IFACE (self)->get_n_cards (self);
}

const char *
eonay_practice_controller_describe_card (EonayPracticeController *self, guint card)
{
  g_return_val_if_fail (EONAY_IS_PRACTICE_CONTROLLER (self), "");

  return EONAY_PRACTICE_CONTROLLER_GET_IFACE (self)->describe_card (self, card);
}

int
eonay_practice_controller_get_card (EonayPracticeController *self)
{
  g_return_val_if_fail (EONAY_IS_PRACTICE_CONTROLLER (self), -1);

  return EONAY_PRACTICE_CONTROLLER_GET_IFACE (self)->get_card (self);
}

void
eonay_practice_controller_insert (EonayPracticeController *self, int card)
{
  g_return_if_fail (EONAY_IS_PRACTICE_CONTROLLER (self));

  EONAY_PRACTICE_CONTROLLER_GET_IFACE (self)->insert (self, card);
}

const char *
eonay_practice_controller_get_ca_pem (EonayPracticeController *self)
{
  return EONAY_PRACTICE_CONTROLLER_GET_IFACE (self)->get_ca_pem (self);
}

const char *
eonay_practice_controller_get_security_word (EonayPracticeController *self)
{
  g_return_val_if_fail (EONAY_IS_PRACTICE_CONTROLLER (self), NULL);

  return EONAY_PRACTICE_CONTROLLER_GET_IFACE (self)->get_security_word (self);
}

const char *
eonay_practice_controller_get_sms (EonayPracticeController *self)
{
  g_return_val_if_fail (EONAY_IS_PRACTICE_CONTROLLER (self), NULL);

  return EONAY_PRACTICE_CONTROLLER_GET_IFACE (self)->get_sms (self);
}

void
eonay_practice_controller_emit_phone_changed (EonayPracticeController *self)
{
  g_return_if_fail (EONAY_IS_PRACTICE_CONTROLLER (self));

  g_signal_emit (self, phone_changed_signal, 0);
}
