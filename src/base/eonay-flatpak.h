#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether, and in which, Flatpak a program runs. */

/** Returns: (transfer full) (nullable): the content of /.flatpak-info (flatpak-metadata(5)); %NULL outside */
char *eonay_flatpak_read_info (void);

/** Returns: whether this process runs in a Flatpak */
gboolean eonay_flatpak_is_inside (void);

/** Returns: (transfer none): the os-release(5) of the computer, as a Flatpak sees it */
const char *eonay_flatpak_get_host_release (void);

G_END_DECLS
