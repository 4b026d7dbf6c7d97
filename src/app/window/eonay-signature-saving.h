#pragma once

#include "app/window/eonay-window.h"

G_BEGIN_DECLS

/**
 * eonay_signature_saving_async:
 * @session: with signatures
 *
 * Asks where to, and saves what was signed: one file by name, several into a folder. Nothing that
 * exists is replaced without the person's word.
 */
void eonay_signature_saving_async (EonayWindow *window, EonaySession *session,
                                   GAsyncReadyCallback callback, gpointer user_data);

/** Returns: %FALSE with %G_IO_ERROR_CANCELLED if the person changed their mind */
gboolean eonay_signature_saving_finish (EonayWindow *window, GAsyncResult *result, GError **error);

G_END_DECLS
