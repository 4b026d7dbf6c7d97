#include <libintl.h>

#include "app/document/eonay-document-card.h"
#include "app/document/eonay-page-view-private.h"
#include "app/document/eonay-pdf-view.h"
#include "support/pdf-samples.h"
#include "support/window/eonay-appearance.h"
#include "support/window/eonay-window-fixture.h"

/* The pages of a PDF in Turkish, by themselves and in Review: to be looked at. */

typedef struct {
  GtkWidget *window;
  EonayPdfView *view;
  const EonayAppearance *appearance;
} Frame;

static void
picture (Frame *self, const char *page)
{
  g_autofree char *name = g_strdup_printf ("pdf-%s-%s", page, self->appearance->name);

  eonay_window_fixture_save_picture (self->window, name);
}

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

static gboolean
is_drawn (gpointer user_data)
{
  EonayPageView *pages = user_data;
  guint first;
  guint last;

  if (!eonay_page_view_get_range (pages, &first, &last))
    return FALSE;
  for (guint page = first; page <= last; page++)
    {
      g_autoptr (GArray) tiles = eonay_page_view_list_tiles (pages, page);

      for (guint i = 0; i < tiles->len; i++)
        if (eonay_page_cache_get (pages->cache, &g_array_index (tiles, EonayPageTile, i)) == NULL)
          return FALSE;
    }

  return TRUE;
}

static void
settle (Frame *self)
{
  if (eonay_pdf_view_get_fault (self->view) == NULL)
    eonay_window_fixture_wait (is_drawn, eonay_pdf_view_get_pages (self->view));
  eonay_window_fixture_settle (self->window);
}

static void
show (Frame *self, GBytes *document)
{
  int judged = 0;
  gulong id = g_signal_connect_swapped (self->view, "judged", G_CALLBACK (count_cb), &judged);

  eonay_pdf_view_set_document (self->view, document, "Sözleşme");
  eonay_window_fixture_wait (is_positive, &judged);
  g_signal_handler_disconnect (self->view, id);
  settle (self);
}

static void
show_sample (Frame *self, const char *name)
{
  g_autoptr (GBytes) document = pdf_samples_make (name);

  show (self, document);
}

static gboolean
is_complete (gpointer user_data)
{
  EonayPageFindings *findings = eonay_pdf_view_get_findings (user_data);

  return findings != NULL && eonay_page_findings_is_complete (findings);
}

static void
take_warning (Frame *self)
{
  show_sample (self, "no-print");
  eonay_window_fixture_wait (is_complete, self->view);
  settle (self);
  picture (self, "warning");
}

static void
open_search (Frame *self, const char *text)
{
  GtkWidget *toggle = eonay_window_fixture_find (GTK_WIDGET (self->view), GTK_TYPE_TOGGLE_BUTTON,
                                                 NULL);
  GtkWidget *entry;

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (toggle), text != NULL);
  entry = eonay_window_fixture_find (GTK_WIDGET (self->view), GTK_TYPE_SEARCH_ENTRY, NULL);
  if (text != NULL)
    gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

static gboolean
has_matches (gpointer user_data)
{
  return ((EonayPageView *) user_data)->matches != NULL &&
         ((EonayPageView *) user_data)->matches->len > 10;
}

static GtkWidget *
find_with_tooltip (GtkWidget *root, const char *text)
{
  GtkWidget *found = NULL;

  if (g_strcmp0 (gtk_widget_get_tooltip_text (root), text) == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_with_tooltip (child, text);

  return found;
}

static gboolean
has_text (gpointer user_data)
{
  GtkWidget *pane = eonay_window_fixture_find (user_data, GTK_TYPE_TEXT_VIEW, NULL);

  return pane != NULL &&
         gtk_text_buffer_get_char_count (gtk_text_view_get_buffer (GTK_TEXT_VIEW (pane))) > 100;
}

/* The last page is seen, and those before it are not. */
static void
take_unseen (Frame *self)
{
  EonayPageView *pages = eonay_pdf_view_get_pages (self->view);
  g_autoptr (GBytes) document = pdf_samples_make_pages (5);

  eonay_pdf_view_set_wants_all_seen (self->view, TRUE);
  show (self, document);
  for (guint i = 0; i < 8; i++)
    {
      eonay_page_view_show_page (pages, 4);
      eonay_page_view_scroll (pages, GTK_ORIENTATION_VERTICAL, i * 150.0 - 300);
      settle (self);
    }
  picture (self, "unseen");
  eonay_pdf_view_set_wants_all_seen (self->view, FALSE);
}

static void
take_pages (Frame *self)
{
  g_autoptr (GBytes) document = pdf_samples_make_pages (12);
  EonayPageView *pages = eonay_pdf_view_get_pages (self->view);
  GtkWidget *text_button;

  show (self, document);
  picture (self, "first-page");
  open_search (self, "ödeme");
  eonay_window_fixture_wait (has_matches, pages);
  settle (self);
  picture (self, "search");
  open_search (self, NULL);
  eonay_page_view_show_page (pages, 6);
  eonay_page_view_scroll (pages, GTK_ORIENTATION_VERTICAL, -120);
  settle (self);
  picture (self, "between-pages");
  text_button = find_with_tooltip (GTK_WIDGET (self->view), gettext ("Show the page’s text"));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (text_button), TRUE);
  eonay_window_fixture_wait (has_text, self->view);
  settle (self);
  picture (self, "text-pane");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (text_button), FALSE);
}

