#include "session/sign/eonay-batch.h"

#include "base/eonay-error.h"
#include "signature/cades/eonay-cades.h"
#include "signature/eonay-ades.h"

typedef struct {
  EonayTransaction *transaction;
  GPtrArray *inspections; /* EonayPdfInspection or %NULL, in the order of the documents */
  EonayCandidate *candidate;
  GDateTime *signing_time;
  EonaySecret *pin;
  EonayPinConsent consent;
  EonayPadesCheck check;
  GPtrArray *ades;   /* EonayAdes, in the order of the documents */
  GPtrArray *values; /* GBytes: the card's signatures */
} Batch;

static void
batch_free (Batch *self)
{
  g_clear_object (&self->transaction);
  g_clear_pointer (&self->inspections, g_ptr_array_unref);
  g_clear_object (&self->candidate);
  g_clear_pointer (&self->signing_time, g_date_time_unref);
  g_clear_pointer (&self->pin, eonay_secret_free);
  g_clear_pointer (&self->ades, g_ptr_array_unref);
  g_clear_pointer (&self->values, g_ptr_array_unref);
  g_free (self);
}

static void
assemble_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Batch *self = task_data;
  g_autoptr (GPtrArray) signatures =
      g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  for (guint i = 0; i < self->ades->len; i++)
    {
      GError *error = NULL;
      GBytes *signature = eonay_ades_finish (self->ades->pdata[i], self->values->pdata[i], &error);

      if (signature == NULL)
        {
          g_task_return_error (task, error);
          return;
        }
      g_ptr_array_add (signatures, signature);
    }

  g_task_return_pointer (task, g_steal_pointer (&signatures), (GDestroyNotify) g_ptr_array_unref);
}

static void
on_assembled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GPtrArray *signatures = g_task_propagate_pointer (G_TASK (result), &error);

  if (signatures == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, signatures, (GDestroyNotify) g_ptr_array_unref);
}

static void
on_card_signed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GTask) step = NULL;
  Batch *self = g_task_get_task_data (task);
  GError *error = NULL;

  self->values = eonay_token_sign_finish (EONAY_TOKEN (source), result, &error);
  if (self->values == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  if (self->values->len != self->ades->len)
    {
      g_task_return_new_error (task, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PROTOCOL,
                               "The card made %u signatures, not %u", self->values->len,
                               self->ades->len);
      return;
    }

  /* Without the cancellable: signatures of the card are never discarded. */
  step = g_task_new (NULL, NULL, on_assembled, g_object_ref (task));
  g_task_set_task_data (step, self, NULL);
  g_task_run_in_thread (step, assemble_in_thread);
}

/* Returns: (transfer full): the signature of document number @index, to be made with @scheme */
static EonayAdes *
prepare (Batch *self, guint index, EonaySignatureScheme scheme, GError **error)
{
  EonayCertificate *certificate = eonay_candidate_get_certificate (self->candidate);
  GListModel *documents = eonay_transaction_get_documents (self->transaction);
  g_autoptr (EonayDocument) document = g_list_model_get_item (documents, index);
  GBytes *content = eonay_document_get_content (document);
  EonayFormat format = eonay_document_get_format (document);
  EonayPdfInspection *inspection = self->inspections->pdata[index];
  const EonayPadesOptions options = { .name = eonay_certificate_get_holder (certificate),
                                      .check = self->check };

  if (format == EONAY_FORMAT_PADES)
    return (EonayAdes *) eonay_pades_new (certificate, scheme, content, inspection, &options,
                                          self->signing_time, error);
  if (self->check != NULL && inspection != NULL &&
      !eonay_pades_check_unchanged (content, inspection, self->check, error))
    return NULL;

  return (EonayAdes *) eonay_cades_new_with_scheme (certificate, scheme, content,
                                                    format == EONAY_FORMAT_CADES_ATTACHED,
                                                    self->signing_time, error);
}

static void
prepare_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Batch *self = task_data;
  EonaySignatureScheme scheme =
      eonay_token_certificate_is_only_pss (eonay_candidate_get_token_certificate (self->candidate))
          ? EONAY_SIGNATURE_SCHEME_RSA_PSS_SHA256
          : EONAY_SIGNATURE_SCHEME_NONE;

  for (guint i = 0; i < self->inspections->len; i++)
    {
      GError *error = NULL;
      EonayAdes *ades = prepare (self, i, scheme, &error);

      if (ades == NULL)
        {
          g_task_return_error (task, error);
          return;
        }
      g_ptr_array_add (self->ades, ades);
    }

  g_task_return_boolean (task, TRUE);
}

static void
on_prepared (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GPtrArray) digests = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GPtrArray) messages = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  Batch *self = g_task_get_task_data (task);
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_task_return_error (task, error);
      return;
    }

  for (guint i = 0; i < self->ades->len; i++)
    {
      g_ptr_array_add (digests, g_bytes_ref (eonay_ades_get_digest (self->ades->pdata[i])));
      g_ptr_array_add (messages, g_bytes_ref (eonay_ades_get_message (self->ades->pdata[i])));
    }

  eonay_token_sign_messages_async (eonay_candidate_get_token (self->candidate),
                                   eonay_candidate_get_token_certificate (self->candidate),
                                   eonay_ades_get_scheme (self->ades->pdata[0]), digests, messages,
                                   NULL, g_steal_pointer (&self->pin), &self->consent,
                                   g_task_get_cancellable (task), on_card_signed,
                                   g_object_ref (task));
}

void
eonay_batch_sign_async (EonayTransaction *transaction, GPtrArray *inspections,
                        EonayCandidate *candidate, GDateTime *signing_time, EonaySecret *pin,
                        const EonayPinConsent *consent, EonayPadesCheck check,
                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GTask) step = NULL;
  Batch *self;

  g_return_if_fail (EONAY_IS_TRANSACTION (transaction) && EONAY_IS_CANDIDATE (candidate));
  g_return_if_fail (inspections != NULL && signing_time != NULL && consent != NULL);

  self = g_new0 (Batch, 1);
  self->transaction = g_object_ref (transaction);
  self->inspections = g_ptr_array_ref (inspections);
  self->candidate = g_object_ref (candidate);
  self->signing_time = g_date_time_ref (signing_time);
  self->pin = pin;
  self->consent = *consent;
  self->check = check;
  self->ades = g_ptr_array_new_with_free_func (g_object_unref);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, eonay_batch_sign_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, self, (GDestroyNotify) batch_free);

  /* The thread only borrows: objects of the main thread must not be finalized with the thread's
     task. */
  step = g_task_new (NULL, cancellable, on_prepared, g_object_ref (task));
  g_task_set_task_data (step, self, NULL);
  g_task_run_in_thread (step, prepare_in_thread);
}

GPtrArray *
eonay_batch_sign_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
