#pragma once

#include <glib.h>
#include <openssl/conf.h>

G_BEGIN_DECLS

/**
 * The extensions of practice certificates, as sections of OpenSSL configuration (x509v3_config(5)):
 * "root", "issuing", "nes" (RFC 3739, ETSI EN 319 412-5, Law 5070) and "other".
 *
 * Returns: (transfer full): parsed
 */
CONF *eonay_practice_profile_load (void);

G_END_DECLS
