#pragma once

#include "app/document/eonay-page-source.h"
#include "session/files/eonay-mark-place.h"

G_BEGIN_DECLS

/** Why a visible mark would stand where it does. */
typedef enum {
  EONAY_MARK_SEARCH_NOTHING,    /* there is no place that is better than another */
  EONAY_MARK_SEARCH_UNDER_NAME, /* under the last place where the holder's name stands */
  EONAY_MARK_SEARCH_AT_END,     /* in an empty area at the end of the last page */
} EonayMarkSearchResult;

/** Pages that are searched for the name: the last ones. */
#define EONAY_MARK_SEARCH_PAGES 20u

/**
 * eonay_mark_search_find_async: looks for a place for a visible mark (eonay-mark-proposal.h)
 * @name: (nullable): of the certificate's holder
 * @cancellable: (nullable)
 *
 * Main thread. What the view shows is drawn first.
 */
void eonay_mark_search_find_async (EonayPageSource *source, const char *name,
                                   GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer user_data);

/**
 * eonay_mark_search_find_finish:
 * @place: (out): an area, with its page
 *
 * Returns: %EONAY_MARK_SEARCH_NOTHING with an error, too: %EONAY_PAGE_ERROR or %G_IO_ERROR_CANCELLED
 */
EonayMarkSearchResult eonay_mark_search_find_finish (GAsyncResult *result, EonayMarkPlace *place,
                                                     GError **error);

G_END_DECLS
