#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * EonayModuleGroup: the PKCS#11 modules that the person has picked (`pkcs11-modules`). One is added
 * only after it has been tried, and shown to work.
 */
#define EONAY_TYPE_MODULE_GROUP (eonay_module_group_get_type ())
G_DECLARE_FINAL_TYPE (EonayModuleGroup, eonay_module_group, EONAY, MODULE_GROUP,
                      AdwPreferencesGroup)

/** Once, before it is shown. */
void eonay_module_group_set_settings (EonayModuleGroup *self, GSettings *settings);

/** Tries the module in @file, and picks it if it works; else says why not. */
void eonay_module_group_add (EonayModuleGroup *self, GFile *file);

/** Returns: whether a module is being tried before it is picked */
gboolean eonay_module_group_is_trying (EonayModuleGroup *self);

G_END_DECLS
