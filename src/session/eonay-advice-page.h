#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * The table of errors for helpdesks, in the language of the process. The pages in data/,
 * error-codes.md and error-codes.tr.md, are the output of eonay_advice_page_write(); a test
 * compares them.
 */

/** Returns: (transfer full): the whole table as Markdown, by families */
char *eonay_advice_page_write (void);

/**
 * eonay_advice_page_find:
 * @code: "KART-07", or e.g. "kart 7"; Turkish letters are as those without their marks, so that
 *   "KİLİT-03" and "ağ 1" are found. Bytes that are not UTF-8 are no code.
 *
 * Returns: (transfer full) (nullable): its meaning and remedy, as lines of text; %NULL if there is
 *   no such code
 */
char *eonay_advice_page_find (const char *code);

G_END_DECLS
