#include "app/document/eonay-page-comparison.h"

#include <string.h>

#include "base/eonay-error.h"
#include "signature/pades/eonay-pades.h"
#include "support/pdf-samples.h"
#include "support/test-pdf.h"
#include "support/test-signing.h"

/* What is shown is what is signed: with the real programs that draw, and that look into a PDF. */

#define FONT \
  "/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
#define ANNOTATION \
  "<< /Type /Annot /Subtype /Square /F 4 /Rect [100 100 200 160] /IC [1 0 0] /AP << /N 21 0 R >> >>"
#define APPEARANCE "1 0 0 rg 0 0 100 60 re f"

static EonayPdfInspection *
inspect (GBytes *pdf)
{
  g_autoptr (GError) error = NULL;
  EonayPdfInspection *inspection = eonay_pdf_inspection_new (pdf, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (eonay_pdf_inspection_check_readable (inspection, &error));
  g_assert_no_error (error);

  return inspection;
}

static EonayPades *
prepare (GBytes *pdf, guint page, const EonayPdfBox *box, GBytes *appearance, GError **error)
{
  const TestWish wish = { .key = "P-256", .serial = TEST_SIGNER_SERIAL };
  const EonayPadesOptions options = { .page = page,
                                      .box = box != NULL ? *box : (EonayPdfBox){ 0 },
                                      .appearance = appearance,
                                      .check = eonay_page_comparison_run };
  g_autoptr (EonayCertificate) certificate = test_issuer_issue_certificate (test_issuing (), &wish);
  g_autoptr (EonayPdfInspection) inspection = inspect (pdf);
  g_autoptr (GDateTime) time = test_date (1);

  return eonay_pades_new (certificate, EONAY_SIGNATURE_SCHEME_NONE, pdf, inspection, &options, time,
                          error);
}

static void
assert_accepted (GBytes *pdf, guint page, const EonayPdfBox *box, GBytes *appearance)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EonayPades) pades = prepare (pdf, page, box, appearance, &error);

  g_assert_no_error (error);
  g_assert_nonnull (pades);
}

static gboolean
compare (GBytes *pdf, GBytes *update, EonayPdfInspection *inspection, guint page,
         const EonayPdfBox *mark, GError **error)
{
  g_autoptr (EonaySealedMemory) prepared = eonay_sealed_memory_new (pdf, update, NULL);

  return eonay_page_comparison_run (prepared, g_bytes_get_size (pdf), inspection, page, mark,
                                    error);
}

static void
assert_refused (GBytes *pdf, GBytes *update, const EonayPdfBox *mark, EonaySignatureError code)
{
  g_autoptr (EonayPdfInspection) inspection = inspect (pdf);
  g_autoptr (GError) error = NULL;

  g_assert_false (compare (pdf, update, inspection, 1, mark, &error));
  g_assert_error (error, EONAY_SIGNATURE_ERROR, (int) code);
}

/* Nothing of what people get to sign is refused for it. */
static void
test_samples (void)
{
  const char *name;

  for (guint i = 0; (name = pdf_samples_get_name (i)) != NULL; i++)
    {
      g_autoptr (GBytes) pdf = pdf_samples_make (name);

      assert_accepted (pdf, 0, NULL, NULL);
    }
}

static void
test_files (void)
{
  g_autoptr (GDir) dir = g_dir_open (g_getenv ("TEST_PDFS"), 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (g_getenv ("TEST_PDFS"), name, NULL);
      g_autofree char *content = NULL;
      g_autoptr (GBytes) pdf = NULL;
      gsize length = 0;

      if (!g_str_has_suffix (name, ".pdf"))
        continue;
      g_test_message ("%s", name);
      g_assert_true (g_file_get_contents (path, &content, &length, NULL));
      pdf = g_bytes_new (content, length);
      assert_accepted (pdf, 0, NULL, NULL);
    }
}

/* More pages than one process compares. */
static void
test_many_pages (void)
{
  g_autoptr (GBytes) pdf = pdf_samples_make_pages (60);

  assert_accepted (pdf, 0, NULL, NULL);
}

