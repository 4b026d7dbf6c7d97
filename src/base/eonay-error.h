#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * Error domains, one per room. A cancelled call always fails with %G_IO_ERROR_CANCELLED.
 *
 * Messages in a #GError are in English, for the log; what people read comes from the table in
 * session/eonay-advice.h, which is keyed by domain and code.
 */

/**
 * EonayCardError: what can go wrong between the program and a card.
 *
 * @EONAY_CARD_ERROR_FAILED: anything that has no better code
 * @EONAY_CARD_ERROR_NO_SERVICE: the PC/SC service does not run
 * @EONAY_CARD_ERROR_ACCESS_DENIED: the PC/SC service refuses this user (polkit)
 * @EONAY_CARD_ERROR_SERVICE_MISMATCH: the service speaks another protocol version
 * @EONAY_CARD_ERROR_NO_READER: the reader is gone or there is none
 * @EONAY_CARD_ERROR_NO_CARD: no card in the reader
 * @EONAY_CARD_ERROR_REMOVED: the card was pulled during the operation
 * @EONAY_CARD_ERROR_RESET: another program reset the card during the operation
 * @EONAY_CARD_ERROR_BUSY: another program holds the card
 * @EONAY_CARD_ERROR_UNRESPONSIVE: the card does not answer, or its answer to reset is invalid
 * @EONAY_CARD_ERROR_UNSUPPORTED: no driver knows this card
 * @EONAY_CARD_ERROR_MALFORMED: the content of the card cannot be parsed
 * @EONAY_CARD_ERROR_PROTOCOL: an unexpected status word or answer length
 * @EONAY_CARD_ERROR_PIN_WRONG: wrong PIN; see eonay_card_error_get_tries_left()
 * @EONAY_CARD_ERROR_PIN_BLOCKED: the PIN is blocked
 * @EONAY_CARD_ERROR_PIN_LENGTH: the PIN has a length or character that this card cannot take;
 *   nothing was sent to the card
 * @EONAY_CARD_ERROR_NOT_AUTHORISED: the card refuses the operation (security status)
 * @EONAY_CARD_ERROR_KEY_NOT_FOUND: the certificate's private key is not on the card
 * @EONAY_CARD_ERROR_ALGORITHM: the card or driver does not support this signature scheme
 * @EONAY_CARD_ERROR_SIGNATURE_MISMATCH: the card's signature does not verify with the
 *   certificate's public key
 * @EONAY_CARD_ERROR_LAST_TRY: only one try is left, and the person was not shown that, or has not
 *   agreed to use it; the PIN was not sent
 * @EONAY_CARD_ERROR_PUK_WRONG: wrong PUK; see eonay_card_error_get_tries_left()
 * @EONAY_CARD_ERROR_PUK_BLOCKED: the PUK is blocked: this PIN cannot be unblocked any more
 * @EONAY_CARD_ERROR_PUK_LENGTH: the PUK has a length or character that this card cannot take;
 *   nothing was sent to the card
 * @EONAY_CARD_ERROR_NEW_PIN_REFUSED: the card does not accept this as a new PIN
 * @EONAY_CARD_ERROR_NEW_PINS_DIFFER: the two new PINs typed on the reader are not the same
 * @EONAY_CARD_ERROR_PIN_PAD_TIMED_OUT: nothing was typed on the reader's keypad in time
 * @EONAY_CARD_ERROR_PIN_PAD_REFUSED: the reader does not take a PIN on its keypad for this card
 * @EONAY_CARD_ERROR_MODULE_NEEDED: the certificates can be read, but only the vendor's PKCS#11
 *   module can use the keys, and none was found
 * @EONAY_CARD_ERROR_NO_PUK: it is not known how the card is unblocked with a PUK; nothing was sent
 * @EONAY_CARD_ERROR_MODULE_CRASHED: the PKCS#11 module ended its process
 * @EONAY_CARD_ERROR_MODULE_HUNG: the PKCS#11 module did not answer and was ended
 * @EONAY_CARD_ERROR_MODULE_FAILED: the file is not a PKCS#11 module, or it fails to start
 * @EONAY_CARD_ERROR_MODULE_NO_LIBRARY: the file is missing, unreadable, or not a library
 * @EONAY_CARD_ERROR_MODULE_OTHER_COMPUTER: a library for another kind of processor
 * @EONAY_CARD_ERROR_TRIES_NOT_SHOWN: the person was not shown the tries left as they are now; the
 *   PIN was not sent
 * @EONAY_CARD_ERROR_MODULE_NO_UNBLOCK: the PKCS#11 module is not known to support the PUK; nothing
 *   was sent to the card
 */
