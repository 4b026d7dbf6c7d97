#include "session/eonay-advice.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/eonay-error.h"

typedef struct {
  GQuark (*domain) (void);
  int code;
  const char *short_code;
  const char *what;
  const char *remedy;
  EonayAdviceAction action;
  char *(*count_what) (const GError *error);   /* NULL where it has nothing to count */
  char *(*count_remedy) (const GError *error);
} Row;

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
count_wait (const GError *error)
{
  int seconds = eonay_portal_error_get_retry_after (error);

  if (seconds < 0)
    return NULL;

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Wait %d second and try again.",
                                       "Wait %d seconds and try again.", (gulong) seconds),
                          seconds);
}

static const Row rows[] = {
  { eonay_card_error_quark, EONAY_CARD_ERROR_FAILED, "KART-01",
    N_ ("The card could not be used."),
    N_ ("Take the card out, insert it again and retry."),
    EONAY_ADVICE_ACTION_RETRY },
  { eonay_card_error_quark, EONAY_CARD_ERROR_NO_SERVICE, "KART-02",
    N_ ("The smart card service is not running."),
    N_ ("Start the pcscd service, or ask your administrator to."),
    EONAY_ADVICE_ACTION_RETRY },
  { eonay_card_error_quark, EONAY_CARD_ERROR_ACCESS_DENIED, "KART-03",
    N_ ("You may not use the smart card service."),
    N_ ("Log in at the computer itself, or ask your administrator for the permission."),
    EONAY_ADVICE_ACTION_NONE },
  { eonay_card_error_quark, EONAY_CARD_ERROR_SERVICE_MISMATCH, "KART-04",
    N_ ("The smart card service is of a version that does not fit this program."),
    N_ ("Update the system and restart the computer."),
    EONAY_ADVICE_ACTION_NONE },
  { eonay_card_error_quark, EONAY_CARD_ERROR_NO_READER, "KART-05",
    N_ ("There is no card reader."),
    N_ ("Plug the card reader in."),
    EONAY_ADVICE_ACTION_RETRY },
  { eonay_card_error_quark, EONAY_CARD_ERROR_NO_CARD, "KART-06",
    N_ ("There is no card in the reader."),
    N_ ("Insert your card."),
    EONAY_ADVICE_ACTION_RETRY },
  { eonay_card_error_quark, EONAY_CARD_ERROR_REMOVED, "KART-07",
    N_ ("The card was pulled out before the work was done."),
    N_ ("Insert the card, sign again and leave it in until the end."),
    EONAY_ADVICE_ACTION_RETRY },
  { eonay_card_error_quark, EONAY_CARD_ERROR_RESET, "KART-08",
    N_ ("Another program reset the card."),
    N_ ("Close the other programs that use the card and sign again."),
    EONAY_ADVICE_ACTION_RETRY },
  { eonay_card_error_quark, EONAY_CARD_ERROR_BUSY, "KART-09",
    N_ ("Another program is using the card."),
    N_ ("Close that program and try again."),
    EONAY_ADVICE_ACTION_RETRY },
  { eonay_card_error_quark, EONAY_CARD_ERROR_UNRESPONSIVE, "KART-10",
    N_ ("The card does not answer."),
    N_ ("Take the card out, wipe its chip and insert it again, chip first."),
    EONAY_ADVICE_ACTION_RETRY },
  { eonay_card_error_quark, EONAY_CARD_ERROR_UNSUPPORTED, "KART-11",
    N_ ("This card is not known."),
    N_ ("Insert your e-signature card; if this is the one, ask the helpdesk."),
    EONAY_ADVICE_ACTION_NONE },
  { eonay_card_error_quark, EONAY_CARD_ERROR_MALFORMED, "KART-12",
    N_ ("What the card holds cannot be understood."),
    N_ ("Have the card checked by your certificate provider."),
    EONAY_ADVICE_ACTION_NONE },
  { eonay_card_error_quark, EONAY_CARD_ERROR_PROTOCOL, "KART-13",
    N_ ("The card gave an unexpected answer."),
    N_ ("Take the card out, insert it again and retry."),
    EONAY_ADVICE_ACTION_RETRY },
  { eonay_card_error_quark, EONAY_CARD_ERROR_PIN_WRONG, "PIN-01",
    N_ ("The PIN is wrong."),
    N_ ("Type the PIN again with care: when no tries are left, the card blocks itself."),
    EONAY_ADVICE_ACTION_RETRY, count_tries, NULL },
  { eonay_card_error_quark, EONAY_CARD_ERROR_PIN_BLOCKED, "PIN-02",
    N_ ("The PIN is blocked."),
    N_ ("Unblock the card with its PUK, or through Kilit Çözme on the portal."),
    EONAY_ADVICE_ACTION_OPEN_MY_CARD },
  { eonay_card_error_quark, EONAY_CARD_ERROR_PIN_LENGTH, "PIN-03",
    N_ ("The PIN has a length or a character that this card does not take."),
    N_ ("Type it again; no try was spent."),
    EONAY_ADVICE_ACTION_RETRY },
  { eonay_card_error_quark, EONAY_CARD_ERROR_LAST_TRY, "PIN-04",
    N_ ("Another program has spent PIN tries: only one is left, and your PIN was not sent."),
    N_ ("Go on only if you are sure of your PIN: when it is wrong, the card blocks itself."),
    EONAY_ADVICE_ACTION_RETRY },
  { eonay_card_error_quark, EONAY_CARD_ERROR_NOT_AUTHORISED, "KART-14",
    N_ ("The card refused to sign."),
    N_ ("Take the card out, insert it again and retry."),
    EONAY_ADVICE_ACTION_RETRY },
  { eonay_card_error_quark, EONAY_CARD_ERROR_KEY_NOT_FOUND, "KART-15",
    N_ ("The certificate’s key is not on the card."),
    N_ ("Choose another certificate."),
    EONAY_ADVICE_ACTION_CHOOSE_CERTIFICATE },
  { eonay_card_error_quark, EONAY_CARD_ERROR_ALGORITHM, "KART-16",
    N_ ("The card cannot make the kind of signature that this certificate needs."),
    N_ ("Choose another certificate."),
    EONAY_ADVICE_ACTION_CHOOSE_CERTIFICATE },
  { eonay_card_error_quark, EONAY_CARD_ERROR_SIGNATURE_MISMATCH, "KART-17",
    N_ ("The card’s signature does not belong to the certificate; nothing was sent."),
    N_ ("Choose another certificate, or have the card checked by your provider."),
    EONAY_ADVICE_ACTION_CHOOSE_CERTIFICATE },
  { eonay_signature_error_quark, EONAY_SIGNATURE_ERROR_FAILED, "IMZA-01",
    N_ ("The signature could not be made."),
    N_ ("Get a new code from the web page."),
    EONAY_ADVICE_ACTION_NEW_CODE },
  { eonay_signature_error_quark, EONAY_SIGNATURE_ERROR_CERTIFICATE_MALFORMED, "IMZA-02",
    N_ ("The certificate cannot be read."),
    N_ ("Choose another certificate."),
    EONAY_ADVICE_ACTION_CHOOSE_CERTIFICATE },
  { eonay_signature_error_quark, EONAY_SIGNATURE_ERROR_CERTIFICATE_UNUSABLE, "IMZA-03",
    N_ ("This certificate cannot be used for signing."),
    N_ ("Choose another certificate."),
    EONAY_ADVICE_ACTION_CHOOSE_CERTIFICATE },
  { eonay_signature_error_quark, EONAY_SIGNATURE_ERROR_KEY_UNSUPPORTED, "IMZA-04",
    N_ ("The certificate’s key is of a kind that cannot be used."),
    N_ ("Choose another certificate."),
    EONAY_ADVICE_ACTION_CHOOSE_CERTIFICATE },
  { eonay_signature_error_quark, EONAY_SIGNATURE_ERROR_MALFORMED, "IMZA-05",
    N_ ("The signature cannot be read."),
    N_ ("Get a new code from the web page."),
    EONAY_ADVICE_ACTION_NEW_CODE },
  { eonay_signature_error_quark, EONAY_SIGNATURE_ERROR_INVALID, "IMZA-06",
    N_ ("The signature did not pass its own check; nothing was sent."),
    N_ ("Get a new code from the web page."),
    EONAY_ADVICE_ACTION_NEW_CODE },
  { eonay_signature_error_quark, EONAY_SIGNATURE_ERROR_CONTENT_MISMATCH, "IMZA-07",
    N_ ("The signature belongs to another text."),
    N_ ("Get a new code from the web page."),
    EONAY_ADVICE_ACTION_NEW_CODE },
  { eonay_signature_error_quark, EONAY_SIGNATURE_ERROR_UNTRUSTED, "IMZA-08",
    N_ ("The certificate’s provider is not a trusted one."),
    N_ ("Choose another certificate."),
    EONAY_ADVICE_ACTION_CHOOSE_CERTIFICATE },
  { eonay_portal_error_quark, EONAY_PORTAL_ERROR_FAILED, "PORTAL-01",
    N_ ("The portal could not finish the operation."),
    N_ ("Try again; if it goes on, call the portal’s helpdesk."),
    EONAY_ADVICE_ACTION_RETRY },
  { eonay_portal_error_quark, EONAY_PORTAL_ERROR_CODE_MALFORMED, "KOD-01",
    N_ ("The portal does not take this as a code."),
    N_ ("Copy the code from the web page again."),
    EONAY_ADVICE_ACTION_NEW_CODE },
  { eonay_portal_error_quark, EONAY_PORTAL_ERROR_CODE_UNKNOWN, "KOD-02",
    N_ ("The portal does not know this code."),
    N_ ("Compare it with the web page, or get a new code there."),
    EONAY_ADVICE_ACTION_NEW_CODE },
  { eonay_portal_error_quark, EONAY_PORTAL_ERROR_CODE_USED, "KOD-03",
    N_ ("This code has been used already."),
    N_ ("Get a new code from the web page."),
    EONAY_ADVICE_ACTION_NEW_CODE },
  { eonay_portal_error_quark, EONAY_PORTAL_ERROR_EXPIRED, "KOD-04",
    N_ ("The portal says that time is up."),
    N_ ("Get a new code from the web page."),
    EONAY_ADVICE_ACTION_NEW_CODE },
  { eonay_portal_error_quark, EONAY_PORTAL_ERROR_SIGNATURE_INVALID, "PORTAL-02",
    N_ ("The portal found the signature invalid."),
    N_ ("Get a new code from the web page; if it goes on, call the portal’s helpdesk."),
    EONAY_ADVICE_ACTION_NEW_CODE },
  { eonay_portal_error_quark, EONAY_PORTAL_ERROR_CERTIFICATE_NOT_ACCEPTED, "PORTAL-03",
    N_ ("The portal does not accept this certificate."),
    N_ ("Get a new code and sign with another certificate."),
    EONAY_ADVICE_ACTION_NEW_CODE },
  { eonay_portal_error_quark, EONAY_PORTAL_ERROR_CERTIFICATE_EXPIRED, "PORTAL-04",
    N_ ("The portal found that the certificate has expired."),
    N_ ("Renew the certificate, or get a new code and sign with another one."),
    EONAY_ADVICE_ACTION_NEW_CODE },
  { eonay_portal_error_quark, EONAY_PORTAL_ERROR_CERTIFICATE_REVOKED, "PORTAL-05",
    N_ ("The portal found that the certificate is revoked."),
    N_ ("Apply for a new certificate, or get a new code and sign with another one."),
    EONAY_ADVICE_ACTION_NEW_CODE },
  { eonay_portal_error_quark, EONAY_PORTAL_ERROR_CERTIFICATE_SUSPENDED, "PORTAL-06",
    N_ ("The portal found that the certificate is suspended."),
    N_ ("Lift the suspension on the portal, then get a new code."),
    EONAY_ADVICE_ACTION_NEW_CODE },
  { eonay_portal_error_quark, EONAY_PORTAL_ERROR_SIGNER_MISMATCH, "PORTAL-07",
    N_ ("The certificate is not that of the person whom the portal expects."),
    N_ ("Log in to the portal as yourself, get a new code and sign with your own card."),
    EONAY_ADVICE_ACTION_NEW_CODE },
  { eonay_portal_error_quark, EONAY_PORTAL_ERROR_SECURITY_WORD_WRONG, "PORTAL-08",
    N_ ("The security word is wrong."),
    N_ ("Type it again as you chose it in your application."),
    EONAY_ADVICE_ACTION_RETRY },
  { eonay_portal_error_quark, EONAY_PORTAL_ERROR_SMS_CODE_WRONG, "PORTAL-09",
    N_ ("The SMS code is wrong."),
    N_ ("Type the code of the last message again."),
    EONAY_ADVICE_ACTION_RETRY },
  { eonay_portal_error_quark, EONAY_PORTAL_ERROR_TOO_MANY_REQUESTS, "PORTAL-10",
    N_ ("The portal has had too many requests."),
    N_ ("Wait a little and try again."),
    EONAY_ADVICE_ACTION_RETRY, NULL, count_wait },
  { eonay_portal_error_quark, EONAY_PORTAL_ERROR_UNAVAILABLE, "PORTAL-11",
    N_ ("The portal is out of service at the moment."),
    N_ ("Try again in a few minutes."),
    EONAY_ADVICE_ACTION_RETRY, NULL, count_wait },
  { eonay_portal_error_quark, EONAY_PORTAL_ERROR_REFUSED, "PORTAL-12",
    N_ ("The portal refused the request."),
    N_ ("Get a new code from the web page; if it goes on, call the portal’s helpdesk."),
    EONAY_ADVICE_ACTION_NEW_CODE },
  { eonay_portal_error_quark, EONAY_PORTAL_ERROR_UNREACHABLE, "AG-01",
    N_ ("The portal cannot be reached."),
    N_ ("Check your internet connection and try again."),
    EONAY_ADVICE_ACTION_RETRY },
  { eonay_portal_error_quark, EONAY_PORTAL_ERROR_TIMED_OUT, "AG-02",
    N_ ("The portal did not answer in time."),
    N_ ("Check your internet connection and try again."),
    EONAY_ADVICE_ACTION_RETRY },
  { eonay_portal_error_quark, EONAY_PORTAL_ERROR_TLS, "AG-03",
    N_ ("The server’s identity could not be confirmed, so nothing was sent."),
    N_ ("Check the computer’s date and your network, then ask your administrator."),
    EONAY_ADVICE_ACTION_NONE },
  { eonay_portal_error_quark, EONAY_PORTAL_ERROR_INSECURE, "AG-04",
    N_ ("The portal’s address is not secure, so nothing was sent."),
    N_ ("Ask your administrator to correct the portal’s profile."),
    EONAY_ADVICE_ACTION_NONE },
  { eonay_portal_error_quark, EONAY_PORTAL_ERROR_TOO_LARGE, "PORTAL-13",
    N_ ("The portal sent more than it may."),
    N_ ("Call the portal’s helpdesk."),
    EONAY_ADVICE_ACTION_NONE },
  { eonay_portal_error_quark, EONAY_PORTAL_ERROR_MALFORMED, "PORTAL-14",
    N_ ("The portal’s answer cannot be understood."),
    N_ ("Try again; if it goes on, call the portal’s helpdesk."),
    EONAY_ADVICE_ACTION_RETRY },
  { eonay_portal_error_quark, EONAY_PORTAL_ERROR_DIGEST_MISMATCH, "PORTAL-15",
    N_ ("The document that came is not the one that the portal announced."),
    N_ ("Do not sign; get a new code from the web page."),
    EONAY_ADVICE_ACTION_NEW_CODE },
  { eonay_portal_error_quark, EONAY_PORTAL_ERROR_UNKNOWN_OPERATION, "PORTAL-16",
    N_ ("The portal asks for an operation that this version does not know."),
    N_ ("Update Eonay."),
    EONAY_ADVICE_ACTION_NONE },
  { eonay_portal_error_quark, EONAY_PORTAL_ERROR_UNSUPPORTED_FORMAT, "PORTAL-17",
    N_ ("The portal asks for a kind of signature that this version cannot make."),
    N_ ("Update Eonay."),
    EONAY_ADVICE_ACTION_NONE },
  { eonay_portal_error_quark, EONAY_PORTAL_ERROR_PROFILE, "PORTAL-18",
    N_ ("There is no such portal, or its profile is not right."),
    N_ ("Ask your administrator to install the portal’s profile."),
    EONAY_ADVICE_ACTION_NONE },
  { eonay_session_error_quark, EONAY_SESSION_ERROR_FAILED, "IMZA-09",
    N_ ("The signing could not be finished."),
    N_ ("Get a new code from the web page."),
    EONAY_ADVICE_ACTION_NEW_CODE },
  { eonay_session_error_quark, EONAY_SESSION_ERROR_CODE_LETTERS, "KOD-06",
    N_ ("The code has something else than digits in it."),
    N_ ("Copy only the 15 digits from the web page."),
    EONAY_ADVICE_ACTION_NEW_CODE },
  { eonay_session_error_quark, EONAY_SESSION_ERROR_CODE_LENGTH, "KOD-07",
    N_ ("The code does not have 15 digits."),
    N_ ("Compare it with the code on the web page."),
    EONAY_ADVICE_ACTION_NEW_CODE },
  { eonay_session_error_quark, EONAY_SESSION_ERROR_LINK_MALFORMED, "KOD-08",
    N_ ("This is not a link of a portal."),
    N_ ("Copy the code itself from the web page."),
    EONAY_ADVICE_ACTION_NEW_CODE },
  { eonay_session_error_quark, EONAY_SESSION_ERROR_WRONG_STATE, "IMZA-10",
    N_ ("This step cannot be taken now."),
    N_ ("Finish the step that is on the screen first."),
    EONAY_ADVICE_ACTION_NONE },
  { eonay_session_error_quark, EONAY_SESSION_ERROR_EXPIRED, "KOD-05",
    N_ ("Time is up."),
    N_ ("Get a new code from the web page."),
    EONAY_ADVICE_ACTION_NEW_CODE },
  { eonay_session_error_quark, EONAY_SESSION_ERROR_NOT_UTF8, "METIN-01",
    N_ ("The text cannot be shown as it is, so it cannot be signed."),
    N_ ("Call the portal’s helpdesk."),
    EONAY_ADVICE_ACTION_NONE },
  { eonay_session_error_quark, EONAY_SESSION_ERROR_HAS_NUL, "METIN-02",
    N_ ("The text has bytes in it that no one can see, so it cannot be signed."),
    N_ ("Call the portal’s helpdesk."),
    EONAY_ADVICE_ACTION_NONE },
  { eonay_session_error_quark, EONAY_SESSION_ERROR_NOT_REVIEWED, "METIN-03",
    N_ ("Not every document has been read to its end."),
    N_ ("Read the rest, then sign."),
    EONAY_ADVICE_ACTION_NONE },
  { eonay_session_error_quark, EONAY_SESSION_ERROR_NO_CERTIFICATE, "IMZA-11",
    N_ ("No certificate that can be used is chosen."),
    N_ ("Insert your card and choose a certificate."),
    EONAY_ADVICE_ACTION_CHOOSE_CERTIFICATE },
  { eonay_session_error_quark, EONAY_SESSION_ERROR_UNSUPPORTED_DOCUMENT, "METIN-04",
    N_ ("This version cannot show the document, so it cannot be signed."),
    N_ ("Update Eonay."),
    EONAY_ADVICE_ACTION_NONE },
  { g_io_error_quark, G_IO_ERROR_CANCELLED, "GENEL-02",
    N_ ("The operation was cancelled."),
    N_ ("Begin again when you like."),
    EONAY_ADVICE_ACTION_RETRY },
};

