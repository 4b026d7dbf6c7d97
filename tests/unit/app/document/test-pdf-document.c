#include "app/document/host/eonay-pdf-document.h"

#include <string.h>

#include "app/document/host/eonay-pdf-renderer.h"
#include "base/eonay-error.h"
#include "support/pdf-samples.h"
#include "support/test-pdf.h"

/* What the renderer does with a document, in this process. */

static EonayPdfDocument *
open_sample (const char *name)
{
  g_autoptr (GBytes) bytes = pdf_samples_make (name);
  g_autoptr (GError) error = NULL;
  EonayPdfDocument *document = eonay_pdf_document_open (bytes, &error);

  g_assert_no_error (error);

  return document;
}

static EonayPageRequest
ask_for_page (EonayPdfDocument *document, guint page, double scale)
{
  g_autoptr (GArray) sizes = eonay_pdf_document_list_sizes (document);
  const EonayPageSize *size = &g_array_index (sizes, EonayPageSize, page);

  return (EonayPageRequest){ .ask = EONAY_PAGE_ASK_DRAW,
                             .page = page,
                             .scale = scale,
                             .width = (int) (size->width * scale),
                             .height = (int) (size->height * scale) };
}

static gboolean
has_ink (GBytes *pixels)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (pixels, &length);

  for (gsize i = 0; i < length; i++)
    if (bytes[i] < 128)
      return TRUE;

  return FALSE;
}

static void
test_sizes (void)
{
  static const struct {
    const char *name;
    double width;
    double height;
  } sizes[] = {
    { "text", 595, 842 },
    { "landscape", 842, 595 },
    { "turned-90", 842, 595 },
    { "turned-180", 595, 842 },
    { "crop-box", 450, 380 },
    { "crop-box-turned", 380, 450 },
    { "media-box-moved", 595, 842 },
    { "huge", 14173, 14173 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (EonayPdfDocument) document = open_sample (sizes[i].name);
      g_autoptr (GArray) found = eonay_pdf_document_list_sizes (document);

      g_test_message ("%s", sizes[i].name);
      g_assert_cmpuint (found->len, ==, 1);
      g_assert_cmpfloat (g_array_index (found, EonayPageSize, 0).width, ==, sizes[i].width);
      g_assert_cmpfloat (g_array_index (found, EonayPageSize, 0).height, ==, sizes[i].height);
    }
}

static void
test_refused (void)
{
  static const struct {
    const char *name;
    EonayPageError code;
  } refused[] = {
    { "absurd", EONAY_PAGE_ERROR_TOO_LARGE },
    { "no-pages", EONAY_PAGE_ERROR_MALFORMED },
    { "encrypted", EONAY_PAGE_ERROR_ENCRYPTED },
  };
  static const char *const no_pdf[] = { "", "%PDF-1.7", "Sözleşme", "PK\003\004" };

  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GBytes) bytes = pdf_samples_make (refused[i].name);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", refused[i].name);
      g_assert_null (eonay_pdf_document_open (bytes, &error));
      g_assert_error (error, EONAY_PAGE_ERROR, (int) refused[i].code);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (no_pdf); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (no_pdf[i], strlen (no_pdf[i]));
      g_autoptr (GError) error = NULL;

      g_assert_null (eonay_pdf_document_open (bytes, &error));
      g_assert_error (error, EONAY_PAGE_ERROR, EONAY_PAGE_ERROR_MALFORMED);
    }
}

/* Cut at each fiftieth it is refused, or it is drawn; it is never more than it was. */
static void
test_truncated (void)
{
  g_autoptr (GBytes) whole = pdf_samples_make_pages (3);
  gsize length = g_bytes_get_size (whole);

  for (guint part = 0; part < 50; part++)
    {
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (whole, 0, length * part / 50);
      g_autoptr (GError) error = NULL;
      g_autoptr (EonayPdfDocument) document = eonay_pdf_document_open (cut, &error);

      if (document == NULL)
        g_assert_true (error->domain == EONAY_PAGE_ERROR);
      else
        {
          g_autoptr (GArray) sizes = eonay_pdf_document_list_sizes (document);

          g_assert_cmpuint (sizes->len, <=, 3);
        }
    }
}

