#pragma once

#include "signature/trust/eonay-trust.h"

G_BEGIN_DECLS

/**
 * eonay_trust_new_installed:
 *
 * Reads every `*.pem` and `*.crt` of the folders `eonay/trust.d`: the package's, the
 * administrator's in /etc, and the person's own. A file that holds no CA certificates in PEM is
 * left out with a warning in the log.
 *
 * Returns: (transfer full): may hold nothing
 */
EonayTrust *eonay_trust_new_installed (void);

/** Adds those of one folder; one that is not there holds nothing. */
void eonay_trust_add_folder (EonayTrust *self, const char *path);

G_END_DECLS
