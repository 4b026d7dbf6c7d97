#pragma once

#include <glib.h>

#include "signature/pades/eonay-pdf-syntax.h"

G_BEGIN_DECLS

/** A dictionary's entry: the key, decoded and without its slash, and the value as it is written. */
typedef struct {
  char *key;
  char *value;
} EonayPdfEntry;

/**
 * EonayPdfObject: a dictionary.
 *
 * @id: 0 if it is direct, or there is none
 * @entries: (element-type EonayPdfEntry)
 */
typedef struct {
  guint id;
  guint generation;
  GPtrArray *entries;
} EonayPdfObject;

/**
 * EonayPdfArray:
 *
 * @id: 0 if it is direct, shared with others, or there is none
 * @items: (element-type utf8): as they are written
 */
typedef struct {
  guint id;
  guint generation;
  GPtrArray *items;
} EonayPdfArray;

/**
 * EonayPdfPlan: what has to be known of a PDF to add a signature to it with an incremental update
 * (ISO 32000-1, clause 7.5.6), as plain text.
 *
 * @xref: offset of the last cross-reference section
 * @is_stream: whether that is a stream (clause 7.5.8); also the new one will be
 * @max_id: the highest object number in use, or referred to
 * @trailer: entries that belong to the document, /Root excepted
 * @catalog: without /AcroForm
 * @form: (nullable entries): the interactive form, without /Fields and /SigFlags
 * @flags: /SigFlags
 * @names: of the topmost fields
 * @page_number, @page, @annotations: the page of a new field, without /Annots
 */
typedef struct {
  guint64 xref;
  gboolean is_stream;
  guint max_id;
  GPtrArray *trailer;
  EonayPdfObject catalog;
  EonayPdfObject form;
  EonayPdfArray fields;
  guint flags;
  char **names;
  guint page_number;
  EonayPdfObject page;
  EonayPdfArray annotations;
} EonayPdfPlan;

/**
 * Keys of a trailer, or of the stream that is one (ISO 32000-1, tables 15, 17 and 5), that belong to
 * its section and not to the document, with /Root and /Encrypt; %NULL ends it.
 */
extern const char *const eonay_pdf_plan_of_section[];

/**
 * eonay_pdf_plan_new:
 * @plan: of the type %EONAY_PDF_PLAN_TYPE, in normal form; who made it may have been taken over by
 *   the document
 * @length: of the PDF in bytes
 *
 * Returns: (transfer full) (nullable): %NULL if a number is out of range, or a value is not exactly
 *   one object
 */
EonayPdfPlan *eonay_pdf_plan_new (GVariant *plan, gsize length, guint n_pages);
void eonay_pdf_plan_free (EonayPdfPlan *self);

/** Returns: (transfer full) (nullable) (element-type EonayPdfEntry): of the type
 *   %EONAY_PDF_DICTIONARY_TYPE; likewise */
GPtrArray *eonay_pdf_plan_read_entries (GVariant *variant, const EonayPdfRange *numbers);

/** Returns: (transfer full) (nullable): of the type %EONAY_PDF_OBJECT_TYPE; likewise */
EonayPdfObject *eonay_pdf_plan_read_object (GVariant *object, guint max_id);
void eonay_pdf_plan_free_object (EonayPdfObject *object);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayPdfPlan, eonay_pdf_plan_free)

G_END_DECLS
