#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * eonay_module_trial_run_async: whether a file is a PKCS#11 module that works on this computer. It
 *   is looked at first, and then loaded and asked for its tokens in a process of its own. Nobody
 *   is logged in
 * @path: absolute
 */
void eonay_module_trial_run_async (const char *path, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer user_data);

/**
 * Returns: (transfer full) (element-type EonayPkcs11Slot): the tokens that it shows, maybe none;
 *   else %NULL with %EONAY_CARD_ERROR_MODULE_NO_LIBRARY, _MODULE_OTHER_COMPUTER, _MODULE_FAILED,
 *   _MODULE_CRASHED, _MODULE_HUNG, or what the module said
 */
GPtrArray *eonay_module_trial_run_finish (GAsyncResult *result, GError **error);

G_END_DECLS
