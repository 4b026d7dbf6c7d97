#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/document/eonay-page-view-private.h"
#include "app/document/eonay-pdf-view.h"
#include "support/pdf-samples.h"
#include "support/window/eonay-window-fixture.h"

/* What the view paints of a page is what other programs draw of it: pdftoppm, with poppler's own renderer,
   and pdftocairo. The table that is printed has two measures of each file: the share of pixels that have no
   like one near them on the other picture, which is what is limited, and the share of those that are another
   colour than the one at the same place. */

#define CHANNELS 3

/* Both smooth the edges of letters in their own way: a pixel is another one if its colour is not there
   within a pixel on the other picture either, by a quarter. */
#define AROUND 1
#define TOLERANCE 64
#define OTHER_MAX 0.01
#define INK_MIN 0.001

/* In view as a whole. */
#define ROOM_WIDTH 470.0
#define ROOM_HEIGHT 640.0

typedef struct {
  guint8 *pixels; /* rows of three bytes a pixel */
  int width;
  int height;
} Image;

static Image
read_ppm (const char *bytes, gsize length)
{
  Image image = { 0 };
  char *at = NULL;

  g_assert_true (g_str_has_prefix (bytes, "P6\n"));
  image.width = (int) strtol (bytes + 3, &at, 10);
  image.height = (int) strtol (at, &at, 10);
  g_assert_cmpint ((int) strtol (at, &at, 10), ==, 255);
  at++;
  g_assert_cmpuint ((gsize) (at - bytes) + (gsize) image.width * (gsize) image.height * CHANNELS,
                    ==, length);
  image.pixels = g_memdup2 (at, (gsize) image.width * (gsize) image.height * CHANNELS);

  return image;
}

static Image
read_png (const char *bytes, gsize length)
{
  g_autoptr (GBytes) png = g_bytes_new (bytes, length);
  g_autoptr (GdkTexture) texture = gdk_texture_new_from_bytes (png, NULL);
  Image image = { .width = gdk_texture_get_width (texture),
                  .height = gdk_texture_get_height (texture) };
  gsize n_pixels = (gsize) image.width * (gsize) image.height;
  g_autofree guint8 *all = g_malloc (n_pixels * 4);

  gdk_texture_download (texture, all, (gsize) image.width * 4);
  image.pixels = g_malloc (n_pixels * CHANNELS);
  for (gsize i = 0; i < n_pixels; i++)
    for (guint channel = 0; channel < CHANNELS; channel++)
      image.pixels[i * CHANNELS + channel] = all[i * 4 + 2 - channel];

  return image;
}

static Image
draw_with (const char *program, GBytes *document, int width, int height)
{
  gboolean is_cairo = strcmp (program, "pdftocairo") == 0;
  g_autofree char *folder = g_dir_make_tmp ("likeness-XXXXXX", NULL);
  g_autofree char *pdf = g_build_filename (folder, "page.pdf", NULL);
  g_autofree char *ppm = g_build_filename (folder, is_cairo ? "page.png" : "page.ppm", NULL);
  g_autofree char *root = g_build_filename (folder, "page", NULL);
  g_autofree char *x = g_strdup_printf ("%d", width);
  g_autofree char *y = g_strdup_printf ("%d", height);
  const char *const cairo[] = { program,       "-png", "-cropbox", "-singlefile", "-scale-to-x", x,
                                "-scale-to-y", y,      pdf,        root,          NULL };
  const char *const splash[] = { program,       "-cropbox", "-singlefile", "-scale-to-x", x,
                                 "-scale-to-y", y,          pdf,           root,          NULL };
  const char *const *argv = is_cairo ? cairo : splash;
  g_autofree char *content = NULL;
  gsize length = 0;
  int status = 0;
  Image image;

  g_assert_true (g_file_set_contents (pdf, g_bytes_get_data (document, NULL),
                                      (gssize) g_bytes_get_size (document), NULL));
  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL,
                               G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL,
                               NULL, &status, NULL));
  g_assert_cmpint (status, ==, 0);
  g_assert_true (g_file_get_contents (ppm, &content, &length, NULL));
  image = is_cairo ? read_png (content, length) : read_ppm (content, length);
  g_remove (pdf);
  g_remove (ppm);
  g_rmdir (folder);

  return image;
}

