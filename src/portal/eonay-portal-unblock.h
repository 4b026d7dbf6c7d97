#pragma once

#include "base/eonay-secret.h"
#include "portal/eonay-portal.h"

G_BEGIN_DECLS

/** Maximum length of a security word in bytes of UTF-8, and the digits of an SMS code. */
#define EONAY_SECURITY_WORD_MAX 64
#define EONAY_SMS_CODE_MIN 4
#define EONAY_SMS_CODE_MAX 10

/**
 * EonayPortalSms: the message that the portal sent to the person's phone.
 *
 * @to: the phone's number, masked, for people
 * @expires_at: CLOCK_BOOTTIME, microseconds, counted from when the request was sent
 * @attempts_left: how many codes may be tried, of this message and further ones together
 */
typedef struct {
  char *to;
  gint64 expires_at;
  guint attempts_left;
} EonayPortalSms;

void eonay_portal_sms_free (EonayPortalSms *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayPortalSms, eonay_portal_sms_free)

/** How an unblocking ended (protocol version 1, `outcome`). */
typedef enum {
  EONAY_UNBLOCK_OUTCOME_DONE,      /* the card accepted the PUK and the new PIN */
  EONAY_UNBLOCK_OUTCOME_FAILED,    /* the card is still blocked */
  EONAY_UNBLOCK_OUTCOME_CANCELLED, /* cancelled before the PUK was sent to the card */
  EONAY_UNBLOCK_OUTCOME_UNKNOWN,   /* the PUK was sent to the card, and no answer came */
} EonayUnblockOutcome;

#define EONAY_N_UNBLOCK_OUTCOMES (EONAY_UNBLOCK_OUTCOME_UNKNOWN + 1)

/**
 * The calls of an `unblock` transaction. Those with a secret use a connection of their own that is
 * closed afterwards, and their copies of it are cleansed.
 */

/**
 * eonay_portal_unblock_async:
 * @card_serial: of the card in the reader, as eonay_token_get_serial() gives it
 * @security_word: (transfer full): UTF-8, as typed
 *
 * Has the portal check the security word and send an SMS; another call has it send another one, and
 * earlier codes become invalid. As each call may cost a try and a message, it is retried (up to
 * four times, with back-off) only if nothing of it was sent.
 *
 * Fails with %EONAY_PORTAL_ERROR_SECURITY_WORD_WRONG (with tries left; also, without asking and
 * without tries left, for a word that no portal can take), %EONAY_PORTAL_ERROR_CARD_MISMATCH
 * (costs no try; also, without asking, for an empty serial number),
 * %EONAY_PORTAL_ERROR_ATTEMPTS_EXHAUSTED (the transaction is over) or any other #EonayPortalError:
 * after one that is neither eonay_portal_error_is_unsent() nor a refusal an SMS may be on its way.
 */
void eonay_portal_unblock_async (EonayPortal *self, EonayTransaction *transaction,
                                 const char *card_serial, EonaySecret *security_word,
                                 GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer user_data);

/** Returns: (transfer full) */
EonayPortalSms *eonay_portal_unblock_finish (EonayPortal *self, GAsyncResult *result,
                                             GError **error);

/**
 * eonay_portal_confirm_unblock_async:
 * @sms_code: (transfer full): 4 to 10 digits
 *
 * Exchanges the SMS code for the PUK. The idempotency key stays the same for the same code of the
 * same message, so that a retry after a lost answer costs no second try: the call retries by
 * itself, with back-off, until the transaction expires, and so may the person.
 *
 * Fails with %EONAY_PORTAL_ERROR_SMS_CODE_WRONG (with tries left; also, without asking and without
 * tries left, for what is not such a code), %EONAY_PORTAL_ERROR_SMS_CODE_EXPIRED (request another
 * message), %EONAY_PORTAL_ERROR_ATTEMPTS_EXHAUSTED (the transaction is over), or
 * %EONAY_PORTAL_ERROR_MALFORMED also for an answer without Cache-Control: no-store.
 */
void eonay_portal_confirm_unblock_async (EonayPortal *self, EonayTransaction *transaction,
                                         EonaySecret *sms_code, GCancellable *cancellable,
                                         GAsyncReadyCallback callback, gpointer user_data);

/** Returns: (transfer full): the PUK, 4 to 16 digits; not to be shown */
EonaySecret *eonay_portal_confirm_unblock_finish (EonayPortal *self, GAsyncResult *result,
                                                  GError **error);

/**
 * eonay_portal_report_unblock_async:
 *
 * Reports the outcome to the portal, with the back-off of eonay_portal_submit_async(), until 30 s
 * after the transaction expired.
 */
void eonay_portal_report_unblock_async (EonayPortal *self, EonayTransaction *transaction,
                                        EonayUnblockOutcome outcome, GCancellable *cancellable,
                                        GAsyncReadyCallback callback, gpointer user_data);
gboolean eonay_portal_report_unblock_finish (EonayPortal *self, GAsyncResult *result,
                                             GError **error);

G_END_DECLS
