#include <glib/gstdio.h>
#include <string.h>

#include "base/eonay-error.h"
#include "session/files/eonay-mark-picture.h"

#define SVG(attributes, content)                                                                   \
  "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' " attributes \
  ">" content "</svg>"

static char *folder;

static char *
write_file (const char *name, const void *bytes, gsize length)
{
  char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, bytes, (gssize) length, NULL));

  return path;
}

/* @colour: RGBA */
static char *
write_png (const char *name, int width, int height, guint32 colour)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, TRUE, 8, width, height);
  char *path = g_build_filename (folder, name, NULL);

  gdk_pixbuf_fill (pixbuf, colour);
  g_assert_true (gdk_pixbuf_save (pixbuf, path, "png", NULL, NULL));

  return path;
}

static void
assert_colour (const GdkPixbuf *picture, double x, double y, guint32 colour)
{
  int column = (int) (x * gdk_pixbuf_get_width (picture));
  int row = (int) (y * gdk_pixbuf_get_height (picture));
  const guint8 *pixel = gdk_pixbuf_read_pixels (picture) +
                        row * gdk_pixbuf_get_rowstride (picture) +
                        column * gdk_pixbuf_get_n_channels (picture);

  g_assert_cmphex ((guint32) pixel[0] << 16 | (guint32) pixel[1] << 8 | pixel[2], ==, colour);
  if (gdk_pixbuf_get_has_alpha (picture))
    g_assert_cmpuint (pixel[3], ==, 255);
}

static GdkPixbuf *
read_picture (const char *path)
{
  g_autoptr (GError) error = NULL;
  GdkPixbuf *picture = eonay_mark_picture_read (path, &error);

  g_assert_no_error (error);

  return picture;
}

static void
assert_refused (const char *path)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (eonay_mark_picture_read (path, &error));
  g_assert_error (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_FILE_PICTURE);
}

static void
assert_bytes_refused (const void *bytes, gsize length)
{
  g_autofree char *path = write_file ("refused", bytes, length);

  assert_refused (path);
}

static void
test_png (void)
{
  g_autofree char *path = write_png ("a.png", 30, 20, 0x204080ff);
  g_autoptr (GdkPixbuf) picture = read_picture (path);

  g_assert_cmpint (gdk_pixbuf_get_width (picture), ==, 30);
  g_assert_cmpint (gdk_pixbuf_get_height (picture), ==, 20);
  assert_colour (picture, 0.5, 0.5, 0x204080);
}

static void
test_transparent_is_white (void)
{
  g_autofree char *png = write_png ("clear.png", 8, 8, 0xff000000);
  g_autofree char *svg = write_file ("clear.svg", SVG ("width='20' height='10'", ""),
                                     strlen (SVG ("width='20' height='10'", "")));
  g_autoptr (GdkPixbuf) one = read_picture (png);
  g_autoptr (GdkPixbuf) other = read_picture (svg);

  assert_colour (one, 0.5, 0.5, 0xffffff);
  assert_colour (other, 0.5, 0.5, 0xffffff);
}

static void
test_large_is_scaled (void)
{
  g_autofree char *path = write_png ("large.png", EONAY_MARK_PICTURE_SIDE_MAX, 512, 0x008000ff);
  g_autoptr (GdkPixbuf) picture = read_picture (path);

  g_assert_cmpint (gdk_pixbuf_get_width (picture), ==, EONAY_MARK_PICTURE_SIDE);
  g_assert_cmpint (gdk_pixbuf_get_height (picture), ==, 200);
  assert_colour (picture, 0.99, 0.99, 0x008000);
}

