#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * eonay_cli_rows_break:
 * @text: UTF-8 without characters that are invisible on a terminal (eonay_text_class_make_text())
 * @columns: of the terminal; fewer than two count as two
 *
 * Breaks @text into rows that a terminal need not break: one column stays free, so that no terminal
 * wraps, drops or overwrites a wide character at its margin. Tabs become spaces.
 *
 * Returns: (transfer full) (element-type utf8): the rows, without line ends
 */
GPtrArray *eonay_cli_rows_break (const char *text, guint columns);

G_END_DECLS
