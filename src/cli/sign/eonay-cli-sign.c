#include "cli/sign/eonay-cli-sign.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>

#include "base/eonay-error.h"
#include "cli/eonay-cli-exit.h"
#include "cli/eonay-cli-option.h"
#include "cli/eonay-cli-print.h"
#include "cli/sign/eonay-cli-file-signing.h"
#include "cli/sign/eonay-cli-signing.h"
#include "session/eonay-code.h"
#include "session/eonay-words.h"

#define LAST_ENTRY_SECONDS 5

/** Returns: %FALSE if the options change what an administrator has locked */
static gboolean
is_allowed (const EonayCliSignOptions *options, GError **error)
{
  return options->environment_kind == EONAY_CLI_ENVIRONMENT_PRACTICE ||
         eonay_cli_option_check_locks (options->modules != NULL, options->experimental_akis,
                                       options->history != NULL || options->no_history, error);
}

static void
print_last_call (EonayCliSigning *self)
{
  self->last_call = TRUE;
  g_print ("%s\n", _ ("It is signed already and is being sent; interrupt again to give that up."));
}

static gboolean
on_signal (gpointer user_data)
{
  EonayCliSigning *self = user_data;
  EonaySessionState state = eonay_session_get_state (self->session);
  gboolean sending = state == EONAY_SESSION_SUBMITTING;

  if (state == EONAY_SESSION_SIGNING && !self->signer->interrupted)
    g_print ("%s\n", _ ("Interrupted. The card is still at work, but no signature will be sent."));
  self->signer->interrupted = TRUE;
  g_cancellable_cancel (self->signer->stop);
  if (sending && !self->last_call)
    print_last_call (self);
  else
    g_cancellable_cancel (self->signer->work);

  return G_SOURCE_CONTINUE;
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static gboolean
is_for_signing (EonayCliSigning *self, GError **error)
{
  EonayTransaction *transaction = eonay_session_get_transaction (self->session);

  if (eonay_transaction_get_operation (transaction) != EONAY_OPERATION_UNBLOCK)
    return TRUE;

  g_set_error_literal (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_UNBLOCK_CODE,
                       "The code is for unblocking a card");

  return FALSE;
}

static gboolean
resolve (EonayCliSigning *self, GError **error)
{
  const char *code = eonay_cli_environment_get_code (self->environment);
  g_autoptr (GAsyncResult) result = NULL;

  if (self->options->code == NULL)
    {
      g_autofree char *shown = eonay_code_format (code);

      g_print (_ ("Verification code: %s\n"), shown);
    }

  eonay_session_resolve_async (self->session, eonay_cli_environment_get_portal (self->environment),
                               code, self->signer->work, on_done, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return eonay_session_resolve_finish (self->session, result, error) &&
         is_for_signing (self, error);
}

static gboolean
submit_again (EonayCliSigning *self, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  eonay_session_submit_again_async (self->session, self->signer->work, on_done, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return eonay_session_submit_again_finish (self->session, result, error);
}

/** Signatures are submitted as long as the person wants and it may succeed. */
static gboolean
insist (EonayCliSigning *self, GError **error)
{
  while (TRUE)
    {
      gboolean hopeless = !self->signer->interactive || self->signer->interrupted ||
                          eonay_session_get_state (self->session) != EONAY_SESSION_FAILED ||
                          eonay_session_get_signatures (self->session) == NULL ||
                          eonay_session_get_seconds_left (self->session) == 0;

      if (hopeless)
        return FALSE;

      eonay_cli_print_error (*error);
      self->signer->told = TRUE;
      if (!eonay_cli_terminal_confirm (self->signer->terminal, _ ("Send again? [y/N]"),
                                       eonay_cli_signer_new_stop (self->signer)))
        return FALSE;

      self->signer->told = FALSE;
      g_clear_error (error);
      if (submit_again (self, error))
        return TRUE;
    }
}

/** A code is valid once: what is missing here has to be detected before it is used. */
static int
prepare (EonayCliSigning *self, GError **error)
{
  int acceptable;

  if (!eonay_cli_signer_has_pin_source (self->signer, error))
    return EONAY_CLI_EXIT_USAGE;

  acceptable = eonay_cli_signing_can_accept (self, error);
  if (acceptable != EONAY_CLI_EXIT_OK)
    return acceptable;

  return eonay_cli_signing_prepare_output (self, error) ? EONAY_CLI_EXIT_OK : EONAY_CLI_EXIT_FAILED;
}

/** Returns: an exit code; @error is set if it was not printed */
static int
run (EonayCliSigning *self, GError **error)
{
  int accepted;
  int shown;
  int prepared = prepare (self, error);

  if (prepared != EONAY_CLI_EXIT_OK)
    return prepared;

  if (!resolve (self, error) || !eonay_cli_signing_keep_documents (self, error))
    return EONAY_CLI_EXIT_FAILED;

  shown = eonay_cli_signing_show_documents (self, error);
  if (shown != EONAY_CLI_EXIT_OK)
    return shown;
  if (!eonay_cli_signing_choose_certificate (self, error))
    return EONAY_CLI_EXIT_FAILED;

  accepted = eonay_cli_signing_accept (self, error);
  if (accepted != EONAY_CLI_EXIT_OK)
    return accepted;

  if (!eonay_cli_signing_sign (self, error) && !insist (self, error))
    return EONAY_CLI_EXIT_FAILED;

  return EONAY_CLI_EXIT_OK;
}

static void
print_receipt (EonayCliSigning *self)
{
  const EonayPortalReceipt *receipt = eonay_session_get_receipt (self->session);
  g_autofree char *time = eonay_words_time (eonay_session_get_signed_at (self->session));
  g_autofree char *message = eonay_cli_print_clean (receipt->message);
  g_autofree char *number = eonay_cli_print_clean (receipt->receipt);

  g_print ("\n%s\n", _ ("Signed and delivered."));
  g_print (_ ("Signed: %s\n"), time);
  if (*message != '\0')
    g_print ("%s\n", message);
  if (*number != '\0')
    g_print (_ ("Receipt: %s\n"), number);
  g_print ("%s\n", _ ("You can go back to the web page."));
}

static gboolean
is_undelivered (EonayCliSigning *self)
{
  return eonay_session_get_signatures (self->session) != NULL &&
         eonay_session_get_state (self->session) != EONAY_SESSION_DONE;
}

/** No signature is lost. */
static void
keep_undelivered (EonayCliSigning *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *shown = NULL;

  g_printerr ("%s\n", eonay_session_is_sent (self->session)
                          ? _ ("Signed, but not confirmed by the portal.")
                          : _ ("The card has signed; the signature was not sent to the portal."));
  folder = self->kept ? g_strdup (self->options->output)
                      : eonay_cli_signing_keep_undelivered (self, &error);
  if (folder == NULL)
    {
      eonay_cli_print_error (error);
      return;
    }

  shown = eonay_cli_print_clean (folder);
  g_printerr (_ ("What was signed is kept in %s\n"), shown);
}

/** Returns: the exit code for @outcome, which is printed unless it already was */
static int
report_outcome (EonayCliSigning *self, const GError *outcome)
{
  int exit_code = (int) eonay_cli_exit_for_error (outcome);

  if (exit_code == EONAY_CLI_EXIT_DECLINED)
    return eonay_session_is_sent (self->session) ? EONAY_CLI_EXIT_PORTAL : EONAY_CLI_EXIT_DECLINED;

  if (!self->signer->told)
    eonay_cli_print_error (outcome);

  return exit_code;
}

/** Waits for the disk, and prints its errors. */
static void
close_history (EonayCliSigning *self)
{
  if (self->history == NULL)
    return;

  eonay_history_flush (self->history, LAST_ENTRY_SECONDS);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  if (eonay_history_get_problem (self->history) != NULL)
    eonay_cli_print_error (eonay_history_get_problem (self->history));
}

static int
conclude (EonayCliSigning *self, int exit_code, const GError *outcome)
{
  g_autoptr (GError) error = NULL;

  /* A code is valid once, so a transaction that is not signed now never will be. */
  eonay_session_decline (self->session);
  if (eonay_session_get_state (self->session) == EONAY_SESSION_DECLINED)
    eonay_cli_environment_release_portal (self->environment);
  if (outcome != NULL)
    exit_code = report_outcome (self, outcome);
  if (exit_code == EONAY_CLI_EXIT_OK)
    print_receipt (self);
  else if (exit_code == EONAY_CLI_EXIT_DECLINED && !is_undelivered (self))
    g_print ("%s\n", self->cut_short
                         ? _ ("The signing was interrupted; no signature was sent to the portal.")
                         : _ ("Nothing was signed."));

  if (!eonay_cli_signing_keep_result (self, outcome, &error))
    {
      eonay_cli_print_error (error);
      exit_code = exit_code != EONAY_CLI_EXIT_OK ? exit_code : EONAY_CLI_EXIT_FAILED;
    }
  if (is_undelivered (self))
    keep_undelivered (self);
  close_history (self);

  return exit_code;
}

int
eonay_cli_sign (int argc, char *argv[])
{
  g_autoptr (EonayCliSignOptions) options = NULL;
  g_autoptr (EonayCliEnvironment) environment = NULL;
  g_autoptr (EonayCliSigning) self = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *what = NULL;
  const int signals[] = { SIGINT, SIGTERM, SIGHUP };
  guint watches[G_N_ELEMENTS (signals)];
  int exit_code;

  g_set_prgname ("eonay-cli sign"); /* what --help calls it */
  options = eonay_cli_sign_options_parse (argc, argv, &error);
  g_set_prgname ("eonay-cli");
  if (options != NULL && options->files != NULL && is_allowed (options, &error))
    return eonay_cli_file_signing_run (options);
  if (options != NULL && error == NULL && is_allowed (options, &error))
    environment = eonay_cli_environment_new (options, &what, &error);
  if (environment == NULL)
    {
      eonay_cli_print_error_exactly (error, what);
      return (int) eonay_cli_exit_for_error (error);
    }

  if (options->experimental_akis)
    eonay_reader_list_set_allow_experimental (eonay_cli_environment_get_readers (environment),
                                              TRUE);
  self = eonay_cli_signing_new (options, environment);
  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    watches[i] = g_unix_signal_add (signals[i], on_signal, self);
  exit_code = run (self, &error);
  exit_code = conclude (self, exit_code, error);
  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    g_source_remove (watches[i]);

  return exit_code;
}
