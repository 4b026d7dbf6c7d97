#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* How files are written that a person keeps: only for that person's eyes, whatever the umask and
 * whatever was there; whole or not at all; and never through a link. */

/** For g_file_replace_contents() and its like. */
#define EONAY_PRIVATE_FILE_FLAGS (G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION)

/**
 * eonay_private_file_write:
 * @path: (type filename): what is no regular file, as /dev/null or a pipe, is written to, not
 *   replaced; a link is replaced
 * @length: or -1
 */
gboolean eonay_private_file_write (const char *path, const char *bytes, gssize length,
                                   GError **error);

G_END_DECLS
