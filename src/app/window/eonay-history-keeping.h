#pragma once

#include "app/window/eonay-window.h"

G_BEGIN_DECLS

/*
 * The application's part of the History: creates it, opens its window (`app.history`), reports each
 * problem once, asks whether to clear it when it is turned off, and waits for the disk at the end.
 */

/**
 * eonay_history_keeping_start:
 * @actions: gets `history`
 * @practice: keeps it in memory, separate from the person's own
 */
void eonay_history_keeping_start (GtkApplication *application, GActionMap *actions,
                                  gboolean practice);

/** Records signatures of @window in the history of its @application, if that has one. */
void eonay_history_keeping_attach (GtkApplication *application, EonayWindow *window);

G_END_DECLS
