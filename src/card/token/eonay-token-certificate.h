#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * EonayTokenCertificate: a certificate stored on a token: its bytes, and whether the token has its
 * key. Immutable. The signature room parses the bytes.
 */
#define EONAY_TYPE_TOKEN_CERTIFICATE (eonay_token_certificate_get_type ())
G_DECLARE_FINAL_TYPE (EonayTokenCertificate, eonay_token_certificate, EONAY, TOKEN_CERTIFICATE,
                      GObject)

/**
 * eonay_token_certificate_new:
 * @der: the certificate, DER, without the file's padding
 * @id: the token's identifier that ties certificate and key together (PKCS#15 iD, CKA_ID)
 * @label: (nullable): UTF-8, the token's name for it
 * @has_key: whether the private key is on the token
 * @may_sign: whether the token allows that key to sign (PKCS#15 usage: sign or nonRepudiation)
 */
EonayTokenCertificate *eonay_token_certificate_new (GBytes *der, GBytes *id, const char *label,
                                                    gboolean has_key, gboolean may_sign);

/** Returns: (transfer none) */
GBytes *eonay_token_certificate_get_der (EonayTokenCertificate *self);

/** Returns: (transfer none) */
GBytes *eonay_token_certificate_get_id (EonayTokenCertificate *self);

/** Returns: (transfer none) (nullable) */
const char *eonay_token_certificate_get_label (EonayTokenCertificate *self);

gboolean eonay_token_certificate_has_key (EonayTokenCertificate *self);
gboolean eonay_token_certificate_may_sign (EonayTokenCertificate *self);

/** Marks it, directly after creation, as one whose key signs only with RSA-PSS. */
void eonay_token_certificate_set_only_pss (EonayTokenCertificate *self);

/** Returns: whether the token allows the key to sign with RSA-PSS only */
gboolean eonay_token_certificate_is_only_pss (EonayTokenCertificate *self);

/** Marks it, directly after creation, as one whose key this program cannot use for signing. */
void eonay_token_certificate_set_needs_module (EonayTokenCertificate *self);

/** Returns: whether only a PKCS#11 module can sign with the key, whatever the card's others do */
gboolean eonay_token_certificate_needs_module (EonayTokenCertificate *self);

G_END_DECLS
