#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** `signature_format` with `signed_envelope_property`. */
typedef enum {
  EONAY_FORMAT_CADES_ATTACHED,
  EONAY_FORMAT_CADES_DETACHED,
  EONAY_FORMAT_PADES,
} EonayFormat;

/** EonayDocument: one document of a transaction. Immutable except for its content, set once. */
#define EONAY_TYPE_DOCUMENT (eonay_document_get_type ())
G_DECLARE_FINAL_TYPE (EonayDocument, eonay_document, EONAY, DOCUMENT, GObject)

/**
 * eonay_document_new:
 * @size: bytes, as announced
 * @digest: SHA-256 of the content, as announced
 * @href: relative to the transaction
 */
EonayDocument *eonay_document_new (const char *id, const char *label, const char *media_type,
                                   gsize size, GBytes *digest, const char *href, EonayFormat format,
                                   const char *conformance_level);

const char *eonay_document_get_id (EonayDocument *self);
const char *eonay_document_get_label (EonayDocument *self);

/** Returns: (transfer none): as sent, e.g. "text/plain; charset=utf-8" */
const char *eonay_document_get_media_type (EonayDocument *self);

/** Returns: whether that is "application/pdf", with parameters or without */
gboolean eonay_document_is_pdf (EonayDocument *self);
gsize eonay_document_get_size (EonayDocument *self);

/** Returns: (transfer none): 32 bytes */
GBytes *eonay_document_get_digest (EonayDocument *self);

/** Returns: (transfer none) */
const char *eonay_document_get_href (EonayDocument *self);
EonayFormat eonay_document_get_format (EonayDocument *self);
const char *eonay_document_get_conformance_level (EonayDocument *self);

/** Returns: (transfer none) (nullable): the bytes, once received and verified against the digest */
GBytes *eonay_document_get_content (EonayDocument *self);

/**
 * Returns: %FALSE with %EONAY_PORTAL_ERROR_TOO_LARGE or %EONAY_PORTAL_ERROR_DIGEST_MISMATCH if
 *   @content does not match the announcement; nothing is set then
 */
gboolean eonay_document_set_content (EonayDocument *self, GBytes *content, GError **error);

/** @content: of which the document's size and digest were made; a large one is not hashed twice */
void eonay_document_set_hashed_content (EonayDocument *self, GBytes *content);

G_END_DECLS
