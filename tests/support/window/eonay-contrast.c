#include "eonay-contrast.h"

#include <math.h>

/* Strokes have to be wider than what is smoothed at their edges. */
#define SCALE 3

#define ENOUGH 4.5
#define ENOUGH_LARGE 3.0
#define LARGE 24.0
#define LARGE_BOLD (LARGE * 14 / 18)

/* Below, in pixels, nothing can be said of a text that something covers. */
#define SMALLEST 6

/* Pixels of one colour, at least, that a text is drawn with. */
#define STROKE 12

typedef struct {
  GtkWidget *window;
  const char *name;
  guint32 *pixels;
  int width;
  int height;
  guint n_texts;
  guint n_pale;
} Picture;

static double
linearize (float part)
{
  return part <= 0.03928F ? part / 12.92 : pow ((part + 0.055) / 1.055, 2.4);
}

static double
get_luminance (const GdkRGBA *color)
{
  return 0.2126 * linearize (color->red) + 0.7152 * linearize (color->green) +
         0.0722 * linearize (color->blue);
}

double
eonay_contrast_ratio (const GdkRGBA *one, const GdkRGBA *other)
{
  double lighter = get_luminance (one) + 0.05;
  double darker = get_luminance (other) + 0.05;

  return MAX (lighter, darker) / MIN (lighter, darker);
}

static GdkRGBA
color_of (guint32 pixel)
{
  return (GdkRGBA){ (float) (pixel >> 16 & 0xff) / 255, (float) (pixel >> 8 & 0xff) / 255,
                    (float) (pixel & 0xff) / 255, 1 };
}

/* Returns: whether something of @widget is seen; in @area, in pixels of @picture */
static gboolean
find_area (const Picture *picture, GtkWidget *widget, cairo_rectangle_int_t *area)
{
  graphene_rect_t seen = GRAPHENE_RECT_INIT (0, 0, (float) picture->width / SCALE,
                                             (float) picture->height / SCALE);

  for (GtkWidget *at = widget; at != NULL && at != picture->window; at = gtk_widget_get_parent (at))
    {
      graphene_rect_t bounds;

      if (!gtk_widget_compute_bounds (at, picture->window, &bounds) ||
          !graphene_rect_intersection (&seen, &bounds, &seen))
        return FALSE;
    }

  area->x = (int) ceilf (seen.origin.x * SCALE);
  area->y = (int) ceilf (seen.origin.y * SCALE);
  area->width = (int) floorf (seen.size.width * SCALE);
  area->height = (int) floorf (seen.size.height * SCALE);

  return area->width >= SMALLEST * SCALE && area->height >= SMALLEST * SCALE;
}

static guint
count (GHashTable *counts, gpointer pixel)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (counts, pixel));
}

static guint32
find_commonest (GHashTable *counts)
{
  GHashTableIter iter;
  gpointer pixel;
  gpointer best = GUINT_TO_POINTER (0);

  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &pixel, NULL))
    if (count (counts, pixel) > count (counts, best))
      best = pixel;

  return GPOINTER_TO_UINT (best);
}

/* The strokes of a text are what stands out most; at their edges its colour fades away. */
static double
find_contrast (GHashTable *counts, guint32 background, guint32 *foreground)
{
  GdkRGBA behind = color_of (background);
  GHashTableIter iter;
  gpointer pixel;
  double best = 0;

  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &pixel, NULL))
    {
      GdkRGBA color = color_of (GPOINTER_TO_UINT (pixel));
      double ratio = eonay_contrast_ratio (&behind, &color);

      if (count (counts, pixel) >= STROKE && ratio > best)
        {
          best = ratio;
          *foreground = GPOINTER_TO_UINT (pixel);
        }
    }

  return best;
}

static GHashTable *
count_colors (const Picture *picture, const cairo_rectangle_int_t *area)
{
  GHashTable *counts = g_hash_table_new (NULL, NULL);

  for (int y = area->y; y < area->y + area->height; y++)
    for (int x = area->x; x < area->x + area->width; x++)
      {
        gpointer pixel = GUINT_TO_POINTER (picture->pixels[y * picture->width + x] | 0xff000000);

        g_hash_table_insert (counts, pixel, GUINT_TO_POINTER (count (counts, pixel) + 1));
      }

  return counts;
}

