#include "portal/eonay-portal-call.h"

#include "base/eonay-error.h"
#include "portal/eonay-portal-private.h"

guint
eonay_portal_timing_get_wait (const EonayPortalTiming *self, guint attempt, int retry_after)
{
  guint64 wait = MIN ((guint64) self->first_wait << MIN (attempt, 16), self->longest_wait);

  if (retry_after > 0)
    wait = MAX (wait, (guint64) retry_after * self->retry_after_unit);

  return (guint) MIN (wait, G_MAXINT);
}

typedef struct {
  GTask *task;
  void (*again) (GTask *task);
} Attempt;

static void
attempt_free (gpointer user_data)
{
  Attempt *attempt = user_data;

  g_object_unref (attempt->task);
  g_free (attempt);
}

static gboolean
on_waited (gpointer user_data)
{
  Attempt *attempt = user_data;

  if (!g_task_return_error_if_cancelled (attempt->task))
    attempt->again (attempt->task);

  return G_SOURCE_REMOVE;
}

static void
wait_for (GTask *task, guint milliseconds, void (*again) (GTask *task))
{
  g_autoptr (GSource) timer = g_timeout_source_new (milliseconds);
  Attempt *attempt = g_new0 (Attempt, 1);

  attempt->task = g_object_ref (task);
  attempt->again = again;

  if (g_task_get_cancellable (task) != NULL)
    {
      g_autoptr (GSource) cancelled = g_cancellable_source_new (g_task_get_cancellable (task));

      g_source_set_dummy_callback (cancelled);
      g_source_add_child_source (timer, cancelled);
    }
  g_source_set_priority (timer, g_task_get_priority (task));
  g_source_set_callback (timer, on_waited, attempt, attempt_free);
  g_source_attach (timer, g_task_get_context (task));
}

void
eonay_portal_call_try_later (GTask *task, GError *error, gint64 until, guint *attempt,
                             void (*again) (GTask *task))
{
  EonayPortal *portal = g_task_get_source_object (task);
  gint64 left = until - eonay_clock_boottime (eonay_portal_get_clock (portal));
  guint wait;

  if (!eonay_portal_is_temporary_error (error) || left <= 0)
    {
      g_task_return_error (task, error);
      return;
    }

  /* One last attempt at the end, whatever Retry-After says. */
  wait = eonay_portal_timing_get_wait (eonay_portal_get_timing (portal), (*attempt)++,
                                       eonay_portal_error_get_retry_after (error));
  g_debug ("Trying again in %u ms: %s", wait, error->message);
  g_error_free (error);
  wait_for (task, (guint) MIN ((gint64) wait, left / 1000 + 1), again);
}

/* A running call. */
typedef struct {
  const EonayPortalCall *call;
  EonayTransaction *transaction;
  char *path;
  char *key;
  GBytes *body;
  guint attempt;
} Run;

static void
run_free (gpointer user_data)
{
  Run *run = user_data;

  g_object_unref (run->transaction);
  g_free (run->path);
  g_free (run->key);
  g_bytes_unref (run->body);
  g_free (run);
}

static gpointer
parse (Run *run, EonayAnswer *answer, GError **error)
{
  if (run->call->parse != NULL)
    return run->call->parse (run->transaction, answer, error);

  return GINT_TO_POINTER (eonay_answer_check (answer, "application/json", error));
}

static void post (GTask *task);

static void
on_posted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Run *run = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (EonayAnswer) answer = eonay_portal_post_finish (EONAY_PORTAL (source), result, &error);
  gpointer parsed = answer == NULL ? NULL : parse (run, answer, &error);

  if (parsed != NULL)
    g_task_return_pointer (task, parsed, run->call->free_result);
  else if (run->attempt >= run->call->retries ||
           (run->call->is_costly && !eonay_portal_error_is_unsent (error)))
    g_task_return_error (task, error);
  else
    eonay_portal_call_try_later (
        task, error, eonay_transaction_get_expires_at (run->transaction) + run->call->grace,
        &run->attempt, post);
}

static void
post (GTask *task)
{
  Run *run = g_task_get_task_data (task);

  eonay_portal_post_async (g_task_get_source_object (task), run->path, run->body, run->key,
                           run->call->secret, g_task_get_cancellable (task), on_posted,
                           g_object_ref (task));
}

void
eonay_portal_call_async (const EonayPortalCall *self, EonayPortal *portal,
                         EonayTransaction *transaction, char *key, GBytes *body,
                         GCancellable *cancellable, GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (portal, cancellable, callback, user_data);
  Run *run = g_new0 (Run, 1);

  run->call = self;
  run->transaction = g_object_ref (transaction);
  run->path = g_strdup_printf ("v1/transactions/%s/%s", eonay_transaction_get_id (transaction),
                               self->name);
  run->key = key;
  run->body = body;
  g_task_set_task_data (task, run, run_free);
  g_task_set_source_tag (task, eonay_portal_call_async);
  post (task);
}

gpointer
eonay_portal_call_finish (EonayPortal *portal, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, portal), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
