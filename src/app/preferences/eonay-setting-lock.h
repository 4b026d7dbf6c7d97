#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * eonay_setting_lock_bind: while an administrator has locked @key, @row is insensitive, shows a
 *   lock and that an administrator has set it. Updated while @row lives
 */
void eonay_setting_lock_bind (GSettings *settings, const char *key, AdwActionRow *row);

G_END_DECLS
