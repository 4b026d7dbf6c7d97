#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * eonay_cli_codes:
 * @argv: begins with "codes"
 *
 * Tells what the short codes mean that are given; all of them, as Markdown, if none is.
 *
 * Returns: an #EonayCliExit: _USAGE where there is no such code
 */
int eonay_cli_codes (int argc, char *argv[]);

G_END_DECLS
