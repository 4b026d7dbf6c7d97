#include "practice/card/eonay-practice-card-kind.h"

static const char *const names[] = {
  [EONAY_PRACTICE_CARD_VALID] = "valid",
  [EONAY_PRACTICE_CARD_EC] = "ec",
  [EONAY_PRACTICE_CARD_EXPIRED] = "expired",
  [EONAY_PRACTICE_CARD_BLOCKED] = "blocked",
  [EONAY_PRACTICE_CARD_TWO] = "two",
  [EONAY_PRACTICE_CARD_AKIS_1_0] = "akis-1.0",
  [EONAY_PRACTICE_CARD_AKIS_1_2] = "akis-1.2",
  [EONAY_PRACTICE_CARD_AKIS_2] = "akis-2",
  [EONAY_PRACTICE_CARD_AKIS_3] = "akis-3",
  [EONAY_PRACTICE_CARD_T0] = "t0",
  [EONAY_PRACTICE_CARD_MANY] = "many",
  [EONAY_PRACTICE_CARD_PSS] = "pss",
  [EONAY_PRACTICE_CARD_HOST_PADDED] = "host-padded",
  [EONAY_PRACTICE_CARD_63C0] = "63c0",
  [EONAY_PRACTICE_CARD_MYEID] = "myeid",
  [EONAY_PRACTICE_CARD_MYEID_T0] = "myeid-t0",
  [EONAY_PRACTICE_CARD_LIST_ONLY] = "list-only",
};

G_STATIC_ASSERT (G_N_ELEMENTS (names) == EONAY_PRACTICE_N_CARD_KINDS);

const char *
eonay_practice_card_kind_get_name (EonayPracticeCardKind kind)
{
  g_return_val_if_fail ((guint) kind < EONAY_PRACTICE_N_CARD_KINDS, NULL);

  return names[kind];
}

gboolean
eonay_practice_card_kind_from_name (const char *name, EonayPracticeCardKind *kind)
{
  g_return_val_if_fail (name != NULL && kind != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (name, names[i]))
      {
        *kind = (EonayPracticeCardKind) i;
        return TRUE;
      }

  return FALSE;
}
