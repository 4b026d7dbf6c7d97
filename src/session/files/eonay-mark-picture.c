#include "session/files/eonay-mark-picture.h"

#include <string.h>

#include "base/eonay-error.h"
#include "base/eonay-regular-file.h"

#define WHITE 255

static GdkPixbuf *
refuse (GError **error, const char *reason)
{
  g_set_error_literal (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_FILE_PICTURE, reason);

  return NULL;
}

/* Returns: (nullable): the name of the loader; of its many kinds these two alone are wanted */
static const char *
find_kind (GBytes *bytes)
{
  static const guint8 png[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };
  static const guint8 end[] = { 'I', 'E', 'N', 'D', 0xae, 0x42, 0x60, 0x82 };
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);

  /* The loader takes half a PNG for a whole one. */
  if (length >= sizeof png + sizeof end && memcmp (text, png, sizeof png) == 0)
    return memcmp (text + length - sizeof end, end, sizeof end) == 0 ? "png" : NULL;

  return length > 0 && memchr (text, '\0', length) == NULL &&
                 g_utf8_validate_len (text, length, NULL) &&
                 g_strstr_len (text, (gssize) length, "<svg") != NULL
             ? "svg"
             : NULL;
}

/* Returns: the side @side of a picture whose longest one is @longest */
static int
scale (int side, int longest)
{
  return MAX ((int) ((gint64) side * EONAY_MARK_PICTURE_SIDE / longest), 1);
}

static void
png_size_cb (GdkPixbufLoader *loader, int width, int height)
{
  /* Refused before there are pixels. */
  if (width > EONAY_MARK_PICTURE_SIDE_MAX || height > EONAY_MARK_PICTURE_SIDE_MAX)
    gdk_pixbuf_loader_set_size (loader, 0, 0);
}

/* It has no pixels of its own. */
static void
svg_size_cb (GdkPixbufLoader *loader, int width, int height)
{
  int longest = MAX (width, height);

  if (width > 0 && height > 0)
    gdk_pixbuf_loader_set_size (loader, scale (width, longest), scale (height, longest));
}

/* Returns: (transfer full) (nullable) */
static GdkPixbuf *
load (GBytes *bytes, const char *kind, GError **error)
{
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new_with_type (kind, error);
  GdkPixbuf *pixbuf = NULL;
  gboolean is_written;

  if (loader == NULL)
    return NULL;

  g_signal_connect (loader, "size-prepared", G_CALLBACK (*kind == 'p' ? png_size_cb : svg_size_cb),
                    NULL);
  is_written = gdk_pixbuf_loader_write_bytes (loader, bytes, error);
  if (gdk_pixbuf_loader_close (loader, is_written ? error : NULL) && is_written)
    pixbuf = gdk_pixbuf_loader_get_pixbuf (loader);

  return pixbuf != NULL ? g_object_ref (pixbuf) : NULL;
}

/* On white. gdk-pixbuf's own composition rounds white to grey. */
static void
flatten (GdkPixbuf *picture)
{
  int n_channels = gdk_pixbuf_get_n_channels (picture);
  guint8 *pixels = gdk_pixbuf_get_pixels (picture);

  if (!gdk_pixbuf_get_has_alpha (picture))
    return;

  for (int y = 0; y < gdk_pixbuf_get_height (picture); y++)
    for (int x = 0; x < gdk_pixbuf_get_width (picture); x++)
      {
        guint8 *pixel = pixels + y * gdk_pixbuf_get_rowstride (picture) + x * n_channels;
        guint alpha = pixel[3];

        for (int i = 0; i < 3; i++)
          pixel[i] = (guint8) ((pixel[i] * alpha + WHITE * (255 - alpha) + 127) / 255);
        pixel[3] = 255;
      }
}

GdkPixbuf *
eonay_mark_picture_read (const char *path, GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (GBytes) bytes = eonay_regular_file_read (path, EONAY_MARK_PICTURE_BYTES_MAX, &reason);
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  GdkPixbuf *picture;
  const char *kind = bytes != NULL ? find_kind (bytes) : NULL;
  int width, height, longest;

  if (bytes == NULL)
    return refuse (error, reason->message);
  if (kind == NULL)
    return refuse (error, "Neither a PNG nor an SVG");
  pixbuf = load (bytes, kind, &reason);
  if (pixbuf == NULL)
    return refuse (error, reason != NULL ? reason->message : "Nothing in it");

  width = gdk_pixbuf_get_width (pixbuf);
  height = gdk_pixbuf_get_height (pixbuf);
  longest = MAX (width, height);
  picture = longest > EONAY_MARK_PICTURE_SIDE
                ? gdk_pixbuf_scale_simple (pixbuf, scale (width, longest), scale (height, longest),
                                           GDK_INTERP_BILINEAR)
                : gdk_pixbuf_copy (pixbuf);
  if (picture == NULL)
    return refuse (error, "Not enough memory");
  flatten (picture);

  return picture;
}
