#pragma once

#include "app/document/eonay-page-source.h"

G_BEGIN_DECLS

/**
 * EonayPageSearch: a text that is searched for in all pages of a document, some pages at a time.
 *
 * Signal `changed`: there are more matches, another one is the current one, or it is complete.
 */
#define EONAY_TYPE_PAGE_SEARCH (eonay_page_search_get_type ())
G_DECLARE_FINAL_TYPE (EonayPageSearch, eonay_page_search, EONAY, PAGE_SEARCH, GObject)

/**
 * eonay_page_search_new:
 * @text: not empty
 * @page: the first match on or after it becomes the current one
 */
EonayPageSearch *eonay_page_search_new (EonayPageSource *source, guint n_pages, const char *text,
                                        guint page);

/** Returns: (transfer none) (element-type EonayPageMatch): in the order of the pages; the numbers
 *   count through all pages */
GArray *eonay_page_search_get_matches (EonayPageSearch *self);

/** Returns: matches, each of which may have several parts */
guint eonay_page_search_get_n_matches (EonayPageSearch *self);

/** Returns: the current match, from 0; its parts are @n_parts from @first of the matches on: none until one
 *   is found behind where the search began, or it is complete */
guint eonay_page_search_get_current (EonayPageSearch *self, guint *first, guint *n_parts);

/** Goes to the next match, or the one before; after the last one comes the first. */
void eonay_page_search_move (EonayPageSearch *self, gboolean forward);

gboolean eonay_page_search_is_complete (EonayPageSearch *self);

/** Returns: whether some pages could not be searched, or there are more matches than are kept */
gboolean eonay_page_search_is_short (EonayPageSearch *self);

G_END_DECLS
