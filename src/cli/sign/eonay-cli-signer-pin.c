#include <glib/gi18n-lib.h>

#include "base/eonay-error.h"
#include "card/pin/eonay-pin-pad.h"
#include "cli/eonay-cli-pin-state.h"
#include "cli/eonay-cli-print.h"
#include "cli/sign/eonay-cli-signer.h"
#include "cli/terminal/eonay-cli-presence.h"
#include "session/eonay-advice.h"
#include "session/eonay-tries.h"

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/**
 * The state that the person is shown, and agrees to, is read once for each question. If the card
 * can report the tries left, wait for it, however slow its reader is.
 */
static gboolean
read_tries (EonayCliSigner *self, GError **error)
{
  EonayCandidate *candidate = self->candidate;
  EonayTokenCertificate *certificate = eonay_candidate_get_token_certificate (candidate);
  g_autoptr (EonayToken) token = g_object_ref (eonay_candidate_get_token (candidate));
  g_autoptr (GAsyncResult) result = NULL;

  eonay_token_get_pin_state (token, certificate, &self->shown);
  if (!eonay_pin_state_is_pending (&self->shown))
    return TRUE;

  g_object_ref (certificate);
  eonay_token_refresh_async (token, self->work, on_done, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  eonay_token_get_pin_state (token, certificate, &self->shown);
  g_object_unref (certificate);

  return eonay_token_request_finish (token, result, error);
}

/** With --pin-fd there may be nobody to type at the reader. */
static gboolean
is_typed_on_reader (EonayCliSigner *self)
{
  EonayCandidate *candidate = self->candidate;

  if (self->options->pin_fd != -1 || candidate == NULL)
    return FALSE;

  return eonay_token_get_pin_entry (eonay_candidate_get_token (candidate)) ==
         EONAY_PIN_ENTRY_READER;
}

static gboolean
check_source (EonayCliSigner *self, GError **error)
{
  EonayCandidate *candidate = self->candidate;
  EonayToken *token = candidate != NULL ? eonay_candidate_get_token (candidate) : NULL;

  return self->options->pin_fd == -1 || token == NULL ||
         eonay_cli_presence_takes_secrets (token, eonay_token_get_pin_entry (token), error);
}

static gboolean
refuse_last_try (EonayCliSigner *self, GError **error)
{
  g_printerr ("eonay-cli: %s\n", _ ("Only one try is left before the card blocks itself; "
                                    "--last-try allows using it."));
  /* Nothing was sent. */
  self->told = TRUE;
  g_propagate_error (error, eonay_card_error_new_last_try ());

  return FALSE;
}

/** The last try needs a second confirmation, wherever the PIN is typed. */
static gboolean
confirm_last_try (EonayCliSigner *self, GError **error)
{
  gboolean is_last = self->shown.tries_left == 1;

  if (is_last && self->options->pin_fd != -1 && !self->options->last_try)
    return refuse_last_try (self, error);

  self->consent = eonay_pin_consent_new (&self->shown, TRUE);
  if (!is_last || self->options->pin_fd != -1 ||
      eonay_cli_terminal_confirm (self->terminal,
                                  _ ("Last try! A wrong PIN now blocks the card. Go on? [y/N]"),
                                  eonay_cli_signer_new_stop (self)))
    return TRUE;

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The last try was not used");

  return FALSE;
}

static char *
make_prompt (EonayCliSigner *self)
{
  EonayCandidate *candidate = self->candidate;
  g_autofree char *holder = eonay_cli_print_clean (
      eonay_certificate_get_holder (eonay_candidate_get_certificate (candidate)));

  if (self->shown.known && self->shown.tries_left > 0)
    return g_strdup_printf (_ ("PIN of %s (tries left: %d): "), holder, self->shown.tries_left);
  if (self->shown.low)
    return g_strdup_printf (_ ("PIN of %s (there were wrong ones since the last right one): "),
                            holder);

  return g_strdup_printf (_ ("PIN of %s: "), holder);
}

static EonaySecret *
read_pin (EonayCliSigner *self, GError **error)
{
  GCancellable *stop = eonay_cli_signer_new_stop (self);
  g_autofree char *prompt = NULL;

  if (self->options->pin_fd != -1)
    return eonay_cli_terminal_read_line (self->options->pin_fd, stop, error);

  prompt = make_prompt (self);

  return eonay_cli_terminal_ask_secret (self->terminal, prompt, stop, self->work, error);
}

static void
print_keypad (const EonayCliSigner *self)
{
  g_autofree char *tries = eonay_tries_words_short (&self->shown);
  g_autofree char *wait = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "You have %d second; the reader’s cancel key gives it up.",
                   "You have %d seconds; the reader’s cancel key gives it up.",
                   EONAY_PIN_PAD_TIME_OUT),
      EONAY_PIN_PAD_TIME_OUT);

  g_print ("PIN: %s\n%s\n%s\n", tries, _ ("Type your PIN on the reader’s keypad."), wait);
}

gboolean
eonay_cli_signer_ask_pin (EonayCliSigner *self, EonaySecret **pin, GError **error)
{
  gboolean confirmed;
  gboolean on_reader;

  *pin = NULL;
  self->consent = EONAY_PIN_CONSENT_NONE;
  confirmed = check_source (self, error) && read_tries (self, error) &&
              confirm_last_try (self, error);
  /* The reader's features may have become known with the tries. */
  on_reader = is_typed_on_reader (self);
  if (confirmed && !on_reader)
    *pin = read_pin (self, error);

  /* A change of state in the meantime takes precedence over the answer. */
  if (!eonay_cli_signer_may_go_on (self, NULL))
    {
      g_clear_pointer (pin, eonay_secret_free);
      g_clear_error (error);
      return eonay_cli_signer_may_go_on (self, error);
    }
  if (*pin == NULL && !(confirmed && on_reader))
    {
      self->told |= eonay_cli_pin_state_refuse_line (&self->shown, FALSE, error);
      return FALSE;
    }
  /* A PIN that the card does not accept is not sent, and the card is not reported to sign. */
  if (*pin == NULL || eonay_cli_pin_state_check_length (&self->shown, *pin, FALSE, error))
    return TRUE;

  g_clear_pointer (pin, eonay_secret_free);
  self->told = TRUE;

  return FALSE;
}

void
eonay_cli_signer_print_begin (const EonayCliSigner *self, const EonaySecret *pin)
{
  if (pin != NULL)
    g_print ("%s\n", _ ("The card is signing…"));
  else
    print_keypad (self);
}

gboolean
eonay_cli_signer_may_ask_again (EonayCliSigner *self, const GError *error)
{
  if (!self->interactive || self->interrupted || self->options->pin_fd != -1 ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
      g_error_matches (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PIN_BLOCKED))
    return FALSE;

  if (!self->told)
    eonay_cli_print_error (error);
  self->told = TRUE;

  return TRUE;
}
