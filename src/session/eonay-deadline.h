#pragma once

#include <glib-object.h>

#include "base/eonay-clock.h"

G_BEGIN_DECLS

/**
 * EonayDeadline: Kalan Süre. Counts down whole seconds to a time on CLOCK_BOOTTIME; wakes the
 * program exactly once a second, at the change of the second, while it runs.
 *
 * Property `seconds-left` (uint, notify on change). Signal `expired`, once.
 */
#define EONAY_TYPE_DEADLINE (eonay_deadline_get_type ())
G_DECLARE_FINAL_TYPE (EonayDeadline, eonay_deadline, EONAY, DEADLINE, GObject)

/**
 * eonay_deadline_new:
 * @expires_at: CLOCK_BOOTTIME, microseconds
 * @clock: (nullable): must outlive the deadline
 */
EonayDeadline *eonay_deadline_new (gint64 expires_at, const EonayClock *clock);

/** Returns: whole seconds left, rounded down */
guint eonay_deadline_get_seconds_left (EonayDeadline *self);

gboolean eonay_deadline_is_expired (EonayDeadline *self);

/** Reads the clock now; for tests with their own clock. */
void eonay_deadline_update (EonayDeadline *self);

G_END_DECLS
