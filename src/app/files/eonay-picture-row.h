#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * EonayPictureRow: the picture in a signature's visible mark: a PNG or SVG that the person chooses, as it
 * will be drawn. It is read once, in the background, and kept: a file that changes afterwards changes
 * no mark.
 *
 * Signal `changed`: another one was chosen, or it was read, or is none.
 */
#define EONAY_TYPE_PICTURE_ROW (eonay_picture_row_get_type ())
G_DECLARE_FINAL_TYPE (EonayPictureRow, eonay_picture_row, EONAY, PICTURE_ROW, AdwActionRow)

/** @path: (nullable) (type filename): %NULL or "" for none; one that was read already is not read again */
void eonay_picture_row_set_path (EonayPictureRow *self, const char *path);

/** Returns: (transfer none) (nullable) (type filename): the chosen one, whether or not it can be read */
const char *eonay_picture_row_get_path (EonayPictureRow *self);

/** Returns: whether a picture was chosen and is not read yet */
gboolean eonay_picture_row_is_reading (EonayPictureRow *self);

/** Returns: whether the chosen picture cannot be used */
gboolean eonay_picture_row_is_refused (EonayPictureRow *self);

/** Returns: (transfer none) (nullable) */
GdkPixbuf *eonay_picture_row_get_picture (EonayPictureRow *self);

G_END_DECLS
