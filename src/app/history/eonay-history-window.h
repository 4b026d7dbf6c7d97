#pragma once

#include <adwaita.h>

#include "session/history/eonay-history.h"

G_BEGIN_DECLS

/**
 * EonayHistoryWindow: the list of signatures by day, newest first; can be searched, exported,
 * printed, cleared, turned on and off. It follows the history while it is open.
 */
#define EONAY_TYPE_HISTORY_WINDOW (eonay_history_window_get_type ())
G_DECLARE_FINAL_TYPE (EonayHistoryWindow, eonay_history_window, EONAY, HISTORY_WINDOW, AdwWindow)

/** @history: one in memory is of practice mode, which the window shows */
GtkWidget *eonay_history_window_new (GtkApplication *application, EonayHistory *history);

/** Asks whether to remove everything, and does. @why: (nullable): text before the question */
void eonay_history_window_ask_to_clear (GtkWindow *parent, EonayHistory *history, const char *why);

G_END_DECLS