/* A tile is what the whole picture has at its place. */
static void
test_tiles (void)
{
  g_autoptr (EonayPdfDocument) document = open_sample ("text");
  EonayPageRequest request = ask_for_page (document, 0, 1.5);
  g_autoptr (GBytes) whole = eonay_pdf_document_draw (document, &request, NULL);
  int stride = request.width * EONAY_PAGE_PIXEL_SIZE;
  const EonayPageRequest part = { .ask = EONAY_PAGE_ASK_DRAW,
                                  .scale = 1.5,
                                  .x = 100,
                                  .y = 110,
                                  .width = 300,
                                  .height = 90 };
  g_autoptr (GBytes) tile = eonay_pdf_document_draw (document, &part, NULL);
  const guint8 *bytes = g_bytes_get_data (whole, NULL);

  g_assert_true (has_ink (tile));
  for (int row = 0; row < part.height; row++)
    {
      const guint8 *expected = bytes + (part.y + row) * stride + part.x * EONAY_PAGE_PIXEL_SIZE;
      const guint8 *found = (const guint8 *) g_bytes_get_data (tile, NULL) +
                            row * part.width * EONAY_PAGE_PIXEL_SIZE;

      g_assert_cmpmem (expected, part.width * EONAY_PAGE_PIXEL_SIZE, found,
                       part.width * EONAY_PAGE_PIXEL_SIZE);
    }
}

static void
test_no_such_page (void)
{
  g_autoptr (EonayPdfDocument) document = open_sample ("text");
  g_autoptr (EonayPageAnswer) answer = eonay_page_answer_new ();
  g_autoptr (GError) error = NULL;
  EonayPageRequest request = ask_for_page (document, 0, 1);

  request.page = 1;
  g_assert_null (eonay_pdf_document_draw (document, &request, &error));
  g_assert_error (error, EONAY_PAGE_ERROR, EONAY_PAGE_ERROR_NOT_DRAWN);
  g_clear_error (&error);
  g_assert_false (eonay_pdf_document_compare (document, 7, answer, &error));
  g_assert_error (error, EONAY_PAGE_ERROR, EONAY_PAGE_ERROR_NOT_DRAWN);
  eonay_pdf_document_read_text (document, 7, answer);
  g_assert_cmpstr (answer->text, ==, "");
  eonay_pdf_document_list_links (document, 7, answer);
  g_assert_null (answer->links);
}

static void
test_text (void)
{
  const char *const lines[] = { "Ödeme İstanbul'da", "ığdır", NULL };
  g_autoptr (GBytes) bytes = pdf_samples_make_text (lines);
  g_autoptr (EonayPdfDocument) document = eonay_pdf_document_open (bytes, NULL);
  g_autoptr (EonayPageAnswer) answer = eonay_page_answer_new ();
  const EonayPageArea *first;

  eonay_pdf_document_read_text (document, 0, answer);
  g_assert_true (g_str_has_prefix (answer->text, "Ödeme İstanbul'da\nığdır"));
  g_assert_cmpint (g_utf8_strlen (answer->text, -1), ==, answer->areas->len);
  first = &g_array_index (answer->areas, EonayPageArea, 0);
  /* The letter stands at 72, with its foot at 100. */
  g_assert_cmpfloat_with_epsilon (first->x, 72, 2);
  g_assert_cmpfloat (first->y, <, 100);
  g_assert_cmpfloat (first->y + first->height, >, 99);
}

