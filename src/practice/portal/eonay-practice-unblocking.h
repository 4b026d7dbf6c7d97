#pragma once

#include <json-glib/json-glib.h>

#include "practice/portal/eonay-practice-fault.h"

G_BEGIN_DECLS

/** How many security words, SMS codes and messages a transaction has. */
#define EONAY_PRACTICE_WORDS 3
#define EONAY_PRACTICE_SMS_CODES 3
#define EONAY_PRACTICE_MESSAGES 5

/** The security word of whoever practises. */
#define EONAY_PRACTICE_SECURITY_WORD "GİZLİSÖZ"

/** The PUK of the practice cards. */
#define EONAY_PRACTICE_PUK "12345678"

/** How long an SMS code serves, in seconds. */
#define EONAY_PRACTICE_SMS_VALIDITY 180

/**
 * EonayPracticeUnblockWish: what an `unblock` transaction is about; every member may be left out.
 *
 * @card_serial: (nullable): %NULL for whichever card comes
 * @puk: (nullable): of the card, 4 to 16 digits
 * @security_word: (nullable): at most 64 bytes
 * @sms_validity: seconds; 0 for the usual ones
 */
typedef struct {
  const char *card_serial;
  const char *puk;
  const char *security_word;
  gint64 sms_validity;
} EonayPracticeUnblockWish;

/**
 * EonayPracticeUnblocking: what the portal keeps of one `unblock` transaction.
 *
 * @sms_code: (nullable): of the last message
 * @sms_expires_at: CLOCK_BOOTTIME, microseconds
 * @puk_given: whether the PUK was given out
 * @failed: whether too many wrong words or codes have ended it, or the outcome is a failure
 * @outcome: (nullable): the word that the client told
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

/** Returns: (transfer full) (nullable): %NULL if the protocol does not allow what @wish says */
EonayPracticeUnblocking *eonay_practice_unblocking_new (const EonayPracticeUnblockWish *wish);
void eonay_practice_unblocking_free (EonayPracticeUnblocking *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayPracticeUnblocking, eonay_practice_unblocking_free)

/**
 * eonay_practice_unblocking_ask:
 * @now: CLOCK_BOOTTIME, microseconds
 *
 * Judges card and word, and makes up a message for the right ones.
 *
 * Returns: (nullable): the word of the problem
 */
const char *eonay_practice_unblocking_ask (EonayPracticeUnblocking *self, const char *card_serial,
                                           const char *security_word, EonayPracticeFault fault,
                                           gint64 now);

/**
 * eonay_practice_unblocking_confirm:
 *
 * Judges an SMS code; the PUK is given out for a right one. Only after a message.
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
