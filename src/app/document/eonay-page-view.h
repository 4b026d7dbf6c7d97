#pragma once

#include <gtk/gtk.h>

#include "app/document/eonay-page-source.h"
#include "app/document/eonay-seen-pages.h"

G_BEGIN_DECLS

/**
 * EonayPageView: the pages of a PDF, one below the other, in a GtkScrolledWindow. Pictures are drawn
 * for the pages in view and the next ones alone, at the resolution of the screen; those of very large
 * pages in tiles.
 *
 * A page counts as seen when its picture was painted on the screen and each part of it came into
 * view, large enough to be read (eonay-seen-pages.h). Text can be selected and copied; links are
 * shown, and never followed.
 *
 * Properties: `page` (uint, read-only): the current page, from 0. `zoom` (double, read-only): of the
 * current page, 1 for its true size at 96 dots an inch. `fits-width` (boolean, read-only).
 * `has-selection` (boolean, read-only).
 *
 * Signals: `appeared`: the first picture of a document is there; until then nothing is drawn.
 * `page-seen (guint page)`. `failed (const GError *error)`: a page that is in view cannot be
 * drawn. `incomplete`: something on a page could not be drawn (eonay_page_view_get_incomplete()); before
 * that page is seen. `moved`: pages are at another place or of another size: eonay_page_view_get_area().
 */
#define EONAY_TYPE_PAGE_VIEW (eonay_page_view_get_type ())
G_DECLARE_FINAL_TYPE (EonayPageView, eonay_page_view, EONAY, PAGE_VIEW, GtkWidget)

/**
 * eonay_page_view_set_source:
 * @source: (nullable): what to show; %NULL for nothing
 * @sizes: (nullable) (element-type EonayPageSize): of its pages
 */
void eonay_page_view_set_source (EonayPageView *self, EonayPageSource *source, GArray *sizes);

guint eonay_page_view_get_n_pages (EonayPageView *self);

/** Returns: (transfer none) (nullable) (element-type EonayPageSize): of its pages */
GArray *eonay_page_view_get_sizes (EonayPageView *self);

/** Returns: (transfer none) (nullable) (element-type guint): pages, from 0, on which something is missing
 *   or damaged, as far as they were drawn */
GArray *eonay_page_view_get_incomplete (EonayPageView *self);

guint eonay_page_view_get_page (EonayPageView *self);

/** Scrolls to the top of @page. */
void eonay_page_view_show_page (EonayPageView *self, guint page);

/** Scrolls so that @area, in points of @page, is in view. */
void eonay_page_view_show_area (EonayPageView *self, guint page, const EonayPageArea *area);

/** Zooms in steps: -1 out, 1 in, 0 to the true size. What is in the middle stays there. */
void eonay_page_view_zoom (EonayPageView *self, int step);
void eonay_page_view_fit_width (EonayPageView *self);

gboolean eonay_page_view_was_seen (EonayPageView *self, guint page);

/** Returns: (transfer none) (nullable): what was seen of the source, also later */
EonaySeenPages *eonay_page_view_get_seen (EonayPageView *self);

/** @seen: of the same document, as it was shown before: what was seen of it then counts */
void eonay_page_view_set_seen (EonayPageView *self, EonaySeenPages *seen);

gboolean eonay_page_view_were_all_seen (EonayPageView *self);

/** Returns: the first page that was not seen; the number of pages if there is none */
guint eonay_page_view_find_unseen (EonayPageView *self);

/** Returns: whether the current page is too small to be read, and does not count as seen */
gboolean eonay_page_view_is_too_small (EonayPageView *self);

/** Asks again for the pages that could not be drawn. */
void eonay_page_view_retry (EonayPageView *self);

/**
 * eonay_page_view_set_matches:
 * @matches: (nullable) (element-type EonayPageMatch): to be marked
 * @current: index of the first part of the one that is looked at
 * @n_current: parts of that
 */
void eonay_page_view_set_matches (EonayPageView *self, GArray *matches, guint current,
                                  guint n_current);

/** Copies the selected text to the clipboard, once it is known. */
void eonay_page_view_copy (EonayPageView *self);
void eonay_page_view_select_all (EonayPageView *self);

/** Returns: the place of @page in the widget */
EonayPageArea eonay_page_view_get_area (EonayPageView *self, guint page);

/**
 * eonay_page_view_to_page_coordinates: for what is placed on a page
 * @x, @y: in the widget
 * @page: (out): the page there, or the nearest one
 * @page_x, @page_y: (out): in points; outside of the page where there is none
 *
 * Returns: whether a page is there
 */
gboolean eonay_page_view_to_page_coordinates (EonayPageView *self, double x, double y, guint *page,
                                              double *page_x, double *page_y);

/** Returns: @area, in points of @page, as a place in the widget */
EonayPageArea eonay_page_view_from_page_area (EonayPageView *self, guint page,
                                              const EonayPageArea *area);

/** Returns: bytes of all pictures that are kept, for tests */
gsize eonay_page_view_get_bytes (EonayPageView *self);

G_END_DECLS
