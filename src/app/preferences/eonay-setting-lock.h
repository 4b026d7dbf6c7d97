#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * eonay_setting_lock_bind: for as long as an administrator has locked @key, @row is insensitive,
 *   shows a lock and says who has set it. It follows while @row lives
 */
void eonay_setting_lock_bind (GSettings *settings, const char *key, AdwActionRow *row);

G_END_DECLS
