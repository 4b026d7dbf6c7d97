#include "signature/pades/eonay-pdf-inspection.h"

#include "base/eonay-error.h"
#include "support/test-pdf.h"

/* Which pages a PDF has, and how large they are shown: on that readers have to agree. */

static EonayPdfInspection *
inspect (GBytes *pdf)
{
  g_autoptr (GError) error = NULL;
  EonayPdfInspection *inspection = eonay_pdf_inspection_new (pdf, NULL, &error);

  g_assert_no_error (error);

  return inspection;
}

static void
test_pages (void)
{
  g_autoptr (GBytes) pdf = test_pdf_make_pages (TEST_PDF_STREAM, 3, "",
                                                "/CropBox [600 800 10 20] /Rotate -90");
  g_autoptr (EonayPdfInspection) inspection = inspect (pdf);
  const EonayPdfBox *box;

  g_assert_true (eonay_pdf_inspection_check_readable (inspection, NULL));
  g_assert_cmpuint (eonay_pdf_inspection_get_n_pages (inspection), ==, 3);
  box = eonay_pdf_inspection_get_page (inspection, 3);
  g_assert_cmpfloat (box->left, ==, 10);
  g_assert_cmpfloat (box->bottom, ==, 20);
  g_assert_cmpfloat (box->right, ==, 595);
  g_assert_cmpfloat (box->top, ==, 800);
  g_assert_cmpuint (box->rotation, ==, 270);
}

/* What a page inherits is looked for on the way down by some readers, on the way up by others. */
static void
test_parents (void)
{
  static const struct {
    const char *page;
    const char *other;
    gboolean is_refused;
  } pages[] = {
    { "/Parent 2 0 R", "<< >>", FALSE },
    { "/Parent 4 0 R", "<< /MediaBox [0 0 9 9] >>", TRUE },
    { "/Parent 4 0 R /MediaBox [0 0 9 9]", "<< /Rotate 90 >>", TRUE },
    { "/Parent 4 0 R /MediaBox [0 0 9 9]", "<< /Resources << >> >>", TRUE },
    { "/Parent 4 0 R /MediaBox [0 0 9 9]", "<< /MediaBox [0 0 9 9] >>", FALSE },
    { "", "<< >>", TRUE },
    { "/MediaBox [0 0 9 9]", "<< >>", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_autoptr (TestPdf) pdf = test_pdf_new (TEST_PDF_TABLE);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (EonayPdfInspection) inspection = NULL;

      test_pdf_add (pdf, 1, "<< /Type /Catalog /Pages 2 0 R >>");
      test_pdf_add (pdf, 2, "<< /Type /Pages /Count 1 /Kids [3 0 R] /MediaBox [0 0 9 9] >>");
      test_pdf_add (pdf, 3, "<< /Type /Page %s >>", pages[i].page);
      test_pdf_add (pdf, 4, "%s", pages[i].other);
      bytes = test_pdf_finish (pdf, "/Root 1 0 R");
      inspection = inspect (bytes);
      g_assert_cmpint (eonay_pdf_inspection_check_readable (inspection, NULL), ==,
                       !pages[i].is_refused);
    }
}

/* Where a page's own value is none, some readers take the inherited one and others a default: a mark would
   stand somewhere else than shown, or nowhere. */
static void
test_unsound_pages (void)
{
  static const char *const unsound[] = {
    "/Rotate /x",
    "/Rotate true",
    "/Rotate 90.0",
    "/MediaBox /x",
    "/MediaBox [0 0 300]",
    "/MediaBox [0 0 0 0]",
    "/MediaBox [0 0 595 842 1]",
    "/MediaBox [0 0 (x) 4]",
    "/MediaBox [0 0 99999999999 842]",
    "/MediaBox [10000000.25 0 10000595.25 842]",
    "/CropBox [1 2 3 4 5]",
    "/CropBox [1 2 /x 3]",
    "/CropBox [100 100 100 100]",
    "/CropBox [1000 1000 1200 1200]",
  };
  static const char *const sound[] = { "/Rotate null", "/Rotate 450", "/MediaBox [595 842 0 0]",
                                       "/CropBox [-9 -9 9999 9999]" };

  for (gsize i = 0; i < G_N_ELEMENTS (unsound); i++)
    {
      g_autoptr (GBytes) pdf = test_pdf_make_pages (TEST_PDF_TABLE, 1, "", unsound[i]);
      g_autoptr (EonayPdfInspection) inspection = NULL;
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", unsound[i]);
      inspection = inspect (pdf);
      g_assert_false (eonay_pdf_inspection_check_signable (inspection, &error));
      g_assert_error (error, EONAY_SIGNATURE_ERROR, EONAY_SIGNATURE_ERROR_PDF_DAMAGED);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (sound); i++)
    {
      g_autoptr (GBytes) pdf = test_pdf_make_pages (TEST_PDF_TABLE, 1, "", sound[i]);
      g_autoptr (EonayPdfInspection) inspection = inspect (pdf);

      g_assert_true (eonay_pdf_inspection_check_readable (inspection, NULL));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/signature/pdf-pages/sizes", test_pages);
  g_test_add_func ("/signature/pdf-pages/parents", test_parents);
  g_test_add_func ("/signature/pdf-pages/unsound", test_unsound_pages);

  return g_test_run ();
}
