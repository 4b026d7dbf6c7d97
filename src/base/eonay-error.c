#include "base/eonay-error.h"

typedef struct {
  int tries_left;
  EonayPinTry pin_try;
} EonayCardErrorPrivate;

static void
eonay_card_error_private_init (EonayCardErrorPrivate *priv)
{
  priv->tries_left = -1;
}

static void
eonay_card_error_private_copy (const EonayCardErrorPrivate *source, EonayCardErrorPrivate *target)
{
  *target = *source;
}

static void
eonay_card_error_private_clear (EonayCardErrorPrivate *priv)
{
}

G_DEFINE_EXTENDED_ERROR (EonayCardError, eonay_card_error)

static GError *
new_wrong (const char *what, EonayCardError wrong, EonayCardError blocked, int tries_left)
{
  GError *error;

  if (tries_left == 0)
    error = g_error_new (EONAY_CARD_ERROR, (int) blocked, "%s is blocked", what);
  else
    error = g_error_new (EONAY_CARD_ERROR, (int) wrong, "Wrong %s, %d tries left", what,
                         tries_left);

  eonay_card_error_get_private (error)->tries_left = tries_left;

  return error;
}

GError *
eonay_card_error_new_pin_wrong (int tries_left)
{
  return new_wrong ("PIN", EONAY_CARD_ERROR_PIN_WRONG, EONAY_CARD_ERROR_PIN_BLOCKED, tries_left);
}

GError *
eonay_card_error_new_puk_wrong (int tries_left)
{
  return new_wrong ("PUK", EONAY_CARD_ERROR_PUK_WRONG, EONAY_CARD_ERROR_PUK_BLOCKED, tries_left);
}

gboolean
eonay_card_error_is_about_pin (const GError *error)
{
  if (error == NULL || error->domain != EONAY_CARD_ERROR)
    return FALSE;

  switch ((EonayCardError) error->code)
    {
    case EONAY_CARD_ERROR_PIN_WRONG:
    case EONAY_CARD_ERROR_PIN_BLOCKED:
    case EONAY_CARD_ERROR_PIN_LENGTH:
    case EONAY_CARD_ERROR_LAST_TRY:
    case EONAY_CARD_ERROR_TRIES_NOT_SHOWN:
    case EONAY_CARD_ERROR_PUK_WRONG:
    case EONAY_CARD_ERROR_PUK_BLOCKED:
    case EONAY_CARD_ERROR_PUK_LENGTH:
    case EONAY_CARD_ERROR_NEW_PINS_DIFFER:
    case EONAY_CARD_ERROR_PIN_PAD_TIMED_OUT:
      return TRUE;
    default:
      return FALSE;
    }
}

GError *
eonay_card_error_new_length (gboolean is_puk)
{
  GError *error = g_error_new (
      EONAY_CARD_ERROR, is_puk ? EONAY_CARD_ERROR_PUK_LENGTH : EONAY_CARD_ERROR_PIN_LENGTH,
      "The %s has a length or character that the card cannot take", is_puk ? "PUK" : "PIN");

  eonay_card_error_set_pin_try (error, EONAY_PIN_TRY_NOT_SENT);

  return error;
}

GError *
eonay_card_error_new_last_try (void)
{
  GError *error = g_error_new_literal (EONAY_CARD_ERROR, EONAY_CARD_ERROR_LAST_TRY,
                                       "Only one try is left, and the person was not warned");

  eonay_card_error_get_private (error)->tries_left = 1;

  return error;
}

int
eonay_card_error_get_tries_left (const GError *error)
{
  if (error == NULL || error->domain != EONAY_CARD_ERROR)
    return -1;

  return eonay_card_error_get_private (error)->tries_left;
}

void
eonay_card_error_set_pin_try (GError *error, EonayPinTry pin_try)
{
  g_return_if_fail (error != NULL && error->domain == EONAY_CARD_ERROR);

  eonay_card_error_get_private (error)->pin_try = pin_try;
}

EonayPinTry
eonay_card_error_get_pin_try (const GError *error)
{
  if (error == NULL || error->domain != EONAY_CARD_ERROR)
    return EONAY_PIN_TRY_UNKNOWN;

  return eonay_card_error_get_private (error)->pin_try;
}

G_DEFINE_QUARK (eonay - signature - error - quark, eonay_signature_error)

typedef struct {
  int retry_after;
  int tries_left;
  gboolean unsent;
} EonayPortalErrorPrivate;

static void
eonay_portal_error_private_init (EonayPortalErrorPrivate *priv)
{
  priv->retry_after = -1;
  priv->tries_left = -1;
}

static void
eonay_portal_error_private_copy (const EonayPortalErrorPrivate *source,
                                 EonayPortalErrorPrivate *target)
{
  *target = *source;
}

static void
eonay_portal_error_private_clear (EonayPortalErrorPrivate *priv)
{
}

G_DEFINE_EXTENDED_ERROR (EonayPortalError, eonay_portal_error)

GError *
eonay_portal_error_new_retry_after (EonayPortalError code, int seconds, const char *message)
{
  GError *error = g_error_new_literal (EONAY_PORTAL_ERROR, (int) code, message);

  eonay_portal_error_get_private (error)->retry_after = seconds;

  return error;
}

int
eonay_portal_error_get_retry_after (const GError *error)
{
  if (error == NULL || error->domain != EONAY_PORTAL_ERROR)
    return -1;

  return eonay_portal_error_get_private (error)->retry_after;
}

void
eonay_portal_error_set_tries_left (GError *error, int tries_left)
{
  g_return_if_fail (error != NULL && error->domain == EONAY_PORTAL_ERROR);

  eonay_portal_error_get_private (error)->tries_left = tries_left;
}

int
eonay_portal_error_get_tries_left (const GError *error)
{
  if (error == NULL || error->domain != EONAY_PORTAL_ERROR)
    return -1;

  return eonay_portal_error_get_private (error)->tries_left;
}

void
eonay_portal_error_set_unsent (GError *error)
{
  g_return_if_fail (error != NULL && error->domain == EONAY_PORTAL_ERROR);

  eonay_portal_error_get_private (error)->unsent = TRUE;
}

gboolean
eonay_portal_error_is_unsent (const GError *error)
{
  return error != NULL && error->domain == EONAY_PORTAL_ERROR &&
         eonay_portal_error_get_private (error)->unsent;
}

G_DEFINE_QUARK (eonay - session - error - quark, eonay_session_error)

G_DEFINE_QUARK (eonay - page - error - quark, eonay_page_error)
