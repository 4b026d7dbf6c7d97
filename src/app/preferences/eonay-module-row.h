#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * EonayModuleRow: a chosen PKCS#11 module, and whether it works: it is tried out of process as soon
 * as the row is created. Signal `removed`: the person removed it.
 */
#define EONAY_TYPE_MODULE_ROW (eonay_module_row_get_type ())
G_DECLARE_FINAL_TYPE (EonayModuleRow, eonay_module_row, EONAY, MODULE_ROW, AdwActionRow)

/** @path: absolute; @removable: %FALSE if an administrator has locked the modules */
GtkWidget *eonay_module_row_new (const char *path, gboolean removable);

const char *eonay_module_row_get_path (EonayModuleRow *self);

/** Returns: whether it is still being tried */
gboolean eonay_module_row_is_trying (EonayModuleRow *self);

G_END_DECLS
