#include "session/unblock/eonay-unblock-private.h"

#include "base/eonay-error.h"
#include "session/eonay-pin-rules.h"

/* A running call. */
typedef struct {
  EonayUnblock *unblock;
  GCancellable *cancellable;
} Step;

static void
step_free (Step *step)
{
  g_object_unref (step->unblock);
  g_object_unref (step->cancellable);
  g_free (step);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Step, step_free)

/* The only call waited for from now on; answers to others are ignored. */
static Step *
step_new (EonayUnblock *self)
{
  Step *step = g_new0 (Step, 1);

  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  step->unblock = g_object_ref (self);
  step->cancellable = g_object_ref (self->cancellable);

  return step;
}

/** Returns: whether it is still waited for */
static gboolean
step_counts (Step *step)
{
  return step->unblock->cancellable == step->cancellable;
}

static gboolean
is_portal_error (const GError *error, EonayPortalError code)
{
  return g_error_matches (error, EONAY_PORTAL_ERROR, (int) code);
}

/* A retry by the person may succeed: the portal has not decided. */
static gboolean
may_pass (const GError *error)
{
  return eonay_portal_is_temporary_error (error) ||
         is_portal_error (error, EONAY_PORTAL_ERROR_TLS) ||
         is_portal_error (error, EONAY_PORTAL_ERROR_MALFORMED) ||
         is_portal_error (error, EONAY_PORTAL_ERROR_TOO_LARGE);
}

/** Returns: whether @error means that the time was over, or occurred after it was */
static gboolean
is_time_over (EonayUnblock *self, const GError *error)
{
  return is_portal_error (error, EONAY_PORTAL_ERROR_EXPIRED) ||
         (may_pass (error) && eonay_deadline_is_expired (self->deadline));
}

/* A report continues when a new code was started: it has its own transaction. */
typedef struct {
  EonayUnblock *unblock;
  EonayTransaction *transaction;
} Report;

static void
report_free (Report *report)
{
  g_object_unref (report->unblock);
  g_object_unref (report->transaction);
  g_free (report);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Report, report_free)

static Report *
report_new (EonayUnblock *self)
{
  Report *report = g_new0 (Report, 1);

  report->unblock = g_object_ref (self);
  report->transaction = g_object_ref (self->transaction);

  return report;
}

static void
end_report (Report *report, const GError *error)
{
  if (error != NULL)
    g_debug ("The portal was not told: %s", error->message);
  if (report->unblock->transaction == report->transaction)
    eonay_unblock_set_report (report->unblock, error == NULL ? EONAY_UNBLOCK_REPORT_TOLD
                                                             : EONAY_UNBLOCK_REPORT_UNTOLD);
}

static void
on_reported (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Report) report = user_data;
  g_autoptr (GError) error = NULL;

  eonay_portal_report_unblock_finish (EONAY_PORTAL (source), result, &error);
  end_report (report, error);
}

static void
send_report (EonayUnblock *self)
{
  eonay_unblock_set_report (self, EONAY_UNBLOCK_REPORT_TELLING);
  eonay_portal_report_unblock_async (self->portal, self->transaction, self->outcome, NULL,
                                     on_reported, report_new (self));
}

void
eonay_unblock_report (EonayUnblock *self, EonayUnblockOutcome outcome)
{
  self->outcome = outcome;
  send_report (self);
}

void
eonay_unblock_report_again (EonayUnblock *self)
{
  g_return_if_fail (EONAY_IS_UNBLOCK (self));

  if (self->report == EONAY_UNBLOCK_REPORT_UNTOLD)
    send_report (self);
}

void
eonay_unblock_fail (EonayUnblock *self, EonayUnblockOutcome outcome, GError *error)
{
  eonay_unblock_report (self, outcome);
  eonay_unblock_go (self, EONAY_UNBLOCK_FAILED, error);
}

void
eonay_unblock_end (EonayUnblock *self, EonayUnblockState state, GError *error)
{
  gboolean is_cancelled = state == EONAY_UNBLOCK_DECLINED && !self->presented;

  if (self->asked || state == EONAY_UNBLOCK_DECLINED)
    eonay_unblock_report (self, is_cancelled ? EONAY_UNBLOCK_OUTCOME_CANCELLED
                                             : EONAY_UNBLOCK_OUTCOME_FAILED);
  eonay_unblock_go (self, state, error);
}