/* The mark is the one thing that may be new, wherever it is, and however the page is turned. */
static void
test_mark (void)
{
  static const char *const pages[] = { "", "/Rotate 90", "/Rotate 180", "/Rotate 270",
                                       "/CropBox [30 40 500 700] /Rotate 90" };
  const EonayPdfBox box = { 100, 500, 300, 566, 0 };
  g_autoptr (GBytes) appearance = NULL;

  appearance = pdf_samples_make_text ((const char *const[]){ "AYŞE DENEME", NULL });
  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_autoptr (GBytes) pdf = test_pdf_make_pages (TEST_PDF_TABLE, 2, "", pages[i]);

      assert_accepted (pdf, 2, &box, appearance);
    }
}

/* Returns: (transfer full): what stands behind @pdf once the first page has other @content */
static GBytes *
make_other_content (GBytes *pdf, const char *content)
{
  g_autoptr (TestPdf) update = test_pdf_new_update (pdf, TEST_PDF_TABLE, 20);
  g_autoptr (GBytes) whole = NULL;
  gsize length = g_bytes_get_size (pdf);

  test_pdf_add_stream (update, 4, "", content, strlen (content));
  whole = test_pdf_finish (update, "/Root 1 0 R");

  return g_bytes_new_from_bytes (whole, length, g_bytes_get_size (whole) - length);
}

static void
test_changed_content (void)
{
  g_autoptr (GBytes) pdf = test_pdf_make_pages (TEST_PDF_TABLE, 1, "", "");
  g_autoptr (GBytes) same = make_other_content (pdf, "BT /F1 24 Tf 72 700 Td (Sayfa 1) Tj ET\n");
  g_autoptr (GBytes) other = make_other_content (pdf, "BT /F1 24 Tf 72 700 Td (Sayfa 7) Tj ET\n");
  g_autoptr (GBytes) small = make_other_content (
      pdf, "BT /F1 24 Tf 72 700 Td (Sayfa 1) Tj ET BT /F1 6 Tf 72 70 Td (.) Tj ET\n");
  g_autoptr (EonayPdfInspection) inspection = inspect (pdf);
  g_autoptr (GError) error = NULL;

  g_assert_true (compare (pdf, same, inspection, 0, NULL, &error));
  g_assert_no_error (error);
  assert_refused (pdf, other, NULL, EONAY_SIGNATURE_ERROR_PDF_CHANGED);
  assert_refused (pdf, small, NULL, EONAY_SIGNATURE_ERROR_PDF_CHANGED);
}

/* Returns: (transfer full): what stands behind @pdf once a red square lies on the first page */
static GBytes *
make_square (GBytes *pdf)
{
  g_autoptr (TestPdf) update = test_pdf_new_update (pdf, TEST_PDF_TABLE, 20);
  g_autoptr (GBytes) whole = NULL;
  gsize length = g_bytes_get_size (pdf);

  test_pdf_add (update, 3,
                "<< /Type /Page /Parent 2 0 R /Contents 4 0 R " FONT " /Annots [20 0 R] >>");
  test_pdf_add (update, 20, ANNOTATION);
  test_pdf_add_stream (update, 21, "/Type /XObject /Subtype /Form /BBox [0 0 100 60]", APPEARANCE,
                       strlen (APPEARANCE));
  whole = test_pdf_finish (update, "/Root 1 0 R");

  return g_bytes_new_from_bytes (whole, length, g_bytes_get_size (whole) - length);
}

static void
test_mark_elsewhere (void)
{
  const EonayPdfBox there = { 100, 100, 200, 160, 0 };
  const EonayPdfBox aside = { 120, 100, 200, 160, 0 };
  g_autoptr (GBytes) pdf = test_pdf_make_pages (TEST_PDF_TABLE, 1, "", "");
  g_autoptr (GBytes) update = make_square (pdf);
  g_autoptr (EonayPdfInspection) inspection = inspect (pdf);
  g_autoptr (GError) error = NULL;

  g_assert_true (compare (pdf, update, inspection, 1, &there, &error));
  g_assert_no_error (error);
  assert_refused (pdf, update, &aside, EONAY_SIGNATURE_ERROR_PDF_CHANGED);
  assert_refused (pdf, update, NULL, EONAY_SIGNATURE_ERROR_PDF_CHANGED);
}

#define N_OBJECTS 10

