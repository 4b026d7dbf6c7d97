#pragma once

#include <gio/gio.h>

#include "signature/certificate/eonay-certificate.h"

G_BEGIN_DECLS

/**
 * EonayCades: builds one CAdES-B-B signature (ETSI EN 319 122-1; BTK profile P1) in three steps:
 * prepare here, sign the digest on the card, assemble and verify here.
 *
 * Signed attributes: contentType, messageDigest, signingCertificateV2, signingTime. The signer's
 * certificate is inside; SignerInfo is version 1 (issuerAndSerialNumber). Implements #EonayAdes.
 *
 * Not thread-safe; may be used on any one thread at a time.
 */
#define EONAY_TYPE_CADES (eonay_cades_get_type ())
G_DECLARE_FINAL_TYPE (EonayCades, eonay_cades, EONAY, CADES, GObject)

/**
 * Maximum length of the content in bytes. One that goes inside is held several times while it is signed
 * and verified, and a DER of more than 64 MiB is not verified; what a portal may send is less than both
 * (base/eonay-document-limits.h).
 */
#define EONAY_CADES_MAX_ATTACHED (63 * 1024 * 1024)
#define EONAY_CADES_MAX_DETACHED (256 * 1024 * 1024)

/**
 * eonay_cades_new:
 * @content: what is signed, byte for byte; at most %EONAY_CADES_MAX_ATTACHED, or _DETACHED
 * @attached: whether the content goes inside
 * @signing_time: the claimed time
 *
 * The caller checks whether the certificate may sign (eonay_certificate_get_problems()).
 *
 * Returns: (transfer full): prepared; the card has to sign eonay_cades_get_digest(). %NULL with
 *   %EONAY_SIGNATURE_ERROR_KEY_UNSUPPORTED, _TOO_LARGE, or _FAILED
 */
EonayCades *eonay_cades_new (EonayCertificate *certificate, GBytes *content, gboolean attached,
                             GDateTime *signing_time, GError **error);

/**
 * eonay_cades_new_with_scheme: as eonay_cades_new(), for a key that supports only one scheme on its
 *   token
 * @scheme: one that fits the certificate's key; %EONAY_SIGNATURE_SCHEME_NONE for its usual one
 */
EonayCades *eonay_cades_new_with_scheme (EonayCertificate *certificate, EonaySignatureScheme scheme,
                                         GBytes *content, gboolean attached,
                                         GDateTime *signing_time, GError **error);

/**
 * eonay_cades_new_parallel: adds a signature beside those that are there (RFC 5652, clause 5.1): they
 *   are over the same content, and are kept
 * @scheme: as of eonay_cades_new_with_scheme()
 * @der: a CAdES signature of one signer or several, all of whom are verified first
 * @detached: (nullable): the content, if it is not inside
 *
 * Returns: (transfer full): %NULL also with an error of eonay_verifier_verify_all()
 */
EonayCades *eonay_cades_new_parallel (EonayCertificate *certificate, EonaySignatureScheme scheme,
                                      GBytes *der, GBytes *detached, GDateTime *signing_time,
                                      GError **error);

/** Returns: (transfer none): the hash of the signed attributes, for the scheme */
GBytes *eonay_cades_get_digest (EonayCades *self);

/** Returns: (transfer none): the signed attributes, DER: the input of that hash */
GBytes *eonay_cades_get_message (EonayCades *self);

EonaySignatureScheme eonay_cades_get_scheme (EonayCades *self);

/**
 * eonay_cades_finish:
 * @value: the card's signature, in the form of #EonaySignatureScheme
 *
 * After a wrong @value it may be called again with another one.
 *
 * Returns: (transfer full): DER of the ContentInfo, verified against certificate and content;
 *   else %EONAY_SIGNATURE_ERROR_INVALID
 */
GBytes *eonay_cades_finish (EonayCades *self, GBytes *value, GError **error);

G_END_DECLS
