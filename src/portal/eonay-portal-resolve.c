#include "portal/eonay-portal-private.h"

#include <openssl/crypto.h>
#include <string.h>

#include "base/eonay-error.h"

#define CODE_LENGTH 15
#define FETCH_RETRIES 4

typedef struct {
  EonayTransaction *transaction;
  guint next;
  guint attempt;
} Resolution;

static void
resolution_free (Resolution *resolution)
{
  g_clear_object (&resolution->transaction);
  g_free (resolution);
}

static void
cleanse_free (gpointer body)
{
  OPENSSL_cleanse (body, strlen (body));
  g_free (body);
}

static GBytes *
create_body (const char *code)
{
  char *text = g_strdup_printf ("{\"code\":\"%s\"}", code);

  return g_bytes_new_with_free_func (text, strlen (text), cleanse_free, text);
}

static void fetch_next (GTask *task);

static void
on_fetched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Resolution *resolution = g_task_get_task_data (task);
  GError *error = NULL;

  if (eonay_portal_fetch_finish (EONAY_PORTAL (source), result, &error))
    {
      resolution->next++;
      resolution->attempt = 0;
      fetch_next (task);
    }
  else if (resolution->attempt < FETCH_RETRIES)
    /* The code is spent by now: giving up at the first hiccup would cost the person a new one. */
    eonay_portal_try_later (task, error, eonay_transaction_get_expires_at (resolution->transaction),
                            &resolution->attempt, fetch_next);
  else
    g_task_return_error (task, error);
}

static void
fetch_next (GTask *task)
{
  Resolution *resolution = g_task_get_task_data (task);
  GListModel *documents = eonay_transaction_get_documents (resolution->transaction);
  g_autoptr (EonayDocument) document = g_list_model_get_item (documents, resolution->next);

  if (document == NULL)
    g_task_return_pointer (task, g_steal_pointer (&resolution->transaction), g_object_unref);
  else
    eonay_portal_fetch_async (g_task_get_source_object (task), resolution->transaction, document,
                              g_task_get_cancellable (task), on_fetched, g_object_ref (task));
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Resolution *resolution = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (EonayAnswer) answer = eonay_portal_post_finish (EONAY_PORTAL (source), result, &error);

  if (answer != NULL && eonay_answer_check (answer, "application/json", &error))
    resolution->transaction = eonay_transaction_parse (answer->body, answer->left_at, &error);

  if (resolution->transaction == NULL)
    g_task_return_error (task, error);
  else
    fetch_next (task);
}

void
eonay_portal_resolve_async (EonayPortal *self, const char *code, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GBytes) body = NULL;

  g_return_if_fail (EONAY_IS_PORTAL (self));

  g_task_set_source_tag (task, eonay_portal_resolve_async);
  g_task_set_task_data (task, g_new0 (Resolution, 1), (GDestroyNotify) resolution_free);
  if (strlen (code) != CODE_LENGTH || strspn (code, G_CSET_DIGITS) != CODE_LENGTH)
    {
      g_task_return_new_error (task, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_CODE_MALFORMED,
                               "The code is not 15 digits");
      return;
    }

  body = create_body (code);
  eonay_portal_post_async (self, "v1/transactions/resolve", body, NULL, cancellable, on_answered,
                           g_object_ref (task));
}

EonayTransaction *
eonay_portal_resolve_finish (EonayPortal *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
