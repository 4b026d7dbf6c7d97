#pragma once

#include "card/reader/eonay-reader-list.h"

G_BEGIN_DECLS

/**
 * Settings of a person or an administrator (data/io.github.eonay.Eonay.gschema.xml), and values
 * stored between runs. For both window and terminal. If the schema is not installed there are no
 * settings (%NULL), and the defaults apply, except that an administrator's locks are not known:
 * nothing of the person's own is added.
 */

/** Returns: (transfer full) (nullable) */
GSettings *eonay_settings_new (void);

/** Has @readers follow what @settings (nullable) say of cards, for as long as both live. */
void eonay_settings_bind_readers (GSettings *settings, EonayReaderList *readers);

/** Returns: whether an administrator has locked @key; @settings: (nullable) */
gboolean eonay_settings_is_locked (GSettings *settings, const char *key);

/** @settings: (nullable): where @text becomes the value of @key, unless an administrator has locked it */
void eonay_settings_remember (GSettings *settings, const char *key, const char *text);

/**
 * @settings: (nullable)
 *
 * Returns: (transfer full): paths of the chosen PKCS#11 modules
 */
char **eonay_settings_dup_modules (GSettings *settings);

/**
 * @settings: (nullable)
 *
 * Returns: (transfer full) (nullable): the id of the portal to start with: the preset one, else the
 *   one used last
 */
char *eonay_settings_dup_portal (GSettings *settings);

/** Returns: whether portals added by the person are used: not if `portal` is locked, or its lock is
 *   unknown; @settings: (nullable) */
gboolean eonay_settings_has_own_portals (GSettings *settings);

/**
 * eonay_settings_offer_portals: which portals the person may choose from
 * @settings: (nullable)
 * @profiles: of #EonayPortalProfile
 *
 * Returns: (transfer full): a model of #EonayPortalProfile: @profiles itself, or only the one that
 *   an administrator has preset and locked; empty if that is not installed
 */
GListModel *eonay_settings_offer_portals (GSettings *settings, GListModel *profiles);

G_END_DECLS
