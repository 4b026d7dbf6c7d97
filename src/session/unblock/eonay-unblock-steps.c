#include "base/eonay-error.h"
#include "session/eonay-pin-rules.h"
#include "session/unblock/eonay-unblock-private.h"

static EonayUnblockState
state_after_resolve_error (const GError *error)
{
  if (eonay_unblock_is_portal_error (error, EONAY_PORTAL_ERROR_CODE_MALFORMED) ||
      eonay_unblock_is_portal_error (error, EONAY_PORTAL_ERROR_CODE_UNKNOWN) ||
      eonay_unblock_is_portal_error (error, EONAY_PORTAL_ERROR_CODE_USED))
    return EONAY_UNBLOCK_IDLE;

  if (eonay_unblock_is_portal_error (error, EONAY_PORTAL_ERROR_EXPIRED))
    return EONAY_UNBLOCK_EXPIRED;

  return EONAY_UNBLOCK_FAILED;
}

static void
on_resolved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (EonayUnblockStep) step = user_data;
  g_autoptr (EonayTransaction) transaction = NULL;
  EonayUnblock *self = step->unblock;
  GError *error = NULL;

  transaction = eonay_portal_resolve_finish (EONAY_PORTAL (source), result, &error);
  if (!eonay_unblock_step_counts (step))
    {
      g_clear_error (&error);
      return;
    }

  if (transaction != NULL)
    eonay_unblock_begin (self, transaction);
  else
    eonay_unblock_go (self, state_after_resolve_error (error), error);
}

void
eonay_unblock_resolve (EonayUnblock *self, EonayPortal *portal, const char *code)
{
  EonayUnblockStep *step;

  g_return_if_fail (EONAY_IS_UNBLOCK (self));
  g_return_if_fail (EONAY_IS_PORTAL (portal));
  g_return_if_fail (code != NULL);

  if (self->state != EONAY_UNBLOCK_IDLE)
    return;

  g_set_object (&self->portal, portal);
  eonay_unblock_go (self, EONAY_UNBLOCK_RESOLVING, NULL);
  step = eonay_unblock_step_new (self);
  eonay_portal_resolve_async (portal, code, step->cancellable, on_resolved, step);
}

void
eonay_unblock_take_transaction (EonayUnblock *self, EonayPortal *portal,
                                EonayTransaction *transaction)
{
  g_return_if_fail (EONAY_IS_UNBLOCK (self));
  g_return_if_fail (EONAY_IS_PORTAL (portal));
  g_return_if_fail (eonay_transaction_get_operation (transaction) == EONAY_OPERATION_UNBLOCK);

  if (self->state != EONAY_UNBLOCK_IDLE)
    return;

  g_set_object (&self->portal, portal);
  eonay_unblock_begin (self, transaction);
}

EonayTransaction *
eonay_unblock_steal_transaction (EonayUnblock *self, EonayPortal **portal)
{
  EonayTransaction *transaction;

  g_return_val_if_fail (EONAY_IS_UNBLOCK (self), NULL);

  if (!eonay_unblock_is_in (self, EONAY_UNBLOCK_OTHER))
    return NULL;

  *portal = g_object_ref (self->portal);
  transaction = g_object_ref (self->transaction);
  eonay_unblock_go (self, EONAY_UNBLOCK_IDLE, NULL);

  return transaction;
}

static void
refuse_card (EonayUnblock *self, GError *error)
{
  g_free (self->refused);
  self->refused = g_steal_pointer (&self->serial);
  self->resume = EONAY_UNBLOCK_WAITING_WORD;
  eonay_unblock_go (self, EONAY_UNBLOCK_WAITING_CARD, error);
}

/** @error: (transfer full) */
static void
stop_at_word (EonayUnblock *self, GError *error)
{
  if (eonay_unblock_is_portal_error (error, EONAY_PORTAL_ERROR_CARD_MISMATCH))
    refuse_card (self, error);
  else if (eonay_unblock_is_time_over (self, error))
    eonay_unblock_end_unused (self, EONAY_UNBLOCK_EXPIRED, error);
  else if (eonay_unblock_is_portal_error (error, EONAY_PORTAL_ERROR_SECURITY_WORD_WRONG) ||
           eonay_unblock_may_pass (error))
    eonay_unblock_go (self, EONAY_UNBLOCK_WAITING_WORD, error);
  else
    eonay_unblock_end_unused (self, EONAY_UNBLOCK_FAILED, error);
}

static void
on_word_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (EonayUnblockStep) step = user_data;
  EonayUnblock *self = step->unblock;
  GError *error = NULL;
  g_autoptr (EonaySms) sms = eonay_portal_unblock_finish (EONAY_PORTAL (source), result, &error);

  if (!eonay_unblock_step_counts (step))
    {
      g_clear_error (&error);
      return;
    }

  if (sms == NULL)
    {
      stop_at_word (self, error);
    }
  else
    {
      g_object_freeze_notify (G_OBJECT (self));
      eonay_unblock_set_sms (self, g_steal_pointer (&sms));
      eonay_unblock_go (self, EONAY_UNBLOCK_WAITING_SMS, NULL);
      g_object_thaw_notify (G_OBJECT (self));
    }
  eonay_unblock_update (self);
  eonay_unblock_follow_card (self);
}

