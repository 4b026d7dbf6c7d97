#pragma once

#include "signature/certificate/eonay-crypto.h"
#include "signature/trust/eonay-trust.h"

G_BEGIN_DECLS

/**
 * eonay_trust_check:
 * @beside: (nullable): untrusted certificates that may help to build the chain
 * @at: (nullable): when every certificate of the chain has to be valid; %NULL for now
 *
 * RFC 5280 clause 6, without revocation; keys and hashes of at least 112 bits of security.
 *
 * Returns: %FALSE with %EONAY_SIGNATURE_ERROR_UNTRUSTED
 */
gboolean eonay_trust_check (EonayTrust *self, X509 *signer, const EonayX509Stack *beside,
                            GDateTime *at, GError **error);

/** Returns: (transfer full): every certificate of @self, anchors first */
EonayX509Stack *eonay_trust_dup_authorities (EonayTrust *self);

/** Returns: whether a chain may end in @x509 */
gboolean eonay_trust_is_anchor (EonayTrust *self, X509 *x509);

G_END_DECLS
