#include "app/files/eonay-mark-search.h"

#include <string.h>

#include "app/files/eonay-page-ink.h"
#include "session/files/eonay-mark-proposal.h"
#include "support/pdf-samples.h"

typedef struct {
  EonayMarkSearchResult found;
  EonayMarkPlace place;
  GError *error;
  gboolean done;
} Outcome;

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;

  outcome->found = eonay_mark_search_find_finish (result, &outcome->place, &outcome->error);
  outcome->done = TRUE;
}

/* @document: (transfer full) */
static Outcome
find (GBytes *document, const char *name, GCancellable *cancellable)
{
  g_autoptr (EonayPageSource) source = eonay_page_source_new (document);
  Outcome outcome = { 0 };

  g_bytes_unref (document);
  eonay_mark_search_find_async (source, name, cancellable, on_found, &outcome);
  while (!outcome.done)
    g_main_context_iteration (NULL, TRUE);

  return outcome;
}

static void
test_under_name (void)
{
  Outcome outcome = find (pdf_samples_make ("petition"), "Ayşe Deneme", NULL);

  g_assert_no_error (outcome.error);
  g_assert_cmpint (outcome.found, ==, EONAY_MARK_SEARCH_UNDER_NAME);
  g_assert_cmpuint (outcome.place.page, ==, 1);
  g_assert_cmpfloat (outcome.place.top, >, 350);
  g_assert_cmpfloat (outcome.place.top, <, 370);
  g_assert_cmpfloat (outcome.place.left, <, 380);
  g_assert_cmpfloat (outcome.place.left + outcome.place.width, >, 450);
}

/* A line of a table that no text tells of is in the way. */
static void
test_drawn (void)
{
  Outcome outcome = find (pdf_samples_make ("table"), "Ayşe Deneme", NULL);

  g_assert_no_error (outcome.error);
  g_assert_cmpint (outcome.found, ==, EONAY_MARK_SEARCH_AT_END);
  g_assert_cmpfloat (outcome.place.top, >, 420 + 8 * 24);
  g_assert_cmpfloat (outcome.place.top, <, 420 + 8 * 24 + 24);
}

static void
test_no_name (void)
{
  Outcome outcome = find (pdf_samples_make ("petition"), NULL, NULL);

  g_assert_no_error (outcome.error);
  g_assert_cmpint (outcome.found, ==, EONAY_MARK_SEARCH_AT_END);
  outcome = find (pdf_samples_make ("petition"), "Zeynep Yok", NULL);
  g_assert_no_error (outcome.error);
  g_assert_cmpint (outcome.found, ==, EONAY_MARK_SEARCH_AT_END);
  outcome = find (pdf_samples_make ("blank"), "Ayşe Deneme", NULL);
  g_assert_no_error (outcome.error);
  g_assert_cmpint (outcome.found, ==, EONAY_MARK_SEARCH_NOTHING);
}

/* Text that is upright once the page is turned, 100 from the left and 200 from the top of its crop box. */
static GBytes *
make_turned (guint rotation, const char *matrix)
{
  g_autofree char *content = g_strdup_printf ("BT /F1 12 Tf %s Tm (Ali Deneme) Tj ET", matrix);

  g_autofree char *pdf = g_strdup_printf (
      "%%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
      "2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n"
      "3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 700 900] /CropBox [50 40 650 840]"
      " /Rotate %u /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>\nendobj\n"
      "4 0 obj\n<< /Length %zu >>\nstream\n%s\nendstream\nendobj\n"
      "5 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>\nendobj\n"
      "trailer\n<< /Root 1 0 R >>\n",
      rotation, strlen (content), content);

  return g_bytes_new (pdf, strlen (pdf));
}

