#include "app/document/wire/eonay-page-host.h"

#include <sys/wait.h>

#include "base/eonay-development.h"
#include "base/eonay-error.h"
#include "base/host/eonay-frame-pipe.h"
#include "base/host/eonay-host-process.h"
#include "eonay-config.h"

/* Milliseconds for a request, and for the process to end by itself. */
#define LIMIT 20000
#define FAREWELL 1000

struct _EonayPageHost {
  EonayHostProcess *process; /* (nullable): it is gone */
  guint n_pages;
};

static gint64
get_deadline (void)
{
  const char *tests = eonay_development_getenv ("EONAY_PDF_RENDERER_LIMIT");
  gint64 limit = tests != NULL ? g_ascii_strtoll (tests, NULL, 10) : LIMIT;

  return g_get_monotonic_time () + limit * 1000;
}

static EonayHostProcess *
spawn (int document, GError **error)
{
  static const char *const names[] = { "HOME",
                                       "LANG",
                                       "XDG_DATA_HOME",
                                       "XDG_DATA_DIRS",
                                       "XDG_CACHE_HOME",
                                       "XDG_CONFIG_HOME",
                                       "XDG_CONFIG_DIRS",
                                       NULL };
  static const char *const prefixes[] = { "LC_", NULL };
  const char *program = eonay_development_getenv ("EONAY_PDF_RENDERER");
  g_auto (GStrv) ours = g_get_environ ();
  g_auto (GStrv) environment = eonay_host_process_select_environment (
      (const char *const *) ours, names, prefixes, eonay_development_get_prefixes ());

  return eonay_host_process_start (program != NULL ? program : EONAY_PDF_RENDERER, NULL,
                                   (const char *const *) environment, document, error);
}

static GError *
explain (EonayFramePipeResult result, int status)
{
  if (result == EONAY_FRAME_PIPE_TIMED_OUT)
    return g_error_new_literal (EONAY_PAGE_ERROR, EONAY_PAGE_ERROR_HUNG,
                                "The pages were not drawn in time");
  if (result == EONAY_FRAME_PIPE_MALFORMED)
    return g_error_new_literal (EONAY_PAGE_ERROR, EONAY_PAGE_ERROR_CRASHED,
                                "The process that draws pages said what makes no sense");
  if (WIFSIGNALED (status))
    return g_error_new (EONAY_PAGE_ERROR, EONAY_PAGE_ERROR_CRASHED,
                        "The process that draws pages ended with signal %d", WTERMSIG (status));

  return g_error_new (EONAY_PAGE_ERROR, EONAY_PAGE_ERROR_CRASHED,
                      "The process that draws pages ended with status %d", WEXITSTATUS (status));
}

static EonayFramePipeResult
read_pixels (int fd, EonayPageAnswer *answer, gint64 deadline)
{
  gsize length = (gsize) answer->width * (gsize) answer->height * EONAY_PAGE_PIXEL_SIZE;
  guint8 *pixels = g_malloc (length);
  EonayFramePipeResult result = eonay_frame_pipe_read (fd, pixels, length, deadline);

  answer->pixels = g_bytes_new_take (pixels, length);

  return result;
}

/* Returns: (transfer full): the answer, which may be an error; %NULL if the process has to go. */
static EonayPageAnswer *
exchange (EonayPageHost *self, const EonayPageRequest *request, EonayFramePipeResult *result)
{
  int fd = eonay_host_process_get_fd (self->process);
  gint64 deadline = get_deadline ();
  g_autoptr (EonayPageAnswer) answer = NULL;
  g_autoptr (GVariant) frame = NULL;

  *result = eonay_frame_pipe_write_frame (fd, eonay_page_request_encode (request), deadline);
  if (*result == EONAY_FRAME_PIPE_DONE)
    *result = eonay_frame_pipe_read_frame (fd, EONAY_PAGE_ANSWER_TYPE, deadline, &frame);
  if (*result != EONAY_FRAME_PIPE_DONE)
    return NULL;

  answer = eonay_page_answer_decode (request, self->n_pages, frame);
  if (answer == NULL)
    *result = EONAY_FRAME_PIPE_MALFORMED;
  else if (answer->width > 0 && answer->error == NULL)
    *result = read_pixels (fd, answer, deadline);

  return *result == EONAY_FRAME_PIPE_DONE ? g_steal_pointer (&answer) : NULL;
}

static gboolean
check_size (gsize length, GError **error)
{
  if (length <= EONAY_PAGE_DOCUMENT_MAX)
    return TRUE;

  g_set_error_literal (error, EONAY_PAGE_ERROR, EONAY_PAGE_ERROR_TOO_LARGE,
                       "The document has too many bytes");

  return FALSE;
}

EonaySealedMemory *
eonay_page_host_seal (GBytes *document, GError **error)
{
  g_autoptr (GError) local = NULL;
  EonaySealedMemory *memory;

  if (!check_size (g_bytes_get_size (document), error))
    return NULL;

  memory = eonay_sealed_memory_new (document, NULL, &local);
  if (memory == NULL)
    g_set_error_literal (error, EONAY_PAGE_ERROR, EONAY_PAGE_ERROR_FAILED, local->message);

  return memory;
}

EonayPageHost *
eonay_page_host_start (EonaySealedMemory *document, GError **error)
{
  g_autoptr (EonayPageHost) self = NULL;
  g_autoptr (GError) local = NULL;

  if (!check_size (eonay_sealed_memory_get_size (document), error))
    return NULL;

  self = g_new0 (EonayPageHost, 1);
  self->process = spawn (eonay_sealed_memory_get_fd (document), &local);
  if (self->process != NULL)
    return g_steal_pointer (&self);

  g_set_error (error, EONAY_PAGE_ERROR, EONAY_PAGE_ERROR_FAILED,
               "The process that draws pages does not start: %s", local->message);

  return NULL;
}

EonayPageAnswer *
eonay_page_host_ask (EonayPageHost *self, const EonayPageRequest *request, GError **error)
{
  EonayFramePipeResult result = EONAY_FRAME_PIPE_CLOSED;
  g_autoptr (EonayPageAnswer) answer = exchange (self, request, &result);
  EonayHostProcess *process;

  if (answer == NULL)
    {
      process = g_steal_pointer (&self->process);
      g_propagate_error (error, explain (result, eonay_host_process_end (
                                                     process, result != EONAY_FRAME_PIPE_CLOSED)));
      return NULL;
    }
  if (answer->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&answer->error));
      return NULL;
    }
  if (request->ask == EONAY_PAGE_ASK_OPEN)
    self->n_pages = answer->sizes->len;

  return g_steal_pointer (&answer);
}

gboolean
eonay_page_host_is_over (EonayPageHost *self)
{
  return self->process == NULL || eonay_host_process_is_over (self->process);
}

void
eonay_page_host_close (EonayPageHost *self)
{
  if (self == NULL)
    return;

  if (self->process != NULL && eonay_host_process_is_over (self->process))
    eonay_host_process_end (g_steal_pointer (&self->process), TRUE);
  eonay_host_process_close (g_steal_pointer (&self->process), FAREWELL);
  g_free (self);
}
