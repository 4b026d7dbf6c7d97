#include "app/window/eonay-signature-saving.h"

#include <glib/gi18n-lib.h>

#include "app/widgets/eonay-labels.h"
#include "base/eonay-private-file.h"

typedef struct {
  GtkFileChooserNative *chooser;
  GPtrArray *signatures;
  GPtrArray *names;
} Saving;

static void
saving_free (Saving *saving)
{
  g_clear_object (&saving->chooser);
  g_clear_pointer (&saving->signatures, g_ptr_array_unref);
  g_clear_pointer (&saving->names, g_ptr_array_unref);
  g_free (saving);
}

static Saving *
saving_new (EonaySession *session)
{
  Saving *saving = g_new0 (Saving, 1);
  EonayTransaction *transaction = eonay_session_get_transaction (session);
  GListModel *documents = eonay_transaction_get_documents (transaction);

  saving->signatures = g_ptr_array_ref (eonay_session_get_signatures (session));
  saving->names = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < saving->signatures->len; i++)
    {
      g_autoptr (EonayDocument) document = g_list_model_get_item (documents, i);
      g_autofree char *name = eonay_labels_signed_file_name (eonay_document_get_label (document),
                                                             eonay_document_get_format (document));

      g_ptr_array_add (saving->names, saving->signatures->len == 1
                                          ? g_steal_pointer (&name)
                                          : g_strdup_printf ("%u-%s", i + 1, name));
    }

  return saving;
}

static gboolean
write_file (GFile *file, GBytes *content, GError **error)
{
  gsize length;
  const char *bytes = g_bytes_get_data (content, &length);

  return g_file_replace_contents (file, bytes, length, NULL, FALSE, EONAY_PRIVATE_FILE_FLAGS, NULL,
                                  NULL, error);
}

static gboolean
write_new_file (GFile *file, GBytes *content, GError **error)
{
  g_autoptr (GFileOutputStream) stream = g_file_create (file, G_FILE_CREATE_PRIVATE, NULL, error);

  return stream != NULL &&
         g_output_stream_write_all (G_OUTPUT_STREAM (stream), g_bytes_get_data (content, NULL),
                                    g_bytes_get_size (content), NULL, NULL, error) &&
         g_output_stream_close (G_OUTPUT_STREAM (stream), NULL, error);
}

static gboolean
write_all (Saving *saving, GFile *chosen, GError **error)
{
  if (saving->signatures->len == 1)
    return write_file (chosen, g_ptr_array_index (saving->signatures, 0), error);

  for (guint i = 0; i < saving->signatures->len; i++)
    {
      g_autoptr (GFile) file = g_file_get_child (chosen, g_ptr_array_index (saving->names, i));

      if (!write_new_file (file, g_ptr_array_index (saving->signatures, i), error))
        return FALSE;
    }

  return TRUE;
}

static void
response_cb (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Saving *saving = g_task_get_task_data (task);
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  GError *error = NULL;

  if (response != GTK_RESPONSE_ACCEPT || file == NULL)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "No file was chosen");
  else if (write_all (saving, file, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
eonay_signature_saving_async (EonayWindow *window, EonaySession *session,
                              GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (window, NULL, callback, user_data);
  Saving *saving = saving_new (session);
  gboolean several = saving->signatures->len > 1;

  g_task_set_source_tag (task, eonay_signature_saving_async);
  g_task_set_task_data (task, saving, (GDestroyNotify) saving_free);
  saving->chooser = gtk_file_chooser_native_new (
      several ? _ ("Save the signed files") : _ ("Save the signed file"), GTK_WINDOW (window),
      several ? GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER : GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (saving->chooser), TRUE);
  if (!several)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (saving->chooser),
                                       g_ptr_array_index (saving->names, 0));

  g_signal_connect (saving->chooser, "response", G_CALLBACK (response_cb), task);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (saving->chooser));
}

gboolean
eonay_signature_saving_finish (EonayWindow *window, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, window), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
