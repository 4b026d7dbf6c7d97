#pragma once

#include <gio/gio.h>

#include "base/eonay-secret.h"

G_BEGIN_DECLS

/**
 * JSON with secrets in it, made and read without a copy that stays behind. Written by hand, as
 * json-glib keeps what it parses and writes in memory that it does not cleanse; needless once a JSON
 * library takes the allocator of its strings from the caller.
 */

/**
 * eonay_secret_json_new:
 * @name: (nullable): a member before the secret, with @value, UTF-8
 * @secret: UTF-8; escaped as JSON requires
 *
 * Returns: (transfer full) (nullable): an object of one or two members, cleansed when freed; %NULL
 *   if a text is not UTF-8 or contains a NUL
 */
GBytes *eonay_secret_json_new (const char *name, const char *value, const char *secret_name,
                               const EonaySecret *secret);

/**
 * eonay_secret_json_get_digits:
 * @json: an object, within the bounds of portal/message/eonay-json.h
 * @name: of a member that occurs once, a string of @min to @max digits
 *
 * Other members may be anything. Escapes are not accepted in @name's member.
 *
 * Returns: (transfer full): %NULL with %EONAY_PORTAL_ERROR_MALFORMED
 */
EonaySecret *eonay_secret_json_get_digits (GBytes *json, const char *name, gsize min, gsize max,
                                           GError **error);

G_END_DECLS
