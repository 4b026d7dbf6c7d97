#include "practice/form/eonay-practice-sheet.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include "practice/form/eonay-practice-barcode.h"

/* All lengths are points, 1/72 inch. */
#define MM (72.0 / 25.4)
#define PAGE_WIDTH (210 * MM)
#define PAGE_HEIGHT (297 * MM)
#define LEFT (18 * MM)
#define WIDTH (PAGE_WIDTH - 2 * LEFT)
#define HEAD_TOP (12 * MM)
#define HEAD_HEIGHT (25 * MM)
#define BODY_TOP (56 * MM)
#define BODY_BOTTOM (PAGE_HEIGHT - 22 * MM)
#define FOOT_TOP (PAGE_HEIGHT - 17 * MM)
#define MODULE 0.9
#define QUIET_ZONE (10 * MODULE)
#define BARCODE_HEIGHT (9 * MM)
#define N_SHARES 12
#define PADDING (1.4 * MM)
#define FAMILIES "Liberation Sans, Arial, DejaVu Sans, Noto Sans, Sans"

struct _EonayPracticeSheet {
  const EonayPracticeSheetHead *head;
  GByteArray *pdf;
  cairo_surface_t *surface;
  cairo_t *cairo;
  PangoContext *context;
  double y;
  guint page;
  guint n_pages;
};

typedef struct {
  double size; /* points */
  PangoWeight weight;
  PangoAlignment alignment;
  gboolean justified;
} Style;

static const Style title_style = { 13, PANGO_WEIGHT_BOLD, PANGO_ALIGN_CENTER, FALSE };
static const Style provider_style = { 11, PANGO_WEIGHT_BOLD, PANGO_ALIGN_CENTER, FALSE };
static const Style section_style = { 9.5, PANGO_WEIGHT_BOLD, PANGO_ALIGN_LEFT, FALSE };
static const Style label_style = { 6.8, PANGO_WEIGHT_NORMAL, PANGO_ALIGN_LEFT, FALSE };
static const Style value_style = { 9.5, PANGO_WEIGHT_NORMAL, PANGO_ALIGN_LEFT, FALSE };
static const Style body_style = { 9.5, PANGO_WEIGHT_NORMAL, PANGO_ALIGN_LEFT, TRUE };
static const Style small_style = { 7.5, PANGO_WEIGHT_NORMAL, PANGO_ALIGN_LEFT, FALSE };
static const Style small_centred_style = { 7.5, PANGO_WEIGHT_NORMAL, PANGO_ALIGN_CENTER, FALSE };
static const Style small_right_style = { 7.5, PANGO_WEIGHT_NORMAL, PANGO_ALIGN_RIGHT, FALSE };
static const Style mark_style = { 96, PANGO_WEIGHT_BOLD, PANGO_ALIGN_CENTER, FALSE };

static cairo_status_t
write_cb (void *closure, const unsigned char *bytes, unsigned int length)
{
  g_byte_array_append (closure, bytes, length);

  return CAIRO_STATUS_SUCCESS;
}

static PangoLayout *
lay_out (EonayPracticeSheet *self, const char *text, const Style *style, double width)
{
  PangoLayout *layout = pango_layout_new (self->context);
  PangoAttrList *attributes = pango_attr_list_new ();
  PangoFontDescription *font = pango_font_description_from_string (FAMILIES);

  pango_font_description_set_absolute_size (font, style->size * PANGO_SCALE);
  pango_font_description_set_weight (font, style->weight);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  /* In Turkish fi is never one letter: its dot says which i it is. */
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("liga=0, clig=0"));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_alignment (layout, style->alignment);
  pango_layout_set_justify (layout, style->justified);
  pango_layout_set_line_spacing (layout, style->justified ? 1.15F : 1.0F);
  pango_layout_set_text (layout, text, -1);

  return layout;
}

static double
layout_height (PangoLayout *layout)
{
  int height;

  pango_layout_get_size (layout, NULL, &height);

  return (double) height / PANGO_SCALE;
}

static void
show_layout (EonayPracticeSheet *self, PangoLayout *layout, double x, double y)
{
  cairo_move_to (self->cairo, x, y);
  pango_cairo_show_layout (self->cairo, layout);
}

