#include "app/document/eonay-page-source.h"

#include "app/document/wire/eonay-page-host.h"

/* What the thread has; it outlives the object until the process has ended. */
typedef struct {
  GMutex lock;
  GCond changed;
  GQueue tasks; /* GTask, the most urgent first */
  gboolean is_over;

  /* Of the thread alone. */
  GBytes *document;
  EonaySealedMemory *memory; /* (nullable): of the document, once it is needed */
  EonayPageHost *host;
} Worker;

struct _EonayPageSource {
  GObject parent_instance;

  GBytes *document;
  Worker *worker;
};

G_DEFINE_FINAL_TYPE (EonayPageSource, eonay_page_source, G_TYPE_OBJECT)

/* Returns: (transfer full): what is known of the document once it is open */
static EonayPageAnswer *
open_document (Worker *self, GError **error)
{
  const EonayPageRequest request = { .ask = EONAY_PAGE_ASK_OPEN };
  EonayPageAnswer *answer;

  if (self->memory == NULL)
    self->memory = eonay_page_host_seal (self->document, error);
  self->host = self->memory != NULL ? eonay_page_host_start (self->memory, error) : NULL;
  if (self->host == NULL)
    return NULL;

  answer = eonay_page_host_ask (self->host, &request, error);
  if (answer == NULL)
    g_clear_pointer (&self->host, eonay_page_host_close);

  return answer;
}

static EonayPageAnswer *
ask (Worker *self, const EonayPageRequest *request, GError **error)
{
  g_autoptr (EonayPageAnswer) opened = NULL;

  /* One that died in its sleep is replaced: nothing had been asked of it. */
  if (self->host != NULL && eonay_page_host_is_over (self->host))
    g_clear_pointer (&self->host, eonay_page_host_close);
  if (self->host == NULL)
    {
      opened = open_document (self, error);
      if (opened == NULL || request->ask == EONAY_PAGE_ASK_OPEN)
        return g_steal_pointer (&opened);
    }

  return eonay_page_host_ask (self->host, request, error);
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

  eonay_page_host_close (self->host);
  g_clear_pointer (&self->memory, eonay_sealed_memory_free);
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
