#pragma once

#include "signature/pades/host/eonay-pdf-source.h"

G_BEGIN_DECLS

/*
 * Objects as they are written into a file; not with qpdf's own functions for it, which damage names
 * with a "#" in them.
 */

/**
 * EonayPdfNumbering: new numbers for the objects that are referred to, in the order in which they are met
 *
 * @numbers: number in the file → new number
 * @queue: (element-type guint): the objects themselves
 * @next: the next new number
 */
typedef struct {
  GHashTable *numbers;
  GArray *queue;
  guint next;
} EonayPdfNumbering;

/**
 * eonay_pdf_serializer_append:
 * @numbering: (nullable): %NULL keeps the file's own numbers
 *
 * Appends @object: as a reference if it is indirect, else itself.
 *
 * Returns: %FALSE if it is too long, too deep, or nothing that can be written
 */
gboolean eonay_pdf_serializer_append (EonayPdfSource *source, guint object,
                                      EonayPdfNumbering *numbering, GString *text);

/** As eonay_pdf_serializer_append(), but of an indirect object what it is. */
gboolean eonay_pdf_serializer_append_itself (EonayPdfSource *source, guint object,
                                             EonayPdfNumbering *numbering, GString *text);

/**
 * eonay_pdf_serializer_list_entries: of a dictionary, those that are not named in @without
 * @is_complete: (inout): becomes %FALSE if one cannot be written
 *
 * Returns: (transfer floating): of type "a(ayay)": each key, decoded, and its value as text
 */
GVariant *eonay_pdf_serializer_list_entries (EonayPdfSource *source, guint object,
                                             const char *const *without,
                                             EonayPdfNumbering *numbering, gboolean *is_complete);

/** Returns: (transfer floating): the items of an array, of type "aay" */
GVariant *eonay_pdf_serializer_list_items (EonayPdfSource *source, guint object,
                                           gboolean *is_complete);

G_END_DECLS
