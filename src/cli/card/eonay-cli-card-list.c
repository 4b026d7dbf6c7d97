#include <glib/gi18n-lib.h>

#include "base/eonay-error.h"
#include "cli/card/eonay-cli-card-run.h"
#include "cli/eonay-cli-print.h"
#include "cli/terminal/eonay-cli-presence.h"
#include "session/eonay-advice.h"
#include "session/eonay-pin-rules.h"
#include "session/eonay-tries.h"
#include "session/eonay-words.h"

/** Returns: (transfer full): a string from the card, safe to be printed */
static char *
show (const char *text)
{
  g_autofree char *masked = eonay_words_mask (text);

  return eonay_cli_print_clean (masked);
}

char *
eonay_cli_card_name (EonayToken *token)
{
  const char *label = eonay_token_get_label (token);

  return show (*label != '\0' ? label : eonay_token_get_model (token));
}

static void
print_secret_state (const char *indent, const char *name, const EonayPinState *state)
{
  g_autofree char *tries = eonay_tries_words_short (state);
  g_autofree char *rules = eonay_pin_rules_describe (state);

  if (state->absent)
    {
      g_print ("%s%s: %s\n", indent, name, _ ("not known; the card does not describe it"));
      return;
    }

  g_print ("%s%s: %s · %s\n", indent, name, tries, rules);
}

static void
print_states (const char *indent, EonayToken *token, EonayTokenCertificate *certificate)
{
  g_autoptr (GError) refusal = NULL;
  g_autoptr (EonayAdvice) advice = NULL;
  EonayPinState state;

  eonay_token_get_pin_state (token, certificate, &state);
  print_secret_state (indent, "PIN", &state);
  if (eonay_token_check_request (token, EONAY_TOKEN_REQUEST_UNBLOCK, certificate, &refusal))
    {
      eonay_token_get_puk_state (token, certificate, &state);
      print_secret_state (indent, "PUK", &state);
      return;
    }

  advice = eonay_advice_new (refusal);
  g_print ("%sPUK: %s (%s)\n", indent, advice->what, advice->code);
}

static void
print_failure (const char *indent, const GError *error)
{
  g_autoptr (EonayAdvice) advice = eonay_advice_new (error);
  g_autofree char *what = show (advice->what);

  g_print ("%s%s: %s %s\n", indent, advice->code, what, advice->remedy);
}

static void
print_days_left (EonayCertificate *certificate)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *last = eonay_words_date (eonay_certificate_get_not_after (certificate));
  int days = eonay_certificate_get_days_left (certificate, now);

  g_print (_ ("     serial number %s, valid until %s"), eonay_certificate_get_serial (certificate),
           last);
  if (days >= 0)
    g_print (g_dngettext (GETTEXT_PACKAGE, " (%d day left)", " (%d days left)", (gulong) days),
             days);
}

static void
print_candidate (EonayCandidate *candidate, guint number)
{
  EonayCertificate *certificate = eonay_candidate_get_certificate (candidate);
  gboolean qualified = eonay_certificate_get_kind (certificate) == EONAY_CERTIFICATE_QUALIFIED;
  g_autofree char *holder = show (eonay_certificate_get_holder (certificate));
  g_autofree char *provider = show (eonay_certificate_get_provider (certificate));
  g_autofree char *reason = eonay_candidate_describe_reason (candidate);

  g_print ("  %u) %s · %s\n", number, holder, provider);
  print_days_left (certificate);
  g_print (" · %s\n", eonay_certificate_get_key_name (certificate));
  g_print ("     %s · %s\n", qualified ? _ ("Qualified") : _ ("Not qualified"),
           *reason != '\0' ? reason : _ ("Can sign"));
}

/** Returns: (transfer none) (nullable): the first with a key; it represents the card's PIN */
static EonayTokenCertificate *
find_first_key (EonayToken *token)
{
  GListModel *model = eonay_token_get_certificates (token);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (EonayTokenCertificate) certificate = g_list_model_get_item (model, i);

      /* The token keeps it alive. */
      if (eonay_token_certificate_has_key (certificate))
        return certificate;
    }

  return NULL;
}

static void
print_certificates (EonayCliCardRun *self, EonayToken *token)
{
  GListModel *model = eonay_token_get_certificates (token);
  gboolean with_states = self->options->command == EONAY_CLI_CARD_STATUS;
  EonayTokenCertificate *first = find_first_key (token);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (EonayTokenCertificate) certificate = g_list_model_get_item (model, i);
      EonayCandidate *candidate = eonay_cli_card_run_find_candidate (self, certificate);

      if (candidate != NULL)
        print_candidate (candidate, i + 1);
      else
        g_print ("  %u) %s\n", i + 1, _ ("A certificate that cannot be read"));
      if (with_states && eonay_token_certificate_has_key (certificate) &&
          !eonay_token_shares_pin (token, first, certificate))
        print_states ("     ", token, certificate);
    }
}

