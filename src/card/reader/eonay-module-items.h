#pragma once

#include "card/pkcs11/eonay-pkcs11-module.h"
#include "card/reader/eonay-reader-list.h"

G_BEGIN_DECLS

/**
 * EonayModuleItems: the readers that are in a list because of a module. For #EonayModuleDiscovery.
 */
typedef struct _EonayModuleItems EonayModuleItems;

/** @list: (transfer none): outlives this */
EonayModuleItems *eonay_module_items_new (EonayReaderList *list);

/** Leaves the list as it is. */
void eonay_module_items_free (EonayModuleItems *self);

/**
 * eonay_module_items_add: puts @reader into the list
 * @reader: (transfer full): of eonay_reader_new_lent()
 * @parent: (nullable): the PC/SC reader that its card is in
 */
void eonay_module_items_add (EonayModuleItems *self, EonayReader *reader, EonayReader *parent);

/** Returns: whether there is one */
gboolean eonay_module_items_has_some (EonayModuleItems *self);

/** A search begins: none has been seen. */
void eonay_module_items_forget (EonayModuleItems *self);

/**
 * eonay_module_items_keep: what the module shows again is seen
 *
 * Returns: whether the token in @slot is in use already, lent to a PC/SC reader or as one of these
 */
gboolean eonay_module_items_keep (EonayModuleItems *self, EonayPkcs11Module *module,
                                  const EonayPkcs11Slot *slot);

/** The search is over: takes what has not been seen from the list. */
void eonay_module_items_drop_unseen (EonayModuleItems *self);

/**
 * Cards that have left their PC/SC reader take what modules said of them along; and what another
 * reader shows by now is not shown twice.
 */
void eonay_module_items_drop_obsolete (EonayModuleItems *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayModuleItems, eonay_module_items_free)

G_END_DECLS
