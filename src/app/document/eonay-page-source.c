#include "app/document/eonay-page-source.h"

#include <sys/wait.h>
#include <unistd.h>

#include "base/eonay-development.h"
#include "base/eonay-error.h"
#include "base/host/eonay-frame-pipe.h"
#include "base/host/eonay-host-process.h"
#include "base/host/eonay-sealed-memory.h"
#include "eonay-config.h"

/* Milliseconds for a request, and for the process to end by itself. */
#define LIMIT 20000
#define FAREWELL 1000

/* What the thread has; it outlives the object until the process has ended. */
typedef struct {
  GMutex lock;
  GCond changed;
  GQueue tasks; /* GTask, the most urgent first */
  gboolean is_over;

  /* Of the thread alone. */
  GBytes *document;
  EonayHostProcess *host;
  guint n_pages;
} Worker;

struct _EonayPageSource {
  GObject parent_instance;

  GBytes *document;
  Worker *worker;
};

G_DEFINE_FINAL_TYPE (EonayPageSource, eonay_page_source, G_TYPE_OBJECT)

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
exchange (Worker *self, const EonayPageRequest *request, EonayFramePipeResult *result)
{
  int fd = eonay_host_process_get_fd (self->host);
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

/* Returns: (transfer full): without an error in it */
static EonayPageAnswer *
ask_host (Worker *self, const EonayPageRequest *request, GError **error)
{
  EonayFramePipeResult result;
  g_autoptr (EonayPageAnswer) answer = exchange (self, request, &result);
  EonayHostProcess *host;

  if (answer == NULL)
    {
      host = g_steal_pointer (&self->host);
      g_propagate_error (error, explain (result, eonay_host_process_end (
                                                     host, result != EONAY_FRAME_PIPE_CLOSED)));
      return NULL;
    }
  if (answer->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&answer->error));
      return NULL;
    }

  return g_steal_pointer (&answer);
}

static gboolean
start_host (Worker *self, GError **error)
{
  g_autoptr (GError) local = NULL;
  int document = eonay_sealed_memory_new (self->document, &local);

  if (document >= 0)
    {
      self->host = spawn (document, &local);
      close (document);
    }
  if (self->host != NULL)
    return TRUE;

  g_set_error (error, EONAY_PAGE_ERROR, EONAY_PAGE_ERROR_FAILED,
               "The process that draws pages does not start: %s", local->message);

  return FALSE;
}

/* Returns: (transfer full): what is known of the document once it is open */
static EonayPageAnswer *
open_document (Worker *self, GError **error)
{
  const EonayPageRequest request = { .ask = EONAY_PAGE_ASK_OPEN };
  g_autoptr (EonayPageAnswer) answer = NULL;

  if (g_bytes_get_size (self->document) > EONAY_PAGE_DOCUMENT_MAX)
    {
      g_set_error_literal (error, EONAY_PAGE_ERROR, EONAY_PAGE_ERROR_TOO_LARGE,
                           "The document has too many bytes");
      return NULL;
    }
  if (!start_host (self, error))
    return NULL;

  answer = ask_host (self, &request, error);
  if (answer == NULL)
    {
      eonay_host_process_close (g_steal_pointer (&self->host), FAREWELL);
      return NULL;
    }
  self->n_pages = answer->sizes->len;

  return g_steal_pointer (&answer);
}

static EonayPageAnswer *
ask (Worker *self, const EonayPageRequest *request, GError **error)
{
  g_autoptr (EonayPageAnswer) opened = NULL;

  /* One that died in its sleep is replaced: nothing had been asked of it. */
  if (self->host != NULL && eonay_host_process_is_over (self->host))
    eonay_host_process_end (g_steal_pointer (&self->host), TRUE);
  if (self->host == NULL)
    {
      opened = open_document (self, error);
      if (opened == NULL || request->ask == EONAY_PAGE_ASK_OPEN)
        return g_steal_pointer (&opened);
    }

  return ask_host (self, request, error);
}

/* Returns: (transfer full) (nullable): %NULL when there will be no more */
static GTask *
take_task (Worker *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  while (!self->is_over && g_queue_is_empty (&self->tasks))
    g_cond_wait (&self->changed, &self->lock);

  return g_queue_pop_head (&self->tasks);
}

static gpointer
run (gpointer user_data)
{
  Worker *self = user_data;

  for (GTask *task = take_task (self); task != NULL; task = take_task (self))
    {
      EonayPageAnswer *answer;
      GError *error = NULL;

      if (!g_task_return_error_if_cancelled (task))
        {
          answer = ask (self, g_task_get_task_data (task), &error);
          if (answer != NULL)
            g_task_return_pointer (task, answer, (GDestroyNotify) eonay_page_answer_free);
          else
            g_task_return_error (task, error);
        }
      g_object_unref (task);
    }

  eonay_host_process_close (self->host, FAREWELL);
  g_bytes_unref (self->document);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
  g_free (self);

  return NULL;
}

static void
eonay_page_source_finalize (GObject *object)
{
  EonayPageSource *self = EONAY_PAGE_SOURCE (object);
  Worker *worker = self->worker;

  /* A task in the queue has a reference to the object: there is none. */
  if (worker != NULL)
    {
      g_mutex_lock (&worker->lock);
      worker->is_over = TRUE;
      g_cond_signal (&worker->changed);
      g_mutex_unlock (&worker->lock);
    }
  g_clear_pointer (&self->document, g_bytes_unref);

  G_OBJECT_CLASS (eonay_page_source_parent_class)->finalize (object);
}

static void
eonay_page_source_class_init (EonayPageSourceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = eonay_page_source_finalize;
}

static void
eonay_page_source_init (EonayPageSource *self)
{
}

EonayPageSource *
eonay_page_source_new (GBytes *document)
{
  EonayPageSource *self = g_object_new (EONAY_TYPE_PAGE_SOURCE, NULL);

  self->document = g_bytes_ref (document);

  return self;
}

GBytes *
eonay_page_source_get_document (EonayPageSource *self)
{
  g_return_val_if_fail (EONAY_IS_PAGE_SOURCE (self), NULL);

  return self->document;
}

static void
start_worker (EonayPageSource *self)
{
  Worker *worker = g_new0 (Worker, 1);

  g_mutex_init (&worker->lock);
  g_cond_init (&worker->changed);
  g_queue_init (&worker->tasks);
  worker->document = g_bytes_ref (self->document);
  self->worker = worker;
  g_thread_unref (g_thread_new ("pages", run, worker));
}

/* Of equals the oldest first. */
static int
compare_tasks (gconstpointer one, gconstpointer other, gpointer user_data)
{
  int difference = g_task_get_priority ((GTask *) one) - g_task_get_priority ((GTask *) other);

  return difference != 0 ? difference : -1;
}

void
eonay_page_source_ask_async (EonayPageSource *self, EonayPageRequest *request, int priority,
                             GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data)
{
  GTask *task;

  g_return_if_fail (EONAY_IS_PAGE_SOURCE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, eonay_page_source_ask_async);
  g_task_set_priority (task, priority);
  g_task_set_task_data (task, request, (GDestroyNotify) eonay_page_request_free);
  if (self->worker == NULL)
    start_worker (self);

  g_mutex_lock (&self->worker->lock);
  g_queue_insert_sorted (&self->worker->tasks, task, compare_tasks, NULL);
  g_cond_signal (&self->worker->changed);
  g_mutex_unlock (&self->worker->lock);
}

EonayPageAnswer *
eonay_page_source_ask_finish (EonayPageSource *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
