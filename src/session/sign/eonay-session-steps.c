#include "session/sign/eonay-session-private.h"

#include <string.h>

#include "base/eonay-error.h"
#include "session/eonay-advice.h"
#include "session/sign/eonay-batch.h"
#include "session/sign/eonay-document-check.h"

/* The history is written first, but cannot prevent a signature. */

/* A started entry is completed, even if the history was turned off since. */
static gboolean
has_record (EonaySession *self)
{
  return self->record != NULL && self->history != NULL;
}

static void
record_end (EonaySession *self, EonayHistoryOutcome outcome, const char *code, const char *receipt)
{
  g_autoptr (GPtrArray) ended = NULL;

  if (!has_record (self))
    return;

  ended = eonay_history_entry_end_batch (self->record, outcome, code, receipt);
  eonay_history_put_async (self->history, ended, NULL, NULL);
}

/** Returns: whether the portal itself refused the signature */
static gboolean
is_refusal (const GError *error)
{
  return error->domain == EONAY_PORTAL_ERROR &&
         (error->code == EONAY_PORTAL_ERROR_REFUSED ||
          (error->code >= EONAY_PORTAL_ERROR_CODE_MALFORMED &&
           error->code < EONAY_PORTAL_ERROR_TOO_MANY_REQUESTS));
}

/* Several documents may have been signed before a PIN was rejected. */
static gboolean
is_nothing_signed (EonaySession *self, const GError *error)
{
  return self->record->len == 1 && eonay_card_error_is_about_pin (error);
}

/** Returns: whether the card did not get the PIN, and so cannot have signed anything */
static gboolean
is_nothing_made (EonaySession *self, const GError *error)
{
  return self->record->len == 1 && error->domain == EONAY_CARD_ERROR &&
         eonay_card_error_get_pin_try (error) == EONAY_PIN_TRY_NOT_SENT;
}

static void
record_withdraw (EonaySession *self)
{
  EonayHistoryEntry *entry;

  if (!has_record (self))
    return;

  entry = self->record->pdata[0];
  eonay_history_remove (self->history, entry->batch);
}

void
eonay_session_record_failure (EonaySession *self, const GError *error)
{
  EonayHistoryOutcome outcome;
  gboolean cancelled = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_autoptr (EonayAdvice) advice = cancelled ? NULL : eonay_advice_new (error);

  if (!has_record (self))
    return;

  if (self->signatures != NULL && !self->sent)
    outcome = EONAY_HISTORY_UNSENT;
  else if (self->signatures != NULL)
    outcome = is_refusal (error) ? EONAY_HISTORY_REFUSED : EONAY_HISTORY_UNDELIVERED;
  else
    outcome = is_nothing_made (self, error) ? EONAY_HISTORY_FAILED : EONAY_HISTORY_UNFINISHED;

  if (self->signatures == NULL && is_nothing_signed (self, error))
    record_withdraw (self);
  else
    record_end (self, outcome, advice != NULL ? advice->code : NULL, NULL);
}

static EonaySessionState
state_after_resolve_error (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
      g_error_matches (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_CODE_MALFORMED) ||
      g_error_matches (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_CODE_UNKNOWN) ||
      g_error_matches (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_CODE_USED))
    return EONAY_SESSION_IDLE;

  if (g_error_matches (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_EXPIRED) ||
      g_error_matches (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_EXPIRED))
    return EONAY_SESSION_EXPIRED;

  return EONAY_SESSION_FAILED;
}

/** Goes to @to, and ends @task, with @error (transfer full). */
static void
fail (GTask *task, EonaySessionState to, GError *error)
{
  EonaySession *self = g_task_get_source_object (task);
  gboolean is_cancelled = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) &&
                          to != EONAY_SESSION_FAILED;

  /* A cancellation by the person is not an error. */
  eonay_session_go (self, to, is_cancelled ? NULL : g_error_copy (error));
  if (to == EONAY_SESSION_REVIEWING || to == EONAY_SESSION_WAITING_PIN)
    eonay_session_follow_candidate (self);
  g_task_return_error (task, error);
}

/* RESOLVING → REVIEWING. @inspections: (nullable): %NULL with @error (transfer full) */
static void
begin_review (GTask *task, GPtrArray *inspections, GError *error)
{
  EonaySession *self = g_task_get_source_object (task);
  EonayTransaction *transaction = g_task_get_task_data (task);
  g_autoptr (EonayDeadline) deadline = NULL;

  if (inspections != NULL)
    {
      deadline = eonay_deadline_new (eonay_transaction_get_expires_at (transaction), self->clock);
      if (eonay_deadline_is_expired (deadline))
        error = eonay_session_new_expired_error ();
    }

  if (error != NULL)
    {
      fail (task, state_after_resolve_error (error), error);
      return;
    }

  eonay_session_start_review (self, transaction, inspections, deadline);
  g_task_return_boolean (task, TRUE);
}

static void
on_inspected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GPtrArray) inspections = eonay_document_check_inspect_finish (result, &error);

  begin_review (task, inspections, error);
}

