#include "app/widgets/eonay-focus.h"

#include "app/widgets/eonay-accessible-name.h"
#include "app/widgets/eonay-announcement.h"

#define FORGETTING "eonay-focus-forgetting"

static gboolean
focus (GtkWidget *widget, GtkDirectionType direction)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);

  return child != NULL && gtk_widget_child_focus (child, direction);
}

void
eonay_focus_install (GtkWidgetClass *klass, gboolean (*grab) (GtkWidget *widget))
{
  klass->focus = focus;
  klass->grab_focus = grab;
}

static gboolean
holds_control (GtkWidget *widget)
{
  gboolean found = FALSE;

  if (!gtk_widget_get_visible (widget))
    return FALSE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && !found;
       child = gtk_widget_get_next_sibling (child))
    found = holds_control (child);

  return found || gtk_widget_get_focusable (widget);
}

/* One that cannot have the focus itself, but in which something can, would keep Tab in GTK 4.8. */
static void
update_pane (GtkScrolledWindow *pane)
{
  GtkAdjustment *range = gtk_scrolled_window_get_vadjustment (pane);

  gtk_widget_set_can_focus (
      GTK_WIDGET (pane), gtk_adjustment_get_upper (range) > gtk_adjustment_get_page_size (range) ||
                             holds_control (gtk_scrolled_window_get_child (pane)));
}

static void
follow_controls (GtkScrolledWindow *pane, GtkWidget *widget)
{
  g_signal_connect_object (widget, "notify::visible", G_CALLBACK (update_pane), pane,
                           G_CONNECT_SWAPPED);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    follow_controls (pane, child);
}

static void
title_cb (GtkScrolledWindow *pane, GParamSpec *pspec, AdwStatusPage *page)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (pane), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  adw_status_page_get_title (page), -1);
}

static void
name_pane (AdwStatusPage *page)
{
  GtkScrolledWindow *pane = GTK_SCROLLED_WINDOW (gtk_widget_get_first_child (GTK_WIDGET (page)));
  GtkAdjustment *range = gtk_scrolled_window_get_vadjustment (pane);

  g_signal_connect_object (range, "changed", G_CALLBACK (update_pane), pane, G_CONNECT_SWAPPED);
  follow_controls (pane, gtk_scrolled_window_get_child (pane));
  update_pane (pane);
  g_signal_connect_object (page, "notify::title", G_CALLBACK (title_cb), pane, G_CONNECT_SWAPPED);
  title_cb (pane, NULL, page);
}

void
eonay_focus_name_panes (GtkWidget *widget)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));

  if (ADW_IS_STATUS_PAGE (widget))
    name_pane (ADW_STATUS_PAGE (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    eonay_focus_name_panes (child);
}

static gboolean
forget_cb (gpointer user_data)
{
  GtkWindow *window = user_data;
  GtkWidget *at = gtk_window_get_focus (window) == NULL ? GTK_WIDGET (window) : NULL;

  g_object_steal_data (G_OBJECT (window), FORGETTING);
  while (at != NULL)
    {
      GtkWidget *child = gtk_widget_get_focus_child (at);

      gtk_widget_set_focus_child (at, NULL);
      at = child;
    }

  return G_SOURCE_REMOVE;
}

static void
remove_source (gpointer id)
{
  g_source_remove (GPOINTER_TO_UINT (id));
}

/* Not at once: a focus that is only on its way has to arrive as if nothing had been in between. */
static void
focus_widget_cb (GtkWindow *window)
{
  guint id;

  if (gtk_window_get_focus (window) != NULL ||
      g_object_get_data (G_OBJECT (window), FORGETTING) != NULL)
    return;

  id = g_idle_add (forget_cb, window);
  g_object_set_data_full (G_OBJECT (window), FORGETTING, GUINT_TO_POINTER (id), remove_source);
}

void
eonay_focus_attach (GtkWindow *window)
{
  g_return_if_fail (GTK_IS_WINDOW (window));

  g_signal_connect (window, "notify::focus-widget", G_CALLBACK (focus_widget_cb), NULL);
  eonay_announcement_attach (window);
  eonay_accessible_name_buttons (GTK_WIDGET (window));
  eonay_accessible_name_pages (GTK_WIDGET (window));
}

gboolean
eonay_focus_is_in (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *at = root != NULL ? gtk_root_get_focus (root) : NULL;

  return at != NULL && gtk_widget_is_ancestor (at, widget);
}

gboolean
eonay_focus_move_into (GtkWidget *widget)
{
  return eonay_focus_is_in (widget) || gtk_widget_child_focus (widget, GTK_DIR_TAB_FORWARD);
}
