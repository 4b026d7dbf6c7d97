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

static GError *
blame_removal (GError *error, EonaySigning *signing)
{
  if (error->domain != EONAY_CARD_ERROR)
    return error;

  switch (error->code)
    {
    case EONAY_CARD_ERROR_PIN_WRONG:
    case EONAY_CARD_ERROR_PIN_BLOCKED:
    case EONAY_CARD_ERROR_PIN_LENGTH:
      return error;
    case EONAY_CARD_ERROR_NO_CARD:
    case EONAY_CARD_ERROR_NO_READER:
      break;
    default:
      if (!g_cancellable_is_cancelled (signing->removed))
        return error;
    }

  g_error_free (error);

  return g_error_new_literal (EONAY_CARD_ERROR, EONAY_CARD_ERROR_REMOVED, "The card was pulled");
}

GPtrArray *
eonay_card_session_sign (EonayTransport *transport, EonayCard *card, EonaySigning *signing,
                         GError **error)
{
  GError *local = NULL;
  GPtrArray *signatures = NULL;

  if (eonay_signing_may_go_on (signing, &local) && eonay_card_check (card, signing, &local) &&
      open_session (transport, &local))
    {
      signatures = eonay_card_sign (card, transport, signing, &local);
      close_session (transport, signing->logged_in ? EONAY_DISPOSITION_RESET
                                                   : EONAY_DISPOSITION_LEAVE);
    }
  if (signatures == NULL)
    g_propagate_error (error, blame_removal (local, signing));

  return signatures;
}
