#include "eonay-contrast.h"

#include <math.h>

/* Strokes have to be wider than what is smoothed at their edges. */
#define SCALE 3

#define ENOUGH 4.5

/* Below, in pixels, nothing can be said of a text that something covers. */
#define SMALLEST 6

/* Pixels of one colour, at least, that a text is drawn with. */
#define STROKE 12

/* What a text is drawn with, and what is behind it: counts of pixels by their colour. */
typedef struct {
  GHashTable *strokes;
  GHashTable *behind;
} Colors;

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

/* The palest of a text's colours, lest one that stands out hides another. */
static double
find_contrast (GHashTable *strokes, guint32 background, guint32 *foreground)
{
  GdkRGBA behind = color_of (background);
  GHashTableIter iter;
  gpointer pixel;
  double worst = 0;

  g_hash_table_iter_init (&iter, strokes);
  while (g_hash_table_iter_next (&iter, &pixel, NULL))
    {
      GdkRGBA color = color_of (GPOINTER_TO_UINT (pixel));
      double ratio = eonay_contrast_ratio (&behind, &color);

      if (count (strokes, pixel) >= STROKE && (worst <= 0 || ratio < worst))
        {
          worst = ratio;
          *foreground = GPOINTER_TO_UINT (pixel);
        }
    }

  return worst;
}

/* Returns: (transfer full): what is seen of @node in @area, premultiplied, a row after the other */
static guint32 *
draw (GtkWidget *window, GskRenderNode *node, const cairo_rectangle_int_t *area)
{
  guint32 *pixels = g_new0 (guint32, (gsize) area->width * (gsize) area->height);
  g_autoptr (GdkTexture) texture =
      gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node,
                                   &GRAPHENE_RECT_INIT ((float) area->x, (float) area->y,
                                                        (float) area->width, (float) area->height));

  gdk_texture_download (texture, (guchar *) pixels, (gsize) area->width * 4);

  return pixels;
}

/* Returns: (transfer full) (nullable): @widget and nothing else of @window, scaled */
static GskRenderNode *
make_node (GtkWidget *window, GtkWidget *widget)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  graphene_rect_t bounds;

  /* Those of a window begin at its frame, to the left of and above where its widgets count from. */
  g_assert_true (gtk_widget_compute_bounds (widget, window, &bounds));
  gtk_snapshot_scale (snapshot, SCALE, SCALE);
  gtk_snapshot_translate (snapshot, &bounds.origin);
  gdk_paintable_snapshot (paintable, snapshot, bounds.size.width, bounds.size.height);

  return gtk_snapshot_free_to_node (snapshot);
}

static void
add (GHashTable *counts, guint32 color)
{
  gpointer pixel = GUINT_TO_POINTER (color | 0xff000000);

  g_hash_table_insert (counts, pixel, GUINT_TO_POINTER (count (counts, pixel) + 1));
}

/* The smoothed edges of strokes have all opacities below that of the strokes, a few pixels of each;
 * where letters meet is more of it. What is behind them, such as a selection, is far from it. */
static guint
find_opacity (const guint32 *own, int n_pixels)
{
  guint counts[256] = { 0 };
  guint most = 1;
  guint opacity;

  for (int i = 0; i < n_pixels; i++)
    {
      most = MAX (most, own[i] >> 24);
      counts[own[i] >> 24]++;
    }
  opacity = most;
  for (guint i = most * 2 / 3 + 1; i < most; i++)
    if (counts[i] > counts[opacity])
      opacity = i;

  return opacity;
}

/* Where @own, a text drawn alone, is as opaque as its strokes, none is of what lies beside it.
 * Returns: that opacity; in @ink, within @own, where such pixels are */
static guint
find_strokes (const guint32 *own, int width, int height, cairo_rectangle_int_t *ink)
{
  guint opacity = find_opacity (own, width * height);

  *ink = (cairo_rectangle_int_t){ width, height, 0, 0 };
  for (int i = 0; i < width * height; i++)
    if (own[i] >> 24 == opacity)
      {
        ink->x = MIN (ink->x, i % width);
        ink->y = MIN (ink->y, i / width);
        ink->width = MAX (ink->width, i % width + 1);
        ink->height = i / width + 1;
      }
  ink->width -= ink->x;
  ink->height -= ink->y;

  return opacity;
}

static Colors
count_colors (const Picture *picture, GtkWidget *widget, const cairo_rectangle_int_t *area)
{
  Colors colors = { g_hash_table_new (NULL, NULL), g_hash_table_new (NULL, NULL) };
  g_autoptr (GskRenderNode) node = make_node (picture->window, widget);
  g_autofree guint32 *own = draw (picture->window, node, area);
  cairo_rectangle_int_t ink;
  guint opacity = find_strokes (own, area->width, area->height, &ink);

  for (int y = ink.y; y < ink.y + ink.height; y++)
    for (int x = ink.x; x < ink.x + ink.width; x++)
      add (own[y * area->width + x] >> 24 == opacity ? colors.strokes : colors.behind,
           picture->pixels[(area->y + y) * picture->width + area->x + x]);

  return colors;
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
  cairo_rectangle_int_t area;
  Colors colors;
  guint32 background;
  guint32 foreground = 0;
  double ratio;

  if (is_disabled_control (widget) || !find_area (picture, widget, &area))
    return;

  colors = count_colors (picture, widget, &area);
  background = find_commonest (colors.behind);
  ratio = find_contrast (colors.strokes, background, &foreground);
  g_hash_table_unref (colors.strokes);
  g_hash_table_unref (colors.behind);
  picture->n_texts++;
  if (ratio >= ENOUGH)
    return;

  picture->n_pale++;
  g_printerr ("# %s: %.2f:1, #%06x on #%06x: %s\n", picture->name, ratio, foreground & 0xffffff,
              background & 0xffffff, text);
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

void
eonay_contrast_check (GtkWidget *window, const char *name)
{
  int width = gtk_widget_get_width (window) * SCALE;
  int height = gtk_widget_get_height (window) * SCALE;
  g_autoptr (GskRenderNode) node = make_node (window, window);
  Picture picture = { window, name, NULL, width, height, 0, 0 };

  /* A clock that has just gone on is not yet drawn anew, nor is what it is in. */
  while (node == NULL)
    {
      g_main_context_iteration (NULL, TRUE);
      node = make_node (window, window);
    }

  picture.pixels = draw (window, node, &(cairo_rectangle_int_t){ 0, 0, width, height });
  check_texts (&picture, window);
  g_free (picture.pixels);

  g_assert_cmpuint (picture.n_texts, >, 0);
  if (picture.n_pale > 0)
    g_test_fail ();
}
