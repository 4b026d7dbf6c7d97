#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The file of the only CA that is trusted for a portal: PEM, a regular file of at most 1 MiB. A
 * profile that names a pipe, or something without an end, must not stop the program. */

/**
 * Returns: (transfer full): the file's bytes, if it has a certificate
 * @path: (type filename)
 */
GBytes *eonay_portal_ca_read (const char *path, GError **error);

/**
 * Returns: (transfer full): what trusts the CAs of the file as it is now
 * @path: (type filename)
 */
GTlsDatabase *eonay_portal_ca_open (const char *path, GError **error);

G_END_DECLS
