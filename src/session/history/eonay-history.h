#pragma once

#include "session/history/eonay-history-entry.h"

G_BEGIN_DECLS

/** How long a signature waits for its entry to be durable, in milliseconds. */
#define EONAY_HISTORY_TIMEOUT 4000

/**
 * EonayHistory: the list of signatures made on this machine. Main thread; a thread of its own
 * writes to the disk, in the order of the calls.
 *
 * A signature has priority over the list: a write error only sets `problem`. A failed call is not
 * retried, but every later one tries again.
 *
 * Properties, all with notify: `enabled` (boolean, %TRUE: whether new entries are written);
 * `keeps-text` (boolean, %FALSE: whether signed texts are kept, too); `problem` (GError, nullable:
 * %EONAY_SESSION_ERROR_HISTORY_UNUSABLE, _DAMAGED, _NEWER or _FOREIGN; notifies once for each
 * code).
 *
 * Signal `changed`: the list was written by this program.
 */
#define EONAY_TYPE_HISTORY (eonay_history_get_type ())
G_DECLARE_FINAL_TYPE (EonayHistory, eonay_history, EONAY, HISTORY, GObject)

/**
 * @path: (nullable): of the database; %NULL for a list in memory. A file that is damaged or not a
 *   history is left unchanged
 */
EonayHistory *eonay_history_new (const char *path);

/**
 * Returns: (transfer full): the person's own, XDG_DATA_HOME/eonay/history.db, which follows the
 *   settings `history` and `history-keeps-text`; a damaged one is moved aside
 */
EonayHistory *eonay_history_new_for_person (void);

/** Returns: (transfer none) (nullable): %NULL for one in memory */
const char *eonay_history_get_path (EonayHistory *self);

/**
 * Returns: (transfer full): an action `history` with a boolean state, which turns it on and off and
 *   stores that; disabled if an administrator has locked the setting
 */
GAction *eonay_history_create_switch (EonayHistory *self);

gboolean eonay_history_is_enabled (EonayHistory *self);
gboolean eonay_history_keeps_text (EonayHistory *self);

/** Returns: (transfer none) (nullable): the last error */
const GError *eonay_history_get_problem (EonayHistory *self);

/**
 * eonay_history_put_async:
 * @entries: (element-type EonayHistoryEntry): a batch; replaces the same one
 * @callback: (nullable):
 *
 * Succeeds when @entries are durable. Ends after %EONAY_HISTORY_TIMEOUT at the latest; they may
 * still be written then.
 */
void eonay_history_put_async (EonayHistory *self, GPtrArray *entries, GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean eonay_history_put_finish (EonayHistory *self, GAsyncResult *result, GError **error);

/** Removes the entries of a batch that had no effect. */
void eonay_history_remove (EonayHistory *self, const char *batch);

void eonay_history_list_async (EonayHistory *self, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data);

/** Returns: (transfer full) (element-type EonayHistoryEntry): newest first */
GPtrArray *eonay_history_list_finish (EonayHistory *self, GAsyncResult *result, GError **error);

/** Removes everything, damaged files that were moved aside too. */
void eonay_history_clear (EonayHistory *self);

/** Waits, without a main loop, until all is written. Returns: %FALSE if that takes over @seconds */
gboolean eonay_history_flush (EonayHistory *self, guint seconds);

G_END_DECLS
