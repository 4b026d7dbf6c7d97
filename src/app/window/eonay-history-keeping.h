#pragma once

#include "app/window/eonay-window.h"

G_BEGIN_DECLS

/*
 * What the application does about the History: makes it, opens its window (`app.history`), tells
 * once what goes wrong with it, asks whether to clear it when it is turned off, and waits for the
 * disk at the end.
 */

/**
 * eonay_history_keeping_start:
 * @actions: gets `history`
 * @practice: keeps it in memory, away from the person's own
 */
void eonay_history_keeping_start (GtkApplication *application, GActionMap *actions,
                                  gboolean practice);

/** What @window signs goes into the history of its @application, if that keeps one. */
void eonay_history_keeping_attach (GtkApplication *application, EonayWindow *window);

G_END_DECLS
