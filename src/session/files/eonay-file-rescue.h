#pragma once

#include "session/history/eonay-history.h"

G_BEGIN_DECLS

/* What the card has signed and could not be saved, saved once more: its folder is back, or another one is
 * chosen. Neither card nor PIN is needed. */

/**
 * eonay_file_rescue_async:
 * @items: (element-type EonayFileItem): of which the unsaved ones are meant; they live on until it is done
 * @folder: (nullable) (type filename): %NULL for where they were to be
 *
 * On a thread; the items are not to be touched meanwhile.
 */
void eonay_file_rescue_async (GPtrArray *items, const char *folder, GAsyncReadyCallback callback,
                              gpointer user_data);

/**
 * eonay_file_rescue_finish: main thread: tells each file what became of it
 * @history: (nullable): where that is recorded
 *
 * Returns: %FALSE with the error of the first one that could not be saved
 */
gboolean eonay_file_rescue_finish (GAsyncResult *result, EonayHistory *history, GError **error);

G_END_DECLS
