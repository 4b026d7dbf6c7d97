#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/eonay-error.h"
#include "cli/card/eonay-cli-card-run.h"
#include "cli/eonay-cli-print.h"

/** Returns: (transfer full) (nullable): the certificate on @token that the options select */
static EonayTokenCertificate *
find_named (EonayCliCardRun *self, EonayToken *token)
{
  GListModel *model = eonay_token_get_certificates (token);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (EonayTokenCertificate) certificate = g_list_model_get_item (model, i);
      EonayCandidate *candidate = eonay_cli_card_run_find_candidate (self, certificate);
      const char *serial;

      if (candidate == NULL)
        continue;
      serial = eonay_certificate_get_serial (eonay_candidate_get_certificate (candidate));
      if (strcmp (serial + strspn (serial, "0"), self->options->certificate) == 0)
        return g_steal_pointer (&certificate);
    }

  return NULL;
}

/** Returns: (transfer full): the cards that the options allow */
static GPtrArray *
list_eligible (EonayCliCardRun *self)
{
  g_autoptr (GPtrArray) tokens = eonay_cli_card_run_list_tokens (self);

  if (self->options->certificate == NULL)
    return g_steal_pointer (&tokens);

  for (guint i = tokens->len; i > 0; i--)
    {
      g_autoptr (EonayTokenCertificate) named = find_named (self, tokens->pdata[i - 1]);

      if (named == NULL)
        g_ptr_array_remove_index (tokens, i - 1);
    }

  return g_steal_pointer (&tokens);
}

/** A card that only a module can use is not enough while a module may still be found. */
static gboolean
is_some_eligible (EonayCliCardRun *self, gboolean searching)
{
  g_autoptr (GPtrArray) tokens = list_eligible (self);

  for (guint i = 0; i < tokens->len; i++)
    if (!searching || eonay_token_can_use_pins (tokens->pdata[i]))
      return TRUE;

  return FALSE;
}

static gboolean
refuse (EonayCliCardRun *self, const char *message, GError **error)
{
  g_printerr ("eonay-cli: %s\n", message);
  self->told = TRUE;
  g_set_error_literal (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_NO_CERTIFICATE,
                       "The choice is ambiguous");

  return FALSE;
}

static gboolean
refuse_several_cards (EonayCliCardRun *self, GPtrArray *tokens, GError **error)
{
  for (guint i = 0; i < tokens->len; i++)
    {
      const char *reader = eonay_token_get_reader_name (tokens->pdata[i]);
      g_autofree char *shown_reader = eonay_cli_print_clean (reader);
      g_autofree char *name = eonay_cli_card_name (tokens->pdata[i]);

      g_printerr ("  %s · %s\n", shown_reader, name);
    }

  return refuse (
      self, _ ("Several cards are in; choose one of them with --reader or --certificate."), error);
}

/** Prefers one that can sign, then the first. */
static gboolean
is_better (EonayCliCardRun *self, EonayTokenCertificate *certificate)
{
  EonayCandidate *old, *found;

  if (self->certificate == NULL)
    return TRUE;

  old = eonay_cli_card_run_find_candidate (self, self->certificate);
  found = eonay_cli_card_run_find_candidate (self, certificate);

  return found != NULL && eonay_candidate_is_usable (found) &&
         (old == NULL || !eonay_candidate_is_usable (old));
}

/** The PIN of the keys, if they share one. */
static gboolean
take_only_pin (EonayCliCardRun *self, GError **error)
{
  GListModel *model = eonay_token_get_certificates (self->token);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (EonayTokenCertificate) certificate = g_list_model_get_item (model, i);

      if (!eonay_token_certificate_has_key (certificate))
        continue;
      if (self->certificate != NULL &&
          !eonay_token_shares_pin (self->token, self->certificate, certificate))
        return refuse (
            self, _ ("The card has several PINs; choose one of them with --certificate."), error);
      if (is_better (self, certificate))
        g_set_object (&self->certificate, certificate);
    }

  return TRUE;
}

gboolean
eonay_cli_card_choose (EonayCliCardRun *self, GError **error)
{
  g_autoptr (GPtrArray) tokens = NULL;

  if (!eonay_cli_card_run_await (self, is_some_eligible, self->interactive, error))
    return FALSE;

  tokens = list_eligible (self);
  if (tokens->len > 1)
    return refuse_several_cards (self, tokens, error);

  self->token = g_object_ref (tokens->pdata[0]);
  if (!eonay_cli_card_run_refresh (self, self->token, error))
    return FALSE;

  if (self->options->certificate == NULL)
    return take_only_pin (self, error);

  self->certificate = find_named (self, self->token);

  return TRUE;
}
