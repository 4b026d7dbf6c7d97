#include "signature/pades/eonay-pdf-inspection.h"

#include <string.h>

#include "base/eonay-error.h"
#include "support/test-pdf.h"

#define FONT \
  "/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"

static EonayPdfInspection *
inspect (GBytes *pdf)
{
  g_autoptr (GError) error = NULL;
  EonayPdfInspection *inspection = eonay_pdf_inspection_new (pdf, NULL, &error);

  g_assert_no_error (error);

  return inspection;
}

static EonayPdfInspection *
inspect_pages (const char *catalog, const char *page)
{
  g_autoptr (GBytes) pdf = test_pdf_make_pages (TEST_PDF_TABLE, 1, catalog, page);

  return inspect (pdf);
}

static void
assert_readable (EonayPdfInspection *inspection)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (eonay_pdf_inspection_check_readable (inspection, &error));
  g_assert_no_error (error);
}

static void
assert_refused (GBytes *pdf, EonaySignatureError code)
{
  g_autoptr (EonayPdfInspection) inspection = inspect (pdf);
  g_autoptr (GError) error = NULL;

  g_assert_false (eonay_pdf_inspection_check_signable (inspection, &error));
  g_assert_error (error, EONAY_SIGNATURE_ERROR, (int) code);
}

