#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * EonayCliSize: the size of a terminal's screen.
 *
 * @changes: the number of size changes so far; distinguishes a window that has its old size again
 *   from one that kept it
 */
typedef struct {
  guint rows;
  guint columns;
  guint changes;
} EonayCliSize;

/** Starts counting changes of the window's size (SIGWINCH). */
void eonay_cli_size_watch (void);

/**
 * eonay_cli_size_measure:
 * @fd: of a terminal; if it does not report its size, 24 rows of 80 columns are assumed
 */
EonayCliSize eonay_cli_size_measure (int fd);

gboolean eonay_cli_size_equal (const EonayCliSize *a, const EonayCliSize *b);

/**
 * eonay_cli_size_get_page:
 * @prompt: the line below each page
 *
 * Returns: the number of rows available for text; 0 if the screen is too small
 */
guint eonay_cli_size_get_page (const EonayCliSize *size, const char *prompt);

G_END_DECLS
