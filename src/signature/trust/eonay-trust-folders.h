#pragma once

#include "signature/trust/eonay-trust.h"

G_BEGIN_DECLS

/**
 * eonay_trust_new_installed:
 *
 * Reads every `*.pem` and `*.crt` of the folders `eonay/trust.d`: the package's, the
 * administrator's in /etc, and the person's own. A file without CA certificates in PEM is ignored
 * with a warning in the log.
 *
 * Returns: (transfer full): may be empty
 */
EonayTrust *eonay_trust_new_installed (void);

/** Adds the certificates of one folder; a missing folder is ignored. */
void eonay_trust_add_folder (EonayTrust *self, const char *path);

G_END_DECLS
