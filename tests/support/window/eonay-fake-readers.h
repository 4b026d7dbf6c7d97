#pragma once

#include "card/apdu/eonay-slot-source.h"
#include "practice/card/eonay-practice-card.h"

G_BEGIN_DECLS

/**
 * EonayFakeReaders: a slot source with as many readers as a test wants: practice cards, a card that
 * nobody knows, one that says nothing. Main thread, but for what the workers ask.
 */
#define EONAY_TYPE_FAKE_READERS (eonay_fake_readers_get_type ())
G_DECLARE_FINAL_TYPE (EonayFakeReaders, eonay_fake_readers, EONAY, FAKE_READERS, GObject)

EonayFakeReaders *eonay_fake_readers_new (void);

void eonay_fake_readers_set_service (EonayFakeReaders *self, EonayServiceState state);
void eonay_fake_readers_add (EonayFakeReaders *self, const char *name);
void eonay_fake_readers_remove (EonayFakeReaders *self, const char *name);

/** @card: (nullable): %NULL for one that knows no command */
void eonay_fake_readers_insert (EonayFakeReaders *self, const char *name, EonayPracticeCard *card);

/** One that does not answer. */
void eonay_fake_readers_insert_mute (EonayFakeReaders *self, const char *name);

/** The mute one is @card from now on; nobody is told. */
void eonay_fake_readers_wake (EonayFakeReaders *self, const char *name, EonayPracticeCard *card);
void eonay_fake_readers_pull (EonayFakeReaders *self, const char *name);

G_END_DECLS
