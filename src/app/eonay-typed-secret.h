#pragma once

#include <gtk/gtk.h>

#include "base/eonay-secret.h"

G_BEGIN_DECLS

/* What a person typed into a GtkPasswordEntry or an AdwPasswordEntryRow. */

/**
 * eonay_typed_secret_take:
 *
 * Wipes @entry, as eonay_typed_secret_wipe() does.
 *
 * Returns: (transfer full): what was in it
 */
EonaySecret *eonay_typed_secret_take (GtkEditable *entry);

/**
 * eonay_typed_secret_wipe:
 *
 * Leaves @entry empty, and nothing of what was in it in GTK's memory: deleting alone does not.
 */
void eonay_typed_secret_wipe (GtkEditable *entry);

G_END_DECLS
