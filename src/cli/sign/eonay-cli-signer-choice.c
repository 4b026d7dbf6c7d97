#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/eonay-error.h"
#include "cli/eonay-cli-print.h"
#include "cli/sign/eonay-cli-signer.h"
#include "cli/terminal/eonay-cli-presence.h"
#include "session/eonay-advice.h"
#include "session/eonay-words.h"

#define ROOM_FOR_QUESTION 4

/** Returns: (transfer full): the candidates on the selected readers */
static GPtrArray *
list_candidates (EonayCliSigner *self)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);
  GListModel *model = G_LIST_MODEL (self->candidates);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (EonayCandidate) candidate = g_list_model_get_item (model, i);
      EonayToken *token = eonay_candidate_get_token (candidate);

      if (eonay_cli_presence_fits (self->options->reader, eonay_token_get_reader_name (token)))
        g_ptr_array_add (found, g_steal_pointer (&candidate));
    }

  return found;
}

static gboolean
has_serial (EonayCandidate *candidate, const char *wanted)
{
  const char *serial = eonay_certificate_get_serial (eonay_candidate_get_certificate (candidate));

  return strcmp (serial + strspn (serial, "0"), wanted) == 0;
}

/** Returns: (transfer none) (nullable) */
static EonayCandidate *
find_asked_for (EonayCliSigner *self, GPtrArray *candidates)
{
  for (guint i = 0; i < candidates->len; i++)
    if (has_serial (candidates->pdata[i], self->options->certificate))
      return candidates->pdata[i];

  return NULL;
}

/** A card that cannot be used is not enough while a module may still provide access to it. */
static gboolean
is_enough (EonayCliSigner *self, GPtrArray *found, gboolean searching)
{
  const char *wanted = self->options->certificate;

  for (guint i = 0; i < found->len; i++)
    if ((wanted == NULL || has_serial (found->pdata[i], wanted)) &&
        (!searching || eonay_candidate_is_usable (found->pdata[i])))
      return TRUE;

  return FALSE;
}

/**
 * Asks for a card, or gives up, once the wait is over.
 *
 * Returns: whether to continue waiting; else %FALSE with @found, or an error
 */
static gboolean
go_on_waiting (EonayCliSigner *self, GPtrArray *found, gboolean late, int *told, GError **error)
{
  gboolean searching = eonay_reader_list_is_searching (self->readers);
  g_autoptr (GError) missing = eonay_cli_presence_explain (self->readers, self->options->reader);

  if (self->interactive)
    {
      /* The person is informed even if a module hangs. */
      if (!searching || (late && found->len == 0))
        eonay_cli_presence_ask_for_card (missing, self->options->certificate, told);
      return TRUE;
    }

  if (!late || (searching && found->len == 0))
    return TRUE;
  if (found->len == 0)
    g_propagate_error (error, g_steal_pointer (&missing));

  return FALSE;
}

/** Returns: (transfer full) (nullable): at least one, usable or not */
static GPtrArray *
await_candidates (EonayCliSigner *self, GError **error)
{
  g_autoptr (GHashTable) reported_reading = g_hash_table_new_full (NULL, NULL, g_object_unref,
                                                                   NULL);
  gint64 begin = g_get_monotonic_time ();
  gint64 deadline = begin + EONAY_CLI_SCRIPT_TIMEOUT;
  int told = -1;

  /* Something has to wake this up: a session's clock, or the timer of the own files. */
  while (eonay_cli_signer_may_go_on (self, error))
    {
      if (eonay_cli_presence_is_settled (self->readers, self->options->reader))
        {
          g_autoptr (GPtrArray) found = list_candidates (self);
          gboolean late = g_get_monotonic_time () >= deadline;

          if (is_enough (self, found, eonay_reader_list_is_searching (self->readers)))
            return g_steal_pointer (&found);
          if (!go_on_waiting (self, found, late, &told, error))
            return found->len > 0 ? g_steal_pointer (&found) : NULL;
        }
      else if (g_get_monotonic_time () - begin >= G_TIME_SPAN_SECOND)
        {
          eonay_cli_presence_print_reading (self->readers, self->options->reader, reported_reading);
        }
      g_main_context_iteration (NULL, TRUE);
    }

  return NULL;
}

static gboolean
print_candidates (EonayCliSigner *self, GPtrArray *candidates, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) small = NULL;
  EonayCliSize at;

  g_string_append_printf (text, "\n%s\n", _ ("Certificates:"));
  for (guint i = 0; i < candidates->len; i++)
    {
      EonayCandidate *candidate = candidates->pdata[i];
      EonayCertificate *certificate = eonay_candidate_get_certificate (candidate);
      EonayToken *token = eonay_candidate_get_token (candidate);
      g_autofree char *driver = eonay_words_driver (token);
      g_autofree char *reader = g_strjoin (" · ", eonay_token_get_reader_name (token), driver,
                                           NULL);
      g_autofree char *holder = eonay_cli_print_clean (eonay_certificate_get_holder (certificate));
      g_autofree char *provider =
          eonay_cli_print_clean (eonay_certificate_get_provider (certificate));
      g_autofree char *shown_reader = eonay_cli_print_clean (reader);
      g_autofree char *last = eonay_words_date (eonay_certificate_get_not_after (certificate));
      g_autofree char *reason = eonay_candidate_describe_reason (candidate);

      g_string_append_printf (text, "  %u) %s · %s · %s\n", i + 1, holder, provider, shown_reader);
      g_string_append_printf (text, _ ("     serial number %s, valid until %s"),
                              eonay_certificate_get_serial (certificate), last);
      g_string_append_printf (text, "%s%s\n", *reason != '\0' ? " · " : "", reason);
    }

  if (eonay_cli_signer_show_text (self, text->str, ROOM_FOR_QUESTION, &at, &small))
    return TRUE;
  /* A change of state in the meantime takes precedence over the missing answer. */
  if (eonay_cli_signer_may_go_on (self, error))
    {
      if (small != NULL)
        g_propagate_error (error, g_steal_pointer (&small));
      else
        g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                             "The person did not continue");
    }

  return FALSE;
}

