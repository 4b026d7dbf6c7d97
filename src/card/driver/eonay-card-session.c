#include "card/driver/eonay-card-session.h"

#include "base/eonay-error.h"

/* How often another program may reset the card before its own work is taken for what matters. */
#define TRIES 3

/* Nothing has been selected or verified yet, so that another program's reset does no harm. */
static gboolean
begin (EonayTransport *transport, GError **error)
{
  for (int i = 1;; i++)
    {
      g_autoptr (GError) local = NULL;

      if (eonay_transport_begin (transport, &local))
        return TRUE;
      if (i < TRIES && g_error_matches (local, EONAY_CARD_ERROR, EONAY_CARD_ERROR_RESET))
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

static EonayCard *
read_once (EonayTransport *transport, const EonayCardDriver *const *drivers, EonayCardCache *cache,
           GError **error)
{
  EonayCard *card;

  if (!open_session (transport, error))
    return NULL;

  card = eonay_card_driver_open_any (drivers, transport, cache, error);
  if (card != NULL)
    eonay_card_get_description (card)->insertion = eonay_transport_get_insertion (transport);
  close_session (transport, EONAY_DISPOSITION_LEAVE);

  return card;
}

EonayCard *
eonay_card_session_read (EonayTransport *transport, const EonayCardDriver *const *drivers,
                         EonayCardCache *cache, GError **error)
{
  for (int i = 1;; i++)
    {
      g_autoptr (GError) local = NULL;
      EonayCard *card = read_once (transport, drivers, cache, &local);

      if (card != NULL)
        return card;
      if (i < TRIES && g_error_matches (local, EONAY_CARD_ERROR, EONAY_CARD_ERROR_RESET))
        continue;
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
}

gboolean
eonay_card_session_reset (EonayTransport *transport, GError **error)
{
  if (!open_session (transport, error))
    return FALSE;

  close_session (transport, EONAY_DISPOSITION_RESET);

  return TRUE;
}

static gboolean
is_removal (const GError *error, EonayTokenRequest *request)
{
  return error->code == EONAY_CARD_ERROR_NO_CARD || error->code == EONAY_CARD_ERROR_NO_READER ||
         g_cancellable_is_cancelled (request->removed);
}

/* Whatever the card's end looked like from here: the person is told of the pull and the PIN. */
static GError *
complete_error (GError *error, EonayTokenRequest *request)
{
  if (error->domain != EONAY_CARD_ERROR || eonay_card_error_is_about_pin (error))
    return error;

  if (error->code != EONAY_CARD_ERROR_REMOVED && is_removal (error, request))
    {
      g_error_free (error);
      error = g_error_new_literal (EONAY_CARD_ERROR, EONAY_CARD_ERROR_REMOVED,
                                   "The card was pulled");
    }
  eonay_card_error_set_pin_try (error, request->pin_try);

  return error;
}

/* Two cards may have the same answer to reset. */
static gboolean
is_same_insertion (EonayTransport *transport, EonayCard *card, GError **error)
{
  if (eonay_transport_get_insertion (transport) == eonay_card_get_description (card)->insertion)
    return TRUE;

  g_set_error_literal (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_REMOVED,
                       "The card was pulled, and one has been put in since");

  return FALSE;
}

static GPtrArray *
execute_once (EonayTransport *transport, EonayCard *card, EonayTokenRequest *request,
              GError **error)
{
  GPtrArray *signatures = NULL;

  if (!eonay_token_request_may_go_on (request, error) || !open_session (transport, error))
    return NULL;

  if (is_same_insertion (transport, card, error))
    signatures = eonay_card_execute (card, transport, request, error);
  /* The tries left are known by then, which the person has to see before typing. */
  if (signatures != NULL && request->kind == EONAY_TOKEN_REQUEST_REFRESH &&
      request->pin_pad != NULL)
    eonay_pin_pad_ask (request->pin_pad, transport);
  close_session (transport, request->pin_try != EONAY_PIN_TRY_NOT_SENT ? EONAY_DISPOSITION_RESET
                                                                       : EONAY_DISPOSITION_LEAVE);

  return signatures;
}

/* Until a PIN has been on its way, another program's reset does no harm. */
static gboolean
may_begin_again (EonayTokenRequest *request, const GError *error)
{
  return request->pin_try == EONAY_PIN_TRY_NOT_SENT &&
         g_error_matches (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_RESET);
}

GPtrArray *
eonay_card_session_execute (EonayTransport *transport, EonayCard *card, EonayTokenRequest *request,
                            GError **error)
{
  GError *local = NULL;
  GPtrArray *signatures = NULL;

  if (eonay_token_request_may_go_on (request, &local) && eonay_card_check (card, request, &local))
    signatures = execute_once (transport, card, request, &local);
  for (int i = 1; i < TRIES && signatures == NULL && may_begin_again (request, local); i++)
    {
      g_clear_error (&local);
      if (request->progress != NULL)
        eonay_token_progress_clear (request->progress);
      signatures = execute_once (transport, card, request, &local);
    }
  if (signatures == NULL)
    g_propagate_error (error, complete_error (local, request));

  return signatures;
}
