#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * EonayHistoryLock: the empty file `history.db-lock` beside a history, of which a running program holds a
 * byte. The kernel lets go of it with the program, however that ends. It is needless once SQLite can
 * tell which of its users still live: its own locks last no longer than a transaction.
 */
typedef struct _EonayHistoryLock EonayHistoryLock;

/**
 * @path: (nullable): of the history; %NULL for one in memory
 *
 * Returns: (transfer full): a lock that holds a byte of its own, if possible
 */
EonayHistoryLock *eonay_history_lock_new (const char *path);

/** Returns: the number of this run: the offset of its byte, ≥ 1 */
gint64 eonay_history_lock_get_run (EonayHistoryLock *self);

/** Returns: whether the program of @run is known to still run */
gboolean eonay_history_lock_is_held (EonayHistoryLock *self, gint64 run);

/** Enters the critical section; waits for other programs. Returns: %FALSE on failure */
gboolean eonay_history_lock_enter (EonayHistoryLock *self);
void eonay_history_lock_leave (EonayHistoryLock *self);

void eonay_history_lock_free (EonayHistoryLock *self);

G_END_DECLS
