#include "app/document/eonay-page-source.h"

#include <string.h>

#include "app/document/eonay-page-findings.h"
#include "app/document/eonay-page-search.h"
#include "base/eonay-error.h"
#include "support/pdf-samples.h"

/* The client, with the real process that draws, and with one that does everything wrong. */

typedef struct {
  EonayPageAnswer *answer;
  GError *error;
  gboolean done;
} Outcome;

static void
on_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;

  outcome->answer = eonay_page_source_ask_finish (EONAY_PAGE_SOURCE (source), result,
                                                  &outcome->error);
  outcome->done = TRUE;
}

static void
wait_for (const gboolean *done)
{
  while (!*done)
    g_main_context_iteration (NULL, TRUE);
}

static EonayPageRequest *
make_request (EonayPageAsk ask, guint page)
{
  EonayPageRequest *request = eonay_page_request_new (ask);

  request->page = page;
  request->n_pages = 4;
  request->scale = 1;
  request->width = 595;
  request->height = 842;
  request->text = g_strdup ("sayfa");
  request->length = G_MAXUINT64;

  return request;
}

static EonayPageAnswer *
ask (EonayPageSource *source, EonayPageAsk what, guint page, GError **error)
{
  Outcome outcome = { 0 };

  eonay_page_source_ask_async (source, make_request (what, page), 0, NULL, on_answered, &outcome);
  wait_for (&outcome.done);
  if (outcome.error != NULL)
    g_propagate_error (error, outcome.error);

  return outcome.answer;
}

static EonayPageSource *
open_sample (const char *name)
{
  g_autoptr (GBytes) bytes = pdf_samples_make (name);

  return eonay_page_source_new (bytes);
}

static void
use (const char *renderer, const char *limit)
{
  g_setenv ("EONAY_PDF_RENDERER", g_getenv (renderer), TRUE);
  g_setenv ("EONAY_PDF_RENDERER_LIMIT", limit, TRUE);
}

static void
test_answers (void)
{
  g_autoptr (GBytes) bytes = pdf_samples_make_pages (5);
  g_autoptr (EonayPageSource) source = eonay_page_source_new (bytes);
  g_autoptr (GError) error = NULL;

  for (int i = EONAY_PAGE_ASK_OPEN; i <= (int) EONAY_PAGE_ASK_LAST; i++)
    {
      g_autoptr (EonayPageAnswer) answer = ask (source, (EonayPageAsk) i, 1, &error);

      g_assert_no_error (error);
      if (i == EONAY_PAGE_ASK_OPEN)
        g_assert_cmpuint (answer->sizes->len, ==, 5);
      if (i == EONAY_PAGE_ASK_DRAW)
        g_assert_cmpuint (g_bytes_get_size (answer->pixels), ==, 595 * 842 * EONAY_PAGE_PIXEL_SIZE);
      if (i == EONAY_PAGE_ASK_TEXT)
        g_assert_true (g_str_has_prefix (answer->text, "Sayfa 2"));
      if (i == EONAY_PAGE_ASK_SEARCH)
        g_assert_cmpuint (answer->matches->len, ==, 4);
      if (i == EONAY_PAGE_ASK_FONTS)
        g_assert_cmpuint (g_strv_length (answer->fonts), ==, 0);
      if (i >= EONAY_PAGE_ASK_COMPARE)
        g_assert_false (answer->differs);
    }
}

