#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * eonay_accessible_name_lists: calls every GtkListBox and GtkListView in @widget @name for screen readers. Of lists in
 *   a group without a title they would say the name of GTK's class
 */
void eonay_accessible_name_lists (GtkWidget *widget, const char *name);

/**
 * eonay_accessible_name_expander: calls the lists in @row @name, and hides from screen readers
 *   what is in it while it is closed
 */
void eonay_accessible_name_expander (AdwExpanderRow *row, const char *name);

/**
 * eonay_accessible_name_search: calls the entry in @bar @name, and hides from screen readers what is in
 *   @bar while it is closed
 */
void eonay_accessible_name_search (GtkSearchBar *bar, const char *name);

/**
 * eonay_accessible_name_hide_pictures: for the program's start, before there is a window: what a
 *   #GtkImage shows is said in words beside it, and no screen reader comes upon it
 */
void eonay_accessible_name_hide_pictures (void);

/**
 * eonay_accessible_name_pages: takes the name of GTK's class from pages without a title in every
 *   #GtkStack in @widget, so that readers pass over them, and from switchers of views
 */
void eonay_accessible_name_pages (GtkWidget *widget);

/**
 * eonay_accessible_name_buttons: calls every button in @widget whose label has a mnemonic by that label
 *   without its underscore, which GTK 4.8 would have read out, and goes on to when labels change. One
 *   with a picture alone goes by its own name, and not by that of the picture, too; a menu by the label
 *   or tooltip of the button that opens it
 */
void eonay_accessible_name_buttons (GtkWidget *widget);

/**
 * eonay_accessible_name_button: calls @button @name, of which the text on it is a short form: "Add…"
 *   alone does not say what to a person who does not see where it stands
 */
void eonay_accessible_name_button (GtkButton *button, const char *name);

G_END_DECLS
