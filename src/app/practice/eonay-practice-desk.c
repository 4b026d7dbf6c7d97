#include "app/practice/eonay-practice-desk.h"

G_DEFINE_INTERFACE (EonayPracticeDesk, eonay_practice_desk, G_TYPE_OBJECT)

static guint phone_changed_signal;

static void
eonay_practice_desk_default_init (EonayPracticeDeskInterface *iface)
{
  phone_changed_signal = g_signal_new ("phone-changed", G_TYPE_FROM_INTERFACE (iface),
                                       G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

void
eonay_practice_desk_start_async (EonayPracticeDesk *self, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (EONAY_IS_PRACTICE_DESK (self));

  EONAY_PRACTICE_DESK_GET_IFACE (self)->start_async (self, cancellable, callback, user_data);
}

gboolean
eonay_practice_desk_start_finish (EonayPracticeDesk *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (EONAY_IS_PRACTICE_DESK (self), FALSE);

  return EONAY_PRACTICE_DESK_GET_IFACE (self)->start_finish (self, result, error);
}

EonaySlotSource *
eonay_practice_desk_get_slots (EonayPracticeDesk *self)
{
  g_return_val_if_fail (EONAY_IS_PRACTICE_DESK (self), NULL);

  return EONAY_PRACTICE_DESK_GET_IFACE (self)->get_slots (self);
}

EonayPortalProfile *
eonay_practice_desk_get_profile (EonayPracticeDesk *self)
{
  g_return_val_if_fail (EONAY_IS_PRACTICE_DESK (self), NULL);

  return EONAY_PRACTICE_DESK_GET_IFACE (self)->get_profile (self);
}

char *
eonay_practice_desk_create_code (EonayPracticeDesk *self, const char *operation, GError **error)
{
  g_return_val_if_fail (EONAY_IS_PRACTICE_DESK (self), NULL);

  return EONAY_PRACTICE_DESK_GET_IFACE (self)->create_code (self, operation, error);
}

guint
eonay_practice_desk_get_n_cards (EonayPracticeDesk *self)
{
  g_return_val_if_fail (EONAY_IS_PRACTICE_DESK (self), 0);

  return EONAY_PRACTICE_DESK_GET_IFACE (self)->get_n_cards (self);
}

const char *
eonay_practice_desk_describe_card (EonayPracticeDesk *self, guint card)
{
  g_return_val_if_fail (EONAY_IS_PRACTICE_DESK (self), "");

  return EONAY_PRACTICE_DESK_GET_IFACE (self)->describe_card (self, card);
}

int
eonay_practice_desk_get_card (EonayPracticeDesk *self)
{
  g_return_val_if_fail (EONAY_IS_PRACTICE_DESK (self), -1);

  return EONAY_PRACTICE_DESK_GET_IFACE (self)->get_card (self);
}

void
eonay_practice_desk_insert (EonayPracticeDesk *self, int card)
{
  g_return_if_fail (EONAY_IS_PRACTICE_DESK (self));

  EONAY_PRACTICE_DESK_GET_IFACE (self)->insert (self, card);
}

const char *
eonay_practice_desk_get_ca_pem (EonayPracticeDesk *self)
{
  return EONAY_PRACTICE_DESK_GET_IFACE (self)->get_ca_pem (self);
}

const char *
eonay_practice_desk_get_security_word (EonayPracticeDesk *self)
{
  g_return_val_if_fail (EONAY_IS_PRACTICE_DESK (self), NULL);

  return EONAY_PRACTICE_DESK_GET_IFACE (self)->get_security_word (self);
}

const char *
eonay_practice_desk_get_sms (EonayPracticeDesk *self)
{
  g_return_val_if_fail (EONAY_IS_PRACTICE_DESK (self), NULL);

  return EONAY_PRACTICE_DESK_GET_IFACE (self)->get_sms (self);
}

void
eonay_practice_desk_tell_phone_changed (EonayPracticeDesk *self)
{
  g_return_if_fail (EONAY_IS_PRACTICE_DESK (self));

  g_signal_emit (self, phone_changed_signal, 0);
}
