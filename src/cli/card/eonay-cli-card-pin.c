#include <glib/gi18n-lib.h>

#include "base/eonay-error.h"
#include "cli/card/eonay-cli-card-run.h"
#include "cli/eonay-cli-print.h"
#include "cli/terminal/eonay-cli-presence.h"
#include "session/eonay-journal.h"
#include "session/eonay-pin-rules.h"
#include "session/eonay-tries.h"
#include "session/eonay-words.h"

static gboolean
is_unblocking (EonayCliCardRun *self)
{
  return self->options->command == EONAY_CLI_CARD_UNBLOCK;
}

static EonayTokenRequestKind
get_kind (EonayCliCardRun *self)
{
  return is_unblocking (self) ? EONAY_TOKEN_REQUEST_UNBLOCK : EONAY_TOKEN_REQUEST_CHANGE_PIN;
}

/** With PINs from descriptors there may be nobody to type at the reader. */
static gboolean
is_typed_on_reader (EonayCliCardRun *self)
{
  return self->options->secret_fd == -1 && self->options->new_pin_fd == -1 &&
         eonay_token_get_new_pin_entry (self->token, get_kind (self)) == EONAY_PIN_ENTRY_READER;
}

/** A card may have one PIN per key, so it is printed which one is meant. */
static void
print_certificate (EonayCliCardRun *self)
{
  EonayCertificate *certificate = eonay_cli_card_get_certificate (self);
  g_autofree char *holder = NULL;
  g_autofree char *masked = NULL;

  if (certificate == NULL)
    return;

  masked = eonay_words_mask (eonay_certificate_get_holder (certificate));
  holder = eonay_cli_print_clean (masked);
  g_print (_ ("The PIN of the certificate of %s, serial number %s\n"), holder,
           eonay_certificate_get_serial (certificate));
}

static void
print_card (EonayCliCardRun *self)
{
  g_autofree char *name = eonay_cli_card_name (self->token);
  g_autofree char *reader = eonay_cli_print_clean (eonay_token_get_reader_name (self->token));
  g_auto (GStrv) rules = NULL;
  EonayPinState state;

  eonay_token_get_pin_state (self->token, self->certificate, &state);
  rules = eonay_pin_rules_spell_out (&state, eonay_cli_card_get_certificate (self));
  g_print (_ ("Card: %s · %s\n"), name, reader);
  print_certificate (self);
  g_print ("%s\n", _ ("What the new PIN has to be like:"));
  for (gsize i = 0; rules[i] != NULL; i++)
    g_print ("  • %s\n", rules[i]);
  if (!is_unblocking (self))
    return;

  if (state.known && !state.blocked)
    g_print ("%s\n", _ ("The PIN is not blocked; the PUK gives it another value all the same."));
  g_print ("%s\n", _ ("Beware: when no try of the PUK is left, nothing unblocks the card any more "
                      "and it has to be replaced."));
}

/** Do not ask for a PIN if it is not known how to send it to the card. */
static gboolean
check_usable (EonayCliCardRun *self, GError **error)
{
  GError *refusal = NULL;

  if (eonay_token_check_request (self->token, get_kind (self), self->certificate, &refusal))
    return TRUE;

  eonay_card_error_set_pin_try (refusal, EONAY_PIN_TRY_NOT_SENT);
  g_propagate_error (error, refusal);

  return FALSE;
}

/** Do not ask for a blocked PIN or PUK. */
static gboolean
check_not_blocked (EonayCliCardRun *self, GError **error)
{
  if (!self->shown.blocked)
    return TRUE;

  g_propagate_error (error, is_unblocking (self) ? eonay_card_error_new_puk_wrong (0)
                                                 : eonay_card_error_new_pin_wrong (0));

  return FALSE;
}

/** Without a terminal, the secrets have to come from descriptors. */
static gboolean
check_sources (EonayCliCardRun *self, GError **error)
{
  gboolean complete = self->options->secret_fd != -1 && self->options->new_pin_fd != -1;
  gboolean brought = self->options->secret_fd != -1 || self->options->new_pin_fd != -1;

  if (brought &&
      !eonay_cli_presence_takes_secrets (
          self->token, eonay_token_get_new_pin_entry (self->token, get_kind (self)), error))
    return FALSE;
  if (complete || self->terminal != NULL || is_typed_on_reader (self))
    return TRUE;

  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                       _ ("Without a terminal, --new-pin-fd and --pin-fd or --puk-fd are needed."));

  return FALSE;
}

static gboolean
refuse_last_try (EonayCliCardRun *self, GError **error)
{
  g_printerr (
      "eonay-cli: %s\n",
      is_unblocking (self)
          ? _ ("Only one try of the PUK is left; after a wrong one the card can never be "
               "unblocked again. --last-try allows using it.")
          : _ ("Only one try is left before the card blocks itself; --last-try allows using "
               "it."));
  /* Nothing was sent. */
  self->told = TRUE;
  g_propagate_error (error, eonay_card_error_new_last_try ());

  return FALSE;
}

