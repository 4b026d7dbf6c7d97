#include "session/history/eonay-history-queue.h"

#include <gio/gio.h>

#include "base/eonay-error.h"

struct _EonayHistoryQueue {
  char *path;
  gboolean is_own;
  EonayHistoryReport report;
  GThreadPool *thread;
  EonayHistoryFile *file; /* the thread's */
  GMutex lock;
  GCond idle;
  guint waiting; /* under the lock */
};

typedef struct {
  EonayHistoryQueue *queue;
  GTask *task;
  EonayHistoryWork work;
  gpointer argument;
  GDestroyNotify argument_free;
  gpointer result;
  GDestroyNotify result_free;
  GSource *timer;
  gboolean answered; /* main thread */
  gboolean done;
  GError *error;
} Job;

static void
job_free (gpointer user_data)
{
  Job *job = user_data;

  g_clear_object (&job->task);
  if (job->argument != NULL && job->argument_free != NULL)
    job->argument_free (job->argument);
  if (job->result != NULL && job->result_free != NULL)
    job->result_free (job->result);
  g_clear_error (&job->error);
  g_free (job);
}

static void
drop_timer (Job *job)
{
  if (job->timer != NULL)
    g_source_destroy (job->timer);
  g_clear_pointer (&job->timer, g_source_unref);
}

static gboolean
on_too_late (gpointer user_data)
{
  Job *job = user_data;
  g_autoptr (GError) error = g_error_new_literal (
      EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_HISTORY_UNUSABLE, "The disk takes too long");

  drop_timer (job);
  job->answered = TRUE;
  job->queue->report (g_task_get_source_object (job->task), FALSE, error);
  g_task_return_new_error (job->task, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "%s", error->message);

  return G_SOURCE_REMOVE;
}

static gboolean
on_done (gpointer user_data)
{
  Job *job = user_data;

  drop_timer (job);
  job->queue->report (g_task_get_source_object (job->task), job->done, job->error);
  if (job->answered)
    return G_SOURCE_REMOVE;

  if (!job->done)
    g_task_return_error (job->task, g_steal_pointer (&job->error));
  else if (job->result_free != NULL)
    g_task_return_pointer (job->task, g_steal_pointer (&job->result), job->result_free);
  else
    g_task_return_boolean (job->task, TRUE);

  return G_SOURCE_REMOVE;
}

/** Returns: whether there is a file to work on; sets @job's error if it replaces a damaged one */
static gboolean
ensure_file (EonayHistoryQueue *self, Job *job)
{
  g_autofree char *moved = NULL;
  g_autoptr (GError) error = NULL;

  if (self->file != NULL && !eonay_history_file_is_current (self->file))
    g_clear_pointer (&self->file, eonay_history_file_close);
  if (self->file != NULL)
    return TRUE;

  self->file = eonay_history_file_open (self->path, self->is_own ? &moved : NULL, &error);
  if (moved != NULL)
    {
      g_clear_error (&job->error);
      job->error = g_error_new (EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_HISTORY_DAMAGED,
                                "The damaged history was moved to %s", moved);
    }
  if (self->file == NULL && job->error == NULL)
    job->error = g_steal_pointer (&error);

  return self->file != NULL;
}

static void
work (EonayHistoryQueue *self, Job *job)
{
  /* Twice, as damage may only be detected in use. */
  for (int i = 0; i < 2 && !job->done; i++)
    {
      g_autoptr (GError) error = NULL;

      if (!ensure_file (self, job))
        return;

      job->done = job->work (self->file, job->argument, &job->result, &error);
      if (!job->done && job->error == NULL)
        job->error = g_steal_pointer (&error);
      if (!job->done && eonay_history_file_is_current (self->file))
        return;
    }

  if (job->done &&
      !g_error_matches (job->error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_HISTORY_DAMAGED))
    g_clear_error (&job->error);
}

static void
run_job (gpointer data, gpointer user_data)
{
  EonayHistoryQueue *self = user_data;
  Job *job = data;
  g_autoptr (GSource) source = g_idle_source_new ();
  g_autoptr (GMainContext) context = g_main_context_ref (g_task_get_context (job->task));

  work (self, job);

  /* The job is returned to the main thread: its objects must not be finalized on this one. */
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, on_done, job, job_free);
  g_source_attach (source, context);

  g_mutex_lock (&self->lock);
  self->waiting--;
  g_cond_broadcast (&self->idle);
  g_mutex_unlock (&self->lock);
}

EonayHistoryQueue *
eonay_history_queue_new (const char *path, gboolean is_own, EonayHistoryReport report)
{
  EonayHistoryQueue *self = g_new0 (EonayHistoryQueue, 1);

  self->path = g_strdup (path);
  self->is_own = is_own;
  self->report = report;
  g_mutex_init (&self->lock);
  g_cond_init (&self->idle);
  self->thread = g_thread_pool_new (run_job, self, 1, FALSE, NULL);

  return self;
}

void
eonay_history_queue_push (EonayHistoryQueue *self, GTask *task, EonayHistoryWork work_to_do,
                          gpointer argument, GDestroyNotify argument_free,
                          GDestroyNotify result_free, guint timeout)
{
  Job *job = g_new0 (Job, 1);

  job->queue = self;
  job->task = task;
  job->work = work_to_do;
  job->argument = argument;
  job->argument_free = argument_free;
  job->result_free = result_free;
  g_mutex_lock (&self->lock);
  self->waiting++;
  g_mutex_unlock (&self->lock);
  if (timeout > 0)
    {
      job->timer = g_timeout_source_new (timeout);
      g_source_set_callback (job->timer, on_too_late, job, NULL);
      g_source_attach (job->timer, g_task_get_context (task));
    }

  g_thread_pool_push (self->thread, job, NULL);
}

gboolean
eonay_history_queue_flush (EonayHistoryQueue *self, guint seconds)
{
  gint64 until = g_get_monotonic_time () + seconds * G_TIME_SPAN_SECOND;
  gboolean done;

  g_mutex_lock (&self->lock);
  while (self->waiting > 0 && g_cond_wait_until (&self->idle, &self->lock, until))
    ;
  done = self->waiting == 0;
  g_mutex_unlock (&self->lock);

  return done;
}

void
eonay_history_queue_free (EonayHistoryQueue *self)
{
  g_thread_pool_free (self->thread, FALSE, TRUE);
  g_clear_pointer (&self->file, eonay_history_file_close);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->idle);
  g_free (self->path);
  g_free (self);
}
