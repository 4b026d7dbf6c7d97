#include "app/widgets/eonay-accessible-name.h"

#include <glib/gi18n-lib.h>

void
eonay_accessible_name_lists (GtkWidget *widget, const char *name)
{
  g_return_if_fail (GTK_IS_WIDGET (widget) && name != NULL);

  if (GTK_IS_LIST_BOX (widget) || GTK_IS_LIST_VIEW (widget))
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                    -1);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    eonay_accessible_name_lists (child, name);
}

static void
hide_revealers (GtkWidget *widget, gboolean hidden)
{
  if (GTK_IS_REVEALER (widget))
    gtk_accessible_update_state (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_STATE_HIDDEN, hidden, -1);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    hide_revealers (child, hidden);
}

static void
expanded_cb (AdwExpanderRow *row)
{
  hide_revealers (GTK_WIDGET (row), !adw_expander_row_get_expanded (row));
}

void
eonay_accessible_name_expander (AdwExpanderRow *row, const char *name)
{
  g_return_if_fail (ADW_IS_EXPANDER_ROW (row));

  eonay_accessible_name_lists (GTK_WIDGET (row), name);
  g_signal_connect (row, "notify::expanded", G_CALLBACK (expanded_cb), NULL);
  expanded_cb (row);
}

static void
search_mode_cb (GtkSearchBar *bar)
{
  gtk_accessible_update_state (GTK_ACCESSIBLE (gtk_search_bar_get_child (bar)),
                               GTK_ACCESSIBLE_STATE_HIDDEN, !gtk_search_bar_get_search_mode (bar),
                               -1);
}

static void
name_search_entries (GtkWidget *widget, const char *name)
{
  if (GTK_IS_SEARCH_ENTRY (widget))
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                    -1);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    name_search_entries (child, name);
}

void
eonay_accessible_name_search (GtkSearchBar *bar, const char *name)
{
  g_return_if_fail (GTK_IS_SEARCH_BAR (bar));

  name_search_entries (GTK_WIDGET (bar), name);
  g_signal_connect (bar, "notify::search-mode-enabled", G_CALLBACK (search_mode_cb), NULL);
  search_mode_cb (bar);
}

void
eonay_accessible_name_button (GtkButton *button, const char *name)
{
  g_return_if_fail (GTK_IS_BUTTON (button) && name != NULL);

  /* GTK has the label in a button label it: readers say both, or that instead of the name. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/* Returns: (transfer full): @label as it is shown, its mnemonic's underscore taken out */
static char *
strip_mnemonic (const char *label)
{
  GString *shown = g_string_new (NULL);

  for (const char *at = label; *at != '\0'; at++)
    if (*at != '_' || *++at != '\0')
      g_string_append_c (shown, *at);
    else
      break;

  return g_string_free (shown, FALSE);
}

static void
label_cb (GtkWidget *button)
{
  g_autofree char *label = NULL;
  g_autofree char *shown = NULL;
  gboolean underlines;

  g_object_get (button, "label", &label, "use-underline", &underlines, NULL);
  if (label == NULL || !underlines)
    return;

  shown = strip_mnemonic (label);
  eonay_accessible_name_button (GTK_BUTTON (button), shown);
}

/* GTK has the picture label the button, and readers say what that is called. */
static void
picture_cb (GtkWidget *button)
{
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
}

/* A menu is called as the button that opens it. */
static void
popover_cb (GtkMenuButton *button)
{
  GtkPopover *popover = gtk_menu_button_get_popover (button);
  const char *label = gtk_menu_button_get_label (button);
  const char *name = label != NULL ? label : gtk_widget_get_tooltip_text (GTK_WIDGET (button));

  if (popover == NULL || name == NULL)
    return;

  gtk_accessible_update_property (GTK_ACCESSIBLE (popover), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  eonay_accessible_name_pages (GTK_WIDGET (popover));
}

void
eonay_accessible_name_pages (GtkWidget *widget)
{
  g_autoptr (GListModel) pages = GTK_IS_STACK (widget)
                                     ? G_LIST_MODEL (gtk_stack_get_pages (GTK_STACK (widget)))
                                     : NULL;

  for (guint i = 0; pages != NULL && i < g_list_model_get_n_items (pages); i++)
    {
      g_autoptr (GObject) page = g_list_model_get_item (pages, i);

      if (gtk_stack_page_get_title (GTK_STACK_PAGE (page)) == NULL)
        gtk_accessible_update_property (GTK_ACCESSIBLE (page), GTK_ACCESSIBLE_PROPERTY_LABEL, "",
                                        -1);
    }
  if (ADW_IS_VIEW_SWITCHER (widget))
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    _ ("Views"), -1);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    eonay_accessible_name_pages (child);
}

void
eonay_accessible_name_hide_pictures (void)
{
  g_autoptr (GTypeClass) klass = g_type_class_ref (GTK_TYPE_IMAGE);

  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

void
eonay_accessible_name_buttons (GtkWidget *widget)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));

  if (GTK_IS_MENU_BUTTON (widget))
    {
      g_signal_connect (widget, "notify::menu-model", G_CALLBACK (popover_cb), NULL);
      popover_cb (GTK_MENU_BUTTON (widget));
    }
  if (GTK_IS_BUTTON (widget) && gtk_button_get_icon_name (GTK_BUTTON (widget)) != NULL)
    {
      g_signal_connect (widget, "notify::icon-name", G_CALLBACK (picture_cb), NULL);
      picture_cb (widget);
    }
  if (GTK_IS_BUTTON (widget) && gtk_button_get_use_underline (GTK_BUTTON (widget)))
    {
      g_signal_connect (widget, "notify::label", G_CALLBACK (label_cb), NULL);
      label_cb (widget);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    eonay_accessible_name_buttons (child);
}