static void
test_search (void)
{
  const char *const lines[] = { "ISPARTA, İzmir, ığdır, IĞDIR", "kabul", "ediyorum ve kabul",
                                NULL };
  static const struct {
    const char *text;
    guint n_matches;
    guint n_areas;
  } searches[] = {
    { "ısparta", 1, 1 }, { "isparta", 1, 1 },         { "IZMIR", 1, 1 }, { "Iğdır", 2, 2 },
    { "kabul", 2, 2 },   { "kabul  ediyorum", 1, 2 }, { "yok", 0, 0 },   { "  ", 0, 0 },
  };
  g_autoptr (GBytes) bytes = pdf_samples_make_text (lines);
  g_autoptr (EonayPdfDocument) document = eonay_pdf_document_open (bytes, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (searches); i++)
    {
      g_autoptr (EonayPageAnswer) answer = eonay_page_answer_new ();
      guint n_areas;

      g_test_message ("%s", searches[i].text);
      eonay_pdf_document_search (document, 0, 5, searches[i].text, answer);
      n_areas = answer->matches->len;
      g_assert_cmpuint (n_areas, ==, searches[i].n_areas);
      if (n_areas > 0)
        g_assert_cmpuint (g_array_index (answer->matches, EonayPageMatch, n_areas - 1).number + 1,
                          ==, searches[i].n_matches);
    }
}

static void
test_links (void)
{
  g_autoptr (EonayPdfDocument) document = open_sample ("links");
  g_autoptr (EonayPageAnswer) answer = eonay_page_answer_new ();
  static const struct {
    EonayPageLinkKind kind;
    const char *target;
    double y;
  } expected[] = {
    { EONAY_PAGE_LINK_URI, "https://example.com/odeme", 842 - 720 },
    { EONAY_PAGE_LINK_LAUNCH, "kur.exe", 842 - 685 },
    { EONAY_PAGE_LINK_PAGE, "1", 842 - 560 },
  };
  guint n_found = 0;

  eonay_pdf_document_list_links (document, 0, answer);
  g_assert_cmpuint (answer->links->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < answer->links->len; i++)
    {
      const EonayPageLink *link = answer->links->pdata[i];

      for (guint e = 0; e < G_N_ELEMENTS (expected); e++)
        if (link->kind == expected[e].kind)
          {
            g_assert_cmpstr (link->target, ==, expected[e].target);
            g_assert_cmpfloat_with_epsilon (link->area.y, expected[e].y, 0.5);
            n_found++;
          }
    }
  g_assert_cmpuint (n_found, ==, G_N_ELEMENTS (expected));
}

static void
test_fonts (void)
{
  g_autoptr (EonayPdfDocument) without = open_sample ("fonts-missing");
  g_autoptr (EonayPdfDocument) with = open_sample ("text");
  g_autoptr (EonayPageAnswer) missing = eonay_page_answer_new ();
  g_autoptr (EonayPageAnswer) none = eonay_page_answer_new ();

  eonay_pdf_document_list_fonts (without, 0, 20, missing);
  g_assert_cmpuint (g_strv_length (missing->fonts), ==, 1);
  g_assert_cmpstr (missing->fonts[0], ==, "Helvetica");
  eonay_pdf_document_list_fonts (with, 0, 20, none);
  g_assert_cmpuint (g_strv_length (none->fonts), ==, 0);
}

/* Only what is not printed differs; not a letter, a picture or a see-through colour. */
static void
test_compare (void)
{
  static const char *const otherwise[] = { "no-print", "no-print-text", "no-view" };

  for (guint i = 0; pdf_samples_get_name (i) != NULL; i++)
    {
      g_autoptr (EonayPdfDocument) document = open_sample (pdf_samples_get_name (i));
      g_autoptr (EonayPageAnswer) answer = eonay_page_answer_new ();

      g_test_message ("%s", pdf_samples_get_name (i));
      g_assert_true (eonay_pdf_document_compare (document, 0, answer, NULL));
      g_assert_false (answer->differs);
    }
  for (guint i = 0; i < G_N_ELEMENTS (otherwise); i++)
    {
      g_autoptr (EonayPdfDocument) document = open_sample (otherwise[i]);
      g_autoptr (EonayPageAnswer) answer = eonay_page_answer_new ();

      g_test_message ("%s", otherwise[i]);
      g_assert_true (eonay_pdf_document_compare (document, 0, answer, NULL));
      g_assert_true (answer->differs);
    }
}

