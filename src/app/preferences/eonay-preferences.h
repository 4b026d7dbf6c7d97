#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * EonayPreferences: the settings of a person; applied at once. Settings locked by an administrator
 * are shown, but cannot be changed.
 */
#define EONAY_TYPE_PREFERENCES (eonay_preferences_get_type ())
G_DECLARE_FINAL_TYPE (EonayPreferences, eonay_preferences, EONAY, PREFERENCES, AdwWindow)

/** @portals: of #EonayPortalProfile: those that are installed */
GtkWidget *eonay_preferences_new (GtkWindow *parent, GSettings *settings, GListStore *portals);

G_END_DECLS
