#pragma once

#include "session/history/eonay-history-entry.h"

G_BEGIN_DECLS

/** How long a call waits for another writing program, in milliseconds. */
#define EONAY_HISTORY_BUSY_TIMEOUT 3000

/**
 * EonayHistoryDatabase: entries in an SQLite database; the only user of SQLite. Its calls block on
 * the disk. Any thread, one at a time.
 *
 * Durable means: on the disk, whatever happens to the program or the computer afterwards
 * (synchronous=FULL). The journal is a rollback journal, because SQLite's write-ahead log needs
 * memory shared between programs, which home folders on a network do not support; it is truncated
 * rather than deleted, so that the end of a transaction needs no write to the folder. Removed
 * entries are overwritten (secure_delete).
 *
 * Calls fail with %EONAY_SESSION_ERROR_HISTORY_UNUSABLE.
 */
typedef struct _EonayHistoryDatabase EonayHistoryDatabase;

/**
 * eonay_history_database_open:
 * @path: (nullable): %NULL for one in memory
 * @follow: whether @path may be a link; its folder may be reached through one anyway
 *
 * Migrates a file of an older version. Writes only to a file that is a history already, or empty.
 *
 * Returns: %NULL also with %EONAY_SESSION_ERROR_HISTORY_FOREIGN: damaged, or not a history at all,
 *   or %EONAY_SESSION_ERROR_HISTORY_NEWER: of a later version of the program
 */
EonayHistoryDatabase *eonay_history_database_open (const char *path, gboolean follow,
                                                   GError **error);

/** Returns: whether a call has found damage */
gboolean eonay_history_database_is_damaged (EonayHistoryDatabase *self);

/**
 * eonay_history_database_put:
 * @entries: (element-type EonayHistoryEntry): of one batch
 * @run_number: of the program that writes them
 *
 * Writes all of them or none; durable when it succeeds. An entry of the same batch and document
 * gets the new outcome, code and receipt.
 */
gboolean eonay_history_database_put (EonayHistoryDatabase *self, GPtrArray *entries,
                                     gint64 run_number, GError **error);

/** Removes the entries of a batch. */
gboolean eonay_history_database_remove (EonayHistoryDatabase *self, const char *batch,
                                        GError **error);

/** Removes every entry, and frees their disk space. */
gboolean eonay_history_database_clear (EonayHistoryDatabase *self, GError **error);

/** Returns: (transfer full) (element-type EonayHistoryEntry): newest first, as stored */
GPtrArray *eonay_history_database_list (EonayHistoryDatabase *self, GError **error);

void eonay_history_database_close (EonayHistoryDatabase *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayHistoryDatabase, eonay_history_database_close)

G_END_DECLS