/** The last try needs a second confirmation, wherever the PIN is typed. */
static gboolean
confirm_last_try (EonayCliCardRun *self, GError **error)
{
  self->consent = eonay_pin_consent_new (&self->shown, TRUE);
  if (self->shown.tries_left != 1 || self->options->last_try)
    return TRUE;
  if (self->options->secret_fd != -1 || self->terminal == NULL)
    return refuse_last_try (self, error);

  if (eonay_cli_terminal_confirm (
          self->terminal,
          is_unblocking (self)
              ? _ ("Last try! After a wrong PUK the card can never be unblocked again. Go on? [y/N]")
              : _ ("Last try! A wrong PIN now blocks the card. Go on? [y/N]"),
          self->stop))
    return TRUE;

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The last try was not used");

  return FALSE;
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/** @presented, @new_pin: (transfer full) (nullable) */
static gboolean
execute (EonayCliCardRun *self, EonaySecret *presented, EonaySecret *new_pin, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) local = NULL;
  gboolean done;

  if (is_unblocking (self))
    eonay_token_unblock_async (self->token, self->certificate, presented, new_pin, &self->consent,
                               self->work, on_done, &result);
  else
    eonay_token_change_pin_async (self->token, self->certificate, presented, new_pin,
                                  &self->consent, self->work, on_done, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  done = eonay_token_request_finish (self->token, result, &local);
  eonay_journal_write_request (
      is_unblocking (self) ? EONAY_TOKEN_REQUEST_UNBLOCK : EONAY_TOKEN_REQUEST_CHANGE_PIN, local);
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));

  return done;
}

static gboolean
ask_on_reader (EonayCliCardRun *self, GError **error)
{
  g_autofree char *tries = eonay_tries_words_short (&self->shown);

  g_print ("%s: %s\n", is_unblocking (self) ? "PUK" : "PIN", tries);
  g_print ("%s\n", is_unblocking (self)
                       ? _ ("Type on the reader: the PUK, the new PIN, and the new PIN again…")
                       : _ ("Type on the reader: the present PIN, the new PIN, and the new PIN "
                            "again…"));

  return execute (self, NULL, NULL, error);
}

/** One PIN or PUK, from the question to the card's answer. */
static gboolean
ask_once (EonayCliCardRun *self, GError **error)
{
  g_autoptr (EonaySecret) presented = NULL;
  g_autoptr (EonaySecret) new_pin = NULL;

  self->consent = EONAY_PIN_CONSENT_NONE;
  if (!eonay_cli_card_read_tries (self, error) || !check_not_blocked (self, error) ||
      !confirm_last_try (self, error))
    return FALSE;
  if (is_typed_on_reader (self))
    return ask_on_reader (self, error);

  presented = eonay_cli_card_read_presented (self, error);
  if (presented == NULL)
    return FALSE;
  new_pin = eonay_cli_card_read_new_pin (self, presented, error);
  if (new_pin == NULL)
    return FALSE;

  return execute (self, g_steal_pointer (&presented), g_steal_pointer (&new_pin), error);
}

/** Prints @error. Returns: whether the person wants another try */
static gboolean
wants_again (EonayCliCardRun *self, const GError *error)
{
  gboolean may_help = eonay_card_error_is_about_pin (error) ||
                      g_error_matches (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_NEW_PIN_REFUSED);

  if (!may_help || !self->interactive || self->interrupted || self->options->secret_fd != -1 ||
      self->options->new_pin_fd != -1 ||
      g_error_matches (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PIN_BLOCKED) ||
      g_error_matches (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PUK_BLOCKED))
    return FALSE;

  eonay_cli_print_error (error);
  self->told = TRUE;

  return eonay_cli_terminal_confirm (self->terminal, _ ("Try again? [y/N]"), self->stop);
}

static void
print_success (EonayCliCardRun *self)
{
  g_autofree char *tries = NULL;
  EonayPinState state;

  eonay_token_get_pin_state (self->token, self->certificate, &state);
  tries = eonay_tries_words_short (&state);
  g_print ("%s\n", is_unblocking (self) ? _ ("The card is unblocked and has its new PIN.")
                                        : _ ("The PIN has been changed."));
  g_print ("PIN: %s\n", tries);
}

gboolean
eonay_cli_card_replace_pin (EonayCliCardRun *self, GError **error)
{
  if (!eonay_cli_card_choose (self, error) || !check_usable (self, error) ||
      !check_sources (self, error))
    return FALSE;

  print_card (self);
  while (TRUE)
    {
      g_autoptr (GError) failure = NULL;

      self->told = FALSE;
      if (ask_once (self, &failure))
        {
          print_success (self);
          return TRUE;
        }

      if (!wants_again (self, failure))
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
    }
}
