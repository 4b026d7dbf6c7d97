#pragma once

#include <gio/gio.h>

#include "base/eonay-signature-scheme.h"

G_BEGIN_DECLS

/** Purpose of a certificate, by its statements and policies, never by its issuer's name. */
typedef enum {
  EONAY_CERTIFICATE_OTHER,          /* e.g. authentication only */
  EONAY_CERTIFICATE_QUALIFIED,      /* NES: a person's qualified signature (Law 5070) */
  EONAY_CERTIFICATE_CORPORATE_SEAL, /* kurumsal mühür */
  EONAY_CERTIFICATE_QUALIFIED_SEAL, /* nitelikli mühür */
  EONAY_CERTIFICATE_FISCAL_SEAL,    /* mali mühür */
} EonayCertificateKind;

/** Reasons why a certificate cannot make a person's qualified signature, from its content alone. */
typedef enum {
  EONAY_CERTIFICATE_PROBLEM_NONE = 0,
  EONAY_CERTIFICATE_PROBLEM_EXPIRED = 1 << 0,
  EONAY_CERTIFICATE_PROBLEM_NOT_YET_VALID = 1 << 1,
  EONAY_CERTIFICATE_PROBLEM_USAGE = 1 << 2, /* no nonRepudiation in keyUsage, or a CA */
  EONAY_CERTIFICATE_PROBLEM_SEAL = 1 << 3,  /* a seal, not a person */
  EONAY_CERTIFICATE_PROBLEM_NOT_QUALIFIED = 1 << 4,
  EONAY_CERTIFICATE_PROBLEM_KEY = 1 << 5,      /* unsupported key type or size */
  EONAY_CERTIFICATE_PROBLEM_CRITICAL = 1 << 6, /* a critical extension unknown, or unreadable */
} EonayCertificateProblems;

/**
 * EonayCertificate: an X.509 certificate (RFC 5280, RFC 3739, ETSI EN 319 412-2/-5), parsed once;
 * immutable and usable on any thread. E-mail and birth place, if present, are not exposed.
 */
#define EONAY_TYPE_CERTIFICATE (eonay_certificate_get_type ())
G_DECLARE_FINAL_TYPE (EonayCertificate, eonay_certificate, EONAY, CERTIFICATE, GObject)

/**
 * eonay_certificate_new:
 * @der: exactly one DER certificate, up to 64 KiB
 * @error: %EONAY_SIGNATURE_ERROR_CERTIFICATE_MALFORMED
 */
EonayCertificate *eonay_certificate_new (GBytes *der, GError **error);

/** Returns: (transfer none): the DER that it was created from */
GBytes *eonay_certificate_get_der (EonayCertificate *self);

/** Returns: (transfer none): the subject's CN, UTF-8; "" if there is none */
const char *eonay_certificate_get_holder (EonayCertificate *self);

/**
 * Returns: (transfer none) (nullable): T.C. Kimlik No: the subject's serialNumber when it is 11
 *   digits with a right check sum (a "TCKN-" or "PNOTR-" prefix is dropped)
 */
const char *eonay_certificate_get_national_id (EonayCertificate *self);

/**
 * Returns: (transfer none) (nullable): the holder's birth date, if the certificate has it: new PINs
 *   must not contain it; never to be shown
 */
const GDate *eonay_certificate_get_birth_date (EonayCertificate *self);

/** Returns: (transfer none): the issuer's O, else its CN: the provider's (ESHS) usual name */
const char *eonay_certificate_get_provider (EonayCertificate *self);

/** Returns: (transfer none): the issuer's CN */
const char *eonay_certificate_get_issuer (EonayCertificate *self);

/** Returns: (transfer none): lower-case hexadecimal, no leading "00" */
const char *eonay_certificate_get_serial (EonayCertificate *self);

/** Returns: (transfer none): lower-case hexadecimal SHA-256 of the DER */
const char *eonay_certificate_get_fingerprint (EonayCertificate *self);

/** Returns: (transfer none): UTC */
GDateTime *eonay_certificate_get_not_before (EonayCertificate *self);

/** Returns: (transfer none): UTC */
GDateTime *eonay_certificate_get_not_after (EonayCertificate *self);

EonayCertificateKind eonay_certificate_get_kind (EonayCertificate *self);

/** Returns: (transfer none): "RSA-2048", "P-256", "P-384", …: for people */
const char *eonay_certificate_get_key_name (EonayCertificate *self);

/**
 * Returns: the scheme that Eonay signs with for this key: SHA-256 with RSA and P-256, SHA-384
 *   with P-384; %EONAY_SIGNATURE_SCHEME_NONE for any other key
 */
EonaySignatureScheme eonay_certificate_get_scheme (EonayCertificate *self);

/** Returns: why it cannot sign at @now; 0 if it can */
EonayCertificateProblems eonay_certificate_get_problems (EonayCertificate *self, GDateTime *now);

/** Returns: whole days from @now to the end of validity, negative after it */
int eonay_certificate_get_days_left (EonayCertificate *self, GDateTime *now);

/**
 * eonay_certificate_is_national_id:
 * @id: (nullable): text
 *
 * Returns: whether @id is an 11-digit T.C. Kimlik No with a right check sum
 */
gboolean eonay_certificate_is_national_id (const char *id);

G_END_DECLS