/* What is on the screen where the page is. */
static Image
cut_out_page (GtkWidget *window, EonayPageView *pages)
{
  EonayPageArea area = eonay_page_view_get_area (pages, 0);
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (GTK_WIDGET (pages));
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_autofree guint8 *all = NULL;
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  Image image = { .width = (int) area.width, .height = (int) area.height };
  gsize n_pixels = (gsize) image.width * (gsize) image.height;

  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (GTK_WIDGET (pages)),
                          gtk_widget_get_height (GTK_WIDGET (pages)));
  node = gtk_snapshot_free_to_node (snapshot);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node,
                                         &GRAPHENE_RECT_INIT ((float) area.x, (float) area.y,
                                                              (float) area.width,
                                                              (float) area.height));
  all = g_malloc (n_pixels * 4);
  gdk_texture_download (texture, all, (gsize) image.width * 4);
  image.pixels = g_malloc (n_pixels * CHANNELS);
  for (gsize i = 0; i < n_pixels; i++)
    for (guint channel = 0; channel < CHANNELS; channel++)
      image.pixels[i * CHANNELS + channel] = all[i * 4 + 2 - channel];

  return image;
}

static gboolean
is_similar (const guint8 *one, const guint8 *other)
{
  for (guint channel = 0; channel < CHANNELS; channel++)
    if (abs (one[channel] - other[channel]) > TOLERANCE)
      return FALSE;

  return TRUE;
}

static const guint8 *
get_pixel (const Image *image, int x, int y)
{
  return image->pixels + ((gsize) y * (gsize) image->width + (gsize) x) * CHANNELS;
}

static gboolean
has_near (const Image *image, int x, int y, const guint8 *pixel)
{
  for (int row = MAX (y - AROUND, 0); row <= MIN (y + AROUND, image->height - 1); row++)
    for (int column = MAX (x - AROUND, 0); column <= MIN (x + AROUND, image->width - 1); column++)
      if (is_similar (get_pixel (image, column, row), pixel))
        return TRUE;

  return FALSE;
}

static double
count_others (const Image *one, const Image *other)
{
  guint n_others = 0;

  for (int y = 0; y < one->height; y++)
    for (int x = 0; x < one->width; x++)
      n_others += has_near (other, x, y, get_pixel (one, x, y)) ? 0 : 1;

  return (double) n_others / one->width / one->height;
}

/* Without a look around. */
static double
count_displaced (const Image *one, const Image *other)
{
  guint n_others = 0;

  for (int y = 0; y < one->height; y++)
    for (int x = 0; x < one->width; x++)
      n_others += is_similar (get_pixel (one, x, y), get_pixel (other, x, y)) ? 0 : 1;

  return (double) n_others / one->width / one->height;
}

static void
compare (const char *name, const char *program, const Image *painted, const Image *expected)
{
  double more;
  double less;

  g_assert_cmpint (painted->width, ==, expected->width);
  g_assert_cmpint (painted->height, ==, expected->height);
  more = count_others (painted, expected);
  less = count_others (expected, painted);
  g_test_message ("| %s | %s | %.2f %% | %.2f %% |", name, program, 100 * MAX (more, less),
                  100 * count_displaced (painted, expected));
  g_assert_cmpfloat (more, <, OTHER_MAX);
  g_assert_cmpfloat (less, <, OTHER_MAX);
}

/* As large as @painted: pdftoppm takes the sides of a turned page for those of the unturned one. */
static Image
draw_alike (const char *program, GBytes *document, const Image *painted)
{
  Image expected = draw_with (program, document, painted->width, painted->height);

  if (expected.width == painted->width)
    return expected;

  g_free (expected.pixels);

  return draw_with (program, document, painted->height, painted->width);
}

static gboolean
is_open (gpointer user_data)
{
  EonayPageView *pages = eonay_pdf_view_get_pages (user_data);

  return eonay_page_view_get_n_pages (pages) > 0 && gtk_widget_get_width (GTK_WIDGET (pages)) > 0;
}