/* Returns: its height */
static double
show_text (EonayPracticeSheet *self, const char *text, const Style *style, double x, double y,
           double width)
{
  g_autoptr (PangoLayout) layout = lay_out (self, text, style, width);

  show_layout (self, layout, x, y);

  return layout_height (layout);
}

static void
draw_box (EonayPracticeSheet *self, double x, double y, double width, double height)
{
  cairo_set_line_width (self->cairo, 0.6);
  cairo_rectangle (self->cairo, x, y, width, height);
  cairo_stroke (self->cairo);
}

/* Under everything else, so that all of the form can be read. */
static void
draw_mark (EonayPracticeSheet *self)
{
  g_autoptr (PangoLayout) layout = lay_out (self, "DENEME", &mark_style, PAGE_HEIGHT);

  cairo_save (self->cairo);
  cairo_set_source_rgb (self->cairo, 0.92, 0.88, 0.88);
  cairo_translate (self->cairo, PAGE_WIDTH / 2, PAGE_HEIGHT / 2);
  cairo_rotate (self->cairo, -G_PI / 3.3);
  show_layout (self, layout, -PAGE_HEIGHT / 2, -layout_height (layout) / 2);
  cairo_restore (self->cairo);
}

static void
draw_barcode (EonayPracticeSheet *self, double right, double y)
{
  g_autoptr (GArray) widths = eonay_practice_barcode_encode (self->head->number);
  double total = 0;
  double x;

  g_return_if_fail (widths != NULL);

  for (guint i = 0; i < widths->len; i++)
    total += g_array_index (widths, guint8, i) * MODULE;

  x = right - QUIET_ZONE - total;
  show_text (self, self->head->number, &small_centred_style, x, y + BARCODE_HEIGHT + 1, total);
  for (guint i = 0; i < widths->len; i++)
    {
      double width = g_array_index (widths, guint8, i) * MODULE;

      if (i % 2 == 0)
        cairo_rectangle (self->cairo, x, y, width, BARCODE_HEIGHT);
      x += width;
    }
  cairo_fill (self->cairo);
}

static void
draw_head (EonayPracticeSheet *self)
{
  const EonayPracticeSheetHead *head = self->head;
  const double side = 38 * MM;
  const double row = HEAD_HEIGHT / 4;
  const double right = LEFT + WIDTH - side;
  g_autofree char *date = g_date_time_format (head->created_at, "%d.%m.%Y");
  g_autofree char *page = g_strdup_printf ("%u / %u", self->page, self->n_pages);
  g_autoptr (PangoLayout) title = lay_out (self, head->title, &title_style,
                                           WIDTH - 2 * side - 2 * PADDING);
  const char *const facts[][2] = {
    { "Form kodu", head->code },
    { "Sürüm", "DENEME 1" },
    { "Tarih", date },
    { "Sayfa", page },
  };

  draw_box (self, LEFT, HEAD_TOP, WIDTH, HEAD_HEIGHT);
  draw_box (self, LEFT + side, HEAD_TOP, WIDTH - 2 * side, HEAD_HEIGHT);
  show_text (self, "DENEME ESHS", &provider_style, LEFT, HEAD_TOP + 1.1 * row, side);
  show_text (self, "Deneme portalı", &small_centred_style, LEFT, HEAD_TOP + 2.2 * row, side);
  show_layout (self, title, LEFT + side + PADDING,
               HEAD_TOP + (HEAD_HEIGHT - layout_height (title)) / 2);
  for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
    {
      double y = HEAD_TOP + i * row;

      draw_box (self, right, y, side, row);
      show_text (self, facts[i][0], &label_style, right + PADDING, y + row / 2 - 4, side);
      show_text (self, facts[i][1], &small_right_style, right, y + row / 2 - 4.6, side - PADDING);
    }

  show_text (self, "Bu form alıştırma içindir; hiçbir kuruma gönderilmez ve hukuki sonuç doğurmaz.",
             &small_style, LEFT, HEAD_TOP + HEAD_HEIGHT + 3 * MM, WIDTH / 2.2);
  draw_barcode (self, LEFT + WIDTH + QUIET_ZONE, HEAD_TOP + HEAD_HEIGHT + 2 * MM);
}

