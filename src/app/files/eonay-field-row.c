#include "app/files/eonay-field-row.h"

#include <glib/gi18n-lib.h>

#include "session/files/eonay-field-choice.h"

struct _EonayFieldRow {
  AdwComboRow parent_instance;

  EonayOwnFile *file; /* nullable */
  GPtrArray *names;   /* nullable: in the order of the list; NULL for a new field */
};

G_DEFINE_FINAL_TYPE (EonayFieldRow, eonay_field_row, ADW_TYPE_COMBO_ROW)

static void
selected_cb (EonayFieldRow *self)
{
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self));

  if (self->file != NULL && self->names != NULL && selected < self->names->len)
    eonay_own_file_set_field (self->file, self->names->pdata[selected]);
}

static void
eonay_field_row_dispose (GObject *object)
{
  EonayFieldRow *self = EONAY_FIELD_ROW (object);

  g_clear_object (&self->file);
  g_clear_pointer (&self->names, g_ptr_array_unref);

  G_OBJECT_CLASS (eonay_field_row_parent_class)->dispose (object);
}

static void
eonay_field_row_class_init (EonayFieldRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = eonay_field_row_dispose;
}

static void
eonay_field_row_init (EonayFieldRow *self)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _ ("Signature field"));
  adw_combo_row_set_use_subtitle (ADW_COMBO_ROW (self), TRUE);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self), 0);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  g_signal_connect_object (self, "notify::selected", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
}

/* Returns: which one of the list is signed */
static guint
list_fields (EonayFieldRow *self, GtkStringList *list)
{
  EonayPdfInspection *inspection = eonay_own_file_get_inspection (self->file);
  const EonayPdfField *chosen = eonay_field_choice_find (self->file, NULL);
  g_autoptr (GPtrArray) fields = eonay_field_choice_list (inspection);
  guint selected = 0;

  if (fields->len > 0 && eonay_pdf_inspection_may_add_field (inspection, NULL))
    {
      gtk_string_list_append (list, _ ("A new one"));
      g_ptr_array_add (self->names, NULL);
    }
  for (guint i = 0; i < fields->len; i++)
    {
      const EonayPdfField *field = fields->pdata[i];
      g_autofree char *description = eonay_field_choice_describe (field);

      if (field == chosen)
        selected = self->names->len;
      gtk_string_list_append (list, description);
      g_ptr_array_add (self->names, g_strdup (field->name));
    }

  return selected;
}

void
eonay_field_row_set_file (EonayFieldRow *self, EonayOwnFile *file)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  guint selected = 0;

  g_return_if_fail (EONAY_IS_FIELD_ROW (self));

  /* A change of the list is no choice. */
  g_clear_object (&self->file);
  g_clear_pointer (&self->names, g_ptr_array_unref);
  self->names = g_ptr_array_new_with_free_func (g_free);
  self->file = file != NULL ? g_object_ref (file) : NULL;
  if (file != NULL && eonay_own_file_get_inspection (file) != NULL &&
      eonay_pdf_inspection_check_signable (eonay_own_file_get_inspection (file), NULL))
    selected = list_fields (self, list);

  g_signal_handlers_block_by_func (self, selected_cb, self);
  adw_combo_row_set_model (ADW_COMBO_ROW (self), G_LIST_MODEL (list));
  adw_combo_row_set_selected (ADW_COMBO_ROW (self), selected);
  g_signal_handlers_unblock_by_func (self, selected_cb, self);
  gtk_widget_set_visible (GTK_WIDGET (self), self->names->len > 0);
}
