#include <gio/gio.h>
#include <string.h>

#include "base/eonay-error.h"
#include "signature/pades/eonay-pdf-inspection.h"
#include "support/test-pdf.h"

/* Files that are small and make whoever reads them work for long: refused before that. */

/* Unpacked, two of them are allowed. */
#define PACKED_LENGTH ((gsize) 50 * 1024 * 1024)

static GBytes *
pack (const char *start, gsize length)
{
  g_autoptr (GConverter) compressor =
      G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 1));
  g_autofree char *content = g_malloc (length);
  g_autofree char *packed = g_malloc (length);
  gsize n_start = strlen (start);
  g_autoptr (GError) error = NULL;
  gsize read, written;

  memcpy (content, start, n_start);
  memset (content + n_start, ' ', length - n_start);
  g_assert_cmpint (g_converter_convert (compressor, content, length, packed, length,
                                        G_CONVERTER_INPUT_AT_END, &read, &written, &error),
                   ==, G_CONVERTER_FINISHED);
  g_assert_no_error (error);

  return g_bytes_new (packed, written);
}

static GBytes *
make_object_streams (guint n_streams)
{
  g_autoptr (TestPdf) pdf = test_pdf_new_pages (TEST_PDF_STREAM, 1, "", "");

  for (guint i = 0; i < n_streams; i++)
    {
      g_autofree char *start = g_strdup_printf ("%u 0 << >>", 20 + i);
      g_autoptr (GBytes) packed = pack (start, PACKED_LENGTH);

      test_pdf_add_stream (pdf, 10 + i, "/Type /ObjStm /N 1 /First 5 /Filter /FlateDecode",
                           g_bytes_get_data (packed, NULL), g_bytes_get_size (packed));
      test_pdf_add_row (pdf, 20 + i, 2, 10 + i, 0);
    }

  return test_pdf_finish (pdf, "/Root 1 0 R");
}

static GBytes *
make_two_object_streams (void)
{
  return make_object_streams (2);
}

static GBytes *
make_three_object_streams (void)
{
  return make_object_streams (3);
}

/* Each trailer has the next one in a string, and all end together. */
static GBytes *
make_nested_sections (void)
{
  const guint n_sections = 5000;
  const gsize length = strlen ("xref\n0 0\ntrailer\n<< /Size 5 /Prev 0000000000 /P (");
  g_autoptr (GBytes) pdf = test_pdf_make_pages (TEST_PDF_TABLE, 1, "", "");
  gsize start = g_bytes_get_size (pdf);
  const char *bytes = g_bytes_get_data (pdf, NULL);
  GString *out = g_string_new_len (bytes, (gssize) start);
  const char *last = memmem (bytes, start, "startxref\n", strlen ("startxref\n"));

  for (guint i = 1; i <= n_sections; i++)
    g_string_append_printf (out, "xref\n0 0\ntrailer\n<< /Size 5 /Prev %010" G_GSIZE_FORMAT " /P (",
                            i < n_sections ? start + i * length
                                           : (gsize) g_ascii_strtoull (last + 10, NULL, 10));
  g_string_append_printf (out, "%*s", 4 * 1024 * 1024, "");
  for (guint i = 0; i < n_sections; i++)
    g_string_append (out, ") /Root 1 0 R >>\n");
  g_string_append_printf (out, "startxref\n%" G_GSIZE_FORMAT "\n%%%%EOF\n", start);

  return g_string_free_to_bytes (out);
}

/* The numbers of objects in one comment: each would be read to the comment's end. */
static GBytes *
make_comment_in_head (gsize length)
{
  g_autoptr (TestPdf) pdf = test_pdf_new_pages (TEST_PDF_TABLE, 1, "", "");
  gsize place = test_pdf_get_offset (pdf);
  g_autofree char *head = g_strdup_printf ("20 %%%*s\n0 obj << >> endobj", (int) length, "");
  gsize n_before;

  /* What comes before it is an object of its own. */
  test_pdf_add (pdf, 21, "<< >> endobj %s", head);
  n_before = strlen ("21 0 obj\n<< >> endobj ");
  test_pdf_add_row (pdf, 20, 1, place + n_before, 0);

  return test_pdf_finish (pdf, "/Root 1 0 R");
}

static GBytes *
make_short_comment (void)
{
  return make_comment_in_head (100);
}

static GBytes *
make_long_comment (void)
{
  return make_comment_in_head (1000);
}

/* Pairs of a number and no rows, as many as the file has room for. */
static GBytes *
make_empty_pairs (guint n_pairs)
{
  g_autoptr (TestPdf) pdf = test_pdf_new_pages (TEST_PDF_TABLE, 1, "", "");
  g_autoptr (GBytes) bytes = test_pdf_finish (pdf, "/Root 1 0 R");
  gsize start = g_bytes_get_size (bytes);
  const char *whole = g_bytes_get_data (bytes, NULL);
  const char *last = memmem (whole, start, "startxref\n", strlen ("startxref\n"));
  GString *out = g_string_new_len (whole, (gssize) start);

  g_string_append (out, "9 0 obj\n<< /Type /XRef /W [1 4 1] /Index [9 1");
  for (guint i = 0; i < n_pairs; i++)
    g_string_append (out, " 0 0");
  g_string_append_printf (out, "] /Size 10 /Root 1 0 R /Length 6 /Prev %u >>\nstream\n",
                          (guint) g_ascii_strtoull (last + strlen ("startxref\n"), NULL, 10));
  g_string_append_c (out, 1);
  for (int i = 3; i >= 0; i--)
    g_string_append_c (out, (char) (start >> (8 * i) & 0xff));
  g_string_append_c (out, 0);
  g_string_append_printf (out, "\nendstream\nendobj\nstartxref\n%" G_GSIZE_FORMAT "\n%%%%EOF\n",
                          start);

  return g_string_free_to_bytes (out);
}

static GBytes *
make_few_pairs (void)
{
  return make_empty_pairs (3);
}

static GBytes *
make_many_pairs (void)
{
  return make_empty_pairs (100);
}

static const struct {
  const char *name;
  GBytes *(*make) (void);
  int code; /* -1: it can be signed */
} files[] = {
  { "object-streams-two", make_two_object_streams, -1 },
  { "object-streams-three", make_three_object_streams, EONAY_SIGNATURE_ERROR_PDF_TOO_COMPLEX },
  { "sections-nested", make_nested_sections, EONAY_SIGNATURE_ERROR_PDF_DAMAGED },
  { "comment-short", make_short_comment, -1 },
  { "comment-long", make_long_comment, EONAY_SIGNATURE_ERROR_PDF_DAMAGED },
  { "empty-pairs-few", make_few_pairs, -1 },
  { "empty-pairs-many", make_many_pairs, EONAY_SIGNATURE_ERROR_PDF_DAMAGED },
};

static void
test_file (gconstpointer row)
{
  gsize i = GPOINTER_TO_SIZE (row);
  g_autoptr (GBytes) pdf = files[i].make ();
  g_autoptr (GError) error = NULL;
  g_autoptr (EonayPdfInspection) inspection = eonay_pdf_inspection_new (pdf, NULL, &error);

  /* It was not ended for its time or memory. */
  g_assert_no_error (error);
  if (eonay_pdf_inspection_check_signable (inspection, &error))
    g_assert_cmpint (files[i].code, ==, -1);
  else if (files[i].code == -1)
    g_assert_no_error (error);
  else
    g_assert_error (error, EONAY_SIGNATURE_ERROR, files[i].code);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_strconcat ("/signature/pdf-limits/", files[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_file);
    }

  return g_test_run ();
}
