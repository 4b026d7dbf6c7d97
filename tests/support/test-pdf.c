#include "test-pdf.h"

#include <string.h>

#define CONTENT "BT /F1 24 Tf 72 700 Td (Sayfa %u) Tj ET\n"

typedef struct {
  guint id;
  guint type;
  gsize place;
  guint detail;
} Row;

struct _TestPdf {
  TestPdfKind kind;
  GString *out;
  GArray *rows;
  guint size;
  gsize previous; /* 0: there is none */
};

TestPdf *
test_pdf_new (TestPdfKind kind)
{
  TestPdf *self = g_new0 (TestPdf, 1);

  self->kind = kind;
  self->out = g_string_new ("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n");
  self->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  self->size = 1;

  return self;
}

static gsize
read_startxref (GBytes *pdf)
{
  gsize length;
  const char *bytes = g_bytes_get_data (pdf, &length);
  const char *found = NULL;

  for (const char *at = bytes; (at = memmem (at, length - (gsize) (at - bytes), "startxref", 9));
       at++)
    found = at;
  g_assert_nonnull (found);

  return g_ascii_strtoull (found + 9, NULL, 10);
}

TestPdf *
test_pdf_new_update (GBytes *pdf, TestPdfKind kind, guint size)
{
  TestPdf *self = g_new0 (TestPdf, 1);

  self->kind = kind;
  self->out = g_string_new_len (g_bytes_get_data (pdf, NULL), (gssize) g_bytes_get_size (pdf));
  self->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  self->size = size;
  self->previous = read_startxref (pdf);
  g_string_append_c (self->out, '\n');

  return self;
}

void
test_pdf_free (TestPdf *self)
{
  if (self == NULL)
    return;

  g_string_free (self->out, TRUE);
  g_array_unref (self->rows);
  g_free (self);
}

gsize
test_pdf_get_offset (TestPdf *self)
{
  return self->out->len;
}

void
test_pdf_add_row (TestPdf *self, guint id, guint type, gsize place, guint detail)
{
  const Row row = { id, type, place, detail };

  g_array_append_val (self->rows, row);
  self->size = MAX (self->size, id + 1);
}

static void
begin (TestPdf *self, guint id)
{
  test_pdf_add_row (self, id, 1, self->out->len, 0);
  g_string_append_printf (self->out, "%u 0 obj\n", id);
}

void
test_pdf_add (TestPdf *self, guint id, const char *body, ...)
{
  va_list arguments;

  begin (self, id);
  va_start (arguments, body);
  g_string_append_vprintf (self->out, body, arguments);
  va_end (arguments);
  g_string_append (self->out, "\nendobj\n");
}

void
test_pdf_add_stream (TestPdf *self, guint id, const char *entries, const void *content,
                     gsize length)
{
  begin (self, id);
  g_string_append_printf (self->out, "<< %s /Length %" G_GSIZE_FORMAT " >>\nstream\n", entries,
                          length);
  g_string_append_len (self->out, content, (gssize) length);
  g_string_append (self->out, "\nendstream\nendobj\n");
}

static void
append_trailer (TestPdf *self, const char *trailer)
{
  g_string_append_printf (self->out, "%s /Size %u", trailer, self->size);
  if (self->previous != 0)
    g_string_append_printf (self->out, " /Prev %" G_GSIZE_FORMAT, self->previous);
}

static void
write_table (TestPdf *self, const char *trailer)
{
  g_string_append (self->out, "xref\n");
  if (self->previous == 0)
    g_string_append (self->out, "0 1\n0000000000 65535 f \n");
  for (guint i = 0; i < self->rows->len; i++)
    {
      const Row *row = &g_array_index (self->rows, Row, i);

      g_string_append_printf (self->out, "%u 1\n%010" G_GSIZE_FORMAT " %05u %c \n", row->id,
                              row->place, row->detail, row->type == 0 ? 'f' : 'n');
    }
  g_string_append (self->out, "trailer\n<< ");
  append_trailer (self, trailer);
  g_string_append (self->out, " >>\n");
}

static void
append_number (GString *text, gsize number, guint n_bytes)
{
  for (guint i = n_bytes; i > 0; i--)
    g_string_append_c (text, (char) (number >> (8 * (i - 1)) & 0xff));
}

static void
write_stream (TestPdf *self, const char *trailer)
{
  g_autoptr (GString) rows = g_string_new (NULL);
  guint id = self->size;

  test_pdf_add_row (self, id, 1, self->out->len, 0);
  g_string_append_printf (self->out, "%u 0 obj\n<< /Type /XRef /W [1 4 1] /Index [", id);
  for (guint i = 0; i < self->rows->len; i++)
    {
      const Row *row = &g_array_index (self->rows, Row, i);

      g_string_append_printf (self->out, "%u 1 ", row->id);
      append_number (rows, row->type, 1);
      append_number (rows, row->place, 4);
      append_number (rows, row->detail, 1);
    }
  g_string_append_printf (self->out, "] /Length %" G_GSIZE_FORMAT " ", rows->len);
  append_trailer (self, trailer);
  g_string_append (self->out, " >>\nstream\n");
  g_string_append_len (self->out, rows->str, (gssize) rows->len);
  g_string_append (self->out, "\nendstream\nendobj\n");
}

GBytes *
test_pdf_finish (TestPdf *self, const char *trailer)
{
  gsize offset = self->out->len;

  if (self->kind == TEST_PDF_STREAM)
    write_stream (self, trailer);
  else
    write_table (self, trailer);
  g_string_append_printf (self->out, "startxref\n%" G_GSIZE_FORMAT "\n%%%%EOF\n", offset);

  return g_bytes_new (self->out->str, self->out->len);
}

TestPdf *
test_pdf_new_pages (TestPdfKind kind, guint n_pages, const char *catalog, const char *page)
{
  TestPdf *self = test_pdf_new (kind);
  g_autoptr (GString) kids = g_string_new (NULL);

  for (guint i = 0; i < n_pages; i++)
    g_string_append_printf (kids, "%u 0 R ", 3 + 2 * i);
  test_pdf_add (self, 1, "<< /Type /Catalog /Pages 2 0 R %s >>", catalog);
  test_pdf_add (self, 2, "<< /Type /Pages /Count %u /Kids [%s] /MediaBox [0 0 595 842] >>", n_pages,
                kids->str);
  for (guint i = 0; i < n_pages; i++)
    {
      g_autofree char *content = g_strdup_printf (CONTENT, i + 1);

      test_pdf_add (self, 3 + 2 * i,
                    "<< /Type /Page /Parent 2 0 R /Contents %u 0 R /Resources << /Font << /F1 << "
                    "/Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> %s >>",
                    4 + 2 * i, page);
      test_pdf_add_stream (self, 4 + 2 * i, "", content, strlen (content));
    }

  return self;
}

GBytes *
test_pdf_make_pages (TestPdfKind kind, guint n_pages, const char *catalog, const char *page)
{
  g_autoptr (TestPdf) self = test_pdf_new_pages (kind, n_pages, catalog, page);

  return test_pdf_finish (self, "/Root 1 0 R");
}