/* A row each: where it is, and what has to be found. */
static const struct {
  const char *name;
  const char *catalog;
  const char *page;
  EonayPdfFindingKind kind;
  guint on_page;
} findings[] = {
  { "javascript", "/OpenAction << /S /JavaScript /JS (app.alert(1)) >>", "",
    EONAY_PDF_FINDING_JAVASCRIPT, 0 },
  { "javascript-next",
    "/OpenAction << /S /GoTo /D [3 0 R /Fit] /Next << /S /JavaScript /JS (1) >> >>", "",
    EONAY_PDF_FINDING_JAVASCRIPT, 0 },
  { "javascript-names", "/Names << /JavaScript << /Names [(a) << /S /JavaScript /JS (1) >>] >> >>",
    "", EONAY_PDF_FINDING_JAVASCRIPT, 0 },
  { "javascript-outline", "/Outlines << /First << /Title (a) /A << /S /JavaScript /JS (1) >> >> >>",
    "", EONAY_PDF_FINDING_JAVASCRIPT, 0 },
  { "javascript-without-kind", "/Outlines << /First << /A << /JS (1) >> >> >>", "",
    EONAY_PDF_FINDING_JAVASCRIPT, 0 },
  { "javascript-escaped", "/Open#41ction << /#53 /Java#53cript /J#53 (1) >>", "",
    EONAY_PDF_FINDING_JAVASCRIPT, 0 },
  { "javascript-without-kind-escaped", "/Outlines << /First << /#41 << /J#53 (1) >> >> >>", "",
    EONAY_PDF_FINDING_JAVASCRIPT, 0 },
  { "javascript-in-array", "",
    "/Annots [<< /Subtype /Link /Rect [0 0 9 9] /A [<< /S /URI >> << /S /JavaScript /JS (1) >>] >>]",
    EONAY_PDF_FINDING_JAVASCRIPT, 1 },
  { "javascript-next-in-array", "",
    "/Annots [<< /Subtype /Link /Rect [0 0 9 9] /A << /S /GoTo /D (a) /Next [<< /S /Named >> "
    "<< /S /JavaScript /JS (1) >>] >> >>]",
    EONAY_PDF_FINDING_JAVASCRIPT, 1 },
  { "open-action-in-array", "/OpenAction [<< /S /Named /N /Print >>]", "",
    EONAY_PDF_FINDING_OPEN_ACTION, 0 },
  { "open-action-next", "/OpenAction << /S /GoTo /D [3 0 R /Fit] /Next << /S /Named >> >>", "",
    EONAY_PDF_FINDING_OPEN_ACTION, 0 },
  { "open-action", "/OpenAction << /S /URI /URI (https://example.com) >>", "",
    EONAY_PDF_FINDING_OPEN_ACTION, 0 },
  { "page-action", "", "/AA << /O << /S /Named /N /Print >> >>",
    EONAY_PDF_FINDING_ADDITIONAL_ACTION, 1 },
  { "launch", "", "/Annots [<< /Subtype /Link /Rect [0 0 9 9] /A << /S /Launch /F (a) >> >>]",
    EONAY_PDF_FINDING_LAUNCH, 1 },
  { "submit", "", "/Annots [<< /Subtype /Link /Rect [0 0 9 9] /A << /S /SubmitForm >> >>]",
    EONAY_PDF_FINDING_SUBMIT_FORM, 1 },
  { "import", "", "/Annots [<< /Subtype /Link /Rect [0 0 9 9] /A << /S /ImportData >> >>]",
    EONAY_PDF_FINDING_IMPORT_DATA, 1 },
  { "other-document", "", "/Annots [<< /Subtype /Link /Rect [0 0 9 9] /A << /S /GoToR >> >>]",
    EONAY_PDF_FINDING_OTHER_DOCUMENT, 1 },
  { "hide", "", "/Annots [<< /Subtype /Link /Rect [0 0 9 9] /A << /S /Hide >> >>]",
    EONAY_PDF_FINDING_HIDE_ACTION, 1 },
  { "layer-state", "", "/Annots [<< /Subtype /Link /Rect [0 0 9 9] /A << /S /SetOCGState >> >>]",
    EONAY_PDF_FINDING_HIDE_ACTION, 1 },
  { "rendition", "", "/Annots [<< /Subtype /Link /Rect [0 0 9 9] /A << /S /Rendition >> >>]",
    EONAY_PDF_FINDING_MULTIMEDIA, 1 },
  { "reset", "", "/Annots [<< /Subtype /Link /Rect [0 0 9 9] /A << /S /ResetForm >> >>]",
    EONAY_PDF_FINDING_OTHER_ACTION, 1 },
  { "link", "", "/Annots [<< /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (a) >> >>]",
    EONAY_PDF_FINDING_LINK, 1 },
  { "embedded", "/Names << /EmbeddedFiles << /Names [(a) << /F (a) /EF << >> >>] >> >>", "",
    EONAY_PDF_FINDING_EMBEDDED_FILE, 0 },
  { "xfa", "/AcroForm << /Fields [] /XFA (a) >>", "", EONAY_PDF_FINDING_XFA, 0 },
  { "layers", "/OCProperties << /OCGs [<< /Type /OCG /Name (a) >>] >>", "",
    EONAY_PDF_FINDING_OPTIONAL_CONTENT, 0 },
  { "layer-print",
    "/OCProperties << /OCGs [<< /Type /OCG /Usage << /Print << /PrintState /OFF >> >> >>] >>", "",
    EONAY_PDF_FINDING_CONTENT_STATE, 0 },
  { "hidden", "", "/Annots [<< /Subtype /Square /F 2 /Rect [0 0 9 9] >>]",
    EONAY_PDF_FINDING_HIDDEN_ANNOTATION, 1 },
  { "no-view", "", "/Annots [<< /Subtype /Square /F 36 /Rect [0 0 9 9] >>]",
    EONAY_PDF_FINDING_NO_VIEW_ANNOTATION, 1 },
  { "no-print", "", "/Annots [<< /Subtype /Square /F 0 /Rect [0 0 9 9] >>]",
    EONAY_PDF_FINDING_NO_PRINT_ANNOTATION, 1 },
  { "covering", "", "/Annots [<< /Subtype /Stamp /F 4 /Rect [0 0 9 9] >>]",
    EONAY_PDF_FINDING_COVERING_ANNOTATION, 1 },
  { "covering-link", "", "/Annots [<< /Subtype /Link /F 4 /Rect [0 0 9 9] /AP << /N 4 0 R >> >>]",
    EONAY_PDF_FINDING_COVERING_ANNOTATION, 1 },
  { "covering-unknown", "", "/Annots [<< /Subtype /Own /F 4 /Rect [0 0 9 9] /AP << /N 4 0 R >> >>]",
    EONAY_PDF_FINDING_COVERING_ANNOTATION, 1 },
  { "no-appearance", "", "/Annots [<< /Subtype /Highlight /F 4 /Rect [0 0 9 9] >>]",
    EONAY_PDF_FINDING_NO_APPEARANCE, 1 },
  { "multimedia", "", "/Annots [<< /Subtype /RichMedia /F 4 /Rect [0 0 9 9] >>]",
    EONAY_PDF_FINDING_MULTIMEDIA, 1 },
  { "needs-appearances", "/AcroForm << /NeedAppearances true /Fields [<< /FT /Tx /T (a) >>] >>", "",
    EONAY_PDF_FINDING_NEEDS_APPEARANCES, 0 },
  { "unreferenced", "", "/Annots [<< /Subtype /Widget /FT /Tx /T (a) /Rect [0 0 9 9] >>]",
    EONAY_PDF_FINDING_UNREFERENCED_FIELD, 1 },
  { "field", "/AcroForm << /Fields [<< /FT /Tx /T (a) >>] >>", "", EONAY_PDF_FINDING_FORM_FIELD,
    0 },
};