static gboolean
is_card_error (const GError *error, EonayCardError code)
{
  return g_error_matches (error, EONAY_CARD_ERROR, (int) code);
}

static GError *
new_session_error (EonaySessionError code, const GError *cause)
{
  return g_error_new_literal (EONAY_SESSION_ERROR, (int) code, cause->message);
}

/* The card refused it and is unchanged: another new PIN, and the portal's PUK again. */
static gboolean
can_be_repeated (const GError *error)
{
  EonayPinTry pin_try = eonay_card_error_get_pin_try (error);

  return is_card_error (error, EONAY_CARD_ERROR_NEW_PIN_REFUSED) ||
         is_card_error (error, EONAY_CARD_ERROR_PIN_LENGTH) ||
         is_card_error (error, EONAY_CARD_ERROR_LAST_TRY) ||
         is_card_error (error, EONAY_CARD_ERROR_TRIES_NOT_SHOWN) ||
         pin_try == EONAY_PIN_TRY_NOT_SENT || pin_try == EONAY_PIN_TRY_ACCEPTED;
}

/* Of errors that can be repeated. */
static gboolean
was_presented (const GError *error)
{
  return is_card_error (error, EONAY_CARD_ERROR_NEW_PIN_REFUSED) ||
         eonay_card_error_get_pin_try (error) == EONAY_PIN_TRY_ACCEPTED;
}

/** @error: (transfer full) */
static void
stop_at_card (EonayUnblock *self, GError *error)
{
  g_autoptr (GError) owned = error;

  if (is_card_error (error, EONAY_CARD_ERROR_PUK_WRONG) ||
      is_card_error (error, EONAY_CARD_ERROR_PUK_LENGTH))
    eonay_unblock_fail (self, EONAY_UNBLOCK_OUTCOME_FAILED,
                        new_session_error (EONAY_SESSION_ERROR_PORTAL_PUK, error));
  else if (is_card_error (error, EONAY_CARD_ERROR_PUK_BLOCKED))
    eonay_unblock_fail (self, EONAY_UNBLOCK_OUTCOME_FAILED, g_steal_pointer (&owned));
  else if (can_be_repeated (error))
    {
      self->presented = self->presented || was_presented (error);
      eonay_unblock_go (self, EONAY_UNBLOCK_WAITING_PIN, g_steal_pointer (&owned));
    }
  else
    eonay_unblock_fail (self, EONAY_UNBLOCK_OUTCOME_UNKNOWN,
                        new_session_error (EONAY_SESSION_ERROR_UNBLOCK_UNCERTAIN, error));
  eonay_unblock_update (self);
  eonay_unblock_follow_card (self);
}

static void
on_unblocked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (EonayUnblock) self = user_data;
  GError *error = NULL;

  if (eonay_token_request_finish (EONAY_TOKEN (source), result, &error))
    {
      eonay_unblock_report (self, EONAY_UNBLOCK_OUTCOME_DONE);
      eonay_unblock_go (self, EONAY_UNBLOCK_DONE, NULL);
    }
  else
    {
      stop_at_card (self, error);
    }
}

/** @puk: (transfer full) */
static void
unblock (EonayUnblock *self, EonaySecret *puk)
{
  eonay_unblock_go (self, EONAY_UNBLOCK_UNBLOCKING, NULL);
  eonay_token_unblock_async (self->token, self->certificate, puk, g_steal_pointer (&self->new_pin),
                             &self->consent, NULL, on_unblocked, g_object_ref (self));
}

/* No report to a portal that has ended it itself. */
static gboolean
is_portals_end (const GError *error)
{
  return is_portal_error (error, EONAY_PORTAL_ERROR_ATTEMPTS_EXHAUSTED) ||
         is_portal_error (error, EONAY_PORTAL_ERROR_CODE_USED);
}

