#pragma once

#include <adwaita.h>

#include "app/document/eonay-page-findings.h"
#include "app/document/eonay-page-view.h"

G_BEGIN_DECLS

/**
 * EonayPdfView: a PDF with its controls: page number, zoom, search, and a pane with the page's text,
 * which screen readers can read. Errors stand in the view, where the pages would be.
 *
 * Signal `judged`: the document can be shown, or not: see eonay_pdf_view_get_fault(). Signal
 * `page-seen (guint page)`; `all-seen`: every page was on the screen (EonayPageView), once for each
 * document. Signal `findings-changed`.
 */
#define EONAY_TYPE_PDF_VIEW (eonay_pdf_view_get_type ())
G_DECLARE_FINAL_TYPE (EonayPdfView, eonay_pdf_view, EONAY, PDF_VIEW, AdwBin)

GtkWidget *eonay_pdf_view_new (void);

/**
 * eonay_pdf_view_set_document:
 * @document: (nullable): the bytes to be shown, which are kept; %NULL for nothing
 * @title: (nullable): what screen readers call it; one line
 */
void eonay_pdf_view_set_document (EonayPdfView *self, GBytes *document, const char *title);

/**
 * eonay_pdf_view_set_seen: right after eonay_pdf_view_set_document()
 * @seen: (nullable): of the same bytes, from eonay_page_view_get_seen(): what was seen of them counts
 */
void eonay_pdf_view_set_seen (EonayPdfView *self, EonaySeenPages *seen);

/** Returns: (transfer none) (nullable): what is shown, as soon as it is being opened */
EonayPageSource *eonay_pdf_view_get_source (EonayPdfView *self);

/** Returns: (transfer none) (nullable): %EONAY_PAGE_ERROR: why it cannot be shown whole, as far as
 *   known */
const GError *eonay_pdf_view_get_fault (EonayPdfView *self);

/** Returns: 0 while that is not known */
guint eonay_pdf_view_get_n_pages (EonayPdfView *self);

/** With @wants: once the last page was seen, a button leads to what was skipped before it. */
void eonay_pdf_view_set_wants_all_seen (EonayPdfView *self, gboolean wants);

/** With @outside: once all findings are known, somebody else warns of them, and the view does not. */
void eonay_pdf_view_set_warned_outside (EonayPdfView *self, gboolean outside);

gboolean eonay_pdf_view_were_all_seen (EonayPdfView *self);

/** Returns: (transfer none) (nullable): what drawing has shown so far; %NULL before it is open */
EonayPageFindings *eonay_pdf_view_get_findings (EonayPdfView *self);

/** Returns: (transfer none): the pages themselves */
EonayPageView *eonay_pdf_view_get_pages (EonayPdfView *self);

/** Returns: (transfer none): lies over the pages: for what is placed on them (EonayPageView `moved`) */
GtkOverlay *eonay_pdf_view_get_overlay (EonayPdfView *self);

G_END_DECLS
