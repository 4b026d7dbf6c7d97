#include <sys/wait.h>
#include <unistd.h>

#include "base/eonay-development.h"
#include "base/eonay-error.h"
#include "base/host/eonay-frame-pipe.h"
#include "base/host/eonay-host-process.h"
#include "base/host/eonay-sealed-memory.h"
#include "eonay-config.h"
#include "signature/pades/eonay-pdf-inspection.h"
#include "signature/pades/eonay-pdf-report.h"

#define TIME_LIMIT (20 * G_USEC_PER_SEC)

/* How long a cancelled call may still take. */
#define SLICE (G_USEC_PER_SEC / 10)

typedef struct {
  GBytes *pdf;
  guint page;
} Request;

static void
free_request (gpointer data)
{
  Request *request = data;

  g_bytes_unref (request->pdf);
  g_free (request);
}

static EonayHostProcess *
start (GBytes *pdf, guint page, GError **error)
{
  static const char *const names[] = { "TZ", NULL };
  const char *program = eonay_development_getenv ("EONAY_PDF_INSPECTOR");
  g_auto (GStrv) ours = g_get_environ ();
  g_auto (GStrv) environment = eonay_host_process_select_environment (
      (const char *const *) ours, names, NULL, eonay_development_get_prefixes ());
  g_autofree char *argument = g_strdup_printf ("%u", page);
  g_autoptr (GError) local = NULL;
  EonayHostProcess *host = NULL;
  int memory = eonay_sealed_memory_new (pdf, &local);

  if (memory >= 0)
    {
      host = eonay_host_process_start (program != NULL ? program : EONAY_PDF_INSPECTOR, argument,
                                       (const char *const *) environment, memory, &local);
      close (memory);
    }
  if (host == NULL)
    g_set_error (error, EONAY_SIGNATURE_ERROR, EONAY_SIGNATURE_ERROR_FAILED,
                 "The inspector does not start: %s", local->message);

  return host;
}

/* Waits in slices, so that it can be cancelled while nothing has come yet. */
static EonayFramePipeResult
read_report (EonayHostProcess *host, GCancellable *cancellable, GVariant **report)
{
  gint64 deadline = g_get_monotonic_time () + TIME_LIMIT;
  int fd = eonay_host_process_get_fd (host);
  GPollFD entry = { .fd = fd, .events = G_IO_IN | G_IO_HUP };

  while (g_get_monotonic_time () < deadline && !g_cancellable_is_cancelled (cancellable))
    if (g_poll (&entry, 1, SLICE / 1000) > 0)
      return eonay_frame_pipe_read_frame (fd, EONAY_PDF_REPORT_TYPE, deadline, report);

  return EONAY_FRAME_PIPE_TIMED_OUT;
}

static void
explain (EonayFramePipeResult result, int status, GError **error)
{
  if (result == EONAY_FRAME_PIPE_TIMED_OUT)
    g_set_error_literal (error, EONAY_SIGNATURE_ERROR, EONAY_SIGNATURE_ERROR_PDF_TOO_COMPLEX,
                         "The inspector took too long, and was ended");
  else if (WIFSIGNALED (status))
    g_set_error (error, EONAY_SIGNATURE_ERROR, EONAY_SIGNATURE_ERROR_PDF_TOO_COMPLEX,
                 "The inspector was ended by signal %d", WTERMSIG (status));
  else
    g_set_error (error, EONAY_SIGNATURE_ERROR, EONAY_SIGNATURE_ERROR_PDF_TOO_COMPLEX,
                 "The inspector gave no report, and ended with %d", WEXITSTATUS (status));
}

EonayPdfInspection *
eonay_pdf_inspection_new_for_page (GBytes *pdf, guint page, GCancellable *cancellable,
                                   GError **error)
{
  g_autoptr (GVariant) report = NULL;
  EonayHostProcess *host;
  EonayFramePipeResult result;
  int status;

  g_return_val_if_fail (pdf != NULL, NULL);

  if (g_bytes_get_size (pdf) > EONAY_PDF_INSPECTION_MAX)
    {
      g_set_error_literal (error, EONAY_SIGNATURE_ERROR, EONAY_SIGNATURE_ERROR_PDF_TOO_LARGE,
                           "The PDF is too large");
      return NULL;
    }
  host = start (pdf, page, error);
  if (host == NULL)
    return NULL;

  result = read_report (host, cancellable, &report);
  status = eonay_host_process_end (host, result != EONAY_FRAME_PIPE_CLOSED);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  if (result == EONAY_FRAME_PIPE_DONE)
    return eonay_pdf_inspection_new_from_report (pdf, report, error);
  explain (result, status, error);

  return NULL;
}

EonayPdfInspection *
eonay_pdf_inspection_new (GBytes *pdf, GCancellable *cancellable, GError **error)
{
  return eonay_pdf_inspection_new_for_page (pdf, 1, cancellable, error);
}

static void
inspect_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Request *request = task_data;
  GError *error = NULL;
  EonayPdfInspection *inspection = eonay_pdf_inspection_new_for_page (request->pdf, request->page,
                                                                      cancellable, &error);

  if (inspection != NULL)
    g_task_return_pointer (task, inspection, g_object_unref);
  else
    g_task_return_error (task, error);
}

void
eonay_pdf_inspection_new_async (GBytes *pdf, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Request *request = g_new0 (Request, 1);

  request->pdf = g_bytes_ref (pdf);
  request->page = 1;
  g_task_set_source_tag (task, eonay_pdf_inspection_new_async);
  g_task_set_task_data (task, request, free_request);
  g_task_run_in_thread (task, inspect_in_thread);
}

EonayPdfInspection *
eonay_pdf_inspection_new_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
