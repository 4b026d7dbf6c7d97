#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * EonayCountdown: Kalan Süre as a ring with the number in it; the `warning` colour from 60 s on.
 *
 * Properties `seconds-left` (uint), `total` (uint: what a full ring stands for) and `large`
 * (gboolean: for people who see badly; ring and number are some 2.5 times as big). It draws once
 * whenever the number changes, and has no clock of its own. Its accessible name is the time left.
 */
#define EONAY_TYPE_COUNTDOWN (eonay_countdown_get_type ())
G_DECLARE_FINAL_TYPE (EonayCountdown, eonay_countdown, EONAY, COUNTDOWN, GtkWidget)

void eonay_countdown_set_seconds_left (EonayCountdown *self, guint seconds_left);
void eonay_countdown_set_total (EonayCountdown *self, guint total);
void eonay_countdown_set_large (EonayCountdown *self, gboolean large);

G_END_DECLS