/** @error: (transfer full) */
static void
stop_at_sms_code (EonayUnblock *self, GError *error)
{
  if (is_portal_error (error, EONAY_PORTAL_ERROR_SMS_CODE_WRONG))
    {
      g_clear_pointer (&self->sms_code, eonay_secret_free);
      self->confirmed = FALSE;
      self->sms_tries_left = eonay_portal_error_get_tries_left (error);
      eonay_unblock_go (self, EONAY_UNBLOCK_WAITING_SMS, error);
    }
  else if (is_portal_error (error, EONAY_PORTAL_ERROR_SMS_CODE_EXPIRED))
    {
      g_error_free (error);
      eonay_unblock_ask_word_again (self, TRUE);
    }
  else if (is_time_over (self, error))
    {
      eonay_unblock_end (self, EONAY_UNBLOCK_EXPIRED, error);
    }
  else if (may_pass (error))
    {
      eonay_unblock_go (self, EONAY_UNBLOCK_READY, error);
    }
  else if (is_portals_end (error) && !self->confirmed)
    {
      eonay_unblock_go (self, EONAY_UNBLOCK_FAILED, error);
    }
  else
    {
      eonay_unblock_end (self, EONAY_UNBLOCK_FAILED, error);
    }
}

/* Returns: (transfer full) (nullable): why the person has to be asked again */
static GError *
find_change (EonayUnblock *self)
{
  GError *change = NULL;
  EonayPinState puk;

  eonay_token_get_puk_state (self->token, self->certificate, &puk);
  /* If the tries are not known yet, the card is queried before the PUK is sent. */
  if (puk.pin != 0 && !eonay_pin_state_is_pending (&puk))
    eonay_pin_consent_check (&self->consent, &puk, EONAY_PIN_ROLE_PUK, FALSE, &change);

  return change;
}

/* The card may have been removed or replaced before the PUK arrived. */
static void
use (EonayUnblock *self, EonaySecret *puk)
{
  g_autoptr (EonaySecret) owned = puk;
  GError *change = NULL;

  self->confirmed = TRUE;
  eonay_unblock_find_card (self);
  if (self->token == NULL)
    {
      self->resume = EONAY_UNBLOCK_READY;
      eonay_unblock_go (self, EONAY_UNBLOCK_WAITING_CARD,
                        g_error_new_literal (EONAY_CARD_ERROR, EONAY_CARD_ERROR_NO_CARD,
                                             "The card had gone when the PUK came"));
    }
  else if (eonay_unblock_is_puk_blocked (self))
    {
      eonay_unblock_fail (self, EONAY_UNBLOCK_OUTCOME_FAILED, eonay_card_error_new_puk_wrong (0));
    }
  else if ((change = find_change (self)) != NULL)
    {
      eonay_unblock_go (self, EONAY_UNBLOCK_READY, change);
    }
  else
    {
      unblock (self, g_steal_pointer (&owned));
    }
}

static void
on_confirmed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Step) step = user_data;
  EonayUnblock *self = step->unblock;
  GError *error = NULL;
  g_autoptr (EonaySecret) puk = eonay_portal_confirm_unblock_finish (EONAY_PORTAL (source), result,
                                                                     &error);

  if (!step_counts (step))
    {
      g_clear_error (&error);
      return;
    }

  if (puk != NULL)
    use (self, g_steal_pointer (&puk));
  else
    stop_at_sms_code (self, error);
  eonay_unblock_update (self);
  eonay_unblock_follow_card (self);
}

/* The same code may be needed again, if an answer was lost or the PUK was not used. */
static EonaySecret *
repeat (const EonaySecret *secret)
{
  gsize length;
  const guint8 *bytes = eonay_secret_peek (secret, &length);

  return eonay_secret_new (bytes, length);
}

static void
confirm (EonayUnblock *self)
{
  Step *step;

  eonay_unblock_go (self, EONAY_UNBLOCK_CONFIRMING, NULL);
  self->asked = TRUE;
  step = step_new (self);
  eonay_portal_confirm_unblock_async (self->portal, self->transaction, repeat (self->sms_code),
                                      step->cancellable, on_confirmed, step);
}

/* Everything was typed: continue, unless a confirmation is needed. */
static void
ask_puk (EonayUnblock *self)
{
  eonay_unblock_show_tries (self);
  self->consent = eonay_pin_consent_new (&self->shown, FALSE);
  if (eonay_unblock_is_sms_over (self))
    eonay_unblock_ask_word_again (self, TRUE);
  else if (self->shown.tries_left == 1)
    eonay_unblock_go (self, EONAY_UNBLOCK_READY, NULL);
  else
    confirm (self);
}

