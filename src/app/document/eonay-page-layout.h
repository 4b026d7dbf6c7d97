#pragma once

#include "app/document/wire/eonay-page-answer.h"

G_BEGIN_DECLS

/**
 * EonayPageLayout: where the pages of a document are, one below the other in one column. Lengths are
 * in pixels of the screen's own coordinates; pages begin and end at whole pixels of the device.
 */
typedef struct _EonayPageLayout EonayPageLayout;

/** @sizes: (element-type EonayPageSize): at least one */
EonayPageLayout *eonay_page_layout_new (GArray *sizes);
void eonay_page_layout_free (EonayPageLayout *self);

/**
 * eonay_page_layout_set:
 * @width: of the column
 * @zoom: pixels for a point; 0 for pages that are each as wide as the column
 * @factor: pixels of the device for a pixel
 */
void eonay_page_layout_set (EonayPageLayout *self, double width, double zoom, int factor);

/** Returns: pixels for a point of this page */
double eonay_page_layout_get_scale (EonayPageLayout *self, guint page);

/** Returns: the page's place among the others, with margins around them all */
EonayPageArea eonay_page_layout_get_area (EonayPageLayout *self, guint page);

/** The extent of all pages, with the margins. */
void eonay_page_layout_get_extent (EonayPageLayout *self, double *width, double *height);

/** Returns: the page at @y, or the one above it */
guint eonay_page_layout_find (EonayPageLayout *self, double y);

/** Returns: whether both have something in common; then @common (out) is that */
gboolean eonay_page_layout_intersect (const EonayPageArea *one, const EonayPageArea *other,
                                      EonayPageArea *common);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayPageLayout, eonay_page_layout_free)

G_END_DECLS
