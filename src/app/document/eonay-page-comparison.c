#include "app/document/eonay-page-comparison.h"

#include <math.h>

#include "app/document/wire/eonay-page-host.h"
#include "base/eonay-error.h"
#include "session/files/eonay-mark-place.h"

/* Under sanitizers everything takes several times as long. */
#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
#define TIME_LIMIT (600 * G_USEC_PER_SEC)
#else
#define TIME_LIMIT (60 * G_USEC_PER_SEC)
#endif

/* Two programs round in their own way; points. */
#define ROUNDING 0.5

/* Pixels for a point, and of a picture: a letter of ten points is seen to be another one. */
#define SCALE 0.5
#define PIXELS (1000 * 1000)

/* Around the mark: what smoothing spills over. */
#define SPILL 1

/* So many pages are worth another process. */
#define PAGES_EACH 12u
#define PROCESSES_MAX 4u

typedef struct {
  EonaySealedMemory *prepared;
  gsize length;
  EonayPdfInspection *inspection;
  guint page;
  const EonayPdfBox *mark;
  gint64 deadline;
  guint n_processes;
  int is_over; /* atomic: another one has found out */
} Comparison;

/* One process, and the pages that it compares: each n-th. */
typedef struct {
  Comparison *comparison;
  guint first;
  GError *error;
} Part;

gboolean
eonay_page_comparison_check_sizes (GArray *sizes, EonayPdfInspection *inspection, GError **error)
{
  guint n_pages = eonay_pdf_inspection_get_n_pages (inspection);

  if (sizes->len != n_pages)
    {
      g_set_error (error, EONAY_SIGNATURE_ERROR, EONAY_SIGNATURE_ERROR_PDF_AMBIGUOUS,
                   "%u pages are shown, and %u found", sizes->len, n_pages);
      return FALSE;
    }

  for (guint i = 0; i < n_pages; i++)
    {
      const EonayPageSize *size = &g_array_index (sizes, EonayPageSize, i);
      double width, height;

      eonay_mark_place_measure_page (eonay_pdf_inspection_get_page (inspection, i + 1), &width,
                                     &height);
      if (fabs (size->width - width) > ROUNDING || fabs (size->height - height) > ROUNDING)
        {
          g_set_error (error, EONAY_SIGNATURE_ERROR, EONAY_SIGNATURE_ERROR_PDF_AMBIGUOUS,
                       "Page %u is shown as %g × %g, and found to be %g × %g", i + 1, size->width,
                       size->height, width, height);
          return FALSE;
        }
    }

  return TRUE;
}

static EonayPageRequest *
make_request (const Comparison *self, guint index)
{
  EonayPageRequest *request = eonay_page_request_new (EONAY_PAGE_ASK_UPDATED);
  const EonayPdfBox *page = eonay_pdf_inspection_get_page (self->inspection, index + 1);
  EonayMarkPlace place;
  double width, height;

  eonay_mark_place_measure_page (page, &width, &height);
  request->page = index;
  request->length = self->length;
  request->scale = MIN (SCALE, sqrt (PIXELS / (width * height)));
  if (self->mark == NULL || index + 1 != self->page)
    return request;

  place = eonay_mark_place_of_box (self->mark, page);
  request->x = MAX (0, (int) floor (place.left * request->scale) - SPILL);
  request->y = MAX (0, (int) floor (place.top * request->scale) - SPILL);
  request->width = (int) ceil (place.width * request->scale) + 2 * SPILL + 1;
  request->height = (int) ceil (place.height * request->scale) + 2 * SPILL + 1;

  return request;
}

static gboolean
compare_page (const Comparison *self, EonayPageHost *host, guint index, GError **error)
{
  g_autoptr (EonayPageRequest) request = make_request (self, index);
  g_autoptr (EonayPageAnswer) answer = eonay_page_host_ask (host, request, error);

  if (answer == NULL)
    return FALSE;
  if (answer->differs)
    g_set_error (error, EONAY_SIGNATURE_ERROR, EONAY_SIGNATURE_ERROR_PDF_CHANGED,
                 "Page %u of the prepared PDF is not what was shown", index + 1);

  return !answer->differs;
}