/* @transaction: (transfer full) */
static void
check_documents (GTask *task, EonayTransaction *transaction)
{
  g_autoptr (GPtrArray) none = eonay_document_check_list_texts (transaction);

  g_task_set_task_data (task, transaction, g_object_unref);
  if (none != NULL)
    begin_review (task, none, NULL);
  else
    eonay_document_check_inspect_async (transaction, g_task_get_cancellable (task), on_inspected,
                                        g_object_ref (task));
}

static void
on_resolved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (EonayTransaction) transaction = NULL;
  GError *error = NULL;

  transaction = eonay_portal_resolve_finish (EONAY_PORTAL (source), result, &error);
  if (transaction == NULL || !eonay_document_check_run (transaction, &error))
    fail (task, state_after_resolve_error (error), error);
  else
    check_documents (task, g_steal_pointer (&transaction));
}

static GTask *
new_task (EonaySession *self, GCancellable *cancellable, GAsyncReadyCallback callback,
          gpointer user_data, gpointer tag)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  g_task_set_check_cancellable (task, FALSE);

  return task;
}

void
eonay_session_resolve_async (EonaySession *self, EonayPortal *portal, const char *code,
                             GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;

  g_return_if_fail (EONAY_IS_SESSION (self) && EONAY_IS_PORTAL (portal) && code != NULL);

  task = new_task (self, cancellable, callback, user_data, eonay_session_resolve_async);
  if (!eonay_session_is_in (self, EONAY_SESSION_IDLE, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  g_set_object (&self->portal, portal);
  eonay_session_go (self, EONAY_SESSION_RESOLVING, NULL);
  eonay_portal_resolve_async (portal, code, cancellable, on_resolved, g_steal_pointer (&task));
}

gboolean
eonay_session_resolve_finish (EonaySession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
on_submitted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  EonaySession *self = g_task_get_source_object (task);
  GError *error = NULL;
  EonayPortalReceipt *receipt = eonay_portal_submit_finish (EONAY_PORTAL (source), result, &error);

  if (receipt == NULL)
    {
      gboolean expired = g_error_matches (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_EXPIRED);

      eonay_session_record_failure (self, error);
      fail (task, expired ? EONAY_SESSION_EXPIRED : EONAY_SESSION_FAILED, error);
      return;
    }

  self->receipt = receipt;
  record_end (self, EONAY_HISTORY_DELIVERED, NULL, receipt->receipt);
  eonay_session_go (self, EONAY_SESSION_DONE, NULL);
  g_task_return_boolean (task, TRUE);
}

static void
submit (EonaySession *self, GTask *task)
{
  self->sent = TRUE;
  eonay_session_go (self, EONAY_SESSION_SUBMITTING, NULL);
  eonay_portal_submit_async (self->portal, self->transaction, self->signatures,
                             g_task_get_cancellable (task), on_submitted, g_object_ref (task));
}

EonayTransaction *
eonay_session_steal_transaction (EonaySession *self, EonayPortal **portal)
{
  EonayTransaction *transaction;

  g_return_val_if_fail (EONAY_IS_SESSION (self), NULL);

  if (!eonay_session_is_in (self, EONAY_SESSION_REVIEWING, NULL))
    return NULL;

  *portal = g_object_ref (self->portal);
  transaction = g_object_ref (self->transaction);
  eonay_session_go (self, EONAY_SESSION_IDLE, NULL);

  return transaction;
}

gboolean
eonay_session_take_transaction (EonaySession *self, EonayPortal *portal,
                                EonayTransaction *transaction, GError **error)
{
  g_autoptr (EonayDeadline) deadline = NULL;
  g_autoptr (GTask) task = NULL;

  g_return_val_if_fail (EONAY_IS_SESSION (self), FALSE);
  g_return_val_if_fail (EONAY_IS_PORTAL (portal), FALSE);

  if (!eonay_session_is_in (self, EONAY_SESSION_IDLE, error) ||
      !eonay_document_check_run (transaction, error))
    return FALSE;

  deadline = eonay_deadline_new (eonay_transaction_get_expires_at (transaction), self->clock);
  if (eonay_deadline_is_expired (deadline))
    {
      g_propagate_error (error, eonay_session_new_expired_error ());
      return FALSE;
    }

  g_set_object (&self->portal, portal);
  eonay_session_go (self, EONAY_SESSION_RESOLVING, NULL);
  task = new_task (self, NULL, NULL, NULL, eonay_session_take_transaction);
  check_documents (task, g_object_ref (transaction));

  return TRUE;
}

static EonaySessionState
state_after_sign_error (EonaySession *self, const GError *error)
{
  if (error->domain != EONAY_CARD_ERROR &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return EONAY_SESSION_FAILED;

  if (eonay_deadline_is_expired (self->deadline))
    return EONAY_SESSION_EXPIRED;

  if (g_error_matches (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PIN_WRONG) ||
      g_error_matches (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PIN_LENGTH) ||
      g_error_matches (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_LAST_TRY) ||
      g_error_matches (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_TRIES_NOT_SHOWN))
    return EONAY_SESSION_WAITING_PIN;

  return EONAY_SESSION_REVIEWING;
}

/* A try that was, or may have been, spent is reported even if it is too late for another one. */
static gboolean
tells_of_spent_try (const GError *error)
{
  return g_error_matches (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PIN_WRONG) ||
         g_error_matches (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PIN_BLOCKED) ||
         eonay_card_error_get_pin_try (error) == EONAY_PIN_TRY_UNCERTAIN;
}

static void
on_batch_signed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  EonaySession *self = g_task_get_source_object (task);
  GError *error = NULL;
  GPtrArray *signatures = eonay_batch_sign_finish (result, &error);

  if (signatures == NULL)
    {
      EonaySessionState to = state_after_sign_error (self, error);

      eonay_session_record_failure (self, error);
      g_clear_pointer (&self->signed_at, g_date_time_unref);
      if (to == EONAY_SESSION_EXPIRED && !tells_of_spent_try (error))
        {
          g_clear_error (&error);
          error = eonay_session_new_expired_error ();
        }
      fail (task, to, error);
      return;
    }

  self->signatures = signatures;
  /* After an interruption, signatures made until then are not delivered. */
  if (g_cancellable_set_error_if_cancelled (g_task_get_cancellable (task), &error))
    {
      eonay_session_record_failure (self, error);
      fail (task, EONAY_SESSION_FAILED, error);
      return;
    }

  record_end (self, EONAY_HISTORY_SIGNED, NULL, NULL);
  submit (self, task);
}

static gboolean
is_typed_on_reader (EonaySession *self)
{
  return self->candidate == NULL ||
         eonay_token_get_pin_entry (eonay_candidate_get_token (self->candidate)) ==
             EONAY_PIN_ENTRY_READER;
}

/* The PIN, and what the person was shown. @pin: (nullable) */
typedef struct {
  EonaySecret *pin;
  EonayPinConsent consent;
} Given;

static void
given_free (gpointer given)
{
  eonay_secret_free (((Given *) given)->pin);
  g_free (given);
}

static void
ask_card (GTask *task)
{
  EonaySession *self = g_task_get_source_object (task);
  Given *given = g_task_get_task_data (task);

  /* The disk may have been slow: do not spend a PIN try if it is too late. */
  if (self->record != NULL && eonay_deadline_is_expired (self->deadline))
    {
      record_withdraw (self);
      g_clear_pointer (&self->signed_at, g_date_time_unref);
      fail (task, EONAY_SESSION_EXPIRED, eonay_session_new_expired_error ());
      return;
    }

  eonay_batch_sign_async (self->transaction, self->inspections, self->candidate, self->signed_at,
                          g_steal_pointer (&given->pin), &given->consent, self->check,
                          g_task_get_cancellable (task), on_batch_signed, g_object_ref (task));
}

static void
on_begun (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (!eonay_history_put_finish (EONAY_HISTORY (source), result, &error))
    g_debug ("Signing goes on: %s", error->message);
  ask_card (task);
}

/*
 * Writes the entry, and has the card sign once that is durable, fails, or takes too long; at once
 * without a history.
 */
static void
record_begin (EonaySession *self, GTask *task)
{
  g_clear_pointer (&self->record, g_ptr_array_unref);
  if (self->history == NULL || !eonay_history_is_enabled (self->history))
    {
      ask_card (task);
      return;
    }

  self->record =
      eonay_history_entry_new_batch (eonay_portal_get_profile (self->portal), self->transaction,
                                     eonay_candidate_get_certificate (self->candidate),
                                     self->signed_at, eonay_history_keeps_text (self->history));
  eonay_history_put_async (self->history, self->record, on_begun, g_object_ref (task));
}

void
eonay_session_sign_async (EonaySession *self, EonaySecret *pin, const EonayPinConsent *consent,
                          GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (EonaySecret) owned = pin;
  g_autoptr (GTask) task = NULL;
  Given *given;
  GError *error = NULL;

  g_return_if_fail (EONAY_IS_SESSION (self) && consent != NULL);
  g_return_if_fail (pin != NULL || is_typed_on_reader (self));

  task = new_task (self, cancellable, callback, user_data, eonay_session_sign_async);
  if (!eonay_session_is_in (self, EONAY_SESSION_WAITING_PIN, &error) ||
      !eonay_session_can_sign (self, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  given = g_new (Given, 1);
  *given = (Given){ .pin = g_steal_pointer (&owned), .consent = *consent };
  g_task_set_task_data (task, given, given_free);
  self->signed_at = eonay_clock_realtime (self->clock);
  eonay_session_go (self, EONAY_SESSION_SIGNING, NULL);
  record_begin (self, task);
}

gboolean
eonay_session_sign_finish (EonaySession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
eonay_session_submit_again_async (EonaySession *self, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (EONAY_IS_SESSION (self));

  task = new_task (self, cancellable, callback, user_data, eonay_session_submit_again_async);
  if (self->state != EONAY_SESSION_FAILED || self->signatures == NULL)
    {
      g_task_return_new_error (task, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_WRONG_STATE,
                               "There is no signature to submit");
      return;
    }

  submit (self, task);
}

gboolean
eonay_session_submit_again_finish (EonaySession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
