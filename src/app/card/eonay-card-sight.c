#include "app/card/eonay-card-sight.h"

#include <glib/gi18n-lib.h>

#include "base/eonay-error.h"

static EonayCardSight
sight_of_reader (EonayReaderState state)
{
  switch (state) {
  case EONAY_READER_READING:
    return EONAY_CARD_SIGHT_READING;
  case EONAY_READER_READY:
    return EONAY_CARD_SIGHT_READY;
  case EONAY_READER_UNSUPPORTED:
    return EONAY_CARD_SIGHT_UNSUPPORTED;
  case EONAY_READER_FAILED:
    return EONAY_CARD_SIGHT_FAILED;
  case EONAY_READER_EMPTY:
  default:
    return EONAY_CARD_SIGHT_EMPTY;
  }
}

EonayCardSight
eonay_card_sight_of (EonayServiceState service, const EonayReaderState *states, guint n_readers)
{
  EonayCardSight sight = EONAY_CARD_SIGHT_NO_READER;

  /* PKCS#11 modules may know cards that need no card service. */
  for (guint i = 0; i < n_readers; i++)
    if (states[i] == EONAY_READER_READY && service != EONAY_SERVICE_STARTING)
      return EONAY_CARD_SIGHT_READY;

  switch (service) {
  case EONAY_SERVICE_STARTING:
    return EONAY_CARD_SIGHT_STARTING;
  case EONAY_SERVICE_MISSING:
    return EONAY_CARD_SIGHT_NO_SERVICE;
  case EONAY_SERVICE_DENIED:
    return EONAY_CARD_SIGHT_NO_ACCESS;
  case EONAY_SERVICE_MISMATCH:
    return EONAY_CARD_SIGHT_OTHER_SERVICE;
  case EONAY_SERVICE_RUNNING:
  default:
    break;
  }

  for (guint i = 0; i < n_readers; i++)
    sight = MAX (sight, sight_of_reader (states[i]));

  return sight;
}

char *
eonay_card_sight_describe (EonayCardSight sight, const char *holder, const char *model,
                           guint n_cards)
{
  switch (sight) {
  case EONAY_CARD_SIGHT_NO_SERVICE:
    return g_strdup (_("The card service is not running"));
  case EONAY_CARD_SIGHT_NO_ACCESS:
    return g_strdup (_("No permission to use the card service"));
  case EONAY_CARD_SIGHT_OTHER_SERVICE:
    return g_strdup (_("The card service is of another version"));
  case EONAY_CARD_SIGHT_NO_READER:
    return g_strdup (_("No card reader found"));
  case EONAY_CARD_SIGHT_EMPTY:
    return g_strdup (_("Insert your card"));
  case EONAY_CARD_SIGHT_FAILED:
    return g_strdup (_("The card cannot be read"));
  case EONAY_CARD_SIGHT_UNSUPPORTED:
    return g_strdup (_("The card is not recognised"));
  case EONAY_CARD_SIGHT_READING:
    return g_strdup (_("Reading the card…"));
  case EONAY_CARD_SIGHT_READY:
    if (n_cards > 1)
      return g_strdup_printf (ngettext ("%u card", "%u cards", n_cards), n_cards);
    if (holder == NULL)
      return g_strdup_printf (_("No certificate on the card · %s"), model);
    return g_strdup_printf ("%s · %s", holder, model);
  case EONAY_CARD_SIGHT_STARTING:
  default:
    return g_strdup (_("Looking for card readers…"));
  }
}

char *
eonay_card_sight_describe_way (const char *text, const char *reader, const char *way)
{
  g_autofree char *words = *way != '\0' ? g_strdup_printf (_("Through the module %s"), way)
                                        : g_strdup (_("Without a driver"));

  return g_strjoin ("\n", text, reader, words, NULL);
}

GError *
eonay_card_sight_dup_error (EonayCardSight sight, const GError *reader_error)
{
  EonayCardError code;

  switch (sight) {
  case EONAY_CARD_SIGHT_NO_SERVICE:
    code = EONAY_CARD_ERROR_NO_SERVICE;
    break;
  case EONAY_CARD_SIGHT_NO_ACCESS:
    code = EONAY_CARD_ERROR_ACCESS_DENIED;
    break;
  case EONAY_CARD_SIGHT_OTHER_SERVICE:
    code = EONAY_CARD_ERROR_SERVICE_MISMATCH;
    break;
  case EONAY_CARD_SIGHT_NO_READER:
    code = EONAY_CARD_ERROR_NO_READER;
    break;
  case EONAY_CARD_SIGHT_FAILED:
  case EONAY_CARD_SIGHT_UNSUPPORTED:
    return reader_error != NULL ? g_error_copy (reader_error) : NULL;
  case EONAY_CARD_SIGHT_STARTING:
  case EONAY_CARD_SIGHT_EMPTY:
  case EONAY_CARD_SIGHT_READING:
  case EONAY_CARD_SIGHT_READY:
  default:
    return NULL;
  }

  return g_error_new_literal (EONAY_CARD_ERROR, (int) code, "");
}

const char *
eonay_card_sight_get_icon (EonayCardSight sight)
{
  switch (sight) {
  case EONAY_CARD_SIGHT_NO_SERVICE:
  case EONAY_CARD_SIGHT_NO_ACCESS:
  case EONAY_CARD_SIGHT_OTHER_SERVICE:
  case EONAY_CARD_SIGHT_FAILED:
  case EONAY_CARD_SIGHT_UNSUPPORTED:
    return "dialog-warning-symbolic";
  case EONAY_CARD_SIGHT_STARTING:
  case EONAY_CARD_SIGHT_READING:
    return "content-loading-symbolic";
  case EONAY_CARD_SIGHT_NO_READER:
  case EONAY_CARD_SIGHT_EMPTY:
  case EONAY_CARD_SIGHT_READY:
  default:
    return "auth-smartcard-symbolic";
  }
}
