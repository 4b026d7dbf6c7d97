#include "cli/sign/eonay-cli-signing.h"

#include <unistd.h>

void
eonay_cli_signing_free (EonayCliSigning *self)
{
  g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  g_clear_object (&self->candidates);
  g_clear_object (&self->stop);
  g_clear_object (&self->work);
  g_clear_object (&self->history);
  eonay_cli_terminal_free (self->terminal);
  g_free (self);
}

static void
on_state (EonayCliSigning *self)
{
  g_cancellable_cancel (self->stop);

  /* At once, as the same cannot be signed again; a failure occurs again, and is printed, at the
     end. */
  if (eonay_session_get_state (self->session) == EONAY_SESSION_SUBMITTING)
    eonay_cli_signing_keep_signatures (self, NULL);
}

/* Signatures of a practice card are not recorded in the person's history. */
static EonayHistory *
open_history (const EonayCliSignOptions *options)
{
  if (options->history != NULL)
    return eonay_history_new (options->history);
  if (options->no_history || options->environment_kind == EONAY_CLI_ENVIRONMENT_PRACTICE)
    return NULL;

  return eonay_history_new_for_person ();
}

EonayCliSigning *
eonay_cli_signing_new (const EonayCliSignOptions *options, EonayCliEnvironment *environment)
{
  EonayCliSigning *self = g_new0 (EonayCliSigning, 1);

  self->options = options;
  self->environment = environment;
  self->session = eonay_session_new (NULL);
  self->readers = eonay_cli_environment_get_readers (environment);
  self->candidates = eonay_candidate_list_new (self->readers, NULL);
  self->terminal = eonay_cli_terminal_new (NULL);
  self->interactive = self->terminal != NULL && isatty (STDIN_FILENO);
  self->stop = g_cancellable_new ();
  self->work = g_cancellable_new ();
  self->history = open_history (options);
  eonay_session_set_candidates (self->session, self->candidates);
  eonay_session_set_history (self->session, self->history);
  g_signal_connect_swapped (self->session, "notify::state", G_CALLBACK (on_state), self);

  return self;
}

GCancellable *
eonay_cli_signing_new_stop (EonayCliSigning *self)
{
  g_clear_object (&self->stop);
  self->stop = g_cancellable_new ();
  if (self->interrupted)
    g_cancellable_cancel (self->stop);

  return self->stop;
}

gboolean
eonay_cli_signing_is_in (EonayCliSigning *self, EonaySessionState state, GError **error)
{
  const GError *cause = eonay_session_get_error (self->session);

  if (self->interrupted)
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
