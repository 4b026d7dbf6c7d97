#include "session/eonay-advice.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/eonay-error.h"
#include "base/eonay-text-class.h"
#include "session/eonay-flatpak-advice.h"

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

static char *
count_word_tries (const GError *error)
{
  int tries = eonay_portal_error_get_tries_left (error);

  if (tries < 0)
    return NULL;

  return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "The security word is wrong; %d try is left.",
                   "The security word is wrong; %d tries are left.", (gulong) tries),
      tries);
}

static char *
count_sms_tries (const GError *error)
{
  int tries = eonay_portal_error_get_tries_left (error);

  if (tries < 0)
    return NULL;

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "The SMS code is wrong; %d try is left.",
                                       "The SMS code is wrong; %d tries are left.", (gulong) tries),
                          tries);
}

static char *
count_wait (const GError *error)
{
  int seconds = eonay_portal_error_get_retry_after (error);

  if (seconds < 0)
    return NULL;

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Wait %d second and try again.",
                                       "Wait %d seconds and try again.", (gulong) seconds),
                          seconds);
}

static char *
describe_stranger (const GError *error)
{
  g_autofree char *cause = eonay_text_class_make_line (error->message, -1);
  gsize length = strlen (cause);

  if (length > 0 && cause[length - 1] == '.')
    cause[length - 1] = '\0';

  return g_strdup_printf (_ ("Something unexpected went wrong: %s."), cause);
}

