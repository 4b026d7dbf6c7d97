#pragma once

#include "app/window/eonay-window.h"

G_BEGIN_DECLS

/**
 * eonay_signature_saving_async:
 * @session: with signatures
 *
 * Asks for the destination, and saves the signatures: one file by name, several into a folder.
 * Existing files are replaced only after confirmation.
 */
void eonay_signature_saving_async (EonayWindow *window, EonaySession *session,
                                   GAsyncReadyCallback callback, gpointer user_data);

/** Returns: %FALSE with %G_IO_ERROR_CANCELLED if the person cancelled */
gboolean eonay_signature_saving_finish (EonayWindow *window, GAsyncResult *result, GError **error);

G_END_DECLS
