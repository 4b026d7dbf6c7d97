#pragma once

#include <gio/gio.h>

#include "card/apdu/eonay-transport.h"
#include "practice/card/eonay-practice-card-kind.h"
#include "practice/pki/eonay-practice-pki.h"

G_BEGIN_DECLS

/**
 * EonayPracticeCard: a card in software, of ISO 7816-4/-8/-15 or another make (see
 * #EonayPracticeModel). Knows nothing of the client: bytes in, bytes out. Keeps its state (tries, PIN) as long as it lives, over resets. Thread-safe.
 */
#define EONAY_TYPE_PRACTICE_CARD (eonay_practice_card_get_type ())
G_DECLARE_FINAL_TYPE (EonayPracticeCard, eonay_practice_card, EONAY, PRACTICE_CARD, GObject)

/** Takes a moment (key generation): call it off the main thread. */
EonayPracticeCard *eonay_practice_card_new (EonayPracticeCardKind kind, EonayPracticePki *pki,
                                            GError **error);

/**
 * eonay_practice_card_issue_pins:
 * @pin, @puk: (nullable): ASCII digits; %NULL leaves the card's own
 *
 * Gives the card's first PIN and its PUK other values, as an issuer would.
 *
 * Returns: %FALSE if one of them cannot be one
 */
gboolean eonay_practice_card_issue_pins (EonayPracticeCard *self, const char *pin, const char *puk);

EonayPracticeCardKind eonay_practice_card_get_kind (EonayPracticeCard *self);

/** Returns: (transfer none): the answer to reset */
GBytes *eonay_practice_card_get_atr (EonayPracticeCard *self);

/** Returns: (transfer full): the serial number of its TokenInfo, in hexadecimal */
char *eonay_practice_card_get_serial (EonayPracticeCard *self);

/** Returns: the protocol that the answer to reset offers */
EonayProtocol eonay_practice_card_get_protocol (EonayPracticeCard *self);

/**
 * eonay_practice_card_get_tries:
 * @reference: as in VERIFY
 *
 * Looks without asking the card, which on some costs a try.
 *
 * Returns: the tries left of a PIN or PUK; -1 if there is none of that reference
 */
int eonay_practice_card_get_tries (EonayPracticeCard *self, guint8 reference);

/** Powers it down and up: nothing is selected or verified any more. */
void eonay_practice_card_reset (EonayPracticeCard *self);

/** Returns: how often it was reset, so that a reader notices what another program did */
guint eonay_practice_card_get_n_resets (EonayPracticeCard *self);

/** Returns: (transfer full): data and status word; a status word for any bytes whatever */
GBytes *eonay_practice_card_process (EonayPracticeCard *self, const guint8 *command, gsize length);

G_END_DECLS
