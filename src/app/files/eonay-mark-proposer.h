#pragma once

#include "app/document/eonay-pdf-view.h"
#include "app/files/eonay-mark-search.h"

G_BEGIN_DECLS

/**
 * EonayMarkProposer: looks for a place for the visible mark in the PDF of a view, while that is wanted.
 * What takes too long is given up: nothing is proposed then.
 *
 * Signal `proposed`: eonay_mark_proposer_get() says something else.
 */
#define EONAY_TYPE_MARK_PROPOSER (eonay_mark_proposer_get_type ())
G_DECLARE_FINAL_TYPE (EonayMarkProposer, eonay_mark_proposer, EONAY, MARK_PROPOSER, GObject)

/** @view: not kept alive */
EonayMarkProposer *eonay_mark_proposer_new (EonayPdfView *view);

/** @name: (nullable): whose name the mark is to stand under */
void eonay_mark_proposer_set_holder (EonayMarkProposer *self, const char *name);

void eonay_mark_proposer_set_wanted (EonayMarkProposer *self, gboolean is_wanted);

/** Gives up what is not found yet, until the document or the holder is another. */
void eonay_mark_proposer_stop (EonayMarkProposer *self);

/** @place: (out): if there is one */
EonayMarkSearchResult eonay_mark_proposer_get (EonayMarkProposer *self, EonayMarkPlace *place);

G_END_DECLS