static void
test_refused (void)
{
  static const struct {
    const char *name;
    EonayPageError code;
  } refused[] = {
    { "absurd", EONAY_PAGE_ERROR_TOO_LARGE },
    { "no-pages", EONAY_PAGE_ERROR_MALFORMED },
    { "encrypted", EONAY_PAGE_ERROR_ENCRYPTED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (EonayPageSource) source = open_sample (refused[i].name);

      /* Each time anew, whatever is asked. */
      for (int what = EONAY_PAGE_ASK_OPEN; what <= (int) EONAY_PAGE_ASK_LAST; what++)
        {
          g_autoptr (GError) error = NULL;

          g_assert_null (ask (source, (EonayPageAsk) what, 0, &error));
          g_assert_error (error, EONAY_PAGE_ERROR, (int) refused[i].code);
        }
    }
}

/* A picture of 30 GB in three bytes: that process may fail or not, and this one goes on. */
static void
test_bomb (void)
{
  g_autoptr (EonayPageSource) source = open_sample ("bomb");
  g_autoptr (EonayPageSource) other = open_sample ("text");
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) none = NULL;
  g_autoptr (EonayPageAnswer) answer = ask (source, EONAY_PAGE_ASK_DRAW, 0, &error);
  g_autoptr (EonayPageAnswer) good = ask (other, EONAY_PAGE_ASK_DRAW, 0, &none);

  g_assert_true (answer != NULL || error->domain == EONAY_PAGE_ERROR);
  g_assert_no_error (none);
  g_assert_nonnull (good);
}

static void
test_urgency (void)
{
  g_autoptr (GBytes) bytes = pdf_samples_make_pages (8);
  g_autoptr (EonayPageSource) source = eonay_page_source_new (bytes);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Outcome late[6] = { { 0 } };
  Outcome soon = { 0 };
  Outcome cancelled = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (late); i++)
    eonay_page_source_ask_async (source, make_request (EONAY_PAGE_ASK_DRAW, i), 5, NULL,
                                 on_answered, &late[i]);
  eonay_page_source_ask_async (source, make_request (EONAY_PAGE_ASK_DRAW, 0), 1, cancellable,
                               on_answered, &cancelled);
  eonay_page_source_ask_async (source, make_request (EONAY_PAGE_ASK_DRAW, 7), 0, NULL, on_answered,
                               &soon);
  g_cancellable_cancel (cancellable);
  wait_for (&soon.done);
  g_assert_false (late[G_N_ELEMENTS (late) - 1].done);
  for (guint i = 0; i < G_N_ELEMENTS (late); i++)
    {
      wait_for (&late[i].done);
      g_assert_nonnull (late[i].answer);
      eonay_page_answer_free (late[i].answer);
    }
  g_assert_error (cancelled.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_error_free (cancelled.error);
  eonay_page_answer_free (soon.answer);
}

/* Whatever it does with a page, the next one is drawn, by another process. */
static void
test_faults (void)
{
  static const int codes[] = {
    -1,
    EONAY_PAGE_ERROR_CRASHED,
    EONAY_PAGE_ERROR_HUNG,
    EONAY_PAGE_ERROR_CRASHED,
    EONAY_PAGE_ERROR_CRASHED,
    EONAY_PAGE_ERROR_CRASHED,
    EONAY_PAGE_ERROR_CRASHED,
    -1,
  };
  g_autoptr (EonayPageSource) source = open_sample ("text");

  use ("TEST_FAULTY_RENDERER", "500");
  for (guint round = 0; round < 2; round++)
    for (guint page = 0; page < G_N_ELEMENTS (codes); page++)
      {
        g_autoptr (GError) error = NULL;
        g_autoptr (EonayPageAnswer) answer = ask (source, EONAY_PAGE_ASK_DRAW, page, &error);

        g_test_message ("page %u", page);
        if (codes[page] < 0)
          g_assert_no_error (error);
        else
          g_assert_error (error, EONAY_PAGE_ERROR, codes[page]);
        g_assert_true ((answer != NULL) == (error == NULL));
      }
  use ("TEST_RENDERER", "20000");
}

static void
test_no_program (void)
{
  g_autoptr (EonayPageSource) source = open_sample ("text");
  g_autoptr (GError) error = NULL;

  g_setenv ("EONAY_PDF_RENDERER", "/nonexistent/renderer", TRUE);
  g_assert_null (ask (source, EONAY_PAGE_ASK_OPEN, 0, &error));
  g_assert_error (error, EONAY_PAGE_ERROR, EONAY_PAGE_ERROR_FAILED);
  use ("TEST_RENDERER", "20000");
}

