#pragma once

#include <gio/gio.h>

#include "base/host/eonay-sandbox.h"

G_BEGIN_DECLS

/** Asks a host that enters the sandbox of modules, and loads none, what the kernel cannot do for it. */
void eonay_pkcs11_isolation_find_async (GCancellable *cancellable, GAsyncReadyCallback callback,
                                        gpointer user_data);

/**
 * eonay_pkcs11_isolation_find_finish:
 * @lack: (out)
 *
 * Returns: %FALSE if the host cannot be asked (%EONAY_CARD_ERROR), or on cancel
 */
gboolean eonay_pkcs11_isolation_find_finish (GAsyncResult *result, EonaySandboxLack *lack,
                                             GError **error);

G_END_DECLS
