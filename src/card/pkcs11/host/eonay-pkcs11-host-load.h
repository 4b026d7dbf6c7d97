#pragma once

#include <gio/gio.h>
#include <p11-kit/pkcs11.h>

G_BEGIN_DECLS

/**
 * Loading modules with p11-kit, which runs their code. Host only.
 *
 * eonay_pkcs11_host_load: the file at @path, neither initialised nor managed by p11-kit
 *
 * Returns: (transfer none): never unloaded; else %NULL with %EONAY_CARD_ERROR_MODULE_FAILED
 */
CK_FUNCTION_LIST *eonay_pkcs11_host_load (const char *path, GError **error);

/**
 * Returns: (transfer full) (element-type GBytes): file names of the modules that are registered
 *   with p11-kit, but for those that only hold trust policy
 */
GPtrArray *eonay_pkcs11_host_find_registered (void);

G_END_DECLS
