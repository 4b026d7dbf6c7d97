#pragma once

#include "card/apdu/eonay-slot-source.h"
#include "practice/card/eonay-practice-card.h"

G_BEGIN_DECLS

/**
 * EonayPracticeSlots: an #EonaySlotSource with one practice reader, "Deneme okuyucusu", whose
 * card is put in and pulled by a call. A pull takes effect at once, also between two APDUs.
 */
#define EONAY_TYPE_PRACTICE_SLOTS (eonay_practice_slots_get_type ())
G_DECLARE_FINAL_TYPE (EonayPracticeSlots, eonay_practice_slots, EONAY, PRACTICE_SLOTS, GObject)

EonayPracticeSlots *eonay_practice_slots_new (void);

/** @card: (nullable): %NULL pulls what is in. Main thread. */
void eonay_practice_slots_set_card (EonayPracticeSlots *self, EonayPracticeCard *card);

/** Returns: (transfer none) (nullable) */
EonayPracticeCard *eonay_practice_slots_get_card (EonayPracticeSlots *self);

/**
 * eonay_practice_slots_set_delay:
 * @milliseconds: how long each command takes, as on a real card; 0 by default
 */
void eonay_practice_slots_set_delay (EonayPracticeSlots *self, guint milliseconds);

/** Pulls the card right before its @n-th next command (1 = the next one); 0 for never. */
void eonay_practice_slots_pull_at (EonayPracticeSlots *self, guint n);

/**
 * Holds the @n-th next command (1 = the next one) back, as a card does that is slow, until this is
 * called again; 0 for none.
 */
void eonay_practice_slots_hold_at (EonayPracticeSlots *self, guint n);

/** Returns: whether a command is being held back */
gboolean eonay_practice_slots_holds (EonayPracticeSlots *self);

/** Returns: how many commands went to cards since the start that presented a PIN or PUK */
guint eonay_practice_slots_get_pins (EonayPracticeSlots *self);

/** How many commands went to cards, and bytes both ways, since the start. */
void eonay_practice_slots_get_traffic (EonayPracticeSlots *self, guint *commands, gsize *bytes);

G_END_DECLS
