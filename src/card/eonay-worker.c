#include "card/eonay-worker.h"

#include "base/eonay-error.h"

struct _EonayWorker {
  GAsyncQueue *queue;
  gboolean stopped;
};

typedef struct {
  EonayWorkFunc work;
  gpointer order;
  GDestroyNotify free_order;
  EonayWorkDoneFunc done;
  gpointer user_data;
  GMainContext *context;
  gpointer result;
  GError *error;
} Job;

typedef struct {
  GAsyncQueue *queue;
  EonayTransport *transport;
} Loop;

static gboolean
finish_job (gpointer user_data)
{
  Job *job = user_data;

  job->done (job->result, job->error, job->user_data);
  g_clear_error (&job->error);
  g_main_context_unref (job->context);
  g_free (job);

  return G_SOURCE_REMOVE;
}

static void
hand_back (Job *job)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_static_name (source, "[eonay] work done");
  g_source_set_callback (source, finish_job, job, NULL);
  g_source_attach (source, job->context);
}

static gpointer
run (gpointer user_data)
{
  Loop *loop = user_data;
  gboolean running = TRUE;

  while (running)
    {
      Job *job = g_async_queue_pop (loop->queue);

      running = job->work != NULL;
      if (!running)
        {
          g_free (job);
          continue;
        }
      job->result = job->work (loop->transport, job->order, &job->error);
      g_clear_pointer (&job->order, job->free_order);
      hand_back (job);
    }

  eonay_transport_disconnect (loop->transport, EONAY_DISPOSITION_LEAVE);
  g_object_unref (loop->transport);
  g_async_queue_unref (loop->queue);
  g_free (loop);

  return NULL;
}

EonayWorker *
eonay_worker_new (EonayTransport *transport, const char *name)
{
  EonayWorker *self = g_atomic_rc_box_new0 (EonayWorker);
  Loop *loop = g_new0 (Loop, 1);

  self->queue = g_async_queue_new ();
  loop->queue = g_async_queue_ref (self->queue);
  loop->transport = transport;
  g_thread_unref (g_thread_new (name, run, loop));

  return self;
}

void
eonay_worker_push (EonayWorker *self, EonayWorkFunc work, gpointer order,
                   GDestroyNotify free_order, EonayWorkDoneFunc done, gpointer user_data)
{
  Job *job = g_new0 (Job, 1);

  *job = (Job){ .work = work, .order = order, .free_order = free_order, .done = done,
                .user_data = user_data, .context = g_main_context_ref_thread_default () };
  if (!self->stopped)
    {
      g_async_queue_push (self->queue, job);
      return;
    }

  g_clear_pointer (&job->order, free_order);
  g_set_error_literal (&job->error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_NO_READER,
                       "The reader is gone");
  hand_back (job);
}

void
eonay_worker_stop (EonayWorker *self)
{
  if (self->stopped)
    return;

  self->stopped = TRUE;
  g_async_queue_push (self->queue, g_new0 (Job, 1));
}

EonayWorker *
eonay_worker_ref (EonayWorker *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
eonay_worker_clear (gpointer worker)
{
  EonayWorker *self = worker;

  eonay_worker_stop (self);
  g_async_queue_unref (self->queue);
}

void
eonay_worker_unref (EonayWorker *self)
{
  g_atomic_rc_box_release_full (self, eonay_worker_clear);
}
