#include "pdf-samples.h"

#include <cairo-pdf.h>
#include <math.h>
#include <string.h>

#define A4_WIDTH 595.0
#define A4_HEIGHT 842.0

static const char *const sentences[] = {
  "Yukarıda kimlik bilgileri yazılı olan ben, başvuru şartlarını okudum ve kabul ediyorum.",
  "İmzaladığım bu belgenin içeriği tarafımca görülmüş, İstanbul'da düzenlenmiştir.",
  "Ödemeler her ayın ilk iş gününde, ığdır şubesinin hesabına yapılacaktır: 1.250,00 TL.",
  "Gereğini saygılarımla arz ederim. Şükrü ÇALIŞKAN, Öğretmen, Üsküdar/İSTANBUL",
  "Taraflar, 5070 sayılı Elektronik İmza Kanunu'nun hükümlerini bilir ve uygular.",
};

static cairo_status_t
append (void *closure, const unsigned char *bytes, unsigned int length)
{
  g_byte_array_append (closure, bytes, length);

  return CAIRO_STATUS_SUCCESS;
}

typedef struct {
  GByteArray *bytes;
  cairo_surface_t *surface;
  cairo_t *cairo;
} Writer;

static Writer
begin (double width, double height)
{
  Writer self = { .bytes = g_byte_array_new () };

  self.surface = cairo_pdf_surface_create_for_stream (append, self.bytes, width, height);
  self.cairo = cairo_create (self.surface);

  return self;
}

static GBytes *
finish (Writer *self)
{
  cairo_destroy (self->cairo);
  cairo_surface_finish (self->surface);
  g_assert_cmpint (cairo_surface_status (self->surface), ==, CAIRO_STATUS_SUCCESS);
  cairo_surface_destroy (self->surface);

  return g_byte_array_free_to_bytes (self->bytes);
}

static void
write_line (cairo_t *cairo, double x, double y, double size, const char *text)
{
  cairo_set_font_size (cairo, size);
  cairo_move_to (cairo, x, y);
  cairo_show_text (cairo, text);
}