static void
test_finding (gconstpointer row)
{
  gsize i = GPOINTER_TO_SIZE (row);
  g_autoptr (EonayPdfInspection) inspection = inspect_pages (findings[i].catalog, findings[i].page);
  guint n_found;
  const EonayPdfFinding *found = eonay_pdf_inspection_get_findings (inspection, &n_found);
  gboolean is_found = FALSE;

  assert_readable (inspection);
  for (guint j = 0; j < n_found; j++)
    is_found |= found[j].kind == findings[i].kind && found[j].page == findings[i].on_page &&
                found[j].count == 1;
  g_assert_true (is_found);
  g_assert_cmpuint (eonay_pdf_inspection_count (inspection, findings[i].kind), ==, 1);
}

static void
test_harmless (void)
{
  g_autoptr (EonayPdfInspection) inspection = inspect_pages (
      "/OpenAction [3 0 R /Fit] /PageLabels << /Nums [0 << /S /D >>] >>",
      "/Group << /S /Transparency >> /Annots [<< /Subtype /Link /Rect [0 0 9 9] /Dest [3 0 R /Fit] >>"
      " << /Subtype /Widget /Rect [0 0 0 0] >>]");
  guint n_found;
  const EonayPdfFinding *found = eonay_pdf_inspection_get_findings (inspection, &n_found);

  assert_readable (inspection);
  /* Not even a widget without an area is harmless, if the form does not know it. */
  g_assert_cmpuint (n_found, ==, 1);
  g_assert_cmpint (found[0].kind, ==, EONAY_PDF_FINDING_UNREFERENCED_FIELD);
}

static void
test_streams (void)
{
  g_autoptr (TestPdf) pdf = test_pdf_new_pages (TEST_PDF_TABLE, 2, "",
                                                "/X [20 0 R 21 0 R << /JS 22 0 R >>]");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (EonayPdfInspection) inspection = NULL;

  test_pdf_add_stream (pdf, 20, "/F (other.bin)", "", 0);
  test_pdf_add_stream (pdf, 21, "/Subtype /Form /BBox [0 0 1 1] /Ref << /F (a.pdf) /Page 0 >>", "",
                       0);
  test_pdf_add_stream (pdf, 22, "/Subtype /Image /Alternates [<< >>]", "", 0);
  test_pdf_add (pdf, 23, "<< /Type /Catalog /Pages 24 0 R >>");
  test_pdf_add (pdf, 24, "<< /Type /Pages /Count 1 /Kids [25 0 R] >>");
  test_pdf_add (pdf, 25, "<< /Type /Page /Parent 24 0 R >>");
  bytes = test_pdf_finish (pdf, "/Root 1 0 R");
  inspection = inspect (bytes);

  assert_readable (inspection);
  g_assert_cmpuint (eonay_pdf_inspection_count (inspection, EONAY_PDF_FINDING_EXTERNAL_STREAM), ==,
                    1);
  g_assert_cmpuint (eonay_pdf_inspection_count (inspection, EONAY_PDF_FINDING_REFERENCE_XOBJECT),
                    ==, 1);
  g_assert_cmpuint (eonay_pdf_inspection_count (inspection, EONAY_PDF_FINDING_ALTERNATE_IMAGE), ==,
                    1);
  /* A picture may be called as a script is. */
  g_assert_cmpuint (eonay_pdf_inspection_count (inspection, EONAY_PDF_FINDING_JAVASCRIPT), ==, 0);
  /* A second document in the first, of which nothing is seen. */
  g_assert_cmpuint (eonay_pdf_inspection_count (inspection, EONAY_PDF_FINDING_UNUSED_PAGE), ==, 3);
}

