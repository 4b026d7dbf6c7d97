#include "session/eonay-pin-rules.h"

#include <string.h>

static EonaySecret *
make (const char *text)
{
  return eonay_secret_new (text, strlen (text));
}

static void
assert_each (const char *const *pins, EonayPinWeakness expected)
{
  for (; *pins != NULL; pins++)
    {
      g_autoptr (EonaySecret) pin = make (*pins);

      g_test_message ("“%s”", *pins);
      g_assert_cmpint (eonay_pin_rules_find_weakness (pin, NULL), ==, expected);
    }
}

static void
test_weak (void)
{
  const char *const same[] = { "000000", "99", "1111111111111111", "aaaa", NULL };
  const char *const ascending[] = { "123456", "01", "4567890", "890123", "abcdef", NULL };
  const char *const descending[] = { "654321", "10", "2109876", "fedcba", NULL };

  assert_each (same, EONAY_PIN_WEAKNESS_SAME);
  assert_each (ascending, EONAY_PIN_WEAKNESS_ASCENDING);
  assert_each (descending, EONAY_PIN_WEAKNESS_DESCENDING);
}

static void
test_good (void)
{
  const char *const pins[] = { "",       "7",      "857391", "112233", "123457", "023456",
                               "123465", "654320", "121212", "135790", "000001", NULL };

  assert_each (pins, EONAY_PIN_WEAKNESS_NONE);
}

static void
test_weakness_is_described (void)
{
  g_assert_cmpstr (eonay_pin_rules_describe_weakness (EONAY_PIN_WEAKNESS_NONE), ==, "");
  for (int weakness = EONAY_PIN_WEAKNESS_SAME; weakness <= EONAY_PIN_WEAKNESS_NATIONAL_ID;
       weakness++)
    g_assert_true (g_str_has_suffix (
        eonay_pin_rules_describe_weakness ((EonayPinWeakness) weakness), "easily guessed."));
}

static void
assert_allowed (const EonayPinState *state, const char *text, gboolean expected)
{
  g_autoptr (EonaySecret) pin = make (text);

  g_test_message ("“%s”", text);
  g_assert_cmpint (eonay_pin_rules_allow (state, pin), ==, expected);
}

static void
test_digits (void)
{
  const EonayPinState state = { .min_length = 4, .max_length = 8, .numeric = TRUE };

  assert_allowed (&state, "", FALSE);
  assert_allowed (&state, "123", FALSE);
  assert_allowed (&state, "1234", TRUE);
  assert_allowed (&state, "12345678", TRUE);
  assert_allowed (&state, "123456789", FALSE);
  assert_allowed (&state, "12a4", FALSE);
  assert_allowed (&state, "12 4", FALSE);
  assert_allowed (&state, "１２３４", FALSE);
}

static void
test_characters (void)
{
  const EonayPinState state = { .min_length = 4, .max_length = 8 };

  /* What has to be there is counted in characters, and what has to fit in bytes. */
  assert_allowed (&state, "şif", FALSE);
  assert_allowed (&state, "şifr", TRUE);
  assert_allowed (&state, "şşşş", TRUE);
  assert_allowed (&state, "şşşşş", FALSE);
  assert_allowed (&state, "a b!", TRUE);
}

static void
assert_described (guint least, guint most, gboolean numeric, const char *expected)
{
  const EonayPinState state = { .min_length = least, .max_length = most, .numeric = numeric };
  g_autofree char *text = eonay_pin_rules_describe (&state);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_rules_are_described (void)
{
  assert_described (6, 16, TRUE, "6–16 digits");
  assert_described (4, 4, TRUE, "4 digits");
  assert_described (1, 1, TRUE, "1 digit");
  assert_described (6, 8, FALSE, "6–8 characters");
  assert_described (8, 8, FALSE, "8 characters");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/pin-rules/weak", test_weak);
  g_test_add_func ("/session/pin-rules/good", test_good);
  g_test_add_func ("/session/pin-rules/weakness-is-described", test_weakness_is_described);
  g_test_add_func ("/session/pin-rules/digits", test_digits);
  g_test_add_func ("/session/pin-rules/characters", test_characters);
  g_test_add_func ("/session/pin-rules/rules-are-described", test_rules_are_described);

  return g_test_run ();
}
