#pragma once

#include <glib.h>
#include <openssl/evp.h>

G_BEGIN_DECLS

/**
 * EonayPracticeKey: a private key of the card with its certificate.
 *
 * @id: the PKCS#15 identifier that key, public key and certificate share
 * @reference: its reference in MANAGE SECURITY ENVIRONMENT
 * @file: the identifier of its file; 0 for none
 * @pin: the reference of its PIN
 * @label: UTF-8
 * @non_repudiation: whether its usage allows a qualified signature
 * @consent: whether that PIN has to be verified before each signature
 */
typedef struct {
  EVP_PKEY *pair;
  GBytes *certificate;
  char *label;
  guint8 id;
  guint8 reference;
  guint16 file;
  guint8 pin;
  gboolean non_repudiation;
  gboolean consent;
} EonayPracticeKey;

/**
 * @certificate: (transfer full): DER
 *
 * Returns: (transfer full): a key without identifier, references and properties
 */
EonayPracticeKey *eonay_practice_key_new (EVP_PKEY *pair, GBytes *certificate, const char *label);
void eonay_practice_key_free (EonayPracticeKey *self);

gboolean eonay_practice_key_is_rsa (const EonayPracticeKey *self);

G_END_DECLS
