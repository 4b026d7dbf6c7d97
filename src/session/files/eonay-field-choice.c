#include "session/files/eonay-field-choice.h"

#include <glib/gi18n-lib.h>

GPtrArray *
eonay_field_choice_list (EonayPdfInspection *inspection)
{
  GPtrArray *list = g_ptr_array_new ();
  const EonayPdfField *fields;
  guint n_fields;

  g_return_val_if_fail (EONAY_IS_PDF_INSPECTION (inspection), list);

  fields = eonay_pdf_inspection_get_empty_fields (inspection, &n_fields);
  for (guint i = 0; i < n_fields; i++)
    if (eonay_pdf_inspection_find_field (inspection, fields[i].name, NULL) == &fields[i])
      g_ptr_array_add (list, (gpointer) &fields[i]);

  return list;
}

gboolean
eonay_field_choice_is_seen (const EonayPdfField *field)
{
  return field->page > 0 && field->box.left < field->box.right &&
         field->box.bottom < field->box.top;
}

const EonayPdfField *
eonay_field_choice_find (EonayOwnFile *file, GError **error)
{
  EonayPdfInspection *inspection;
  g_autoptr (GPtrArray) fields = NULL;

  g_return_val_if_fail (EONAY_IS_OWN_FILE (file), NULL);

  inspection = eonay_own_file_get_inspection (file);
  g_return_val_if_fail (inspection != NULL, NULL);

  if (!eonay_pdf_inspection_check_signable (inspection, error))
    return NULL;
  if (eonay_own_file_get_field (file) != NULL)
    return eonay_pdf_inspection_find_field (inspection, eonay_own_file_get_field (file), error);
  if (eonay_pdf_inspection_may_add_field (inspection, NULL))
    return NULL;

  fields = eonay_field_choice_list (inspection);
  for (guint i = 0; i < fields->len; i++)
    if (eonay_field_choice_is_seen (fields->pdata[i]))
      return fields->pdata[i];

  return fields->len > 0 ? fields->pdata[0] : NULL;
}

char *
eonay_field_choice_describe (const EonayPdfField *field)
{
  if (field->page == 0)
    /* TRANSLATORS: the name of a signature field of a PDF. */
    return g_strdup_printf (_ ("“%s”"), field->label);

  /* TRANSLATORS: the name of a signature field of a PDF, and its page. */
  return g_strdup_printf (_ ("“%s”, page %u"), field->label, field->page);
}
