#pragma once

#include "signature/certificate/eonay-certificate.h"
#include "signature/certificate/eonay-crypto.h"

G_BEGIN_DECLS

/** Returns: (transfer none): for this room only */
X509 *eonay_certificate_get_x509 (EonayCertificate *self);

G_END_DECLS
