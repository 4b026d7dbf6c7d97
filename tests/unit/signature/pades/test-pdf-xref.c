#include <string.h>

#include "base/eonay-error.h"
#include "signature/pades/eonay-pdf-inspection.h"
#include "support/test-pdf.h"

/*
 * Files whose cross-reference some readers take for one thing, some for another: refused; and files
 * that look odd and are the same to all: not.
 */

#define OTHER "BT /F1 24 Tf 72 700 Td (Baska) Tj ET\n"
#define PACKED                                                                   \
  "<< /Type /Catalog /Pages 2 0 R >> << /Type /Pages /Count 1 /Kids [3 0 R] >> " \
  "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >> "

static TestPdf *
new_page (const char *page)
{
  return test_pdf_new_pages (TEST_PDF_TABLE, 1, "", page);
}

static GBytes *
finish (TestPdf *pdf)
{
  g_autoptr (TestPdf) owned = pdf;

  return test_pdf_finish (owned, "/Root 1 0 R");
}

/* Returns: where the content begins */
static gsize
add_content (TestPdf *pdf, guint id, const char *content)
{
  test_pdf_add_stream (pdf, id, "", content, strlen (content));

  return test_pdf_get_offset (pdf) - strlen ("\nendstream\nendobj\n") - strlen (content);
}

/* Replaces the last @from by @to. */
static GBytes *
replace (GBytes *pdf, const char *from, const char *to)
{
  g_autoptr (GBytes) owned = pdf;
  gsize length;
  const char *bytes = g_bytes_get_data (owned, &length);
  const char *found = NULL;
  GByteArray *replaced = g_byte_array_new ();

  for (const char *at = bytes;
       (at = memmem (at, length - (gsize) (at - bytes), from, strlen (from))) != NULL; at++)
    found = at;
  g_assert_nonnull (found);
  g_byte_array_append (replaced, (const guint8 *) bytes, (guint) (found - bytes));
  g_byte_array_append (replaced, (const guint8 *) to, (guint) strlen (to));
  found += strlen (from);
  g_byte_array_append (replaced, (const guint8 *) found,
                       (guint) (length - (gsize) (found - bytes)));

  return g_byte_array_free_to_bytes (replaced);
}

/* The rows of one object differ: the first is taken, or the last. */
static GBytes *
make_two_rows (void)
{
  TestPdf *pdf = new_page ("");

  add_content (pdf, 4, OTHER);

  return finish (pdf);
}

static GBytes *
make_free_and_used (void)
{
  TestPdf *pdf = new_page ("");

  test_pdf_add_row (pdf, 4, 0, 0, 0);

  return finish (pdf);
}

/* Twice the same, and object 0 in use: nothing else can be meant. */
static GBytes *
make_same_rows (void)
{
  TestPdf *pdf = new_page ("/X 20 0 R");
  gsize place = test_pdf_get_offset (pdf);

  test_pdf_add (pdf, 20, "<< >>");
  test_pdf_add_row (pdf, 20, 1, place, 0);
  test_pdf_add_row (pdf, 0, 1, 0, 0);

  return finish (pdf);
}

static GBytes *
make_wrong_place (void)
{
  TestPdf *pdf = new_page ("");

  /* Nothing refers to it, and it is refused all the same: it is what others repair that counts. */
  test_pdf_add_row (pdf, 20, 1, 15, 0);

  return finish (pdf);
}

static GBytes *
make_wrong_generation (void)
{
  TestPdf *pdf = new_page ("");

  test_pdf_add_row (pdf, 20, 1, add_content (pdf, 19, "20 0 obj\n<< >>\nendobj\n"), 3);

  return finish (pdf);
}

static GBytes *
make_behind_the_end (void)
{
  TestPdf *pdf = new_page ("");

  test_pdf_add_row (pdf, 20, 1, 4000000000, 0);

  return finish (pdf);
}

/* As some programs write a number that they do not use. */
static GBytes *
make_zero (void)
{
  TestPdf *pdf = new_page ("");

  test_pdf_add_row (pdf, 20, 1, 0, 0);
  test_pdf_add_row (pdf, 21, 0, 0, 65535);
  test_pdf_add_row (pdf, 22, 0, 99, 0);

  return finish (pdf);
}

