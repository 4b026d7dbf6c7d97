#include <glib/gi18n-lib.h>

#include "base/eonay-error.h"
#include "cli/card/eonay-cli-card-run.h"
#include "cli/eonay-cli-pin-state.h"
#include "cli/eonay-cli-print.h"
#include "session/eonay-advice.h"
#include "session/eonay-pin-rules.h"
#include "session/eonay-tries.h"

static gboolean
is_unblocking (EonayCliCardRun *self)
{
  return self->options->command == EONAY_CLI_CARD_UNBLOCK;
}

static void
get_presented_state (EonayCliCardRun *self, EonayPinState *state)
{
  if (is_unblocking (self))
    eonay_token_get_puk_state (self->token, self->certificate, state);
  else
    eonay_token_get_pin_state (self->token, self->certificate, state);
}

gboolean
eonay_cli_card_read_tries (EonayCliCardRun *self, GError **error)
{
  get_presented_state (self, &self->shown);
  if (!eonay_pin_state_is_pending (&self->shown))
    return TRUE;
  if (!eonay_cli_card_run_refresh (self, self->token, error))
    return FALSE;

  get_presented_state (self, &self->shown);

  return TRUE;
}

EonayCertificate *
eonay_cli_card_get_certificate (EonayCliCardRun *self)
{
  EonayCandidate *candidate = self->certificate != NULL
                                  ? eonay_cli_card_run_find_candidate (self, self->certificate)
                                  : NULL;

  return candidate != NULL ? eonay_candidate_get_certificate (candidate) : NULL;
}

static EonaySecret *
ask_presented (EonayCliCardRun *self, GError **error)
{
  g_autofree char *tries = eonay_tries_words_short (&self->shown);
  g_autofree char *prompt =
      g_strdup_printf (is_unblocking (self) ? _ ("PUK (%s): ") : _ ("Present PIN (%s): "), tries);

  return eonay_cli_terminal_ask_secret (self->terminal, prompt, self->stop, self->work, error);
}

EonaySecret *
eonay_cli_card_read_presented (EonayCliCardRun *self, GError **error)
{
  g_autoptr (EonaySecret) presented = NULL;
  gboolean refused;

  if (self->options->secret_fd != -1)
    presented = eonay_cli_terminal_read_line (self->options->secret_fd, self->stop, error);
  else
    presented = ask_presented (self, error);

  if (presented == NULL)
    refused = eonay_cli_pin_state_refuse_line (&self->shown, is_unblocking (self), error);
  else
    refused = !eonay_cli_pin_state_check_length (&self->shown, presented, is_unblocking (self),
                                                 error);
  if (!refused)
    return g_steal_pointer (&presented);

  self->told = TRUE;

  return NULL;
}

/**
 * @new_pin: (nullable): %NULL if it could not be read, for @failure
 *
 * Returns: (transfer full) (nullable): why this is not accepted as a new PIN
 */
static char *
find_fault (EonayCliCardRun *self, const EonaySecret *presented, const EonaySecret *new_pin,
            const GError *failure)
{
  EonayCertificate *certificate = eonay_cli_card_get_certificate (self);
  g_autofree char *fault = NULL;
  const char *code = NULL;
  EonayPinState state;

  eonay_token_get_pin_state (self->token, self->certificate, &state);
  if (new_pin == NULL)
    return eonay_cli_pin_state_is_too_long (failure) ? eonay_pin_rules_demand (&state) : NULL;
  if (!is_unblocking (self) && eonay_secret_equal (presented, new_pin))
    return g_strdup (_ ("The new PIN is the same as the present one."));

  fault = eonay_pin_rules_find_fault (&state, certificate, new_pin, self->options->allow_weak,
                                      &code);
  if (code == NULL)
    return g_steal_pointer (&fault);

  return g_strdup_printf ("%s: %s %s", code, fault, _ ("Only --allow-weak lets it pass."));
}

static EonaySecret *
read_new_pin_from_script (EonayCliCardRun *self, const EonaySecret *presented, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (EonaySecret) new_pin = eonay_cli_terminal_read_line (self->options->new_pin_fd,
                                                                  self->stop, &failure);
  g_autofree char *fault = find_fault (self, presented, new_pin, failure);

  if (fault == NULL)
    {
      if (failure != NULL)
        g_propagate_error (error, g_steal_pointer (&failure));
      return g_steal_pointer (&new_pin);
    }

  g_printerr ("eonay-cli: %s\n", fault);
  self->told = TRUE;
  g_set_error_literal (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_NEW_PIN_REFUSED,
                       "The new PIN is not good enough");

  return NULL;
}

/** A mistyped new PIN would lock its owner out, so it is typed twice. */
EonaySecret *
eonay_cli_card_read_new_pin (EonayCliCardRun *self, const EonaySecret *presented, GError **error)
{
  if (self->options->new_pin_fd != -1)
    return read_new_pin_from_script (self, presented, error);

  while (TRUE)
    {
      g_autoptr (EonaySecret) new_pin = NULL;
      g_autoptr (EonaySecret) again = NULL;
      g_autoptr (GError) failure = NULL;
      g_autofree char *fault = NULL;

      new_pin = eonay_cli_terminal_ask_secret (self->terminal, _ ("New PIN: "), self->stop,
                                               self->work, &failure);
      fault = find_fault (self, presented, new_pin, failure);
      if (fault != NULL)
        {
          g_printerr ("%s\n", fault);
          continue;
        }
      if (new_pin == NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return NULL;
        }

      again = eonay_cli_terminal_ask_secret (self->terminal, _ ("New PIN again: "), self->stop,
                                             self->work, error);
      if (again == NULL)
        return NULL;
      if (eonay_secret_equal (new_pin, again))
        return g_steal_pointer (&new_pin);

      g_printerr ("%s\n", _ ("The two new PINs are not the same; nothing was sent to the card."));
    }
}
