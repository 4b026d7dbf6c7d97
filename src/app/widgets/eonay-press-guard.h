#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Against presses that were meant for what stood there before. */

/**
 * eonay_press_guard_delay:
 * @button: does what cannot be undone, has just come on the screen, and is never insensitive otherwise
 *
 * It cannot be pressed for a second, or the desktop's time of a double click if that is longer: the
 * second press of a double click is no answer to a question that only the first has brought up. Another
 * control has to have the focus.
 */
void eonay_press_guard_delay (GtkWidget *button);

/** Returns: that time in milliseconds, on the display of @widget */
guint eonay_press_guard_get_delay (GtkWidget *widget);

/**
 * eonay_press_guard_attach: for each window of the program, once. A key that is held down acts only on
 *   what had the focus when it was pressed, in whichever window: it does not answer the question that it
 *   has brought up, nor close the result before it was seen. Keys that only move (Tab, arrows) and those
 *   that type go on. Main thread.
 */
void eonay_press_guard_attach (GtkWindow *window);

G_END_DECLS
