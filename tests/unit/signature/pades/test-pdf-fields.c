#include <string.h>

#include "base/eonay-error.h"
#include "signature/pades/eonay-pdf-inspection.h"
#include "support/test-pdf.h"

/* Fields that show something else than what they hold. */

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

static guint
count_differing (const char *value, const char *content)
{
  const char *type = strstr (value, "/FT") != NULL ? "" : "/FT /Tx";
  g_autoptr (TestPdf) pdf =
      test_pdf_new_pages (TEST_PDF_TABLE, 1, "/AcroForm << /Fields [5 0 R] >>", "/Annots [5 0 R]");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (EonayPdfInspection) inspection = NULL;

  test_pdf_add (pdf, 5, "<< /Subtype /Widget %s /T (ad) /F 4 /Rect [0 0 9 9] %s /AP << /N %s >> >>",
                type, value,
                strstr (value, "/Btn") != NULL ? "<< /Off 6 0 R /Evet 6 0 R >>" : "6 0 R");
  test_pdf_add_stream (pdf, 6, "/Subtype /Form /BBox [0 0 9 9]", content, strlen (content));
  bytes = test_pdf_finish (pdf, "/Root 1 0 R");
  inspection = inspect (bytes);

  return eonay_pdf_inspection_count (inspection, EONAY_PDF_FINDING_VALUE_DIFFERS);
}

static void
test_value_differs (void)
{
  g_assert_cmpuint (count_differing ("/V (100 TL)", "BT (100) Tj ( TL) Tj ET"), ==, 0);
  g_assert_cmpuint (count_differing ("/V (100 TL)", "BT [<313030> -250 (TL)] TJ ET"), ==, 0);
  g_assert_cmpuint (count_differing ("/V (100 TL)", "BT (900 TL) Tj ET"), ==, 1);
  g_assert_cmpuint (count_differing ("/V (100 TL)", "/Tx BMC EMC"), ==, 1);
  g_assert_cmpuint (count_differing ("", "BT (900 TL) Tj ET"), ==, 1);
  g_assert_cmpuint (count_differing ("", "/Tx BMC EMC"), ==, 0);
  /* What cannot be known is not said: glyphs of a font's own, and letters beyond ASCII. */
  g_assert_cmpuint (count_differing ("/V (100 TL)", "BT <0011002200330044> Tj ET"), ==, 0);
  g_assert_cmpuint (count_differing ("/V <FEFF015E>", "BT (x) Tj ET"), ==, 0);
  g_assert_cmpuint (count_differing ("/V (gizli) /Ff 8192", "BT (*****) Tj ET"), ==, 0);
}

static void
test_state_differs (void)
{
  g_assert_cmpuint (count_differing ("/FT /Btn /V /Evet /AS /Evet", ""), ==, 0);
  g_assert_cmpuint (count_differing ("/FT /Btn /AS /Off", ""), ==, 0);
  g_assert_cmpuint (count_differing ("/FT /Btn /V /Evet /AS /Off", ""), ==, 1);
  g_assert_cmpuint (count_differing ("/FT /Btn /V /Off /AS /Evet", ""), ==, 1);
  /* Another button of the same field is on; and a push button has no value. */
  g_assert_cmpuint (count_differing ("/FT /Btn /V /Belki /AS /Off", ""), ==, 0);
  g_assert_cmpuint (count_differing ("/FT /Btn /Ff 65536 /AS /Evet", ""), ==, 0);
}

static void
test_choice_differs (void)
{
#define LIST "/FT /Ch /Ff 131072 /Opt [[(1) (Bir)] [(2) (Iki)]] "
  g_assert_cmpuint (count_differing (LIST "/V (2)", "BT (Iki) Tj ET"), ==, 0);
  g_assert_cmpuint (count_differing (LIST "/V (2)", "BT (Iki) Tj ET BT /ZaDb (6) Tj ET"), ==, 0);
  g_assert_cmpuint (count_differing (LIST "/V (2)", "BT (Bir) Tj ET"), ==, 1);
  g_assert_cmpuint (count_differing (LIST, "BT (Bir) Tj ET"), ==, 1);
  /* All of a list's choices are shown. */
  g_assert_cmpuint (count_differing ("/FT /Ch /V (Iki)", "BT (Bir) Tj (Iki) Tj ET"), ==, 0);
#undef LIST
}

/* The value is the field's, and its widgets show it, each on its own. */
static void
test_kids_differ (void)
{
  g_autoptr (TestPdf) pdf = test_pdf_new_pages (
      TEST_PDF_TABLE, 1, "/AcroForm << /Fields [5 0 R] >>", "/Annots [6 0 R 7 0 R]");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (EonayPdfInspection) inspection = NULL;

  test_pdf_add (pdf, 5, "<< /FT /Tx /T (ad) /V (100) /Kids [6 0 R 7 0 R] >>");
  for (guint id = 6; id <= 7; id++)
    test_pdf_add (pdf, id,
                  "<< /Subtype /Widget /F 4 /Rect [0 0 9 9] /Parent 5 0 R /AP << /N %u 0 R >> >>",
                  id + 2);
  test_pdf_add_stream (pdf, 8, "/Subtype /Form /BBox [0 0 9 9]", "(100) Tj", 8);
  test_pdf_add_stream (pdf, 9, "/Subtype /Form /BBox [0 0 9 9]", "(900) Tj", 8);
  bytes = test_pdf_finish (pdf, "/Root 1 0 R");
  inspection = inspect (bytes);
  g_assert_cmpuint (eonay_pdf_inspection_count (inspection, EONAY_PDF_FINDING_VALUE_DIFFERS), ==,
                    1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/signature/pdf-fields/value", test_value_differs);
  g_test_add_func ("/signature/pdf-fields/state", test_state_differs);
  g_test_add_func ("/signature/pdf-fields/choice", test_choice_differs);
  g_test_add_func ("/signature/pdf-fields/kids", test_kids_differ);

  return g_test_run ();
}
