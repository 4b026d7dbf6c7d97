#include "portal/eonay-portal-private.h"

static void
on_declined (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (EonayAnswer) answer = eonay_portal_post_finish (EONAY_PORTAL (source), result, &error);

  if (answer == NULL || !eonay_answer_check (answer, "application/json", &error))
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

void
eonay_portal_decline_async (EonayPortal *self, EonayTransaction *transaction,
                            GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data)
{
  static const char reason[] = "{\"reason\":\"user-cancelled\"}";
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GBytes) body = g_bytes_new_static (reason, sizeof reason - 1);
  g_autofree char *path = g_strdup_printf ("v1/transactions/%s/decline",
                                           eonay_transaction_get_id (transaction));

  g_return_if_fail (EONAY_IS_PORTAL (self));

  g_task_set_source_tag (task, eonay_portal_decline_async);
  eonay_portal_post_async (self, path, body, NULL, cancellable, on_declined, g_object_ref (task));
}

gboolean
eonay_portal_decline_finish (EonayPortal *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