/* The row leads to the blanks before the object. */
static GBytes *
make_blanks_before (void)
{
  TestPdf *pdf = new_page ("/X 20 0 R");

  test_pdf_add_row (pdf, 20, 1, add_content (pdf, 19, " \r\n20 0 obj\n<< >>\nendobj\n"), 0);

  return finish (pdf);
}

static GBytes *
make_size (const char *size)
{
  return replace (finish (new_page ("")), "/Size 5", size);
}

static GBytes *
make_size_huge (void)
{
  return make_size ("/Size 2147483647");
}

static GBytes *
make_size_large (void)
{
  return make_size ("/Size 8388600");
}

static GBytes *
make_size_none (void)
{
  return make_size ("/Size (5)");
}

/* Readers go by the rows. */
static GBytes *
make_size_small (void)
{
  return make_size ("/Size 3");
}

static GBytes *
make_previous_is_itself (void)
{
  g_autoptr (TestPdf) pdf = new_page ("");
  g_autofree char *trailer = g_strdup_printf ("/Root 1 0 R /Prev %" G_GSIZE_FORMAT,
                                              test_pdf_get_offset (pdf));

  return test_pdf_finish (pdf, trailer);
}

/* As some programs write that there is none. */
static GBytes *
make_previous_zero (void)
{
  g_autoptr (TestPdf) pdf = new_page ("");

  return test_pdf_finish (pdf, "/Root 1 0 R /Prev 0");
}

/* A hybrid file (ISO 32000-1, clause 7.5.8.4): an update, the stream beside whose table has a row for 4.
   @is_hidden: whether the table says that it is free; @is_other: whether it is another object than before */
static GBytes *
make_beside (gboolean is_hidden, gboolean is_other)
{
  g_autoptr (GBytes) pdf = finish (new_page (""));
  g_autoptr (TestPdf) update = test_pdf_new_update (pdf, TEST_PDF_TABLE, 5);
  g_autofree char *trailer = NULL;
  guint8 row[7] = { 1 };
  const char *other = "4 0 obj\n<< /Length 0 >>\nstream\n\nendstream\nendobj\n";
  gsize place = add_content (update, 20, other);

  place = is_other ? place
                   : (gsize) ((const char *) memmem (g_bytes_get_data (pdf, NULL),
                                                     g_bytes_get_size (pdf), "4 0 obj", 7) -
                              (const char *) g_bytes_get_data (pdf, NULL));
  row[3] = (guint8) (place >> 8);
  row[4] = (guint8) place;
  place = test_pdf_get_offset (update);
  test_pdf_add_stream (update, 21, "/Type /XRef /Size 22 /W [1 4 2] /Index [4 1]", row, sizeof row);
  if (is_hidden)
    test_pdf_add_row (update, 4, 0, 0, 0);
  trailer = g_strdup_printf ("/Root 1 0 R /XRefStm %" G_GSIZE_FORMAT, place);

  return test_pdf_finish (update, trailer);
}

static GBytes *
make_beside_other (void)
{
  return make_beside (FALSE, TRUE);
}

static GBytes *
make_beside_hidden (void)
{
  return make_beside (TRUE, TRUE);
}

static GBytes *
make_beside_same (void)
{
  return make_beside (FALSE, FALSE);
}

/* A catalog, pages and a page in an object stream. @heads: its list, of @n; @index: the page's, as the
   cross-reference has it */
static GBytes *
make_packed (const char *heads, guint n, guint pages_index, guint page_index)
{
  g_autoptr (TestPdf) pdf = test_pdf_new (TEST_PDF_STREAM);
  g_autofree char *content = g_strconcat (heads, PACKED, NULL);
  g_autofree char *entries = g_strdup_printf ("/Type /ObjStm /N %u /First %u", n,
                                              (guint) strlen (heads));

  add_content (pdf, 4, OTHER);
  test_pdf_add_stream (pdf, 5, entries, content, strlen (content));
  test_pdf_add_row (pdf, 1, 2, 5, 0);
  test_pdf_add_row (pdf, 2, 2, 5, pages_index);
  test_pdf_add_row (pdf, 3, 2, 5, page_index);

  return test_pdf_finish (pdf, "/Root 1 0 R");
}

