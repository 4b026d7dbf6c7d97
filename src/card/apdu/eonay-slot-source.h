#pragma once

#include <gio/gio.h>

#include "card/apdu/eonay-transport.h"

G_BEGIN_DECLS

/** State of the service that watches slots. */
typedef enum {
  EONAY_SERVICE_STARTING, /* eonay_slot_source_start() has not got its first answer yet */
  EONAY_SERVICE_RUNNING,
  EONAY_SERVICE_MISSING,  /* the PC/SC service does not run; its start is watched for */
  EONAY_SERVICE_DENIED,   /* it refuses this user */
  EONAY_SERVICE_MISMATCH, /* it speaks another protocol version */
} EonayServiceState;

#define EONAY_TYPE_SERVICE_STATE (eonay_service_state_get_type ())
GType eonay_service_state_get_type (void);

/**
 * EonaySlotSource: a source of readers: PC/SC, or the practice cards.
 *
 * Reports changes by signals, emitted on the main context that was the thread default at
 * eonay_slot_source_start(); never polls:
 *
 * - `service-changed (EonayServiceState)`
 * - `slot-added (const char *name)`, `slot-removed (const char *name)`
 * - `card-inserted (const char *name)`: also for a card present at the start, and again after
 *   `card-removed` when a card was replaced too fast for two events
 * - `card-removed (const char *name)`
 * - `card-released (const char *name)`: another program no longer holds the card exclusively; only
 *   after eonay_slot_source_await_release(), once for each
 *
 * Slot names are unique at any time.
 */
#define EONAY_TYPE_SLOT_SOURCE (eonay_slot_source_get_type ())
G_DECLARE_INTERFACE (EonaySlotSource, eonay_slot_source, EONAY, SLOT_SOURCE, GObject)

struct _EonaySlotSourceInterface {
  GTypeInterface parent_iface;

  void (*start) (EonaySlotSource *self);
  void (*stop) (EonaySlotSource *self);
  EonayTransport *(*open) (EonaySlotSource *self, const char *name);
  void (*await_release) (EonaySlotSource *self, const char *name); /* may be NULL */
};

void eonay_slot_source_start (EonaySlotSource *self);

/** Stops watching; no signal is emitted afterwards. */
void eonay_slot_source_stop (EonaySlotSource *self);

/** Returns: (transfer full): a transport, not yet connected; may be called from any thread */
EonayTransport *eonay_slot_source_open (EonaySlotSource *self, const char *name);

/**
 * eonay_slot_source_await_release: asks for `card-released`, for a card that was
 *   %EONAY_CARD_ERROR_BUSY. Never emitted within this call, but soon if no program holds the card
 */
void eonay_slot_source_await_release (EonaySlotSource *self, const char *name);

/* For implementations, on the main context. */
void eonay_slot_source_emit_service_changed (EonaySlotSource *self, EonayServiceState state);
void eonay_slot_source_emit_slot_added (EonaySlotSource *self, const char *name);
void eonay_slot_source_emit_slot_removed (EonaySlotSource *self, const char *name);
void eonay_slot_source_emit_card_inserted (EonaySlotSource *self, const char *name);
void eonay_slot_source_emit_card_removed (EonaySlotSource *self, const char *name);
void eonay_slot_source_emit_card_released (EonaySlotSource *self, const char *name);

G_END_DECLS