static gboolean
check_time (const Comparison *self, GError **error)
{
  if (g_get_monotonic_time () < self->deadline)
    return TRUE;

  g_set_error_literal (error, EONAY_SIGNATURE_ERROR, EONAY_SIGNATURE_ERROR_PDF_TOO_COMPLEX,
                       "The pages were not compared in time");

  return FALSE;
}

static gboolean
compare_pages (Comparison *self, guint first, GError **error)
{
  const EonayPageRequest open = { .ask = EONAY_PAGE_ASK_OPEN };
  g_autoptr (EonayPageHost) host = eonay_page_host_start (self->prepared, error);
  g_autoptr (EonayPageAnswer) opened = host != NULL ? eonay_page_host_ask (host, &open, error)
                                                    : NULL;

  if (opened == NULL || !eonay_page_comparison_check_sizes (opened->sizes, self->inspection, error))
    return FALSE;

  for (guint i = first; i < opened->sizes->len && !g_atomic_int_get (&self->is_over);
       i += self->n_processes)
    if (!check_time (self, error) || !compare_page (self, host, i, error))
      return FALSE;

  return TRUE;
}

static gpointer
run_part (gpointer data)
{
  Part *self = data;

  if (!compare_pages (self->comparison, self->first, &self->error))
    g_atomic_int_set (&self->comparison->is_over, TRUE);

  return NULL;
}

/* @reason: (transfer full): of the process that draws */
static GError *
explain (GError *reason)
{
  g_autoptr (GError) owned = reason;

  if (g_error_matches (reason, EONAY_PAGE_ERROR, EONAY_PAGE_ERROR_CRASHED))
    return g_error_new (EONAY_SIGNATURE_ERROR, EONAY_SIGNATURE_ERROR_PDF_CRASHED,
                        "The pages cannot be compared: %s", reason->message);
  if (g_error_matches (reason, EONAY_PAGE_ERROR, EONAY_PAGE_ERROR_HUNG) ||
      g_error_matches (reason, EONAY_PAGE_ERROR, EONAY_PAGE_ERROR_TOO_LARGE))
    return g_error_new (EONAY_SIGNATURE_ERROR, EONAY_SIGNATURE_ERROR_PDF_TOO_COMPLEX,
                        "The pages cannot be compared: %s", reason->message);
  if (g_error_matches (reason, EONAY_PAGE_ERROR, EONAY_PAGE_ERROR_MALFORMED) ||
      g_error_matches (reason, EONAY_PAGE_ERROR, EONAY_PAGE_ERROR_ENCRYPTED))
    return g_error_new (EONAY_SIGNATURE_ERROR, EONAY_SIGNATURE_ERROR_PDF_AMBIGUOUS,
                        "The PDF cannot be drawn: %s", reason->message);

  return g_steal_pointer (&owned);
}

gboolean
eonay_page_comparison_run (EonaySealedMemory *prepared, gsize length,
                           EonayPdfInspection *inspection, guint page, const EonayPdfBox *mark,
                           GError **error)
{
  guint n_pages = eonay_pdf_inspection_get_n_pages (inspection);
  Comparison self = { .prepared = prepared,
                      .length = length,
                      .inspection = inspection,
                      .page = page,
                      .mark = mark,
                      .deadline = g_get_monotonic_time () + TIME_LIMIT };
  Part parts[PROCESSES_MAX] = { 0 };
  GThread *threads[PROCESSES_MAX] = { NULL };
  GError *found = NULL;

  self.n_processes = CLAMP (MIN (n_pages / PAGES_EACH, g_get_num_processors ()), 1, PROCESSES_MAX);
  for (guint i = 0; i < self.n_processes; i++)
    {
      parts[i] = (Part){ .comparison = &self, .first = i };
      threads[i] = g_thread_new ("compare-pages", run_part, &parts[i]);
    }
  for (guint i = 0; i < self.n_processes; i++)
    {
      g_thread_join (threads[i]);
      if (found == NULL)
        found = parts[i].error;
      else
        g_clear_error (&parts[i].error);
    }
  if (found == NULL)
    return TRUE;

  g_propagate_error (error, explain (found));

  return FALSE;
}
