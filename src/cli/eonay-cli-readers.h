#pragma once

#include "card/reader/eonay-reader-list.h"
#include "practice/eonay-practice.h"

G_BEGIN_DECLS

/** EonayCliReaders: the readers that a command works with, and what keeps them alive. */
typedef struct _EonayCliReaders EonayCliReaders;

/**
 * Those that are plugged in, and what PKCS#11 modules know. As in the window, what the person's
 * settings say of cards holds for them (session/eonay-settings.h).
 *
 * @modules: (nullable): paths of modules besides those, and those that are found by themselves
 */
EonayCliReaders *eonay_cli_readers_new (const char *const *modules);

/**
 * eonay_cli_readers_new_practice:
 * @card: an #EonayPracticeCardKind
 *
 * Returns: the one reader of practice, with that card in; %NULL with why practice cannot start
 */
EonayCliReaders *eonay_cli_readers_new_practice (int card, GError **error);

/** Returns: (transfer none) */
EonayReaderList *eonay_cli_readers_get_list (EonayCliReaders *self);

/** Returns: (transfer none) (nullable): %NULL for real readers */
EonayPractice *eonay_cli_readers_get_practice (EonayCliReaders *self);

void eonay_cli_readers_free (EonayCliReaders *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayCliReaders, eonay_cli_readers_free)

G_END_DECLS
