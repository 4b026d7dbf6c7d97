#pragma once

#include "app/document/host/eonay-pdf-document.h"

G_BEGIN_DECLS

/**
 * EonayPdfUpdateComparison: a document before and after its last update, side by side: as it was
 * shown, and as others will read what is given to them. All zero at first.
 */
typedef struct {
  EonayPdfDocument *before;
  EonayPdfDocument *after;
} EonayPdfUpdateComparison;

/**
 * eonay_pdf_update_comparison_run:
 * @updated: all of it
 * @shown: the same, as it would be shown
 * @request: of %EONAY_PAGE_ASK_UPDATED, decoded; of the same length each time
 *
 * Draws a page twice, and compares pixel by pixel. Sets the members of @answer that belong to the question.
 */
void eonay_pdf_update_comparison_run (EonayPdfUpdateComparison *self, GBytes *updated,
                                      EonayPdfDocument *shown, const EonayPageRequest *request,
                                      EonayPageAnswer *answer);

void eonay_pdf_update_comparison_clear (EonayPdfUpdateComparison *self);

G_END_DECLS