static gboolean
is_seen (gpointer user_data)
{
  return eonay_page_view_was_seen (eonay_pdf_view_get_pages (user_data), 0);
}

static Image
paint (GBytes *document)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *view = eonay_pdf_view_new ();
  EonayPageView *pages = eonay_pdf_view_get_pages (EONAY_PDF_VIEW (view));
  const EonayPageSize *size;
  Image painted;

  gtk_window_set_child (GTK_WINDOW (window), view);
  gtk_window_set_default_size (GTK_WINDOW (window), 500, 750);
  gtk_window_present (GTK_WINDOW (window));
  eonay_pdf_view_set_document (EONAY_PDF_VIEW (view), document, NULL);
  eonay_window_fixture_wait (is_open, view);
  size = &g_array_index (pages->sizes, EonayPageSize, 0);
  eonay_page_view_zoom_to (pages, MIN (ROOM_WIDTH / size->width, ROOM_HEIGHT / size->height), 0, 0);
  eonay_window_fixture_wait (is_seen, view);
  painted = cut_out_page (window, pages);
  gtk_window_destroy (GTK_WINDOW (window));

  return painted;
}

static double
measure_ink (const Image *image)
{
  static const guint8 white[CHANNELS] = { 255, 255, 255 };
  guint n_others = 0;

  for (int y = 0; y < image->height; y++)
    for (int x = 0; x < image->width; x++)
      n_others += is_similar (get_pixel (image, x, y), white) ? 0 : 1;

  return (double) n_others / image->width / image->height;
}

static void
check_likeness (const char *name, GBytes *document)
{
  static const char *const programs[] = { "pdftoppm", "pdftocairo" };
  Image painted = paint (document);

  /* Of two blank pages there is nothing to tell. */
  g_assert_cmpfloat (measure_ink (&painted), >, INK_MIN);
  for (gsize i = 0; i < G_N_ELEMENTS (programs); i++)
    {
      Image expected = draw_alike (programs[i], document, &painted);

      compare (name, programs[i], &painted, &expected);
      g_free (expected.pixels);
    }
  g_free (painted.pixels);
}

static void
test_likeness (gconstpointer name)
{
  g_autoptr (GBytes) document = pdf_samples_make (name);

  check_likeness (name, document);
}

/* One that another program has made. */
static void
test_likeness_of_file (gconstpointer path)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *content = NULL;
  g_autoptr (GBytes) document = NULL;
  gsize length = 0;

  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  document = g_bytes_new (content, length);
  check_likeness (name, document);
}

static void
add_files (void)
{
  g_autoptr (GDir) dir = g_dir_open (g_getenv ("TEST_PDFS"), 0, NULL);
  const char *name;
  guint n_files = 0;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_strconcat ("/window/pdf-likeness/", name, NULL);

      if (!g_str_has_suffix (name, ".pdf"))
        continue;
      n_files++;
      g_test_add_data_func_full (path, g_build_filename (g_getenv ("TEST_PDFS"), name, NULL),
                                 test_likeness_of_file, g_free);
    }
  g_assert_cmpuint (n_files, >=, 18);
}

/* A barcode that is not there is noticed. */
static void
test_unlikeness (void)
{
  g_autoptr (GBytes) with = pdf_samples_make ("barcode");
  g_autoptr (GBytes) without = pdf_samples_make ("petition");
  Image painted = paint (without);
  Image expected = draw_alike ("pdftoppm", with, &painted);

  g_assert_cmpfloat (count_others (&expected, &painted), >, OTHER_MAX);
  g_free (painted.pixels);
  g_free (expected.pixels);
}

int
main (int argc, char *argv[])
{
  const char *name;

  eonay_window_fixture_init (&argc, &argv);
  for (guint i = 0; (name = pdf_samples_get_name (i)) != NULL; i++)
    {
      g_autofree char *path = g_strconcat ("/window/pdf-likeness/", name, NULL);

      g_test_add_data_func (path, name, test_likeness);
    }
  add_files ();
  g_test_add_func ("/window/pdf-likeness/of-another", test_unlikeness);

  return g_test_run ();
}
