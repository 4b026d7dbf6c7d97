#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * EonayPortalProfile: address and properties of a portal. Immutable. Read from JSON files:
 *
 *     { "id": "kurum", "name": "Kurum Portalı", "base_url": "https://imza.kurum.example/api/",
 *       "ca_file": "kurum-ca.pem", "help_url": "https://…", "phone": "+90 …" }
 *
 * `id` (letters, digits, "-", "_", at most 32), `name` and `base_url` are required. `ca_file` is
 * relative to the profile's folder; when given, only that CA is trusted for this portal.
 */
#define EONAY_TYPE_PORTAL_PROFILE (eonay_portal_profile_get_type ())
G_DECLARE_FINAL_TYPE (EonayPortalProfile, eonay_portal_profile, EONAY, PORTAL_PROFILE, GObject)

/**
 * eonay_portal_profile_new:
 * @ca_file: (nullable): absolute path of a PEM file
 * @practice: a practice portal on a loopback address: its address may be http:, and signatures for
 *   it have no value
 */
EonayPortalProfile *eonay_portal_profile_new (const char *id, const char *name,
                                              const char *base_url, const char *ca_file,
                                              gboolean practice, GError **error);

/** Returns: %NULL with %EONAY_PORTAL_ERROR_PROFILE and the reason: a file of at most 64 KiB is read */
EonayPortalProfile *eonay_portal_profile_load (GFile *file, GError **error);

/**
 * eonay_portal_profile_list:
 * @with_own: whether to include the user's own
 *
 * Reads `*.json` from the package (EONAY_DATA_DIR/portals.d), the administrator
 * (EONAY_CONFIG_DIR/portals.d), whose profile replaces the package's of the same id, and the user
 * (XDG_CONFIG_HOME/eonay/portals.d), whose profiles are only added: one with the id of an installed
 * one is left out. In a folder the first file of an id counts, by name. A broken file, and one with
 * the id of another in its folder, is reported: once per program run, unless the problem changes.
 *
 * Returns: (transfer full): a model of #EonayPortalProfile, sorted by name
 */
GListModel *eonay_portal_profile_list (gboolean with_own);

/**
 * eonay_portal_profile_set_report:
 * @function: (nullable): gets "/path/of.json: reason", in technical English, on the thread that
 *   reads the folders; %NULL for the log, which is the default
 */
void eonay_portal_profile_set_report (void (*function) (const char *what));

/**
 * Returns: (transfer full): the user's own profiles that are left out, as their ids are installed
 *   ones
 */
GListModel *eonay_portal_profile_list_left_out (void);

/** Reads them again: @list then has the profiles of eonay_portal_profile_list(), in its order. */
void eonay_portal_profile_reload (GListStore *list, gboolean with_own);

/** Returns: (transfer none) (nullable): the profile of @profiles with @id */
EonayPortalProfile *eonay_portal_profile_find (GListModel *profiles, const char *id);

const char *eonay_portal_profile_get_id (EonayPortalProfile *self);
const char *eonay_portal_profile_get_name (EonayPortalProfile *self);

/** Returns: (transfer none): ends in "/" */
const char *eonay_portal_profile_get_base_url (EonayPortalProfile *self);

/** Returns: (transfer none) (nullable) */
const char *eonay_portal_profile_get_ca_file (EonayPortalProfile *self);

/** Returns: (transfer none) (nullable) */
const char *eonay_portal_profile_get_help_url (EonayPortalProfile *self);

/** Returns: (transfer none) (nullable) */
const char *eonay_portal_profile_get_phone (EonayPortalProfile *self);

/** Returns: (transfer none) (nullable): the file that it was read from */
GFile *eonay_portal_profile_get_file (EonayPortalProfile *self);

gboolean eonay_portal_profile_is_practice (EonayPortalProfile *self);

G_END_DECLS