static void
test_svg (void)
{
  static const char content[] = "\xef\xbb\xbf<?xml version='1.0'?>\n" SVG (
      "width='40' height='10'", "<rect width='20' height='10' fill='#0000ff'/>");
  g_autofree char *path = write_file ("a.svg", content, strlen (content));
  g_autoptr (GdkPixbuf) picture = read_picture (path);

  g_assert_cmpint (gdk_pixbuf_get_width (picture), ==, EONAY_MARK_PICTURE_SIDE);
  g_assert_cmpint (gdk_pixbuf_get_height (picture), ==, EONAY_MARK_PICTURE_SIDE / 4);
  assert_colour (picture, 0.25, 0.5, 0x0000ff);
  assert_colour (picture, 0.75, 0.5, 0xffffff);
}

/* What is not in the file is not in the picture. */
static void
test_nothing_from_outside (void)
{
  g_autofree char *secret = write_png ("secret.png", 10, 10, 0xff0000ff);
  g_autofree char *content = g_strdup_printf (
      "<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY x SYSTEM '%s'>]>" SVG (
          "width='10' height='10'", "<image width='10' height='10' xlink:href='file://%s'/>"
                                    "<image width='10' height='10' xlink:href='secret.png'/>"
                                    "<use xlink:href='file://%s#x'/>"),
      secret, secret, secret);
  g_autofree char *path = write_file ("outside.svg", content, strlen (content));
  g_autoptr (GdkPixbuf) picture = read_picture (path);

  assert_colour (picture, 0.5, 0.5, 0xffffff);
}

static void
test_refused (void)
{
  static const char gif[] = "GIF89a\1\0\1\0\200\0\0\0\0\0\377\377\377,\0\0\0\0\1\0\1\0\0\2\2D\1\0;";
  static const char words[] = "not a picture";
  static const char half[] = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect";
  g_autofree char *png = write_png ("whole.png", 200, 200, 0x123456ff);
  g_autofree char *wide = write_png ("wide.png", EONAY_MARK_PICTURE_SIDE_MAX + 1, 1, 0xff);
  g_autofree char *huge = g_malloc0 (EONAY_MARK_PICTURE_BYTES_MAX + 1);
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (png, &bytes, &length, NULL));
  memcpy (huge, bytes, length);
  assert_bytes_refused (gif, sizeof gif);
  assert_bytes_refused (words, strlen (words));
  assert_bytes_refused (half, strlen (half));
  assert_bytes_refused (bytes, length / 2);
  assert_bytes_refused (bytes, 8);
  assert_bytes_refused ("", 0);
  assert_bytes_refused (huge, EONAY_MARK_PICTURE_BYTES_MAX + 1);
  assert_refused (wide);
  assert_refused (folder);
  assert_refused ("/dev/zero");
  assert_refused ("/nowhere.png");
}

/* Entities in entities, as many as there are atoms: refused before they are. */
static void
test_entities (void)
{
  g_autoptr (GString) content =
      g_string_new ("<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY a0 'x'>");
  g_autofree char *path = NULL;

  for (int i = 1; i < 40; i++)
    g_string_append_printf (content, "<!ENTITY a%d '&a%d;&a%d;&a%d;&a%d;'>", i, i - 1, i - 1, i - 1,
                            i - 1);
  g_string_append (content, "]>" SVG ("width='9' height='9'", "<text>&a39;</text>"));
  path = write_file ("entities.svg", content->str, content->len);
  assert_refused (path);
}

static void
remove_folder (void)
{
  g_autoptr (GDir) all = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (all)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (folder);
  g_free (folder);
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("eonay-picture-XXXXXX", NULL);

  g_test_add_func ("/mark-picture/png", test_png);
  g_test_add_func ("/mark-picture/transparent-is-white", test_transparent_is_white);
  g_test_add_func ("/mark-picture/large-is-scaled", test_large_is_scaled);
  g_test_add_func ("/mark-picture/svg", test_svg);
  g_test_add_func ("/mark-picture/nothing-from-outside", test_nothing_from_outside);
  g_test_add_func ("/mark-picture/refused", test_refused);
  g_test_add_func ("/mark-picture/entities", test_entities);
  status = g_test_run ();
  remove_folder ();

  return status;
}
