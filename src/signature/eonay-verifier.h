#pragma once

#include <gio/gio.h>

#include "signature/eonay-certificate.h"

G_BEGIN_DECLS

/** EonayTrust: a set of CA certificates that chains may end in, and helpers on the way there. */
#define EONAY_TYPE_TRUST (eonay_trust_get_type ())
G_DECLARE_FINAL_TYPE (EonayTrust, eonay_trust, EONAY, TRUST, GObject)

EonayTrust *eonay_trust_new (void);

/**
 * eonay_trust_add_pem:
 * @pem: one or more certificates; self-signed ones become anchors, the others intermediates
 *
 * Returns: %FALSE if there is none in it, or one of them is no CA certificate
 */
gboolean eonay_trust_add_pem (EonayTrust *self, const char *pem, gssize length, GError **error);

/**
 * EonaySignedContent: what a verified CAdES signature says.
 *
 * @certificate: (not nullable): the signer's
 * @content: (not nullable): the bytes that are signed
 * @signing_time: (nullable): the claimed time, UTC
 */
typedef struct {
  EonayCertificate *certificate;
  GBytes *content;
  GDateTime *signing_time;
} EonaySignedContent;

void eonay_signed_content_free (EonaySignedContent *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonaySignedContent, eonay_signed_content_free)

/**
 * eonay_verifier_verify_cades:
 * @der: a CMS ContentInfo of SignedData with exactly one signer, up to 64 MiB
 * @detached: (nullable): the content, when it is not inside
 * @trust: (nullable): checks the signer's chain at @at; %NULL leaves the chain unchecked
 *
 * Checks the signature, the message digest, and that signingCertificateV2 names the signer's
 * certificate. Key usage and kind are left to the caller (eonay_certificate_get_problems()).
 *
 * Returns: (transfer full): %NULL with %EONAY_SIGNATURE_ERROR
 */
EonaySignedContent *eonay_verifier_verify_cades (GBytes *der, GBytes *detached, EonayTrust *trust,
                                                 GDateTime *at, GError **error);

G_END_DECLS