static void
write_page (cairo_t *cairo, const char *title, guint n_lines)
{
  cairo_select_font_face (cairo, "DejaVu Sans", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_BOLD);
  write_line (cairo, 72, 90, 16, title);
  cairo_select_font_face (cairo, "DejaVu Sans", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
  for (guint i = 0; i < n_lines; i++)
    write_line (cairo, 72, 130 + i * 16, 9.5, sentences[i % G_N_ELEMENTS (sentences)]);
}

static void
draw_text (cairo_t *cairo)
{
  write_page (cairo, "SÖZLEŞME", 38);
}

static void
draw_petition (cairo_t *cairo)
{
  write_page (cairo, "T.C. ÜSKÜDAR KAYMAKAMLIĞI'NA", 8);
  write_line (cairo, 380, 330, 10, "30.11.2026");
  write_line (cairo, 380, 350, 10, "AYŞE DENEME");
}

static void
draw_serif (cairo_t *cairo)
{
  cairo_select_font_face (cairo, "DejaVu Serif", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
  for (guint i = 0; i < 30; i++)
    write_line (cairo, 60, 80 + i * 22, 11, sentences[i % G_N_ELEMENTS (sentences)]);
}

static void
draw_mono (cairo_t *cairo)
{
  cairo_select_font_face (cairo, "DejaVu Sans Mono", CAIRO_FONT_SLANT_NORMAL,
                          CAIRO_FONT_WEIGHT_NORMAL);
  for (guint i = 0; i < 40; i++)
    write_line (cairo, 60, 70 + i * 17, 8, sentences[i % G_N_ELEMENTS (sentences)]);
}

static void
draw_table (cairo_t *cairo)
{
  draw_petition (cairo);
  cairo_set_line_width (cairo, 1);
  for (guint row = 0; row < 8; row++)
    for (guint column = 0; column < 4; column++)
      cairo_rectangle (cairo, 72 + column * 110, 420 + row * 24, 110, 24);
  cairo_stroke (cairo);
  for (guint row = 0; row < 8; row++)
    write_line (cairo, 80, 436 + row * 24, 9, sentences[row % G_N_ELEMENTS (sentences)]);
}

static void
draw_clipped_table (cairo_t *cairo)
{
  draw_table (cairo);
  cairo_rectangle (cairo, 72, 650, 200, 60);
  cairo_clip (cairo);
  draw_text (cairo);
}

static cairo_surface_t *
make_photo (int width, int height, cairo_format_t format)
{
  cairo_surface_t *photo = cairo_image_surface_create (format, width, height);
  cairo_t *cairo = cairo_create (photo);

  for (int i = 0; i < 40; i++)
    {
      cairo_set_source_rgba (cairo, (i * 37 % 100) / 100.0, (i * 53 % 100) / 100.0,
                             (i * 71 % 100) / 100.0, format == CAIRO_FORMAT_ARGB32 ? 0.5 : 1);
      cairo_arc (cairo, i * 97 % width, i * 61 % height, 20 + i, 0, 2 * G_PI);
      cairo_fill (cairo);
    }
  cairo_destroy (cairo);
  cairo_surface_flush (photo);

  return photo;
}

static void
place_photo (cairo_t *cairo, cairo_format_t format)
{
  cairo_surface_t *photo = make_photo (600, 400, format);

  draw_petition (cairo);
  cairo_save (cairo);
  cairo_translate (cairo, 72, 400);
  cairo_scale (cairo, 0.7, 0.7);
  cairo_set_source_surface (cairo, photo, 0, 0);
  cairo_paint (cairo);
  cairo_restore (cairo);
  cairo_surface_destroy (photo);
}

static void
draw_photo (cairo_t *cairo)
{
  place_photo (cairo, CAIRO_FORMAT_RGB24);
}

static void
draw_see_through_photo (cairo_t *cairo)
{
  place_photo (cairo, CAIRO_FORMAT_ARGB32);
}

static void
draw_transparency (cairo_t *cairo)
{
  draw_text (cairo);
  cairo_push_group (cairo);
  cairo_set_source_rgb (cairo, 0.8, 0.1, 0.1);
  cairo_arc (cairo, 300, 400, 120, 0, 2 * G_PI);
  cairo_fill (cairo);
  cairo_pop_group_to_source (cairo);
  cairo_paint_with_alpha (cairo, 0.3);
}

static void
draw_gradient (cairo_t *cairo)
{
  cairo_pattern_t *pattern = cairo_pattern_create_linear (0, 0, A4_WIDTH, 0);

  cairo_pattern_add_color_stop_rgb (pattern, 0, 0.2, 0.4, 0.8);
  cairo_pattern_add_color_stop_rgb (pattern, 1, 0.9, 0.9, 1);
  cairo_set_source (cairo, pattern);
  cairo_rectangle (cairo, 0, 0, A4_WIDTH, 60);
  cairo_fill (cairo);
  cairo_pattern_destroy (pattern);
  cairo_set_source_rgb (cairo, 0, 0, 0);
  draw_text (cairo);
}

static void
draw_barcode (cairo_t *cairo)
{
  draw_petition (cairo);
  for (guint i = 0; i < 60; i++)
    cairo_rectangle (cairo, 72 + i * 5, 700, i % 3 == 0 ? 3 : 1.5, 50);
  cairo_fill (cairo);
}

static void
draw_curves (cairo_t *cairo)
{
  draw_petition (cairo);
  cairo_set_line_width (cairo, 1.5);
  cairo_set_source_rgb (cairo, 0.1, 0.1, 0.5);
  cairo_move_to (cairo, 380, 380);
  for (guint i = 0; i < 12; i++)
    cairo_rel_curve_to (cairo, 5, -20, 8, 20, 12, i % 2 == 0 ? -6 : 6);
  cairo_stroke (cairo);
}

static void
draw_dashes (cairo_t *cairo)
{
  static const double dashes[] = { 4, 3 };

  draw_petition (cairo);
  cairo_set_dash (cairo, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_rectangle (cairo, 60, 60, A4_WIDTH - 120, A4_HEIGHT - 120);
  cairo_stroke (cairo);
}

static void
draw_turned_text (cairo_t *cairo)
{
  draw_text (cairo);
  cairo_save (cairo);
  cairo_translate (cairo, 120, 700);
  cairo_rotate (cairo, -G_PI / 4);
  cairo_set_source_rgb (cairo, 0.85, 0.85, 0.85);
  write_line (cairo, 0, 0, 80, "DENEME");
  cairo_restore (cairo);
}

static void
draw_colours (cairo_t *cairo)
{
  for (guint i = 0; i < 30; i++)
    {
      cairo_set_source_rgb (cairo, (i % 3) / 2.0, (i % 5) / 5.0, (i % 7) / 7.0);
      write_line (cairo, 72, 100 + i * 22, 10, sentences[i % G_N_ELEMENTS (sentences)]);
    }
}

static void
draw_large_letters (cairo_t *cairo)
{
  for (guint i = 0; i < 8; i++)
    write_line (cairo, 40, 120 + i * 80, 28 + i * 2, "ÇĞİÖŞÜ çğıöşü Iİ");
}

static void
draw_small_letters (cairo_t *cairo)
{
  for (guint i = 0; i < 70; i++)
    write_line (cairo, 60, 60 + i * 10, 6, sentences[i % G_N_ELEMENTS (sentences)]);
}

static void
draw_nothing (cairo_t *cairo)
{
  cairo_show_page (cairo);
}

typedef struct {
  const char *name;
  double width;
  double height;
  void (*draw) (cairo_t *cairo);
} Sample;

static const Sample samples[] = {
  { "text", A4_WIDTH, A4_HEIGHT, draw_text },
  { "petition", A4_WIDTH, A4_HEIGHT, draw_petition },
  { "serif", A4_WIDTH, A4_HEIGHT, draw_serif },
  { "mono", A4_WIDTH, A4_HEIGHT, draw_mono },
  { "table", A4_WIDTH, A4_HEIGHT, draw_table },
  { "clipped", A4_WIDTH, A4_HEIGHT, draw_clipped_table },
  { "photo", A4_WIDTH, A4_HEIGHT, draw_photo },
  { "see-through", A4_WIDTH, A4_HEIGHT, draw_see_through_photo },
  { "transparency", A4_WIDTH, A4_HEIGHT, draw_transparency },
  { "gradient", A4_WIDTH, A4_HEIGHT, draw_gradient },
  { "barcode", A4_WIDTH, A4_HEIGHT, draw_barcode },
  { "curves", A4_WIDTH, A4_HEIGHT, draw_curves },
  { "dashes", A4_WIDTH, A4_HEIGHT, draw_dashes },
  { "turned-text", A4_WIDTH, A4_HEIGHT, draw_turned_text },
  { "colours", A4_WIDTH, A4_HEIGHT, draw_colours },
  { "large-letters", A4_WIDTH, A4_HEIGHT, draw_large_letters },
  { "small-letters", A4_WIDTH, A4_HEIGHT, draw_small_letters },
  { "landscape", A4_HEIGHT, A4_WIDTH, draw_petition },
  { "a5", 420, A4_WIDTH, draw_petition },
  { "letter", 612, 792, draw_table },
  { "wide", 1190, A4_HEIGHT, draw_table },
  { "receipt", 227, 600, draw_colours },
  { "blank", A4_WIDTH, A4_HEIGHT, draw_nothing },
};

/* Written by hand: what cairo does not write. @page: more of the page's dictionary. */
typedef struct {
  const char *name;
  const char *page;
  const char *content;
  const char *more[3]; /* objects 6, 7 … */
} Written;

#define LETTERS                                                                               \
  "BT /F1 14 Tf 72 700 Td (Dilekce metni: kabul ediyorum.) Tj 0 -30 Td (Ikinci satir) Tj ET " \
  "0.2 0.4 0.8 rg 72 500 200 60 re f 0 G 2 w 300 500 200 60 re S"

#define FIELD                                                                               \
  "<< /Type /Annot /Subtype /Widget /FT /Tx /T (ad) /V (AYSE) /Rect [72 400 300 430] /F 4 " \
  "/DA (/F1 12 Tf 0 g) /AP << /N 7 0 R >> >>"
#define APPEARANCE                                                                              \
  "<< /Type /XObject /Subtype /Form /BBox [0 0 228 30] /Resources << /Font << /F1 5 0 R >> >> " \
  "/Length 57 >>\nstream\n0.9 g 0 0 228 30 re f BT /F1 12 Tf 0 g 4 9 Td (AYSE)Tj ET\nendstream"

static const Written written[] = {
  { "fonts-missing", "/MediaBox [0 0 595 842]", LETTERS, { NULL } },
  { "thin-lines",
    "/MediaBox [0 0 595 842]",
    LETTERS " 0 w 72 300 200 60 re S 0.1 w 72 200 200 60 re S 0.25 w 300 200 200 60 re S 0.5 w 300 "
            "300 200 60 re S 1 w 320 320 m 400 390 l S",
    { NULL } },
  { "turned-90", "/MediaBox [0 0 595 842] /Rotate 90", LETTERS, { NULL } },
  { "turned-180", "/MediaBox [0 0 595 842] /Rotate 180", LETTERS, { NULL } },
  { "turned-270", "/MediaBox [0 0 595 842] /Rotate 270", LETTERS, { NULL } },
  { "crop-box", "/MediaBox [0 0 595 842] /CropBox [50 400 500 780]", LETTERS, { NULL } },
  { "crop-box-turned",
    "/MediaBox [0 0 595 842] /CropBox [50 400 500 780] /Rotate 90",
    LETTERS,
    { NULL } },
  { "media-box-moved", "/MediaBox [-100 -50 495 792]", LETTERS, { NULL } },
  { "form", "/MediaBox [0 0 595 842] /Annots [6 0 R]", LETTERS, { FIELD, APPEARANCE } },
  { "no-print",
    "/MediaBox [0 0 595 842] /Annots [6 0 R]",
    LETTERS,
    { "<< /Type /Annot /Subtype /Stamp /Rect [72 400 300 430] /F 0 /AP << /N 7 0 R >> >>",
      APPEARANCE } },
  { "no-print-text",
    "/MediaBox [0 0 595 842] /Annots [6 0 R]",
    LETTERS,
    { "<< /Type /Annot /Subtype /Stamp /Rect [72 400 300 430] /F 0 /AP << /N 7 0 R >> >>",
      "<< /Type /XObject /Subtype /Form /BBox [0 0 228 30] /Resources << /Font << /F1 5 0 R >> >> "
      "/Length 35 >>\nstream\nBT /F1 7 Tf 0.4 g 4 9 Td (ben)Tj ET\nendstream" } },
  { "no-view",
    "/MediaBox [0 0 595 842] /Annots [6 0 R]",
    LETTERS,
    { "<< /Type /Annot /Subtype /Stamp /Rect [72 400 300 430] /F 36 /AP << /N 7 0 R >> >>",
      APPEARANCE } },
  { "links",
    "/MediaBox [0 0 595 842] /Annots [6 0 R 7 0 R 8 0 R]",
    LETTERS,
    { "<< /Type /Annot /Subtype /Link /Rect [72 690 300 720] /Border [0 0 0] /A << /S /URI /URI "
      "(https://example.com/odeme) >> >>",
      "<< /Type /Annot /Subtype /Link /Rect [72 660 300 685] /Border [0 0 0] /A << /S /Launch /F "
      "(kur.exe) >> >>",
      "<< /Type /Annot /Subtype /Link /Rect [72 500 272 560] /Border [0 0 0] /Dest [3 0 R /Fit] >>" } },
  { "huge", "/MediaBox [0 0 14173 14173]", LETTERS, { NULL } },
  { "absurd", "/MediaBox [0 0 141730 141730]", LETTERS, { NULL } },
  { "bomb",
    "/MediaBox [0 0 595 842] /Resources << /XObject << /I 6 0 R >> >>",
    "500 0 0 500 50 50 cm /I Do",
    { "<< /Type /XObject /Subtype /Image /Width 100000 /Height 100000 /BitsPerComponent 8 "
      "/ColorSpace /DeviceRGB /Length 3 >>\nstream\nabc\nendstream" } },
};

typedef struct {
  GString *text;
  GArray *offsets;
} Objects;

static void
add_object (Objects *self, const char *content)
{
  gsize offset = self->text->len;

  g_array_append_val (self->offsets, offset);
  g_string_append_printf (self->text, "%u 0 obj\n%s\nendobj\n", self->offsets->len, content);
}

static GBytes *
end_objects (Objects *self, const char *trailer)
{
  gsize start = self->text->len;

  g_string_append_printf (self->text, "xref\n0 %u\n0000000000 65535 f \n", self->offsets->len + 1);
  for (guint i = 0; i < self->offsets->len; i++)
    g_string_append_printf (self->text, "%010" G_GSIZE_FORMAT " 00000 n \n",
                            g_array_index (self->offsets, gsize, i));
  g_string_append_printf (self->text,
                          "trailer\n<< /Size %u /Root 1 0 R %s >>\nstartxref\n%" G_GSIZE_FORMAT
                          "\n%%%%EOF\n",
                          self->offsets->len + 1, trailer, start);
  g_array_unref (self->offsets);

  return g_string_free_to_bytes (self->text);
}

static Objects
begin_objects (void)
{
  return (Objects){ g_string_new ("%PDF-1.7\n%\xc3\xa7\xc3\xa7\n"),
                    g_array_new (FALSE, FALSE, sizeof (gsize)) };
}

static GBytes *
write_by_hand (const Written *what)
{
  Objects self = begin_objects ();
  gboolean has_resources = strstr (what->page, "/Resources") != NULL;
  g_autofree char *page =
      g_strdup_printf ("<< /Type /Page /Parent 2 0 R /Contents 4 0 R %s %s >>",
                       has_resources ? "" : "/Resources << /Font << /F1 5 0 R >> >>", what->page);
  g_autofree char *content = g_strdup_printf ("<< /Length %" G_GSIZE_FORMAT
                                              " >>\nstream\n%s\nendstream",
                                              strlen (what->content), what->content);

  add_object (&self, "<< /Type /Catalog /Pages 2 0 R >>");
  add_object (&self, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
  add_object (&self, page);
  add_object (&self, content);
  add_object (&self, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
  for (guint i = 0; i < G_N_ELEMENTS (what->more) && what->more[i] != NULL; i++)
    add_object (&self, what->more[i]);

  return end_objects (&self, "");
}

static GBytes *
write_without_pages (const char *trailer)
{
  Objects self = begin_objects ();

  add_object (&self, "<< /Type /Catalog /Pages 2 0 R >>");
  add_object (&self, "<< /Type /Pages /Kids [] /Count 0 >>");

  return end_objects (&self, trailer);
}

/* An RC4 key of 40 bits, and a password that is not the empty one. */
#define ENCRYPTION                                                                           \
  "/ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>] /Encrypt << " \
  "/Filter /Standard /V 1 /R 2 /P -4 /O "                                                    \
  "<0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20> /U "                   \
  "<0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20> >>"

const char *
pdf_samples_get_name (guint index)
{
  /* The last of the drawn ones is the blank one; of the written ones the first are ordinary. */
  const guint n_drawn = G_N_ELEMENTS (samples) - 1;

  if (index < n_drawn)
    return samples[index].name;

  return index < n_drawn + 9 ? written[index - n_drawn].name : NULL;
}

GBytes *
pdf_samples_make (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (written); i++)
    if (g_str_equal (written[i].name, name))
      return write_by_hand (&written[i]);

  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    if (g_str_equal (samples[i].name, name))
      {
        Writer writer = begin (samples[i].width, samples[i].height);

        samples[i].draw (writer.cairo);
        return finish (&writer);
      }

  return write_without_pages (g_str_equal (name, "encrypted") ? ENCRYPTION : "");
}

GBytes *
pdf_samples_make_pages (guint n_pages)
{
  Writer writer = begin (A4_WIDTH, A4_HEIGHT);

  for (guint i = 1; i <= n_pages; i++)
    {
      g_autofree char *title = g_strdup_printf ("Sayfa %u", i);

      write_page (writer.cairo, title, 38);
      cairo_show_page (writer.cairo);
    }

  return finish (&writer);
}

GBytes *
pdf_samples_make_text (const char *const *lines)
{
  Writer writer = begin (A4_WIDTH, A4_HEIGHT);

  cairo_select_font_face (writer.cairo, "DejaVu Sans", CAIRO_FONT_SLANT_NORMAL,
                          CAIRO_FONT_WEIGHT_NORMAL);
  for (guint i = 0; lines[i] != NULL; i++)
    write_line (writer.cairo, 72, 100 + i * 40, 18, lines[i]);

  return finish (&writer);
}
