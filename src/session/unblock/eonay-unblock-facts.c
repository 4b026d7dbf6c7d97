#include "base/eonay-error.h"
#include "session/unblock/eonay-unblock-private.h"

/* What there is to be known of an unblocking, without a change. */

EonayUnblockState
eonay_unblock_get_state (EonayUnblock *self)
{
  g_return_val_if_fail (EONAY_IS_UNBLOCK (self), EONAY_UNBLOCK_IDLE);

  return self->state;
}

EonayUnblockCardStatus
eonay_unblock_get_card_status (EonayUnblock *self)
{
  g_return_val_if_fail (EONAY_IS_UNBLOCK (self), EONAY_UNBLOCK_CARD_NONE);

  return self->card_status;
}

EonayUnblockReport
eonay_unblock_get_report (EonayUnblock *self)
{
  g_return_val_if_fail (EONAY_IS_UNBLOCK (self), EONAY_UNBLOCK_REPORT_NONE);

  return self->report;
}

EonayTransaction *
eonay_unblock_get_transaction (EonayUnblock *self)
{
  g_return_val_if_fail (EONAY_IS_UNBLOCK (self), NULL);

  return self->transaction;
}

EonayPortal *
eonay_unblock_get_portal (EonayUnblock *self)
{
  g_return_val_if_fail (EONAY_IS_UNBLOCK (self), NULL);

  return self->portal;
}

EonayToken *
eonay_unblock_get_token (EonayUnblock *self)
{
  g_return_val_if_fail (EONAY_IS_UNBLOCK (self), NULL);

  return self->token;
}

const char *
eonay_unblock_get_card_serial (EonayUnblock *self)
{
  g_return_val_if_fail (EONAY_IS_UNBLOCK (self), NULL);

  if (self->serial != NULL || self->transaction == NULL)
    return self->serial;

  return eonay_transaction_get_card_hint (self->transaction);
}

EonayTokenCertificate *
eonay_unblock_get_certificate (EonayUnblock *self)
{
  g_return_val_if_fail (EONAY_IS_UNBLOCK (self), NULL);

  return self->certificate;
}

guint
eonay_unblock_get_seconds_left (EonayUnblock *self)
{
  g_return_val_if_fail (EONAY_IS_UNBLOCK (self), 0);

  return self->deadline != NULL ? eonay_deadline_get_seconds_left (self->deadline) : 0;
}

guint
eonay_unblock_get_sms_seconds_left (EonayUnblock *self)
{
  g_return_val_if_fail (EONAY_IS_UNBLOCK (self), 0);

  return self->sms_deadline != NULL ? eonay_deadline_get_seconds_left (self->sms_deadline) : 0;
}

const char *
eonay_unblock_get_sms_number (EonayUnblock *self)
{
  g_return_val_if_fail (EONAY_IS_UNBLOCK (self), NULL);

  return self->sms != NULL ? self->sms->to : NULL;
}

int
eonay_unblock_get_sms_tries_left (EonayUnblock *self)
{
  g_return_val_if_fail (EONAY_IS_UNBLOCK (self), -1);

  return self->sms != NULL ? self->sms_tries_left : -1;
}

const GError *
eonay_unblock_get_error (EonayUnblock *self)
{
  g_return_val_if_fail (EONAY_IS_UNBLOCK (self), NULL);

  return self->error;
}

gboolean
eonay_unblock_is_last_try (EonayUnblock *self)
{
  EonayPinState puk;

  g_return_val_if_fail (EONAY_IS_UNBLOCK (self), FALSE);

  /* Whoever is asked about it is told what they were shown. */
  if (self->state == EONAY_UNBLOCK_READY)
    return self->shown.tries_left == 1;
  if (self->token == NULL)
    return FALSE;

  eonay_token_get_puk_state (self->token, self->certificate, &puk);

  return puk.tries_left == 1;
}

void
eonay_unblock_show_tries (EonayUnblock *self)
{
  EonayPinState puk = { .tries_left = -1, .tries_max = -1 };

  if (self->token != NULL)
    eonay_token_get_puk_state (self->token, self->certificate, &puk);
  self->shown = puk;
}

gboolean
eonay_unblock_is_puk_blocked (EonayUnblock *self)
{
  EonayPinState puk;

  if (self->token == NULL)
    return FALSE;

  eonay_token_get_puk_state (self->token, self->certificate, &puk);

  return puk.blocked;
}