static void
append_table (GString *out, const gsize *offsets, guint root)
{
  g_string_append_printf (out, "xref\n0 %u\n0000000000 65535 f \n", N_OBJECTS);
  for (guint i = 1; i < N_OBJECTS; i++)
    g_string_append_printf (out, "%010" G_GSIZE_FORMAT " 00000 n \n", offsets[i]);
  g_string_append_printf (out, "trailer\n<< /Size %u /Root %u 0 R >>\n", N_OBJECTS, root);
}

static void
append_object (GString *out, gsize *offsets, guint id, const char *body)
{
  offsets[id] = out->len;
  g_string_append_printf (out, "%u 0 obj\n%s\nendobj\n", id, body);
}

/* Catalog, pages, page and content, from @id on. */
static void
append_document (GString *out, gsize *offsets, guint id, const char *words)
{
  g_autofree char *catalog = g_strdup_printf ("<< /Type /Catalog /Pages %u 0 R >>", id + 1);
  g_autofree char *pages = g_strdup_printf (
      "<< /Type /Pages /Count 1 /Kids [%u 0 R] /MediaBox [0 0 595 842] >>", id + 2);
  g_autofree char *page = g_strdup_printf (
      "<< /Type /Page /Parent %u 0 R /Contents %u 0 R " FONT " >>", id + 1, id + 3);
  g_autofree char *text = g_strdup_printf ("BT /F1 24 Tf 72 700 Td (%s) Tj ET", words);
  g_autofree char *content = g_strdup_printf ("<< /Length %zu >>\nstream\n%s\nendstream",
                                              strlen (text), text);

  append_object (out, offsets, id, catalog);
  append_object (out, offsets, id + 1, pages);
  append_object (out, offsets, id + 2, page);
  append_object (out, offsets, id + 3, content);
}

/* A file that says that it is linearized: the section behind its first object leads to another page
   than the one at its end. @length: of the file, as it says */
static GBytes *
make_two_ways (gsize length)
{
  gsize offsets[N_OBJECTS] = { 0 };
  g_autofree char *first = g_strdup_printf (
      "<< /Linearized 1 /L %010" G_GSIZE_FORMAT " /H [0 0] /O 8 /E 0 /N 1 /T 0 >>", length);
  g_autoptr (GString) out = g_string_new (NULL);
  gsize xref = 0;

  /* Once more, with the offsets that are known then. */
  for (guint i = 0; i < 2; i++)
    {
      g_string_truncate (out, 0);
      g_string_append (out, "%PDF-1.7\n");
      append_object (out, offsets, 1, first);
      append_table (out, offsets, 6);
      append_document (out, offsets, 2, "Bir lira");
      append_document (out, offsets, 6, "Bin lira");
      xref = out->len;
      append_table (out, offsets, 2);
    }
  g_string_append_printf (out, "startxref\n%" G_GSIZE_FORMAT "\n%%%%EOF\n", xref);

  return g_bytes_new (out->str, out->len);
}

/* It tells readers to go by its first page once it has exactly the length that it will have signed. */
static void
test_linearized_once_signed (void)
{
  g_autoptr (GBytes) never = make_two_ways (0);
  g_autoptr (GBytes) signed_then = make_two_ways (g_bytes_get_size (never) + 5000);
  g_autofree char *padding = g_strnfill (5000, '\n');
  g_autoptr (GBytes) behind = g_bytes_new (padding, 5000);
  g_autoptr (EonayPdfInspection) inspection = inspect (never);
  g_autoptr (GError) error = NULL;

  g_assert_true (compare (never, behind, inspection, 0, NULL, &error));
  g_assert_no_error (error);
  assert_refused (signed_then, behind, NULL, EONAY_SIGNATURE_ERROR_PDF_CHANGED);
}

