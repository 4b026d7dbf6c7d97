#include "app/widgets/eonay-stack.h"

#include "app/widgets/eonay-announcement.h"

static void
hide_others (GtkWidget *stack, GtkWidget *page)
{
  for (GtkWidget *child = gtk_widget_get_first_child (stack); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    gtk_accessible_update_state (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_STATE_HIDDEN, child != page,
                                 -1);
}

void
eonay_stack_show (GtkStack *stack, const char *name)
{
  GtkWidget *page = gtk_stack_get_child_by_name (stack, name);

  gtk_stack_set_visible_child (stack, page);
  hide_others (GTK_WIDGET (stack), page);
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

gboolean
eonay_stack_shows (GtkStack *stack, const char *name)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (stack), name) == 0;
}
