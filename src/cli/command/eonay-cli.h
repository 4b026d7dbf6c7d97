#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * eonay_cli_run:
 *
 * Runs eonay-cli, except for the secure heap, which main() sets up first.
 *
 * Returns: an #EonayCliExit
 */
int eonay_cli_run (int argc, char *argv[]);

G_END_DECLS
