#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * eonay_system_name_describe: the operating system of the computer. In a Flatpak that is not the one
 *   whose libraries the program has
 *
 * Returns: (transfer full): "Debian GNU/Linux 12 (bookworm) · x86_64"
 */
char *eonay_system_name_describe (void);

/**
 * eonay_system_name_read:
 * @path: (type filename): of a file as of os-release(5)
 *
 * Returns: (transfer full) (nullable): its PRETTY_NAME, as a line to be shown; else its NAME
 */
char *eonay_system_name_read (const char *path);

G_END_DECLS
