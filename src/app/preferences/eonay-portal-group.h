#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * EonayPortalGroup: which portal to start with (`portal`), and the person's own portal profiles,
 * which can be added from a file and removed.
 */
#define EONAY_TYPE_PORTAL_GROUP (eonay_portal_group_get_type ())
G_DECLARE_FINAL_TYPE (EonayPortalGroup, eonay_portal_group, EONAY, PORTAL_GROUP,
                      AdwPreferencesGroup)

/**
 * eonay_portal_group_set_settings: once, before it is shown
 * @portals: of #EonayPortalProfile: those that are installed; read again when that changes here
 */
void eonay_portal_group_set_settings (EonayPortalGroup *self, GSettings *settings,
                                      GListStore *portals);

/** Asks for the file of a profile to add. */
void eonay_portal_group_ask (EonayPortalGroup *self);

/** Adds the profile in @file; else shows why not. */
void eonay_portal_group_add (EonayPortalGroup *self, GFile *file);

G_END_DECLS
