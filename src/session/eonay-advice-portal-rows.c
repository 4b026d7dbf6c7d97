#include "session/eonay-advice-rows.h"

#include <glib/gi18n-lib.h>

#include "base/eonay-error.h"

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

const EonayAdviceRow eonay_advice_portal_rows[] = {
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
    N_ ("The SMS code had expired when it reached the portal."),
    N_ ("Ask for a new message and type its code in time."), EONAY_ADVICE_ACTION_RETRY },
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
    N_ ("Ask your administrator to install the portal’s profile."), EONAY_ADVICE_ACTION_NONE },
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
  { NULL },
};