#define EARLIER                                                                                   \
  "<< /Type /Annot /Subtype /Widget /FT /Sig /T (imza) /F 132 /P 3 0 R /Rect [0 0 0 0] /V 7 0 R " \
  ">>"

/* A file whose only signature, such as it is, covers all of it. */
static GBytes *
make_signed (void)
{
  g_autoptr (TestPdf) pdf = test_pdf_new_pages (
      TEST_PDF_TABLE, 1, "/AcroForm << /Fields [5 0 R 6 0 R] >>", "/Annots [5 0 R 6 0 R]");
  g_autoptr (GBytes) bytes = NULL;
  GByteArray *filled = g_byte_array_new ();
  g_autofree char *range = NULL;
  const char *gap, *place;
  gsize length, before;

  test_pdf_add (pdf, 5, "%s", EARLIER);
  test_pdf_add (pdf, 6, "<< /Type /Annot /Subtype /Widget /FT /Tx /T (ad) /F 4 /P 3 0 R >>");
  test_pdf_add (pdf, 7, "<< /Type /Sig /ByteRange [0 0000000 0000000 0000000] /Contents <0000> >>");
  bytes = test_pdf_finish (pdf, "/Root 1 0 R");
  g_byte_array_append (filled, g_bytes_get_data (bytes, &length), (guint) g_bytes_get_size (bytes));
  gap = memmem (filled->data, length, "<0000>", 6);
  place = memmem (filled->data, length, "0000000 0000000 0000000", 23);
  before = (gsize) (gap - (const char *) filled->data);
  range = g_strdup_printf ("%07" G_GSIZE_FORMAT " %07" G_GSIZE_FORMAT " %07" G_GSIZE_FORMAT, before,
                           before + 6, length - before - 6);
  memcpy (filled->data + (place - (const char *) filled->data), range, 23);

  return g_byte_array_free_to_bytes (filled);
}

static guint
count_overridden (GBytes *pdf, guint id, const char *body)
{
  g_autoptr (TestPdf) update = test_pdf_new_update (pdf, TEST_PDF_TABLE, 8);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (EonayPdfInspection) inspection = NULL;
  const EonayPdfSignature *signatures;
  guint n_signatures;

  if (id == 4)
    test_pdf_add_stream (update, id, "", body, strlen (body));
  else
    test_pdf_add (update, id, "%s", body);
  bytes = test_pdf_finish (update, "/Root 1 0 R");
  inspection = inspect (bytes);
  assert_readable (inspection);
  signatures = eonay_pdf_inspection_get_signatures (inspection, &n_signatures);
  g_assert_cmpuint (n_signatures, ==, 1);
  g_assert_cmpuint (signatures[0].covered, ==, g_bytes_get_size (pdf));

  return eonay_pdf_inspection_count (inspection, EONAY_PDF_FINDING_OVERRIDDEN);
}

