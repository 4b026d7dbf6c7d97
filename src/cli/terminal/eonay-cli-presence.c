#include "cli/terminal/eonay-cli-presence.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/eonay-error.h"
#include "cli/eonay-cli-print.h"
#include "session/eonay-advice.h"

gboolean
eonay_cli_presence_fits (const char *wanted, const char *reader_name)
{
  return wanted == NULL || strstr (reader_name, wanted) != NULL;
}

gboolean
eonay_cli_presence_is_settled (EonayReaderList *readers, const char *wanted)
{
  GListModel *model = G_LIST_MODEL (readers);

  if (eonay_reader_list_get_service_state (readers) == EONAY_SERVICE_STARTING)
    return FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (EonayReader) reader = g_list_model_get_item (model, i);

      if (eonay_cli_presence_fits (wanted, eonay_reader_get_name (reader)) &&
          eonay_reader_get_state (reader) == EONAY_READER_READING)
        return FALSE;
    }

  return TRUE;
}

gint64
eonay_cli_presence_get_silence (EonayReaderList *readers, const char *wanted)
{
  GListModel *model = G_LIST_MODEL (readers);
  gint64 silence = G_MAXINT64;

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (EonayReader) reader = g_list_model_get_item (model, i);

      if (eonay_cli_presence_fits (wanted, eonay_reader_get_name (reader)) &&
          eonay_reader_get_state (reader) == EONAY_READER_READING)
        silence = MIN (silence,
                       eonay_reader_get_silence (reader) * (gint64) G_TIME_SPAN_MILLISECOND);
    }

  return silence;
}

void
eonay_cli_presence_print_reading (EonayReaderList *readers, const char *wanted,
                                  GHashTable *reported)
{
  GListModel *model = G_LIST_MODEL (readers);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (EonayReader) reader = g_list_model_get_item (model, i);
      g_autofree char *name = eonay_cli_print_clean (eonay_reader_get_name (reader));

      if (eonay_cli_presence_fits (wanted, eonay_reader_get_name (reader)) &&
          eonay_reader_get_state (reader) == EONAY_READER_READING &&
          g_hash_table_add (reported, g_object_ref (reader)))
        g_printerr (_ ("The certificates of the card in %s are being read…\n"), name);
    }
}

gboolean
eonay_cli_presence_takes_secrets (EonayToken *token, EonayPinEntry entry, GError **error)
{
  if (entry == EONAY_PIN_ENTRY_HOST || eonay_token_get_backend (token) == NULL)
    return TRUE;

  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                       _ ("The card’s PKCS#11 module has the PIN typed on the reader; it cannot "
                          "come from a descriptor."));

  return FALSE;
}

/* A card that is still being read after the timeout does not answer any more. */
static EonayCardError
judge_reader (EonayReader *reader)
{
  if (eonay_reader_get_token (reader) != NULL)
    return EONAY_CARD_ERROR_KEY_NOT_FOUND;

  return eonay_reader_get_state (reader) == EONAY_READER_READING ? EONAY_CARD_ERROR_UNRESPONSIVE
                                                                 : EONAY_CARD_ERROR_NO_CARD;
}

static GError *
explain_readers (EonayReaderList *readers, const char *wanted)
{
  GListModel *model = G_LIST_MODEL (readers);
  EonayCardError code = EONAY_CARD_ERROR_NO_READER;

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (EonayReader) reader = g_list_model_get_item (model, i);

      if (!eonay_cli_presence_fits (wanted, eonay_reader_get_name (reader)))
        continue;
      if (eonay_reader_get_error (reader) != NULL)
        return g_error_copy (eonay_reader_get_error (reader));
      code = judge_reader (reader);
    }

  return g_error_new_literal (EONAY_CARD_ERROR, (int) code, "There is no card to sign with");
}

GError *
eonay_cli_presence_explain (EonayReaderList *readers, const char *wanted)
{
  /* Without the service, readers are those of a PKCS#11 module. */
  if (g_list_model_get_n_items (G_LIST_MODEL (readers)) > 0)
    return explain_readers (readers, wanted);

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
      return explain_readers (readers, wanted);
    }
}

void
eonay_cli_presence_ask_for_card (const GError *missing, const char *certificate, int *reported)
{
  g_autoptr (EonayAdvice) advice = NULL;

  if (*reported == missing->code)
    return;

  *reported = missing->code;
  if (g_error_matches (missing, EONAY_CARD_ERROR, EONAY_CARD_ERROR_NO_CARD))
    {
      g_print ("%s\n", _ ("Insert the card…"));
      return;
    }
  if (g_error_matches (missing, EONAY_CARD_ERROR, EONAY_CARD_ERROR_KEY_NOT_FOUND) &&
      certificate != NULL)
    {
      g_print (_ ("Insert the card with the certificate %s…\n"), certificate);
      return;
    }

  advice = eonay_advice_new (missing);
  g_print ("%s %s\n", advice->what, advice->remedy);
}
