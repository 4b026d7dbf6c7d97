#include "session/eonay-pin-rules.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/eonay-error.h"
#include "session/eonay-advice.h"

#define LEAST_PIECE 4
#define LONGEST_PIECE 16

static guint8
next_of (guint8 character)
{
  /* On a keypad, 0 comes after 9. */
  return character == '9' ? '0' : (guint8) (character + 1);
}

static EonayPinWeakness
find_pattern (const guint8 *pin, gsize length)
{
  gboolean same = length > 1;
  gboolean ascending = length > 1;
  gboolean descending = length > 1;

  for (gsize i = 1; i < length; i++)
    {
      same = same && pin[i] == pin[i - 1];
      ascending = ascending && pin[i] == next_of (pin[i - 1]);
      descending = descending && pin[i - 1] == next_of (pin[i]);
    }

  if (same)
    return EONAY_PIN_WEAKNESS_SAME;
  if (ascending)
    return EONAY_PIN_WEAKNESS_ASCENDING;

  return descending ? EONAY_PIN_WEAKNESS_DESCENDING : EONAY_PIN_WEAKNESS_NONE;
}

/* Four digits in a long PIN may be coincidence; three of six do not help to guess it. */
static gboolean
is_worth_guessing (gsize piece, gsize length)
{
  return piece >= LEAST_PIECE && piece * 2 >= length;
}

static gboolean
contains (const guint8 *pin, gsize length, const char *piece)
{
  return is_worth_guessing (strlen (piece), length) &&
         memmem (pin, length, piece, strlen (piece)) != NULL;
}

static gboolean
has_birth_date (const guint8 *pin, gsize length, const GDate *birth)
{
  /* As people and forms write it. */
  static const char *const formats[] = { "%Y", "%d%m%y", "%y%m%d", "%m%d%y", "%d%m%Y", "%Y%m%d" };

  for (gsize i = 0; birth != NULL && i < G_N_ELEMENTS (formats); i++)
    {
      char piece[LONGEST_PIECE];

      if (g_date_strftime (piece, sizeof piece, formats[i], birth) > 0 &&
          contains (pin, length, piece))
        return TRUE;
    }

  return FALSE;
}

static gboolean
has_piece_of (const guint8 *pin, gsize length, const char *national_id)
{
  gsize run = MAX (LEAST_PIECE, (length + 1) / 2);
  gsize digits = national_id != NULL ? strlen (national_id) : 0;

  for (gsize i = 0; i + run <= digits; i++)
    if (memmem (pin, length, national_id + i, run) != NULL)
      return TRUE;

  return FALSE;
}

EonayPinWeakness
eonay_pin_rules_find_weakness (const EonaySecret *pin, EonayCertificate *certificate)
{
  gsize length;
  const guint8 *bytes = eonay_secret_peek (pin, &length);
  EonayPinWeakness pattern = find_pattern (bytes, length);

  if (pattern != EONAY_PIN_WEAKNESS_NONE || certificate == NULL)
    return pattern;
  if (has_birth_date (bytes, length, eonay_certificate_get_birth_date (certificate)))
    return EONAY_PIN_WEAKNESS_BIRTH_DATE;
  if (has_piece_of (bytes, length, eonay_certificate_get_national_id (certificate)))
    return EONAY_PIN_WEAKNESS_NATIONAL_ID;

  return EONAY_PIN_WEAKNESS_NONE;
}

const char *
eonay_pin_rules_describe_weakness (EonayPinWeakness weakness)
{
  switch (weakness)
    {
    case EONAY_PIN_WEAKNESS_SAME:
      return _ ("The new PIN is the same character all along, which is easily guessed.");
    case EONAY_PIN_WEAKNESS_ASCENDING:
      return _ ("The new PIN counts up, which is easily guessed.");
    case EONAY_PIN_WEAKNESS_DESCENDING:
      return _ ("The new PIN counts down, which is easily guessed.");
    case EONAY_PIN_WEAKNESS_BIRTH_DATE:
      return _ ("The new PIN has your birth year or date in it, which is easily guessed.");
    case EONAY_PIN_WEAKNESS_NATIONAL_ID:
      return _ ("The new PIN has a part of your T.C. Kimlik No in it, which is easily guessed.");
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

  return g_strdup_printf (state->numeric ? _ ("%u–%u digits") : _ ("%u–%u characters"), least,
                          most);
}

char *
eonay_pin_rules_demand (const EonayPinState *state)
{
  g_autofree char *rules = eonay_pin_rules_describe (state);

  return g_strdup_printf (_ ("The new PIN has to have %s."), rules);
}

char *
eonay_pin_rules_find_fault (const EonayPinState *state, EonayCertificate *certificate,
                            const EonaySecret *pin, gboolean allow_weak, const char **code)
{
  EonayPinWeakness weakness = eonay_pin_rules_find_weakness (pin, certificate);

  if (code != NULL)
    *code = NULL;
  if (!eonay_pin_rules_allow (state, pin))
    return eonay_pin_rules_demand (state);

  if (weakness == EONAY_PIN_WEAKNESS_NONE || allow_weak)
    return NULL;

  if (code != NULL)
    *code = eonay_advice_get_code (EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_WEAK_PIN);

  return g_strdup (eonay_pin_rules_describe_weakness (weakness));
}

char **
eonay_pin_rules_spell_out (const EonayPinState *state, EonayCertificate *certificate)
{
  g_autoptr (GStrvBuilder) rules = g_strv_builder_new ();
  g_autofree char *length = eonay_pin_rules_describe (state);

  g_strv_builder_add (rules, length);
  g_strv_builder_add (rules, _ ("Not one digit repeated (111…), not counting up or down (123…)"));
  if (certificate != NULL && eonay_certificate_get_birth_date (certificate) != NULL)
    g_strv_builder_add (rules, _ ("Without your birth year or birth date"));
  if (certificate != NULL && eonay_certificate_get_national_id (certificate) != NULL)
    g_strv_builder_add (rules, _ ("Without a part of your T.C. Kimlik No"));

  return g_strv_builder_end (rules);
}

gboolean
eonay_pin_rules_can_unblock (EonayToken *token, EonayTokenCertificate *certificate)
{
  EonayPinState puk;

  eonay_token_get_puk_state (token, certificate, &puk);

  return !puk.blocked &&
         eonay_token_check_request (token, EONAY_TOKEN_REQUEST_UNBLOCK, certificate, NULL);
}
