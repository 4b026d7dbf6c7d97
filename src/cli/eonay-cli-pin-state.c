#include "cli/eonay-cli-pin-state.h"

#include <glib/gi18n-lib.h>

#include "base/eonay-error.h"
#include "cli/eonay-cli-print.h"
#include "session/eonay-advice.h"
#include "session/eonay-pin-rules.h"

gboolean
eonay_cli_pin_state_check_length (const EonayPinState *state, const EonaySecret *secret,
                                  gboolean is_puk, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (EonayAdvice) advice = NULL;
  g_autofree char *rules = NULL;
  g_autofree char *demand = NULL;
  g_autofree char *what = NULL;

  if (eonay_pin_rules_allow (state, secret))
    return TRUE;

  failure = eonay_card_error_new_length (is_puk);
  advice = eonay_advice_new (failure);
  rules = eonay_pin_rules_describe (state);
  demand = g_strdup_printf (_ ("It has to have %s."), rules);
  what = g_strdup_printf ("%s %s", advice->what, demand);
  eonay_cli_print_error_exactly (failure, state->absent ? NULL : what);
  g_propagate_error (error, g_steal_pointer (&failure));

  return FALSE;
}
