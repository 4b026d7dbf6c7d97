#pragma once

#include "card/apdu/eonay-slot-source.h"
#include "practice/card/eonay-practice-card.h"

G_BEGIN_DECLS

/**
 * EonayPracticeSlots: an #EonaySlotSource with one practice reader, "Deneme okuyucusu", whose card
 * is inserted and removed by a call. A removal takes effect at once, also between two APDUs.
 */
#define EONAY_TYPE_PRACTICE_SLOTS (eonay_practice_slots_get_type ())
G_DECLARE_FINAL_TYPE (EonayPracticeSlots, eonay_practice_slots, EONAY, PRACTICE_SLOTS, GObject)

EonayPracticeSlots *eonay_practice_slots_new (void);

/** @card: (nullable): %NULL removes the present one. Main thread. */
void eonay_practice_slots_set_card (EonayPracticeSlots *self, EonayPracticeCard *card);

/** Returns: (transfer none) (nullable) */
EonayPracticeCard *eonay_practice_slots_get_card (EonayPracticeSlots *self);

/**
 * eonay_practice_slots_set_delay:
 * @milliseconds: duration of each command, as on a real card; 0 by default
 */
void eonay_practice_slots_set_delay (EonayPracticeSlots *self, guint milliseconds);

/** Removes the card immediately before its @n-th next command (1 = the next one); 0 for never. */
void eonay_practice_slots_pull_at (EonayPracticeSlots *self, guint n);

/**
 * Blocks the @n-th next command (1 = the next one), as a slow card would, until this is called
 * again; 0 for none.
 */
void eonay_practice_slots_hold_at (EonayPracticeSlots *self, guint n);

/** Returns: whether a command is blocked */
gboolean eonay_practice_slots_holds (EonayPracticeSlots *self);

/** Has the @n-th next signature (1 = the next one) be a wrong one, as of a failing card; 0 for none. */
void eonay_practice_slots_spoil_at (EonayPracticeSlots *self, guint n);

/** Returns: the number of commands with a PIN or PUK sent to cards since the start */
guint eonay_practice_slots_get_pins (EonayPracticeSlots *self);

/** The number of commands sent to cards, and of bytes in both directions, since the start. */
void eonay_practice_slots_get_traffic (EonayPracticeSlots *self, guint *commands, gsize *bytes);

G_END_DECLS
