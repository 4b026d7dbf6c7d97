#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * eonay_stack_show:
 * @stack: whose pages have different controls
 * @name: of the page to show
 *
 * Shows that page, and hides the others from screen readers, for which a page that is not in front
 * would still be present, with its buttons. All pages still count for the size.
 */
void eonay_stack_show (GtkStack *stack, const char *name);

/**
 * eonay_stack_follow:
 * @stack: a #GtkStack or #AdwViewStack, whose pages a person or GTK may change, too
 *
 * Does from now on what eonay_stack_show() does for screen readers, whoever shows another page.
 */
void eonay_stack_follow (GtkWidget *stack);

/**
 * eonay_stack_describe_page:
 * @control: the control that gets the focus when the page is shown
 *
 * Has @title and @text of the page read with @control, as a screen reader reads only the focused
 * control.
 */
void eonay_stack_describe_page (GtkWidget *control, const char *title, const char *text);

/** Has screen readers call @page @name when the focus comes into it, if it is one of a #GtkStack. */
void eonay_stack_name_page (GtkWidget *page, const char *name);

/** Returns: whether @name is the page that is shown */
gboolean eonay_stack_shows (GtkStack *stack, const char *name);

G_END_DECLS
