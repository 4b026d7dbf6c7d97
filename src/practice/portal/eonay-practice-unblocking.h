#pragma once

#include <json-glib/json-glib.h>

#include "practice/portal/eonay-practice-fault.h"

G_BEGIN_DECLS

/** Maximum number of security words, SMS codes and messages of a transaction. */
#define EONAY_PRACTICE_WORDS 3
#define EONAY_PRACTICE_SMS_CODES 3
#define EONAY_PRACTICE_MESSAGES 5

/** The security word of the practice signer. */
#define EONAY_PRACTICE_SECURITY_WORD "GİZLİSÖZ"

/** The PUK of the practice cards. */
#define EONAY_PRACTICE_PUK "12345678"

/** Validity of an SMS code, in seconds. */
#define EONAY_PRACTICE_SMS_VALIDITY 180

/**
 * EonayPracticeUnblockWish: parameters of an `unblock` transaction; every member may be omitted.
 *
 * @card_serial: (nullable): %NULL for any card
 * @puk: (nullable): of the card, 4 to 16 digits
 * @security_word: (nullable): at most 64 bytes
 * @sms_validity: seconds; 0 for the default
 */
typedef struct {
  const char *card_serial;
  const char *puk;
  const char *security_word;
  gint64 sms_validity;
} EonayPracticeUnblockWish;

/**
 * EonayPracticeUnblocking: the portal's state of one `unblock` transaction.
 *
 * @sms_code: (nullable): of the last message
 * @sms_expires_at: CLOCK_BOOTTIME, microseconds
 * @puk_given: whether the PUK was sent
 * @failed: whether too many wrong words or codes ended it, or the outcome is a failure
 * @outcome: (nullable): the word that the client reported
 */
typedef struct {
  char *card_serial;
  char *puk;
  char *security_word;
  guint sms_validity;
  guint words_left;
  guint sms_codes_left;
  guint messages;
  char *sms_code;
  gint64 sms_expires_at;
  gboolean puk_given;
  gboolean failed;
  char *outcome;
} EonayPracticeUnblocking;

/** Returns: (transfer full) (nullable): %NULL if the protocol does not allow @wish */
EonayPracticeUnblocking *eonay_practice_unblocking_new (const EonayPracticeUnblockWish *wish);
void eonay_practice_unblocking_free (EonayPracticeUnblocking *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayPracticeUnblocking, eonay_practice_unblocking_free)

/**
 * eonay_practice_unblocking_ask:
 * @now: CLOCK_BOOTTIME, microseconds
 *
 * Checks card and word, and creates a message if they are right.
 *
 * Returns: (nullable): the word of the problem
 */
const char *eonay_practice_unblocking_ask (EonayPracticeUnblocking *self, const char *card_serial,
                                           const char *security_word, EonayPracticeFault fault,
                                           gint64 now);

/**
 * eonay_practice_unblocking_confirm:
 *
 * Checks an SMS code; the PUK is sent for a right one. Only after a message.
 *
 * Returns: (nullable): the word of the problem
 */
const char *eonay_practice_unblocking_confirm (EonayPracticeUnblocking *self, const char *sms_code,
                                               gint64 now);

/** Returns: whether @text has @min to @max digits and nothing else; %FALSE for %NULL */
gboolean eonay_practice_unblocking_is_digits (const char *text, gsize min, gsize max);

/** Adds the object `unblock` of `GET /practice/transactions/{id}`. */
void eonay_practice_unblocking_describe (EonayPracticeUnblocking *self, JsonBuilder *builder);

G_END_DECLS