static gboolean
refuse (GError **error, const char *message)
{
  g_set_error_literal (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_NO_CERTIFICATE, message);

  return FALSE;
}

/** Another card would not help: print why this one cannot be used. */
static void
print_unusable (const char *reason)
{
  g_autoptr (GError) unusable = g_error_new_literal (
      EONAY_SIGNATURE_ERROR, EONAY_SIGNATURE_ERROR_CERTIFICATE_UNUSABLE, "It cannot sign");
  g_autoptr (EonayAdvice) advice = eonay_advice_new (unusable);
  g_autofree char *what = g_strdup_printf ("%s %s.", advice->what, reason);

  eonay_cli_print_error_exactly (unusable, what);
}

static gboolean
refuse_unusable (EonayCliSigner *self, EonayCandidate *candidate, GError **error)
{
  EonayCandidateReasons reasons = eonay_candidate_get_reasons (candidate);
  g_autofree char *reason = eonay_candidate_describe_reason (candidate);

  if (reasons == EONAY_CANDIDATE_PIN_BLOCKED)
    g_propagate_error (error, eonay_card_error_new_pin_wrong (0));
  else if (reasons == EONAY_CANDIDATE_MODULE_NEEDED)
    g_set_error_literal (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_MODULE_NEEDED,
                         "Only a module can use the card's keys");
  else
    {
      print_unusable (reason);
      self->told = TRUE;
      refuse (error, "The certificate cannot be used");
    }

  return FALSE;
}

static gboolean
take (EonayCliSigner *self, EonayCandidate *candidate, GError **error)
{
  if (!eonay_candidate_is_usable (candidate))
    return refuse_unusable (self, candidate, error);

  g_set_object (&self->candidate, candidate);

  return TRUE;
}

static gboolean
take_by_serial (EonayCliSigner *self, GPtrArray *candidates, GError **error)
{
  EonayCandidate *candidate = find_asked_for (self, candidates);

  if (candidate == NULL)
    return refuse (error, "No certificate has that serial number");

  return take (self, candidate, error);
}

/** Returns: (transfer none) (nullable) */
static EonayCandidate *
find_usable (GPtrArray *candidates, char *answer)
{
  guint64 number = 0;

  if (answer == NULL ||
      !g_ascii_string_to_unsigned (g_strstrip (answer), 10, 1, candidates->len, &number, NULL) ||
      !eonay_candidate_is_usable (candidates->pdata[number - 1]))
    return NULL;

  return candidates->pdata[number - 1];
}

static gboolean
ask_number (EonayCliSigner *self, GPtrArray *candidates, GError **error)
{
  while (TRUE)
    {
      g_autoptr (GError) cause = NULL;
      g_autofree char *answer = eonay_cli_terminal_ask (self->terminal,
                                                        _ ("Number of the certificate: "),
                                                        eonay_cli_signer_new_stop (self), &cause);
      EonayCandidate *chosen = find_usable (candidates, answer);

      /* A change of state in the meantime takes precedence over the answer. */
      if (!eonay_cli_signer_may_go_on (self, error))
        return FALSE;
      if (chosen != NULL)
        return take (self, chosen, error);
      if (answer == NULL && !g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_INVALID_DATA))
        {
          g_propagate_error (error, g_steal_pointer (&cause));
          return FALSE;
        }

      g_print ("%s\n", _ ("That is not the number of a certificate that can be used."));
    }
}

static gboolean
take_by_number (EonayCliSigner *self, GPtrArray *candidates, GError **error)
{
  if (!self->interactive)
    {
      g_printerr ("eonay-cli: %s\n", _ ("Several certificates can sign; choose one of them with "
                                        "--certificate."));
      return refuse (error, "Several certificates can sign");
    }

  return ask_number (self, candidates, error);
}

gboolean
eonay_cli_signer_choose (EonayCliSigner *self, GError **error)
{
  g_autoptr (GPtrArray) candidates = await_candidates (self, error);
  EonayCandidate *only = NULL;
  guint n_usable = 0;

  if (candidates == NULL)
    return FALSE;

  if (!print_candidates (self, candidates, error))
    return FALSE;
  if (self->options->certificate != NULL)
    return take_by_serial (self, candidates, error);

  for (guint i = 0; i < candidates->len; i++)
    if (eonay_candidate_is_usable (candidates->pdata[i]))
      {
        n_usable++;
        only = candidates->pdata[i];
      }

  if (n_usable == 0)
    return refuse_unusable (self, candidates->pdata[0], error);
  if (n_usable > 1)
    return take_by_number (self, candidates, error);

  return take (self, only, error);
}