static void
test_all_have_ink (void)
{
  for (guint i = 0; pdf_samples_get_name (i) != NULL; i++)
    {
      g_autoptr (EonayPdfDocument) document = open_sample (pdf_samples_get_name (i));
      EonayPageRequest request = ask_for_page (document, 0, 0.5);
      g_autoptr (GBytes) pixels = eonay_pdf_document_draw (document, &request, NULL);

      g_assert_true (has_ink (pixels));
    }
}

/* Fonts may be read, nothing else of the person's; nothing may be written or connected to. */
static void
test_sandbox (void)
{
  g_autoptr (EonaySandboxProfile) profile = eonay_pdf_renderer_new_sandbox (1000);
  const char *const mine[] = { g_get_home_dir (),
                               g_get_user_data_dir (),
                               g_get_user_config_dir (),
                               g_get_user_cache_dir (),
                               g_get_user_runtime_dir (),
                               "/",
                               "/home",
                               "/etc",
                               "/tmp",
                               "/run" };

  g_assert_cmpuint (profile->writable->len + profile->sockets->len, ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (mine); i++)
    g_assert_false (
        g_ptr_array_find_with_equal_func (profile->readable, mine[i], g_str_equal, NULL));
  g_assert_cmpuint (profile->file_size, ==, 0);
  g_assert_cmpuint (profile->memory, <=, (G_GUINT64_CONSTANT (1) << 30) + 1000);
}

/* Returns: (transfer full): a page with this content, which may use a picture, /I, of this data */
static GBytes *
make_page (const char *content, const char *filter, const char *data, gsize length)
{
  g_autoptr (TestPdf) pdf = test_pdf_new (TEST_PDF_TABLE);

  test_pdf_add (pdf, 1, "<< /Type /Catalog /Pages 2 0 R >>");
  test_pdf_add (pdf, 2, "<< /Type /Pages /Count 1 /Kids [3 0 R] /MediaBox [0 0 200 200] >>");
  test_pdf_add (pdf, 3,
                "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /XObject << "
                "/I 5 0 R >> /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont "
                "/Helvetica >> >> >> >>");
  test_pdf_add_stream (pdf, 4, "", content, strlen (content));
  test_pdf_add_stream (pdf, 5, filter, data, length);

  return test_pdf_finish (pdf, "/Root 1 0 R");
}