static const EonayAdviceRow rows[] = {
  { eonay_card_error_quark, EONAY_CARD_ERROR_FAILED, "KART-01", N_ ("The card could not be used."),
    N_ ("Take the card out, insert it again and retry."), EONAY_ADVICE_ACTION_RETRY },
  { eonay_card_error_quark, EONAY_CARD_ERROR_NO_SERVICE, "KART-02",
    N_ ("The smart card service is not running."),
    N_ ("Start the pcscd service, or ask your administrator to."), EONAY_ADVICE_ACTION_RETRY, NULL,
    eonay_flatpak_advice_service },
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
    EONAY_ADVICE_ACTION_NONE, NULL, eonay_flatpak_advice_module },
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
  { eonay_portal_error_quark, EONAY_PORTAL_ERROR_FAILED, "PORTAL-01",
    N_ ("The portal could not finish the operation."),
    N_ ("Try again; if it goes on, call the portal’s helpdesk."), EONAY_ADVICE_ACTION_RETRY },
  { eonay_portal_error_quark, EONAY_PORTAL_ERROR_CODE_MALFORMED, "KOD-01",
    N_ ("The portal does not take this as a code."), N_ ("Copy the code from the web page again."),
    EONAY_ADVICE_ACTION_NEW_CODE },
  { eonay_portal_error_quark, EONAY_PORTAL_ERROR_CODE_UNKNOWN, "KOD-02",
    N_ ("The portal does not know this code."),
    N_ ("Compare it with the web page, or get a new code there."), EONAY_ADVICE_ACTION_NEW_CODE },
  { eonay_portal_error_quark, EONAY_PORTAL_ERROR_CODE_USED, "KOD-03",
    N_ ("This code has been used already."), N_ ("Get a new code from the web page."),
    EONAY_ADVICE_ACTION_NEW_CODE },
  { eonay_portal_error_quark, EONAY_PORTAL_ERROR_EXPIRED, "KOD-04",
    N_ ("The portal says that time is up."), N_ ("Get a new code from the web page."),
    EONAY_ADVICE_ACTION_NEW_CODE },
  { eonay_portal_error_quark, EONAY_PORTAL_ERROR_SIGNATURE_INVALID, "PORTAL-02",
    N_ ("The portal found the signature invalid."),
    N_ ("Get a new code from the web page; if it goes on, call the portal’s helpdesk."),
    EONAY_ADVICE_ACTION_NEW_CODE },
  { eonay_portal_error_quark, EONAY_PORTAL_ERROR_CERTIFICATE_NOT_ACCEPTED, "PORTAL-03",
    N_ ("The portal does not accept this certificate."),
    N_ ("Get a new code and sign with another certificate."), EONAY_ADVICE_ACTION_NEW_CODE },
  { eonay_portal_error_quark, EONAY_PORTAL_ERROR_CERTIFICATE_EXPIRED, "PORTAL-04",
    N_ ("The portal found that the certificate has expired."),
    N_ ("Apply for a new certificate, or get a new code and sign with another one."),
    EONAY_ADVICE_ACTION_NEW_CODE },
  { eonay_portal_error_quark, EONAY_PORTAL_ERROR_CERTIFICATE_REVOKED, "PORTAL-05",
    N_ ("The portal found that the certificate is revoked."),
    N_ ("Apply for a new certificate, or get a new code and sign with another one."),
    EONAY_ADVICE_ACTION_NEW_CODE },
  { eonay_portal_error_quark, EONAY_PORTAL_ERROR_CERTIFICATE_SUSPENDED, "PORTAL-06",
    N_ ("The portal found that the certificate is suspended."),
    N_ ("Lift the suspension on the portal, then get a new code."), EONAY_ADVICE_ACTION_NEW_CODE },
  { eonay_portal_error_quark, EONAY_PORTAL_ERROR_SIGNER_MISMATCH, "PORTAL-07",
    N_ ("The certificate is not that of the person whom the portal expects."),
    N_ ("Log in to the portal as yourself, get a new code and sign with your own card."),
    EONAY_ADVICE_ACTION_NEW_CODE },
  { eonay_portal_error_quark, EONAY_PORTAL_ERROR_SECURITY_WORD_WRONG, "PORTAL-08",
    N_ ("The security word is wrong."), N_ ("Type it again as you chose it in your application."),
    EONAY_ADVICE_ACTION_RETRY, count_word_tries, NULL },
  { eonay_portal_error_quark, EONAY_PORTAL_ERROR_SMS_CODE_WRONG, "PORTAL-09",
    N_ ("The SMS code is wrong."), N_ ("Type the code of the last message again."),
    EONAY_ADVICE_ACTION_RETRY, count_sms_tries, NULL },
  { eonay_portal_error_quark, EONAY_PORTAL_ERROR_SMS_CODE_EXPIRED, "PORTAL-19",
    N_ ("The SMS code has expired."), N_ ("Ask for a new message and type its code in time."),
    EONAY_ADVICE_ACTION_RETRY },
  { eonay_portal_error_quark, EONAY_PORTAL_ERROR_ATTEMPTS_EXHAUSTED, "PORTAL-20",
    N_ ("There were too many wrong tries, so the portal ended the operation."),
    N_ ("Make sure of your security word and phone number, then get a new code from the web page."),
    EONAY_ADVICE_ACTION_NEW_CODE },
  { eonay_portal_error_quark, EONAY_PORTAL_ERROR_CARD_MISMATCH, "PORTAL-21",
    N_ ("The card in the reader is not the one that the portal means."),
    N_ ("Insert the card that you chose on the web page."), EONAY_ADVICE_ACTION_RETRY },
  { eonay_portal_error_quark, EONAY_PORTAL_ERROR_TOO_MANY_REQUESTS, "PORTAL-10",
    N_ ("The portal has had too many requests."), N_ ("Wait a little and try again."),
    EONAY_ADVICE_ACTION_RETRY, NULL, count_wait },
  { eonay_portal_error_quark, EONAY_PORTAL_ERROR_UNAVAILABLE, "PORTAL-11",
    N_ ("The portal is out of service at the moment."), N_ ("Try again in a few minutes."),
    EONAY_ADVICE_ACTION_RETRY, NULL, count_wait },
  { eonay_portal_error_quark, EONAY_PORTAL_ERROR_REFUSED, "PORTAL-12",
    N_ ("The portal refused the request."),
    N_ ("Get a new code from the web page; if it goes on, call the portal’s helpdesk."),
    EONAY_ADVICE_ACTION_NEW_CODE },
  { eonay_portal_error_quark, EONAY_PORTAL_ERROR_UNREACHABLE, "AG-01",
    N_ ("The portal cannot be reached."), N_ ("Check your internet connection and try again."),
    EONAY_ADVICE_ACTION_RETRY },
  { eonay_portal_error_quark, EONAY_PORTAL_ERROR_TIMED_OUT, "AG-02",
    N_ ("The portal did not answer in time."), N_ ("Check your internet connection and try again."),
    EONAY_ADVICE_ACTION_RETRY },
  { eonay_portal_error_quark, EONAY_PORTAL_ERROR_TLS, "AG-03",
    N_ ("The server’s identity could not be confirmed, so nothing was sent to it."),
    N_ ("Check the computer’s date and your network, then ask your administrator."),
    EONAY_ADVICE_ACTION_NONE },
  { eonay_portal_error_quark, EONAY_PORTAL_ERROR_INSECURE, "AG-04",
    N_ ("The portal pointed to another address; nothing was sent to that address."),
    N_ ("Get a new code from the web page; if it goes on, call the portal’s helpdesk."),
    EONAY_ADVICE_ACTION_NONE },
  { eonay_portal_error_quark, EONAY_PORTAL_ERROR_PROXY, "AG-05",
    N_ ("The proxy does not let the program through to the portal."),
    N_ ("Correct the proxy in the network settings, or ask your administrator to."),
    EONAY_ADVICE_ACTION_RETRY },
  { eonay_portal_error_quark, EONAY_PORTAL_ERROR_TOO_LARGE, "PORTAL-13",
    N_ ("The portal sent more than it may."), N_ ("Call the portal’s helpdesk."),
    EONAY_ADVICE_ACTION_NONE },
  { eonay_portal_error_quark, EONAY_PORTAL_ERROR_MALFORMED, "PORTAL-14",
    N_ ("The portal’s answer cannot be understood."),
    N_ ("Try again; if it goes on, call the portal’s helpdesk."), EONAY_ADVICE_ACTION_RETRY },
  { eonay_portal_error_quark, EONAY_PORTAL_ERROR_DIGEST_MISMATCH, "PORTAL-15",
    N_ ("The document that came is not the one that the portal announced."),
    N_ ("Do not sign; get a new code from the web page."), EONAY_ADVICE_ACTION_NEW_CODE },
  { eonay_portal_error_quark, EONAY_PORTAL_ERROR_UNKNOWN_OPERATION, "PORTAL-16",
    N_ ("The portal asks for an operation that this version does not know."), N_ ("Update e-Onay."),
    EONAY_ADVICE_ACTION_NONE },
  { eonay_portal_error_quark, EONAY_PORTAL_ERROR_UNSUPPORTED_FORMAT, "PORTAL-17",
    N_ ("The portal asks for a kind of signature that this version cannot make."),
    N_ ("Update e-Onay."), EONAY_ADVICE_ACTION_NONE },
  { eonay_portal_error_quark, EONAY_PORTAL_ERROR_PROFILE, "PORTAL-18",
    N_ ("There is no such portal, or its profile is not right."),
    N_ ("Ask your institution or your administrator for the portal’s profile, a .json file, and add it in Preferences."),
    EONAY_ADVICE_ACTION_NONE },
  { eonay_portal_error_quark, EONAY_PORTAL_ERROR_PROFILE_UNREADABLE, "PROFIL-01",
    N_ ("The file is not a portal profile."),
    N_ ("Choose the .json file that the portal or your administrator gave you."),
    EONAY_ADVICE_ACTION_NONE },
  { eonay_portal_error_quark, EONAY_PORTAL_ERROR_PROFILE_INVALID, "PROFIL-02",
    N_ ("The profile’s id, name or address is missing or not right; an address begins with https."),
    N_ ("Ask whoever gave you the file for a correct one."), EONAY_ADVICE_ACTION_NONE },
  { eonay_portal_error_quark, EONAY_PORTAL_ERROR_PROFILE_CA, "PROFIL-03",
    N_ ("The certificate file that the profile names is not there, or is not one."),
    N_ ("Put it beside the profile, then add the profile again."), EONAY_ADVICE_ACTION_NONE },
  { eonay_portal_error_quark, EONAY_PORTAL_ERROR_PROFILE_TAKEN, "PROFIL-04",
    N_ ("Your administrator has installed a portal with this id already."),
    N_ ("Use that one; if it does not work, ask your administrator."), EONAY_ADVICE_ACTION_NONE },
  { eonay_portal_error_quark, EONAY_PORTAL_ERROR_TEXT_TOO_LARGE, "METIN-05",
    N_ ("The text is too long to be shown whole, so it cannot be signed."),
    N_ ("Call the portal’s helpdesk."), EONAY_ADVICE_ACTION_NONE },
  { eonay_portal_error_quark, EONAY_PORTAL_ERROR_DOCUMENTS_TOO_MANY, "METIN-06",
    N_ ("There are too many documents for one code, so they cannot be signed."),
    N_ ("Call the portal’s helpdesk."), EONAY_ADVICE_ACTION_NONE },
  { eonay_portal_error_quark, EONAY_PORTAL_ERROR_DOCUMENTS_TOO_LARGE, "METIN-07",
    N_ ("The documents together are too long, so they cannot be signed."),
    N_ ("Call the portal’s helpdesk."), EONAY_ADVICE_ACTION_NONE },
  { eonay_signature_error_quark, EONAY_SIGNATURE_ERROR_FAILED, "IMZA-01",
    N_ ("The signature could not be made."), N_ ("Get a new code from the web page."),
    EONAY_ADVICE_ACTION_NEW_CODE },
  { eonay_signature_error_quark, EONAY_SIGNATURE_ERROR_CERTIFICATE_MALFORMED, "IMZA-02",
    N_ ("The certificate cannot be read."), N_ ("Choose another certificate."),
    EONAY_ADVICE_ACTION_CHOOSE_CERTIFICATE },
  { eonay_signature_error_quark, EONAY_SIGNATURE_ERROR_CERTIFICATE_UNUSABLE, "IMZA-03",
    N_ ("This certificate cannot be used for signing."), N_ ("Choose another certificate."),
    EONAY_ADVICE_ACTION_CHOOSE_CERTIFICATE },
  { eonay_signature_error_quark, EONAY_SIGNATURE_ERROR_KEY_UNSUPPORTED, "IMZA-04",
    N_ ("The certificate’s key is of a kind that cannot be used."),
    N_ ("Choose another certificate."), EONAY_ADVICE_ACTION_CHOOSE_CERTIFICATE },
  { eonay_signature_error_quark, EONAY_SIGNATURE_ERROR_MALFORMED, "IMZA-05",
    N_ ("The signature cannot be read."), N_ ("Get a new code from the web page."),
    EONAY_ADVICE_ACTION_NEW_CODE },
  { eonay_signature_error_quark, EONAY_SIGNATURE_ERROR_INVALID, "IMZA-06",
    N_ ("The signature did not pass the check before sending, so it was not sent."),
    N_ ("Get a new code from the web page."), EONAY_ADVICE_ACTION_NEW_CODE },
  { eonay_signature_error_quark, EONAY_SIGNATURE_ERROR_CONTENT_MISMATCH, "IMZA-07",
    N_ ("The signature belongs to another text."), N_ ("Get a new code from the web page."),
    EONAY_ADVICE_ACTION_NEW_CODE },
  { eonay_signature_error_quark, EONAY_SIGNATURE_ERROR_UNTRUSTED, "IMZA-08",
    N_ ("The certificate’s provider is not among the trusted ones."),
    N_ ("Choose another certificate."), EONAY_ADVICE_ACTION_CHOOSE_CERTIFICATE },
  { eonay_signature_error_quark, EONAY_SIGNATURE_ERROR_TOO_LARGE, "IMZA-12",
    N_ ("The file is larger than what can be signed."),
    N_ ("Sign a smaller file, or divide this one."), EONAY_ADVICE_ACTION_NONE },
  { eonay_signature_error_quark, EONAY_SIGNATURE_ERROR_PDF_MALFORMED, "PDF-01",
    N_ ("The file is not a PDF."), N_ ("Check that it is the right file."),
    EONAY_ADVICE_ACTION_NONE },
  { eonay_signature_error_quark, EONAY_SIGNATURE_ERROR_PDF_DAMAGED, "PDF-02",
    N_ ("The PDF is damaged or incomplete, so it cannot be signed."),
    N_ ("Get the file again, or save it anew with the program that made it."),
    EONAY_ADVICE_ACTION_NONE },
  { eonay_signature_error_quark, EONAY_SIGNATURE_ERROR_PDF_ENCRYPTED, "PDF-03",
    N_ ("The PDF is protected (encrypted), so it cannot be signed."),
    N_ ("Ask whoever gave it to you for a copy without encryption."), EONAY_ADVICE_ACTION_NONE },
  { eonay_signature_error_quark, EONAY_SIGNATURE_ERROR_PDF_CERTIFIED, "PDF-04",
    N_ ("The PDF is certified and may not be signed any more."),
    N_ ("Ask whoever gave it to you for a copy that may be signed."), EONAY_ADVICE_ACTION_NONE },
  { eonay_signature_error_quark, EONAY_SIGNATURE_ERROR_PDF_LOCKED, "PDF-05",
    N_ ("An earlier signature has locked the PDF."),
    N_ ("Ask whoever gave it to you for a copy that may be signed."), EONAY_ADVICE_ACTION_NONE },
  { eonay_signature_error_quark, EONAY_SIGNATURE_ERROR_PDF_FIELD, "PDF-06",
    N_ ("This signature field of the PDF cannot be used."), N_ ("Choose another field."),
    EONAY_ADVICE_ACTION_NONE },
  { eonay_signature_error_quark, EONAY_SIGNATURE_ERROR_PDF_TOO_LARGE, "PDF-07",
    N_ ("The PDF is too large: a PDF of up to 256 MB can be signed."),
    N_ ("Save its pictures smaller, or divide it."), EONAY_ADVICE_ACTION_NONE },
  { eonay_signature_error_quark, EONAY_SIGNATURE_ERROR_PDF_TOO_COMPLEX, "PDF-08",
    N_ ("The PDF could not be checked: it needs too much time or memory."),
    N_ ("Save it anew with the program that made it; do not sign a file that you do not trust."),
    EONAY_ADVICE_ACTION_NONE },
  { eonay_signature_error_quark, EONAY_SIGNATURE_ERROR_PDF_CHANGED, "PDF-11",
    N_ ("Once signed, the PDF would show other pages than the ones you saw, so it is not signed."),
    N_ ("Do not sign this file; ask whoever gave it to you for another one."),
    EONAY_ADVICE_ACTION_NONE },
  { eonay_signature_error_quark, EONAY_SIGNATURE_ERROR_PDF_AMBIGUOUS, "PDF-12",
    N_ ("Two programs find different pages in this PDF, so it is not signed."),
    N_ ("Ask whoever gave it to you for another one, or have it printed to a new PDF."),
    EONAY_ADVICE_ACTION_NONE },
  { eonay_signature_error_quark, EONAY_SIGNATURE_ERROR_PDF_NO_INSPECTOR, "PDF-13",
    N_ ("The part of e-Onay that checks PDF documents does not start."),
    N_ ("Install e-Onay again, or ask your administrator."), EONAY_ADVICE_ACTION_RETRY },
  { eonay_signature_error_quark, EONAY_SIGNATURE_ERROR_PDF_CRASHED, "PDF-14",
    N_ ("The PDF could not be checked, because it breaks what looks into it."),
    N_ ("Do not sign this file; ask whoever gave it to you for another one."),
    EONAY_ADVICE_ACTION_NONE },
  { eonay_signature_error_quark, EONAY_SIGNATURE_ERROR_PDF_NOT_PREPARED, "PDF-15",
    N_ ("A signature cannot be put into this PDF without a change to something else in it."),
    N_ ("Save it anew with the program that made it, or have it printed to a new PDF."),
    EONAY_ADVICE_ACTION_NONE },
  { eonay_signature_error_quark, EONAY_SIGNATURE_ERROR_PDF_APPEARANCE, "PDF-16",
    N_ ("The visible mark could not be put into the PDF."),
    N_ ("Sign without the mark: the signature is worth the same."), EONAY_ADVICE_ACTION_NONE },
  { eonay_session_error_quark, EONAY_SESSION_ERROR_FAILED, "IMZA-09",
    N_ ("The signing could not be finished."), N_ ("Get a new code from the web page."),
    EONAY_ADVICE_ACTION_NEW_CODE },
  { eonay_session_error_quark, EONAY_SESSION_ERROR_CODE_LETTERS, "KOD-06",
    N_ ("The code has something else than digits in it."),
    N_ ("Copy only the 15 digits from the web page."), EONAY_ADVICE_ACTION_NEW_CODE },
  { eonay_session_error_quark, EONAY_SESSION_ERROR_CODE_LENGTH, "KOD-07",
    N_ ("The code does not have 15 digits."), N_ ("Compare it with the code on the web page."),
    EONAY_ADVICE_ACTION_NEW_CODE },
  { eonay_session_error_quark, EONAY_SESSION_ERROR_LINK_MALFORMED, "KOD-08",
    N_ ("This is not a link of a portal."), N_ ("Copy the code itself from the web page."),
    EONAY_ADVICE_ACTION_NEW_CODE },
  { eonay_session_error_quark, EONAY_SESSION_ERROR_OTHER_OPEN, "KOD-09",
    N_ ("A second code cannot be used while a transaction is open."),
    N_ ("Finish or give up the open one first, then get a new code from the web page."),
    EONAY_ADVICE_ACTION_NONE },
  { eonay_session_error_quark, EONAY_SESSION_ERROR_WRONG_STATE, "IMZA-10",
    N_ ("This step cannot be taken now."), N_ ("Finish the step that is on the screen first."),
    EONAY_ADVICE_ACTION_NONE },
  { eonay_session_error_quark, EONAY_SESSION_ERROR_EXPIRED, "KOD-05", N_ ("Time is up."),
    N_ ("Get a new code from the web page."), EONAY_ADVICE_ACTION_NEW_CODE },
  { eonay_session_error_quark, EONAY_SESSION_ERROR_NOT_UTF8, "METIN-01",
    N_ ("The text cannot be shown as it is, so it cannot be signed."),
    N_ ("Call the portal’s helpdesk; the portal’s developers have to correct the text."),
    EONAY_ADVICE_ACTION_NONE },
  { eonay_session_error_quark, EONAY_SESSION_ERROR_HAS_NUL, "METIN-02",
    N_ ("The text has bytes in it that no one can see, so it cannot be signed."),
    N_ ("Call the portal’s helpdesk; the portal’s developers have to correct the text."),
    EONAY_ADVICE_ACTION_NONE },
  { eonay_session_error_quark, EONAY_SESSION_ERROR_NOT_REVIEWED, "METIN-03",
    N_ ("Not every document has been read to its end."), N_ ("Read the rest, then sign."),
    EONAY_ADVICE_ACTION_NONE },
  { eonay_session_error_quark, EONAY_SESSION_ERROR_PAGES_NOT_SEEN, "PDF-09",
    N_ ("Not every page has been on the screen."), N_ ("Look at the rest, then sign."),
    EONAY_ADVICE_ACTION_NONE },
  { eonay_session_error_quark, EONAY_SESSION_ERROR_WARNING_NOT_READ, "PDF-10",
    N_ ("The warning about a PDF has not been read."), N_ ("Read it, then sign."),
    EONAY_ADVICE_ACTION_NONE },
  { eonay_session_error_quark, EONAY_SESSION_ERROR_NO_CERTIFICATE, "IMZA-11",
    N_ ("No certificate that can be used is chosen."),
    N_ ("Insert your card and choose a certificate."), EONAY_ADVICE_ACTION_CHOOSE_CERTIFICATE },
  { eonay_session_error_quark, EONAY_SESSION_ERROR_UNSUPPORTED_DOCUMENT, "METIN-04",
    N_ ("This version cannot show the document, so it cannot be signed."), N_ ("Update e-Onay."),
    EONAY_ADVICE_ACTION_NONE },
  { eonay_session_error_quark, EONAY_SESSION_ERROR_TEXT_LINE, "METIN-08",
    N_ ("A paragraph of the text is too long to be shown whole, so the text cannot be signed."),
    N_ ("Call the portal’s helpdesk."), EONAY_ADVICE_ACTION_NONE },
  { eonay_session_error_quark, EONAY_SESSION_ERROR_TEXT_RUN, "METIN-09",
    N_ ("The text has too long a word, or too many blanks in a row, so it cannot be signed."),
    N_ ("Call the portal’s helpdesk."), EONAY_ADVICE_ACTION_NONE },
  { eonay_session_error_quark, EONAY_SESSION_ERROR_TEXT_LINES, "METIN-10",
    N_ ("The text has too many lines, so it cannot be signed."), N_ ("Call the portal’s helpdesk."),
    EONAY_ADVICE_ACTION_NONE },
  { eonay_session_error_quark, EONAY_SESSION_ERROR_TEXT_MARKS, "METIN-11",
    N_ ("The text has too many marks on one letter, so it cannot be signed."),
    N_ ("Call the portal’s helpdesk."), EONAY_ADVICE_ACTION_NONE },
  { eonay_session_error_quark, EONAY_SESSION_ERROR_TEXT_NO_GLYPH, "METIN-12",
    N_ ("This computer has no font for a character of the text, so the text cannot be signed."),
    N_ ("Install a font that has it, or sign on another computer."), EONAY_ADVICE_ACTION_NONE },
  { eonay_session_error_quark, EONAY_SESSION_ERROR_TEXT_NOT_DRAWN, "METIN-13",
    N_ ("A part of the text cannot be drawn whole in the window, so the text cannot be signed."),
    N_ ("Make the window wider; if that does not help, call the portal’s helpdesk."),
    EONAY_ADVICE_ACTION_NONE },
  { eonay_session_error_quark, EONAY_SESSION_ERROR_SCREEN_TOO_SMALL, "METIN-14",
    N_ ("The terminal is too small to read the text in, so it cannot be signed."),
    N_ ("Make the terminal’s window larger and start again."), EONAY_ADVICE_ACTION_NONE },
  { eonay_session_error_quark, EONAY_SESSION_ERROR_PDF_UNSHOWN, "METIN-15",
    N_ ("A PDF document cannot be shown in a terminal, so it is not signed there."),
    N_ ("Sign it in the window of e-Onay, with a new code from the web page."),
    EONAY_ADVICE_ACTION_NONE },
  { eonay_session_error_quark, EONAY_SESSION_ERROR_UNBLOCK_CODE, "KILIT-01",
    N_ ("This code is for unblocking a card; there is nothing to sign with it."),
    N_ ("Unblock the card in the window of e-Onay, with a new code from the web page."),
    EONAY_ADVICE_ACTION_NONE },
  { eonay_session_error_quark, EONAY_SESSION_ERROR_PORTAL_PUK, "KILIT-02",
    N_ ("The PUK that the portal gave does not open this card; the card is still blocked."),
    N_ ("Do not try again, as the tries of the PUK are limited; call the portal’s helpdesk."),
    EONAY_ADVICE_ACTION_NONE },
  { eonay_session_error_quark, EONAY_SESSION_ERROR_UNBLOCK_UNCERTAIN, "KILIT-03",
    N_ ("The card fell silent while it was being unblocked."),
    N_ ("Insert it and look in My Card: if its PIN is no longer blocked, your new PIN holds; if it is, get a new code."),
    EONAY_ADVICE_ACTION_OPEN_MY_CARD },
  { eonay_session_error_quark, EONAY_SESSION_ERROR_HISTORY_UNUSABLE, "GECMIS-01",
    N_ ("The history cannot be written, so what you sign now may be missing from it."),
    N_ ("You can go on signing; look whether the disk is full."), EONAY_ADVICE_ACTION_NONE },
  { eonay_session_error_quark, EONAY_SESSION_ERROR_HISTORY_DAMAGED, "GECMIS-02",
    N_ ("The history was damaged; it is kept beside the new one that was begun."),
    N_ ("You can go on signing."), EONAY_ADVICE_ACTION_NONE },
  { eonay_session_error_quark, EONAY_SESSION_ERROR_HISTORY_NEWER, "GECMIS-03",
    N_ ("The history is of a later version of e-Onay, so what you sign now will be missing from it."),
    N_ ("You can go on signing; update e-Onay."), EONAY_ADVICE_ACTION_NONE },
  { eonay_session_error_quark, EONAY_SESSION_ERROR_HISTORY_FOREIGN, "GECMIS-04",
    N_ ("The file given for the history is damaged or is no history, so what you sign now is not listed there."),
    N_ ("The file was left as it is; give another one."), EONAY_ADVICE_ACTION_NONE },
  { eonay_session_error_quark, EONAY_SESSION_ERROR_WEAK_PIN, "PIN-12",
    N_ ("The new PIN is easily guessed."),
    N_ ("Choose one that does not follow a pattern, and is no part of your birth date or national number."),
    EONAY_ADVICE_ACTION_RETRY },
  { eonay_session_error_quark, EONAY_SESSION_ERROR_FILE_MISSING, "DOSYA-01",
    N_ ("The file is not there."), N_ ("Choose the file again."), EONAY_ADVICE_ACTION_NONE },
  { eonay_session_error_quark, EONAY_SESSION_ERROR_FILE_UNREADABLE, "DOSYA-02",
    N_ ("The file cannot be read."),
    N_ ("Copy it to a folder of your own, or ask its owner for the permission."),
    EONAY_ADVICE_ACTION_NONE },
  { eonay_session_error_quark, EONAY_SESSION_ERROR_FILE_NOT_REGULAR, "DOSYA-03",
    N_ ("This is not a file that can be signed, but a folder or a device."),
    N_ ("Choose the files themselves."), EONAY_ADVICE_ACTION_NONE },
  { eonay_session_error_quark, EONAY_SESSION_ERROR_FILE_EMPTY, "DOSYA-04",
    N_ ("The file is empty, so there is nothing to sign."), N_ ("Choose another file."),
    EONAY_ADVICE_ACTION_NONE },
  { eonay_session_error_quark, EONAY_SESSION_ERROR_FILE_TOO_LARGE, "DOSYA-05",
    N_ ("The file is larger than 256 MB, which is the most that can be signed."),
    N_ ("Divide it, or sign a list of its check sums instead."), EONAY_ADVICE_ACTION_NONE },
  { eonay_session_error_quark, EONAY_SESSION_ERROR_FILES_TOO_LARGE, "DOSYA-06",
    N_ ("These files together are larger than 512 MB, which is the most for one PIN."),
    N_ ("Sign this file on its own afterwards."), EONAY_ADVICE_ACTION_NONE },
  { eonay_session_error_quark, EONAY_SESSION_ERROR_FILE_NOT_PDF, "DOSYA-07",
    N_ ("Only a PDF can be signed in this way."), N_ ("Choose CAdES for this file."),
    EONAY_ADVICE_ACTION_NONE },
  { eonay_session_error_quark, EONAY_SESSION_ERROR_FILE_NO_SPACE, "DOSYA-08",
    N_ ("The signed file was not saved: there is no room left on the disk."),
    N_ ("Make room, or choose another folder, then sign it again."), EONAY_ADVICE_ACTION_RETRY },
  { eonay_session_error_quark, EONAY_SESSION_ERROR_FILE_READ_ONLY, "DOSYA-09",
    N_ ("The signed file was not saved: nothing may be written to this folder."),
    N_ ("Choose another folder, then sign it again."), EONAY_ADVICE_ACTION_RETRY },
  { eonay_session_error_quark, EONAY_SESSION_ERROR_FILE_NOT_SAVED, "DOSYA-10",
    N_ ("The signed file could not be saved."), N_ ("Choose another folder, then sign it again."),
    EONAY_ADVICE_ACTION_RETRY },
  { eonay_session_error_quark, EONAY_SESSION_ERROR_FILE_NO_MARK, "DOSYA-11",
    N_ ("The visible mark cannot stand there: the document has no such page, its page is too small, or it takes no new marks."),
    N_ ("Choose another page, or sign without the mark: the signature is worth the same."),
    EONAY_ADVICE_ACTION_NONE },
  { eonay_session_error_quark, EONAY_SESSION_ERROR_FILE_NOT_BEGUN, "DOSYA-12",
    N_ ("The file was not signed, because another signed file could not be saved."),
    N_ ("See to where that one is saved, then sign this one."), EONAY_ADVICE_ACTION_RETRY },
  { eonay_session_error_quark, EONAY_SESSION_ERROR_FILE_PICTURE, "DOSYA-13",
    N_ ("The picture for the visible mark cannot be used: it is no PNG or SVG, is damaged or too large, or cannot be read."),
    N_ ("Choose a PNG or SVG of at most 5 MB and 4096 pixels a side, or sign without a picture."),
    EONAY_ADVICE_ACTION_NONE },
  { eonay_session_error_quark, EONAY_SESSION_ERROR_FILE_MARK_FAILED, "DOSYA-14",
    N_ ("The visible mark could not be drawn."),
    N_ ("Sign without the mark: the signature is worth the same."), EONAY_ADVICE_ACTION_NONE },
  { eonay_session_error_quark, EONAY_SESSION_ERROR_FILE_NOT_SIGNED, "DOSYA-15",
    N_ ("The signature of the file could not be made or did not pass the check, so it was not saved."),
    N_ ("Sign the file again; if it goes on, choose another certificate or ask its provider."),
    EONAY_ADVICE_ACTION_RETRY },
  { eonay_session_error_quark, EONAY_SESSION_ERROR_FILE_STOPPED, "DOSYA-16",
    N_ ("The file was not signed: the signing ended before it was this file’s turn."),
    N_ ("See to what stopped it, then sign this file."), EONAY_ADVICE_ACTION_RETRY },
  { eonay_session_error_quark, EONAY_SESSION_ERROR_FILE_SIGNATURE, "DOSYA-17",
    N_ ("The signature in this file is damaged, or the file that was signed is not beside it."),
    N_ ("Put the file that was signed beside it, or get both again."), EONAY_ADVICE_ACTION_NONE },
  { eonay_session_error_quark, EONAY_SESSION_ERROR_FILE_NO_FOLDER, "DOSYA-18",
    N_ ("e-Onay was given this file without its folder, so it cannot put the signed file beside it."),
    N_ ("Choose a folder for the signed file, then sign it again."), EONAY_ADVICE_ACTION_RETRY },
  { eonay_page_error_quark, EONAY_PAGE_ERROR_FAILED, "SAYFA-01",
    N_ ("The part of e-Onay that shows PDF documents does not start."),
    N_ ("Install e-Onay again, or ask your administrator."), EONAY_ADVICE_ACTION_RETRY },
  { eonay_page_error_quark, EONAY_PAGE_ERROR_CRASHED, "SAYFA-02",
    N_ ("A page of the document cannot be shown, because it breaks what draws it."),
    N_ ("Try again; if it goes on, ask whoever gave you the document for another one."),
    EONAY_ADVICE_ACTION_RETRY },
  { eonay_page_error_quark, EONAY_PAGE_ERROR_HUNG, "SAYFA-03",
    N_ ("A page of the document takes too long to be drawn, so it cannot be shown."),
    N_ ("Try again; if it goes on, ask whoever gave you the document for a simpler one."),
    EONAY_ADVICE_ACTION_RETRY },
  { eonay_page_error_quark, EONAY_PAGE_ERROR_MALFORMED, "SAYFA-04",
    N_ ("The document is no PDF, or is damaged, so it cannot be shown."),
    N_ ("Ask whoever gave you the document for another one."), EONAY_ADVICE_ACTION_NONE },
  { eonay_page_error_quark, EONAY_PAGE_ERROR_ENCRYPTED, "SAYFA-05",
    N_ ("The document is protected by a password, so it cannot be shown."),
    N_ ("Ask whoever gave you the document for one without a password."),
    EONAY_ADVICE_ACTION_NONE },
  { eonay_page_error_quark, EONAY_PAGE_ERROR_TOO_LARGE, "SAYFA-06",
    N_ ("The document has too many pages, or one that is too large, so it cannot be shown."),
    N_ ("Ask whoever gave you the document for a smaller one, or for several."),
    EONAY_ADVICE_ACTION_NONE },
  { eonay_page_error_quark, EONAY_PAGE_ERROR_NOT_DRAWN, "SAYFA-07",
    N_ ("A page of the document cannot be drawn, so it cannot be shown."),
    N_ ("Ask whoever gave you the document for another one."), EONAY_ADVICE_ACTION_NONE },
  { g_io_error_quark, G_IO_ERROR_CANCELLED, "GENEL-02", N_ ("The operation was cancelled."),
    N_ ("Begin again when you like."), EONAY_ADVICE_ACTION_RETRY },
  { g_io_error_quark, G_IO_ERROR_NO_SPACE, "GENEL-03", N_ ("There is no room left on the disk."),
    N_ ("Make room, or choose another folder, then try again."), EONAY_ADVICE_ACTION_RETRY },
  { g_io_error_quark, G_IO_ERROR_PERMISSION_DENIED, "GENEL-04",
    N_ ("You may not read or write this file."),
    N_ ("Choose another folder, or ask your administrator for the permission."),
    EONAY_ADVICE_ACTION_NONE },
  { g_io_error_quark, G_IO_ERROR_READ_ONLY, "GENEL-05",
    N_ ("Nothing can be written to this place."), N_ ("Choose another folder."),
    EONAY_ADVICE_ACTION_NONE },
  { g_io_error_quark, G_IO_ERROR_NOT_FOUND, "GENEL-06",
    N_ ("The file or folder is not there any more."), N_ ("Choose another one."),
    EONAY_ADVICE_ACTION_NONE },
  /* The last one is of every error that no other row is about. */
  { NULL, 0, "GENEL-01", N_ ("Something unexpected went wrong: %s."),
    N_ ("If it goes on, read this code out to the helpdesk."), EONAY_ADVICE_ACTION_NONE,
    describe_stranger },
};

