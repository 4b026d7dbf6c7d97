#pragma once

#include <glib.h>

#include "signature/pades/eonay-pdf-finding.h"

G_BEGIN_DECLS

/**
 * eonay_finding_words_is_warning:
 *
 * Returns: whether people have to have read of it before they sign; else it is a thing that is found
 *   in many documents, and can be mentioned
 */
gboolean eonay_finding_words_is_warning (EonayPdfFindingKind kind);

/** Returns: (transfer none): a sentence in the person's language */
const char *eonay_finding_words_describe (EonayPdfFindingKind kind);

/**
 * eonay_finding_words_list:
 * @findings: (array length=n_findings): sorted by kind, then page
 * @warnings: only those that are warnings; else only those that are not
 * @all: name all pages; else the first ones, and how many more there are
 *
 * Returns: (transfer full): a sentence for each kind, with the pages where it is found
 */
GStrv eonay_finding_words_list (const EonayPdfFinding *findings, guint n_findings,
                                gboolean warnings, gboolean all);

/**
 * @pages: (array length=n_pages): in their order
 *
 * Returns: (transfer full): "1–3, 5"; unless @all, " and 7 more" for what is behind the first ones
 */
char *eonay_finding_words_name_pages (const guint *pages, guint n_pages, gboolean all);

/**
 * eonay_finding_words_list_drawn: the warnings, and one of what drawing has shown
 * @incomplete: (nullable) (element-type guint): pages, from 0, that could not be drawn whole
 *
 * Returns: (transfer full): as eonay_finding_words_list()
 */
GStrv eonay_finding_words_list_drawn (const EonayPdfFinding *findings, guint n_findings,
                                      GArray *incomplete, gboolean all);

G_END_DECLS
