#pragma once

#include "card/reader/eonay-reader-list.h"
#include "practice/eonay-practice.h"

G_BEGIN_DECLS

/** EonayCliReaders: the readers of a command, with the objects that keep them alive. */
typedef struct _EonayCliReaders EonayCliReaders;

/**
 * The connected readers, and those of PKCS#11 modules. As in the window, the person's card settings
 * apply (session/eonay-settings.h).
 *
 * @modules: (nullable): paths of modules in addition to those of the settings, and those found
 *   automatically
 */
EonayCliReaders *eonay_cli_readers_new (const char *const *modules);

/**
 * eonay_cli_readers_new_practice:
 * @card: an #EonayPracticeCardKind
 *
 * Returns: the practice reader with that card; %NULL with the reason if practice cannot start
 */
EonayCliReaders *eonay_cli_readers_new_practice (int card, GError **error);

/** Returns: (transfer none) */
EonayReaderList *eonay_cli_readers_get_list (EonayCliReaders *self);

/** Returns: (transfer none) (nullable): %NULL for real readers */
EonayPractice *eonay_cli_readers_get_practice (EonayCliReaders *self);

void eonay_cli_readers_free (EonayCliReaders *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayCliReaders, eonay_cli_readers_free)

G_END_DECLS
