#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** Events of a monitor. */
typedef enum {
  EONAY_PCSC_SERVICE_FOUND,
  EONAY_PCSC_SERVICE_GOES, /* with the reason: before the removal of its cards and slots */
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
 * EonayPcscMonitor: a thread that waits for changes in the PC/SC service, with a context of its
 * own. It ends by itself when the service stops: cards and slots are reported as removed before the
 * loss.
 */
typedef struct _EonayPcscMonitor EonayPcscMonitor;

/** @func: called on the main context that is now the thread's default */
EonayPcscMonitor *eonay_pcsc_monitor_new (EonayPcscEventFunc func, gpointer user_data);

/** Requests %EONAY_PCSC_CARD_RELEASED, once, as soon as no program holds @name exclusively. */
void eonay_pcsc_monitor_await_release (EonayPcscMonitor *self, const char *name);

/**
 * Ends the thread, and waits for it for a limited time, even if the service does not answer; @func
 * is not called again.
 */
void eonay_pcsc_monitor_free (EonayPcscMonitor *self);

G_END_DECLS
