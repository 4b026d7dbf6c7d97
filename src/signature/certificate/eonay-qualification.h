#pragma once

#include "signature/certificate/eonay-certificate.h"
#include "signature/certificate/eonay-crypto.h"

G_BEGIN_DECLS

/**
 * eonay_qualification_find_kind:
 *
 * Reads qcStatements (RFC 3739 3.2.6, ETSI EN 319 412-5), certificatePolicies and extendedKeyUsage.
 * Only object identifiers count: the texts differ among providers. An extension that cannot be
 * parsed, or occurs twice, counts as absent.
 *
 * Returns: the purpose of @x509
 */
EonayCertificateKind eonay_qualification_find_kind (X509 *x509);

/**
 * Returns: (transfer full): object identifiers of the qcStatements of @x509, dotted; empty if there
 *   are none, or they cannot be parsed
 */
char **eonay_qualification_list_statements (X509 *x509);

/** Returns: whether every critical extension of @x509 is supported by this room */
gboolean eonay_qualification_knows_extensions (X509 *x509);

G_END_DECLS
