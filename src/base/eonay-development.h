#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * eonay_development_getenv: an environment variable that points a program at files of the build
 *   tree: its translations, its helper processes
 *
 * Heard by a program that runs from the folder it was built in, unless it was configured with
 * -Ddevelopment=false. Never by an installed one: who can set a variable of it must not choose
 * what it runs and says.
 *
 * Returns: (nullable): as g_getenv()
 */
const char *eonay_development_getenv (const char *variable);

/** Returns: (nullable): how the variables begin that helper processes get besides in the build tree */
const char *const *eonay_development_get_prefixes (void);

G_END_DECLS
