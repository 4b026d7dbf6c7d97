#pragma once

#include <gtk/gtk.h>

#include "base/eonay-secret.h"

G_BEGIN_DECLS

/**
 * eonay_secret_paste_async:
 *
 * Reads the first line of the text in @clipboard into locked memory. Copies made by GDK are wiped
 * by the program's heap when they are freed.
 */
void eonay_secret_paste_async (GdkClipboard *clipboard, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data);

/**
 * eonay_secret_paste_finish:
 *
 * Returns: (transfer full) (nullable): %NULL with @error if there is no text in the clipboard, none in
 *   UTF-8, or more than a secret can be
 */
EonaySecret *eonay_secret_paste_finish (GAsyncResult *result, GError **error);

G_END_DECLS
