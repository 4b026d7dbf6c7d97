#include "session/files/eonay-signature-mark.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>
#include <pango/pangocairo.h>
#include <string.h>

#include "base/eonay-error.h"
#include "base/eonay-text-class.h"
#include "session/eonay-words.h"

#define FAMILIES "Liberation Sans, Arial, DejaVu Sans, Noto Sans, Sans"
#define FONT_STEP 0.5
#define PADDING 4.0
#define FRAME 0.5

static cairo_status_t
write_cb (void *closure, const unsigned char *bytes, unsigned int length)
{
  g_byte_array_append (closure, bytes, length);

  return CAIRO_STATUS_SUCCESS;
}

/* Without any, Pango ends the program. */
static gboolean
check_fonts (GError **error)
{
  g_autofree PangoFontFamily **families = NULL;
  int n_families = 0;

  pango_font_map_list_families (pango_cairo_font_map_get_default (), &families, &n_families);
  if (n_families > 0)
    return TRUE;

  g_set_error_literal (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_FILE_MARK_FAILED,
                       "There is no font");

  return FALSE;
}

/* @text: (nullable). Returns: (transfer full): what is shown of it, or "" */
static char *
clean (const char *text)
{
  g_autofree char *line = eonay_text_class_make_line (text, -1);

  return eonay_words_mask (line);
}

/* Returns: (transfer full) (element-type utf8): the most important one first */
static GPtrArray *
list_lines (const EonaySignatureMark *self)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *reason = clean (self->reason);
  g_autofree char *location = clean (self->location);

  if (self->is_practice)
    g_ptr_array_add (lines, g_strdup (_ ("PRACTICE: this signature is not valid.")));
  g_ptr_array_add (lines, clean (self->name));
  if (!self->is_practice)
    g_ptr_array_add (
        lines, g_strdup (self->is_qualified
                             ? _ ("This document is signed with a secure electronic signature.")
                             : _ ("This document is signed with an electronic signature.")));
  g_ptr_array_add (lines, eonay_words_time (self->time));
  if (*reason != '\0')
    /* TRANSLATORS: in the visible mark of a signature: why it was signed. */
    g_ptr_array_add (lines, g_strdup_printf (_ ("Reason: %s"), reason));
  if (*location != '\0')
    /* TRANSLATORS: in the visible mark of a signature: where it was signed. */
    g_ptr_array_add (lines, g_strdup_printf (_ ("Place: %s"), location));

  return lines;
}

static PangoLayout *
new_layout (cairo_t *cairo, double width)
{
  PangoContext *context = pango_cairo_create_context (cairo);
  cairo_font_options_t *options = cairo_font_options_create ();
  PangoLayout *layout;

  /* Paper has no pixels to hint for. */
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (context, options);
  cairo_font_options_destroy (options);
  pango_context_set_round_glyph_positions (context, FALSE);
  pango_context_set_language (context, pango_language_from_string ("tr"));
  layout = pango_layout_new (context);
  g_object_unref (context);
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);

  return layout;
}

static void
set_size (PangoLayout *layout, double size)
{
  PangoFontDescription *font = pango_font_description_from_string (FAMILIES);

  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
}

/* The first line is bold. */
static void
set_lines (PangoLayout *layout, GPtrArray *lines, guint count)
{
  g_autoptr (GString) text = g_string_new (NULL);
  PangoAttrList *attributes = pango_attr_list_new ();
  PangoAttribute *bold = pango_attr_weight_new (PANGO_WEIGHT_BOLD);

  for (guint i = 0; i < count; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", (const char *) lines->pdata[i]);
  bold->start_index = 0;
  bold->end_index = strlen (lines->pdata[0]);
  pango_attr_list_insert (attributes, bold);
  /* In Turkish fi is never one letter: its dot says which i it is. */
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("liga=0, clig=0"));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  pango_layout_set_text (layout, text->str, -1);
}

static double
get_height (PangoLayout *layout)
{
  int height;

  pango_layout_get_size (layout, NULL, &height);

  return (double) height / PANGO_SCALE;
}

/* As many lines as go in, then as large as they go in. */
static void
fit (PangoLayout *layout, GPtrArray *lines, double height)
{
  for (guint count = lines->len; count > 0; count--)
    {
      set_lines (layout, lines, count);
      for (double size = EONAY_SIGNATURE_MARK_FONT_MAX; size >= EONAY_SIGNATURE_MARK_FONT_MIN;
           size -= FONT_STEP)
        {
          set_size (layout, size);
          if (get_height (layout) <= height)
            return;
        }
    }

  pango_layout_set_height (layout, (int) (height * PANGO_SCALE));
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
}

