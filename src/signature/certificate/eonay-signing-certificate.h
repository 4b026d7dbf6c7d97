#pragma once

#include "signature/certificate/eonay-crypto.h"

G_BEGIN_DECLS

/**
 * eonay_signing_certificate_names:
 * @attribute: DER of a SigningCertificateV2 (RFC 5035 clause 3)
 * @x509: the signer's
 *
 * Returns: whether the first certificate that @attribute names is @x509: by its hash (SHA-2), and
 *   by issuer and serial number if present
 */
gboolean eonay_signing_certificate_names (const ASN1_STRING *attribute, X509 *x509);

G_END_DECLS
