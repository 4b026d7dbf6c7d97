#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * eonay_json_syntax_is_well_formed:
 * @text: (array length=length): any bytes
 * @depth: how deep arrays and objects may nest
 *
 * A recogniser to stand before json-glib 1.6, which recurses without a limit, takes comments and
 * assignments, and aborts on a lone surrogate. It is needless once 1.10 is the oldest json-glib that
 * is supported: that one has json_parser_set_strict() and a limit of its own (1024).
 *
 * Returns: whether @text is exactly one JSON text (RFC 8259) in UTF-8 without a byte order mark,
 *   no deeper than @depth, and no string of it holds U+0000 or half a surrogate pair
 */
gboolean eonay_json_syntax_is_well_formed (const char *text, gsize length, guint depth);

G_END_DECLS
