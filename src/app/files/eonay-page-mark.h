#pragma once

#include "app/document/eonay-pdf-view.h"
#include "session/files/eonay-mark-place.h"

G_BEGIN_DECLS

/**
 * EonayPageMark: a rectangle that is placed on a page of a PDF: where a signature will be seen. It is
 * dragged by its middle, and sized by its corners; with the keyboard arrows move it, with Ctrl by
 * a point, and with Shift they size it; Page Up and Page Down bring it to another page.
 *
 * Signal `placed`: the person has placed it: eonay_page_mark_get_place().
 */
#define EONAY_TYPE_PAGE_MARK (eonay_page_mark_get_type ())
G_DECLARE_FINAL_TYPE (EonayPageMark, eonay_page_mark, EONAY, PAGE_MARK, GtkWidget)

/** Lays it over the pages of @view, invisible as yet. */
EonayPageMark *eonay_page_mark_new (EonayPdfView *view);

/**
 * eonay_page_mark_set_place:
 * @place: (nullable): %NULL for none, and it is not seen
 */
void eonay_page_mark_set_place (EonayPageMark *self, const EonayMarkPlace *place);

/** @is_fixed: it stands where the document has a place for it: it is seen there, and cannot be moved */
void eonay_page_mark_set_fixed (EonayPageMark *self, gboolean is_fixed);

/** Returns: (transfer none) (nullable): as it was set, or settled on its page once it was moved */
const EonayMarkPlace *eonay_page_mark_get_place (EonayPageMark *self);

/** Returns: whether the person is placing it, or just about to */
gboolean eonay_page_mark_is_held (EonayPageMark *self);

/** Scrolls to it, and gives it the keyboard. */
void eonay_page_mark_show (EonayPageMark *self);

G_END_DECLS
