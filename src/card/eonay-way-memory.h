#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Which way has signed with which card: a file that only its owner can read, in the user's data
 * folder (eonay/cards.ini). A card stands there as the SHA-256 of its serial number; nothing else
 * of it does. Main thread.
 */

/**
 * Returns: (transfer full) (nullable): "" for the program's own driver, else the path of the
 *   module that has signed with the card; %NULL if none has, or @serial is ""
 */
char *eonay_way_memory_recall (const char *serial);

/** Writes only what is new. A file that cannot be written costs nothing but the memory. */
void eonay_way_memory_remember (const char *serial, const char *way);

/** Returns: whether the module at @path has signed with any card */
gboolean eonay_way_memory_has_module (const char *path);

G_END_DECLS
