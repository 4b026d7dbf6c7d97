#pragma once

#include "card/reader/eonay-module-discovery.h"
#include "practice/card/eonay-practice-card.h"

G_BEGIN_DECLS

#define TEST_PAIR_FIRST "First"
#define TEST_PAIR_SECOND "Second"

/**
 * test_pair_new:
 * @second: (nullable)
 * @delay: milliseconds that each command to the second card takes
 * @n_busy: how often the second card is in another program's hands when it is connected to
 *
 * Returns: (transfer full): two readers with their cards
 */
EonaySlotSource *test_pair_new (EonayPracticeCard *first, EonayPracticeCard *second, guint delay,
                                guint n_busy);

/** Returns: (transfer full): asks a module for @readers that never answers */
EonayModuleDiscovery *test_pair_hang_modules (EonayReaderList *readers);

G_END_DECLS