static const Row *
find_row (const GError *error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (error->domain == rows[i].domain () && error->code == rows[i].code)
      return &rows[i];

  return NULL;
}

static char *
describe (const GError *error, const char *text, char *(*count) (const GError *error))
{
  char *counted = count != NULL ? count (error) : NULL;

  return counted != NULL ? counted : g_strdup (_(text));
}

static const char *
tell_pin_try (const GError *error)
{
  switch (eonay_card_error_get_pin_try (error))
    {
    case EONAY_PIN_TRY_NOT_SENT:
      return _("No PIN try was spent.");
    case EONAY_PIN_TRY_ACCEPTED:
      return _("The PIN was right; no try was lost.");
    case EONAY_PIN_TRY_UNCERTAIN:
      return _("The card may have counted the PIN try; the tries left are shown before the next.");
    case EONAY_PIN_TRY_UNKNOWN:
    default:
      return NULL;
    }
}

static char *
describe_stranger (const GError *error)
{
  g_autofree char *cause = g_strdup (error->message);
  gsize length = strlen (cause);

  if (length > 0 && cause[length - 1] == '.')
    cause[length - 1] = '\0';

  return g_strdup_printf (_("Something unexpected went wrong: %s."), cause);
}

EonayAdvice *
eonay_advice_new (const GError *error)
{
  const char *pin_try;
  const Row *row;
  EonayAdvice *self;

  g_return_val_if_fail (error != NULL, NULL);

  row = find_row (error);
  self = g_new0 (EonayAdvice, 1);
  if (row != NULL)
    {
      self->code = row->short_code;
      self->what = describe (error, row->what, row->count_what);
      self->remedy = describe (error, row->remedy, row->count_remedy);
      self->action = row->action;
      pin_try = tell_pin_try (error);
      if (pin_try != NULL)
        {
          g_autofree char *alone = self->what;

          self->what = g_strjoin (" ", alone, pin_try, NULL);
        }
    }
  else
    {
      self->code = "GENEL-01";
      self->what = describe_stranger (error);
      self->remedy = g_strdup (_("If it goes on, read this code out to the helpdesk."));
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
