#pragma once

#include "cli/sign/eonay-cli-sign-options.h"

G_BEGIN_DECLS

/**
 * eonay_cli_file_signing_run: `eonay-cli sign --file`: a person's own files, with one PIN
 * @options: with files
 *
 * Prints a line for each file: where the signed one is, or why there is none.
 *
 * Returns: an #EonayCliExit; %EONAY_CLI_EXIT_PARTLY if some were signed and some were not
 */
int eonay_cli_file_signing_run (const EonayCliSignOptions *options);

G_END_DECLS
