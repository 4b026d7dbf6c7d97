#pragma once

#include "signature/certificate/eonay-certificate.h"

G_BEGIN_DECLS

/** What the key may be used for: keyUsage (RFC 5280 4.2.1.3). */
typedef enum {
  EONAY_KEY_USAGE_DIGITAL_SIGNATURE = 1 << 0,
  EONAY_KEY_USAGE_NON_REPUDIATION = 1 << 1,
  EONAY_KEY_USAGE_ENCIPHERMENT = 1 << 2, /* of keys or of data */
  EONAY_KEY_USAGE_AGREEMENT = 1 << 3,
  EONAY_KEY_USAGE_CERTIFICATES = 1 << 4, /* keyCertSign, cRLSign */
} EonayKeyUsage;

/**
 * EonayCertificateDetails: further fields of a certificate, for a detailed view.
 *
 * @usage: 0 if the extension is absent
 * @extended_usages, @policies, @statements: object identifiers, dotted, of extendedKeyUsage,
 *   certificatePolicies and qcStatements (ETSI EN 319 412-5); empty if the extension is absent or
 *   cannot be parsed
 * @signature_algorithm: of its issuer's signature, OpenSSL's name of it: "RSA-SHA256"
 */
typedef struct {
  EonayKeyUsage usage;
  char **extended_usages;
  char **policies;
  char **statements;
  char *signature_algorithm;
} EonayCertificateDetails;

EonayCertificateDetails *eonay_certificate_details_new (EonayCertificate *certificate);
void eonay_certificate_details_free (EonayCertificateDetails *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayCertificateDetails, eonay_certificate_details_free)

/** Returns: (transfer full): the certificate in PEM */
char *eonay_certificate_to_pem (EonayCertificate *certificate);

G_END_DECLS
