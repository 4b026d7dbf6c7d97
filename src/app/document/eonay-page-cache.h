#pragma once

#include <gtk/gtk.h>

#include "app/document/eonay-page-source.h"

G_BEGIN_DECLS

/**
 * EonayPageTile: a rectangle of a page's picture: the whole page, unless that is too large
 * @scale: pixels for a point
 * @x, @y, @width, @height: in pixels, of the whole page's picture
 * @is_whole: it is all of the page
 */
typedef struct {
  guint page;
  double scale;
  int x;
  int y;
  int width;
  int height;
  gboolean is_whole;
} EonayPageTile;

/**
 * EonayPageCache: pictures of pages: those that are wanted, and a limited number of others, least
 * recently used first out.
 *
 * Signal `incomplete (guint page)`: a picture has come that lacks something, before `drawn`.
 * Signal `drawn`: a picture has come. Signal `failed (guint page, const GError *error)`: one will not;
 * it is not asked for again by itself.
 */
#define EONAY_TYPE_PAGE_CACHE (eonay_page_cache_get_type ())
G_DECLARE_FINAL_TYPE (EonayPageCache, eonay_page_cache, EONAY, PAGE_CACHE, GObject)

EonayPageCache *eonay_page_cache_new (EonayPageSource *source);

/**
 * eonay_page_cache_list_tiles:
 * @size: of the page
 * @part: (nullable): what of the page is looked at, in points; %NULL for all of it
 *
 * Returns: (transfer full) (element-type EonayPageTile): the tiles that show @part
 */
GArray *eonay_page_cache_list_tiles (guint page, const EonayPageSize *size, double scale,
                                     const EonayPageArea *part);

/* What is wanted is said anew each time: between these two. */
void eonay_page_cache_begin (EonayPageCache *self);
void eonay_page_cache_want (EonayPageCache *self, const EonayPageTile *tile, int priority);
void eonay_page_cache_end (EonayPageCache *self);

/** Returns: (transfer none) (nullable): the picture of exactly @tile */
GdkTexture *eonay_page_cache_get (EonayPageCache *self, const EonayPageTile *tile);

/** Returns: (transfer none) (nullable): the picture of the whole page at whatever scale there is */
GdkTexture *eonay_page_cache_get_whole (EonayPageCache *self, guint page);

/** Forgets the pictures that failed, so that they are asked for again. */
void eonay_page_cache_retry (EonayPageCache *self);

/** Bytes of all pictures */
gsize eonay_page_cache_get_bytes (EonayPageCache *self);

G_END_DECLS
