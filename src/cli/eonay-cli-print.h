#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** Returns: (transfer full): @time for programs, in RFC 3339 format: "2019-12-25T14:27:02+03:00" */
char *eonay_cli_print_make_time (GDateTime *time);

/** Prints the problem and its remedy on standard error: "KART-03: … …". */
void eonay_cli_print_error (const GError *error);

/**
 * The same; @exactly: (nullable): a more precise description than the text of @error's short code
 */
void eonay_cli_print_error_exactly (const GError *error, const char *exactly);

/**
 * eonay_cli_print_clean:
 * @text: (nullable): from a portal or a card
 *
 * Returns: (transfer full): @text without terminal control characters
 */
char *eonay_cli_print_clean (const char *text);

G_END_DECLS
