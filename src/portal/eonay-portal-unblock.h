#pragma once

#include "base/eonay-secret.h"
#include "portal/eonay-portal.h"

G_BEGIN_DECLS

/** The longest security word in bytes of UTF-8, and how many digits an SMS code may have. */
#define EONAY_SECURITY_WORD_MAX 64
#define EONAY_SMS_CODE_MIN 4
#define EONAY_SMS_CODE_MAX 10

/**
 * EonayPortalSms: the message that the portal sent to the person's phone.
 *
 * @to: the phone's number, masked, for people
 * @expires_at: CLOCK_BOOTTIME, microseconds, counted from when the request left
 * @attempts_left: how many codes may be tried, in this message and further ones together
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
  EONAY_UNBLOCK_OUTCOME_DONE,      /* the card has taken the PUK and the new PIN */
  EONAY_UNBLOCK_OUTCOME_FAILED,    /* the card is as blocked as it was */
  EONAY_UNBLOCK_OUTCOME_CANCELLED, /* given up before the card was given the PUK */
  EONAY_UNBLOCK_OUTCOME_UNKNOWN,   /* the PUK went to the card, and its answer never came */
} EonayUnblockOutcome;

#define EONAY_N_UNBLOCK_OUTCOMES (EONAY_UNBLOCK_OUTCOME_UNKNOWN + 1)

/**
 * The calls of an `unblock` transaction. Those with a secret travel on a connection of their own
 * that is closed behind them, and what they hold of it is cleansed.
 */

/**
 * eonay_portal_unblock_async:
 * @card_serial: of the card in the reader, as eonay_token_get_serial() gives it
 * @security_word: (transfer full): UTF-8, as typed
 *
 * Has the portal check the security word and send an SMS; asking again has it send another one,
 * and the codes of those before do not serve any more. As each call may cost a try and a message,
 * it is repeated (up to four times, with back-off) only while nothing of it has left.
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
 * same message, so that a lost answer can be asked for again and costs no second try: the
 * call does so itself, with back-off, until the transaction expires, and so may the person.
 *
 * Fails with %EONAY_PORTAL_ERROR_SMS_CODE_WRONG (with tries left; also, without asking and
 * without tries left, for what is no such code), %EONAY_PORTAL_ERROR_SMS_CODE_EXPIRED (ask for
 * another message), %EONAY_PORTAL_ERROR_ATTEMPTS_EXHAUSTED (the transaction is over), or
 * %EONAY_PORTAL_ERROR_MALFORMED also for an answer that may be stored on its way.
 */
void eonay_portal_confirm_unblock_async (EonayPortal *self, EonayTransaction *transaction,
                                         EonaySecret *sms_code, GCancellable *cancellable,
                                         GAsyncReadyCallback callback, gpointer user_data);

/** Returns: (transfer full): the PUK, 4 to 16 digits; nobody is to see it */
EonaySecret *eonay_portal_confirm_unblock_finish (EonayPortal *self, GAsyncResult *result,
                                                  GError **error);

/**
 * eonay_portal_report_unblock_async:
 *
 * Tells the portal how it ended, with the back-off of eonay_portal_submit_async(), until 30 s
 * after the transaction expired.
 */
void eonay_portal_report_unblock_async (EonayPortal *self, EonayTransaction *transaction,
                                        EonayUnblockOutcome outcome, GCancellable *cancellable,
                                        GAsyncReadyCallback callback, gpointer user_data);
gboolean eonay_portal_report_unblock_finish (EonayPortal *self, GAsyncResult *result,
                                             GError **error);

G_END_DECLS
