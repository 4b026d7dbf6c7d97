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

void
eonay_portal_return_unsent (GTask *task, EonayPortalError code, const char *message)
{
  GError *error = g_error_new_literal (EONAY_PORTAL_ERROR, (int) code, message);

  eonay_portal_error_set_unsent (error);
  g_task_return_error (task, error);
}

static gboolean
may_pass (const GError *error)
{
  return g_error_matches (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_UNREACHABLE) ||
         g_error_matches (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_TIMED_OUT) ||
         g_error_matches (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_TOO_MANY_REQUESTS) ||
         g_error_matches (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_UNAVAILABLE);
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
eonay_portal_try_later (GTask *task, GError *error, gint64 until, guint *attempt,
                        void (*again) (GTask *task))
{
  EonayPortal *portal = g_task_get_source_object (task);
  gint64 left = until - eonay_clock_boottime (eonay_portal_get_clock (portal));
  guint wait;

  if (!may_pass (error) || left <= 0)
    {
      g_task_return_error (task, error);
      return;
    }

  /* One try more at the very end, whatever the portal asks for. */
  wait = eonay_portal_timing_get_wait (eonay_portal_get_timing (portal), (*attempt)++,
                                       eonay_portal_error_get_retry_after (error));
  g_debug ("Trying again in %u ms: %s", wait, error->message);
  g_error_free (error);
  wait_for (task, (guint) MIN ((gint64) wait, left / 1000 + 1), again);
}
