#pragma once

#include <gio/gio.h>

#include "card/apdu/eonay-transport.h"
#include "practice/card/eonay-practice-card-kind.h"
#include "practice/pki/eonay-practice-pki.h"

G_BEGIN_DECLS

/**
 * EonayPracticeCard: a card in software, of ISO 7816-4/-8/-15 or another make (see
 * #EonayPracticeModel). Independent of the client: bytes in, bytes out. Keeps its state (tries,
 * PIN) over resets. Thread-safe.
 */
#define EONAY_TYPE_PRACTICE_CARD (eonay_practice_card_get_type ())
G_DECLARE_FINAL_TYPE (EonayPracticeCard, eonay_practice_card, EONAY, PRACTICE_CARD, GObject)

/** Slow (key generation): not to be called on the main thread. */
EonayPracticeCard *eonay_practice_card_new (EonayPracticeCardKind kind, EonayPracticePki *pki,
                                            GError **error);

/**
 * eonay_practice_card_issue_pins:
 * @pin, @puk: (nullable): ASCII digits; %NULL keeps the card's own
 *
 * Sets other values of the card's first PIN and its PUK, as an issuer would.
 *
 * Returns: %FALSE if one of them is not valid
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
 * Does not send a command, which on some cards costs a try.
 *
 * Returns: the tries left of a PIN or PUK; -1 if there is none of that reference
 */
int eonay_practice_card_get_tries (EonayPracticeCard *self, guint8 reference);

/** Powers it down and up: nothing is selected or verified any more. */
void eonay_practice_card_reset (EonayPracticeCard *self);

/** Returns: the number of resets, by which a reader detects those by another program */
guint eonay_practice_card_get_n_resets (EonayPracticeCard *self);

/** Returns: (transfer full): data and status word; for invalid commands, too */
GBytes *eonay_practice_card_process (EonayPracticeCard *self, const guint8 *command, gsize length);

G_END_DECLS