static void
test_overridden (void)
{
  g_autoptr (GBytes) pdf = make_signed ();

  g_assert_cmpuint (count_overridden (pdf, 4, "BT (Baska) Tj ET"), ==, 1);
  g_assert_cmpuint (count_overridden (pdf, 3, "<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>"),
                    ==, 1);
  g_assert_cmpuint (count_overridden (pdf, 2, "<< /Type /Pages /Count 1 /Kids [3 0 R] >>"), ==, 1);
  g_assert_cmpuint (
      count_overridden (pdf, 2,
                        "<< /MediaBox [0 0 595 842] /Type /Pages /Count 1 /Kids [3 0 R] >>"),
      ==, 0);
  g_assert_cmpuint (
      count_overridden (pdf, 6, "<< /Type /Annot /Subtype /Widget /FT /Tx /T (ad) /V (A) >>"), ==,
      0);
}

/* A layer, how it is shown, and whether that differs between screen and paper. */
static void
test_layer_states (void)
{
#define PRINT(state) "/Print << /PrintState /" state " >> "
#define VIEW(state) "/View << /ViewState /" state " >> "
  static const struct {
    const char *usage;
    const char *usual;
    guint n_differing;
  } layers[] = {
    { "", "", 0 },
    { "", "/OFF [5 0 R]", 0 },
    { PRINT ("ON"), "", 0 },
    { PRINT ("ON") VIEW ("ON"), "/OFF [5 0 R]", 0 },
    { PRINT ("OFF"), "/BaseState /OFF", 0 },
    { PRINT ("OFF"), "", 1 },
    { VIEW ("OFF"), "", 1 },
    { PRINT ("OFF") VIEW ("ON"), "/OFF [5 0 R]", 1 },
    { PRINT ("ON"), "/OFF [5 0 R]", 1 },
    { PRINT ("OFF"), "/BaseState /OFF /ON [5 0 R]", 1 },
    { PRINT ("ON"), "/BaseState /OFF", 1 },
  };

  for (gsize i = 0; i < 2 * G_N_ELEMENTS (layers); i++)
    {
      const char *type = i % 2 == 0 ? "/Type /OCG" : "";
      g_autofree char *catalog = g_strdup_printf ("/OCProperties << /OCGs [5 0 R] /D << %s >> >>",
                                                  layers[i / 2].usual);
      g_autoptr (TestPdf) pdf = test_pdf_new_pages (TEST_PDF_TABLE, 1, catalog, "");
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (EonayPdfInspection) inspection = NULL;

      test_pdf_add (pdf, 5, "<< %s /Name (a) /Usage << %s >> >>", type, layers[i / 2].usage);
      bytes = test_pdf_finish (pdf, "/Root 1 0 R");
      inspection = inspect (bytes);
      assert_readable (inspection);
      g_assert_cmpuint (eonay_pdf_inspection_count (inspection, EONAY_PDF_FINDING_OPTIONAL_CONTENT),
                        ==, 1);
      g_assert_cmpuint (eonay_pdf_inspection_count (inspection, EONAY_PDF_FINDING_CONTENT_STATE),
                        ==, layers[i / 2].n_differing);
    }
}

static GBytes *
cut (GBytes *pdf, gsize length)
{
  return g_bytes_new_from_bytes (pdf, 0, length);
}

static GBytes *
join (const char *before, GBytes *pdf, const char *after, gsize n_after)
{
  GByteArray *bytes = g_byte_array_new ();

  g_byte_array_append (bytes, (const guint8 *) before, (guint) strlen (before));
  g_byte_array_append (bytes, g_bytes_get_data (pdf, NULL), (guint) g_bytes_get_size (pdf));
  for (gsize i = 0; i < n_after; i++)
    g_byte_array_append (bytes, (const guint8 *) after, 1);

  return g_byte_array_free_to_bytes (bytes);
}

static void
test_not_a_pdf (void)
{
  g_autoptr (GBytes) empty = g_bytes_new_static ("", 0);
  g_autoptr (GBytes) text = g_bytes_new_static ("Merhaba\n", 8);

  assert_refused (empty, EONAY_SIGNATURE_ERROR_PDF_MALFORMED);
  assert_refused (text, EONAY_SIGNATURE_ERROR_PDF_MALFORMED);
}

