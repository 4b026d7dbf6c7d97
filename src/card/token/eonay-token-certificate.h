#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * EonayTokenCertificate: a certificate as it stands on a token: its bytes, and whether the token
 * holds its key. Immutable. What the bytes mean is the business of the signature room.
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
 * @may_sign: whether the token lets that key sign (PKCS#15 usage: sign or nonRepudiation)
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

/** For whoever has just made it: its key signs with RSA-PSS and nothing else. */
void eonay_token_certificate_set_only_pss (EonayTokenCertificate *self);

/** Returns: whether the token lets the key sign with RSA-PSS only */
gboolean eonay_token_certificate_is_only_pss (EonayTokenCertificate *self);

/** For whoever has just made it: this program does not know how its key is told to sign. */
void eonay_token_certificate_set_needs_module (EonayTokenCertificate *self);

/** Returns: whether only a PKCS#11 module can sign with the key, whatever the card's others do */
gboolean eonay_token_certificate_needs_module (EonayTokenCertificate *self);

G_END_DECLS