void
eonay_unblock_go_on (EonayUnblock *self)
{
  g_return_if_fail (EONAY_IS_UNBLOCK (self));

  if (!eonay_unblock_is_in (self, EONAY_UNBLOCK_READY))
    return;

  self->consent = eonay_pin_consent_new (&self->shown, TRUE);
  if (eonay_unblock_is_sms_over (self))
    eonay_unblock_ask_word_again (self, TRUE);
  else
    confirm (self);
}

static EonayUnblockState
state_after_resolve_error (const GError *error)
{
  if (is_portal_error (error, EONAY_PORTAL_ERROR_CODE_MALFORMED) ||
      is_portal_error (error, EONAY_PORTAL_ERROR_CODE_UNKNOWN) ||
      is_portal_error (error, EONAY_PORTAL_ERROR_CODE_USED))
    return EONAY_UNBLOCK_IDLE;

  if (is_portal_error (error, EONAY_PORTAL_ERROR_EXPIRED))
    return EONAY_UNBLOCK_EXPIRED;

  return EONAY_UNBLOCK_FAILED;
}

static void
on_resolved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Step) step = user_data;
  g_autoptr (EonayTransaction) transaction = NULL;
  EonayUnblock *self = step->unblock;
  GError *error = NULL;

  transaction = eonay_portal_resolve_finish (EONAY_PORTAL (source), result, &error);
  if (!step_counts (step))
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
  Step *step;

  g_return_if_fail (EONAY_IS_UNBLOCK (self));
  g_return_if_fail (EONAY_IS_PORTAL (portal));
  g_return_if_fail (code != NULL);

  if (self->state != EONAY_UNBLOCK_IDLE)
    return;

  g_set_object (&self->portal, portal);
  eonay_unblock_go (self, EONAY_UNBLOCK_RESOLVING, NULL);
  step = step_new (self);
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
  if (is_portal_error (error, EONAY_PORTAL_ERROR_CARD_MISMATCH))
    refuse_card (self, error);
  else if (is_time_over (self, error))
    eonay_unblock_end (self, EONAY_UNBLOCK_EXPIRED, error);
  else if (is_portal_error (error, EONAY_PORTAL_ERROR_SECURITY_WORD_WRONG) || may_pass (error))
    eonay_unblock_go (self, EONAY_UNBLOCK_WAITING_WORD, error);
  else
    eonay_unblock_end (self, EONAY_UNBLOCK_FAILED, error);
}

static void
on_word_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Step) step = user_data;
  EonayUnblock *self = step->unblock;
  GError *error = NULL;
  g_autoptr (EonayPortalSms) sms = eonay_portal_unblock_finish (EONAY_PORTAL (source), result,
                                                                &error);

  if (!step_counts (step))
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
  Step *step;

  g_return_if_fail (EONAY_IS_UNBLOCK (self));
  g_return_if_fail (word != NULL);

  if (!eonay_unblock_is_in (self, EONAY_UNBLOCK_WAITING_WORD))
    return;

  g_free (self->serial);
  self->serial = g_strdup (eonay_token_get_serial (self->token));
  eonay_unblock_go (self, EONAY_UNBLOCK_SENDING_WORD, NULL);
  step = step_new (self);
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
    ask_puk (self);
}

/** Returns: (transfer full) (nullable): why @pin is not accepted */
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
  ask_puk (self);
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

/** Returns: whether there is something that can be given up */
static gboolean
prepare_to_leave (EonayUnblock *self)
{
  if (self->state == EONAY_UNBLOCK_RESOLVING)
    eonay_unblock_cancel (self);

  return self->state != EONAY_UNBLOCK_IDLE && self->state != EONAY_UNBLOCK_UNBLOCKING &&
         self->state < EONAY_UNBLOCK_DONE;
}

void
eonay_unblock_decline (EonayUnblock *self)
{
  g_return_if_fail (EONAY_IS_UNBLOCK (self));

  if (self->state == EONAY_UNBLOCK_OTHER)
    eonay_unblock_abandon (self);
  else if (prepare_to_leave (self))
    eonay_unblock_end (self, EONAY_UNBLOCK_DECLINED, NULL);
}

void
eonay_unblock_abandon (EonayUnblock *self)
{
  g_return_if_fail (EONAY_IS_UNBLOCK (self));

  if (!prepare_to_leave (self))
    return;

  if (self->asked)
    eonay_unblock_report (self, EONAY_UNBLOCK_OUTCOME_FAILED);
  eonay_unblock_go (self, EONAY_UNBLOCK_DECLINED, NULL);
}
