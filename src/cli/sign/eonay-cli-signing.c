#include "cli/sign/eonay-cli-signing.h"

#include <glib/gi18n-lib.h>

#include "base/eonay-error.h"
#include "session/eonay-advice.h"

void
eonay_cli_signing_free (EonayCliSigning *self)
{
  g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  g_clear_object (&self->history);
  eonay_cli_signer_free (self->signer);
  g_free (self);
}

static void
on_state (EonayCliSigning *self)
{
  g_cancellable_cancel (self->signer->stop);

  /* At once, as the same cannot be signed again; a failure occurs again, and is printed, at the
     end. */
  if (eonay_session_get_state (self->session) == EONAY_SESSION_SUBMITTING)
    eonay_cli_signing_keep_signatures (self, NULL);
}

static gboolean
may_go_on (gpointer user_data, GError **error)
{
  EonayCliSigning *self = user_data;

  return eonay_cli_signing_is_in (self, self->expected, error);
}

/* Whatever the signer waits for ends when the session is no longer in @state. */
static void
expect (EonayCliSigning *self, EonaySessionState state)
{
  self->expected = state;
  self->signer->go_on = may_go_on;
  self->signer->user_data = self;
}

EonayCliSigning *
eonay_cli_signing_new (const EonayCliSignOptions *options, EonayCliEnvironment *environment)
{
  EonayCliSigning *self = g_new0 (EonayCliSigning, 1);

  self->options = options;
  self->environment = environment;
  self->session = eonay_session_new (NULL);
  self->signer = eonay_cli_signer_new (options, eonay_cli_environment_get_readers (environment));
  self->signer->asks = self->signer->interactive && options->accept == NULL;
  self->history = eonay_cli_sign_options_open_history (options);
  eonay_session_set_candidates (self->session, self->signer->candidates);
  eonay_session_set_history (self->session, self->history);
  g_signal_connect_swapped (self->session, "notify::state", G_CALLBACK (on_state), self);

  return self;
}

gboolean
eonay_cli_signing_is_in (EonayCliSigning *self, EonaySessionState state, GError **error)
{
  const GError *cause = eonay_session_get_error (self->session);

  if (self->signer->interrupted)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Interrupted");
  else if (eonay_session_get_state (self->session) == state)
    return TRUE;
  else if (error != NULL && cause != NULL)
    *error = g_error_copy (cause);
  else
    g_set_error_literal (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_WRONG_STATE,
                         "The session's state has changed");

  return FALSE;
}

gboolean
eonay_cli_signing_choose_certificate (EonayCliSigning *self, GError **error)
{
  expect (self, EONAY_SESSION_REVIEWING);
  if (!eonay_cli_signer_choose (self->signer, error))
    return FALSE;

  eonay_session_set_candidate (self->session, self->signer->candidate);

  return TRUE;
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/** @pin: (transfer full) (nullable): %NULL if it is typed on the reader */
static gboolean
sign (EonayCliSigning *self, EonaySecret *pin, GError **error)
{
  EonayCliSigner *signer = self->signer;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) failure = NULL;

  eonay_cli_signer_print_begin (signer, pin);
  eonay_session_sign_async (self->session, pin, &signer->consent, signer->work, on_done, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  if (eonay_session_sign_finish (self->session, result, &failure))
    return TRUE;

  self->cut_short = g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_propagate_error (error, g_steal_pointer (&failure));

  return FALSE;
}

/** Prints @error. Returns: whether the person wants another try */
static gboolean
wants_again (EonayCliSigning *self, const GError *error)
{
  EonaySessionState state = eonay_session_get_state (self->session);

  if ((state != EONAY_SESSION_WAITING_PIN && state != EONAY_SESSION_REVIEWING) ||
      !eonay_cli_signer_may_ask_again (self->signer, error))
    return FALSE;

  return state == EONAY_SESSION_WAITING_PIN ||
         eonay_cli_terminal_confirm (self->signer->terminal, _ ("Try again? [y/N]"),
                                     eonay_cli_signer_new_stop (self->signer));
}

/** One PIN, from the question to the portal's answer. */
static gboolean
ask_once (EonayCliSigning *self, GError **error)
{
  EonaySecret *pin = NULL;

  if (eonay_session_get_state (self->session) == EONAY_SESSION_REVIEWING &&
      !eonay_session_ask_pin (self->session, error))
    return FALSE;

  g_set_object (&self->signer->candidate, eonay_session_get_candidate (self->session));
  expect (self, EONAY_SESSION_WAITING_PIN);

  return eonay_cli_signer_ask_pin (self->signer, &pin, error) && sign (self, pin, error);
}

/** The error that ended the signing; on expiry, what happened to the PIN is printed first. */
static GError *
find_end (EonayCliSigning *self, const GError *failure)
{
  g_autoptr (EonayAdvice) advice = NULL;

  if (eonay_session_get_state (self->session) != EONAY_SESSION_EXPIRED ||
      failure->domain != EONAY_CARD_ERROR)
    return g_error_copy (failure);

  advice = eonay_advice_new (failure);
  g_printerr ("%s: %s\n", advice->code, advice->what);

  return g_error_new_literal (EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_EXPIRED,
                              "The clock ran out while the card checked the PIN");
}

gboolean
eonay_cli_signing_sign (EonayCliSigning *self, GError **error)
{
  while (TRUE)
    {
      g_autoptr (GError) failure = NULL;

      self->signer->told = FALSE;
      if (ask_once (self, &failure))
        return TRUE;

      if (!wants_again (self, failure))
        {
          g_propagate_error (error, find_end (self, failure));
          return FALSE;
        }

      if (eonay_session_get_state (self->session) == EONAY_SESSION_REVIEWING &&
          !eonay_cli_signing_choose_certificate (self, error))
        return FALSE;
    }
}
