#include "app/widgets/eonay-stack.h"

#include "app/widgets/eonay-announcement.h"

/* What is in the page, and not the page: GTK has an object of its own around a page, which would still
 * count it, and have none to show. Orca 43, asked for what had the focus, stumbles over that, and says
 * nothing of what has it now. */
static void
set_hidden (GtkWidget *page, gboolean hidden)
{
  for (GtkWidget *child = gtk_widget_get_first_child (page); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    gtk_accessible_update_state (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_STATE_HIDDEN,
                                 hidden || !gtk_widget_get_visible (child), -1);
}

/* The page that is shown comes first: of a focus in what is hidden, screen readers do not hear. */
static void
hide_others (GtkWidget *stack, GtkWidget *shown)
{
  set_hidden (shown, FALSE);
  for (GtkWidget *child = gtk_widget_get_first_child (stack); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (child != shown)
      set_hidden (child, TRUE);
}

void
eonay_stack_show (GtkStack *stack, const char *name)
{
  GtkWidget *page = gtk_stack_get_child_by_name (stack, name);

  hide_others (GTK_WIDGET (stack), page);
  gtk_stack_set_visible_child (stack, page);
}

static void
page_cb (GtkWidget *stack)
{
  g_autoptr (GtkWidget) page = NULL;

  g_object_get (stack, "visible-child", &page, NULL);
  hide_others (stack, page);
}

void
eonay_stack_follow (GtkWidget *stack)
{
  g_return_if_fail (GTK_IS_WIDGET (stack));

  g_signal_connect (stack, "notify::visible-child", G_CALLBACK (page_cb), NULL);
  page_cb (stack);
}

void
eonay_stack_describe_page (GtkWidget *control, const char *title, const char *text)
{
  g_autofree char *both = g_strjoin (text[0] != '\0' ? "\n" : "", title, text, NULL);

  eonay_announcement_describe (control, both);
}

void
eonay_stack_name_page (GtkWidget *page, const char *name)
{
  GtkWidget *stack = gtk_widget_get_parent (page);

  if (GTK_IS_STACK (stack))
    gtk_stack_page_set_title (gtk_stack_get_page (GTK_STACK (stack), page), name);
}

gboolean
eonay_stack_shows (GtkStack *stack, const char *name)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (stack), name) == 0;
}
