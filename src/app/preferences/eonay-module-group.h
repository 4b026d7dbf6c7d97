#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * EonayModuleGroup: the PKCS#11 modules chosen by the person (`pkcs11-modules`). One is added only
 * after it was tried successfully.
 */
#define EONAY_TYPE_MODULE_GROUP (eonay_module_group_get_type ())
G_DECLARE_FINAL_TYPE (EonayModuleGroup, eonay_module_group, EONAY, MODULE_GROUP,
                      AdwPreferencesGroup)

/** To be called once, before it is shown. */
void eonay_module_group_set_settings (EonayModuleGroup *self, GSettings *settings);

/** Tries the module in @file, and adds it if it works; else shows why not. */
void eonay_module_group_add (EonayModuleGroup *self, GFile *file);

/** Returns: whether a module is being tried before it is added */
gboolean eonay_module_group_is_trying (EonayModuleGroup *self);

G_END_DECLS
