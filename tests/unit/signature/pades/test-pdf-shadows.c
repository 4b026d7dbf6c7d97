#include "signature/pades/eonay-pdf-inspection.h"

#include <string.h>

#include "support/test-pdf.h"

/* Shadow attacks (Mainka et al., NDSS 2021): files that are prepared before they are signed, so that a
   later update can show something else. These are told of before they are signed. */

#define BOX "/Type /XObject /Subtype /Form /BBox [0 0 200 40]"
#define PAPER "1 1 1 rg 0 0 200 40 re f"
#define FORM(fields) "/AcroForm << /Fields [" fields "] >>"

/* @object: 11, which nothing but @page or @catalog refers to; NULL for none */
typedef struct {
  const char *name;
  const char *catalog;
  const char *page;
  const char *object;
  EonayPdfFindingKind kind;
  guint page_number;
} Shadow;

static const Shadow shadows[] = {
  /* Hide: what lies over the page is removed later. */
  { "hide-by-annotation", "", "/Annots [11 0 R]",
    "<< /Type /Annot /Subtype /Stamp /F 4 /Rect [0 80 200 120] /AP << /N 12 0 R >> >>",
    EONAY_PDF_FINDING_COVERING_ANNOTATION, 1 },
  { "hide-by-link", "", "/Annots [11 0 R]",
    "<< /Type /Annot /Subtype /Link /F 4 /Rect [0 80 200 120] /AP << /N 12 0 R >> >>",
    EONAY_PDF_FINDING_COVERING_ANNOTATION, 1 },
  { "hide-by-field", FORM ("11 0 R"), "/Annots [11 0 R]",
    "<< /Type /Annot /Subtype /Widget /FT /Btn /Ff 65536 /T (a) /F 4 /Rect [0 80 200 120] /AP << "
    "/N 12 0 R >> >>",
    EONAY_PDF_FINDING_FORM_FIELD, 1 },
  { "hide-by-layer", "/OCProperties << /OCGs [11 0 R] /D << >> >>", "",
    "<< /Type /OCG /Name (a) >>", EONAY_PDF_FINDING_OPTIONAL_CONTENT, 0 },
  /* Replace: what the page is drawn with is changed later. */
  { "replace-by-value", FORM ("11 0 R"), "/Annots [11 0 R]",
    "<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /V (900) /F 4 /Rect [0 80 200 120] /AP << "
    "/N 12 0 R >> >>",
    EONAY_PDF_FINDING_VALUE_DIFFERS, 1 },
  { "replace-by-field", FORM ("11 0 R"), "/Annots [11 0 R]",
    "<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /F 4 /Rect [0 80 200 120] >>",
    EONAY_PDF_FINDING_FORM_FIELD, 1 },
  /* Hide and replace: a second document, of which nothing is seen. */
  { "hide-and-replace-by-catalog", "", "", "<< /Type /Catalog /Pages 2 0 R >>",
    EONAY_PDF_FINDING_UNUSED_PAGE, 0 },
  { "hide-and-replace-by-tree", "", "", "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
    EONAY_PDF_FINDING_UNUSED_PAGE, 0 },
  { "hide-and-replace-by-page", "", "",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 12 0 R >>",
    EONAY_PDF_FINDING_UNUSED_PAGE, 0 },
};

static GBytes *
make_shadow (const Shadow *shadow)
{
  g_autoptr (TestPdf) pdf = test_pdf_new_pages (TEST_PDF_TABLE, 1, shadow->catalog, shadow->page);

  test_pdf_add (pdf, 10, "null");
  test_pdf_add (pdf, 11, "%s", shadow->object);
  test_pdf_add_stream (pdf, 12, BOX, PAPER, strlen (PAPER));

  return test_pdf_finish (pdf, "/Root 1 0 R");
}

static guint
count (GBytes *pdf, EonayPdfFindingKind kind, guint page)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EonayPdfInspection) inspection = eonay_pdf_inspection_new (pdf, NULL, &error);
  const EonayPdfFinding *found;
  guint n_found, sum = 0;

  g_assert_no_error (error);
  eonay_pdf_inspection_check_readable (inspection, &error);
  g_assert_no_error (error);
  found = eonay_pdf_inspection_get_findings (inspection, &n_found);
  for (guint i = 0; i < n_found; i++)
    if (found[i].kind == kind && found[i].page == page)
      sum += found[i].count;

  return sum;
}

static void
test_shadow (gconstpointer user_data)
{
  const Shadow *shadow = user_data;
  g_autoptr (GBytes) pdf = make_shadow (shadow);

  g_assert_cmpuint (count (pdf, shadow->kind, shadow->page_number), ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (shadows); i++)
    {
      g_autofree char *path = g_strconcat ("/signature/pdf-shadows/", shadows[i].name, NULL);

      g_test_add_data_func (path, &shadows[i], test_shadow);
    }

  return g_test_run ();
}