static void
test_truncated (gconstpointer kind)
{
  g_autoptr (GBytes) pdf = test_pdf_make_pages ((TestPdfKind) GPOINTER_TO_INT (kind), 3, "", "");
  gsize length = g_bytes_get_size (pdf);

  for (gsize i = 1; i < 50; i++)
    {
      g_autoptr (GBytes) part = cut (pdf, length * i / 50);

      assert_refused (part, EONAY_SIGNATURE_ERROR_PDF_DAMAGED);
    }
}

static void
test_junk (void)
{
  g_autoptr (GBytes) pdf = test_pdf_make_pages (TEST_PDF_TABLE, 1, "", "");
  g_autoptr (GBytes) before = join ("From: a@b\n\n", pdf, "", 0);
  g_autoptr (GBytes) blank = join ("", pdf, "\n", 900);
  g_autoptr (GBytes) much = join ("", pdf, "\n", 1100);
  g_autoptr (GBytes) text = join ("", pdf, "x", 1);
  g_autoptr (EonayPdfInspection) inspection = inspect (blank);

  assert_readable (inspection);
  assert_refused (before, EONAY_SIGNATURE_ERROR_PDF_DAMAGED);
  assert_refused (much, EONAY_SIGNATURE_ERROR_PDF_DAMAGED);
  assert_refused (text, EONAY_SIGNATURE_ERROR_PDF_DAMAGED);
}

/* Readers take the last startxref of all, wherever it stands: it may lead to other pages. */
static void
test_second_end (void)
{
  g_autoptr (GBytes) pdf = test_pdf_make_pages (TEST_PDF_TABLE, 1, "", "");
  GByteArray *bytes = g_byte_array_new ();
  g_autoptr (GBytes) joined = NULL;
  const char *behind = "startxref\n9\n";

  g_byte_array_append (bytes, g_bytes_get_data (pdf, NULL), (guint) g_bytes_get_size (pdf));
  g_byte_array_append (bytes, (const guint8 *) behind, (guint) strlen (behind));
  joined = g_byte_array_free_to_bytes (bytes);
  assert_refused (joined, EONAY_SIGNATURE_ERROR_PDF_DAMAGED);
}

/* What the pages are drawn with leaves an image of such a side out. */
static void
test_image_side (void)
{
  static const struct {
    const char *entries;
    gboolean is_refused;
  } rows[] = {
    { "/Subtype /Image /Width 32767 /Height 1", FALSE },
    { "/Subtype /Image /Width 32768 /Height 1", TRUE },
    { "/Subtype /Image /Width 1 /Height 32768", TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TestPdf) pdf = test_pdf_new_pages (TEST_PDF_TABLE, 1, "", "/X 20 0 R");
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (EonayPdfInspection) inspection = NULL;

      test_pdf_add_stream (pdf, 20, rows[i].entries, "", 0);
      bytes = test_pdf_finish (pdf, "/Root 1 0 R");
      inspection = inspect (bytes);
      if (rows[i].is_refused)
        assert_refused (bytes, EONAY_SIGNATURE_ERROR_PDF_TOO_COMPLEX);
      else
        assert_readable (inspection);
    }
}

static void
test_encrypted (void)
{
  g_autoptr (TestPdf) pdf = test_pdf_new_pages (TEST_PDF_TABLE, 1, "", "");
  g_autoptr (GBytes) bytes = test_pdf_finish (
      pdf,
      "/Root 1 0 R /ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>] "
      "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 "
      "/O <0000000000000000000000000000000000000000000000000000000000000000> "
      "/U <0000000000000000000000000000000000000000000000000000000000000000> >>");

  assert_refused (bytes, EONAY_SIGNATURE_ERROR_PDF_ENCRYPTED);
}

