#include "app/pin/eonay-change-pin-dialog.h"
#include "app/unblock/eonay-unblock-dialog.h"
#include "app/window/eonay-window-private.h"

/* Returns: (transfer full): the visible windows that stand on @window */
static GPtrArray *
list_dialogs (GtkWindow *window)
{
  GPtrArray *dialogs = g_ptr_array_new_with_free_func (g_object_unref);
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) dialog = g_list_model_get_item (windows, i);

      if (gtk_window_get_transient_for (dialog) == window &&
          gtk_widget_get_visible (GTK_WIDGET (dialog)))
        g_ptr_array_add (dialogs, g_steal_pointer (&dialog));
    }

  return dialogs;
}

GtkWindow *
eonay_window_find_front (EonayWindow *self)
{
  GtkWindow *front = NULL;
  GtkWindow *above = GTK_WINDOW (self);

  g_return_val_if_fail (EONAY_IS_WINDOW (self), NULL);

  while (above != NULL)
    {
      g_autoptr (GPtrArray) dialogs = list_dialogs (above);

      front = above;
      above = NULL;
      for (guint i = 0; i < dialogs->len && above == NULL; i++)
        if (gtk_window_get_modal (g_ptr_array_index (dialogs, i)))
          above = g_ptr_array_index (dialogs, i);
    }

  return front;
}

GtkWindow *
eonay_window_present_front (EonayWindow *self)
{
  GtkWindow *front;

  g_return_val_if_fail (EONAY_IS_WINDOW (self), NULL);

  front = eonay_window_find_front (self);
  gtk_window_present (front);

  return front;
}

/* What is in the midst of it refuses or asks, and has to be seen then. */
static gboolean
close_dialog (GtkWindow *dialog)
{
  g_autoptr (GPtrArray) questions = list_dialogs (dialog);

  if (questions->len > 0)
    {
      gtk_window_present (g_ptr_array_index (questions, 0));
      return FALSE;
    }

  gtk_window_close (dialog);
  if (!gtk_widget_get_visible (GTK_WIDGET (dialog)))
    return TRUE;

  gtk_window_present (dialog);

  return FALSE;
}

/* A window that goes takes its dialogs along, without asking them. */
gboolean
eonay_window_close_dialogs (EonayWindow *self)
{
  g_autoptr (GPtrArray) dialogs = list_dialogs (GTK_WINDOW (self));

  for (guint i = 0; i < dialogs->len; i++)
    {
      GtkWindow *dialog = g_ptr_array_index (dialogs, i);

      if ((EONAY_IS_CHANGE_PIN_DIALOG (dialog) || EONAY_IS_UNBLOCK_DIALOG (dialog)) &&
          !close_dialog (dialog))
        return FALSE;
    }

  return TRUE;
}
