#include "card/apdu/eonay-worker.h"

#include "base/eonay-error.h"

/* A timer that comes this late has slept along with the computer, and so has the card. */
#define SLEPT_MS 1000

/* Who has taken a job: the thread to do it, or the main side to take it back. */
enum {
  NOBODY,
  THREAD,
  MAIN_SIDE,
};

struct _EonayWorker {
  GAsyncQueue *queue;
  EonayTransportWatch *watch; /* shared with the thread */
  guint timeout;
  GQueue jobs; /* whose `done` is still to be called */
  GSource *timer;
  guint due;
  EonayWorkerStuckFunc stuck_func;
  gpointer stuck_data;
  gboolean stopped;
};

typedef struct {
  const EonayWork *kind;
  gpointer request;
  gpointer user_data;
  EonayWorker *worker;
  GMainContext *context;
  guint timeout;
  guint pushed_at;
  int taken_by; /* atomic */
  gpointer result;
  GError *error;
  gboolean told;
} Job;

typedef struct {
  GAsyncQueue *queue;
  EonayTransport *transport;
  EonayTransportWatch *watch;
} Loop;

static void watch_over_first_job (EonayWorker *self);

static gboolean
take (Job *job, int who)
{
  return g_atomic_int_compare_and_exchange (&job->taken_by, NOBODY, who);
}

static void
tell (Job *job, gpointer result, const GError *error)
{
  job->told = TRUE;
  job->kind->done (result, error, job->user_data);
}

static gboolean
finish_job (gpointer user_data)
{
  Job *job = user_data;
  g_autoptr (EonayWorker) self = job->worker;

  if (!job->told)
    {
      g_queue_remove (&self->jobs, job);
      watch_over_first_job (self);
      tell (job, job->result, job->error);
    }
  else
    {
      if (job->result != NULL)
        job->kind->free_result (job->result);
      if (job->taken_by == THREAD && self->stuck_func != NULL)
        self->stuck_func (NULL, self->stuck_data);
    }
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

static void
free_request (Job *job)
{
  if (job->request != NULL && job->kind->free_request != NULL)
    job->kind->free_request (job->request);
  job->request = NULL;
}

static gpointer
run (gpointer user_data)
{
  Loop *loop = user_data;
  gboolean running = TRUE;

  eonay_transport_watch_this_thread (loop->watch);
  while (running)
    {
      Job *job = g_async_queue_pop (loop->queue);

      running = job->kind != NULL;
      if (!running)
        {
          g_free (job);
          continue;
        }
      if (take (job, THREAD))
        {
          eonay_transport_watch_touch (loop->watch);
          job->result = job->kind->work (loop->transport, job->request, &job->error);
          free_request (job);
        }
      hand_back (job);
    }

  eonay_transport_disconnect (loop->transport, EONAY_DISPOSITION_LEAVE);
  g_object_unref (loop->transport);
  g_async_queue_unref (loop->queue);
  g_atomic_rc_box_release (loop->watch);
  g_free (loop);

  return NULL;
}

static GError *
explain_silence (EonayWorker *self)
{
  if (g_atomic_int_get (&self->watch->waiting))
    return g_error_new_literal (EONAY_CARD_ERROR, EONAY_CARD_ERROR_BUSY,
                                "Another program does not let the card go");

  return g_error_new_literal (EONAY_CARD_ERROR, EONAY_CARD_ERROR_UNRESPONSIVE,
                              "The card does not answer");
}

static void
give_up (EonayWorker *self)
{
  g_autoptr (GError) error = explain_silence (self);
  GQueue jobs = self->jobs;
  Job *job;

  g_queue_init (&self->jobs);
  while ((job = g_queue_pop_head (&jobs)) != NULL)
    {
      /* The thread never looks into the request of a job that it could not take. */
      if (take (job, MAIN_SIDE))
        free_request (job);
      tell (job, NULL, error);
    }
  if (self->stuck_func != NULL)
    self->stuck_func (error, self->stuck_data);
}

/* Milliseconds that wrap around: only differences mean anything. */
static int
get_silence (EonayWorker *self, const Job *job)
{
  guint now = eonay_transport_watch_now ();
  int since_push = (int) (now - job->pushed_at);
  int since_sign = (int) (now - (guint) g_atomic_int_get (&self->watch->touched_at));

  return MIN (since_push, since_sign);
}

int
eonay_worker_get_silence (EonayWorker *self)
{
  const Job *job = g_queue_peek_head (&self->jobs);

  return job != NULL ? get_silence (self, job) : G_MAXINT;
}

static gboolean
on_timer (gpointer user_data)
{
  g_autoptr (EonayWorker) self = eonay_worker_ref (user_data);
  const Job *job = g_queue_peek_head (&self->jobs);

  g_clear_pointer (&self->timer, g_source_unref);
  if ((int) (eonay_transport_watch_now () - self->due) > SLEPT_MS)
    eonay_transport_watch_touch (self->watch);
  if (get_silence (self, job) >= (int) job->timeout)
    give_up (self);
  watch_over_first_job (self);

  return G_SOURCE_REMOVE;
}

static void
watch_over_first_job (EonayWorker *self)
{
  const Job *job = g_queue_peek_head (&self->jobs);
  int left;

  if (self->timer != NULL)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
  if (job == NULL)
    return;

  left = MAX ((int) job->timeout - get_silence (self, job), 1);
  self->due = eonay_transport_watch_now () + (guint) left;
  self->timer = g_timeout_source_new ((guint) left);
  g_source_set_static_name (self->timer, "[eonay] card's silence");
  g_source_set_callback (self->timer, on_timer, self, NULL);
  g_source_attach (self->timer, job->context);
}

EonayWorker *
eonay_worker_new (EonayTransport *transport, const char *name, guint timeout)
{
  EonayWorker *self = g_atomic_rc_box_new0 (EonayWorker);
  Loop *loop = g_new0 (Loop, 1);

  self->queue = g_async_queue_new ();
  self->watch = g_atomic_rc_box_new0 (EonayTransportWatch);
  self->timeout = timeout;
  g_queue_init (&self->jobs);
  loop->queue = g_async_queue_ref (self->queue);
  loop->transport = transport;
  loop->watch = g_atomic_rc_box_acquire (self->watch);
  g_thread_unref (g_thread_new (name, run, loop));

  return self;
}

void
eonay_worker_set_stuck_func (EonayWorker *self, EonayWorkerStuckFunc func, gpointer user_data)
{
  self->stuck_func = func;
  self->stuck_data = user_data;
}

void
eonay_worker_push (EonayWorker *self, const EonayWork *kind, gpointer request, guint timeout,
                   gpointer user_data)
{
  Job *job = g_new0 (Job, 1);

  *job = (Job){ .kind = kind,
                .request = request,
                .user_data = user_data,
                .worker = eonay_worker_ref (self),
                .context = g_main_context_ref_thread_default (),
                .timeout = timeout != 0 ? timeout : self->timeout,
                .pushed_at = eonay_transport_watch_now () };
  if (self->stopped)
    {
      free_request (job);
      g_set_error_literal (&job->error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_NO_READER,
                           "The reader is gone");
      hand_back (job);
      return;
    }

  g_queue_push_tail (&self->jobs, job);
  if (self->timer == NULL)
    watch_over_first_job (self);
  g_async_queue_push (self->queue, job);
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
  g_atomic_rc_box_release (self->watch);
}

void
eonay_worker_unref (EonayWorker *self)
{
  g_atomic_rc_box_release_full (self, eonay_worker_clear);
}
