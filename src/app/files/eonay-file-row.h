#pragma once

#include <adwaita.h>

#include "session/files/eonay-own-file.h"

G_BEGIN_DECLS

/**
 * EonayFileRow: one of a person's own files in a list: name, size, what is known of it, and a box to
 * tick. Follows the file.
 *
 * Property `ticked` (boolean): whether it is to be signed; %FALSE where it was refused, until it is ticked
 * again.
 */
#define EONAY_TYPE_FILE_ROW (eonay_file_row_get_type ())
G_DECLARE_FINAL_TYPE (EonayFileRow, eonay_file_row, EONAY, FILE_ROW, AdwActionRow)

GtkWidget *eonay_file_row_new (EonayOwnFile *file);

/** Returns: (transfer none) */
EonayOwnFile *eonay_file_row_get_file (EonayFileRow *self);

gboolean eonay_file_row_is_ticked (EonayFileRow *self);

/** Returns: (transfer full): what is known of @file: "12,3 kB · 2 signatures"; why it is refused */
char *eonay_file_row_describe (EonayOwnFile *file);

G_END_DECLS
