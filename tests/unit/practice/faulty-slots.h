#pragma once

#include "card/apdu/eonay-slot-source.h"
#include "practice/card/eonay-practice-card.h"

G_BEGIN_DECLS

/** What goes wrong with a command. */
typedef enum {
  FAULT_NONE,
  FAULT_REMOVED, /* the card is pulled before the command reaches it */
  FAULT_PULLED,  /* the card has carried the command out, and is pulled before it answers */
  FAULT_RESET,   /* another program has reset the card before the command reaches it */
  FAULT_SHORT,   /* the answer is one byte long */
  FAULT_CUT,     /* the answer lacks half of its data */
  FAULT_LONG,    /* the answer has more data than it should */
  FAULT_EMPTY,   /* the answer is only 9000 */
  FAULT_GARBAGE, /* the answer is 9000 behind random bytes */
  FAULT_STATUS,  /* the card refuses the command with a status word, and does nothing */
  FAULT_ANSWER,  /* the card carries the command out, and answers with that status word */
  FAULT_SILENCE, /* the card has not carried the command out, and does not answer for long */
  FAULT_LATE,    /* the card has carried the command out, and does not answer for long */
} Fault;

/**
 * FaultySlots: one slot with a practice card in which the n-th command meets a fault, below all
 * code that is tested. Counts what really reached the card.
 */
#define FAULTY_TYPE_SLOTS (faulty_slots_get_type ())
G_DECLARE_FINAL_TYPE (FaultySlots, faulty_slots, FAULTY, SLOTS, GObject)

FaultySlots *faulty_slots_new (void);

/** Tells of the slot as gone and come again. */
void faulty_slots_plug_again (FaultySlots *self);

/** @card: (nullable): %NULL pulls what is in */
void faulty_slots_set_card (FaultySlots *self, EonayPracticeCard *card);

/** From now on, the @n-th command (1 = the next one) meets @fault; 0 for none. */
void faulty_slots_arm (FaultySlots *self, guint n, Fault fault, guint16 status);

/** Ends a silence. */
void faulty_slots_let_go (FaultySlots *self);

/** Whether the card was pulled by a fault, and nobody has heard of it yet. */
gboolean faulty_slots_was_pulled (FaultySlots *self);

/** How many commands there were since the last faulty_slots_arm(). */
guint faulty_slots_get_commands (FaultySlots *self);

/** How many of them had a PIN or PUK in them, and how many of those the card has judged. */
guint faulty_slots_get_pins_sent (FaultySlots *self);
guint faulty_slots_get_pins_judged (FaultySlots *self);

G_END_DECLS