/* Returns: (transfer full): its pixels as cairo has them */
static cairo_surface_t *
new_image (const GdkPixbuf *picture)
{
  int width = gdk_pixbuf_get_width (picture);
  int height = gdk_pixbuf_get_height (picture);
  int n_channels = gdk_pixbuf_get_n_channels (picture);
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  int stride = cairo_image_surface_get_stride (image);
  guint8 *pixels = cairo_image_surface_get_data (image);

  for (int y = 0; pixels != NULL && y < height; y++)
    {
      const guint8 *from = gdk_pixbuf_read_pixels (picture) +
                           y * gdk_pixbuf_get_rowstride (picture);
      guint32 *to = (guint32 *) (void *) (pixels + y * stride);

      for (int x = 0; x < width; x++, from += n_channels)
        to[x] = (guint32) from[0] << 16 | (guint32) from[1] << 8 | from[2];
    }
  cairo_surface_mark_dirty (image);

  return image;
}

/* Returns: how much of the width is taken */
static double
draw_picture (cairo_t *cairo, const GdkPixbuf *picture, double width, double height)
{
  double most = (width - 2 * PADDING) * EONAY_SIGNATURE_MARK_PICTURE_SHARE;
  double scale = MIN (most / gdk_pixbuf_get_width (picture),
                      (height - 2 * PADDING) / gdk_pixbuf_get_height (picture));
  double taken = gdk_pixbuf_get_width (picture) * scale;
  cairo_surface_t *image;

  if (scale <= 0)
    return 0;

  image = new_image (picture);
  cairo_save (cairo);
  cairo_translate (cairo, PADDING, (height - gdk_pixbuf_get_height (picture) * scale) / 2);
  cairo_scale (cairo, scale, scale);
  cairo_set_source_surface (cairo, image, 0, 0);
  /* With another one cairo asks readers to interpolate, which PDF/A forbids. */
  cairo_pattern_set_filter (cairo_get_source (cairo), CAIRO_FILTER_NEAREST);
  cairo_paint (cairo);
  cairo_restore (cairo);
  cairo_surface_destroy (image);

  return taken + PADDING;
}

static void
draw (cairo_t *cairo, GPtrArray *lines, const GdkPixbuf *picture, double width, double height)
{
  double room = height - 2 * PADDING;
  double left = PADDING + (picture != NULL ? draw_picture (cairo, picture, width, height) : 0);
  PangoLayout *layout = new_layout (cairo, MAX (width - left - PADDING, 1));

  cairo_set_source_rgb (cairo, 0, 0, 0);
  cairo_set_line_width (cairo, FRAME);
  cairo_rectangle (cairo, FRAME / 2, FRAME / 2, width - FRAME, height - FRAME);
  cairo_stroke (cairo);
  fit (layout, lines, room);
  cairo_move_to (cairo, left, PADDING + MAX (room - get_height (layout), 0) / 2);
  pango_cairo_show_layout (cairo, layout);
  g_object_unref (layout);
}

GBytes *
eonay_signature_mark_draw (const EonaySignatureMark *self, double width, double height,
                           GError **error)
{
  g_autoptr (GPtrArray) lines = NULL;
  g_autoptr (GByteArray) pdf = g_byte_array_new ();
  cairo_surface_t *surface;
  cairo_t *cairo;
  cairo_status_t status;

  g_return_val_if_fail (self->name != NULL && self->time != NULL, NULL);
  g_return_val_if_fail (width > 0 && height > 0, NULL);

  if (!check_fonts (error))
    return NULL;

  lines = list_lines (self);
  surface = cairo_pdf_surface_create_for_stream (write_cb, pdf, width, height);
  cairo_pdf_surface_restrict_to_version (surface, CAIRO_PDF_VERSION_1_4);
  cairo = cairo_create (surface);
  draw (cairo, lines, self->picture, width, height);
  cairo_show_page (cairo);
  cairo_destroy (cairo);
  cairo_surface_finish (surface);
  status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (status != CAIRO_STATUS_SUCCESS)
    {
      g_set_error_literal (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_FILE_MARK_FAILED,
                           cairo_status_to_string (status));
      return NULL;
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&pdf));
}