static GBytes *
make_packed_sound (void)
{
  return make_packed ("1 0 2 34 3 76 ", 3, 1, 2);
}

static GBytes *
make_packed_twice (void)
{
  return make_packed ("1 0 2 34 3 76 3 76 ", 4, 1, 2);
}

static GBytes *
make_packed_elsewhere (void)
{
  return make_packed ("1 0 2 34 3 76 ", 3, 2, 1);
}

static GBytes *
make_packed_beyond (void)
{
  return make_packed ("1 0 2 34 3 76 ", 3, 1, 3);
}

static GBytes *
make_packed_back (void)
{
  return make_packed ("1 0 3 76 2 34 ", 3, 2, 1);
}

static GBytes *
make_packed_in_none (void)
{
  g_autoptr (TestPdf) pdf = test_pdf_new_pages (TEST_PDF_STREAM, 1, "", "");

  test_pdf_add_row (pdf, 20, 2, 4, 0);

  return test_pdf_finish (pdf, "/Root 1 0 R");
}

static GBytes *
make_packed_in_packed (void)
{
  g_autoptr (TestPdf) pdf = test_pdf_new_pages (TEST_PDF_STREAM, 1, "", "");

  test_pdf_add_row (pdf, 20, 2, 21, 0);
  test_pdf_add_row (pdf, 21, 2, 20, 0);

  return test_pdf_finish (pdf, "/Root 1 0 R");
}

/* What it misses, some readers look for all over the file, and then find the others anew. */
static GBytes *
make_missing (const char *page, const char *content)
{
  TestPdf *pdf = new_page (page);

  add_content (pdf, 20, content);

  return finish (pdf);
}

static GBytes *
make_missing_plain (void)
{
  return make_missing ("/Annots [99 0 R]", "q Q");
}

static GBytes *
make_missing_there (void)
{
  return make_missing ("/Annots [99 0 R]", "\n99 0 obj\n<< /Subtype /Stamp >>\nendobj\n");
}

static GBytes *
make_missing_and_twice (void)
{
  return make_missing ("/Annots [99 0 R]", "\n4 0 obj\n<< >>\nendobj\n");
}

static GBytes *
make_missing_and_two_catalogs (void)
{
  return make_missing ("/Annots [99 0 R]", "\ntrailer\n<< /Root 20 0 R >>\n");
}

static GBytes *
make_missing_generation (void)
{
  return make_missing ("/Annots [20 1 R]", "\n20 1 obj\n<< /Subtype /Stamp >>\nendobj\n");
}

/* Nothing is missing, and nothing is looked for. */
static GBytes *
make_twice_in_content (void)
{
  return make_missing ("", "\n4 0 obj\n<< >>\nendobj\n");
}

/* The first object says that the newest section stands behind it, if the file is as long as it says. */
static GBytes *
make_linearized (gboolean is_length_right)
{
  g_autofree char *text = NULL;
  g_autoptr (TestPdf) pdf = test_pdf_new (TEST_PDF_TABLE);
  g_autoptr (GBytes) bytes = NULL;

  test_pdf_add (pdf, 9, "<< /Linearized 1 /L 0000000000 /H [0 0] /O 3 /E 0 /N 1 /T 0 >>");
  test_pdf_add (pdf, 1, "<< /Type /Catalog /Pages 2 0 R >>");
  test_pdf_add (pdf, 2, "<< /Type /Pages /Count 1 /Kids [3 0 R] /MediaBox [0 0 9 9] >>");
  test_pdf_add (pdf, 3, "<< /Type /Page /Parent 2 0 R >>");
  bytes = test_pdf_finish (pdf, "/Root 1 0 R");
  text = g_strdup_printf ("/L %010" G_GSIZE_FORMAT,
                          g_bytes_get_size (bytes) + (is_length_right ? 0 : 1));

  return replace (g_steal_pointer (&bytes), "/L 0000000000", text);
}

static GBytes *
make_linearized_elsewhere (void)
{
  return make_linearized (TRUE);
}

static GBytes *
make_linearized_no_more (void)
{
  return make_linearized (FALSE);
}

