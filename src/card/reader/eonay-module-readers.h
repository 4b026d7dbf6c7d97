#pragma once

#include "card/reader/eonay-reader-list.h"

G_BEGIN_DECLS

/**
 * EonayModuleReaders: brings what PKCS#11 modules know into a list of readers. A card that a
 * PC/SC reader holds and that the program cannot use itself gets its token from a module; tokens
 * that are in no PC/SC reader become readers of their own. What is served natively is left alone.
 *
 * Modules are asked once the PC/SC readers have been read, and again when another card comes that
 * the program cannot use itself; never for the time's sake. While every card is served natively
 * only those are asked that the person has picked. Main thread.
 */
#define EONAY_TYPE_MODULE_READERS (eonay_module_readers_get_type ())
G_DECLARE_FINAL_TYPE (EonayModuleReaders, eonay_module_readers, EONAY, MODULE_READERS, GObject)

/** @list: (transfer none): owns this; @picked: (nullable): paths that the person has picked */
EonayModuleReaders *eonay_module_readers_new (EonayReaderList *list, const char *const *picked);

/**
 * eonay_module_readers_set_picked: instead of those before. All modules are asked again; what one
 *   shows that is gone leaves the list, and its cards are read again
 */
void eonay_module_readers_set_picked (EonayModuleReaders *self, const char *const *picked);

/** The person's options have changed, and with them which cards want a module. */
void eonay_module_readers_reconsider (EonayModuleReaders *self);

/** Returns: whether modules are being asked, or will be as soon as the readers have been read */
gboolean eonay_module_readers_is_searching (EonayModuleReaders *self);

/** Ends the searching; @self touches the list no more. */
void eonay_module_readers_stop (EonayModuleReaders *self);

G_END_DECLS
