#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * eonay_focus_install:
 * @klass: of widgets with one child, and no focus of their own
 * @grab: gives the focus to where it belongs in one of them
 *
 * Has gtk_widget_grab_focus() call @grab, and Tab and Shift+Tab go through the child alone: by itself
 * GTK grabs the focus for the widget when Shift+Tab leaves the child, and with @grab it would stay.
 */
void eonay_focus_install (GtkWidgetClass *klass, gboolean (*grab) (GtkWidget *widget));

/**
 * eonay_focus_name_panes:
 * @widget: with pages of #AdwStatusPage in it
 *
 * The pane that each of them scrolls in is called by the page's title. Tab stops at it only where it
 * has something to scroll, and nothing in it can have the focus. What comes into a page later is not
 * taken for a control.
 */
void eonay_focus_name_panes (GtkWidget *widget);

/**
 * eonay_focus_attach: for a window's constructor. Where what had the focus goes, Tab begins anew: by
 *   itself GTK 4.8 goes on from there for ever, and finds nothing. Calls eonay_announcement_attach(),
 *   eonay_accessible_name_buttons() and eonay_accessible_name_pages(), too
 */
void eonay_focus_attach (GtkWindow *window);

/** Returns: whether what has the focus in its window is in @widget; not merely had it last */
gboolean eonay_focus_is_in (GtkWidget *widget);

/**
 * Moves the focus to the first control in @widget, unless it is in there already.
 *
 * Returns: whether the focus is in @widget
 */
gboolean eonay_focus_move_into (GtkWidget *widget);

G_END_DECLS
