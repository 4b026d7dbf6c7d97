#include "session/eonay-advice-rows.h"

#include <glib/gi18n-lib.h>

#include "base/eonay-error.h"

static char *
count_tries (const GError *error)
{
  int tries = eonay_card_error_get_tries_left (error);

  if (tries < 0)
    return NULL;

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "The PIN is wrong; %d try is left.",
                                       "The PIN is wrong; %d tries are left.", (gulong) tries),
                          tries);
}

static char *
count_puk_tries (const GError *error)
{
  int tries = eonay_card_error_get_tries_left (error);

  if (tries < 0)
    return NULL;

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "The PUK is wrong; %d try is left.",
                                       "The PUK is wrong; %d tries are left.", (gulong) tries),
                          tries);
}

const EonayAdviceRow eonay_advice_card_rows[] = {
  { eonay_card_error_quark, EONAY_CARD_ERROR_FAILED, "KART-01", N_ ("The card could not be used."),
    N_ ("Take the card out, insert it again and retry."), EONAY_ADVICE_ACTION_RETRY },
  { eonay_card_error_quark, EONAY_CARD_ERROR_NO_SERVICE, "KART-02",
    N_ ("The smart card service is not running."),
    N_ ("Start the pcscd service, or ask your administrator to."), EONAY_ADVICE_ACTION_RETRY },
  { eonay_card_error_quark, EONAY_CARD_ERROR_ACCESS_DENIED, "KART-03",
    N_ ("You may not use the smart card service."),
    N_ ("Log in at the computer itself, or ask your administrator for the permission."),
    EONAY_ADVICE_ACTION_NONE },
  { eonay_card_error_quark, EONAY_CARD_ERROR_SERVICE_MISMATCH, "KART-04",
    N_ ("The smart card service is of a version that does not fit this program."),
    N_ ("Update the system and restart the computer."), EONAY_ADVICE_ACTION_NONE },
  { eonay_card_error_quark, EONAY_CARD_ERROR_NO_READER, "KART-05", N_ ("There is no card reader."),
    N_ ("Plug the card reader in."), EONAY_ADVICE_ACTION_RETRY },
  { eonay_card_error_quark, EONAY_CARD_ERROR_NO_CARD, "KART-06",
    N_ ("There is no card in the reader."), N_ ("Insert your card."), EONAY_ADVICE_ACTION_RETRY },
  { eonay_card_error_quark, EONAY_CARD_ERROR_REMOVED, "KART-07",
    N_ ("The card was pulled out before the work was done."),
    N_ ("Insert the card, sign again and leave it in until the end."), EONAY_ADVICE_ACTION_RETRY },
  { eonay_card_error_quark, EONAY_CARD_ERROR_RESET, "KART-08",
    N_ ("Another program reset the card."),
    N_ ("Close the other programs that use the card and sign again."), EONAY_ADVICE_ACTION_RETRY },
  { eonay_card_error_quark, EONAY_CARD_ERROR_BUSY, "KART-09",
    N_ ("Another program is using the card."), N_ ("Close that program and try again."),
    EONAY_ADVICE_ACTION_RETRY },
  { eonay_card_error_quark, EONAY_CARD_ERROR_UNRESPONSIVE, "KART-10",
    N_ ("The card does not answer."),
    N_ ("Take the card out, clean its chip with a dry cloth and insert it again, chip first."),
    EONAY_ADVICE_ACTION_RETRY },
  { eonay_card_error_quark, EONAY_CARD_ERROR_UNSUPPORTED, "KART-11", N_ ("This card is not known."),
    N_ ("Insert your e-signature card; if this is the one, ask the helpdesk."),
    EONAY_ADVICE_ACTION_NONE },
  { eonay_card_error_quark, EONAY_CARD_ERROR_MALFORMED, "KART-12",
    N_ ("What the card holds cannot be understood."),
    N_ ("Have the card checked by your certificate provider."), EONAY_ADVICE_ACTION_NONE },
  { eonay_card_error_quark, EONAY_CARD_ERROR_PROTOCOL, "KART-13",
    N_ ("The card gave an unexpected answer."),
    N_ ("Take the card out, insert it again and retry."), EONAY_ADVICE_ACTION_RETRY },
  { eonay_card_error_quark, EONAY_CARD_ERROR_PIN_WRONG, "PIN-01", N_ ("The PIN is wrong."),
    N_ ("Type the PIN again with care: when no tries are left, the card blocks itself."),
    EONAY_ADVICE_ACTION_RETRY, count_tries, NULL },
  { eonay_card_error_quark, EONAY_CARD_ERROR_PIN_BLOCKED, "PIN-02", N_ ("The PIN is blocked."),
    N_ ("Unblock the card with its PUK, or through Kilit Çözme on the portal."),
    EONAY_ADVICE_ACTION_OPEN_MY_CARD },
  { eonay_card_error_quark, EONAY_CARD_ERROR_PIN_LENGTH, "PIN-03",
    N_ ("The PIN has a length or a character that this card does not take."),
    N_ ("Type it again in the length that the card asks for."), EONAY_ADVICE_ACTION_RETRY },
  { eonay_card_error_quark, EONAY_CARD_ERROR_LAST_TRY, "PIN-04",
    N_ ("Only one try is left; what you typed was not sent to the card."),
    N_ ("Go on only if you are sure of it: when it is wrong, the card blocks itself."),
    EONAY_ADVICE_ACTION_RETRY },
  { eonay_card_error_quark, EONAY_CARD_ERROR_PUK_WRONG, "PIN-05", N_ ("The PUK is wrong."),
    N_ ("Compare it with your PIN/PUK letter: when no tries are left, the card can never be unblocked again."),
    EONAY_ADVICE_ACTION_RETRY, count_puk_tries, NULL },
  { eonay_card_error_quark, EONAY_CARD_ERROR_PUK_BLOCKED, "PIN-06",
    N_ ("The PUK is blocked, so the card cannot be unblocked any more."),
    N_ ("Apply to your certificate provider for a new card."), EONAY_ADVICE_ACTION_NONE },
  { eonay_card_error_quark, EONAY_CARD_ERROR_PUK_LENGTH, "PIN-07",
    N_ ("The PUK has a length or a character that this card does not take."),
    N_ ("Type it again in the length that the card asks for."), EONAY_ADVICE_ACTION_RETRY },
  { eonay_card_error_quark, EONAY_CARD_ERROR_NEW_PIN_REFUSED, "PIN-08",
    N_ ("The card does not take this as a new PIN."),
    N_ ("Choose another PIN of the length that the card asks for."), EONAY_ADVICE_ACTION_RETRY },
  { eonay_card_error_quark, EONAY_CARD_ERROR_NEW_PINS_DIFFER, "PIN-09",
    N_ ("The two new PINs are not the same."), N_ ("Type the same new PIN twice on the reader."),
    EONAY_ADVICE_ACTION_RETRY },
  { eonay_card_error_quark, EONAY_CARD_ERROR_PIN_PAD_TIMED_OUT, "PIN-10",
    N_ ("No PIN was typed on the reader in time."),
    N_ ("Try again and type the PIN on the reader’s keypad."), EONAY_ADVICE_ACTION_RETRY },
  { eonay_card_error_quark, EONAY_CARD_ERROR_PIN_PAD_REFUSED, "PIN-11",
    N_ ("The reader does not take the PIN on its keypad."),
    N_ ("Plug the reader in again and retry; if it goes on, use another reader."),
    EONAY_ADVICE_ACTION_RETRY },
  { eonay_card_error_quark, EONAY_CARD_ERROR_TRIES_NOT_SHOWN, "PIN-13",
    N_ ("The tries left were not known when you were asked; what you typed was not sent to the card."),
    N_ ("Look at how many are left now, and type it again."), EONAY_ADVICE_ACTION_RETRY },
  { eonay_card_error_quark, EONAY_CARD_ERROR_MODULE_NEEDED, "KART-18",
    N_ ("This card signs only through its maker’s software, which was not found."),
    N_ ("Install the card’s driver (for AKİS: Akia), or choose its PKCS#11 module."),
    EONAY_ADVICE_ACTION_NONE },
  { eonay_card_error_quark, EONAY_CARD_ERROR_MODULE_CRASHED, "KART-19",
    N_ ("The card’s PKCS#11 module has crashed."),
    N_ ("Try again; if it goes on, update the card’s driver."), EONAY_ADVICE_ACTION_RETRY },
  { eonay_card_error_quark, EONAY_CARD_ERROR_MODULE_HUNG, "KART-20",
    N_ ("The card’s PKCS#11 module did not answer and was ended."),
    N_ ("Take the card out, insert it again and retry."), EONAY_ADVICE_ACTION_RETRY },
  { eonay_card_error_quark, EONAY_CARD_ERROR_MODULE_FAILED, "KART-21",
    N_ ("The card’s PKCS#11 module does not start."),
    N_ ("Choose another module, or have the card’s driver installed again."),
    EONAY_ADVICE_ACTION_NONE },
  { eonay_card_error_quark, EONAY_CARD_ERROR_MODULE_NO_LIBRARY, "KART-22",
    N_ ("The file is not there, cannot be read, or is not a program library."),
    N_ ("Choose the .so file that your card’s driver has installed."), EONAY_ADVICE_ACTION_NONE },
  { eonay_card_error_quark, EONAY_CARD_ERROR_MODULE_OTHER_COMPUTER, "KART-23",
    N_ ("The module is for another kind of computer, for instance a 32-bit one."),
    N_ ("Install your card’s driver for this computer, then choose its module."),
    EONAY_ADVICE_ACTION_NONE },
  { eonay_card_error_quark, EONAY_CARD_ERROR_MODULE_NO_UNBLOCK, "KILIT-05",
    N_ ("The PIN cannot be unblocked through the card’s PKCS#11 module."),
    N_ ("Unblock it with the card maker’s own program, or ask your certificate provider."),
    EONAY_ADVICE_ACTION_NONE },
  { eonay_card_error_quark, EONAY_CARD_ERROR_NOT_AUTHORISED, "KART-14",
    N_ ("The card refused the operation."), N_ ("Take the card out, insert it again and retry."),
    EONAY_ADVICE_ACTION_RETRY },
  { eonay_card_error_quark, EONAY_CARD_ERROR_KEY_NOT_FOUND, "KART-15",
    N_ ("The certificate’s key is not on the card."), N_ ("Choose another certificate."),
    EONAY_ADVICE_ACTION_CHOOSE_CERTIFICATE },
  { eonay_card_error_quark, EONAY_CARD_ERROR_ALGORITHM, "KART-16",
    N_ ("The card cannot make the kind of signature that this certificate needs."),
    N_ ("Choose another certificate."), EONAY_ADVICE_ACTION_CHOOSE_CERTIFICATE },
  { eonay_card_error_quark, EONAY_CARD_ERROR_SIGNATURE_MISMATCH, "KART-17",
    N_ ("The card’s signature does not belong to the certificate, so it was not sent."),
    N_ ("Choose another certificate, or have the card checked by your provider."),
    EONAY_ADVICE_ACTION_CHOOSE_CERTIFICATE },
  { eonay_card_error_quark, EONAY_CARD_ERROR_NO_PUK, "KILIT-04",
    N_ ("How this card is unblocked with a PUK is not known."),
    N_ ("Unblock it with its maker’s software, or ask your certificate provider."),
    EONAY_ADVICE_ACTION_NONE },
  { NULL },
};
