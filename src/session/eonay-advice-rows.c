#include "session/eonay-advice-rows.h"

#include <glib/gi18n-lib.h>

#include "base/eonay-error.h"

static const EonayAdviceRow other_rows[] = {
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
  { eonay_session_error_quark, EONAY_SESSION_ERROR_WRONG_STATE, "IMZA-10",
    N_ ("This step cannot be taken now."), N_ ("Finish the step that is on the screen first."),
    EONAY_ADVICE_ACTION_NONE },
  { eonay_session_error_quark, EONAY_SESSION_ERROR_EXPIRED, "KOD-05", N_ ("Time is up."),
    N_ ("Get a new code from the web page."), EONAY_ADVICE_ACTION_NEW_CODE },
  { eonay_session_error_quark, EONAY_SESSION_ERROR_NOT_UTF8, "METIN-01",
    N_ ("The text cannot be shown as it is, so it cannot be signed."),
    N_ ("Call the portal’s helpdesk."), EONAY_ADVICE_ACTION_NONE },
  { eonay_session_error_quark, EONAY_SESSION_ERROR_HAS_NUL, "METIN-02",
    N_ ("The text has bytes in it that no one can see, so it cannot be signed."),
    N_ ("Call the portal’s helpdesk."), EONAY_ADVICE_ACTION_NONE },
  { eonay_session_error_quark, EONAY_SESSION_ERROR_NOT_REVIEWED, "METIN-03",
    N_ ("Not every document has been read to its end."), N_ ("Read the rest, then sign."),
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
    N_ ("The history is of a later version, so what you sign now will be missing from it."),
    N_ ("You can go on signing; update e-Onay."), EONAY_ADVICE_ACTION_NONE },
  { eonay_session_error_quark, EONAY_SESSION_ERROR_HISTORY_FOREIGN, "GECMIS-04",
    N_ ("The file given for the history is damaged or is no history, so what you sign now is not listed there."),
    N_ ("The file was left as it is; give another one."), EONAY_ADVICE_ACTION_NONE },
  { eonay_session_error_quark, EONAY_SESSION_ERROR_WEAK_PIN, "PIN-12",
    N_ ("The new PIN is easily guessed."),
    N_ ("Choose one that does not follow a pattern, and is no part of your birth date or national number."),
    EONAY_ADVICE_ACTION_RETRY },
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
  { NULL },
};

static const EonayAdviceRow *const tables[] = {
  eonay_advice_card_rows,
  eonay_advice_portal_rows,
  other_rows,
};

const EonayAdviceRow *
eonay_advice_row_find (const GError *error)
{
  for (guint i = 0; eonay_advice_row_get (i) != NULL; i++)
    {
      const EonayAdviceRow *row = eonay_advice_row_get (i);

      if (error->domain == row->domain () && error->code == row->code)
        return row;
    }

  return NULL;
}

const EonayAdviceRow *
eonay_advice_row_get (guint position)
{
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    for (const EonayAdviceRow *row = tables[i]; row->short_code != NULL; row++)
      if (position-- == 0)
        return row;

  return NULL;
}
