#pragma once

#include <adwaita.h>

#include "session/files/eonay-file-options.h"

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

/**
 * eonay_file_row_new:
 * @chosen: in this window; else the row says that @file was opened from outside
 * @ticked: at first
 */
GtkWidget *eonay_file_row_new (EonayOwnFile *file, gboolean chosen, gboolean ticked);

/** Returns: (transfer none) */
EonayOwnFile *eonay_file_row_get_file (EonayFileRow *self);

gboolean eonay_file_row_is_ticked (EonayFileRow *self);

/** Returns: whether it came without a tick, could be signed, and the person has not said anything of it */
gboolean eonay_file_row_is_undecided (EonayFileRow *self);

void eonay_file_row_tick (EonayFileRow *self);

/** Returns: (transfer full): what is known of @file: "12,3 kB · 2 signatures"; why it is refused */
char *eonay_file_row_describe (EonayOwnFile *file, EonayFileFormat format);

/** Returns: (transfer full): what people have to read of before they sign @file and have not, as far as it
 *   is known without its pages having been drawn */
GStrv eonay_file_row_list_unread_warnings (EonayOwnFile *file);

/** @file: a SIGNED one. Returns: whether its signed file is beside it */
gboolean eonay_file_row_is_beside (EonayOwnFile *file);

/** How it is to be signed: what is known not to be signable in @format cannot be ticked. */
void eonay_file_row_set_format (EonayFileRow *self, EonayFileFormat format);

G_END_DECLS
