#pragma once

#include <gio/gio.h>

#include "card/pkcs11/eonay-pkcs11-module.h"

G_BEGIN_DECLS

/**
 * EonayModuleSearch: looks for tokens with every PKCS#11 module there is, one module after the
 * other, in the registry's order. Main thread; nothing here waits.
 */
#define EONAY_TYPE_MODULE_SEARCH (eonay_module_search_get_type ())
G_DECLARE_FINAL_TYPE (EonayModuleSearch, eonay_module_search, EONAY, MODULE_SEARCH, GObject)

/**
 * EonayModuleFoundFunc: called for each module
 * @slots: (transfer none) (nullable) (element-type EonayPkcs11Slot): may be taken from the array
 * @error: (nullable): why there are none
 *
 * Returns: whether a token of the module is in use; else its process is let go
 */
typedef gboolean (*EonayModuleFoundFunc) (EonayPkcs11Module *module, GPtrArray *slots,
                                          const GError *error, gpointer user_data);

/** @picked: (nullable): paths of modules that the person has picked */
EonayModuleSearch *eonay_module_search_new (const char *const *picked);

/** From the next run on. A module that is still among those that are found keeps its process. */
void eonay_module_search_set_picked (EonayModuleSearch *self, const char *const *picked);

/** Returns: whether the last run asked the module at @path */
gboolean eonay_module_search_has (EonayModuleSearch *self, const char *path);

/**
 * eonay_module_search_run_async: one at a time
 * @only_picked: whether to leave those alone that the person has not picked
 * @skip: (nullable): see eonay_pkcs11_module_list_async()
 * @found: called on the way, with @user_data
 */
void eonay_module_search_run_async (EonayModuleSearch *self, gboolean only_picked,
                                    const char *const *skip, EonayModuleFoundFunc found,
                                    GCancellable *cancellable, GAsyncReadyCallback callback,
                                    gpointer user_data);

gboolean eonay_module_search_run_finish (EonayModuleSearch *self, GAsyncResult *result,
                                         GError **error);

G_END_DECLS
