#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** Returns: (transfer full): @time for programs, as RFC 3339 has it: "2019-12-25T14:27:02+03:00" */
char *eonay_cli_print_make_time (GDateTime *time);

/** Prints what is wrong, and what to do, on standard error: "KART-03: … …". */
void eonay_cli_print_error (const GError *error);

/** The same; @exactly: (nullable): what happened, closer than the words of @error's short code */
void eonay_cli_print_error_exactly (const GError *error, const char *exactly);

/**
 * eonay_cli_print_clean:
 * @text: (nullable): from a portal or a card
 *
 * Returns: (transfer full): @text without anything that could steer a terminal
 */
char *eonay_cli_print_clean (const char *text);

G_END_DECLS
