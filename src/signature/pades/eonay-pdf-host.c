#include "signature/pades/eonay-pdf-host.h"

#include <sys/wait.h>

#include "base/eonay-development.h"
#include "base/eonay-error.h"
#include "base/host/eonay-frame-pipe.h"
#include "base/host/eonay-host-process.h"
#include "eonay-config.h"
#include "signature/pades/eonay-pdf-inspection.h"

/* Under sanitizers everything takes several times as long. */
#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
#define TIME_LIMIT (200 * G_USEC_PER_SEC)
#else
#define TIME_LIMIT (20 * G_USEC_PER_SEC)
#endif

/* Of ld.so(8). */
#define NO_LIBRARY 127

/* How long a cancelled call may still take. */
#define SLICE (G_USEC_PER_SEC / 10)

static EonayHostProcess *
start (EonaySealedMemory *pdf, const char *argument, GError **error)
{
  static const char *const names[] = { "TZ", NULL };
  const char *program = eonay_development_getenv ("EONAY_PDF_INSPECTOR");
  g_auto (GStrv) ours = g_get_environ ();
  g_auto (GStrv) environment = eonay_host_process_select_environment (
      (const char *const *) ours, names, NULL, eonay_development_get_prefixes ());
  g_autoptr (GError) local = NULL;
  EonayHostProcess *host = eonay_host_process_start (
      program != NULL ? program : EONAY_PDF_INSPECTOR, argument, (const char *const *) environment,
      eonay_sealed_memory_get_fd (pdf), &local);

  if (host == NULL)
    g_set_error (error, EONAY_SIGNATURE_ERROR, EONAY_SIGNATURE_ERROR_PDF_NO_INSPECTOR,
                 "The inspector does not start: %s", local->message);

  return host;
}

/* Waits in slices, so that it can be cancelled while nothing has come yet. */
static EonayFramePipeResult
read_answer (EonayHostProcess *host, const char *type, GCancellable *cancellable, GVariant **answer)
{
  gint64 deadline = g_get_monotonic_time () + TIME_LIMIT;
  int fd = eonay_host_process_get_fd (host);
  GPollFD entry = { .fd = fd, .events = G_IO_IN | G_IO_HUP };

  while (g_get_monotonic_time () < deadline && !g_cancellable_is_cancelled (cancellable))
    if (g_poll (&entry, 1, SLICE / 1000) > 0)
      return eonay_frame_pipe_read_frame (fd, type, deadline, answer);

  return EONAY_FRAME_PIPE_TIMED_OUT;
}

static void
explain (EonayFramePipeResult result, int status, GError **error)
{
  if (result == EONAY_FRAME_PIPE_TIMED_OUT)
    g_set_error_literal (error, EONAY_SIGNATURE_ERROR, EONAY_SIGNATURE_ERROR_PDF_TOO_COMPLEX,
                         "The inspector took too long, and was ended");
  else if (WIFSIGNALED (status))
    g_set_error (error, EONAY_SIGNATURE_ERROR, EONAY_SIGNATURE_ERROR_PDF_CRASHED,
                 "The inspector was ended by signal %d", WTERMSIG (status));
  else if (WEXITSTATUS (status) == EONAY_PDF_HOST_EXIT_NO_SANDBOX ||
           WEXITSTATUS (status) == NO_LIBRARY)
    g_set_error (error, EONAY_SIGNATURE_ERROR, EONAY_SIGNATURE_ERROR_PDF_NO_INSPECTOR,
                 "The inspector does not start, and ended with %d", WEXITSTATUS (status));
  else
    g_set_error (error, EONAY_SIGNATURE_ERROR, EONAY_SIGNATURE_ERROR_PDF_CRASHED,
                 "The inspector gave no report, and ended with %d", WEXITSTATUS (status));
}

EonaySealedMemory *
eonay_pdf_host_seal (GBytes *pdf, GBytes *update, GError **error)
{
  g_autoptr (GError) local = NULL;
  EonaySealedMemory *memory;

  if (g_bytes_get_size (pdf) > EONAY_PDF_INSPECTION_MAX ||
      (update != NULL && g_bytes_get_size (update) > EONAY_PDF_UPDATE_MAX))
    {
      g_set_error_literal (error, EONAY_SIGNATURE_ERROR, EONAY_SIGNATURE_ERROR_PDF_TOO_LARGE,
                           "The PDF is too large");
      return NULL;
    }
  memory = eonay_sealed_memory_new (pdf, update, &local);
  if (memory == NULL)
    g_set_error (error, EONAY_SIGNATURE_ERROR, EONAY_SIGNATURE_ERROR_PDF_NO_INSPECTOR,
                 "The PDF cannot be given to the inspector: %s", local->message);

  return memory;
}

GVariant *
eonay_pdf_host_ask (EonaySealedMemory *pdf, const char *argument, const char *type,
                    GCancellable *cancellable, GError **error)
{
  GVariant *answer = NULL;
  EonayHostProcess *host = start (pdf, argument, error);
  EonayFramePipeResult result;
  int status;

  if (host == NULL)
    return NULL;

  result = read_answer (host, type, cancellable, &answer);
  status = eonay_host_process_end (host, result != EONAY_FRAME_PIPE_CLOSED);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    {
      g_clear_pointer (&answer, g_variant_unref);
      return NULL;
    }
  if (result != EONAY_FRAME_PIPE_DONE)
    explain (result, status, error);

  return answer;
}
