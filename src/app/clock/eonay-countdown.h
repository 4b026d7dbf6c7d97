#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * EonayCountdown: Kalan Süre as a ring with the number in it; the `warning` colour from 60 s on.
 *
 * Properties `seconds-left` (uint), `total` (uint: the value of a full ring) and `large` (gboolean:
 * for people with low vision; ring and number are about 2.5 times as large). It redraws once per
 * change of the number, and has no timer of its own. Its accessible name is the time left.
 */
#define EONAY_TYPE_COUNTDOWN (eonay_countdown_get_type ())
G_DECLARE_FINAL_TYPE (EonayCountdown, eonay_countdown, EONAY, COUNTDOWN, GtkWidget)

void eonay_countdown_set_seconds_left (EonayCountdown *self, guint seconds_left);
void eonay_countdown_set_total (EonayCountdown *self, guint total);
void eonay_countdown_set_large (EonayCountdown *self, gboolean large);

G_END_DECLS
