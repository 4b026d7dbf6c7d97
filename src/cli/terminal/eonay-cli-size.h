#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * EonayCliSize: what a terminal's screen holds.
 *
 * @changes: how often the window had been given another size by then; so that one that has its old
 *   size again is told from one that kept it
 */
typedef struct {
  guint rows;
  guint columns;
  guint changes;
} EonayCliSize;

/** From now on, each change of the window's size (SIGWINCH) counts. */
void eonay_cli_size_watch (void);

/**
 * eonay_cli_size_measure:
 * @fd: of a terminal; one that does not say has 24 rows of 80 columns
 */
EonayCliSize eonay_cli_size_measure (int fd);

gboolean eonay_cli_size_equal (const EonayCliSize *a, const EonayCliSize *b);

/**
 * eonay_cli_size_get_page:
 * @prompt: what stands below each page
 *
 * Returns: the rows that are left for text; 0 if the screen is too small to read on
 */
guint eonay_cli_size_get_page (const EonayCliSize *size, const char *prompt);

G_END_DECLS
