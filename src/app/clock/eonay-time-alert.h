#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** EonayTimeAlert: the time left, from 60 seconds on; announced at 60, 30 and 10, in whichever window
 *  is in front then. Hidden before. */
#define EONAY_TYPE_TIME_ALERT (eonay_time_alert_get_type ())
G_DECLARE_FINAL_TYPE (EonayTimeAlert, eonay_time_alert, EONAY, TIME_ALERT, GtkBox)

/** To be called each second while the clock runs. */
void eonay_time_alert_set_seconds_left (EonayTimeAlert *self, guint seconds_left);

/** To be called when there is no clock (any more). */
void eonay_time_alert_stop (EonayTimeAlert *self);

G_END_DECLS
