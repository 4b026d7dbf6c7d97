#pragma once

#include "signature/pades/host/eonay-pdf-scanner.h"

G_BEGIN_DECLS

/**
 * EonayPdfXref: what a PDF's cross-reference sections say (ISO 32000-1, clauses 7.5.4, 7.5.8), the newest
 * of each object number, read strictly. Readers repair what is wrong without a word, and each in a
 * manner of its own: what they show would depend on it.
 */

typedef enum {
  EONAY_PDF_XREF_NONE,
  EONAY_PDF_XREF_FREE,
  EONAY_PDF_XREF_USED,
  EONAY_PDF_XREF_PACKED, /* in an object stream */
} EonayPdfXrefKind;

/**
 * EonayPdfXrefEntry:
 *
 * @kind: an #EonayPdfXrefKind
 * @place: offset in the file; number of the object stream
 * @detail: generation; index in the object stream
 * @section: which section it is from, the newest is 1
 * @is_beside: from a stream that readers of tables do not know, and no older table has been compared
 */
typedef struct {
  guint32 place;
  guint32 detail;
  guint32 section;
  guint8 kind;
  guint8 is_beside;
} EonayPdfXrefEntry;

/**
 * EonayPdfXref:
 *
 * @entries: (element-type EonayPdfXrefEntry): by object number, up to the highest that was ever named
 * @is_table: whether the newest section is a table
 * @trailer: what is in the newest trailer dictionary
 * @n_sections: without streams beside tables
 * @sections: (element-type guint64): where they begin, those streams with them, the newest first
 * @first_row: offset of the oldest table's row for object 0; 0 if its rows are not of 20 bytes each
 */
typedef struct {
  const guint8 *bytes;
  GArray *entries;
  gboolean is_table;
  EonayPdfScanner trailer;
  guint n_sections;
  GArray *sections;
  guint64 first_row;
} EonayPdfXref;

/**
 * eonay_pdf_xref_new:
 * @bytes: must live as long as the result
 * @offset: where the newest section begins
 *
 * Returns: (transfer full): %NULL with %EONAY_SIGNATURE_ERROR_PDF_DAMAGED, or _TOO_COMPLEX
 */
EonayPdfXref *eonay_pdf_xref_new (const guint8 *bytes, gsize length, guint64 offset,
                                  GError **error);
void eonay_pdf_xref_free (EonayPdfXref *self);

/** Returns: (transfer none): of kind %EONAY_PDF_XREF_NONE if there is none */
const EonayPdfXrefEntry *eonay_pdf_xref_get (const EonayPdfXref *self, guint number);

/**
 * eonay_pdf_xref_is_revision: whether the first @length bytes were the file before it was continued
 * @offset: where their newest section begins
 */
gboolean eonay_pdf_xref_is_revision (const EonayPdfXref *self, guint64 offset, gsize length);

/**
 * eonay_pdf_xref_inflate: the beginning of what Flate has packed (clause 7.4.4)
 * @most: as many bytes at most
 *
 * Returns: (transfer full) (nullable): @most bytes or what there is; %NULL if it is damaged
 */
GByteArray *eonay_pdf_xref_inflate (const guint8 *packed, gsize length, gsize most);

/** Returns: how long that is, or @most; 0 if it is damaged */
gsize eonay_pdf_xref_measure (const guint8 *packed, gsize length, gsize most);

/** Returns: whether @content (out) is what is between "stream", at @at, and "endstream" (clause 7.3.8) */
gboolean eonay_pdf_xref_find_content (const EonayPdfScanner *dictionary, EonayPdfScanner *at,
                                      EonayPdfScanner *content);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayPdfXref, eonay_pdf_xref_free)

G_END_DECLS
