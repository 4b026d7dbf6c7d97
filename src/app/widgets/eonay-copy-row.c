#include "app/widgets/eonay-copy-row.h"

#include <glib/gi18n-lib.h>

#include "app/widgets/eonay-announcement.h"

struct _EonayCopyRow {
  AdwActionRow parent_instance;

  GtkWidget *button;
  char *copied;
};

G_DEFINE_FINAL_TYPE (EonayCopyRow, eonay_copy_row, ADW_TYPE_ACTION_ROW)

static void
copy_cb (EonayCopyRow *self)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->copied);
  if (overlay != NULL)
    eonay_announcement_toast (ADW_TOAST_OVERLAY (overlay), _ ("Copied"));
}

static void
eonay_copy_row_finalize (GObject *object)
{
  g_clear_pointer (&EONAY_COPY_ROW (object)->copied, g_free);

  G_OBJECT_CLASS (eonay_copy_row_parent_class)->finalize (object);
}

static void
eonay_copy_row_class_init (EonayCopyRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = eonay_copy_row_finalize;
}

static void
eonay_copy_row_init (EonayCopyRow *self)
{
  self->button = gtk_button_new_from_icon_name ("edit-copy-symbolic");
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->button, "flat");
  gtk_widget_set_tooltip_text (self->button, _ ("Copy"));
  g_signal_connect_object (self->button, "clicked", G_CALLBACK (copy_cb), self, G_CONNECT_SWAPPED);

  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->button);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self), 0);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "fact");
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
eonay_copy_row_new (const char *title)
{
  return g_object_new (EONAY_TYPE_COPY_ROW, "title", title, NULL);
}

void
eonay_copy_row_set_value (EonayCopyRow *self, const char *value, const char *copied)
{
  g_autofree char *label = NULL;

  g_return_if_fail (EONAY_IS_COPY_ROW (self));

  g_free (self->copied);
  self->copied = g_strdup (copied != NULL ? copied : value);
  gtk_widget_set_visible (GTK_WIDGET (self), value != NULL && value[0] != '\0');
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), value != NULL ? value : "");

  /* TRANSLATORS: %s is the name of a fact, such as "Receipt". */
  label = g_strdup_printf (_ ("Copy: %s"),
                           adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self)));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
}
