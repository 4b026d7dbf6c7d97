#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * eonay_development_getenv: an environment variable that points a program to files of the build
 *   tree: translations, helper processes
 *
 * Effective in a program that runs from the folder it was built in, unless it was configured with
 * -Ddevelopment=false. An installed program ignores it: whoever can set its environment must not
 * choose what it runs and shows.
 *
 * Returns: (nullable): as g_getenv()
 */
const char *eonay_development_getenv (const char *variable);

/**
 * Returns: (nullable): prefixes of the further variables that helper processes get in the build
 *   tree
 */
const char *const *eonay_development_get_prefixes (void);

G_END_DECLS
