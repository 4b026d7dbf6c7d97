#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * One of its objects: a stream with its dictionary, or the text of anything else.
 *
 * @entries: (nullable) (element-type EonayPdfEntry): of a stream, without /Length
 * @content: a stream's bytes, with its filters; or the object
 */
typedef struct {
  GPtrArray *entries;
  GBytes *content;
} EonayPdfAppearanceObject;

/**
 * EonayPdfAppearance: what a signature field shows, as objects that are ready to be written: a form
 * XObject (ISO 32000-1, clause 8.10), its fonts and images.
 *
 * @width, @height: of what was drawn
 * @objects: (element-type EonayPdfAppearanceObject): their numbers follow one another, from the one of
 *   eonay_pdf_appearance_new() on; the first is the form XObject
 */
typedef struct {
  double width;
  double height;
  GPtrArray *objects;
} EonayPdfAppearance;

/**
 * eonay_pdf_appearance_new: reads it in the process that inspects PDFs; blocks
 * @pdf: of one page with one stream of content, as cairo makes it
 * @first: the number that its first object gets
 *
 * Returns: (transfer full): %NULL with %EONAY_SIGNATURE_ERROR_PDF_APPEARANCE if it is none, or
 *   _PDF_NO_INSPECTOR
 */
EonayPdfAppearance *eonay_pdf_appearance_new (GBytes *pdf, guint first, GError **error);
void eonay_pdf_appearance_free (EonayPdfAppearance *self);

/**
 * eonay_pdf_appearance_new_from_answer:
 * @answer: of the type %EONAY_PDF_APPEARANCE_TYPE, in normal form
 *
 * Returns: (transfer full) (nullable): %NULL if an object is none, or refers to anything but the
 *   others
 */
EonayPdfAppearance *eonay_pdf_appearance_new_from_answer (GVariant *answer, guint first);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayPdfAppearance, eonay_pdf_appearance_free)

G_END_DECLS
