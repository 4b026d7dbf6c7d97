#pragma once

#include "portal/eonay-portal-profile.h"

G_BEGIN_DECLS

/**
 * eonay_portal_profile_import: adds a profile to the user's own (XDG_CONFIG_HOME/eonay/portals.d,
 *   for the user alone), together with its `ca_file`. Only known members are copied. A profile of
 *   the user's with the same id is replaced
 *
 * Returns: (transfer full): the profile, as installed; else %NULL with
 *   %EONAY_PORTAL_ERROR_PROFILE_UNREADABLE, _PROFILE_INVALID, _PROFILE_CA, _PROFILE_TAKEN (an
 *   administrator's profile has that id, and must not be hidden), or a #GIOErrorEnum of writing
 */
EonayPortalProfile *eonay_portal_profile_import (GFile *file, GError **error);

/**
 * Returns: whether @profile is one of the user's own, which eonay_portal_profile_remove() accepts
 */
gboolean eonay_portal_profile_is_own (EonayPortalProfile *profile);

/** Removes one of the user's own profiles, with its CA. */
gboolean eonay_portal_profile_remove (EonayPortalProfile *profile, GError **error);

G_END_DECLS
