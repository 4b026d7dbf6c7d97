#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * EonaySealedMemory: memory that is given to other processes as a file descriptor: it has a size that
 * is known, and nobody can change, grow or shrink it any more, so that all see the same bytes for as
 * long as they look. (Linux: memfd_create(2), F_ADD_SEALS of fcntl(2).)
 *
 * Immutable; any thread.
 */
typedef struct _EonaySealedMemory EonaySealedMemory;

/**
 * eonay_sealed_memory_new: a sealed copy of @bytes and, right behind them, @rest (nullable)
 *
 * Returns: (transfer full): %NULL with %G_FILE_ERROR
 */
EonaySealedMemory *eonay_sealed_memory_new (GBytes *bytes, GBytes *rest, GError **error);

void eonay_sealed_memory_free (EonaySealedMemory *self);

/** Returns: a descriptor, closed at exec, that stays @self's */
int eonay_sealed_memory_get_fd (EonaySealedMemory *self);

/** Returns: bytes */
gsize eonay_sealed_memory_get_size (EonaySealedMemory *self);

/**
 * eonay_sealed_memory_map: what another process was given
 * @fd: stays the caller's, and need not stay open
 * @max: bytes
 *
 * Returns: (transfer full): the bytes, not copied; %NULL with %G_FILE_ERROR_INVAL for what is not
 *   sealed, %G_FILE_ERROR_NOSPC for more than @max bytes, or another %G_FILE_ERROR
 */
GBytes *eonay_sealed_memory_map (int fd, gsize max, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonaySealedMemory, eonay_sealed_memory_free)

G_END_DECLS
