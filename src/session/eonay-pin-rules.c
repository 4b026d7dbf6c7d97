#include "session/eonay-pin-rules.h"

#include <glib/gi18n-lib.h>

static guint8
next_of (guint8 character)
{
  /* On a keypad, 0 comes after 9. */
  return character == '9' ? '0' : (guint8) (character + 1);
}

EonayPinWeakness
eonay_pin_rules_find_weakness (const EonaySecret *pin)
{
  gsize length;
  const guint8 *bytes = eonay_secret_peek (pin, &length);
  gboolean same = length > 1;
  gboolean ascending = length > 1;
  gboolean descending = length > 1;

  for (gsize i = 1; i < length; i++)
    {
      same = same && bytes[i] == bytes[i - 1];
      ascending = ascending && bytes[i] == next_of (bytes[i - 1]);
      descending = descending && bytes[i - 1] == next_of (bytes[i]);
    }

  if (same)
    return EONAY_PIN_WEAKNESS_SAME;
  if (ascending)
    return EONAY_PIN_WEAKNESS_ASCENDING;

  return descending ? EONAY_PIN_WEAKNESS_DESCENDING : EONAY_PIN_WEAKNESS_NONE;
}

const char *
eonay_pin_rules_describe_weakness (EonayPinWeakness weakness)
{
  switch (weakness)
    {
    case EONAY_PIN_WEAKNESS_SAME:
      return _("The new PIN is the same character all along, which is easily guessed.");
    case EONAY_PIN_WEAKNESS_ASCENDING:
      return _("The new PIN counts up, which is easily guessed.");
    case EONAY_PIN_WEAKNESS_DESCENDING:
      return _("The new PIN counts down, which is easily guessed.");
    case EONAY_PIN_WEAKNESS_NONE:
    default:
      return "";
    }
}

gboolean
eonay_pin_rules_allow (const EonayPinState *state, const EonaySecret *pin)
{
  gsize length;
  const guint8 *bytes = eonay_secret_peek (pin, &length);
  gsize characters = 0;

  for (gsize i = 0; i < length; i++)
    {
      if (state->numeric && !g_ascii_isdigit (bytes[i]))
        return FALSE;
      characters += (bytes[i] & 0xC0) != 0x80;
    }

  return characters >= state->min_length && length <= state->max_length;
}

char *
eonay_pin_rules_describe (const EonayPinState *state)
{
  guint least = state->min_length;
  guint most = state->max_length;

  if (least == most)
    return g_strdup_printf (
      state->numeric ? g_dngettext (GETTEXT_PACKAGE, "%u digit", "%u digits", most)
                     : g_dngettext (GETTEXT_PACKAGE, "%u character", "%u characters", most),
      most);

  return g_strdup_printf (state->numeric ? _("%u to %u digits") : _("%u to %u characters"), least,
                          most);
}