static gboolean
is_large (GtkWidget *widget)
{
  const PangoFontDescription *font =
      pango_context_get_font_description (gtk_widget_get_pango_context (widget));
  double size = (double) pango_font_description_get_size (font) / PANGO_SCALE;

  if (!pango_font_description_get_size_is_absolute (font))
    size *= 96.0 / 72;

  return size >= LARGE ||
         (size >= LARGE_BOLD && pango_font_description_get_weight (font) >= PANGO_WEIGHT_BOLD);
}

/* Returns: (transfer full) (nullable): the text that @widget itself shows */
static char *
dup_text (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return g_strdup (gtk_label_get_text (GTK_LABEL (widget)));
  if (GTK_IS_TEXT (widget))
    return g_strdup (gtk_editable_get_text (GTK_EDITABLE (widget)));
  if (GTK_IS_TEXT_VIEW (widget))
    return g_strdup (G_OBJECT_TYPE_NAME (widget));

  return NULL;
}

static gboolean
is_disabled_control (GtkWidget *widget)
{
  if (gtk_widget_is_sensitive (widget))
    return FALSE;

  for (GtkWidget *at = widget; at != NULL; at = gtk_widget_get_parent (at))
    if (GTK_IS_BUTTON (at) || GTK_IS_DROP_DOWN (at) || GTK_IS_EDITABLE (at))
      return TRUE;

  return FALSE;
}

static void
check_text (Picture *picture, GtkWidget *widget, const char *text)
{
  double enough = is_large (widget) ? ENOUGH_LARGE : ENOUGH;
  cairo_rectangle_int_t area;
  g_autoptr (GHashTable) counts = NULL;
  guint32 background;
  guint32 foreground = 0;
  double ratio;

  if (is_disabled_control (widget) || !find_area (picture, widget, &area))
    return;

  counts = count_colors (picture, &area);
  background = find_commonest (counts);
  ratio = find_contrast (counts, background, &foreground);
  picture->n_texts++;
  if (ratio >= enough)
    return;

  picture->n_pale++;
  g_printerr ("# %s: %.2f:1, not %.1f:1, #%06x on #%06x: %s\n", picture->name, ratio, enough,
              foreground & 0xffffff, background & 0xffffff, text);
}

static void
check_texts (Picture *picture, GtkWidget *widget)
{
  g_autofree char *text = NULL;

  if (!gtk_widget_get_mapped (widget))
    return;

  text = dup_text (widget);
  if (text != NULL && text[strspn (text, " \n")] != '\0')
    check_text (picture, widget, text);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    check_texts (picture, child);
}

static GdkTexture *
draw_scaled (GtkWidget *window, int width, int height)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (window);
  g_autoptr (GskRenderNode) node = NULL;
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  gtk_snapshot_scale (snapshot, SCALE, SCALE);
  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (snapshot);

  return gsk_renderer_render_texture (
      gtk_native_get_renderer (GTK_NATIVE (window)), node,
      &GRAPHENE_RECT_INIT (0, 0, (float) (width * SCALE), (float) (height * SCALE)));
}

void
eonay_contrast_check (GtkWidget *window, const char *name)
{
  int width = gtk_widget_get_width (window);
  int height = gtk_widget_get_height (window);
  g_autoptr (GdkTexture) texture = draw_scaled (window, width, height);
  Picture picture = { window, name, NULL, width * SCALE, height * SCALE, 0, 0 };

  picture.pixels = g_new0 (guint32, (gsize) picture.width * picture.height);
  gdk_texture_download (texture, (guchar *) picture.pixels, (gsize) picture.width * 4);
  check_texts (&picture, window);
  g_free (picture.pixels);

  g_assert_cmpuint (picture.n_texts, >, 0);
  if (picture.n_pale > 0)
    g_test_fail ();
}
