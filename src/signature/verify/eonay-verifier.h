#pragma once

#include <gio/gio.h>

#include "signature/certificate/eonay-certificate.h"
#include "signature/trust/eonay-trust.h"

G_BEGIN_DECLS

/**
 * EonayVerifierContent: content of a verified CAdES signature.
 *
 * @certificate: (not nullable): the signer's
 * @content: (nullable): the signed bytes; %NULL if only their digest was given
 * @signing_time: (nullable): the claimed time, UTC
 */
typedef struct {
  EonayCertificate *certificate;
  GBytes *content;
  GDateTime *signing_time;
} EonayVerifierContent;

void eonay_verifier_content_free (EonayVerifierContent *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayVerifierContent, eonay_verifier_content_free)

/**
 * eonay_verifier_verify_cades:
 * @der: a CMS ContentInfo (RFC 5652; BER is accepted) of SignedData over id-data with exactly
 *   one signer, whose certificate is inside, up to 64 MiB
 * @detached: (nullable): the content; required if it is not inside, and compared if it is
 * @trust: (nullable): checks the signer's chain at @at; %NULL leaves the chain unchecked
 * @at: (nullable): %NULL for now
 *
 * Checks the signature, the message digest, and that signingCertificateV2 names the signer's
 * certificate (ETSI EN 319 122-1 clause 5). Digests are SHA-256, -384 or -512. Key usage and kind
 * are left to the caller (eonay_certificate_get_problems()). Any thread.
 *
 * Returns: (transfer full): %NULL with %EONAY_SIGNATURE_ERROR: _MALFORMED (also when something
 *   follows the ContentInfo, and when there is no content at all), _INVALID, _CONTENT_MISMATCH or
 *   _UNTRUSTED, found in this order
 */
EonayVerifierContent *eonay_verifier_verify_cades (GBytes *der, GBytes *detached, EonayTrust *trust,
                                                   GDateTime *at, GError **error);

/**
 * EonayVerifierDigest: hashes detached content, however it is held
 * @nid: NID_sha256, NID_sha384 or NID_sha512
 *
 * Returns: (transfer full) (nullable)
 */
typedef GBytes *(*EonayVerifierDigest) (int nid, gpointer user_data);

/**
 * eonay_verifier_verify_detached: as eonay_verifier_verify_cades(), for content that is not one block
 *   of memory; none may be inside
 */
EonayVerifierContent *eonay_verifier_verify_detached (GBytes *der, EonayVerifierDigest digest,
                                                      gpointer user_data, EonayTrust *trust,
                                                      GDateTime *at, GError **error);

/**
 * eonay_verifier_verify_all: as eonay_verifier_verify_cades(), for one signer or several, all of whom
 *   must be right
 *
 * Returns: (transfer full) (element-type EonayVerifierContent): in the order of the file; all share
 *   the content
 */
GPtrArray *eonay_verifier_verify_all (GBytes *der, GBytes *detached, EonayTrust *trust,
                                      GDateTime *at, GError **error);

G_END_DECLS
