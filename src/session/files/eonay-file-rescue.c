#include "session/files/eonay-file-rescue.h"

#include "session/files/eonay-file-item.h"
#include "session/files/eonay-file-record.h"

typedef struct {
  GPtrArray *items; /* EonayFileItem (not owned) */
  char *folder;     /* nullable */
} Rescue;

static void
rescue_free (Rescue *self)
{
  g_ptr_array_unref (self->items);
  g_free (self->folder);
  g_free (self);
}

static void
rescue_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Rescue *rescue = task_data;

  for (guint i = 0; i < rescue->items->len; i++)
    eonay_file_item_save (rescue->items->pdata[i], rescue->folder);

  g_task_return_boolean (task, TRUE);
}

void
eonay_file_rescue_async (GPtrArray *items, const char *folder, GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  Rescue *rescue = g_new (Rescue, 1);

  rescue->items = g_ptr_array_new ();
  rescue->folder = g_strdup (folder);
  for (guint i = 0; i < items->len; i++)
    if (eonay_file_item_is_unsaved (items->pdata[i]))
      g_ptr_array_add (rescue->items, items->pdata[i]);

  g_task_set_source_tag (task, eonay_file_rescue_async);
  g_task_set_task_data (task, rescue, (GDestroyNotify) rescue_free);
  g_task_run_in_thread (task, rescue_in_thread);
}

gboolean
eonay_file_rescue_finish (GAsyncResult *result, EonayHistory *history, GError **error)
{
  Rescue *rescue = g_task_get_task_data (G_TASK (result));
  const GError *first = NULL;

  for (guint i = 0; i < rescue->items->len; i++)
    {
      EonayFileItem *item = rescue->items->pdata[i];

      if (item->result != NULL)
        eonay_own_file_take_result (item->file, g_strdup (item->result));
      else
        eonay_own_file_fail (item->file, EONAY_OWN_FILE_UNSAVED, item->error);
      first = first != NULL ? first : item->error;
    }
  eonay_file_record_saved (history, rescue->items);
  if (first != NULL && error != NULL)
    *error = g_error_copy (first);

  return first == NULL;
}
