#include "app/widgets/eonay-copy-row.h"

#include "app/widgets/eonay-copy-button.h"

struct _EonayCopyRow {
  AdwActionRow parent_instance;

  GtkWidget *button;
};

G_DEFINE_FINAL_TYPE (EonayCopyRow, eonay_copy_row, ADW_TYPE_ACTION_ROW)

static void
eonay_copy_row_class_init (EonayCopyRowClass *klass)
{
}

static void
eonay_copy_row_init (EonayCopyRow *self)
{
  self->button = eonay_copy_button_new ();
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
  g_return_if_fail (EONAY_IS_COPY_ROW (self));

  gtk_widget_set_visible (GTK_WIDGET (self), value != NULL && value[0] != '\0');
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), value != NULL ? value : "");
  eonay_copy_button_set_text (EONAY_COPY_BUTTON (self->button), copied != NULL ? copied : value,
                              adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self)));
}
