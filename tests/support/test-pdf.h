#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** TestPdf: a PDF that a test writes object by object, as wrong as it likes. */
typedef struct _TestPdf TestPdf;

typedef enum {
  TEST_PDF_TABLE,
  TEST_PDF_STREAM,
} TestPdfKind;

TestPdf *test_pdf_new (TestPdfKind kind);

/** Continues a file with an incremental update. @size: the first unused object number */
TestPdf *test_pdf_new_update (GBytes *pdf, TestPdfKind kind, guint size);
void test_pdf_free (TestPdf *self);

/** Adds the object @id 0; "%u" and the like in @body are for printf. */
void test_pdf_add (TestPdf *self, guint id, const char *body, ...) G_GNUC_PRINTF (3, 4);

/** Adds a stream. @entries: of its dictionary, without /Length */
void test_pdf_add_stream (TestPdf *self, guint id, const char *entries, const void *content,
                          gsize length);

/** Returns: where the next object will begin */
gsize test_pdf_get_offset (TestPdf *self);

/**
 * test_pdf_add_row: adds a row to the cross-reference, and no object
 * @type: 0 (free), 1, or, in a stream, 2
 * @place: offset, or number of the object stream
 * @detail: generation, or index in it
 */
void test_pdf_add_row (TestPdf *self, guint id, guint type, gsize place, guint detail);

/**
 * test_pdf_finish:
 * @trailer: entries of the trailer, without /Size and /Prev
 *
 * Returns: (transfer full)
 */
GBytes *test_pdf_finish (TestPdf *self, const char *trailer);

/**
 * test_pdf_new_pages: catalog 1 with @catalog, pages 2, then for each page itself (3, 5 …) with
 *   @page, and its content (4, 6 …); the next free number is 3 + 2 × @n_pages
 */
TestPdf *test_pdf_new_pages (TestPdfKind kind, guint n_pages, const char *catalog,
                             const char *page);

/** Returns: (transfer full): such a file, finished */
GBytes *test_pdf_make_pages (TestPdfKind kind, guint n_pages, const char *catalog,
                             const char *page);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestPdf, test_pdf_free)

G_END_DECLS
