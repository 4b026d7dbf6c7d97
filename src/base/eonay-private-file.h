#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* How files are written that a person keeps: only for that person's eyes, whatever the umask and
 * whatever was there; whole or not at all; and never through a link. */

/** For g_file_replace_contents() and its like. */
#define EONAY_PRIVATE_FILE_FLAGS (G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION)

/**
 * eonay_private_file_replace:
 * @path: (type filename): whatever is there, a link, a pipe or a device too, is replaced and never
 *   opened, so that it can neither hold the program up nor lead elsewhere
 * @length: or -1
 *
 * For a name that the program made, as in a folder that was chosen.
 */
gboolean eonay_private_file_replace (const char *path, const char *bytes, gssize length,
                                     GError **error);

/**
 * eonay_private_file_write:
 * @path: (type filename): /dev/stdout, /dev/stderr and /dev/fd/N are what the program has open
 *   already; a device of the system or the person, as /dev/null, and a pipe of the person that
 *   somebody reads are written to, not replaced; a link is replaced
 * @length: or -1
 *
 * For a name that a person typed.
 * Fails with %G_FILE_ERROR_PERM for another's pipe or device, and with %G_FILE_ERROR_NXIO for a
 * pipe that nobody reads.
 */
gboolean eonay_private_file_write (const char *path, const char *bytes, gssize length,
                                   GError **error);

G_END_DECLS
