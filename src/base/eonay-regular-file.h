#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * eonay_regular_file_read:
 * @path: (type filename): links are followed
 * @max: the most bytes that are read
 *
 * Reads a file that others may have put there: never waits for a pipe, and never reads without end.
 *
 * Returns: (transfer full): its bytes; %NULL with %G_FILE_ERROR_FAILED for what is no regular file,
 *   and %G_FILE_ERROR_NOSPC for one of more than @max bytes
 */
GBytes *eonay_regular_file_read (const char *path, gsize max, GError **error);

/**
 * As eonay_regular_file_read().
 *
 * @mode: (out) (optional): its permissions, 0 to 0777
 */
GBytes *eonay_regular_file_read_with_mode (const char *path, gsize max, guint *mode,
                                           GError **error);

/**
 * eonay_regular_file_write_all:
 * @fd: of a file, or of memory
 *
 * Returns: whether all of it is written; %FALSE with errno
 */
gboolean eonay_regular_file_write_all (int fd, gconstpointer bytes, gsize length);

G_END_DECLS
