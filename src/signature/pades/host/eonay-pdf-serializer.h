#pragma once

#include "signature/pades/host/eonay-pdf-source.h"

G_BEGIN_DECLS

/*
 * Objects as they are written into a file; not with qpdf's own functions for it, which damage names
 * with a "#" in them.
 */

/**
 * eonay_pdf_serializer_append:
 *
 * Appends @object: as a reference if it is indirect, else itself.
 *
 * Returns: %FALSE if it is too long, too deep, or nothing that can be written
 */
gboolean eonay_pdf_serializer_append (EonayPdfSource *source, guint object, GString *text);

/**
 * eonay_pdf_serializer_list_entries: of a dictionary, those that are not named in @without
 * @is_complete: (inout): becomes %FALSE if one cannot be written
 *
 * Returns: (transfer floating): of type "a(ayay)": each key, decoded, and its value as text
 */
GVariant *eonay_pdf_serializer_list_entries (EonayPdfSource *source, guint object,
                                             const char *const *without, gboolean *is_complete);

/** Returns: (transfer floating): the items of an array, of type "aay" */
GVariant *eonay_pdf_serializer_list_items (EonayPdfSource *source, guint object,
                                           gboolean *is_complete);

G_END_DECLS