/* Page trees and forms that go round, or that are none. */
static const struct {
  const char *name;
  const char *catalog;
  const char *pages;
  EonaySignatureError code;
} broken[] = {
  { "cycle", "", "<< /Type /Pages /Count 1 /Kids [2 0 R] >>", EONAY_SIGNATURE_ERROR_PDF_DAMAGED },
  { "twice", "", "<< /Type /Pages /Count 2 /Kids [3 0 R 3 0 R] >>",
    EONAY_SIGNATURE_ERROR_PDF_DAMAGED },
  { "no-pages", "", "<< /Type /Pages /Count 0 /Kids [] >>", EONAY_SIGNATURE_ERROR_PDF_DAMAGED },
  { "too-few-announced", "", "<< /Type /Pages /Count 0 /Kids [3 0 R] >>",
    EONAY_SIGNATURE_ERROR_PDF_DAMAGED },
  { "dangling-page", "", "<< /Type /Pages /Count 1 /Kids [99 0 R] >>",
    EONAY_SIGNATURE_ERROR_PDF_DAMAGED },
  { "duplicate-key", "", "<< /Type /Pages /Count 1 /Kids [] /Kids [3 0 R] >>",
    EONAY_SIGNATURE_ERROR_PDF_DAMAGED },
  { "form-is-array", "/AcroForm []", NULL, EONAY_SIGNATURE_ERROR_PDF_DAMAGED },
  { "fields-are-none", "/AcroForm << /Fields /Name >>", NULL, EONAY_SIGNATURE_ERROR_PDF_DAMAGED },
};

static void
test_broken (gconstpointer row)
{
  gsize i = GPOINTER_TO_SIZE (row);
  g_autoptr (TestPdf) pdf = test_pdf_new (TEST_PDF_TABLE);
  g_autoptr (GBytes) bytes = NULL;

  test_pdf_add (pdf, 1, "<< /Type /Catalog /Pages 2 0 R %s >>", broken[i].catalog);
  test_pdf_add (pdf, 2, "%s",
                broken[i].pages != NULL ? broken[i].pages
                                        : "<< /Type /Pages /Count 1 /Kids [3 0 R] >>");
  test_pdf_add (pdf, 3, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] " FONT " >>");
  bytes = test_pdf_finish (pdf, "/Root 1 0 R");
  assert_refused (bytes, broken[i].code);
}

static void
test_too_many_pages (void)
{
  g_autoptr (GBytes) pdf = test_pdf_make_pages (TEST_PDF_TABLE, 100000, "", "");

  assert_refused (pdf, EONAY_SIGNATURE_ERROR_PDF_TOO_COMPLEX);
}

/* What eonay_pdf_source_get_text() reads goes to whoever shows it as a line. */
static void
test_hostile_name (void)
{
  g_autoptr (EonayPdfInspection) inspection =
      inspect_pages ("/AcroForm << /Fields [5 0 R] >> /X 5 0 R", "");
  g_autoptr (TestPdf) pdf =
      test_pdf_new_pages (TEST_PDF_TABLE, 1, "/AcroForm << /Fields [5 0 R] >>", "/Annots [5 0 R]");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (EonayPdfInspection) named = NULL;
  const EonayPdfField *fields;
  guint n_fields;

  test_pdf_add (
      pdf, 5,
      "<< /Type /Annot /Subtype /Widget /FT /Sig /T <FEFF0041202E000A0042> /Rect [1 2 3 4] "
      "/P 3 0 R >>");
  bytes = test_pdf_finish (pdf, "/Root 1 0 R");
  named = inspect (bytes);
  assert_readable (named);
  fields = eonay_pdf_inspection_get_empty_fields (named, &n_fields);
  g_assert_cmpuint (n_fields, ==, 1);
  g_assert_cmpstr (fields[0].name, ==, "A\u202e\nB");
  g_assert_null (strchr (fields[0].label, '\n'));
  g_assert_null (strstr (fields[0].label, "\u202e"));
  g_assert_cmpuint (fields[0].page, ==, 1);
  g_assert_cmpfloat (fields[0].box.top, ==, 4);
  assert_readable (inspection);
}

static void
assert_host_fails (const char *program, int code)
{
  g_autofree char *real = g_strdup (g_getenv ("EONAY_PDF_INSPECTOR"));
  g_autoptr (GBytes) pdf = test_pdf_make_pages (TEST_PDF_TABLE, 1, "", "");
  g_autoptr (GError) error = NULL;

  g_setenv ("EONAY_PDF_INSPECTOR", program, TRUE);
  g_assert_null (eonay_pdf_inspection_new (pdf, NULL, &error));
  g_setenv ("EONAY_PDF_INSPECTOR", real, TRUE);
  g_assert_error (error, EONAY_SIGNATURE_ERROR, code);
}

