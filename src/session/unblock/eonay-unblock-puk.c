#include "base/eonay-error.h"
#include "session/unblock/eonay-unblock-private.h"

/* The PUK: from the portal's answer to the card's request, and no further. */

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

/* The card has not taken it and is as it was: another new PIN, and the portal's PUK once more. */
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
    eonay_unblock_go (self, EONAY_UNBLOCK_WAITING_PIN, g_steal_pointer (&owned));
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
      eonay_unblock_tell (self, EONAY_UNBLOCK_OUTCOME_DONE);
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

/* Nothing has to be told to a portal that has ended it itself. */
static gboolean
is_portals_end (const GError *error)
{
  return eonay_unblock_is_portal_error (error, EONAY_PORTAL_ERROR_ATTEMPTS_EXHAUSTED) ||
         eonay_unblock_is_portal_error (error, EONAY_PORTAL_ERROR_CODE_USED);
}

/** @error: (transfer full) */
static void
stop_at_sms_code (EonayUnblock *self, GError *error)
{
  if (eonay_unblock_is_portal_error (error, EONAY_PORTAL_ERROR_SMS_CODE_WRONG))
    {
      g_clear_pointer (&self->sms_code, eonay_secret_free);
      self->confirmed = FALSE;
      self->sms_tries_left = eonay_portal_error_get_tries_left (error);
      eonay_unblock_go (self, EONAY_UNBLOCK_WAITING_SMS, error);
    }
  else if (eonay_unblock_is_portal_error (error, EONAY_PORTAL_ERROR_SMS_CODE_EXPIRED))
    {
      g_error_free (error);
      eonay_unblock_ask_word_again (self, TRUE);
    }
  else if (eonay_unblock_is_time_over (self, error))
    {
      eonay_unblock_end_unused (self, EONAY_UNBLOCK_EXPIRED, error);
    }
  else if (eonay_unblock_may_pass (error))
    {
      eonay_unblock_go (self, EONAY_UNBLOCK_READY, error);
    }
  else if (is_portals_end (error) && !self->confirmed)
    {
      eonay_unblock_go (self, EONAY_UNBLOCK_FAILED, error);
    }
  else
    {
      eonay_unblock_end_unused (self, EONAY_UNBLOCK_FAILED, error);
    }
}

/* Returns: (transfer full) (nullable): why the person has to be asked again */
static GError *
find_change (EonayUnblock *self)
{
  GError *change = NULL;
  EonayPinState puk;

  eonay_token_get_puk_state (self->token, self->certificate, &puk);
  /* What is not known yet is asked of the card before the PUK is sent. */
  if (puk.pin != 0 && !eonay_pin_state_is_pending (&puk))
    eonay_pin_consent_check (&self->consent, &puk, EONAY_PIN_ROLE_PUK, FALSE, &change);

  return change;
}

/* Between the person's last word and the PUK's arrival the card may have gone, or be another. */
static void
use (EonayUnblock *self, EonaySecret *puk)
{
  g_autoptr (EonaySecret) owned = puk;
  GError *change = NULL;

  self->confirmed = TRUE;
  eonay_unblock_look_for_card (self);
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
  g_autoptr (EonayUnblockStep) step = user_data;
  EonayUnblock *self = step->unblock;
  GError *error = NULL;
  g_autoptr (EonaySecret) puk = eonay_portal_confirm_unblock_finish (EONAY_PORTAL (source), result,
                                                                     &error);

  if (!eonay_unblock_step_counts (step))
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

/* The same code may have to be asked with again, when an answer was lost or the PUK not used. */
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
  EonayUnblockStep *step;

  eonay_unblock_go (self, EONAY_UNBLOCK_CONFIRMING, NULL);
  self->asked = TRUE;
  step = eonay_unblock_step_new (self);
  eonay_portal_confirm_unblock_async (self->portal, self->transaction, repeat (self->sms_code),
                                      step->cancellable, on_confirmed, step);
}

/* Everything has been typed: on, unless the person has to know something first. */
void
eonay_unblock_ask_puk (EonayUnblock *self)
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
