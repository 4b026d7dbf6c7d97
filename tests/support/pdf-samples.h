#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* PDFs for tests, made here: what people get to sign, and what nobody should. */

/** Returns: (transfer none) (nullable): the name of each ordinary one, as from a portal or an office */
const char *pdf_samples_get_name (guint index);

/**
 * pdf_samples_make:
 * @name: an ordinary one, or: "blank" (no text), "fonts-missing", "no-print", "no-print-text" (an
 *   annotation that is not printed), "no-view" (one that is printed only), "links", "huge" (a page of 5 m), "absurd" (of 50 m), "bomb" (a picture of 30 GB),
 *   "no-pages", "encrypted"
 */
GBytes *pdf_samples_make (const char *name);

/** Returns: (transfer full): a document of many pages of text; page n, from 1, has the words "Sayfa n" */
GBytes *pdf_samples_make_pages (guint n_pages);

/** Returns: (transfer full): a page with each of these lines of text, drawn large */
GBytes *pdf_samples_make_text (const char *const *lines);

G_END_DECLS
