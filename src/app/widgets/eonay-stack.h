#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * eonay_stack_show:
 * @stack: whose pages differ in what can be done on them
 * @name: of the page to show
 *
 * Shows that page, and keeps the others from screen readers, for whom a page that is merely not in
 * front would still be there, with its buttons. All pages still count for the size.
 */
void eonay_stack_show (GtkStack *stack, const char *name);

/**
 * eonay_stack_describe_page:
 * @control: where the focus goes when the page is turned to
 *
 * Has @title and @text of the page spoken with @control, which is all that a screen reader comes by.
 */
void eonay_stack_describe_page (GtkWidget *control, const char *title, const char *text);

/** Returns: whether @name is the page that is shown */
gboolean eonay_stack_shows (GtkStack *stack, const char *name);

G_END_DECLS