typedef enum {
  EONAY_CARD_ERROR_FAILED,
  EONAY_CARD_ERROR_NO_SERVICE,
  EONAY_CARD_ERROR_ACCESS_DENIED,
  EONAY_CARD_ERROR_SERVICE_MISMATCH,
  EONAY_CARD_ERROR_NO_READER,
  EONAY_CARD_ERROR_NO_CARD,
  EONAY_CARD_ERROR_REMOVED,
  EONAY_CARD_ERROR_RESET,
  EONAY_CARD_ERROR_BUSY,
  EONAY_CARD_ERROR_UNRESPONSIVE,
  EONAY_CARD_ERROR_UNSUPPORTED,
  EONAY_CARD_ERROR_MALFORMED,
  EONAY_CARD_ERROR_PROTOCOL,
  EONAY_CARD_ERROR_PIN_WRONG,
  EONAY_CARD_ERROR_PIN_BLOCKED,
  EONAY_CARD_ERROR_PIN_LENGTH,
  EONAY_CARD_ERROR_NOT_AUTHORISED,
  EONAY_CARD_ERROR_KEY_NOT_FOUND,
  EONAY_CARD_ERROR_ALGORITHM,
  EONAY_CARD_ERROR_SIGNATURE_MISMATCH,
  EONAY_CARD_ERROR_LAST_TRY,
  EONAY_CARD_ERROR_PUK_WRONG,
  EONAY_CARD_ERROR_PUK_BLOCKED,
  EONAY_CARD_ERROR_PUK_LENGTH,
  EONAY_CARD_ERROR_NEW_PIN_REFUSED,
  EONAY_CARD_ERROR_NEW_PINS_DIFFER,
  EONAY_CARD_ERROR_PIN_PAD_TIMED_OUT,
  EONAY_CARD_ERROR_PIN_PAD_REFUSED,
  EONAY_CARD_ERROR_MODULE_NEEDED,
  EONAY_CARD_ERROR_MODULE_CRASHED,
  EONAY_CARD_ERROR_MODULE_HUNG,
  EONAY_CARD_ERROR_MODULE_FAILED,
  EONAY_CARD_ERROR_MODULE_NO_LIBRARY,
  EONAY_CARD_ERROR_MODULE_OTHER_COMPUTER,
  EONAY_CARD_ERROR_NO_PUK,
  EONAY_CARD_ERROR_TRIES_NOT_SHOWN,
  EONAY_CARD_ERROR_MODULE_NO_UNBLOCK,
} EonayCardError;

#define EONAY_CARD_ERROR_LAST EONAY_CARD_ERROR_MODULE_NO_UNBLOCK
#define EONAY_CARD_ERROR (eonay_card_error_quark ())
GQuark eonay_card_error_quark (void);

/**
 * eonay_card_error_new_pin_wrong:
 * @tries_left: tries left as reported by the card; -1 if it does not report them
 *
 * Returns: (transfer full): an %EONAY_CARD_ERROR_PIN_WRONG, or %EONAY_CARD_ERROR_PIN_BLOCKED
 *   when @tries_left is 0.
 */
GError *eonay_card_error_new_pin_wrong (int tries_left);

/** Returns: (transfer full): as eonay_card_error_new_pin_wrong(), about a PUK */
GError *eonay_card_error_new_puk_wrong (int tries_left);

/**
 * Returns: (transfer full): an %EONAY_CARD_ERROR_PIN_LENGTH, or _PUK_LENGTH, for a PIN or PUK that
 *   was rejected before anything was sent: it carries %EONAY_PIN_TRY_NOT_SENT
 */
GError *eonay_card_error_new_length (gboolean is_puk);

/** Returns: (transfer full): an %EONAY_CARD_ERROR_LAST_TRY, which carries one try left */
GError *eonay_card_error_new_last_try (void);

