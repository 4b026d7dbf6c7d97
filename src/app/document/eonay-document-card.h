#pragma once

#include <adwaita.h>

#include "app/document/eonay-pdf-view.h"
#include "portal/eonay-transaction.h"
#include "signature/pades/eonay-pdf-inspection.h"

G_BEGIN_DECLS

/**
 * EonayDocumentCard: a document exactly as it will be signed: a text in a readable column,
 * selectable, not editable, with a warning above it if it contains invisible characters; or the pages
 * of a PDF.
 *
 * Signal `judged`: the document can be shown completely in its present layout, or not: see
 * eonay_document_card_get_fault(). Signal `end-seen`: it can, and its end, or each of its pages, was
 * drawn on screen; emitted once for each eonay_document_card_set_document().
 */
#define EONAY_TYPE_DOCUMENT_CARD (eonay_document_card_get_type ())
G_DECLARE_FINAL_TYPE (EonayDocumentCard, eonay_document_card, EONAY, DOCUMENT_CARD, AdwBin)

/**
 * eonay_document_card_set_document:
 * @document: with its content
 *
 * Returns: %FALSE, and shows nothing, if the content cannot be shown as text; whether a PDF can be
 *   shown is known with `judged`
 */
gboolean eonay_document_card_set_document (EonayDocumentCard *self, EonayDocument *document,
                                           GError **error);

/**
 * eonay_document_card_set_inspection: right after eonay_document_card_set_document() with a PDF
 * @inspection: (nullable): of it; that it finds other pages is a fault
 */
void eonay_document_card_set_inspection (EonayDocumentCard *self, EonayPdfInspection *inspection);

/** Shows nothing, and lets go of what was shown. */
void eonay_document_card_clear (EonayDocumentCard *self);

/** Returns: (transfer none): where a PDF is shown, seen or not */
EonayPdfView *eonay_document_card_get_pdf_view (EonayDocumentCard *self);

/** Returns: (transfer none) (nullable): why the document cannot be shown completely, as far as known */
const GError *eonay_document_card_get_fault (EonayDocumentCard *self);

G_END_DECLS
