#include "session/eonay-tries.h"

#include <glib/gi18n-lib.h>

EonayTries
eonay_tries_of (const EonayPinState *state)
{
  if (state->blocked)
    return EONAY_TRIES_BLOCKED;
  if (!state->known || state->tries_left < 0)
    return EONAY_TRIES_UNKNOWN;

  return state->tries_left <= 1 ? EONAY_TRIES_LAST : EONAY_TRIES_FINE;
}

char *
eonay_tries_words (const EonayPinState *state)
{
  g_autofree char *left = NULL;
  EonayTries tries = eonay_tries_of (state);

  if (tries == EONAY_TRIES_BLOCKED)
    return g_strdup (_ ("Blocked"));
  if (state->absent)
    return g_strdup (_ ("Not known: nothing tells how the PIN is unblocked with it"));
  if (tries == EONAY_TRIES_UNKNOWN)
    return g_strdup (_ ("Unknown: the card does not tell without a try being spent"));

  if (state->tries_max >= state->tries_left)
    left = g_strdup_printf (_ ("Tries left: %d of %d"), state->tries_left, state->tries_max);
  else
    left = g_strdup_printf (_ ("Tries left: %d"), state->tries_left);
  if (tries == EONAY_TRIES_LAST)
    return g_strdup_printf (_ ("Last try! %s"), left);

  return g_steal_pointer (&left);
}

char *
eonay_tries_words_short (const EonayPinState *state)
{
  int left = state->tries_left;
  EonayTries tries = eonay_tries_of (state);

  if (tries == EONAY_TRIES_BLOCKED)
    return g_strdup (_ ("blocked"));
  if (tries == EONAY_TRIES_UNKNOWN)
    return g_strdup (_ ("tries left unknown"));
  if (state->tries_max < left)
    return g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE, "%d try left", "%d tries left", (gulong) left), left);

  return g_strdup_printf (_ ("%d of %d tries left"), left, state->tries_max);
}

char *
eonay_tries_describe (EonayPinRole role, int tries_left)
{
  if (tries_left < 0)
    return g_strdup ("");
  if (tries_left == 1 && role == EONAY_PIN_ROLE_PUK)
    return g_strdup (_ ("Last try! After a wrong PUK the card can never be unblocked again."));
  if (tries_left == 1)
    return g_strdup (_ ("Last try! A wrong PIN blocks the card."));

  return g_strdup_printf (_ ("Tries left: %d"), tries_left);
}

char *
eonay_tries_describe_limit (const EonayPinState *state)
{
  /* With a try spent it would be read as what is left; and with more left it is not this card's. */
  if (!state->known || state->tries_max < 2 || state->tries_left != state->tries_max)
    return g_strdup ("");

  /* TRANSLATORS: at least 2 */
  return g_strdup_printf (_ ("The PIN is blocked after %d wrong ones in a row."), state->tries_max);
}
