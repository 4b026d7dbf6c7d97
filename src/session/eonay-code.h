#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** Number of digits of a Doğrulama Kodu. */
#define EONAY_CODE_LENGTH 15

/**
 * eonay_code_parse:
 * @text: typed or pasted text: a code with spaces, dashes or line breaks in it, or a link
 *   `eonay:820004526184196?portal=ID`
 * @portal_id: (out) (optional) (nullable) (transfer full): the link's portal profile id
 *
 * Returns: (transfer full): 15 digits; %NULL with %EONAY_SESSION_ERROR_CODE_LETTERS,
 *   %EONAY_SESSION_ERROR_CODE_LENGTH or %EONAY_SESSION_ERROR_LINK_MALFORMED (a link with anything
 *   but a code and a profile id)
 */
char *eonay_code_parse (const char *text, char **portal_id, GError **error);

/**
 * eonay_code_format:
 * @digits: up to 15 digits
 *
 * Returns: (transfer full): in groups: "820 0045 2618 4196"
 */
char *eonay_code_format (const char *digits);

G_END_DECLS
