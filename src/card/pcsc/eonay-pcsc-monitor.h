#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** What a monitor has seen. */
typedef enum {
  EONAY_PCSC_SERVICE_FOUND,
  EONAY_PCSC_SERVICE_GOES, /* with the reason: before the cards and slots that go with it */
  EONAY_PCSC_SERVICE_LOST, /* with the reason; the monitor has ended */
  EONAY_PCSC_SLOT_ADDED,
  EONAY_PCSC_SLOT_REMOVED,
  EONAY_PCSC_CARD_INSERTED,
  EONAY_PCSC_CARD_REMOVED,
  EONAY_PCSC_CARD_RELEASED, /* only after eonay_pcsc_monitor_await_release() */
} EonayPcscEvent;

/** @name: (nullable): the slot's; @error: (nullable): the reason of a loss */
typedef void (*EonayPcscEventFunc) (EonayPcscEvent event, const char *name, const GError *error,
                                    gpointer user_data);

/**
 * EonayPcscMonitor: the thread that sleeps in the PC/SC service until something changes there,
 * with a context of its own. It ends by itself when the service goes away: then, cards and
 * slots have been told as removed before the loss.
 */
typedef struct _EonayPcscMonitor EonayPcscMonitor;

/** @func: called on the main context that is now the thread's default */
EonayPcscMonitor *eonay_pcsc_monitor_new (EonayPcscEventFunc func, gpointer user_data);

/** Asks for %EONAY_PCSC_CARD_RELEASED, once, as soon as no program holds @name for itself alone. */
void eonay_pcsc_monitor_await_release (EonayPcscMonitor *self, const char *name);

/**
 * Ends the thread, and waits a moment for that, even if the service does not answer; @func is not
 * called again.
 */
void eonay_pcsc_monitor_free (EonayPcscMonitor *self);

G_END_DECLS
