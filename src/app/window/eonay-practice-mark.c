#include "app/window/eonay-practice-mark.h"

#include <glib/gi18n-lib.h>

#include "app/pin/eonay-change-pin-dialog.h"
#include "app/pin/eonay-pin-dialog.h"
#include "app/unblock/eonay-unblock-dialog.h"

/* As the banner of the main window. */
static GtkWidget *
make_strip (void)
{
  GtkWidget *strip = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *label = gtk_label_new (_ ("PRACTICE MODE · signatures are not valid"));

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (label, "caption-heading");
  gtk_widget_add_css_class (strip, "practice-banner");
  gtk_box_append (GTK_BOX (strip), label);

  return strip;
}

static gboolean
asks_for_secret (GtkWidget *window)
{
  return EONAY_IS_PIN_DIALOG (window) || EONAY_IS_CHANGE_PIN_DIALOG (window) ||
         EONAY_IS_UNBLOCK_DIALOG (window);
}

/* Below the header. A dialog may come up more than once. */
static void
realize_cb (GtkWidget *window)
{
  GtkWidget *content;
  GtkWidget *strip;

  g_signal_handlers_disconnect_by_func (window, realize_cb, NULL);
  if (!asks_for_secret (window))
    return;

  content = adw_window_get_content (ADW_WINDOW (window));
  strip = make_strip ();
  /* There it goes on with the practice cards. */
  gtk_widget_set_margin_bottom (strip, EONAY_IS_UNBLOCK_DIALOG (window) ? 0 : 12);
  gtk_box_insert_child_after (GTK_BOX (content), strip, gtk_widget_get_first_child (content));
}

/* What a new window is, is not known yet: it is being made. */
static void
windows_changed_cb (GListModel *windows, guint position, guint removed, guint added)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      g_signal_connect (window, "realize", G_CALLBACK (realize_cb), NULL);
    }
}

void
eonay_practice_mark_attach (GtkWindow *window)
{
  g_return_if_fail (GTK_IS_WINDOW (window));

  gtk_window_set_title (window, _ ("e-Onay · PRACTICE MODE"));
  g_signal_connect_object (gtk_window_get_toplevels (), "items-changed",
                           G_CALLBACK (windows_changed_cb), window, 0);
}