static void
test_turned (void)
{
  const struct {
    guint rotation;
    const char *matrix;
  } cases[] = {
    { 0, "1 0 0 1 150 640" },
    { 90, "0 1 -1 0 250 140" },
    { 180, "-1 0 0 -1 550 240" },
    { 270, "0 -1 1 0 450 740" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Outcome outcome = find (make_turned (cases[i].rotation, cases[i].matrix), "ALİ DENEME", NULL);

      g_test_message ("%u", cases[i].rotation);
      g_assert_no_error (outcome.error);
      g_assert_cmpint (outcome.found, ==, EONAY_MARK_SEARCH_UNDER_NAME);
      g_assert_cmpfloat (outcome.place.top, >, 200);
      g_assert_cmpfloat (outcome.place.top, <, 215);
      g_assert_cmpfloat_with_epsilon (outcome.place.left, 130 - EONAY_MARK_WIDTH / 2, 10);
    }
}

static void
test_last_pages (void)
{
  const guint n_pages = 3 * EONAY_MARK_SEARCH_PAGES;
  Outcome outcome = find (pdf_samples_make_pages (n_pages), "Zeynep Yok", NULL);

  /* Wherever it is, it is on the last page. */
  g_assert_no_error (outcome.error);
  if (outcome.found != EONAY_MARK_SEARCH_NOTHING)
    g_assert_cmpuint (outcome.place.page, ==, n_pages);
}

static void
test_failures (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Outcome outcome;

  g_cancellable_cancel (cancellable);
  outcome = find (pdf_samples_make ("petition"), "Ayşe Deneme", cancellable);
  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (outcome.found, ==, EONAY_MARK_SEARCH_NOTHING);
  g_clear_error (&outcome.error);

  outcome = find (g_bytes_new_static ("%PDF-1.7", 8), "Ayşe Deneme", NULL);
  g_assert_nonnull (outcome.error);
  g_assert_cmpint (outcome.found, ==, EONAY_MARK_SEARCH_NOTHING);
  g_clear_error (&outcome.error);
}

#define SIDE 4

/* @paper, @ink: of all pixels, and of the two in the middle of the second row */
static GArray *
list_ink (guint8 paper, guint8 ink)
{
  guint8 pixels[SIDE * SIDE * EONAY_PAGE_PIXEL_SIZE];
  g_autoptr (EonayPageAnswer) answer = eonay_page_answer_new ();

  for (gsize i = 0; i < sizeof pixels; i++)
    pixels[i] = i / EONAY_PAGE_PIXEL_SIZE == SIDE + 1 || i / EONAY_PAGE_PIXEL_SIZE == SIDE + 2
                    ? ink
                    : paper;
  answer->width = SIDE;
  answer->height = SIDE;
  answer->pixels = g_bytes_new (pixels, sizeof pixels);

  return eonay_page_ink_list (answer, 0.5);
}

static void
test_ink (void)
{
  g_autoptr (GArray) drawn = list_ink (255, 200);
  g_autoptr (GArray) tinted = list_ink (230, 255);
  g_autoptr (GArray) nothing = list_ink (255, 250);
  g_autoptr (GArray) dark = list_ink (20, 20);
  const EonayMarkProposalArea *area = &g_array_index (drawn, EonayMarkProposalArea, 0);

  g_assert_cmpuint (drawn->len, ==, 1);
  g_assert_cmpfloat (area->left, ==, 2);
  g_assert_cmpfloat (area->top, ==, 2);
  g_assert_cmpfloat (area->width, ==, 4);
  g_assert_cmpfloat (area->height, ==, 2);
  g_assert_cmpuint (tinted->len, ==, 1);
  g_assert_cmpuint (nothing->len, ==, 0);
  g_assert_cmpuint (dark->len, ==, SIDE);
}

int
main (int argc, char **argv)
{
  g_setenv ("EONAY_PDF_RENDERER", g_getenv ("TEST_RENDERER"), TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/mark-search/under-name", test_under_name);
  g_test_add_func ("/app/mark-search/drawn", test_drawn);
  g_test_add_func ("/app/mark-search/no-name", test_no_name);
  g_test_add_func ("/app/mark-search/turned", test_turned);
  g_test_add_func ("/app/mark-search/last-pages", test_last_pages);
  g_test_add_func ("/app/mark-search/failures", test_failures);
  g_test_add_func ("/app/mark-search/ink", test_ink);

  return g_test_run ();
}
