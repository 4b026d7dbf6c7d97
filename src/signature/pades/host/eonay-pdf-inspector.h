#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * eonay_pdf_inspector_inspect: reads a PDF as its bytes are; nothing is repaired, drawn or run
 * @page: the page that a new signature field would be on, from 1 on
 *
 * What is found: see #EonayPdfFindingKind. What keeps the file from being signed:
 * - no "%PDF-" within the first 1024 bytes: %EONAY_SIGNATURE_ERROR_PDF_MALFORMED;
 * - anything before it, more than 1024 bytes after the last "%%EOF", a startxref that leads to no
 *   cross-reference section, and everything that qpdf warns of but a wrong /Size: _PDF_DAMAGED;
 *   likewise a cross-reference that is not true of each object, or from which readers may take one
 *   object or another; a page tree with a loop or a page that is there twice, and a form that is none;
 * - encryption, also with an empty password: _PDF_ENCRYPTED;
 * - more objects, pages or fields than eonay-pdf-report.h allows: _PDF_TOO_COMPLEX.
 *
 * Whether earlier signatures allow another one is left to #EonayPdfInspection.
 *
 * May need much time and memory, and crash: to be called in the process that is made for it.
 *
 * Returns: (transfer full): of the type %EONAY_PDF_REPORT_TYPE
 */
GVariant *eonay_pdf_inspector_inspect (const guint8 *bytes, gsize length, guint page);

G_END_DECLS