static void
draw_foot (EonayPracticeSheet *self)
{
  g_autofree char *page = g_strdup_printf ("Sayfa %u / %u", self->page, self->n_pages);
  g_autofree char *name = g_strdup_printf ("%s · %s", self->head->code, self->head->number);

  cairo_set_line_width (self->cairo, 0.6);
  cairo_move_to (self->cairo, LEFT, FOOT_TOP);
  cairo_rel_line_to (self->cairo, WIDTH, 0);
  cairo_stroke (self->cairo);
  show_text (self, name, &small_style, LEFT, FOOT_TOP + 3, WIDTH);
  show_text (self, "DENEME: imzası geçersizdir", &small_centred_style, LEFT, FOOT_TOP + 3, WIDTH);
  show_text (self, page, &small_right_style, LEFT, FOOT_TOP + 3, WIDTH);
}

static void
begin_page (EonayPracticeSheet *self)
{
  if (self->page > 0)
    cairo_show_page (self->cairo);
  self->page++;
  draw_mark (self);
  cairo_set_source_rgb (self->cairo, 0, 0, 0);
  draw_head (self);
  draw_foot (self);
  self->y = BODY_TOP;
}

static void
ensure_room (EonayPracticeSheet *self, double height)
{
  if (self->y + height > BODY_BOTTOM && self->y > BODY_TOP)
    begin_page (self);
}

static void
describe_file (EonayPracticeSheet *self)
{
  g_autofree char *time = g_date_time_format (self->head->created_at, "%Y-%m-%dT%H:%M:%S%:z");
  g_autofree char *title = g_strdup_printf ("DENEME %s %s", self->head->code, self->head->title);

  cairo_pdf_surface_set_metadata (self->surface, CAIRO_PDF_METADATA_TITLE, title);
  cairo_pdf_surface_set_metadata (self->surface, CAIRO_PDF_METADATA_AUTHOR, "Deneme portalı");
  cairo_pdf_surface_set_metadata (self->surface, CAIRO_PDF_METADATA_CREATE_DATE, time);
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

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                       "The form cannot be drawn: there is no font");

  return FALSE;
}

EonayPracticeSheet *
eonay_practice_sheet_new (const EonayPracticeSheetHead *head, guint n_pages, GError **error)
{
  EonayPracticeSheet *self = NULL;
  cairo_font_options_t *options = NULL;

  if (!check_fonts (error))
    return NULL;

  self = g_new0 (EonayPracticeSheet, 1);
  options = cairo_font_options_create ();
  self->head = head;
  self->n_pages = n_pages;
  self->pdf = g_byte_array_new ();
  self->surface = cairo_pdf_surface_create_for_stream (write_cb, self->pdf, PAGE_WIDTH,
                                                       PAGE_HEIGHT);
  /* Newer cairos write cross-reference streams otherwise, which the faults cannot append to. */
  cairo_pdf_surface_restrict_to_version (self->surface, CAIRO_PDF_VERSION_1_4);
  describe_file (self);
  self->cairo = cairo_create (self->surface);
  self->context = pango_cairo_create_context (self->cairo);
  /* Paper has no pixels to hint for. */
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (self->context, options);
  pango_context_set_round_glyph_positions (self->context, FALSE);
  pango_context_set_language (self->context, pango_language_from_string ("tr"));
  cairo_font_options_destroy (options);
  begin_page (self);

  return self;
}

void
eonay_practice_sheet_free (EonayPracticeSheet *self)
{
  if (self == NULL)
    return;

  g_clear_object (&self->context);
  cairo_destroy (self->cairo);
  cairo_surface_destroy (self->surface);
  g_byte_array_unref (self->pdf);
  g_free (self);
}

void
eonay_practice_sheet_add_section (EonayPracticeSheet *self, const char *title)
{
  const double height = 6 * MM;

  self->y += 2.5 * MM;
  ensure_room (self, 3 * height);
  cairo_set_source_rgb (self->cairo, 0.86, 0.89, 0.93);
  cairo_rectangle (self->cairo, LEFT, self->y, WIDTH, height);
  cairo_fill (self->cairo);
  cairo_set_source_rgb (self->cairo, 0, 0, 0);
  draw_box (self, LEFT, self->y, WIDTH, height);
  show_text (self, title, &section_style, LEFT + PADDING, self->y + height / 2 - 6, WIDTH);
  self->y += height;
}

