#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * EonayPkcs11HostVendor: who made a module, and the token that it shows: CK_INFO and CK_TOKEN_INFO
 * (PKCS#11 v2.40, 3.1 and 3.2), as UTF-8 without padding.
 *
 * @library_manufacturer, @library_description: CK_INFO
 * @token_manufacturer, @token_model: CK_TOKEN_INFO
 */
typedef struct {
  const char *library_manufacturer;
  const char *library_description;
  const char *token_manufacturer;
  const char *token_model;
} EonayPkcs11HostVendor;

/**
 * Returns: whether this vendor's module takes the PUK as the security officer's PIN (C_Login with
 *   CKU_SO, then C_InitPIN). Elsewhere such a login spends a try of another secret than the PUK
 */
gboolean eonay_pkcs11_host_vendor_takes_puk (const EonayPkcs11HostVendor *self);

G_END_DECLS
