#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * EonayTimeAlert: says how much time is left when it passes 60, 30 and 10 seconds, to be seen and
 * heard; not shown before.
 */
#define EONAY_TYPE_TIME_ALERT (eonay_time_alert_get_type ())
G_DECLARE_FINAL_TYPE (EonayTimeAlert, eonay_time_alert, EONAY, TIME_ALERT, GtkBox)

/** To be told each second as long as the clock runs. */
void eonay_time_alert_set_seconds_left (EonayTimeAlert *self, guint seconds_left);

/** There is no clock (any more). */
void eonay_time_alert_stop (EonayTimeAlert *self);

G_END_DECLS
