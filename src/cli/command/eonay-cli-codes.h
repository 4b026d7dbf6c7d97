#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * eonay_cli_codes:
 * @argv: begins with "codes"
 *
 * Prints the meaning of the given short codes; of all, as Markdown, if none is given.
 *
 * Returns: an #EonayCliExit: _USAGE for an unknown code
 */
int eonay_cli_codes (int argc, char *argv[]);

G_END_DECLS
