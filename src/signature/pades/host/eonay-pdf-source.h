#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * EonayPdfSource: the objects of a PDF (ISO 32000-1, clause 7), read with qpdf, which nothing else
 * sees. Nothing is repaired.
 *
 * An object is a number that is valid until it is released, or its source freed; 0 is none, and may
 * be given everywhere: it is a null object. References are followed. A wrong type is never an error:
 * the default is returned.
 */
typedef struct _EonayPdfSource EonayPdfSource;

typedef enum {
  EONAY_PDF_KIND_NULL,
  EONAY_PDF_KIND_BOOLEAN,
  EONAY_PDF_KIND_INTEGER,
  EONAY_PDF_KIND_REAL,
  EONAY_PDF_KIND_STRING,
  EONAY_PDF_KIND_NAME,
  EONAY_PDF_KIND_ARRAY,
  EONAY_PDF_KIND_DICTIONARY,
  EONAY_PDF_KIND_STREAM,
  EONAY_PDF_KIND_OTHER,
} EonayPdfKind;

/** Names, and with them keys, are without their slash, and decoded. */

/**
 * eonay_pdf_source_new:
 * @bytes: must live as long as the source
 *
 * Returns: (transfer full): %NULL with %EONAY_SIGNATURE_ERROR_PDF_ENCRYPTED, _DAMAGED or _TOO_COMPLEX
 */
EonayPdfSource *eonay_pdf_source_new (const guint8 *bytes, gsize length, GError **error);
void eonay_pdf_source_free (EonayPdfSource *self);

/** Returns: whether the file is encrypted, also with an empty password */
gboolean eonay_pdf_source_is_encrypted (EonayPdfSource *self);

guint eonay_pdf_source_get_trailer (EonayPdfSource *self);

/**
 * eonay_pdf_source_count: parses every object of the file
 *
 * Returns: the highest object number in use or referred to; 0 if the file has too many
 */
guint eonay_pdf_source_count (EonayPdfSource *self);

/**
 * eonay_pdf_source_check: what has been read so far
 *
 * Returns: %FALSE with %EONAY_SIGNATURE_ERROR_PDF_DAMAGED or _TOO_COMPLEX if qpdf had to guess anything
 */
gboolean eonay_pdf_source_check (EonayPdfSource *self, GError **error);

/** Returns: the object with the number @id and generation 0 */
guint eonay_pdf_source_get_object (EonayPdfSource *self, guint id);

EonayPdfKind eonay_pdf_source_get_kind (EonayPdfSource *self, guint object);

/** Returns: the object's number, and in @generation (nullable) its generation; 0 if it is direct */
guint eonay_pdf_source_get_id (EonayPdfSource *self, guint object, guint *generation);

gint64 eonay_pdf_source_get_integer (EonayPdfSource *self, guint object, gint64 otherwise);
gboolean eonay_pdf_source_get_number (EonayPdfSource *self, guint object, double *number);
gboolean eonay_pdf_source_get_boolean (EonayPdfSource *self, guint object);

/** Returns: (transfer full) (nullable): a real number as it is written in the file */
char *eonay_pdf_source_get_real (EonayPdfSource *self, guint object);

/** Returns: (transfer full) (nullable): %NULL if it is no name */
char *eonay_pdf_source_get_name (EonayPdfSource *self, guint object);
gboolean eonay_pdf_source_is_name (EonayPdfSource *self, guint object, const char *name);

/** Returns: (transfer full) (nullable): %NULL if it is no string */
GBytes *eonay_pdf_source_get_string (EonayPdfSource *self, guint object);

/** Returns: (transfer full) (nullable): a text string (clause 7.9.2.2) in valid UTF-8 */
char *eonay_pdf_source_get_text (EonayPdfSource *self, guint object);

/** Returns: 0 if it is no array */
guint eonay_pdf_source_get_length (EonayPdfSource *self, guint object);
guint eonay_pdf_source_get_item (EonayPdfSource *self, guint object, guint index);

/** Returns: (transfer full) (element-type utf8): of a dictionary, or of a stream's; sorted */
GPtrArray *eonay_pdf_source_get_keys (EonayPdfSource *self, guint object);

/** Returns: the value of @key in a dictionary, or a stream's; 0 if there is none */
guint eonay_pdf_source_get (EonayPdfSource *self, guint object, const char *key);

/**
 * What is known to be there is had faster: an item of an array that is not over its length, and the value
 * of a key that a dictionary has, and no stream.
 */
guint eonay_pdf_source_get_known_item (EonayPdfSource *self, guint array, guint index);
guint eonay_pdf_source_get_known (EonayPdfSource *self, guint dictionary, const char *key);

/** Returns: (transfer full) (nullable): content as it is in the file, with its filters; likewise */
GBytes *eonay_pdf_source_get_raw_content (EonayPdfSource *self, guint object, gsize max);

/** Returns: (transfer full) (nullable): decoded content; %NULL if it is no stream or over @max bytes */
GBytes *eonay_pdf_source_get_content (EonayPdfSource *self, guint object, gsize max);

/** Returns: the same object once more, to be released on its own */
guint eonay_pdf_source_hold (EonayPdfSource *self, guint object);

void eonay_pdf_source_release (EonayPdfSource *self, guint object);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayPdfSource, eonay_pdf_source_free)

G_END_DECLS
