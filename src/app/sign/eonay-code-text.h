#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * eonay_code_text_insert:
 * @text: the text of the entry
 * @position: in characters, where something is typed or pasted
 * @inserted: what: digits, or a code with separators, or a whole `eonay:` link, or anything else
 * @caret: (out): the new position of the caret, in characters
 *
 * As long as there are only digits and separators, they are shown in groups: "820 0045 2618 4196".
 * A link is shown as its code. Anything else stays as typed, and is reported when the person is
 * done.
 *
 * Returns: (transfer full): the text of the entry now
 */
char *eonay_code_text_insert (const char *text, guint position, const char *inserted, guint *caret);

/**
 * eonay_code_text_delete:
 * @start: in characters
 * @end: in characters
 *
 * Deleting only a separator deletes the digit before it.
 */
char *eonay_code_text_delete (const char *text, guint start, guint end, guint *caret);

G_END_DECLS
