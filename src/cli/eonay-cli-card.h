#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** The command `eonay-cli card`; @argv begins with "card". Returns: an #EonayCliExit */
int eonay_cli_card (int argc, char *argv[]);

G_END_DECLS