/* A page that is not drawn whole says so, each time; one that is drawn whole does not. */
static void
test_incomplete (void)
{
#define PICTURE "/Type /XObject /Subtype /Image /Width 8 /Height 8 /BitsPerComponent 8 /ColorSpace "
  static const char zeros[64] = { 0 };
  static const struct {
    const char *content;
    const char *filter;
    gsize length;
    gboolean is_incomplete;
  } pages[] = {
    { "BT /F1 20 Tf 20 100 Td (Tamam) Tj ET", PICTURE "/DeviceGray", 64, FALSE },
    { "q 90 0 0 90 9 9 cm /I Do Q", PICTURE "/DeviceGray", 64, FALSE },
    { "q 90 0 0 90 9 9 cm /Missing Do Q", PICTURE "/DeviceGray", 64, TRUE },
    { "q 90 0 0 90 9 9 cm /I Do Q", PICTURE "/DeviceGray /Filter /FlateDecode", 20, TRUE },
    { "q 90 0 0 90 9 9 cm /I Do Q", PICTURE "/DeviceGray /Filter /DCTDecode", 20, TRUE },
    { "BT /F1 20 Tf 20 100 Td (Tamam) Tj ET 1 2 3 foo", PICTURE "/DeviceGray", 64, TRUE },
    { "BT /F1 20 Tf 20 100 Td (Tamam", PICTURE "/DeviceGray", 64, TRUE },
    { "BT /F9 20 Tf 20 100 Td (Tamam) Tj ET", PICTURE "/DeviceGray", 64, TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_autoptr (GBytes) bytes = make_page (pages[i].content, pages[i].filter, zeros,
                                            pages[i].length);
      g_autoptr (GError) error = NULL;
      g_autoptr (EonayPdfDocument) document = eonay_pdf_document_open (bytes, &error);
      const EonayPageRequest request = { .ask = EONAY_PAGE_ASK_DRAW,
                                         .scale = 1,
                                         .width = 200,
                                         .height = 200 };

      g_test_message ("%s %s", pages[i].content, pages[i].filter);
      g_assert_no_error (error);
      for (guint time = 0; time < 2; time++)
        {
          g_autoptr (GBytes) pixels = eonay_pdf_document_draw (document, &request, &error);

          g_assert_no_error (error);
          g_assert_cmpint (eonay_pdf_document_is_incomplete (document, 0), ==,
                           pages[i].is_incomplete);
        }
    }
#undef PICTURE
}

static void
assert_complete (const char *name, GBytes *bytes)
{
  g_autoptr (EonayPdfDocument) document = eonay_pdf_document_open (bytes, NULL);
  const EonayPageRequest request = { .ask = EONAY_PAGE_ASK_DRAW,
                                     .scale = 1,
                                     .width = 600,
                                     .height = 800 };
  g_autoptr (GBytes) pixels = eonay_pdf_document_draw (document, &request, NULL);

  g_test_message ("%s", name);
  g_assert_false (eonay_pdf_document_is_incomplete (document, 0));
}

static void
test_complete_files (void)
{
  g_autoptr (GDir) dir = g_dir_open (g_getenv ("TEST_PDFS"), 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (g_getenv ("TEST_PDFS"), name, NULL);
      g_autofree char *content = NULL;
      g_autoptr (GBytes) bytes = NULL;
      gsize length = 0;

      if (!g_str_has_suffix (name, ".pdf"))
        continue;
      g_assert_true (g_file_get_contents (path, &content, &length, NULL));
      bytes = g_bytes_new (content, length);
      assert_complete (name, bytes);
    }
}

/* What people get to sign is drawn whole. */
static void
test_complete (void)
{
  const char *name;

  for (guint i = 0; (name = pdf_samples_get_name (i)) != NULL; i++)
    {
      g_autoptr (GBytes) bytes = pdf_samples_make (name);

      assert_complete (name, bytes);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/pdf-document/sizes", test_sizes);
  g_test_add_func ("/app/pdf-document/refused", test_refused);
  g_test_add_func ("/app/pdf-document/incomplete", test_incomplete);
  g_test_add_func ("/app/pdf-document/complete", test_complete);
  g_test_add_func ("/app/pdf-document/complete-files", test_complete_files);
  g_test_add_func ("/app/pdf-document/truncated", test_truncated);
  g_test_add_func ("/app/pdf-document/tiles", test_tiles);
  g_test_add_func ("/app/pdf-document/no-such-page", test_no_such_page);
  g_test_add_func ("/app/pdf-document/text", test_text);
  g_test_add_func ("/app/pdf-document/search", test_search);
  g_test_add_func ("/app/pdf-document/links", test_links);
  g_test_add_func ("/app/pdf-document/fonts", test_fonts);
  g_test_add_func ("/app/pdf-document/compare", test_compare);
  g_test_add_func ("/app/pdf-document/have-ink", test_all_have_ink);
  g_test_add_func ("/app/pdf-document/sandbox", test_sandbox);

  return g_test_run ();
}
