#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Writing files that a person keeps: readable by that person only, whatever the umask and whatever
 * existed before; completely or not at all; and never through a link. */

/** For g_file_replace_contents() and similar functions. */
#define EONAY_PRIVATE_FILE_FLAGS (G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION)

/**
 * eonay_private_file_replace:
 * @path: (type filename): what exists there, also a link, a pipe or a device, is replaced and never
 *   opened, so that it can neither block the program nor lead elsewhere
 * @length: or -1
 *
 * For a name made by the program, e.g. in a chosen folder.
 */
gboolean eonay_private_file_replace (const char *path, const char *bytes, gssize length,
                                     GError **error);

/**
 * eonay_private_file_write:
 * @path: (type filename): /dev/stdout, /dev/stderr and /dev/fd/N are open descriptors of the
 *   program; a device of the system or the person, e.g. /dev/null, and a pipe of the person that
 *   has a reader are written to, not replaced; a link is replaced
 * @length: or -1
 *
 * For a name that a person typed. Fails with %G_FILE_ERROR_PERM for another user's pipe or device,
 * and with %G_FILE_ERROR_NXIO for a pipe without a reader.
 */
gboolean eonay_private_file_write (const char *path, const char *bytes, gssize length,
                                   GError **error);

G_END_DECLS
