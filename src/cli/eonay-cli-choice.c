#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/eonay-error.h"
#include "cli/eonay-cli-signing.h"
#include "cli/eonay-cli.h"
#include "session/eonay-advice.h"
#include "session/eonay-words.h"

/* How long a reader or card may take to turn up when nobody is there to insert it. */
#define SCRIPT_PATIENCE (3 * G_TIME_SPAN_SECOND)

static gboolean
fits_reader (EonayCliSigning *self, const char *name)
{
  return self->options->reader == NULL || strstr (name, self->options->reader) != NULL;
}

/** Returns: (transfer full): those on the readers that are asked for */
static GPtrArray *
list_candidates (EonayCliSigning *self)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);
  GListModel *model = G_LIST_MODEL (self->candidates);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (EonayCandidate) candidate = g_list_model_get_item (model, i);
      EonayToken *token = eonay_candidate_get_token (candidate);

      if (fits_reader (self, eonay_token_get_reader_name (token)))
        g_ptr_array_add (found, g_steal_pointer (&candidate));
    }

  return found;
}

static gboolean
is_settled (EonayCliSigning *self)
{
  EonayReaderList *readers = eonay_cli_stage_get_readers (self->stage);

  if (eonay_reader_list_get_service_state (readers) == EONAY_SERVICE_STARTING)
    return FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (readers)); i++)
    {
      g_autoptr (EonayReader) reader = g_list_model_get_item (G_LIST_MODEL (readers), i);

      if (eonay_reader_get_state (reader) == EONAY_READER_READING)
        return FALSE;
    }

  return TRUE;
}

static GError *
explain_readers (EonayCliSigning *self)
{
  GListModel *readers = G_LIST_MODEL (eonay_cli_stage_get_readers (self->stage));
  EonayCardError code = EONAY_CARD_ERROR_NO_READER;

  for (guint i = 0; i < g_list_model_get_n_items (readers); i++)
    {
      g_autoptr (EonayReader) reader = g_list_model_get_item (readers, i);

      if (!fits_reader (self, eonay_reader_get_name (reader)))
        continue;
      if (eonay_reader_get_error (reader) != NULL)
        return g_error_copy (eonay_reader_get_error (reader));
      code = eonay_reader_get_token (reader) != NULL ? EONAY_CARD_ERROR_KEY_NOT_FOUND
                                                     : EONAY_CARD_ERROR_NO_CARD;
    }

  return g_error_new_literal (EONAY_CARD_ERROR, (int) code, "There is no card to sign with");
}

static GError *
explain_absence (EonayCliSigning *self)
{
  EonayReaderList *readers = eonay_cli_stage_get_readers (self->stage);

  switch (eonay_reader_list_get_service_state (readers))
    {
    case EONAY_SERVICE_MISSING:
      return g_error_new_literal (EONAY_CARD_ERROR, EONAY_CARD_ERROR_NO_SERVICE, "No service");
    case EONAY_SERVICE_DENIED:
      return g_error_new_literal (EONAY_CARD_ERROR, EONAY_CARD_ERROR_ACCESS_DENIED, "Denied");
    case EONAY_SERVICE_MISMATCH:
      return g_error_new_literal (EONAY_CARD_ERROR, EONAY_CARD_ERROR_SERVICE_MISMATCH, "Mismatch");
    case EONAY_SERVICE_STARTING:
    case EONAY_SERVICE_RUNNING:
    default:
      return explain_readers (self);
    }
}

/** Tells the person what is missing, once for each thing. */
static void
ask_for_card (const GError *missing, int *told)
{
  g_autoptr (EonayAdvice) advice = NULL;

  if (*told == missing->code)
    return;

  *told = missing->code;
  if (g_error_matches (missing, EONAY_CARD_ERROR, EONAY_CARD_ERROR_NO_CARD))
    {
      g_print ("%s\n", _("Insert the card…"));
      return;
    }

  advice = eonay_advice_new (missing);
  g_print ("%s %s\n", advice->what, advice->remedy);
}

/** Returns: (transfer full) (nullable): at least one, with or without a reason not to use it */
static GPtrArray *
await_candidates (EonayCliSigning *self, GError **error)
{
  gint64 patience = g_get_monotonic_time () + SCRIPT_PATIENCE;
  int told = -1;

  /* The session's clock wakes this every second. */
  while (eonay_cli_signing_is_in (self, EONAY_SESSION_REVIEWING, error))
    {
      g_autoptr (GPtrArray) found = list_candidates (self);

      if (found->len > 0)
        return g_steal_pointer (&found);

      if (is_settled (self))
        {
          g_autoptr (GError) missing = explain_absence (self);

          if (self->interactive)
            ask_for_card (missing, &told);
          else if (g_get_monotonic_time () >= patience)
            {
              g_propagate_error (error, g_steal_pointer (&missing));
              return NULL;
            }
        }
      g_main_context_iteration (NULL, TRUE);
    }

  return NULL;
}

