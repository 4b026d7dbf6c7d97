#pragma once

#include "signature/certificate/eonay-crypto.h"

G_BEGIN_DECLS

/**
 * eonay_birth_date_read:
 *
 * Returns: (transfer full) (nullable): the dateOfBirth among the subjectDirectoryAttributes of
 *   @x509 (RFC 3739 3.2.2); %NULL if there is none, or it is not a valid date
 */
GDate *eonay_birth_date_read (X509 *x509);

G_END_DECLS
