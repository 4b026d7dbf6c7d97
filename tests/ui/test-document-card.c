#include <string.h>

#include "app/document/eonay-document-card.h"
#include "base/eonay-error.h"
#include "support/pdf-samples.h"
#include "support/test-pdf.h"
#include "support/window/eonay-window-fixture.h"

/* What a PDF that is shown has to say beside its pages. */

static void
count_cb (int *count)
{
  ++*count;
}

static gboolean
is_positive (gpointer user_data)
{
  return *(int *) user_data > 0;
}

static EonayDocument *
make_document (GBytes *content)
{
  guint8 sum[32];
  gsize length = sizeof sum;
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (GBytes) digest = NULL;
  EonayDocument *document;

  g_checksum_update (checksum, g_bytes_get_data (content, NULL),
                     (gssize) g_bytes_get_size (content));
  g_checksum_get_digest (checksum, sum, &length);
  digest = g_bytes_new (sum, length);
  document = eonay_document_new ("1", "Sözleşme", "application/pdf", g_bytes_get_size (content),
                                 digest, "documents/1", EONAY_FORMAT_PADES, "AdES-B-B");
  g_assert_true (eonay_document_set_content (document, content, NULL));

  return document;
}

static gboolean
is_whole_seen (gpointer user_data)
{
  return eonay_pdf_view_were_all_seen (user_data);
}

/* What looks into a PDF finds @n_pages, or another number, of the one that is shown. */
static void
check_inspected (guint n_pages, gboolean is_shown)
{
  g_autoptr (GBytes) shown = pdf_samples_make_pages (1);
  g_autoptr (GBytes) inspected = pdf_samples_make_pages (n_pages);
  g_autoptr (EonayDocument) document = make_document (shown);
  g_autoptr (GError) error = NULL;
  g_autoptr (EonayPdfInspection) inspection = eonay_pdf_inspection_new (inspected, NULL, &error);
  GtkWidget *window = gtk_window_new ();
  EonayDocumentCard *card = g_object_new (EONAY_TYPE_DOCUMENT_CARD, NULL);
  int judged = 0;
  int seen = 0;

  g_assert_no_error (error);
  g_signal_connect_swapped (card, "judged", G_CALLBACK (count_cb), &judged);
  g_signal_connect_swapped (card, "end-seen", G_CALLBACK (count_cb), &seen);
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (card));
  gtk_window_set_default_size (GTK_WINDOW (window), 420, 740);
  gtk_window_present (GTK_WINDOW (window));
  g_assert_true (eonay_document_card_set_document (card, document, NULL));
  eonay_document_card_set_inspection (card, inspection);
  eonay_window_fixture_wait (is_positive, &judged);
  if (is_shown)
    {
      g_assert_no_error (eonay_document_card_get_fault (card));
      eonay_window_fixture_wait (is_positive, &seen);
    }
  else
    {
      EonayPdfView *view = eonay_document_card_get_pdf_view (card);

      g_assert_error (eonay_document_card_get_fault (card), EONAY_SIGNATURE_ERROR,
                      EONAY_SIGNATURE_ERROR_PDF_AMBIGUOUS);
      eonay_window_fixture_wait (is_whole_seen, view);
      g_assert_cmpint (seen, ==, 0);
    }
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_inspected_otherwise (void)
{
  check_inspected (1, TRUE);
  check_inspected (2, FALSE);
}

static void
incomplete_cb (GString *events, EonayPageView *pages)
{
  GArray *incomplete = eonay_page_view_get_incomplete (pages);

  g_string_append_printf (events, "incomplete %u;",
                          g_array_index (incomplete, guint, incomplete->len - 1));
}

static void
page_seen_cb (GString *events, guint page)
{
  g_string_append_printf (events, "seen %u;", page);
}

/* A page with a picture that is not there says so before it counts as seen. */
static void
test_incomplete (void)
{
  static const char lacking[] = "q 90 0 0 90 9 9 cm /Missing Do Q";
  g_autoptr (TestPdf) pdf = test_pdf_new (TEST_PDF_TABLE);
  g_autoptr (GString) events = g_string_new (NULL);
  g_autoptr (GBytes) bytes = NULL;
  GtkWidget *window = gtk_window_new ();
  GtkWidget *view = eonay_pdf_view_new ();
  EonayPageView *pages = eonay_pdf_view_get_pages (EONAY_PDF_VIEW (view));

  test_pdf_add (pdf, 1, "<< /Type /Catalog /Pages 2 0 R >>");
  test_pdf_add (pdf, 2, "<< /Type /Pages /Count 1 /Kids [3 0 R] /MediaBox [0 0 595 842] >>");
  test_pdf_add (pdf, 3, "<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>");
  test_pdf_add_stream (pdf, 4, "", lacking, strlen (lacking));
  bytes = test_pdf_finish (pdf, "/Root 1 0 R");
  g_signal_connect_swapped (pages, "incomplete", G_CALLBACK (incomplete_cb), events);
  g_signal_connect_swapped (pages, "page-seen", G_CALLBACK (page_seen_cb), events);
  gtk_window_set_child (GTK_WINDOW (window), view);
  gtk_window_set_default_size (GTK_WINDOW (window), 420, 740);
  gtk_window_present (GTK_WINDOW (window));
  eonay_pdf_view_set_document (EONAY_PDF_VIEW (view), bytes, NULL);
  eonay_window_fixture_wait (is_whole_seen, view);
  g_assert_cmpstr (events->str, ==, "incomplete 0;seen 0;");
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char *argv[])
{
  eonay_window_fixture_init (&argc, &argv);
  g_test_add_func ("/window/document-card/inspected-otherwise", test_inspected_otherwise);
  g_test_add_func ("/window/document-card/incomplete", test_incomplete);

  return g_test_run ();
}
