#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** The command `eonay-cli sign`; @argv begins with "sign". Returns: an #EonayCliExit */
int eonay_cli_sign (int argc, char *argv[]);

G_END_DECLS
