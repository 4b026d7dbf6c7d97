#pragma once

#include "signature/eonay-certificate.h"
#include "signature/eonay-crypto.h"

G_BEGIN_DECLS

/** Returns: (transfer none): for this room only */
X509 *eonay_certificate_get_x509 (EonayCertificate *self);

G_END_DECLS
