#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * eonay_json_syntax_is_well_formed:
 * @text: (array length=length): any bytes
 * @depth: the maximum nesting depth of arrays and objects
 *
 * A recogniser to run before json-glib 1.6, which recurses without a limit, accepts comments and
 * assignments, and aborts on a lone surrogate. It is needless once 1.10 is the oldest json-glib
 * that is supported: that one has json_parser_set_strict() and a limit of its own (1024).
 *
 * Returns: whether @text is exactly one JSON text (RFC 8259) in UTF-8 without a byte order mark,
 *   nested no deeper than @depth, without U+0000 and lone surrogates in its strings
 */
gboolean eonay_json_syntax_is_well_formed (const char *text, gsize length, guint depth);

G_END_DECLS