/**
 * eonay_card_error_get_tries_left:
 *
 * Returns: the tries left that @error carries; -1 when it is unknown, or @error is of another
 *   domain.
 */
int eonay_card_error_get_tries_left (const GError *error);

/**
 * Returns: whether @error is about the PIN or PUK itself (wrong, blocked, of a wrong length, the
 *   last try): it needs no further statement about the tries
 */
gboolean eonay_card_error_is_about_pin (const GError *error);

/**
 * EonayPinTry: what happened to the PIN or PUK of a failed request, so that people know whether a
 * try was lost. Errors about the PIN itself (eonay_card_error_is_about_pin()) carry
 * %EONAY_PIN_TRY_UNKNOWN, except for a length or character that was rejected here
 * (eonay_card_error_new_length()).
 */
typedef enum {
  EONAY_PIN_TRY_UNKNOWN,   /* the error is not about a request with a PIN */
  EONAY_PIN_TRY_NOT_SENT,  /* the card has not seen the PIN */
  EONAY_PIN_TRY_ACCEPTED,  /* the card accepted the PIN: no try is lost, and no PIN was replaced */
  EONAY_PIN_TRY_UNCERTAIN, /* the PIN was sent and the card's answer never came; or it was replaced,
                              and that is not known for sure */
} EonayPinTry;

/** Attaches @pin_try to @error, of %EONAY_CARD_ERROR. */
void eonay_card_error_set_pin_try (GError *error, EonayPinTry pin_try);

/** Returns: what @error carries; %EONAY_PIN_TRY_UNKNOWN for another domain's */
EonayPinTry eonay_card_error_get_pin_try (const GError *error);

/** EonaySignatureError: certificates and signatures. */
typedef enum {
  EONAY_SIGNATURE_ERROR_FAILED,
  EONAY_SIGNATURE_ERROR_CERTIFICATE_MALFORMED, /* not a certificate, or not a supported one */
  EONAY_SIGNATURE_ERROR_CERTIFICATE_UNUSABLE,  /* eonay_certificate_get_problems() says why */
  EONAY_SIGNATURE_ERROR_KEY_UNSUPPORTED,  /* neither RSA ≥ 2048 bits, P-256, P-384 nor P-521 */
  EONAY_SIGNATURE_ERROR_MALFORMED,        /* not a CMS signature, or not a supported one */
  EONAY_SIGNATURE_ERROR_INVALID,          /* the signature does not verify */
  EONAY_SIGNATURE_ERROR_CONTENT_MISMATCH, /* the signature verifies, but over other content */
  EONAY_SIGNATURE_ERROR_UNTRUSTED,        /* no chain to a trust anchor */
  EONAY_SIGNATURE_ERROR_TOO_LARGE,        /* more content than can be signed */
  EONAY_SIGNATURE_ERROR_PDF_MALFORMED,    /* not a PDF */
  EONAY_SIGNATURE_ERROR_PDF_DAMAGED,      /* a PDF that readers would have to repair */
  EONAY_SIGNATURE_ERROR_PDF_ENCRYPTED,
  EONAY_SIGNATURE_ERROR_PDF_CERTIFIED,    /* its certification allows no further signature */
  EONAY_SIGNATURE_ERROR_PDF_LOCKED,       /* an earlier signature has locked the fields */
  EONAY_SIGNATURE_ERROR_PDF_FIELD,        /* no such empty signature field, or an unusable one */
  EONAY_SIGNATURE_ERROR_PDF_TOO_LARGE,    /* over EONAY_PDF_INSPECTION_MAX */
  EONAY_SIGNATURE_ERROR_PDF_TOO_COMPLEX,  /* over the inspector's limits */
  EONAY_SIGNATURE_ERROR_PDF_CHANGED,      /* signed, it would show other pages than were shown */
  EONAY_SIGNATURE_ERROR_PDF_AMBIGUOUS,    /* two programs find other pages in it */
  EONAY_SIGNATURE_ERROR_PDF_NO_INSPECTOR, /* that program does not start, or not in its sandbox */
  EONAY_SIGNATURE_ERROR_PDF_CRASHED,      /* it ended, or says what makes no sense */
  EONAY_SIGNATURE_ERROR_PDF_NOT_PREPARED, /* a signature cannot be put into it, and nothing changed */
  EONAY_SIGNATURE_ERROR_PDF_APPEARANCE,   /* what a signature is to show cannot be taken over */
} EonaySignatureError;

