#pragma once

#include <gio/gio.h>

#include "signature/certificate/eonay-certificate.h"

G_BEGIN_DECLS

/**
 * EonayCmsSigner: one SignerInfo (RFC 5652, clause 5.3) that is being made, in a SignedData of its own
 * or beside those that are there. What it signs is given as a digest.
 *
 * Signed attributes: contentType, messageDigest, signingCertificateV2, and signingTime if there is one
 * (CAdES; not PAdES: ETSI EN 319 142-1, clause 5.3). The signer's certificate is inside; SignerInfo is
 * version 1 (issuerAndSerialNumber).
 */
typedef struct _EonayCmsSigner EonayCmsSigner;

/**
 * eonay_cms_signer_choose_scheme:
 * @wanted: one that the key supports on its token; %EONAY_SIGNATURE_SCHEME_NONE for its usual one
 *
 * Returns: _NONE with %EONAY_SIGNATURE_ERROR_KEY_UNSUPPORTED if it does not fit the certificate's key
 */
EonaySignatureScheme eonay_cms_signer_choose_scheme (EonayCertificate *certificate,
                                                     EonaySignatureScheme wanted, GError **error);

/** Returns: the OpenSSL number of the hash that @scheme signs: NID_sha256, NID_sha384, NID_sha512 */
int eonay_cms_signer_get_digest_nid (EonaySignatureScheme scheme);

/**
 * eonay_cms_signer_new:
 * @scheme: from eonay_cms_signer_choose_scheme()
 * @beside: (nullable): DER of a ContentInfo with signatures that are kept as they are
 * @digest: of the content, with eonay_cms_signer_get_digest_nid()
 * @signing_time: (nullable)
 *
 * Returns: (transfer full): %NULL with %EONAY_SIGNATURE_ERROR_FAILED, or _MALFORMED for @beside
 */
EonayCmsSigner *eonay_cms_signer_new (EonayCertificate *certificate, EonaySignatureScheme scheme,
                                      GBytes *beside, GBytes *digest, GDateTime *signing_time,
                                      GError **error);
void eonay_cms_signer_free (EonayCmsSigner *self);

/** Returns: (transfer none): the signed attributes, DER */
GBytes *eonay_cms_signer_get_message (EonayCmsSigner *self);

/** Returns: (transfer none): their hash, which the card signs */
GBytes *eonay_cms_signer_get_digest (EonayCmsSigner *self);

/**
 * eonay_cms_signer_encode:
 * @value: the card's signature
 * @content: (nullable): goes inside; %NULL leaves out, or keeps, what was there
 *
 * Returns: (transfer full): DER of the ContentInfo, not verified; %NULL with
 *   %EONAY_SIGNATURE_ERROR_INVALID
 */
GBytes *eonay_cms_signer_encode (EonayCmsSigner *self, GBytes *value, GBytes *content,
                                 GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayCmsSigner, eonay_cms_signer_free)

G_END_DECLS
