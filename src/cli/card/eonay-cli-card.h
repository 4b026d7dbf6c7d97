#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** The command `eonay-cli card`; @argv begins with "card". Returns: an #EonayCliExit */
int eonay_cli_card (int argc, char *argv[]);

/** Returns: whether `eonay-cli card @name` exists */
gboolean eonay_cli_card_has_command (const char *name);

G_END_DECLS