#define EONAY_SIGNATURE_ERROR_LAST EONAY_SIGNATURE_ERROR_PDF_APPEARANCE
#define EONAY_SIGNATURE_ERROR (eonay_signature_error_quark ())
GQuark eonay_signature_error_quark (void);

/** EonayPortalError: first the problems of protocol version 1, then errors found by the client. */
typedef enum {
  EONAY_PORTAL_ERROR_FAILED,
  EONAY_PORTAL_ERROR_CODE_MALFORMED,
  EONAY_PORTAL_ERROR_CODE_UNKNOWN,
  EONAY_PORTAL_ERROR_CODE_USED,
  EONAY_PORTAL_ERROR_EXPIRED,
  EONAY_PORTAL_ERROR_SIGNATURE_INVALID,
  EONAY_PORTAL_ERROR_CERTIFICATE_NOT_ACCEPTED,
  EONAY_PORTAL_ERROR_CERTIFICATE_EXPIRED,
  EONAY_PORTAL_ERROR_CERTIFICATE_REVOKED,
  EONAY_PORTAL_ERROR_CERTIFICATE_SUSPENDED,
  EONAY_PORTAL_ERROR_SIGNER_MISMATCH,
  EONAY_PORTAL_ERROR_SECURITY_WORD_WRONG,
  EONAY_PORTAL_ERROR_SMS_CODE_WRONG,
  EONAY_PORTAL_ERROR_SMS_CODE_EXPIRED,   /* too late, whether it is right or not */
  EONAY_PORTAL_ERROR_ATTEMPTS_EXHAUSTED, /* too many wrong words or codes: the portal ended the
                                            transaction */
  EONAY_PORTAL_ERROR_CARD_MISMATCH,      /* another card than the one that the portal names */
  EONAY_PORTAL_ERROR_TOO_MANY_REQUESTS,
  EONAY_PORTAL_ERROR_UNAVAILABLE, /* 503, and every other 5xx */
  EONAY_PORTAL_ERROR_REFUSED,     /* a 4xx without a known problem type */
  EONAY_PORTAL_ERROR_UNREACHABLE, /* name not found, no route, connection refused or closed */
  EONAY_PORTAL_ERROR_TIMED_OUT,
  EONAY_PORTAL_ERROR_TLS,                 /* the server's certificate is not valid for it */
  EONAY_PORTAL_ERROR_INSECURE,            /* a redirect to another origin, which was not followed */
  EONAY_PORTAL_ERROR_TOO_LARGE,           /* JSON over 64 KiB; document over its announced size */
  EONAY_PORTAL_ERROR_MALFORMED,           /* an answer that the protocol does not allow */
  EONAY_PORTAL_ERROR_DIGEST_MISMATCH,     /* the document is not the announced one */
  EONAY_PORTAL_ERROR_UNKNOWN_OPERATION,   /* newer than this program */
  EONAY_PORTAL_ERROR_UNSUPPORTED_FORMAT,  /* a signature format or hash that is not supported */
  EONAY_PORTAL_ERROR_PROFILE,             /* no profile, or a malformed one */
  EONAY_PORTAL_ERROR_PROFILE_UNREADABLE,  /* a file to be added as a profile: not JSON */
  EONAY_PORTAL_ERROR_PROFILE_INVALID,     /* such a file: a member is missing or invalid */
  EONAY_PORTAL_ERROR_PROFILE_CA,          /* its CA file is missing, or has no certificate */
  EONAY_PORTAL_ERROR_PROFILE_TAKEN,       /* its id is that of an administrator's profile */
  EONAY_PORTAL_ERROR_TEXT_TOO_LARGE,      /* a text over EONAY_DOCUMENT_TEXT_MAX */
  EONAY_PORTAL_ERROR_DOCUMENTS_TOO_MANY,  /* more documents than EONAY_DOCUMENTS_MAX */
  EONAY_PORTAL_ERROR_DOCUMENTS_TOO_LARGE, /* together over the sums of eonay-document-limits.h */
  EONAY_PORTAL_ERROR_PROXY,               /* a proxy that does not connect the program */
} EonayPortalError;

