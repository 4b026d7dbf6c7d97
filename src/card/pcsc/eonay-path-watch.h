#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * EonayPathWatch: waits for a file to be created, or created again. It watches the nearest existing
 * folder, because GLib polls for one that does not exist.
 *
 * Signal `came`, on the main context of its creator: the file was created or changed.
 */
#define EONAY_TYPE_PATH_WATCH (eonay_path_watch_get_type ())
G_DECLARE_FINAL_TYPE (EonayPathWatch, eonay_path_watch, EONAY, PATH_WATCH, GObject)

EonayPathWatch *eonay_path_watch_new (const char *path);

G_END_DECLS
