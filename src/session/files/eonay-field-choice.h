#pragma once

#include "session/files/eonay-own-file.h"

G_BEGIN_DECLS

/* Which signature field of a PDF is signed: people are to know it before they sign. */

/** Returns: (transfer full) (element-type EonayPdfField): empty fields of @inspection, which owns them, that
 *   may be signed */
GPtrArray *eonay_field_choice_list (EonayPdfInspection *inspection);

/**
 * eonay_field_choice_find:
 * @file: a PDF that has been looked into
 *
 * Of what was chosen (eonay_own_file_set_field()).
 *
 * Returns: (transfer none) (nullable): %NULL without @error for a new field; %NULL with an error of
 *   eonay_pdf_inspection_choose_field()
 */
const EonayPdfField *eonay_field_choice_find (EonayOwnFile *file, GError **error);

/** Returns: (transfer full): "“Tenant”, page 2", in the person's language; one line */
char *eonay_field_choice_describe (const EonayPdfField *field);

G_END_DECLS
