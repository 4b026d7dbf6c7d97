#include "test-finding.h"

#include <string.h>

#include "base/eonay-error.h"
#include "session/eonay-advice.h"

/* A helpdesk that is told a code has to find it in the table of advice. */
static gboolean
is_advised (const char *code)
{
  const struct {
    GQuark domain;
    int last;
  } domains[] = {
    { EONAY_CARD_ERROR, EONAY_CARD_ERROR_LAST },
    { EONAY_SIGNATURE_ERROR, EONAY_SIGNATURE_ERROR_LAST },
    { EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_LAST },
    { EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_LAST },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (domains); i++)
    for (int number = 0; number <= domains[i].last; number++)
      {
        g_autoptr (GError) error = g_error_new_literal (domains[i].domain, number, "");
        g_autoptr (EonayAdvice) advice = eonay_advice_new (error);

        if (g_str_equal (advice->code, code))
          return TRUE;
      }

  return FALSE;
}

void
assert_finding (EonayFinding *finding, EonayFindingState state, const char *code, const char *words)
{
  g_autoptr (EonayFinding) owned = finding;
  g_autofree char *all = g_strjoin (" ", owned->found, owned->remedy, owned->command, NULL);

  g_test_message ("%s", all);
  g_assert_cmpint (owned->state, ==, state);
  g_assert_cmpstr (owned->code, ==, code);
  g_assert_true (code == NULL || is_advised (code));
  g_assert_nonnull (strstr (all, words));
  g_assert_true (state != EONAY_FINDING_FAILURE || *owned->remedy != '\0');
}
