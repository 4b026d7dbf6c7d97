#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * Strict reading of the protocol's JSON. Every function fails with %EONAY_PORTAL_ERROR_MALFORMED on
 * a wrong type, a missing member or a value out of its bounds; messages name the member, never its
 * value. Other members are ignored.
 */

/** Maximum length of a JSON text in bytes, and its maximum nesting depth. */
#define EONAY_JSON_MAX (64u * 1024)
#define EONAY_JSON_DEPTH 8

/** Maximum number of tries left in an answer. */
#define EONAY_ATTEMPTS_MAX 15

/** Returns: (transfer full): @text, which must be one object */
JsonObject *eonay_json_parse_object (GBytes *text, GError **error);

/**
 * eonay_json_get_string:
 * @max: in bytes
 *
 * Returns: (transfer none): a non-empty string
 */
const char *eonay_json_get_string (JsonObject *object, const char *name, gsize max, GError **error);

/**
 * Returns: (transfer none): a string to be used unchanged, e.g. an address or a path, of ordinary
 *   characters only (eonay_text_class_accept_line())
 */
const char *eonay_json_get_line (JsonObject *object, const char *name, gsize max, GError **error);

/** Returns: (transfer full): a string for one line on screen, in normalization form C */
char *eonay_json_dup_line (JsonObject *object, const char *name, gsize max, GError **error);

/** Returns: (transfer none): a word of letters, digits, "-" and "_", safe in a URL's path */
const char *eonay_json_get_word (JsonObject *object, const char *name, gsize max, GError **error);

gboolean eonay_json_get_integer (JsonObject *object, const char *name, gint64 min, gint64 max,
                                 gint64 *value, GError **error);

/** Returns: (transfer none) */
JsonObject *eonay_json_get_object (JsonObject *object, const char *name, GError **error);

/** Returns: (transfer none): an array of objects */
JsonArray *eonay_json_get_objects (JsonObject *object, const char *name, guint min, guint max,
                                   GError **error);

/** Returns: whether @text has only letters, digits, "-" and "_", and is not empty */
gboolean eonay_json_is_word (const char *text);

G_END_DECLS