static void
print_candidates (GPtrArray *candidates)
{
  g_print ("\n%s\n", _("Certificates:"));
  for (guint i = 0; i < candidates->len; i++)
    {
      EonayCandidate *candidate = candidates->pdata[i];
      EonayCertificate *certificate = eonay_candidate_get_certificate (candidate);
      const char *reader = eonay_token_get_reader_name (eonay_candidate_get_token (candidate));
      g_autofree char *holder = eonay_cli_printable (eonay_certificate_get_holder (certificate));
      g_autofree char *provider =
        eonay_cli_printable (eonay_certificate_get_provider (certificate));
      g_autofree char *shown_reader = eonay_cli_printable (reader);
      g_autofree char *last = eonay_words_date (eonay_certificate_get_not_after (certificate));
      g_autofree char *reason = eonay_candidate_describe_reason (candidate);

      g_print ("  %u) %s · %s · %s\n", i + 1, holder, provider, shown_reader);
      g_print (_("     serial number %s, valid until %s"),
               eonay_certificate_get_serial (certificate), last);
      g_print ("%s%s\n", *reason != '\0' ? " · " : "", reason);
    }
}

static gboolean
has_serial (EonayCandidate *candidate, const char *wanted)
{
  const char *serial =
    eonay_certificate_get_serial (eonay_candidate_get_certificate (candidate));

  return strcmp (serial + strspn (serial, "0"), wanted) == 0;
}

static gboolean
refuse (GError **error, const char *message)
{
  g_set_error_literal (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_NO_CERTIFICATE, message);

  return FALSE;
}

static gboolean
refuse_unusable (EonayCandidate *candidate, GError **error)
{
  if (eonay_candidate_get_reasons (candidate) != EONAY_CANDIDATE_PIN_BLOCKED)
    return refuse (error, "The certificate cannot be used");

  g_propagate_error (error, eonay_card_error_new_pin_wrong (0));

  return FALSE;
}

static gboolean
take (EonayCliSigning *self, EonayCandidate *candidate, GError **error)
{
  if (!eonay_candidate_is_usable (candidate))
    return refuse_unusable (candidate, error);

  eonay_session_set_candidate (self->session, candidate);

  return TRUE;
}

static gboolean
take_by_serial (EonayCliSigning *self, GPtrArray *candidates, GError **error)
{
  for (guint i = 0; i < candidates->len; i++)
    if (has_serial (candidates->pdata[i], self->options->certificate))
      return take (self, candidates->pdata[i], error);

  return refuse (error, "No certificate has that serial number");
}

static gboolean
take_by_number (EonayCliSigning *self, GPtrArray *candidates, GError **error)
{
  g_autofree char *answer = NULL;
  guint64 number = 0;

  if (!self->interactive)
    {
      g_printerr ("eonay-cli: %s\n", _("Several certificates can sign; choose one of them with "
                                       "--certificate."));
      return refuse (error, "Several certificates can sign");
    }

  answer = eonay_cli_terminal_ask (self->terminal, _("Number of the certificate: "),
                                   eonay_cli_signing_new_stop (self), error);
  if (answer == NULL)
    return FALSE;
  if (!g_ascii_string_to_unsigned (g_strstrip (answer), 10, 1, candidates->len, &number, NULL))
    return refuse (error, "There is no certificate of that number");

  return take (self, candidates->pdata[number - 1], error);
}

gboolean
eonay_cli_choose (EonayCliSigning *self, GError **error)
{
  g_autoptr (GPtrArray) candidates = await_candidates (self, error);
  EonayCandidate *only = NULL;
  guint n_usable = 0;

  if (candidates == NULL)
    return FALSE;

  print_candidates (candidates);
  if (self->options->certificate != NULL)
    return take_by_serial (self, candidates, error);

  for (guint i = 0; i < candidates->len; i++)
    if (eonay_candidate_is_usable (candidates->pdata[i]))
      {
        n_usable++;
        only = candidates->pdata[i];
      }

  if (n_usable == 0)
    return refuse_unusable (candidates->pdata[0], error);
  if (n_usable > 1)
    return take_by_number (self, candidates, error);

  return take (self, only, error);
}
