#pragma once

#include "session/history/eonay-history-entry.h"

G_BEGIN_DECLS

/**
 * EonayHistoryFile: the file of a history (#EonayHistoryDatabase): its access rights, replacement
 * of a damaged one, and which programs are writing to it. Any thread, one at a time.
 *
 * An entry without outcome, of a run that holds no lock any more (#EonayHistoryLock), was left by a
 * program that was killed.
 */
typedef struct _EonayHistoryFile EonayHistoryFile;

/**
 * eonay_history_file_open:
 * @path: (nullable): %NULL for one in memory
 * @moved: (out) (optional) (nullable) (transfer full): where a damaged file was moved to, if there
 *   was one; %NULL for a file that is not the program's own to move
 *
 * Creates what is missing: the folder (0700), the file (0600, also set for an existing history);
 * migrates a file of an older version. With @moved, a file that is damaged or not a history is
 * moved aside, under another name in the same folder, and an empty one takes its place; without, it
 * is left unchanged, as is a link, which is not followed.
 *
 * Returns: %NULL with %EONAY_SESSION_ERROR_HISTORY_UNUSABLE,
 *   %EONAY_SESSION_ERROR_HISTORY_FOREIGN: damaged, a link or not a history, and left alone, or
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

/**
 * Removes every entry, frees their disk space, and removes the damaged files that were moved aside.
 */
gboolean eonay_history_file_clear (EonayHistoryFile *self, GError **error);

/** Returns: (transfer full) (element-type EonayHistoryEntry): newest first */
GPtrArray *eonay_history_file_list (EonayHistoryFile *self, GError **error);

void eonay_history_file_close (EonayHistoryFile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayHistoryFile, eonay_history_file_close)

G_END_DECLS
