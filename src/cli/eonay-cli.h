#pragma once

#include <glib.h>

#include "cli/eonay-cli-exit.h"

G_BEGIN_DECLS

/**
 * eonay_cli_run:
 *
 * All of eonay-cli but the secure heap, which main() sets up first.
 *
 * Returns: an #EonayCliExit
 */
int eonay_cli_run (int argc, char *argv[]);

/** Returns: (transfer full): @time for programs to read, as RFC 3339 has it: "2019-12-25T14:27:02+03:00" */
char *eonay_cli_timestamp (GDateTime *time);

/** Prints what is wrong, and what to do, on standard error: "KART-03: … …". */
void eonay_cli_print_error (const GError *error);

/** The same; @exactly: (nullable): what happened, in closer words than those of @error's short code */
void eonay_cli_print_error_exactly (const GError *error, const char *exactly);

/**
 * eonay_cli_printable:
 * @text: (nullable): from a portal or a card
 *
 * Returns: (transfer full): @text without anything that could steer a terminal
 */
char *eonay_cli_printable (const char *text);

G_END_DECLS
