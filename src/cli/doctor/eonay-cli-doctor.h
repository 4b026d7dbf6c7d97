#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * eonay_cli_doctor:
 * @argv: begins with "doctor"
 *
 * Checks everything that a signature needs, and prints problems with their remedies.
 *
 * Returns: an #EonayCliExit: _OK only when a signature could be made now, else _NOT_READY
 */
int eonay_cli_doctor (int argc, char *argv[]);

G_END_DECLS
