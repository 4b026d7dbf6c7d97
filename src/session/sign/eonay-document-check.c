#include "session/sign/eonay-document-check.h"

#include "base/eonay-error.h"
#include "session/eonay-text-inspection.h"
#include "signature/pades/eonay-pdf-inspection.h"

static gboolean
check_document (EonayDocument *document, GError **error)
{
  const char *media_type = eonay_document_get_media_type (document);
  gboolean is_pades = eonay_document_get_format (document) == EONAY_FORMAT_PADES;
  g_autofree char *shown = NULL;

  if (eonay_document_is_pdf (document))
    return TRUE;

  if (!eonay_text_inspection_is_showable (media_type) || is_pades)
    {
      g_set_error (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_UNSUPPORTED_DOCUMENT,
                   "No document of type %s can be shown", media_type);
      return FALSE;
    }

  shown = eonay_text_inspection_run (eonay_document_get_content (document), NULL, error);

  return shown != NULL;
}

gboolean
eonay_document_check_run (EonayTransaction *transaction, GError **error)
{
  GListModel *documents = eonay_transaction_get_documents (transaction);
  guint n_documents = g_list_model_get_n_items (documents);

  if (n_documents == 0 && eonay_transaction_get_operation (transaction) != EONAY_OPERATION_UNBLOCK)
    {
      g_set_error_literal (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_UNKNOWN_OPERATION,
                           "The transaction has nothing to sign");
      return FALSE;
    }

  for (guint i = 0; i < n_documents; i++)
    {
      g_autoptr (EonayDocument) document = g_list_model_get_item (documents, i);

      if (!check_document (document, error))
        return FALSE;
    }

  return TRUE;
}

/* The documents that are left, and what is known of those before. */
typedef struct {
  GListModel *documents;
  GPtrArray *inspections;
} Check;

static void
check_free (Check *check)
{
  g_object_unref (check->documents);
  g_ptr_array_unref (check->inspections);
  g_free (check);
}

static void
unref_inspection (gpointer inspection)
{
  g_clear_object (&inspection);
}

GPtrArray *
eonay_document_check_list_texts (EonayTransaction *transaction)
{
  GListModel *documents = eonay_transaction_get_documents (transaction);
  g_autoptr (GPtrArray) inspections = g_ptr_array_new_with_free_func (unref_inspection);

  for (guint i = 0; i < g_list_model_get_n_items (documents); i++)
    {
      g_autoptr (EonayDocument) document = g_list_model_get_item (documents, i);

      if (eonay_document_is_pdf (document))
        return NULL;
      g_ptr_array_add (inspections, NULL);
    }

  return g_steal_pointer (&inspections);
}

static void inspect_next (GTask *task);

static void
on_inspected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Check *check = g_task_get_task_data (task);
  g_autoptr (EonayDocument) document = g_list_model_get_item (check->documents,
                                                              check->inspections->len);
  GError *error = NULL;
  EonayPdfInspection *inspection = eonay_pdf_inspection_new_finish (result, &error);
  gboolean is_good = inspection != NULL;

  if (is_good)
    {
      g_ptr_array_add (check->inspections, inspection);
      /* Beside a PDF that a detached signature is made of, nothing has to be added to it. */
      is_good = eonay_document_get_format (document) == EONAY_FORMAT_PADES
                    ? eonay_pdf_inspection_check_signable (inspection, &error)
                    : eonay_pdf_inspection_check_readable (inspection, &error);
    }

  if (is_good)
    inspect_next (task);
  else
    g_task_return_error (task, error);
}

static void
inspect_next (GTask *task)
{
  Check *check = g_task_get_task_data (task);

  while (check->inspections->len < g_list_model_get_n_items (check->documents))
    {
      g_autoptr (EonayDocument) document = g_list_model_get_item (check->documents,
                                                                  check->inspections->len);

      if (eonay_document_is_pdf (document))
        {
          eonay_pdf_inspection_new_async (eonay_document_get_content (document),
                                          g_task_get_cancellable (task), on_inspected,
                                          g_object_ref (task));
          return;
        }
      g_ptr_array_add (check->inspections, NULL);
    }

  g_task_return_pointer (task, g_ptr_array_ref (check->inspections),
                         (GDestroyNotify) g_ptr_array_unref);
}

void
eonay_document_check_inspect_async (EonayTransaction *transaction, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Check *check;

  g_return_if_fail (EONAY_IS_TRANSACTION (transaction));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, eonay_document_check_inspect_async);
  check = g_new (Check, 1);
  check->documents = g_object_ref (eonay_transaction_get_documents (transaction));
  check->inspections = g_ptr_array_new_with_free_func (unref_inspection);
  g_task_set_task_data (task, check, (GDestroyNotify) check_free);
  inspect_next (task);
}

GPtrArray *
eonay_document_check_inspect_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
