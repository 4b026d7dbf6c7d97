#include <glib/gi18n-lib.h>

#include "base/eonay-error.h"
#include "card/pin/eonay-pin-pad.h"
#include "cli/eonay-cli-pin-state.h"
#include "cli/eonay-cli-print.h"
#include "cli/sign/eonay-cli-signing.h"
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
read_tries (EonayCliSigning *self, GError **error)
{
  EonayCandidate *candidate = eonay_session_get_candidate (self->session);
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
is_typed_on_reader (EonayCliSigning *self)
{
  EonayCandidate *candidate = eonay_session_get_candidate (self->session);

  if (self->options->pin_fd != -1 || candidate == NULL)
    return FALSE;

  return eonay_token_get_pin_entry (eonay_candidate_get_token (candidate)) ==
         EONAY_PIN_ENTRY_READER;
}

static gboolean
check_source (EonayCliSigning *self, GError **error)
{
  EonayCandidate *candidate = eonay_session_get_candidate (self->session);
  EonayToken *token = candidate != NULL ? eonay_candidate_get_token (candidate) : NULL;

  return self->options->pin_fd == -1 || token == NULL ||
         eonay_cli_presence_takes_secrets (token, eonay_token_get_pin_entry (token), error);
}

static gboolean
refuse_last_try (EonayCliSigning *self, GError **error)
{
  g_printerr ("eonay-cli: %s\n", _ ("Only one try is left before the card blocks itself; "
                                    "--last-try allows to use it."));
  /* Nothing was sent. */
  self->told = TRUE;
  g_propagate_error (error, eonay_card_error_new_last_try ());

  return FALSE;
}

/** The last try needs a second confirmation, wherever the PIN is typed. */
static gboolean
confirm_last_try (EonayCliSigning *self, GError **error)
{
  gboolean is_last = self->shown.tries_left == 1;

  if (is_last && self->options->pin_fd != -1 && !self->options->last_try)
    return refuse_last_try (self, error);

  self->consent = eonay_pin_consent_new (&self->shown, TRUE);
  if (!is_last || self->options->pin_fd != -1 ||
      eonay_cli_terminal_confirm (self->terminal,
                                  _ ("Last try! A wrong PIN now blocks the card. Go on? [y/N]"),
                                  eonay_cli_signing_new_stop (self)))
    return TRUE;

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The last try was not used");

  return FALSE;
}

static char *
make_prompt (EonayCliSigning *self)
{
  EonayCandidate *candidate = eonay_session_get_candidate (self->session);
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
read_pin (EonayCliSigning *self, GError **error)
{
  GCancellable *stop = eonay_cli_signing_new_stop (self);
  g_autofree char *prompt = NULL;

  if (self->options->pin_fd != -1)
    return eonay_cli_terminal_read_line (self->options->pin_fd, stop, error);

  prompt = make_prompt (self);

  return eonay_cli_terminal_ask_secret (self->terminal, prompt, stop, self->work, error);
}

static void
print_keypad (EonayCliSigning *self)
{
  g_autofree char *tries = eonay_tries_words_short (&self->shown);
  g_autofree char *wait = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "You have %d second; the reader’s cancel key gives it up.",
                   "You have %d seconds; the reader’s cancel key gives it up.",
                   EONAY_PIN_PAD_TIME_OUT),
      EONAY_PIN_PAD_TIME_OUT);

  g_print ("PIN: %s\n%s\n%s\n", tries, _ ("Type your PIN on the reader’s keypad."), wait);
}

/** @pin: (transfer full) (nullable): %NULL if it is typed on the reader */
static gboolean
sign (EonayCliSigning *self, EonaySecret *pin, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) failure = NULL;

  if (pin != NULL)
    g_print ("%s\n", _ ("The card is signing…"));
  else
    print_keypad (self);
  eonay_session_sign_async (self->session, pin, &self->consent, self->work, on_done, &result);
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

  if (!self->interactive || self->interrupted || self->options->pin_fd != -1 ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
      g_error_matches (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PIN_BLOCKED) ||
      (state != EONAY_SESSION_WAITING_PIN && state != EONAY_SESSION_REVIEWING))
    return FALSE;

  if (!self->told)
    eonay_cli_print_error (error);
  self->told = TRUE;

  return state == EONAY_SESSION_WAITING_PIN ||
         eonay_cli_terminal_confirm (self->terminal, _ ("Try again? [y/N]"),
                                     eonay_cli_signing_new_stop (self));
}

/** One PIN, from the question to the portal's answer. */
static gboolean
ask_once (EonayCliSigning *self, GError **error)
{
  g_autoptr (EonaySecret) pin = NULL;
  gboolean confirmed;
  gboolean on_reader;

  if (eonay_session_get_state (self->session) == EONAY_SESSION_REVIEWING &&
      !eonay_session_ask_pin (self->session, error))
    return FALSE;

  self->consent = EONAY_PIN_CONSENT_NONE;
  confirmed = check_source (self, error) && read_tries (self, error) &&
              confirm_last_try (self, error);
  /* The reader's features may have become known with the tries. */
  on_reader = is_typed_on_reader (self);
  if (confirmed && !on_reader)
    pin = read_pin (self, error);

  /* A change of state in the meantime takes precedence over the answer. */
  if (!eonay_cli_signing_is_in (self, EONAY_SESSION_WAITING_PIN, NULL))
    {
      g_clear_error (error);
      eonay_cli_signing_is_in (self, EONAY_SESSION_WAITING_PIN, error);
      return FALSE;
    }
  if (pin == NULL && !(confirmed && on_reader))
    {
      self->told |= eonay_cli_pin_state_refuse_line (&self->shown, FALSE, error);
      return FALSE;
    }
  /* A PIN that the card does not accept is not sent, and the card is not reported to sign. */
  if (pin != NULL && !eonay_cli_pin_state_check_length (&self->shown, pin, FALSE, error))
    {
      self->told = TRUE;
      return FALSE;
    }

  return sign (self, g_steal_pointer (&pin), error);
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

      self->told = FALSE;
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
