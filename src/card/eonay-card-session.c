#include "card/eonay-card-session.h"

#include "base/eonay-error.h"
#include "card/eonay-card-driver.h"

#define BEGIN_TRIES 3

/* Nothing has been selected or verified yet, so that another program's reset does no harm. */
static gboolean
begin (EonayTransport *transport, GError **error)
{
  for (int i = 1;; i++)
    {
      g_autoptr (GError) local = NULL;

      if (eonay_transport_begin (transport, &local))
        return TRUE;
      if (i < BEGIN_TRIES && g_error_matches (local, EONAY_CARD_ERROR, EONAY_CARD_ERROR_RESET))
        continue;
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
}

static gboolean
open_session (EonayTransport *transport, GError **error)
{
  if (!eonay_transport_connect (transport, error))
    return FALSE;
  if (begin (transport, error))
    return TRUE;

  eonay_transport_disconnect (transport, EONAY_DISPOSITION_LEAVE);

  return FALSE;
}

static void
close_session (EonayTransport *transport, EonayDisposition disposition)
{
  g_autoptr (GError) local = NULL;

  if (eonay_transport_end (transport, disposition, &local))
    disposition = EONAY_DISPOSITION_LEAVE;
  else
    g_info ("A card's transaction did not end well: %s", local->message);

  eonay_transport_disconnect (transport, disposition);
}

EonayCard *
eonay_card_session_read (EonayTransport *transport, GError **error)
{
  EonayCard *card;

  if (!open_session (transport, error))
    return NULL;

  card = eonay_card_driver_open_any (transport, error);
  close_session (transport, EONAY_DISPOSITION_LEAVE);

  return card;
}

static gboolean
is_removal (const GError *error, EonayTokenOrder *order)
{
  return error->code == EONAY_CARD_ERROR_NO_CARD || error->code == EONAY_CARD_ERROR_NO_READER ||
         g_cancellable_is_cancelled (order->removed);
}

/* Whatever the card's end looked like from here: the person is told of the pull and the PIN. */
static GError *
tell_what_became_of_card_and_pin (GError *error, EonayTokenOrder *order)
{
  if (error->domain != EONAY_CARD_ERROR || eonay_card_error_is_about_pin (error))
    return error;

  if (error->code != EONAY_CARD_ERROR_REMOVED && is_removal (error, order))
    {
      g_error_free (error);
      error = g_error_new_literal (EONAY_CARD_ERROR, EONAY_CARD_ERROR_REMOVED,
                                   "The card was pulled");
    }
  eonay_card_error_set_pin_try (error, order->pin_try);

  return error;
}

GPtrArray *
eonay_card_session_carry_out (EonayTransport *transport, EonayCard *card, EonayTokenOrder *order,
                              GError **error)
{
  GError *local = NULL;
  GPtrArray *signatures = NULL;

  if (eonay_token_order_may_go_on (order, &local) && eonay_card_check (card, order, &local) &&
      open_session (transport, &local))
    {
      signatures = eonay_card_carry_out (card, transport, order, &local);
      /* The tries left are known by then, which the person has to see before typing. */
      if (signatures != NULL && order->kind == EONAY_ORDER_REFRESH && order->pin_pad != NULL)
        eonay_pin_pad_ask (order->pin_pad, transport);
      close_session (transport, order->pin_try != EONAY_PIN_TRY_NOT_SENT
                                    ? EONAY_DISPOSITION_RESET
                                    : EONAY_DISPOSITION_LEAVE);
    }
  if (signatures == NULL)
    g_propagate_error (error, tell_what_became_of_card_and_pin (local, order));

  return signatures;
}
