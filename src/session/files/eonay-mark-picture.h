#pragma once

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <gio/gio.h>

G_BEGIN_DECLS

/** The most bytes of a picture's file, and the most pixels of a PNG's side. */
#define EONAY_MARK_PICTURE_BYTES_MAX (5u * 1024 * 1024)
#define EONAY_MARK_PICTURE_SIDE_MAX 4096

/** The most pixels of a side once it is read: 600 dpi over 6.7 cm. */
#define EONAY_MARK_PICTURE_SIDE 1600

/**
 * eonay_mark_picture_read:
 * @path: (type filename): a PNG or an SVG, such as a drawn signature or an emblem
 *
 * Reads the picture of a signature's visible mark. What it refers to outside the file is left out; what
 * is transparent gets white paper behind it, because PDF/A-1 (ISO 19005-1, clause 6.4) has no
 * transparency. Any thread; an SVG with many effects takes long.
 *
 * Returns: (transfer full): opaque, of 8 bits a channel; %NULL with %EONAY_SESSION_ERROR_FILE_PICTURE
 */
GdkPixbuf *eonay_mark_picture_read (const char *path, GError **error);

G_END_DECLS
