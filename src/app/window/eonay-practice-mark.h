#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * eonay_practice_mark_attach: has practice mode say what it is wherever it may be taken for the real
 *   thing
 * @window: (transfer none): the main window of practice mode
 *
 * The title of @window says so, in a list of windows, too, and so does each dialog that asks for a
 * secret while @window is there. Main thread.
 */
void eonay_practice_mark_attach (GtkWindow *window);

G_END_DECLS
