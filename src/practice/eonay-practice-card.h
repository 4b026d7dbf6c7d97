#pragma once

#include <gio/gio.h>

#include "practice/eonay-practice-pki.h"

G_BEGIN_DECLS

/** The practice cards there are. Each holds what its name says, PIN 123456, PUK 12345678. */
typedef enum {
  EONAY_PRACTICE_CARD_VALID,       /* NES RSA-2048; expired NES RSA-2048 */
  EONAY_PRACTICE_CARD_EC,          /* NES P-384 */
  EONAY_PRACTICE_CARD_EXPIRED,     /* only an expired NES */
  EONAY_PRACTICE_CARD_BLOCKED,     /* NES RSA-2048, PIN blocked */
  EONAY_PRACTICE_CARD_TWO,         /* NES RSA-2048 and NES P-384, and a non-qualified one */
} EonayPracticeCardKind;

#define EONAY_PRACTICE_N_CARDS (EONAY_PRACTICE_CARD_TWO + 1)

/**
 * EonayPracticeCard: an ISO 7816-4/-8/-15 card in software. Knows nothing of the client: bytes
 * in, bytes out. Keeps its state (tries, PIN) as long as it lives, over resets. Thread-safe.
 */
#define EONAY_TYPE_PRACTICE_CARD (eonay_practice_card_get_type ())
G_DECLARE_FINAL_TYPE (EonayPracticeCard, eonay_practice_card, EONAY, PRACTICE_CARD, GObject)

/** Takes a moment (key generation): call it off the main thread. */
EonayPracticeCard *eonay_practice_card_new (EonayPracticeCardKind kind, EonayPracticePki *pki,
                                            GError **error);

EonayPracticeCardKind eonay_practice_card_get_kind (EonayPracticeCard *self);

/** Returns: (transfer none): the answer to reset */
GBytes *eonay_practice_card_get_atr (EonayPracticeCard *self);

/** Powers it down and up: nothing is selected or verified any more. */
void eonay_practice_card_reset (EonayPracticeCard *self);

/** Returns: how often it was reset, so that a reader notices what another program did */
guint eonay_practice_card_get_n_resets (EonayPracticeCard *self);

/** Returns: (transfer full): data and status word; a status word for any bytes whatever */
GBytes *eonay_practice_card_process (EonayPracticeCard *self, const guint8 *command, gsize length);

G_END_DECLS