static void
note_cb (gboolean *changed)
{
  *changed = TRUE;
}

static void
test_findings (void)
{
  static const struct {
    const char *name;
    guint n_fonts;
    guint n_otherwise;
  } expected[] = { { "text", 0, 0 }, { "fonts-missing", 1, 0 }, { "no-print", 1, 1 } };

  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autoptr (EonayPageSource) source = open_sample (expected[i].name);
      g_autoptr (EonayPageFindings) findings = eonay_page_findings_new (source, 1);

      while (!eonay_page_findings_is_complete (findings))
        {
          gboolean changed = FALSE;
          gulong id = g_signal_connect_swapped (findings, "changed", G_CALLBACK (note_cb),
                                                &changed);

          wait_for (&changed);
          g_signal_handler_disconnect (findings, id);
        }
      g_assert_cmpuint (eonay_page_findings_get_missing_fonts (findings)->len, ==,
                        expected[i].n_fonts);
      g_assert_cmpuint (eonay_page_findings_get_printed_otherwise (findings)->len, ==,
                        expected[i].n_otherwise);
      g_assert_cmpuint (eonay_page_findings_get_unknown (findings)->len, ==, 0);
    }
}

/* Only what stands behind where the search began is looked at before it is at its end. */
static void
search_changed_cb (EonayPageSearch *search, guint *n_early)
{
  guint first;
  guint n_parts;
  guint current = eonay_page_search_get_current (search, &first, &n_parts);

  if (n_parts > 0)
    g_assert_cmpuint (current, ==, 20);
  else
    ++*n_early;
}

static void
test_search (void)
{
  g_autoptr (GBytes) bytes = pdf_samples_make_pages (40);
  g_autoptr (EonayPageSource) source = eonay_page_source_new (bytes);
  g_autoptr (EonayPageSearch) search = eonay_page_search_new (source, 40, "SAYFA", 20);
  guint n_early = 0;
  guint first;
  guint n_parts;

  g_signal_connect (search, "changed", G_CALLBACK (search_changed_cb), &n_early);
  while (!eonay_page_search_is_complete (search))
    g_main_context_iteration (NULL, TRUE);
  g_signal_handlers_disconnect_by_func (search, search_changed_cb, &n_early);
  g_assert_cmpuint (n_early, >, 0);
  g_assert_cmpuint (eonay_page_search_get_n_matches (search), ==, 40);
  g_assert_cmpuint (eonay_page_search_get_current (search, &first, &n_parts), ==, 20);
  g_assert_cmpuint (first, ==, 20);
  g_assert_cmpuint (n_parts, ==, 1);
  for (guint i = 0; i < 20; i++)
    eonay_page_search_move (search, TRUE);
  g_assert_cmpuint (eonay_page_search_get_current (search, &first, &n_parts), ==, 0);
  eonay_page_search_move (search, FALSE);
  g_assert_cmpuint (eonay_page_search_get_current (search, &first, &n_parts), ==, 39);
  g_assert_false (eonay_page_search_is_short (search));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  use ("TEST_RENDERER", "20000");
  g_test_add_func ("/app/page-source/answers", test_answers);
  g_test_add_func ("/app/page-source/refused", test_refused);
  g_test_add_func ("/app/page-source/bomb", test_bomb);
  g_test_add_func ("/app/page-source/urgency", test_urgency);
  g_test_add_func ("/app/page-source/faults", test_faults);
  g_test_add_func ("/app/page-source/no-program", test_no_program);
  g_test_add_func ("/app/page-source/findings", test_findings);
  g_test_add_func ("/app/page-source/search", test_search);

  return g_test_run ();
}
