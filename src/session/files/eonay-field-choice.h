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
 * The field that was chosen (eonay_own_file_set_field()). Without a choice it is a new one; where none
 * may be added, the first empty one that is seen, or the first at all.
 *
 * Returns: (transfer none) (nullable): %NULL without @error for a new field; %NULL with
 *   %EONAY_SIGNATURE_ERROR_PDF_FIELD if the chosen one is not there, or with an error of
 *   eonay_pdf_inspection_check_signable()
 */
const EonayPdfField *eonay_field_choice_find (EonayOwnFile *file, GError **error);

/** Returns: whether @field can show a mark */
gboolean eonay_field_choice_is_seen (const EonayPdfField *field);

/** Returns: (transfer full): "“Tenant”, page 2", in the person's language; one line */
char *eonay_field_choice_describe (const EonayPdfField *field);

G_END_DECLS
