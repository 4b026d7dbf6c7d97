#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * EonayTrust: a set of trust anchors and intermediate CA certificates.
 *
 * Checking is thread-safe once everything is added.
 */
#define EONAY_TYPE_TRUST (eonay_trust_get_type ())
G_DECLARE_FINAL_TYPE (EonayTrust, eonay_trust, EONAY, TRUST, GObject)

EonayTrust *eonay_trust_new (void);

/**
 * eonay_trust_add_pem:
 * @pem: one or more certificates; self-signed ones become anchors, the others intermediates
 * @length: in bytes; -1 if @pem is zero-terminated
 *
 * Returns: %FALSE if @pem has no certificate, or one that is not a CA's; then nothing is added
 */
gboolean eonay_trust_add_pem (EonayTrust *self, const char *pem, gssize length, GError **error);

G_END_DECLS