static void
test_view (gconstpointer user_data)
{
  Frame frame = { .appearance = user_data };

  eonay_appearance_set (frame.appearance);
  frame.window = adw_window_new ();
  /* The style sheet is the application's. */
  eonay_window_fixture_get_application ();
  frame.view = EONAY_PDF_VIEW (eonay_pdf_view_new ());
  adw_window_set_content (ADW_WINDOW (frame.window), GTK_WIDGET (frame.view));
  gtk_window_set_default_size (GTK_WINDOW (frame.window), frame.appearance->width,
                               frame.appearance->height);
  gtk_window_present (GTK_WINDOW (frame.window));
  take_pages (&frame);
  take_unseen (&frame);
  take_warning (&frame);
  show_sample (&frame, "links");
  picture (&frame, "links");
  show_sample (&frame, "huge");
  picture (&frame, "too-small");
  show_sample (&frame, "encrypted");
  picture (&frame, "fault");
  gtk_window_destroy (GTK_WINDOW (frame.window));
}

static EonayDocument *
make_document (GBytes *content)
{
  gsize length = 32;
  guint8 sum[32];
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (GBytes) digest = NULL;
  EonayDocument *document;

  g_checksum_update (checksum, g_bytes_get_data (content, NULL),
                     (gssize) g_bytes_get_size (content));
  g_checksum_get_digest (checksum, sum, &length);
  digest = g_bytes_new (sum, length);
  document = eonay_document_new ("1", "Sözleşme", "application/pdf", g_bytes_get_size (content),
                                 digest, "documents/1", EONAY_FORMAT_CADES_DETACHED, "AdES-B-B");
  g_assert_true (eonay_document_set_content (document, content, NULL));

  return document;
}

/* In place of the practice portal's text. */
static void
test_review (gconstpointer user_data)
{
  g_autoptr (GBytes) pdf = pdf_samples_make_pages (3);
  g_autoptr (EonayDocument) document = make_document (pdf);
  Frame frame = { .appearance = user_data };
  EonayWindowFixture fixture;
  GtkWidget *card;
  int judged = 0;

  eonay_appearance_set (frame.appearance);
  eonay_window_fixture_open (&fixture, frame.appearance->width, frame.appearance->height);
  eonay_window_take_practice_code (fixture.window, "e-onay");
  eonay_window_fixture_wait_for_state (&fixture, EONAY_SESSION_REVIEWING);
  card = eonay_window_fixture_find (GTK_WIDGET (fixture.window), EONAY_TYPE_DOCUMENT_CARD, NULL);
  g_signal_connect_swapped (card, "judged", G_CALLBACK (count_cb), &judged);
  g_assert_true (eonay_document_card_set_document (EONAY_DOCUMENT_CARD (card), document, NULL));
  eonay_window_fixture_wait (is_positive, &judged);
  frame.window = GTK_WIDGET (fixture.window);
  frame.view = EONAY_PDF_VIEW (eonay_window_fixture_find (card, EONAY_TYPE_PDF_VIEW, NULL));
  settle (&frame);
  picture (&frame, "review");
  eonay_window_fixture_close (&fixture);
}

int
main (int argc, char *argv[])
{
  const EonayAppearance *appearance;

  eonay_window_fixture_init (&argc, &argv);
  for (guint i = 0; (appearance = eonay_appearance_get (i)) != NULL; i++)
    {
      g_autofree char *view = g_strdup_printf ("/window/pdf-pictures/view/%s", appearance->name);
      g_autofree char *review = g_strdup_printf ("/window/pdf-pictures/review/%s",
                                                 appearance->name);

      g_test_add_data_func (view, appearance, test_view);
      g_test_add_data_func (review, appearance, test_review);
    }

  return g_test_run ();
}
