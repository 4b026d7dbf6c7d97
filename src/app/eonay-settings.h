#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * eonay_settings_new:
 *
 * Returns: (transfer full) (nullable): what is remembered between runs; %NULL where the schema is
 *   not installed: then nothing is remembered. While it lives, the card room follows its
 *   `experimental-akis` (see card/eonay-card-options.h)
 */
GSettings *eonay_settings_new (void);

/**
 * @settings: (nullable)
 *
 * Returns: (transfer full): paths of the PKCS#11 modules that the person has picked
 */
char **eonay_settings_dup_modules (GSettings *settings);

/** @settings: (nullable) */
void eonay_settings_restore_window (GSettings *settings, GtkWindow *window);

/** @settings: (nullable) */
void eonay_settings_save_window (GSettings *settings, GtkWindow *window);

G_END_DECLS
