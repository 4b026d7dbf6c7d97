#include "app/card/eonay-card-status.h"

#include <glib/gi18n-lib.h>

#include "base/eonay-error.h"

static EonayCardStatus
status_of_reader (EonayReaderState state)
{
  switch (state)
    {
    case EONAY_READER_READING:
      return EONAY_CARD_STATUS_READING;
    case EONAY_READER_READY:
      return EONAY_CARD_STATUS_READY;
    case EONAY_READER_UNSUPPORTED:
      return EONAY_CARD_STATUS_UNSUPPORTED;
    case EONAY_READER_FAILED:
      return EONAY_CARD_STATUS_FAILED;
    case EONAY_READER_EMPTY:
    default:
      return EONAY_CARD_STATUS_EMPTY;
    }
}

EonayCardStatus
eonay_card_status_of (EonayServiceState service, const EonayReaderState *states, guint n_readers)
{
  EonayCardStatus card_status = EONAY_CARD_STATUS_NO_READER;

  /* PKCS#11 modules may know cards that need no card service. */
  for (guint i = 0; i < n_readers; i++)
    if (states[i] == EONAY_READER_READY && service != EONAY_SERVICE_STARTING)
      return EONAY_CARD_STATUS_READY;

  switch (service)
    {
    case EONAY_SERVICE_STARTING:
      return EONAY_CARD_STATUS_STARTING;
    case EONAY_SERVICE_MISSING:
      return EONAY_CARD_STATUS_NO_SERVICE;
    case EONAY_SERVICE_DENIED:
      return EONAY_CARD_STATUS_NO_ACCESS;
    case EONAY_SERVICE_MISMATCH:
      return EONAY_CARD_STATUS_OTHER_SERVICE;
    case EONAY_SERVICE_RUNNING:
    default:
      break;
    }

  for (guint i = 0; i < n_readers; i++)
    card_status = MAX (card_status, status_of_reader (states[i]));

  return card_status;
}

char *
eonay_card_status_describe (EonayCardStatus card_status, const char *holder, const char *model,
                            guint n_cards)
{
  switch (card_status)
    {
    case EONAY_CARD_STATUS_NO_SERVICE:
      return g_strdup (_ ("The card service is not running"));
    case EONAY_CARD_STATUS_NO_ACCESS:
      return g_strdup (_ ("No permission to use the card service"));
    case EONAY_CARD_STATUS_OTHER_SERVICE:
      return g_strdup (_ ("The card service is of another version"));
    case EONAY_CARD_STATUS_NO_READER:
      return g_strdup (_ ("No card reader found"));
    case EONAY_CARD_STATUS_EMPTY:
      return g_strdup (_ ("Insert your card"));
    case EONAY_CARD_STATUS_FAILED:
      return g_strdup (_ ("The card cannot be read"));
    case EONAY_CARD_STATUS_UNSUPPORTED:
      return g_strdup (_ ("The card is not recognised"));
    case EONAY_CARD_STATUS_READING:
      return g_strdup (_ ("Reading the card…"));
    case EONAY_CARD_STATUS_READY:
      if (n_cards > 1)
        return g_strdup_printf (ngettext ("%u card", "%u cards", n_cards), n_cards);
      if (holder == NULL)
        return g_strdup_printf (_ ("No certificate on the card · %s"), model);
      return g_strdup_printf ("%s · %s", holder, model);
    case EONAY_CARD_STATUS_STARTING:
    default:
      return g_strdup (_ ("Looking for card readers…"));
    }
}

char *
eonay_card_status_describe_backend (const char *text, const char *reader, const char *backend)
{
  g_autofree char *words = backend != NULL ? g_strdup_printf (_ ("Through the module %s"), backend)
                                           : g_strdup (_ ("Without a driver"));

  return g_strjoin ("\n", text, reader, words, NULL);
}

GError *
eonay_card_status_dup_error (EonayCardStatus card_status, const GError *reader_error)
{
  EonayCardError code;

  switch (card_status)
    {
    case EONAY_CARD_STATUS_NO_SERVICE:
      code = EONAY_CARD_ERROR_NO_SERVICE;
      break;
    case EONAY_CARD_STATUS_NO_ACCESS:
      code = EONAY_CARD_ERROR_ACCESS_DENIED;
      break;
    case EONAY_CARD_STATUS_OTHER_SERVICE:
      code = EONAY_CARD_ERROR_SERVICE_MISMATCH;
      break;
    case EONAY_CARD_STATUS_NO_READER:
      code = EONAY_CARD_ERROR_NO_READER;
      break;
    case EONAY_CARD_STATUS_FAILED:
    case EONAY_CARD_STATUS_UNSUPPORTED:
      return reader_error != NULL ? g_error_copy (reader_error) : NULL;
    case EONAY_CARD_STATUS_STARTING:
    case EONAY_CARD_STATUS_EMPTY:
    case EONAY_CARD_STATUS_READING:
    case EONAY_CARD_STATUS_READY:
    default:
      return NULL;
    }

  return g_error_new_literal (EONAY_CARD_ERROR, (int) code, "");
}

const char *
eonay_card_status_get_icon (EonayCardStatus card_status)
{
  switch (card_status)
    {
    case EONAY_CARD_STATUS_NO_SERVICE:
    case EONAY_CARD_STATUS_NO_ACCESS:
    case EONAY_CARD_STATUS_OTHER_SERVICE:
    case EONAY_CARD_STATUS_FAILED:
    case EONAY_CARD_STATUS_UNSUPPORTED:
      return "dialog-warning-symbolic";
    case EONAY_CARD_STATUS_STARTING:
    case EONAY_CARD_STATUS_READING:
      return "content-loading-symbolic";
    case EONAY_CARD_STATUS_NO_READER:
    case EONAY_CARD_STATUS_EMPTY:
    case EONAY_CARD_STATUS_READY:
    default:
      return "auth-smartcard-symbolic";
    }
}
