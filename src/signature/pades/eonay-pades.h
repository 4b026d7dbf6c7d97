#pragma once

#include <gio/gio.h>

#include "signature/certificate/eonay-certificate.h"
#include "signature/pades/eonay-pdf-inspection.h"
#include "signature/trust/eonay-trust.h"

G_BEGIN_DECLS

/**
 * EonayPades: builds one PAdES-B-B signature (ETSI EN 319 142-1, clause 6; ISO 32000-1, clause 12.8)
 * in three steps: prepare here, sign the digest on the card, assemble and verify here. Implements
 * #EonayAdes.
 *
 * The signature goes into an incremental update behind the original bytes, which stay as they are, and
 * earlier signatures with them. The prepared file, its signature still missing, is inspected once
 * more before the card is asked for anything.
 *
 * Not thread-safe; may be used on any one thread at a time, but not on the main one.
 */
#define EONAY_TYPE_PADES (eonay_pades_get_type ())
G_DECLARE_FINAL_TYPE (EonayPades, eonay_pades, EONAY, PADES, GObject)

/**
 * EonayPadesCheck: compares the prepared file with what was shown
 * @prepared: the original and, right after it, the update
 * @length: of the original, in bytes
 * @inspection: of the original
 * @page: from 1 on, of @mark (nullable), which is the only new thing to be seen
 *
 * Called on a thread of its own.
 *
 * Returns: %FALSE with @error if it must not be signed
 */
typedef gboolean (*EonayPadesCheck) (EonaySealedMemory *prepared, gsize length,
                                     EonayPdfInspection *inspection, guint page,
                                     const EonayPdfBox *mark, GError **error);

/**
 * eonay_pades_check_unchanged: has @check compare a PDF that is signed without a change to it
 * @inspection: of @pdf, the same bytes
 *
 * Blocks; not for the main thread.
 *
 * Returns: %FALSE with an error of @check, or with %EONAY_SIGNATURE_ERROR_PDF_TOO_LARGE or _FAILED
 */
gboolean eonay_pades_check_unchanged (GBytes *pdf, EonayPdfInspection *inspection,
                                      EonayPadesCheck check, GError **error);

/**
 * EonayPadesOptions: zero or %NULL members take what is said of them.
 *
 * @field: name of an empty field that is signed; else eonay_pdf_inspection_choose_field()
 * @name, @reason, @location: of the signer, in UTF-8; left out
 * @page: of a new field, from 1 on; else the first
 * @box: of a new field, on that page; without an area it is invisible
 * @appearance: what a field with an area shows: a PDF of one page, as cairo makes it, whose shape is
 *   that of the field as it is seen; else nothing
 * @reserved: bytes for the signature; else enough for one without a timestamp
 * @check: has to agree before anything is signed; else nothing was shown that it could be compared with
 */
typedef struct {
  const char *field;
  const char *name;
  const char *reason;
  const char *location;
  guint page;
  EonayPdfBox box;
  GBytes *appearance;
  gsize reserved;
  EonayPadesCheck check;
} EonayPadesOptions;

/**
 * eonay_pades_new:
 * @scheme: one that fits the certificate's key; %EONAY_SIGNATURE_SCHEME_NONE for its usual one
 * @inspection: of @pdf, the same bytes
 * @options: (nullable)
 * @time: when it is signed, as the signer's clock says
 *
 * The caller checks whether the certificate may sign (eonay_certificate_get_problems()). Blocks while
 * the inspector runs.
 *
 * Returns: (transfer full): prepared; the card has to sign eonay_pades_get_digest(). %NULL with
 *   %EONAY_SIGNATURE_ERROR_KEY_UNSUPPORTED, _FAILED, _PDF_NOT_PREPARED, _PDF_APPEARANCE, or an error of eonay_pdf_inspection_new(),
 *   eonay_pdf_inspection_check_signable() or eonay_pdf_inspection_find_field()
 */
EonayPades *eonay_pades_new (EonayCertificate *certificate, EonaySignatureScheme scheme,
                             GBytes *pdf, EonayPdfInspection *inspection,
                             const EonayPadesOptions *options, GDateTime *time, GError **error);

/** Returns: (transfer none): the hash of the signed attributes, for the scheme */
GBytes *eonay_pades_get_digest (EonayPades *self);

/** Returns: (transfer none): the signed attributes, DER: the input of that hash */
GBytes *eonay_pades_get_message (EonayPades *self);

EonaySignatureScheme eonay_pades_get_scheme (EonayPades *self);

/**
 * eonay_pades_finish:
 * @value: the card's signature, in the form of #EonaySignatureScheme
 *
 * After a wrong @value it may be called again with another one.
 *
 * Returns: (transfer full): the whole PDF, its signature verified; else %EONAY_SIGNATURE_ERROR_INVALID
 */
GBytes *eonay_pades_finish (EonayPades *self, GBytes *value, GError **error);

/**
 * eonay_pades_verify: the last signature of a PDF, which must cover all of the file
 * @trust: (nullable): checks the signer's chain at @at; %NULL leaves the chain unchecked
 * @at: (nullable): %NULL for now
 *
 * Earlier signatures, and what the update around the last one changes, are left to the caller: who gave
 * out a file compares its beginning with what comes back. Reads the file's last update only, with no
 * parser of PDF; any thread.
 *
 * Returns: (transfer full): the signer's certificate; %NULL with %EONAY_SIGNATURE_ERROR: _PDF_MALFORMED,
 *   _MALFORMED (no signature that covers the whole file), _INVALID, _CONTENT_MISMATCH or _UNTRUSTED
 */
EonayCertificate *eonay_pades_verify (GBytes *pdf, EonayTrust *trust, GDateTime *at,
                                      GError **error);

G_END_DECLS
