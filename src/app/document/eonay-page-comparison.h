#pragma once

#include "app/document/wire/eonay-page-answer.h"
#include "base/host/eonay-sealed-memory.h"
#include "signature/pades/eonay-pdf-inspection.h"

G_BEGIN_DECLS

/* Whether the pages that were shown are those of the file that is signed. Two programs read the same
 * bytes: the one that draws them, and the one that looks into them and knows where an update has to go.
 * What one of them sees otherwise than the other must not be signed. */

/**
 * eonay_page_comparison_check_sizes:
 * @sizes: (element-type EonayPageSize): of all pages, as they are drawn
 *
 * Returns: %FALSE with %EONAY_SIGNATURE_ERROR_PDF_AMBIGUOUS if @inspection has other pages
 */
gboolean eonay_page_comparison_check_sizes (GArray *sizes, EonayPdfInspection *inspection,
                                            GError **error);

/**
 * eonay_page_comparison_run: an EonayPadesCheck
 *
 * Draws each page of the first @length bytes, as it is shown, and of all of @prepared, as others will
 * read it, and compares them pixel by pixel, but for @mark (nullable) on page @page (from 1 on). In
 * processes of their own (EonayPageHost); blocks, for a minute at most.
 *
 * Returns: %FALSE with %EONAY_SIGNATURE_ERROR_PDF_AMBIGUOUS, _PDF_CHANGED (a page would be another one),
 *   _PDF_TOO_COMPLEX (it takes too long), _PDF_CRASHED (what draws them crashed), or an error of
 *   eonay_page_host_ask()
 */
gboolean eonay_page_comparison_run (EonaySealedMemory *prepared, gsize length,
                                    EonayPdfInspection *inspection, guint page,
                                    const EonayPdfBox *mark, GError **error);

G_END_DECLS
