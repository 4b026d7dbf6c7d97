#pragma once

#include "card/pkcs11/eonay-pkcs11-module.h"
#include "card/token/eonay-token.h"

G_BEGIN_DECLS

/**
 * EonayPkcs11Token: a token that a PKCS#11 module speaks to. What is known of its tries is what
 * the flags of CK_TOKEN_INFO tell: that one is left, that none is; else nothing. Main thread.
 *
 * Signal `released (GObject *hold)`: a request that may have sent a PIN is over. Some modules leave
 * the card logged in: whoever can reach it by PC/SC has to reset it, and keeps a reference to
 * @hold until that is done: the request's outcome is told when nobody does.
 *
 * Signal `signed (GBytes *certificate)`: the module has signed with that certificate's key, and
 * its octets have come.
 */
#define EONAY_TYPE_PKCS11_TOKEN (eonay_pkcs11_token_get_type ())
G_DECLARE_FINAL_TYPE (EonayPkcs11Token, eonay_pkcs11_token, EONAY, PKCS11_TOKEN, EonayToken)

/** @slot: (transfer full): as the module listed it */
EonayToken *eonay_pkcs11_token_new (EonayPkcs11Module *module, EonayPkcs11Slot *slot);

/** Returns: (transfer none) */
EonayPkcs11Module *eonay_pkcs11_token_get_module (EonayPkcs11Token *self);

/** Returns: (transfer none): as last seen */
const EonayPkcs11Slot *eonay_pkcs11_token_get_slot (EonayPkcs11Token *self);

G_END_DECLS