void
eonay_unblock_send_word (EonayUnblock *self, EonaySecret *word)
{
  g_autoptr (EonaySecret) owned = word;
  EonayUnblockStep *step;

  g_return_if_fail (EONAY_IS_UNBLOCK (self));
  g_return_if_fail (word != NULL);

  if (!eonay_unblock_is_in (self, EONAY_UNBLOCK_WAITING_WORD))
    return;

  g_free (self->serial);
  self->serial = g_strdup (eonay_token_get_serial (self->token));
  eonay_unblock_go (self, EONAY_UNBLOCK_SENDING_WORD, NULL);
  step = eonay_unblock_step_new (self);
  eonay_portal_unblock_async (self->portal, self->transaction, self->serial,
                              g_steal_pointer (&owned), step->cancellable, on_word_sent, step);
}

void
eonay_unblock_renew_sms (EonayUnblock *self)
{
  g_return_if_fail (EONAY_IS_UNBLOCK (self));

  if (eonay_unblock_is_in (self, EONAY_UNBLOCK_WAITING_SMS))
    eonay_unblock_ask_word_again (self, FALSE);
}

void
eonay_unblock_take_sms_code (EonayUnblock *self, EonaySecret *code)
{
  g_autoptr (EonaySecret) owned = code;

  g_return_if_fail (EONAY_IS_UNBLOCK (self));
  g_return_if_fail (code != NULL);

  if (!eonay_unblock_is_in (self, EONAY_UNBLOCK_WAITING_SMS))
    return;

  g_clear_pointer (&self->sms_code, eonay_secret_free);
  self->sms_code = g_steal_pointer (&owned);
  if (self->new_pin == NULL)
    eonay_unblock_go (self, EONAY_UNBLOCK_WAITING_PIN, NULL);
  else
    eonay_unblock_ask_puk (self);
}

/** Returns: (transfer full) (nullable): why @pin will not do */
static GError *
find_fault (EonayUnblock *self, const EonaySecret *pin)
{
  g_autoptr (EonayCertificate) certificate = NULL;
  EonayPinState rules;

  eonay_token_get_pin_state (self->token, self->certificate, &rules);
  if (!eonay_pin_rules_allow (&rules, pin))
    return eonay_card_error_new_length (FALSE);

  if (self->certificate != NULL)
    certificate = eonay_certificate_new (eonay_token_certificate_get_der (self->certificate), NULL);
  if (eonay_pin_rules_find_weakness (pin, certificate) != EONAY_PIN_WEAKNESS_NONE)
    return g_error_new_literal (EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_WEAK_PIN,
                                "The new PIN is easily guessed");

  return NULL;
}

void
eonay_unblock_take_new_pin (EonayUnblock *self, EonaySecret *pin)
{
  g_autoptr (EonaySecret) owned = pin;
  GError *fault;

  g_return_if_fail (EONAY_IS_UNBLOCK (self));
  g_return_if_fail (pin != NULL);

  if (!eonay_unblock_is_in (self, EONAY_UNBLOCK_WAITING_PIN))
    return;

  fault = find_fault (self, pin);
  if (fault != NULL)
    {
      eonay_unblock_set_error (self, fault);
      return;
    }

  g_clear_pointer (&self->new_pin, eonay_secret_free);
  self->new_pin = g_steal_pointer (&owned);
  eonay_unblock_ask_puk (self);
}

void
eonay_unblock_cancel (EonayUnblock *self)
{
  g_return_if_fail (EONAY_IS_UNBLOCK (self));

  if (self->state != EONAY_UNBLOCK_RESOLVING && self->state != EONAY_UNBLOCK_SENDING_WORD)
    return;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  eonay_unblock_go (self,
                    self->state == EONAY_UNBLOCK_RESOLVING ? EONAY_UNBLOCK_IDLE
                                                           : EONAY_UNBLOCK_WAITING_WORD,
                    NULL);
  eonay_unblock_update (self);
  eonay_unblock_follow_card (self);
}

void
eonay_unblock_decline (EonayUnblock *self)
{
  g_return_if_fail (EONAY_IS_UNBLOCK (self));

  if (self->state == EONAY_UNBLOCK_RESOLVING)
    eonay_unblock_cancel (self);
  if (self->state == EONAY_UNBLOCK_IDLE || self->state == EONAY_UNBLOCK_UNBLOCKING ||
      self->state >= EONAY_UNBLOCK_DONE)
    return;

  eonay_unblock_tell (self, EONAY_UNBLOCK_OUTCOME_CANCELLED);
  eonay_unblock_go (self, EONAY_UNBLOCK_DECLINED, NULL);
}
