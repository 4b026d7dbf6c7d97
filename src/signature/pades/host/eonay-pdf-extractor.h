#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * eonay_pdf_extractor_extract: what a page draws, as a form XObject (ISO 32000-1, clause 8.10) with all
 *   that it refers to, to be carried into another file
 * @bytes: a PDF of one page, whose content is one stream, as cairo makes it
 * @first: the number that the form XObject gets; the others follow it
 *
 * Returns: (transfer full) (nullable): of the type %EONAY_PDF_APPEARANCE_TYPE
 */
GVariant *eonay_pdf_extractor_extract (const guint8 *bytes, gsize length, guint first);

G_END_DECLS