static void
print_missing_module (EonayToken *token)
{
  const char *module = eonay_token_get_module_name (token);
  g_autoptr (GError) error = g_error_new_literal (EONAY_CARD_ERROR, EONAY_CARD_ERROR_MODULE_NEEDED,
                                                  "Not used natively");
  g_autofree char *line = NULL;

  print_failure ("  ", error);
  if (module == NULL)
    return;

  line = g_strdup_printf (_ ("The module of its driver: %s"), module);
  g_print ("  %s\n", line);
}

static void
print_token (EonayCliCardRun *self, EonayToken *token)
{
  const GError *failure = g_hash_table_lookup (self->failures, token);
  gboolean on_reader = eonay_token_get_pin_entry (token) == EONAY_PIN_ENTRY_READER;
  const char *backend = eonay_token_get_backend (token);
  g_autofree char *name = eonay_cli_card_name (token);
  g_autofree char *model = show (eonay_token_get_model (token));
  g_autofree char *serial = show (eonay_token_get_serial (token));
  g_autofree char *shown_backend = backend != NULL ? eonay_cli_print_clean (backend) : NULL;

  if (g_str_equal (name, model))
    g_print ("  %s · ", name);
  else
    g_print ("  %s · %s · ", name, model);
  g_print (_ ("card serial number %s\n"), *serial != '\0' ? serial : "?");
  if (backend != NULL)
    g_print (_ ("  Read through the module %s\n"), shown_backend);
  if (!eonay_token_can_use_keys (token))
    print_missing_module (token);
  if (failure != NULL)
    print_failure ("  ", failure);
  if (self->options->command == EONAY_CLI_CARD_STATUS)
    {
      print_states ("  ", token, find_first_key (token));
      g_print ("  %s\n", on_reader ? _ ("The PIN is typed on the reader.")
                                   : _ ("The PIN is typed on this computer."));
    }
  print_certificates (self, token);
}

static void
print_reader (EonayCliCardRun *self, EonayReader *reader)
{
  g_autofree char *name = eonay_cli_print_clean (eonay_reader_get_name (reader));

  g_print ("%s\n", name);
  if (eonay_reader_get_token (reader) != NULL)
    print_token (self, eonay_reader_get_token (reader));
  else if (eonay_reader_get_error (reader) != NULL)
    print_failure ("  ", eonay_reader_get_error (reader));
  else if (eonay_reader_get_state (reader) == EONAY_READER_READING)
    g_print ("  %s\n", _ ("The card is still being read."));
  else
    g_print ("  %s\n", _ ("No card"));
}

/** Prints the readers for people; PINs and PUKs with `card status`. */
static void
print_readers (EonayCliCardRun *self)
{
  GListModel *readers = G_LIST_MODEL (self->readers);

  for (guint i = 0; i < g_list_model_get_n_items (readers); i++)
    {
      g_autoptr (EonayReader) reader = g_list_model_get_item (readers, i);

      if (eonay_cli_presence_fits (self->options->reader, eonay_reader_get_name (reader)))
        print_reader (self, reader);
    }
}

/** A card, or a permanent reason why it cannot be read. */
static gboolean
is_some_card_known (EonayCliCardRun *self, gboolean searching)
{
  g_autoptr (GPtrArray) tokens = eonay_cli_card_run_list_tokens (self);
  g_autoptr (GError) missing = eonay_cli_presence_explain (self->readers, self->options->reader);

  return !searching && (tokens->len > 0 ||
                        g_error_matches (missing, EONAY_CARD_ERROR, EONAY_CARD_ERROR_UNSUPPORTED));
}

static void
refresh_each (EonayCliCardRun *self)
{
  g_autoptr (GPtrArray) tokens = eonay_cli_card_run_list_tokens (self);

  for (guint i = 0; i < tokens->len; i++)
    {
      GError *failure = NULL;

      if (!eonay_cli_card_run_refresh (self, tokens->pdata[i], &failure))
        g_hash_table_insert (self->failures, g_object_ref (tokens->pdata[i]), failure);
    }
}

gboolean
eonay_cli_card_list (EonayCliCardRun *self, GError **error)
{
  g_autoptr (GError) outcome = NULL;
  gboolean found = eonay_cli_card_run_await (self, is_some_card_known, FALSE, &outcome);

  if (g_error_matches (outcome, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&outcome));
      return FALSE;
    }

  if (found)
    {
      g_autoptr (GPtrArray) tokens = eonay_cli_card_run_list_tokens (self);

      if (tokens->len == 0)
        outcome = eonay_cli_presence_explain (self->readers, self->options->reader);
      refresh_each (self);
    }

  if (self->options->json)
    {
      g_autofree char *text = eonay_cli_card_json_write (self, outcome);

      g_print ("%s\n", text);
    }
  else
    print_readers (self);

  if (outcome == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&outcome));

  return FALSE;
}