#define EONAY_PORTAL_ERROR_LAST EONAY_PORTAL_ERROR_PROXY
#define EONAY_PORTAL_ERROR (eonay_portal_error_quark ())
GQuark eonay_portal_error_quark (void);

/**
 * eonay_portal_error_new_retry_after:
 * @seconds: from the Retry-After header; -1 if there was none
 *
 * Returns: (transfer full): an error of @code that carries @seconds
 */
GError *eonay_portal_error_new_retry_after (EonayPortalError code, int seconds,
                                            const char *message);

/** Returns: seconds to wait before another try is welcome; -1 when @error does not say. */
int eonay_portal_error_get_retry_after (const GError *error);

/** Makes @error, of %EONAY_PORTAL_ERROR, carry the tries of a security word or SMS code. */
void eonay_portal_error_set_tries_left (GError *error, int tries_left);

/** Returns: the tries that the portal says are left; -1 when @error does not say */
int eonay_portal_error_get_tries_left (const GError *error);

/** Makes @error, of %EONAY_PORTAL_ERROR, say that nothing of the request has left. */
void eonay_portal_error_set_unsent (GError *error);

/** Returns: whether @error says that nothing of the request has left: it cannot have cost a try */
gboolean eonay_portal_error_is_unsent (const GError *error);

