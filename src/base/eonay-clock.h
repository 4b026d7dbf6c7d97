#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * EonayClock: a source of time, which tests can replace.
 *
 * @boottime: CLOCK_BOOTTIME in microseconds: it keeps running while the machine sleeps, so that a
 *   deadline measured on it agrees with the portal's
 * @realtime: (transfer full): the wall clock, in the local time zone
 */
typedef struct {
  gint64 (*boottime) (gpointer user_data);
  GDateTime *(*realtime) (gpointer user_data);
  gpointer user_data;
} EonayClock;

/** Returns: (transfer none): the system clock */
const EonayClock *eonay_clock_get_system (void);

/** Returns: microseconds; @clock: (nullable): %NULL for the system clock */
gint64 eonay_clock_boottime (const EonayClock *clock);

/** Returns: (transfer full): @clock: (nullable): %NULL for the system clock */
GDateTime *eonay_clock_realtime (const EonayClock *clock);

G_END_DECLS
