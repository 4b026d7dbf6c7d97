#pragma once

#include "app/document/wire/eonay-page-answer.h"

G_BEGIN_DECLS

/**
 * EonaySeenPages: which pages of a document were on the screen, whole: from the first to the last line,
 * and from one side to the other. A page that was zoomed into is seen once each part of it was in
 * view; the outermost edge, where nothing stands, is not asked for.
 */
typedef struct _EonaySeenPages EonaySeenPages;

/** A page is not seen where it is so small that nobody can read it, in pixels for a point. */
#define EONAY_SEEN_PAGES_SCALE_MIN 0.25

EonaySeenPages *eonay_seen_pages_new (guint n_pages);

/** Returns: (transfer full): @self: whoever shows the document again goes on with it */
EonaySeenPages *eonay_seen_pages_ref (EonaySeenPages *self);
void eonay_seen_pages_unref (EonaySeenPages *self);

guint eonay_seen_pages_get_n_pages (EonaySeenPages *self);

/**
 * eonay_seen_pages_list_parts:
 * @shown: what is in view of the page, with its width and height as 1
 *
 * Returns: the parts of the page that are, as a set for eonay_seen_pages_add()
 */
guint64 eonay_seen_pages_list_parts (const EonayPageArea *shown);

/** Returns: whether @page is seen by this, and was not before */
gboolean eonay_seen_pages_add (EonaySeenPages *self, guint page, guint64 parts);

gboolean eonay_seen_pages_has (EonaySeenPages *self, guint page);
guint eonay_seen_pages_count (EonaySeenPages *self);

/** Returns: the first page that was not seen; the number of pages if there is none */
guint eonay_seen_pages_find_unseen (EonaySeenPages *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonaySeenPages, eonay_seen_pages_unref)

G_END_DECLS