/* Without a report nothing is known of the file, and it is not signed. */
static void
test_no_report (void)
{
  assert_host_fails ("/bin/true", EONAY_SIGNATURE_ERROR_PDF_CRASHED);
  assert_host_fails ("/nonexistent/inspector", EONAY_SIGNATURE_ERROR_PDF_NO_INSPECTOR);
}

static void
test_too_large (void)
{
  gsize length = EONAY_PDF_INSPECTION_MAX + 1;
  g_autoptr (GBytes) pdf = g_bytes_new_take (g_malloc (length), length);
  g_autoptr (GError) error = NULL;

  g_assert_null (eonay_pdf_inspection_new (pdf, NULL, &error));
  g_assert_error (error, EONAY_SIGNATURE_ERROR, EONAY_SIGNATURE_ERROR_PDF_TOO_LARGE);
}

typedef struct {
  GMainLoop *loop;
  EonayPdfInspection *inspection;
  GError *error;
} Outcome;

static void
on_inspected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;

  outcome->inspection = eonay_pdf_inspection_new_finish (result, &outcome->error);
  g_main_loop_quit (outcome->loop);
}

static void
test_async (void)
{
  g_autoptr (GBytes) pdf = test_pdf_make_pages (TEST_PDF_TABLE, 1, "", "");
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  Outcome outcome = { .loop = loop };

  eonay_pdf_inspection_new_async (pdf, NULL, on_inspected, &outcome);
  g_main_loop_run (loop);
  g_assert_no_error (outcome.error);
  g_assert_true (eonay_pdf_inspection_get_pdf (outcome.inspection) == pdf);
  g_assert_finalize_object (g_steal_pointer (&outcome.inspection));

  g_cancellable_cancel (cancelled);
  eonay_pdf_inspection_new_async (pdf, cancelled, on_inspected, &outcome);
  g_main_loop_run (loop);
  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&outcome.error);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/signature/pdf-inspection/harmless", test_harmless);
  g_test_add_func ("/signature/pdf-inspection/streams", test_streams);
  g_test_add_func ("/signature/pdf-inspection/overridden", test_overridden);
  g_test_add_func ("/signature/pdf-inspection/layer-states", test_layer_states);
  g_test_add_func ("/signature/pdf-inspection/not-a-pdf", test_not_a_pdf);
  g_test_add_data_func ("/signature/pdf-inspection/truncated/table",
                        GINT_TO_POINTER (TEST_PDF_TABLE), test_truncated);
  g_test_add_data_func ("/signature/pdf-inspection/truncated/stream",
                        GINT_TO_POINTER (TEST_PDF_STREAM), test_truncated);
  g_test_add_func ("/signature/pdf-inspection/junk", test_junk);
  g_test_add_func ("/signature/pdf-inspection/second-end", test_second_end);
  g_test_add_func ("/signature/pdf-inspection/image-side", test_image_side);
  g_test_add_func ("/signature/pdf-inspection/encrypted", test_encrypted);
  g_test_add_func ("/signature/pdf-inspection/too-many-pages", test_too_many_pages);
  g_test_add_func ("/signature/pdf-inspection/hostile-name", test_hostile_name);
  g_test_add_func ("/signature/pdf-inspection/async", test_async);
  g_test_add_func ("/signature/pdf-inspection/no-report", test_no_report);
  g_test_add_func ("/signature/pdf-inspection/too-large", test_too_large);
  for (gsize i = 0; i < G_N_ELEMENTS (findings); i++)
    {
      g_autofree char *path = g_strconcat ("/signature/pdf-inspection/finds/", findings[i].name,
                                           NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_finding);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_autofree char *path = g_strconcat ("/signature/pdf-inspection/broken/", broken[i].name,
                                           NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_broken);
    }

  return g_test_run ();
}
