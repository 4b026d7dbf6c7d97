#include <string.h>

#include "base/eonay-error.h"
#include "signature/pades/eonay-pdf-inspection.h"
#include "support/test-pdf.h"

/* Earlier signatures that cover less than they seem to, and certifications that no field has. */

#define FORM "/AcroForm << /Fields [5 0 R] /SigFlags 3 >>"
#define WIDGET "/Type /Annot /Subtype /Widget /F 132 /P 3 0 R /Rect [0 0 0 0] "
#define FIELD "<< " WIDGET "/FT /Sig /T (imza) /V 7 0 R >>"
#define PLACE "0000000 0000000 0000000 0000000"
#define GAP "<0000>"
#define VALUE "<< /Type /Sig /ByteRange [" PLACE "] /Contents " GAP " /X <1111> >>"
#define DOC_MDP(level) \
  "/Reference [<< /TransformMethod /DocMDP /TransformParams << /P " level " >> >>]"

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

static gsize
find (GBytes *pdf, const char *text)
{
  const char *bytes = g_bytes_get_data (pdf, NULL);
  const char *found = memmem (bytes, g_bytes_get_size (pdf), text, strlen (text));

  g_assert_nonnull (found);

  return (gsize) (found - bytes);
}

/* Writes a range into its place, from @start to @end without @gap. */
static GBytes *
set_range (GBytes *pdf, gsize start, const char *gap, gsize end)
{
  g_autoptr (GBytes) owned = pdf;
  gsize after = find (pdf, gap) + strlen (gap);
  g_autofree char *range = g_strdup_printf (
      "%07" G_GSIZE_FORMAT " %07" G_GSIZE_FORMAT " %07" G_GSIZE_FORMAT " %07" G_GSIZE_FORMAT, start,
      after - strlen (gap) - start, after, end - after);
  gsize length;
  guint8 *copy = g_memdup2 (g_bytes_get_data (pdf, &length), g_bytes_get_size (pdf));

  memcpy (copy + find (pdf, PLACE), range, strlen (range));

  return g_bytes_new_take (copy, length);
}

static TestPdf *
new_signed (const char *catalog, const char *value)
{
  TestPdf *pdf = test_pdf_new_pages (TEST_PDF_TABLE, 1, catalog, "/Annots [5 0 R]");

  test_pdf_add (pdf, 5, FIELD);
  test_pdf_add (pdf, 7, "%s", value);

  return pdf;
}

static GBytes *
finish (TestPdf *pdf)
{
  g_autoptr (TestPdf) owned = pdf;

  return test_pdf_finish (owned, "/Root 1 0 R");
}

/* Continues the file with another object that nothing refers to. */
static GBytes *
continue_with (GBytes *pdf, guint id, const char *body)
{
  g_autoptr (GBytes) owned = pdf;
  TestPdf *update = test_pdf_new_update (pdf, TEST_PDF_TABLE, 8);

  test_pdf_add (update, id, "%s", body);

  return finish (update);
}

static GBytes *
make_whole (void)
{
  GBytes *pdf = finish (new_signed (FORM, VALUE));

  return set_range (pdf, 0, GAP, g_bytes_get_size (pdf));
}

static GBytes *
make_continued (void)
{
  return continue_with (make_whole (), 8, "<< >>");
}

/* The signature lies in its field. */
static GBytes *
make_direct (void)
{
  TestPdf *pdf = test_pdf_new_pages (TEST_PDF_TABLE, 1, FORM, "/Annots [5 0 R]");
  GBytes *bytes;

  test_pdf_add (pdf, 5, "<< " WIDGET "/FT /Sig /T (imza) /V " VALUE " >>");
  bytes = finish (pdf);

  return set_range (bytes, 0, GAP, g_bytes_get_size (bytes));
}

static GBytes *
make_not_from_start (void)
{
  GBytes *pdf = finish (new_signed (FORM, VALUE));

  return set_range (pdf, 9, GAP, g_bytes_get_size (pdf));
}

/* What is left out is another string than the signature. */
static GBytes *
make_other_gap (void)
{
  GBytes *pdf = finish (new_signed (FORM, VALUE));

  return set_range (pdf, 0, "<1111>", g_bytes_get_size (pdf));
}

static GBytes *
make_ends_within (void)
{
  GBytes *pdf = finish (new_signed (FORM, VALUE));

  return set_range (pdf, 0, GAP, find (pdf, "xref\n"));
}

/* It ends with a stream that looks as the end of a file. */
static GBytes *
make_ends_nowhere (void)
{
  TestPdf *pdf = new_signed (FORM, VALUE);
  gsize start = test_pdf_get_offset (pdf) + 200;
  g_autofree char *content =
      g_strdup_printf ("%*sxref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size 1 /Root 1 0 R >>\n"
                       "startxref\n%" G_GSIZE_FORMAT "\n%%%%EOF\n",
                       200, "", start);
  GBytes *bytes;

  test_pdf_add_stream (pdf, 8, "", content, strlen (content));
  bytes = finish (pdf);

  return set_range (bytes, 0, GAP, find (bytes, "%%EOF\n") + strlen ("%%EOF\n"));
}