const EonayAdviceRow *
eonay_advice_row_get (guint position)
{
  return position < G_N_ELEMENTS (rows) ? &rows[position] : NULL;
}

static const EonayAdviceRow *
find_row (GQuark domain, int code)
{
  const EonayAdviceRow *row = rows;

  while (row->domain != NULL && (domain != row->domain () || code != row->code))
    row++;

  return row;
}

const char *
eonay_advice_get_code (GQuark domain, int code)
{
  return find_row (domain, code)->short_code;
}

static char *
describe (const GError *error, const char *text, char *(*count) (const GError *error))
{
  char *counted = count != NULL ? count (error) : NULL;

  return counted != NULL ? counted : g_strdup (_ (text));
}

static const char *
describe_pin_try (const GError *error)
{
  switch (eonay_card_error_get_pin_try (error))
    {
    case EONAY_PIN_TRY_NOT_SENT:
      return _ ("No try was spent.");
    case EONAY_PIN_TRY_ACCEPTED:
      return _ ("What you typed was right; no try was lost.");
    case EONAY_PIN_TRY_UNCERTAIN:
      return _ ("The card may have counted the try; the tries left are shown before the next.");
    case EONAY_PIN_TRY_UNKNOWN:
    default:
      return NULL;
    }
}

EonayAdvice *
eonay_advice_new (const GError *error)
{
  const char *pin_try;
  const EonayAdviceRow *row;
  EonayAdvice *self;

  g_return_val_if_fail (error != NULL, NULL);

  row = find_row (error->domain, error->code);
  self = g_new0 (EonayAdvice, 1);
  self->code = row->short_code;
  self->what = describe (error, row->what, row->count_what);
  self->remedy = describe (error, row->remedy, row->count_remedy);
  self->action = row->action;
  pin_try = describe_pin_try (error);
  if (pin_try != NULL)
    {
      g_autofree char *alone = self->what;

      self->what = g_strjoin (" ", alone, pin_try, NULL);
    }

  return self;
}

void
eonay_advice_free (EonayAdvice *self)
{
  g_free (self->what);
  g_free (self->remedy);
  g_free (self);
}
