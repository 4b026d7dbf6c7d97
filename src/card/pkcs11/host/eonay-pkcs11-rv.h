#pragma once

#include <gio/gio.h>
#include <p11-kit/pkcs11.h>

G_BEGIN_DECLS

/** What a call was about: decides what a CK_RV about "the PIN" means. */
typedef enum {
  EONAY_PKCS11_RV_OF_CALL,    /* any call without a PIN */
  EONAY_PKCS11_RV_OF_PIN,     /* C_Login as user */
  EONAY_PKCS11_RV_OF_PUK,     /* C_Login as security officer */
  EONAY_PKCS11_RV_OF_NEW_PIN, /* C_SetPIN: a wrong PIN is the old one, a bad one the new one */
} EonayPkcs11RvOf;

/**
 * eonay_pkcs11_rv_check: the one table from CK_RV (PKCS#11 v2.40, 5.1) to #EonayCardError
 * @what: the call, for the message
 * @tries_left: what the token says afterwards, -1 if it does not: for a wrong PIN or PUK
 *
 * Returns: %TRUE for CKR_OK; else %FALSE with an error of %EONAY_CARD_ERROR, or
 *   %G_IO_ERROR_CANCELLED if the module says that the person cancelled
 */
gboolean eonay_pkcs11_rv_check (CK_RV rv, EonayPkcs11RvOf of, const char *what, int tries_left,
                                GError **error);

G_END_DECLS
