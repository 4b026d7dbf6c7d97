#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Memory that is given to another process as a file descriptor: it has a size that is known, and
 * nobody can change, grow or shrink it any more, so that both see the same bytes for as long as they
 * look. (Linux: memfd_create(2), F_ADD_SEALS of fcntl(2).) */

/**
 * eonay_sealed_memory_new: a sealed copy of @bytes
 *
 * Returns: a descriptor, closed at exec; -1 with %G_FILE_ERROR
 */
int eonay_sealed_memory_new (GBytes *bytes, GError **error);

/** As eonay_sealed_memory_new(), of two pieces, one after the other. @rest: (nullable) */
int eonay_sealed_memory_new_joined (GBytes *bytes, GBytes *rest, GError **error);

/**
 * eonay_sealed_memory_map:
 * @fd: stays the caller's, and need not stay open
 * @max: bytes
 *
 * Returns: (transfer full): the bytes, not copied; %NULL with %G_FILE_ERROR_INVAL for what is not
 *   sealed, %G_FILE_ERROR_NOSPC for more than @max bytes, or another %G_FILE_ERROR
 */
GBytes *eonay_sealed_memory_map (int fd, gsize max, GError **error);

G_END_DECLS