static const struct {
  const char *name;
  GBytes *(*make) (void);
  gboolean is_refused;
} files[] = {
  { "two-rows", make_two_rows, TRUE },
  { "free-and-used", make_free_and_used, TRUE },
  { "same-rows", make_same_rows, FALSE },
  { "wrong-place", make_wrong_place, TRUE },
  { "wrong-generation", make_wrong_generation, TRUE },
  { "behind-the-end", make_behind_the_end, TRUE },
  { "zero", make_zero, FALSE },
  { "blanks-before", make_blanks_before, FALSE },
  { "size-huge", make_size_huge, TRUE },
  { "size-large", make_size_large, TRUE },
  { "size-none", make_size_none, TRUE },
  { "size-small", make_size_small, FALSE },
  { "previous-is-itself", make_previous_is_itself, TRUE },
  { "previous-zero", make_previous_zero, FALSE },
  { "beside-other", make_beside_other, TRUE },
  { "beside-hidden", make_beside_hidden, TRUE },
  { "beside-same", make_beside_same, FALSE },
  { "packed-sound", make_packed_sound, FALSE },
  { "packed-twice", make_packed_twice, TRUE },
  { "packed-elsewhere", make_packed_elsewhere, TRUE },
  { "packed-beyond", make_packed_beyond, TRUE },
  { "packed-back", make_packed_back, TRUE },
  { "packed-in-none", make_packed_in_none, TRUE },
  { "packed-in-packed", make_packed_in_packed, TRUE },
  { "missing-plain", make_missing_plain, FALSE },
  { "missing-there", make_missing_there, TRUE },
  { "missing-and-twice", make_missing_and_twice, TRUE },
  { "missing-and-two-catalogs", make_missing_and_two_catalogs, TRUE },
  { "missing-generation", make_missing_generation, TRUE },
  { "twice-in-content", make_twice_in_content, FALSE },
  { "linearized-elsewhere", make_linearized_elsewhere, TRUE },
  { "linearized-no-more", make_linearized_no_more, FALSE },
};

static EonayPdfInspection *
inspect (GBytes *pdf)
{
  g_autoptr (GError) error = NULL;
  EonayPdfInspection *inspection = eonay_pdf_inspection_new (pdf, NULL, &error);

  g_assert_no_error (error);

  return inspection;
}

static void
test_file (gconstpointer row)
{
  gsize i = GPOINTER_TO_SIZE (row);
  g_autoptr (GBytes) pdf = files[i].make ();
  g_autoptr (EonayPdfInspection) inspection = inspect (pdf);
  g_autoptr (GError) error = NULL;
  gboolean is_signable = eonay_pdf_inspection_check_signable (inspection, &error);

  if (files[i].is_refused)
    g_assert_error (error, EONAY_SIGNATURE_ERROR, EONAY_SIGNATURE_ERROR_PDF_DAMAGED);
  else
    g_assert_no_error (error);
  g_assert_cmpint (is_signable, ==, !files[i].is_refused);
}

static guint
get_highest (GBytes *pdf)
{
  g_autoptr (EonayPdfInspection) inspection = inspect (pdf);

  g_assert_true (eonay_pdf_inspection_check_signable (inspection, NULL));

  return eonay_pdf_inspection_get_plan (inspection)->max_id;
}

/* A new object must not become what something refers to, or what an older revision meant. */
static void
test_new_numbers (void)
{
  g_autoptr (GBytes) dangling = make_missing ("/Contents2 [4 0 R 99 0 R]", "q Q");
  TestPdf *freed = new_page ("");
  g_autoptr (GBytes) first = NULL;
  g_autoptr (GBytes) second = NULL;
  TestPdf *update;

  test_pdf_add_row (freed, 70, 0, 0, 1);
  first = finish (freed);
  update = test_pdf_new_update (first, TEST_PDF_TABLE, 5);
  test_pdf_add (update, 5, "<< >>");
  second = finish (update);

  g_assert_cmpuint (get_highest (dangling), ==, 99);
  g_assert_cmpuint (get_highest (first), ==, 70);
  g_assert_cmpuint (get_highest (second), ==, 70);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/signature/pdf-xref/new-numbers", test_new_numbers);
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_strconcat ("/signature/pdf-xref/file/", files[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_file);
    }

  return g_test_run ();
}
