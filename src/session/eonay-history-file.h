#pragma once

#include "session/eonay-history-entry.h"

G_BEGIN_DECLS

/** How long a call waits for another program that is writing, in milliseconds. */
#define EONAY_HISTORY_BUSY_PATIENCE 3000

/**
 * EonayHistoryFile: the history in an SQLite database; the only one that knows SQLite. Its calls
 * take as long as the disk does. Any thread, one at a time.
 *
 * Durable means: on the disk, whatever happens to the program or the computer afterwards
 * (synchronous=FULL). The journal is a rollback journal, because SQLite's write-ahead log needs
 * memory shared between programs, which home folders on a network do not give; it is truncated
 * rather than deleted, because then the end of a transaction needs no write to the folder.
 * What is removed is overwritten (secure_delete).
 *
 * An entry that is not ended, of a run that holds no lock any more (#EonayHistoryLock), was left
 * by a program that was killed.
 */
typedef struct _EonayHistoryFile EonayHistoryFile;

/**
 * eonay_history_file_open:
 * @path: (nullable): %NULL for one in memory, gone with the program
 * @moved: (out) (nullable) (transfer full): where a damaged file was moved to, if there was one
 *
 * Makes what is missing: the folder (0700), the file (0600; an existing one is made so); brings a file of an older version
 * up to date. A file that is damaged is moved aside, under another name in the same folder, and
 * an empty one takes its place.
 *
 * Returns: %NULL with %EONAY_SESSION_ERROR_HISTORY_UNUSABLE, or
 *   %EONAY_SESSION_ERROR_HISTORY_NEWER: it is of a later version of the program, and left alone
 */
EonayHistoryFile *eonay_history_file_open (const char *path, char **moved, GError **error);

/**
 * Returns: whether the file at the path is still the one that is open, and not damaged; if not,
 *   it has to be opened again
 */
gboolean eonay_history_file_is_current (EonayHistoryFile *self);

/**
 * eonay_history_file_put:
 * @entries: (element-type EonayHistoryEntry): of one batch
 *
 * Writes all of them or none; durable when it succeeds. An entry of the same batch and document
 * gets the new outcome, code and receipt.
 *
 * Returns: %FALSE with %EONAY_SESSION_ERROR_HISTORY_UNUSABLE
 */
gboolean eonay_history_file_put (EonayHistoryFile *self, GPtrArray *entries, GError **error);

/** Removes the entries of a batch. */
gboolean eonay_history_file_remove (EonayHistoryFile *self, const char *batch, GError **error);

/** Removes every entry, and gives their room back. */
gboolean eonay_history_file_clear (EonayHistoryFile *self, GError **error);

/** Returns: (transfer full) (element-type EonayHistoryEntry): newest first */
GPtrArray *eonay_history_file_list (EonayHistoryFile *self, GError **error);

void eonay_history_file_close (EonayHistoryFile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayHistoryFile, eonay_history_file_close)

G_END_DECLS
