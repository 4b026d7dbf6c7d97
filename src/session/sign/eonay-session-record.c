#include "base/eonay-error.h"
#include "session/eonay-advice.h"
#include "session/sign/eonay-session-private.h"

/* A session's own part of the history. Nothing here can keep a signature from being made. */

void
eonay_session_set_history (EonaySession *self, EonayHistory *history)
{
  g_return_if_fail (EONAY_IS_SESSION (self));
  g_return_if_fail (history == NULL || EONAY_IS_HISTORY (history));

  g_set_object (&self->history, history);
}

typedef struct {
  GTask *task;
  void (*next) (GTask *task);
} Beginning;

static void
on_begun (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Beginning *beginning = user_data;
  g_autoptr (GTask) task = beginning->task;
  g_autoptr (GError) error = NULL;

  if (!eonay_history_put_finish (EONAY_HISTORY (source), result, &error))
    g_debug ("Signing goes on: %s", error->message);
  beginning->next (task);
}

void
eonay_session_record_begin (EonaySession *self, GTask *task, void (*next) (GTask *task))
{
  Beginning *beginning;

  g_clear_pointer (&self->record, g_ptr_array_unref);
  if (self->history == NULL || !eonay_history_is_enabled (self->history))
    {
      next (task);
      return;
    }

  self->record =
      eonay_history_entry_new_batch (eonay_portal_get_profile (self->portal), self->transaction,
                                     eonay_candidate_get_certificate (self->candidate),
                                     self->signed_at, eonay_history_keeps_text (self->history));
  beginning = g_new0 (Beginning, 1);
  beginning->task = g_object_ref (task);
  beginning->next = next;
  eonay_history_put_async (self->history, self->record, on_begun, beginning);
}

/* What was begun is ended, even if the history has been turned off since. */
static gboolean
has_record (EonaySession *self)
{
  return self->record != NULL && self->history != NULL;
}

static void
end (EonaySession *self, EonayHistoryOutcome outcome, const char *code, const char *receipt)
{
  g_autoptr (GPtrArray) ended = NULL;

  if (!has_record (self))
    return;

  ended = eonay_history_entry_end_batch (self->record, outcome, code, receipt);
  eonay_history_put_async (self->history, ended, NULL, NULL);
}

void
eonay_session_record_signed (EonaySession *self)
{
  end (self, EONAY_HISTORY_SIGNED, NULL, NULL);
}

void
eonay_session_record_delivered (EonaySession *self)
{
  end (self, EONAY_HISTORY_DELIVERED, NULL, self->receipt->receipt);
}

/** Returns: whether the portal itself said that it will not have the signature */
static gboolean
is_refusal (const GError *error)
{
  return error->domain == EONAY_PORTAL_ERROR &&
         (error->code == EONAY_PORTAL_ERROR_REFUSED ||
          (error->code >= EONAY_PORTAL_ERROR_CODE_MALFORMED &&
           error->code < EONAY_PORTAL_ERROR_TOO_MANY_REQUESTS));
}

/* Several documents may have been signed before a PIN was found wrong. */
static gboolean
is_nothing_signed (EonaySession *self, const GError *error)
{
  return self->record->len == 1 && eonay_card_error_is_about_pin (error);
}

/** Returns: whether the card, which then has not had the PIN, cannot have signed anything */
static gboolean
is_nothing_made (EonaySession *self, const GError *error)
{
  return self->record->len == 1 && error->domain == EONAY_CARD_ERROR &&
         eonay_card_error_get_pin_try (error) == EONAY_PIN_TRY_NOT_SENT;
}

void
eonay_session_record_withdraw (EonaySession *self)
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
    eonay_session_record_withdraw (self);
  else
    end (self, outcome, advice != NULL ? advice->code : NULL, NULL);
}