/* As a whole, as CAdES signs it. */
static void
test_linearized_now (void)
{
  g_autoptr (GBytes) never = make_two_ways (0);
  g_autoptr (GBytes) now = make_two_ways (g_bytes_get_size (never));
  g_autoptr (EonayPdfInspection) inspection = inspect (never);
  g_autoptr (EonayPdfInspection) of_now = eonay_pdf_inspection_new (now, NULL, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (compare (never, NULL, inspection, 0, NULL, &error));
  g_assert_no_error (error);
  /* The inspector does not sign it either. */
  g_assert_false (eonay_pdf_inspection_check_readable (of_now, NULL));
  g_assert_false (compare (now, NULL, inspection, 0, NULL, &error));
  g_assert_error (error, EONAY_SIGNATURE_ERROR, EONAY_SIGNATURE_ERROR_PDF_CHANGED);
}

/* A page that has pages of its own is one page to one program, and none to another. */
static GBytes *
make_page_with_kids (void)
{
  g_autoptr (TestPdf) pdf = test_pdf_new (TEST_PDF_TABLE);

  test_pdf_add (pdf, 1, "<< /Type /Catalog /Pages 2 0 R >>");
  test_pdf_add (pdf, 2, "<< /Type /Pages /Count 2 /Kids [3 0 R] /MediaBox [0 0 595 842] >>");
  test_pdf_add (pdf, 3, "<< /Type /Page /Parent 2 0 R /Count 2 /Kids [4 0 R 5 0 R] >>");
  test_pdf_add (pdf, 4, "<< /Type /Page /Parent 3 0 R >>");
  test_pdf_add (pdf, 5, "<< /Type /Page /Parent 3 0 R >>");

  return test_pdf_finish (pdf, "/Root 1 0 R");
}

static void
test_other_pages (void)
{
  g_autoptr (GBytes) pdf = test_pdf_make_pages (TEST_PDF_TABLE, 2, "", "");
  g_autoptr (GBytes) more = test_pdf_make_pages (TEST_PDF_TABLE, 3, "", "");
  g_autoptr (GBytes) turned = test_pdf_make_pages (TEST_PDF_TABLE, 2, "", "/Rotate 90");
  g_autoptr (GBytes) odd = make_page_with_kids ();
  g_autoptr (EonayPdfInspection) of_more = inspect (more);
  g_autoptr (EonayPdfInspection) of_turned = inspect (turned);
  g_autoptr (EonayPdfInspection) of_odd = eonay_pdf_inspection_new (odd, NULL, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (compare (pdf, NULL, of_more, 0, NULL, &error));
  g_assert_error (error, EONAY_SIGNATURE_ERROR, EONAY_SIGNATURE_ERROR_PDF_AMBIGUOUS);
  g_clear_error (&error);
  g_assert_false (compare (pdf, NULL, of_turned, 0, NULL, &error));
  g_assert_error (error, EONAY_SIGNATURE_ERROR, EONAY_SIGNATURE_ERROR_PDF_AMBIGUOUS);
  g_clear_error (&error);
  /* Which of both programs finds it odd depends on their versions; one has to. */
  g_assert_false (eonay_pdf_inspection_check_readable (of_odd, NULL) &&
                  compare (odd, NULL, of_odd, 0, NULL, NULL));
}

/* A program that draws and crashes, hangs, or says what makes no sense, proves nothing. */
static void
test_faulty (void)
{
  g_autoptr (GBytes) pdf = test_pdf_make_pages (TEST_PDF_TABLE, 8, "", "");
  g_autofree char *real = g_strdup (g_getenv ("EONAY_PDF_RENDERER"));

  g_setenv ("EONAY_PDF_RENDERER", g_getenv ("TEST_FAULTY_RENDERER"), TRUE);
  assert_refused (pdf, NULL, NULL, EONAY_SIGNATURE_ERROR_PDF_CRASHED);
  g_setenv ("EONAY_PDF_RENDERER", real, TRUE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_setenv ("EONAY_PDF_RENDERER", g_getenv ("TEST_RENDERER"), TRUE);

  g_test_add_func ("/page-comparison/samples", test_samples);
  g_test_add_func ("/page-comparison/files", test_files);
  g_test_add_func ("/page-comparison/many-pages", test_many_pages);
  g_test_add_func ("/page-comparison/mark", test_mark);
  g_test_add_func ("/page-comparison/changed-content", test_changed_content);
  g_test_add_func ("/page-comparison/mark-elsewhere", test_mark_elsewhere);
  g_test_add_func ("/page-comparison/linearized-once-signed", test_linearized_once_signed);
  g_test_add_func ("/page-comparison/linearized-now", test_linearized_now);
  g_test_add_func ("/page-comparison/other-pages", test_other_pages);
  g_test_add_func ("/page-comparison/faulty", test_faulty);

  return g_test_run ();
}
