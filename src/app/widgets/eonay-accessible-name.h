#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * eonay_accessible_name_lists: calls every GtkListBox in @widget @name for screen readers. Of lists in
 *   a group without a title, and in an AdwExpanderRow, they would say the name of GTK's class
 */
void eonay_accessible_name_lists (GtkWidget *widget, const char *name);

G_END_DECLS
