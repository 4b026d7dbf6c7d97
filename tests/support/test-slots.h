#pragma once

#include "base/eonay-error.h"
#include "card/apdu/eonay-slot-source.h"
#include "test-transcripts.h"

G_BEGIN_DECLS

/** What goes wrong with one command of a TestSlots card. */
typedef enum {
  TEST_FAULT_NONE,
  TEST_FAULT_REMOVED, /* and so does every later one */
  TEST_FAULT_RESET,
  TEST_FAULT_STATUS,  /* `fault_status` instead of the answer; the card sees nothing */
  TEST_FAULT_EMPTY,   /* 9000 without the content */
  TEST_FAULT_GARBAGE, /* as long as the answer, but random, and 9000 */
  TEST_FAULT_HALF,    /* the first half of the content, and 9000 */
} TestFault;

/** What another program does with the card. */
typedef enum {
  TEST_OTHER_NOTHING,
  TEST_OTHER_TRANSACTION, /* ours cannot begin until it ends */
  TEST_OTHER_EXCLUSIVE,   /* we are refused */
} TestOther;

/**
 * TestSlots: a scripted slot source with slots that hold replayed cards, in which the n-th
 * command can go wrong, or hang until it is let go.
 */
#define TEST_TYPE_SLOTS (test_slots_get_type ())
G_DECLARE_FINAL_TYPE (TestSlots, test_slots, TEST, SLOTS, GObject)

TestSlots *test_slots_new (void);

void test_slots_add (TestSlots *self, const char *name);
void test_slots_remove (TestSlots *self, const char *name);

/** Puts a card in (@transcripts: NULL-ended names, joined) without or with telling. */
void test_slots_insert (TestSlots *self, const char *name, const char *const *transcripts,
                        const char *atr_hex);
void test_slots_insert_silently (TestSlots *self, const char *transcript, const char *atr_hex);

/** @card: (transfer full): any card that can be spoken to; tells of it */
void test_slots_insert_card (TestSlots *self, const char *name, EonayTransport *card);
void test_slots_pull (TestSlots *self, const char *name);

/** From now on, the @n-th command (1 = the next one) meets @fault. */
void test_slots_set_fault (TestSlots *self, guint n, TestFault fault, guint16 status);

/** What the reader and the cards put in from now on speak; T=1 and extended lengths at first. */
void test_slots_set_protocol (TestSlots *self, EonayProtocol protocol);
void test_slots_set_takes_extended (TestSlots *self, gboolean takes_extended);

/** Commands wait from now on (or from the @n-th on: 1 = the next one), until they are let go. */
void test_slots_hang (TestSlots *self);
void test_slots_hang_at (TestSlots *self, guint n);
void test_slots_let_go (TestSlots *self);

/** Tells nobody; a test that was asked for the release emits `card-released` itself. */
void test_slots_set_other (TestSlots *self, TestOther other);

/** Returns: how often a release was asked for since the last call */
guint test_slots_take_awaited (TestSlots *self);

/** The next @n transactions do not begin. */
void test_slots_fail_begins (TestSlots *self, guint n, EonayCardError error);

guint test_slots_get_commands (TestSlots *self);

/** How many bytes went either way. */
gsize test_slots_get_bytes (TestSlots *self);

/** How many commands carried a PIN, and how many resets there were. */
guint test_slots_get_verifies (TestSlots *self);
guint test_slots_get_resets (TestSlots *self);

/** Whether the card is in a transaction, and whether somebody is connected to it. */
gboolean test_slots_is_held (TestSlots *self);
gboolean test_slots_is_connected (TestSlots *self);

/** How many transports live. */
guint test_slots_get_transports (TestSlots *self);

G_END_DECLS