static GBytes *
make_range_elsewhere (void)
{
  TestPdf *pdf = new_signed (FORM, "<< /Type /Sig /ByteRange 8 0 R /Contents " GAP " /X <1111> >>");
  GBytes *bytes;

  test_pdf_add (pdf, 8, "[" PLACE "]");
  bytes = finish (pdf);

  return set_range (bytes, 0, GAP, g_bytes_get_size (bytes));
}

/* What was signed cannot be read; what came later makes it readable, as it likes. */
static GBytes *
make_unreadable_then (void)
{
  TestPdf *pdf = new_signed (FORM, VALUE);
  GBytes *bytes;

  test_pdf_add (pdf, 8, "<< >>");
  test_pdf_add (pdf, 1, "<< /Type /Catalog /Pages 8 0 R " FORM " >>");
  bytes = finish (pdf);
  bytes = set_range (bytes, 0, GAP, g_bytes_get_size (bytes));

  return continue_with (bytes, 1, "<< /Type /Catalog /Pages 2 0 R " FORM " >>");
}

static const struct {
  const char *name;
  GBytes *(*make) (void);
  gboolean is_covering;
  guint n_bad;
} ranges[] = {
  { "whole", make_whole, TRUE, 0 },
  { "continued", make_continued, TRUE, 0 },
  { "direct", make_direct, TRUE, 0 },
  { "not-from-start", make_not_from_start, FALSE, 1 },
  { "other-gap", make_other_gap, FALSE, 1 },
  { "ends-within", make_ends_within, FALSE, 1 },
  { "ends-nowhere", make_ends_nowhere, FALSE, 1 },
  { "range-elsewhere", make_range_elsewhere, FALSE, 1 },
};

static void
test_range (gconstpointer row)
{
  gsize i = GPOINTER_TO_SIZE (row);
  g_autoptr (GBytes) pdf = ranges[i].make ();
  g_autoptr (EonayPdfInspection) inspection = inspect (pdf);
  guint n_signatures;
  const EonayPdfSignature *signatures = eonay_pdf_inspection_get_signatures (inspection,
                                                                             &n_signatures);

  g_assert_cmpuint (n_signatures, ==, 1);
  g_assert_cmpint (signatures[0].covered > 0, ==, ranges[i].is_covering);
  g_assert_cmpuint (eonay_pdf_inspection_count (inspection, EONAY_PDF_FINDING_BAD_SIGNATURE), ==,
                    ranges[i].n_bad);
}

static void
test_unreadable_then (void)
{
  g_autoptr (GBytes) pdf = NULL;
  g_autoptr (EonayPdfInspection) inspection = NULL;

  pdf = make_unreadable_then ();
  inspection = inspect (pdf);
  g_assert_cmpuint (eonay_pdf_inspection_count (inspection, EONAY_PDF_FINDING_BAD_SIGNATURE), ==,
                    1);
}

#define CERTIFIED "/Perms << /DocMDP 7 0 R >>"
#define CERTIFICATION(level) "<< /Type /Sig " DOC_MDP (level) " >>"
#define EMPTY "<< " WIDGET "/FT /Sig /T (imza) >>"

/* A catalog, what is on its page, a signature, and what becomes of it all. */
static const struct {
  const char *name;
  const char *catalog;
  const char *field; /* 5 */
  const char *value; /* 7 */
  guint n_signatures;
  int code;       /* of a new field; -1: none */
  gboolean fills; /* whether an empty field may be signed */
} certified[] = {
  { "orphaned-1", CERTIFIED " " FORM, EMPTY, CERTIFICATION ("1"), 1,
    EONAY_SIGNATURE_ERROR_PDF_CERTIFIED, FALSE },
  { "orphaned-2", CERTIFIED " " FORM, EMPTY, CERTIFICATION ("2"), 1,
    EONAY_SIGNATURE_ERROR_PDF_CERTIFIED, TRUE },
  { "orphaned-without-form", CERTIFIED, "null", CERTIFICATION ("1"), 1,
    EONAY_SIGNATURE_ERROR_PDF_CERTIFIED, FALSE },
  { "orphaned-direct", "/Perms << /DocMDP " CERTIFICATION ("1") " >>", "null", "null", 1,
    EONAY_SIGNATURE_ERROR_PDF_CERTIFIED, FALSE },
  { "orphaned-without-reference", CERTIFIED " " FORM, EMPTY, "<< /Type /Sig >>", 1,
    EONAY_SIGNATURE_ERROR_PDF_CERTIFIED, TRUE },
  { "escaped", "/P#65rms << /DocM#44P 7 0 R >> ", "null", CERTIFICATION ("1"), 1,
    EONAY_SIGNATURE_ERROR_PDF_CERTIFIED, FALSE },
  { "reached", CERTIFIED " " FORM, FIELD, CERTIFICATION ("1"), 1,
    EONAY_SIGNATURE_ERROR_PDF_CERTIFIED, FALSE },
  { "reached-without-reference", CERTIFIED " " FORM, FIELD, "<< /Type /Sig >>", 1,
    EONAY_SIGNATURE_ERROR_PDF_CERTIFIED, FALSE },
  { "unreferenced", "", FIELD, CERTIFICATION ("1"), 1, EONAY_SIGNATURE_ERROR_PDF_CERTIFIED, FALSE },
  { "no-certification", "/Perms << /DocMDP null >>" FORM, EMPTY, "null", 0, -1, TRUE },
  { "rights", "/Perms << /UR3 7 0 R >>" FORM, EMPTY, "<< /Type /Sig >>", 0, -1, TRUE },
};

