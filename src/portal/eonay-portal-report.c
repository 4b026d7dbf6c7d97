#include <string.h>

#include "base/eonay-error.h"
#include "portal/eonay-portal-private.h"
#include "portal/eonay-portal-unblock.h"

/* As long as for signatures: the portal ought to know. */
#define GRACE (30 * G_USEC_PER_SEC)

const char *
eonay_unblock_outcome_to_word (EonayUnblockOutcome outcome)
{
  static const char *const words[] = {
    [EONAY_UNBLOCK_OUTCOME_DONE] = "done",
    [EONAY_UNBLOCK_OUTCOME_FAILED] = "failed",
    [EONAY_UNBLOCK_OUTCOME_CANCELLED] = "cancelled",
    [EONAY_UNBLOCK_OUTCOME_UNKNOWN] = "unknown",
  };

  G_STATIC_ASSERT (G_N_ELEMENTS (words) == EONAY_N_UNBLOCK_OUTCOMES);
  g_return_val_if_fail ((guint) outcome < EONAY_N_UNBLOCK_OUTCOMES, NULL);

  return words[outcome];
}

static void report_once (GTask *task);

static void
on_reported (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  EonayPortalCall *call = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (EonayAnswer) answer = eonay_portal_post_finish (EONAY_PORTAL (source), result, &error);

  if (answer != NULL && eonay_answer_check (answer, "application/json", &error))
    g_task_return_boolean (task, TRUE);
  else
    eonay_portal_try_later (task, error,
                            eonay_transaction_get_expires_at (call->transaction) + GRACE,
                            &call->attempt, report_once);
}

static void
report_once (GTask *task)
{
  EonayPortalCall *call = g_task_get_task_data (task);

  eonay_portal_post_async (g_task_get_source_object (task), call->path, call->body, NULL,
                           g_task_get_cancellable (task), on_reported, g_object_ref (task));
}

void
eonay_portal_report_unblock_async (EonayPortal *self, EonayTransaction *transaction,
                                   EonayUnblockOutcome outcome, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  char *text;

  g_return_if_fail (EONAY_IS_PORTAL (self));

  text = g_strdup_printf ("{\"outcome\":\"%s\"}", eonay_unblock_outcome_to_word (outcome));
  g_task_set_task_data (task,
                        eonay_portal_call_new (transaction, "unblock/result", NULL,
                                               g_bytes_new_take (text, strlen (text))),
                        (GDestroyNotify) eonay_portal_call_free);
  g_task_set_source_tag (task, eonay_portal_report_unblock_async);
  report_once (task);
}

gboolean
eonay_portal_report_unblock_finish (EonayPortal *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
