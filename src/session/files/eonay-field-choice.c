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

const EonayPdfField *
eonay_field_choice_find (EonayOwnFile *file, GError **error)
{
  EonayPdfInspection *inspection;
  const EonayPdfField *field = NULL;

  g_return_val_if_fail (EONAY_IS_OWN_FILE (file), NULL);

  inspection = eonay_own_file_get_inspection (file);
  g_return_val_if_fail (inspection != NULL, NULL);

  eonay_pdf_inspection_choose_field (inspection, eonay_own_file_get_field (file), &field, error);

  return field;
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
