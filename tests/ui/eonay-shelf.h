#pragma once

#include "card/apdu/eonay-slot-source.h"
#include "practice/card/eonay-practice-card.h"

G_BEGIN_DECLS

/**
 * EonayShelf: a slot source with as many readers as a test wants: practice cards, a card that
 * nobody knows, one that says nothing. Main thread, but for what the workers ask.
 */
#define EONAY_TYPE_SHELF (eonay_shelf_get_type ())
G_DECLARE_FINAL_TYPE (EonayShelf, eonay_shelf, EONAY, SHELF, GObject)

EonayShelf *eonay_shelf_new (void);

void eonay_shelf_set_service (EonayShelf *self, EonayServiceState state);
void eonay_shelf_add (EonayShelf *self, const char *name);
void eonay_shelf_remove (EonayShelf *self, const char *name);

/** @card: (nullable): %NULL for one that knows no command */
void eonay_shelf_insert (EonayShelf *self, const char *name, EonayPracticeCard *card);

/** One that does not answer. */
void eonay_shelf_insert_mute (EonayShelf *self, const char *name);

/** The mute one is @card from now on; nobody is told. */
void eonay_shelf_wake (EonayShelf *self, const char *name, EonayPracticeCard *card);
void eonay_shelf_pull (EonayShelf *self, const char *name);

G_END_DECLS
