#pragma once

#include <glib.h>
#include <openssl/evp.h>

G_BEGIN_DECLS

/**
 * EonayPracticeKey: a private key of the card with its certificate.
 *
 * @id: the PKCS#15 identifier that key, public key and certificate share
 * @reference: how MANAGE SECURITY ENVIRONMENT names it
 * @file: the identifier of the file that it lies in; 0 for none
 * @pin: the reference of the PIN that guards it
 * @label: UTF-8
 * @non_repudiation: whether its usage allows a qualified signature
 * @consent: whether that PIN has to be verified right before each signature
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
 * Returns: (transfer full): one whose identifier, references and properties are still to be set
 */
EonayPracticeKey *eonay_practice_key_new (EVP_PKEY *pair, GBytes *certificate, const char *label);
void eonay_practice_key_free (EonayPracticeKey *self);

gboolean eonay_practice_key_is_rsa (const EonayPracticeKey *self);

G_END_DECLS
