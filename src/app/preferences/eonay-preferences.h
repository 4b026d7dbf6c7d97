#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * EonayPreferences: the settings of a person; applied at once. Settings locked by an administrator
 * are shown, but cannot be changed.
 */
#define EONAY_TYPE_PREFERENCES (eonay_preferences_get_type ())
G_DECLARE_FINAL_TYPE (EonayPreferences, eonay_preferences, EONAY, PREFERENCES, AdwWindow)

/**
 * eonay_preferences_new:
 * @portals: (nullable): of #EonayPortalProfile: those that are installed. %NULL in practice, which has
 *   its own portal and cards: neither portals nor modules are shown, or can be changed
 */
GtkWidget *eonay_preferences_new (GtkWindow *parent, GSettings *settings, GListStore *portals);

/** Asks for the file of a portal's profile to add. */
void eonay_preferences_add_portal (EonayPreferences *self);

G_END_DECLS