static void
test_certified (gconstpointer row)
{
  gsize i = GPOINTER_TO_SIZE (row);
  TestPdf *pdf = test_pdf_new_pages (TEST_PDF_TABLE, 1, certified[i].catalog, "/Annots [5 0 R]");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (EonayPdfInspection) inspection = NULL;
  g_autoptr (GError) error = NULL;
  guint n_signatures;

  test_pdf_add (pdf, 5, "%s", certified[i].field);
  test_pdf_add (pdf, 7, "%s", certified[i].value);
  bytes = finish (pdf);
  inspection = inspect (bytes);
  eonay_pdf_inspection_get_signatures (inspection, &n_signatures);
  g_assert_cmpuint (n_signatures, ==, certified[i].n_signatures);
  if (eonay_pdf_inspection_may_add_field (inspection, &error))
    g_assert_cmpint (certified[i].code, ==, -1);
  else
    g_assert_error (error, EONAY_SIGNATURE_ERROR, certified[i].code);
  g_assert_cmpint (eonay_pdf_inspection_find_field (inspection, "imza", NULL) != NULL, ==,
                   certified[i].fills);
  g_assert_cmpuint (eonay_pdf_inspection_count (inspection, EONAY_PDF_FINDING_USAGE_RIGHTS), ==,
                    strstr (certified[i].catalog, "/UR3") != NULL ? 1 : 0);
}

/* Fields 5 and 6, of which the form knows the first; 7 is signed or not. */
static const struct {
  const char *name;
  const char *field;
  const char *kid;
  guint n_signatures;
  guint n_unreferenced;
  const char *fills; /* the name of an empty field */
} families[] = {
  { "value-of-parent", "<< /FT /Sig /T (a) /V 7 0 R /Kids [6 0 R] >>",
    "<< " WIDGET "/T (b) /Parent 5 0 R >>", 1, 0, NULL },
  { "value-of-other-parent", "<< " WIDGET "/T (a) /Parent 6 0 R >>",
    "<< /FT /Sig /T (b) /V 7 0 R /Kids [] >>", 1, 1, NULL },
  { "type-of-other-parent", "<< " WIDGET "/T (a) /Parent 6 0 R >>", "<< /FT /Sig /T (b) >>", 0, 1,
    NULL },
  { "parent-missing", "<< /FT /Sig /T (a) /Kids [6 0 R] >>", "<< " WIDGET ">>", 0, 0, "a" },
  { "parent-wrong", "<< /FT /Sig /T (a) /Kids [6 0 R] >>", "<< " WIDGET "/Parent 3 0 R >>", 0, 1,
    "a" },
};

static void
test_family (gconstpointer row)
{
  gsize i = GPOINTER_TO_SIZE (row);
  TestPdf *pdf = test_pdf_new_pages (TEST_PDF_TABLE, 1, FORM, "");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (EonayPdfInspection) inspection = NULL;
  const EonayPdfField *fields;
  guint n_signatures, n_fields;

  test_pdf_add (pdf, 5, "%s", families[i].field);
  test_pdf_add (pdf, 6, "%s", families[i].kid);
  test_pdf_add (pdf, 7, "<< /Type /Sig >>");
  bytes = finish (pdf);
  inspection = inspect (bytes);
  eonay_pdf_inspection_get_signatures (inspection, &n_signatures);
  fields = eonay_pdf_inspection_get_empty_fields (inspection, &n_fields);
  g_assert_cmpuint (n_signatures, ==, families[i].n_signatures);
  g_assert_cmpuint (eonay_pdf_inspection_count (inspection, EONAY_PDF_FINDING_UNREFERENCED_FIELD),
                    ==, families[i].n_unreferenced);
  if (families[i].fills != NULL)
    g_assert_nonnull (eonay_pdf_inspection_find_field (inspection, families[i].fills, NULL));
  for (guint j = 0; j < n_fields && families[i].fills == NULL; j++)
    g_assert_true (fields[j].is_unusable);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/signature/pdf-signatures/unreadable-then", test_unreadable_then);
  for (gsize i = 0; i < G_N_ELEMENTS (ranges); i++)
    {
      g_autofree char *path = g_strconcat ("/signature/pdf-signatures/range/", ranges[i].name,
                                           NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_range);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (certified); i++)
    {
      g_autofree char *path = g_strconcat ("/signature/pdf-signatures/certified/",
                                           certified[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_certified);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (families); i++)
    {
      g_autofree char *path = g_strconcat ("/signature/pdf-signatures/family/", families[i].name,
                                           NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_family);
    }

  return g_test_run ();
}
