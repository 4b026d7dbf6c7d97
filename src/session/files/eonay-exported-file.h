#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Files that a Flatpak is given by the desktop (org.freedesktop.portal.Documents): RUNTIME/doc/ID/NAME
 * is a file without its folder, or a folder that was chosen, with all that is in it.
 */

/**
 * eonay_exported_file_is_alone:
 * @path: (type filename): absolute
 *
 * Returns: whether the file was given without its folder: what is made beside it is hidden, or
 *   nowhere
 */
gboolean eonay_exported_file_is_alone (const char *path);

/**
 * eonay_exported_file_find_path:
 * @path: (type filename): absolute
 *
 * Returns: (transfer full) (type filename): the path as the person knows it, as far as the desktop tells
 *   (xdg-desktop-portal 1.17 and later do); else, of what was given, its name and what is in it; @path for
 *   any other file
 */
char *eonay_exported_file_find_path (const char *path);

/**
 * eonay_exported_file_find_folder: as eonay_exported_file_find_path(), of the folder that @path is in
 *
 * Returns: (transfer full) (type filename) (nullable): %NULL if the desktop does not tell it
 */
char *eonay_exported_file_find_folder (const char *path);

G_END_DECLS
