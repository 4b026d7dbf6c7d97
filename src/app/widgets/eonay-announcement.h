#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * eonay_announcement_make: has a screen reader say @text, which is on the screen already; for all that
 *   happens without the focus moving there: an error, tries left, progress, a toast, a mark of time
 * @widget: (transfer none): any in the window that it is said in
 *
 * It is said by whatever has the focus: from GTK 4.14 on as an announcement. Before that GTK has none,
 * and no reader hears of an alert: @text becomes the description of the focused control, which readers
 * say at once when it changes, and is taken back when the focus leaves it. What is to be said twice in
 * a row is said twice. While nothing has the focus there, or a dialog is in front, it is said once
 * something has it, and of several only the last. Nothing is said of "". Main thread.
 */
void eonay_announcement_make (GtkWidget *widget, const char *text);

/** Shows a toast of @text on @overlay, and has it said. */
void eonay_announcement_toast (AdwToastOverlay *overlay, const char *text);

/**
 * eonay_announcement_describe: gives @control its own description, which an announcement takes the
 *   place of for a while only. What was to be said before is not said on it any more: a page that has
 *   come tells more than what led to it
 */
void eonay_announcement_describe (GtkWidget *control, const char *text);

/**
 * eonay_announcement_attach: for a window's constructor: has readers hear of what has the focus in it,
 *   each time that it becomes the active one. Before GTK 4.14 nothing is told of a focus that was set
 *   before the window was on the screen, and a reader would go on speaking of the window behind it
 */
void eonay_announcement_attach (GtkWindow *window);

G_END_DECLS
