#pragma once

#include "app/document/wire/eonay-page-answer.h"

G_BEGIN_DECLS

/**
 * EonayPdfDocument: a PDF that is drawn, read and searched with poppler; the only room that knows it.
 * For the process that is confined: what a hostile document does to it happens in there.
 *
 * Blocking, and of one thread.
 */
typedef struct _EonayPdfDocument EonayPdfDocument;

/**
 * eonay_pdf_document_open:
 * @bytes: the document; not copied
 *
 * Returns: (transfer full): %NULL with %EONAY_PAGE_ERROR_MALFORMED, _ENCRYPTED or _TOO_LARGE
 */
EonayPdfDocument *eonay_pdf_document_open (GBytes *bytes, GError **error);

/** As eonay_pdf_document_open(), which reads a linearized file as it is once something stands behind
 *   it; this one reads it as readers do that go by its first page. */
EonayPdfDocument *eonay_pdf_document_open_as_others (GBytes *bytes, GError **error);
void eonay_pdf_document_free (EonayPdfDocument *self);

/** Returns: (transfer full) (element-type EonayPageSize): of all pages */
GArray *eonay_pdf_document_list_sizes (EonayPdfDocument *self);

/**
 * eonay_pdf_document_draw:
 * @request: of %EONAY_PAGE_ASK_DRAW, decoded
 *
 * Returns: (transfer full): @request's pixels as of EonayPageAnswer; %NULL with
 *   %EONAY_PAGE_ERROR_NOT_DRAWN
 */
GBytes *eonay_pdf_document_draw (EonayPdfDocument *self, const EonayPageRequest *request,
                                 GError **error);

/** Returns: whether something on a page that was drawn is missing or damaged, and was left out */
gboolean eonay_pdf_document_is_incomplete (EonayPdfDocument *self, guint page);

/* What follows sets the members of @answer that belong to the question. */

void eonay_pdf_document_read_text (EonayPdfDocument *self, guint page, EonayPageAnswer *answer);

/**
 * eonay_pdf_document_search:
 * @text: without regard to upper and lower case, nor to i and ı; a blank is any amount of blanks or
 *   line ends
 */
void eonay_pdf_document_search (EonayPdfDocument *self, guint page, guint n_pages, const char *text,
                                EonayPageAnswer *answer);

void eonay_pdf_document_list_links (EonayPdfDocument *self, guint page, EonayPageAnswer *answer);

void eonay_pdf_document_list_fonts (EonayPdfDocument *self, guint page, guint n_pages,
                                    EonayPageAnswer *answer);

/**
 * Draws the page as for the screen and as for a printer, and compares the pictures.
 *
 * Returns: %FALSE with %EONAY_PAGE_ERROR_NOT_DRAWN
 */
gboolean eonay_pdf_document_compare (EonayPdfDocument *self, guint page, EonayPageAnswer *answer,
                                     GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayPdfDocument, eonay_pdf_document_free)

G_END_DECLS
