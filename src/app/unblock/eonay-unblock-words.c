#include "app/unblock/eonay-unblock-words.h"

#include <glib/gi18n-lib.h>

#include "session/eonay-advice.h"
#include "session/eonay-words.h"

const char *
eonay_unblock_words_page (EonayUnblockState state)
{
  switch (state)
    {
    case EONAY_UNBLOCK_WAITING_CARD:
      return "card";
    case EONAY_UNBLOCK_WAITING_WORD:
      return "word";
    case EONAY_UNBLOCK_WAITING_SMS:
      return "sms";
    case EONAY_UNBLOCK_WAITING_PIN:
      return "pin";
    case EONAY_UNBLOCK_READY:
      return "ready";
    case EONAY_UNBLOCK_SENDING_WORD:
    case EONAY_UNBLOCK_CONFIRMING:
    case EONAY_UNBLOCK_UNBLOCKING:
      return "busy";
    case EONAY_UNBLOCK_DONE:
    case EONAY_UNBLOCK_DECLINED:
    case EONAY_UNBLOCK_EXPIRED:
    case EONAY_UNBLOCK_FAILED:
      return "result";
    case EONAY_UNBLOCK_IDLE:
    case EONAY_UNBLOCK_RESOLVING:
    case EONAY_UNBLOCK_OTHER:
    default:
      return "code";
    }
}

const char *
eonay_unblock_words_busy (EonayUnblockState state)
{
  switch (state)
    {
    case EONAY_UNBLOCK_SENDING_WORD:
      return _ ("The portal is checking your security word…");
    case EONAY_UNBLOCK_CONFIRMING:
      return _ ("The portal is asked for the PUK. Nobody sees it.");
    case EONAY_UNBLOCK_UNBLOCKING:
      return _ ("The card is being unblocked. Leave it in the reader.");
    default:
      return "";
    }
}

gboolean
eonay_unblock_words_can_stop (EonayUnblockState state)
{
  return state == EONAY_UNBLOCK_SENDING_WORD || state == EONAY_UNBLOCK_CONFIRMING;
}

gboolean
eonay_unblock_words_has_clock (EonayUnblockState state)
{
  return state >= EONAY_UNBLOCK_WAITING_CARD && state <= EONAY_UNBLOCK_UNBLOCKING;
}

gboolean
eonay_unblock_words_asks_before_leaving (EonayUnblockState state)
{
  /* While the card is at work it cannot be left, so nothing is asked. */
  return state != EONAY_UNBLOCK_UNBLOCKING && eonay_unblock_words_has_clock (state);
}

char *
eonay_unblock_words_meant (const char *serial, const char *signer_hint)
{
  g_autofree char *holder = eonay_words_mask (signer_hint);
  g_autofree char *number = eonay_words_mask (serial);

  if (serial != NULL)
    return g_strdup_printf (_ ("The card with serial number %s"), number);
  if (signer_hint != NULL)
    return g_strdup_printf (_ ("The card of the holder %s"), holder);

  return g_strdup (_ ("The card that is blocked"));
}

const char *
eonay_unblock_words_card_status (EonayUnblockCardStatus card_status)
{
  switch (card_status)
    {
    case EONAY_UNBLOCK_CARD_READING:
      return _ ("The card is being read…");
    case EONAY_UNBLOCK_CARD_OTHER:
      return _ ("The card in the reader is another one. Change it for the one above.");
    case EONAY_UNBLOCK_CARD_UNKNOWN:
      return _ ("The card in the reader cannot be used here. Change it for the one above.");
    case EONAY_UNBLOCK_CARD_THERE:
      return "";
    case EONAY_UNBLOCK_CARD_NONE:
    default:
      return _ ("There is no card in the reader.");
    }
}

const char *
eonay_unblock_words_report (EonayUnblockState state, EonayUnblockReport report)
{
  switch (report)
    {
    case EONAY_UNBLOCK_REPORT_TELLING:
      return _ ("The portal is being told. You need not wait for that.");
    case EONAY_UNBLOCK_REPORT_TOLD:
      return _ ("The portal knows.");
    case EONAY_UNBLOCK_REPORT_UNTOLD:
      return state == EONAY_UNBLOCK_DONE
                 ? _ ("The portal could not be told. The card is unblocked all the same.")
                 : _ ("The portal could not be told.");
    case EONAY_UNBLOCK_REPORT_NONE:
    default:
      return "";
    }
}

char *
eonay_unblock_words_sms (const char *number)
{
  return g_strdup_printf (_ ("The portal has sent a code to %s."), number);
}

char *
eonay_unblock_words_sms_tries (int tries_left)
{
  if (tries_left < 0)
    return g_strdup ("");

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d try is left for the SMS code",
                                       "%d tries are left for the SMS code", (gulong) tries_left),
                          tries_left);
}

const char *
eonay_unblock_words_result_title (EonayUnblockState state, gboolean is_uncertain)
{
  switch (state)
    {
    case EONAY_UNBLOCK_DONE:
      return _ ("The card is unblocked");
    case EONAY_UNBLOCK_DECLINED:
      return _ ("Given up");
    case EONAY_UNBLOCK_EXPIRED:
      return _ ("Time is up");
    default:
      return is_uncertain ? _ ("It is not known whether the card is unblocked")
                          : _ ("The card is not unblocked");
    }
}

const char *
eonay_unblock_words_result_icon (EonayUnblockState state, gboolean is_uncertain)
{
  if (state == EONAY_UNBLOCK_DONE)
    return "object-select-symbolic";
  if (state == EONAY_UNBLOCK_FAILED && !is_uncertain)
    return "dialog-error-symbolic";

  return state == EONAY_UNBLOCK_EXPIRED ? "alarm-symbolic" : "dialog-warning-symbolic";
}

char *
eonay_unblock_words_result (EonayUnblockState state, const GError *error)
{
  g_autoptr (EonayAdvice) advice = NULL;

  if (state == EONAY_UNBLOCK_DONE)
    return g_strdup (_ ("From now on your new PIN holds. The PUK was used once and wiped."));
  if (error == NULL)
    return g_strdup (_ ("Nothing was changed on the card."));

  advice = eonay_advice_new (error);
  if (state == EONAY_UNBLOCK_EXPIRED)
    return g_strdup_printf ("%s %s", _ ("Nothing was changed on the card."), advice->remedy);

  return g_strdup_printf ("%s %s", advice->what, advice->remedy);
}
