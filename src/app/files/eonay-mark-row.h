#pragma once

#include "app/document/eonay-pdf-view.h"
#include "app/files/eonay-picture-row.h"
#include "session/files/eonay-mark-place.h"

G_BEGIN_DECLS

/**
 * EonayMarkRow: whether a signed PDF shows that it is signed, and where. Off until it is switched on;
 * then the place is a rectangle on the pages, too (#EonayPageMark).
 *
 * For one file a place is proposed (eonay-mark-proposal.h) until the person has put it somewhere.
 */
#define EONAY_TYPE_MARK_ROW (eonay_mark_row_get_type ())
G_DECLARE_FINAL_TYPE (EonayMarkRow, eonay_mark_row, EONAY, MARK_ROW, AdwExpanderRow)

/** @view: whose pages it is placed on; once */
void eonay_mark_row_set_view (EonayMarkRow *self, EonayPdfView *view);

/** @word: as eonay_mark_place_parse() takes it; else the usual place */
void eonay_mark_row_set_preset (EonayMarkRow *self, const char *word);

/** Returns: (transfer none): the row of its picture */
EonayPictureRow *eonay_mark_row_get_picture_row (EonayMarkRow *self);

/** Returns: whether it is switched on, and can be had */
gboolean eonay_mark_row_is_on (EonayMarkRow *self);

/** Switches it off. */
void eonay_mark_row_reset (EonayMarkRow *self);

/**
 * eonay_mark_row_propose:
 * @is_single: whether the document of the view is the only one to be signed
 * @holder: (nullable): of the certificate; %NULL while there is none
 */
void eonay_mark_row_propose (EonayMarkRow *self, gboolean is_single, const char *holder);

/**
 * Returns: (transfer full) (nullable): %NULL if it is switched off, or cannot be had. It stays there: what
 *   is not proposed by now will not be
 */
EonayMarkPlace *eonay_mark_row_make_place (EonayMarkRow *self);

/** Returns: (transfer full) (nullable): for eonay_mark_row_set_preset(): where the person has put it;
 *   %NULL for a place that was only proposed */
char *eonay_mark_row_make_preset (EonayMarkRow *self);

G_END_DECLS
