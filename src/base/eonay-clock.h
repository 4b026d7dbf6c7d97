#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * EonayClock: where a room gets the time from, so that tests can own it.
 *
 * @boottime: CLOCK_BOOTTIME in microseconds: it keeps running while the machine sleeps, so a
 *   deadline measured on it is one that the portal would agree with
 * @realtime: (transfer full): the wall clock, in the local time zone
 */
typedef struct {
  gint64 (*boottime) (gpointer user_data);
  GDateTime *(*realtime) (gpointer user_data);
  gpointer user_data;
} EonayClock;

/** Returns: (transfer none): the machine's own clock */
const EonayClock *eonay_clock_get_system (void);

/** Returns: microseconds; @clock may be %NULL for the machine's own. */
gint64 eonay_clock_boottime (const EonayClock *clock);

/** Returns: (transfer full): @clock may be %NULL for the machine's own. */
GDateTime *eonay_clock_realtime (const EonayClock *clock);

G_END_DECLS
