#include "cli/eonay-cli-pin-state.h"

#include <glib/gi18n-lib.h>

#include "base/eonay-error.h"
#include "cli/eonay-cli-print.h"
#include "session/eonay-advice.h"
#include "session/eonay-pin-rules.h"

/** Prints it. Returns: (transfer full) */
static GError *
refuse_length (const EonayPinState *state, gboolean is_puk)
{
  GError *failure = eonay_card_error_new_length (is_puk);
  g_autoptr (EonayAdvice) advice = eonay_advice_new (failure);
  g_autofree char *rules = eonay_pin_rules_describe (state);
  g_autofree char *demand = g_strdup_printf (_ ("It has to have %s."), rules);
  g_autofree char *what = g_strdup_printf ("%s %s", advice->what, demand);

  eonay_cli_print_error_exactly (failure, state->absent ? NULL : what);

  return failure;
}

gboolean
eonay_cli_pin_state_check_length (const EonayPinState *state, const EonaySecret *secret,
                                  gboolean is_puk, GError **error)
{
  if (eonay_pin_rules_allow (state, secret))
    return TRUE;

  g_propagate_error (error, refuse_length (state, is_puk));

  return FALSE;
}

gboolean
eonay_cli_pin_state_is_too_long (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
}

gboolean
eonay_cli_pin_state_refuse_line (const EonayPinState *state, gboolean is_puk, GError **error)
{
  if (!eonay_cli_pin_state_is_too_long (*error))
    return FALSE;

  g_clear_error (error);
  *error = refuse_length (state, is_puk);

  return TRUE;
}