/** EonaySessionError: one signing as a whole. */
typedef enum {
  EONAY_SESSION_ERROR_FAILED,
  EONAY_SESSION_ERROR_CODE_LETTERS,         /* the code has something else than digits */
  EONAY_SESSION_ERROR_CODE_LENGTH,          /* the code has not 15 digits */
  EONAY_SESSION_ERROR_LINK_MALFORMED,       /* an eonay: link that is not one */
  EONAY_SESSION_ERROR_WRONG_STATE,          /* the call does not belong in this state */
  EONAY_SESSION_ERROR_EXPIRED,              /* the clock ran out */
  EONAY_SESSION_ERROR_NOT_UTF8,             /* the text to sign is not UTF-8 */
  EONAY_SESSION_ERROR_HAS_NUL,              /* the text to sign has NUL bytes */
  EONAY_SESSION_ERROR_NOT_REVIEWED,         /* a text has not been on screen */
  EONAY_SESSION_ERROR_NO_CERTIFICATE,       /* none chosen, or the chosen one cannot be used */
  EONAY_SESSION_ERROR_UNSUPPORTED_DOCUMENT, /* a media type that we cannot show */
  EONAY_SESSION_ERROR_UNBLOCK_CODE, /* the code is for Kilit Çözme, where one is to be signed for */
  EONAY_SESSION_ERROR_PORTAL_PUK,   /* the PUK that the portal gave is not the card's */
  EONAY_SESSION_ERROR_UNBLOCK_UNCERTAIN, /* the PUK went to the card, its answer never came */
  EONAY_SESSION_ERROR_HISTORY_UNUSABLE,  /* the list of signatures cannot be written or read */
  EONAY_SESSION_ERROR_HISTORY_DAMAGED,   /* it was damaged; it is kept, and a new one begun */
  EONAY_SESSION_ERROR_HISTORY_NEWER,     /* it is of a later version of the program */
  EONAY_SESSION_ERROR_WEAK_PIN,          /* the new PIN is easily guessed */
  EONAY_SESSION_ERROR_HISTORY_FOREIGN,   /* the file given for it is damaged, or another thing */
  EONAY_SESSION_ERROR_TEXT_LINE,         /* a line of the text over EONAY_DOCUMENT_LINE_MAX */
  EONAY_SESSION_ERROR_TEXT_RUN,         /* no place to break for more than EONAY_DOCUMENT_RUN_MAX */
  EONAY_SESSION_ERROR_TEXT_LINES,       /* more lines than EONAY_DOCUMENT_LINES_MAX */
  EONAY_SESSION_ERROR_TEXT_MARKS,       /* more marks in a row than EONAY_DOCUMENT_MARKS_MAX */
  EONAY_SESSION_ERROR_TEXT_NO_GLYPH,    /* no font has one of the text's characters */
  EONAY_SESSION_ERROR_TEXT_NOT_DRAWN,   /* a character has no place in view, or leaves it */
  EONAY_SESSION_ERROR_SCREEN_TOO_SMALL, /* a terminal without room for a row of text and a prompt */
  EONAY_SESSION_ERROR_OTHER_OPEN,      /* a code's transaction cannot begin while another is open */
  EONAY_SESSION_ERROR_PDF_UNSHOWN,     /* a terminal cannot show a PDF */
  EONAY_SESSION_ERROR_FILE_MISSING,    /* a file of the person's is not there */
  EONAY_SESSION_ERROR_FILE_UNREADABLE, /* it may not, or cannot, be read */
  EONAY_SESSION_ERROR_FILE_NOT_REGULAR, /* a folder, a pipe, a device */
  EONAY_SESSION_ERROR_FILE_EMPTY,
  EONAY_SESSION_ERROR_FILE_TOO_LARGE,   /* over EONAY_OWN_FILE_MAX */
  EONAY_SESSION_ERROR_FILES_TOO_LARGE,  /* over EONAY_OWN_FILES_SUM_MAX with those before it */
  EONAY_SESSION_ERROR_FILE_NOT_PDF,     /* PAdES is wanted for something else */
  EONAY_SESSION_ERROR_FILE_NO_SPACE,    /* the disk, or the person's share of it, is full */
  EONAY_SESSION_ERROR_FILE_READ_ONLY,   /* nothing may be written to the folder */
  EONAY_SESSION_ERROR_FILE_NOT_SAVED,   /* the folder is gone, or another failure */
  EONAY_SESSION_ERROR_FILE_NO_MARK,     /* there is no place for the visible mark */
  EONAY_SESSION_ERROR_FILE_NOT_BEGUN,   /* not signed, as another one of the batch was not saved */
  EONAY_SESSION_ERROR_FILE_PICTURE,     /* what is no picture for a mark, or too large a one */
  EONAY_SESSION_ERROR_FILE_MARK_FAILED, /* there is no font for the visible mark, or cairo fails */
  EONAY_SESSION_ERROR_FILE_NOT_SIGNED,  /* its signature was not made, or does not verify */
  EONAY_SESSION_ERROR_FILE_SIGNATURE, /* a signature to be added to is damaged, or of another file */
  EONAY_SESSION_ERROR_FILE_STOPPED,   /* not signed, as the card's work ended before it */
  EONAY_SESSION_ERROR_FILE_NO_FOLDER, /* its folder is not known, so nothing can be put beside it */
  EONAY_SESSION_ERROR_PAGES_NOT_SEEN, /* a page of a PDF has not been on screen */
  EONAY_SESSION_ERROR_WARNING_NOT_READ, /* what a PDF has that its pages do not show */
} EonaySessionError;

#define EONAY_SESSION_ERROR_LAST EONAY_SESSION_ERROR_WARNING_NOT_READ
#define EONAY_SESSION_ERROR (eonay_session_error_quark ())
GQuark eonay_session_error_quark (void);

/** EonayPageError: showing the pages of a PDF, which is drawn by a process of its own. */
typedef enum {
  EONAY_PAGE_ERROR_FAILED,    /* the process does not start, or cannot be confined */
  EONAY_PAGE_ERROR_CRASHED,   /* the process ended, or said what makes no sense */
  EONAY_PAGE_ERROR_HUNG,      /* the process did not answer in time, and was ended */
  EONAY_PAGE_ERROR_MALFORMED, /* not a PDF, or one whose pages cannot be found */
  EONAY_PAGE_ERROR_ENCRYPTED, /* a PDF with a password */
  EONAY_PAGE_ERROR_TOO_LARGE, /* over EONAY_PAGES_MAX or EONAY_PAGE_SIDE_MAX, or over the memory */
  EONAY_PAGE_ERROR_NOT_DRAWN, /* a page cannot be drawn */
} EonayPageError;

#define EONAY_PAGE_ERROR_LAST EONAY_PAGE_ERROR_NOT_DRAWN
#define EONAY_PAGE_ERROR (eonay_page_error_quark ())
GQuark eonay_page_error_quark (void);

G_END_DECLS
