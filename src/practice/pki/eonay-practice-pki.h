#pragma once

#include <gio/gio.h>
#include <openssl/evp.h>

G_BEGIN_DECLS

/** Kinds of practice certificates. */
typedef enum {
  EONAY_PRACTICE_NES,           /* qualified, valid for 3 years */
  EONAY_PRACTICE_NES_EXPIRED,   /* qualified, ended in 2023 */
  EONAY_PRACTICE_NOT_QUALIFIED, /* digitalSignature only, clientAuth, no statements */
} EonayPracticeCertificateKind;

/** The keys of practice cards; cards share them, as generating one takes time. */
typedef enum {
  EONAY_PRACTICE_KEY_RSA,       /* RSA-2048 */
  EONAY_PRACTICE_KEY_RSA_OTHER, /* RSA-2048 */
  EONAY_PRACTICE_KEY_EC,        /* P-384 */
  EONAY_PRACTICE_KEY_P256,
} EonayPracticeKeyKind;

#define EONAY_PRACTICE_N_KEYS (EONAY_PRACTICE_KEY_P256 + 1)

/**
 * EonayPracticePki: the practice provider "DENEME ESHS": a root, an issuing CA, and the
 * certificates that it issues, shaped like real ones (signatures.md). Generated at each start;
 * worthless outside practice. Thread-safe once made.
 */
#define EONAY_TYPE_PRACTICE_PKI (eonay_practice_pki_get_type ())
G_DECLARE_FINAL_TYPE (EonayPracticePki, eonay_practice_pki, EONAY, PRACTICE_PKI, GObject)

/** Slow (key generation): not to be called on the main thread. */
EonayPracticePki *eonay_practice_pki_new (GError **error);

/** Returns: (transfer none): root and issuing CA, PEM */
const char *eonay_practice_pki_get_ca_pem (EonayPracticePki *self);

/** Returns: (transfer none): a holder's key pair */
EVP_PKEY *eonay_practice_pki_get_key (EonayPracticePki *self, EonayPracticeKeyKind kind);

/**
 * eonay_practice_pki_issue:
 * @holder: subject CN, UTF-8
 * @national_id: subject serialNumber
 *
 * Returns: (transfer full): DER
 */
GBytes *eonay_practice_pki_issue (EonayPracticePki *self, EVP_PKEY *key, const char *holder,
                                  const char *national_id, EonayPracticeCertificateKind kind,
                                  GError **error);

G_END_DECLS
