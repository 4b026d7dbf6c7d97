#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * EonayPracticeTls: the server certificate (P-256) of a practice portal for one host name, and for
 * the loopback addresses too if that is "localhost", of a CA made for it. Keys stay in memory.
 *
 * @certificate: with its private key
 * @ca_pem: the CA's certificate
 */
typedef struct {
  GTlsCertificate *certificate;
  char *ca_pem;
} EonayPracticeTls;

/**
 * eonay_practice_tls_new:
 * @host: DNS name, e.g. "localhost"
 * @not_before: seconds from now, may be negative
 * @not_after: seconds from now, may be negative
 */
EonayPracticeTls *eonay_practice_tls_new (const char *host, long not_before, long not_after,
                                          GError **error);

void eonay_practice_tls_free (EonayPracticeTls *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayPracticeTls, eonay_practice_tls_free)

G_END_DECLS
