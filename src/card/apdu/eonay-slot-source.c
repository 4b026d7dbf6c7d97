#include "card/apdu/eonay-slot-source.h"

G_DEFINE_ENUM_TYPE (EonayServiceState, eonay_service_state,
                    G_DEFINE_ENUM_VALUE (EONAY_SERVICE_STARTING, "starting"),
                    G_DEFINE_ENUM_VALUE (EONAY_SERVICE_RUNNING, "running"),
                    G_DEFINE_ENUM_VALUE (EONAY_SERVICE_MISSING, "missing"),
                    G_DEFINE_ENUM_VALUE (EONAY_SERVICE_DENIED, "denied"),
                    G_DEFINE_ENUM_VALUE (EONAY_SERVICE_MISMATCH, "mismatch"))

enum {
  SERVICE_CHANGED,
  SLOT_ADDED,
  SLOT_REMOVED,
  CARD_INSERTED,
  CARD_REMOVED,
  CARD_RELEASED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_INTERFACE (EonaySlotSource, eonay_slot_source, G_TYPE_OBJECT)

static guint
add_signal (const char *name, GType argument)
{
  return g_signal_new (name, EONAY_TYPE_SLOT_SOURCE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                       G_TYPE_NONE, 1, argument);
}

static void
eonay_slot_source_default_init (EonaySlotSourceInterface *iface)
{
  signals[SERVICE_CHANGED] = add_signal ("service-changed", EONAY_TYPE_SERVICE_STATE);
  signals[SLOT_ADDED] = add_signal ("slot-added", G_TYPE_STRING);
  signals[SLOT_REMOVED] = add_signal ("slot-removed", G_TYPE_STRING);
  signals[CARD_INSERTED] = add_signal ("card-inserted", G_TYPE_STRING);
  signals[CARD_REMOVED] = add_signal ("card-removed", G_TYPE_STRING);
  signals[CARD_RELEASED] = add_signal ("card-released", G_TYPE_STRING);
}

void
eonay_slot_source_start (EonaySlotSource *self)
{
  g_return_if_fail (EONAY_IS_SLOT_SOURCE (self));

  EONAY_SLOT_SOURCE_GET_IFACE (self)->start (self);
}

void
eonay_slot_source_stop (EonaySlotSource *self)
{
  g_return_if_fail (EONAY_IS_SLOT_SOURCE (self));

  EONAY_SLOT_SOURCE_GET_IFACE (self)->stop (self);
}

EonayTransport *
eonay_slot_source_open (EonaySlotSource *self, const char *name)
{
  g_return_val_if_fail (EONAY_IS_SLOT_SOURCE (self), NULL);

  return EONAY_SLOT_SOURCE_GET_IFACE (self)->open (self, name);
}

void
eonay_slot_source_await_release (EonaySlotSource *self, const char *name)
{
  EonaySlotSourceInterface *iface;

  g_return_if_fail (EONAY_IS_SLOT_SOURCE (self) && name != NULL);

  iface = EONAY_SLOT_SOURCE_GET_IFACE (self);
  if (iface->await_release != NULL)
    iface->await_release (self, name);
}

void
eonay_slot_source_emit_service_changed (EonaySlotSource *self, EonayServiceState state)
{
  g_signal_emit (self, signals[SERVICE_CHANGED], 0, state);
}

void
eonay_slot_source_emit_slot_added (EonaySlotSource *self, const char *name)
{
  g_signal_emit (self, signals[SLOT_ADDED], 0, name);
}

void
eonay_slot_source_emit_slot_removed (EonaySlotSource *self, const char *name)
{
  g_signal_emit (self, signals[SLOT_REMOVED], 0, name);
}

void
eonay_slot_source_emit_card_inserted (EonaySlotSource *self, const char *name)
{
  g_signal_emit (self, signals[CARD_INSERTED], 0, name);
}

void
eonay_slot_source_emit_card_removed (EonaySlotSource *self, const char *name)
{
  g_signal_emit (self, signals[CARD_REMOVED], 0, name);
}

void
eonay_slot_source_emit_card_released (EonaySlotSource *self, const char *name)
{
  g_signal_emit (self, signals[CARD_RELEASED], 0, name);
}
