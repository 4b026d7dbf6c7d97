#pragma once

#include <glib.h>

#include "base/host/eonay-sandbox.h"

G_BEGIN_DECLS

/* The program eonay-pdf-renderer: draws and reads one PDF, for a program that it does not trust with
 * the document, nor the document with anything else. */

/**
 * eonay_pdf_renderer_new_sandbox:
 * @length: of the document, in bytes
 *
 * Returns: (transfer full): what it may do: read fonts, and use a limited memory
 */
EonaySandboxProfile *eonay_pdf_renderer_new_sandbox (gsize length);

/**
 * eonay_pdf_renderer_serve: answers what is asked on @fd until there is nothing more to answer
 * @document: the PDF
 */
void eonay_pdf_renderer_serve (int fd, GBytes *document);

/** Answers the first question on @fd with @error, of %EONAY_PAGE_ERROR. */
void eonay_pdf_renderer_refuse (int fd, const GError *error);

G_END_DECLS
