#include "base/eonay-error.h"
#include "session/sign/eonay-session-private.h"

static guint
count_documents (EonaySession *self)
{
  if (self->transaction == NULL)
    return 0;

  return g_list_model_get_n_items (eonay_transaction_get_documents (self->transaction));
}

void
eonay_session_mark_seen (EonaySession *self, guint index)
{
  g_return_if_fail (EONAY_IS_SESSION (self));

  if (self->state == EONAY_SESSION_REVIEWING && index < count_documents (self) &&
      self->faults[index] == NULL)
    self->seen |= 1u << index;
}

void
eonay_session_set_fault (EonaySession *self, guint index, const GError *error)
{
  g_return_if_fail (EONAY_IS_SESSION (self));

  if ((self->state != EONAY_SESSION_REVIEWING && self->state != EONAY_SESSION_WAITING_PIN) ||
      index >= count_documents (self))
    return;

  g_clear_error (&self->faults[index]);
  self->faults[index] = error != NULL ? g_error_copy (error) : NULL;
}

gboolean
eonay_session_was_seen (EonaySession *self, guint index)
{
  g_return_val_if_fail (EONAY_IS_SESSION (self), FALSE);

  return index < count_documents (self) && (self->seen & 1u << index) != 0;
}

gboolean
eonay_session_can_sign (EonaySession *self, GError **error)
{
  g_return_val_if_fail (EONAY_IS_SESSION (self), FALSE);

  if (self->transaction == NULL || count_documents (self) == 0)
    {
      g_set_error_literal (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_WRONG_STATE,
                           "There is nothing to sign");
      return FALSE;
    }

  for (guint i = 0; i < count_documents (self); i++)
    if (self->faults[i] != NULL)
      {
        g_propagate_error (error, g_error_copy (self->faults[i]));
        return FALSE;
      }

  for (guint i = 0; i < count_documents (self); i++)
    if (!eonay_session_was_seen (self, i))
      {
        g_set_error (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_NOT_REVIEWED,
                     "Document %u has not been on screen", i + 1);
        return FALSE;
      }

  /* It may have been found out since it was chosen. */
  if (self->candidate != NULL &&
      eonay_candidate_get_reasons (self->candidate) == EONAY_CANDIDATE_PIN_BLOCKED)
    {
      g_propagate_error (error, eonay_card_error_new_pin_wrong (0));
      return FALSE;
    }

  if (self->candidate == NULL || !eonay_candidate_is_usable (self->candidate))
    {
      g_set_error_literal (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_NO_CERTIFICATE,
                           "No usable certificate is chosen");
      return FALSE;
    }

  return TRUE;
}

gboolean
eonay_session_ask_pin (EonaySession *self, GError **error)
{
  g_return_val_if_fail (EONAY_IS_SESSION (self), FALSE);

  if (!eonay_session_is_in (self, EONAY_SESSION_REVIEWING, error) ||
      !eonay_session_can_sign (self, error))
    return FALSE;

  eonay_session_go (self, EONAY_SESSION_WAITING_PIN, NULL);

  return TRUE;
}

void
eonay_session_cancel_pin (EonaySession *self)
{
  g_return_if_fail (EONAY_IS_SESSION (self));

  if (self->state == EONAY_SESSION_WAITING_PIN)
    eonay_session_go (self, EONAY_SESSION_REVIEWING, NULL);
}

static void
on_declined (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!eonay_portal_decline_finish (EONAY_PORTAL (source), result, &error))
    g_debug ("The portal was not told: %s", error->message);
}

void
eonay_session_decline (EonaySession *self)
{
  g_return_if_fail (EONAY_IS_SESSION (self));

  if (self->state != EONAY_SESSION_REVIEWING && self->state != EONAY_SESSION_WAITING_PIN)
    return;

  eonay_portal_decline_async (self->portal, self->transaction, NULL, on_declined, NULL);
  eonay_session_go (self, EONAY_SESSION_DECLINED, NULL);
}