void
eonay_practice_sheet_add_fields (EonayPracticeSheet *self, const EonayPracticeSheetField *fields,
                                 gsize n_fields)
{
  const double height = 9.6 * MM;
  double x = LEFT;

  ensure_room (self, height);
  for (gsize i = 0; i < n_fields; i++)
    {
      double width = WIDTH * fields[i].share / N_SHARES;

      draw_box (self, x, self->y, width, height);
      show_text (self, fields[i].label, &label_style, x + PADDING, self->y + 2.5,
                 width - 2 * PADDING);
      if (fields[i].value != NULL)
        show_text (self, fields[i].value, &value_style, x + PADDING, self->y + height - 14,
                   width - 2 * PADDING);
      x += width;
    }
  self->y += height;
}

static void
draw_tick (EonayPracticeSheet *self, double x, double y, double side)
{
  cairo_set_line_width (self->cairo, 1.2);
  cairo_move_to (self->cairo, x + side * 0.2, y + side * 0.5);
  cairo_line_to (self->cairo, x + side * 0.42, y + side * 0.75);
  cairo_line_to (self->cairo, x + side * 0.82, y + side * 0.22);
  cairo_stroke (self->cairo);
}

void
eonay_practice_sheet_add_choices (EonayPracticeSheet *self, const char *label,
                                  const char *const *choices, guint chosen)
{
  const double height = 9.6 * MM;
  const double side = 8.5;
  double each = (WIDTH - 2 * PADDING) / (double) g_strv_length ((char **) choices);

  ensure_room (self, height);
  draw_box (self, LEFT, self->y, WIDTH, height);
  show_text (self, label, &label_style, LEFT + PADDING, self->y + 2.5, WIDTH);
  for (guint i = 0; choices[i] != NULL; i++)
    {
      double x = LEFT + PADDING + each * i;
      double y = self->y + height - 12.5;

      draw_box (self, x, y, side, side);
      if (i == chosen)
        draw_tick (self, x, y, side);
      show_text (self, choices[i], &value_style, x + side + 4, y - 1.5, each - side - 4);
    }
  self->y += height;
}

void
eonay_practice_sheet_add_paragraph (EonayPracticeSheet *self, const char *mark, const char *text)
{
  double indent = mark != NULL ? 8 * MM : 0;
  g_autoptr (PangoLayout) layout = lay_out (self, text, &body_style, WIDTH - indent);

  self->y += 2 * MM;
  ensure_room (self, layout_height (layout));
  if (mark != NULL)
    show_text (self, mark, &section_style, LEFT, self->y, indent);
  show_layout (self, layout, LEFT + indent, self->y);
  self->y += layout_height (layout);
}

void
eonay_practice_sheet_add_signature (EonayPracticeSheet *self, const char *name, const char *note)
{
  const double height = 32 * MM;
  const double width = WIDTH / 2;
  const double x = LEFT + WIDTH - width;
  g_autofree char *date = g_date_time_format (self->head->created_at, "%d.%m.%Y");

  self->y += 5 * MM;
  ensure_room (self, height);
  show_text (self, note, &small_style, LEFT, self->y + PADDING, WIDTH - width - 4 * MM);
  draw_box (self, x, self->y, width, height);
  show_text (self, "Başvuru sahibi", &label_style, x + PADDING, self->y + 2.5, width);
  show_text (self, date, &small_right_style, x, self->y + 2.5, width - PADDING);
  show_text (self, name, &section_style, x + PADDING, self->y + 13, width - 2 * PADDING);
  show_text (self, "İmza", &label_style, x + PADDING, self->y + 28, width);
  self->y += height;
}

GBytes *
eonay_practice_sheet_finish (EonayPracticeSheet *self, guint *n_pages, GError **error)
{
  cairo_status_t status;

  *n_pages = self->page;
  cairo_surface_finish (self->surface);
  status = cairo_surface_status (self->surface);
  if (status == CAIRO_STATUS_SUCCESS)
    return g_bytes_new (self->pdf->data, self->pdf->len);

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "The form cannot be drawn: %s",
               cairo_status_to_string (status));

  return NULL;
}
