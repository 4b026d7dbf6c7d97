#pragma once

#include <glib.h>
#include <openssl/evp.h>

G_BEGIN_DECLS

/**
 * EonayPracticeKey: a private key of the card with its certificate.
 *
 * @id: the PKCS#15 identifier that key, public key and certificate share
 * @reference: how MANAGE SECURITY ENVIRONMENT names it
 * @label: UTF-8
 * @non_repudiation: whether its usage allows a qualified signature
 */
typedef struct {
  EVP_PKEY *pair;
  GBytes *certificate;
  char *label;
  guint8 id;
  guint8 reference;
  gboolean non_repudiation;
} EonayPracticeKey;

/** @certificate: (transfer full): DER */
EonayPracticeKey *eonay_practice_key_new (EVP_PKEY *pair, GBytes *certificate, const char *label,
                                          guint index, gboolean non_repudiation);
void eonay_practice_key_free (EonayPracticeKey *self);

gboolean eonay_practice_key_is_rsa (const EonayPracticeKey *self);

/**
 * eonay_practice_key_sign:
 * @input: RSA: a DigestInfo (RFC 8017, 9.2), which is padded here; EC: a bare hash
 * @signature: (out): empty on failure
 *
 * Returns: whether @input was fit to be signed
 */
gboolean eonay_practice_key_sign (const EonayPracticeKey *self, const guint8 *input, gsize length,
                                  GByteArray *signature);

G_END_DECLS
