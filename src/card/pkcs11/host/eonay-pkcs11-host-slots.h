#pragma once

#include "card/pkcs11/eonay-pkcs11-request.h"
#include "card/pkcs11/eonay-pkcs11-slot.h"
#include "card/pkcs11/host/eonay-pkcs11-host.h"

G_BEGIN_DECLS

/* The slots of the host's module, and the tokens in them. Nobody is logged in for what is here. */

/** Returns: (transfer full): the token in slot @id, without its certificates */
EonayPkcs11Slot *eonay_pkcs11_host_slots_read (EonayPkcs11Host *self, CK_SLOT_ID id,
                                               GError **error);

/** Returns: (transfer full) (element-type EonayPkcs11Slot) */
GPtrArray *eonay_pkcs11_host_slots_list (EonayPkcs11Host *self, const EonayPkcs11Request *request,
                                         GError **error);

/**
 * eonay_pkcs11_host_slots_find: the token that @request names by its slot, serial number and
 *   label; in another slot if it is there now
 *
 * Returns: (transfer full): without its certificates; else %NULL, with %EONAY_CARD_ERROR_REMOVED
 *   if another token is there
 */
EonayPkcs11Slot *eonay_pkcs11_host_slots_find (EonayPkcs11Host *self,
                                               const EonayPkcs11Request *request, GError **error);

G_END_DECLS
