#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * EonayPathWatch: waits for a file to come, or to come anew. It watches the nearest folder that
 * exists, because GLib polls for a folder that does not.
 *
 * Signal `came`, on the main context of the one who made it: the file is there, or something
 * about it has changed.
 */
#define EONAY_TYPE_PATH_WATCH (eonay_path_watch_get_type ())
G_DECLARE_FINAL_TYPE (EonayPathWatch, eonay_path_watch, EONAY, PATH_WATCH, GObject)

EonayPathWatch *eonay_path_watch_new (const char *path);

G_END_DECLS
