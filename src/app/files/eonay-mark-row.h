#pragma once

#include "app/document/eonay-pdf-view.h"
#include "session/files/eonay-mark-place.h"
#include "session/files/eonay-own-file.h"

G_BEGIN_DECLS

/**
 * EonayMarkRow: whether a signed PDF shows that it is signed, and where. Off until it is switched on;
 * then the place is a rectangle on the pages, too (#EonayPageMark).
 *
 * For one file a place is proposed (eonay-mark-proposal.h) until the person has put it somewhere. Of
 * several the last page of each has it, at one place. Where a signature field of the document is signed,
 * the mark stands in that field, and cannot be moved.
 */
#define EONAY_TYPE_MARK_ROW (eonay_mark_row_get_type ())
G_DECLARE_FINAL_TYPE (EonayMarkRow, eonay_mark_row, EONAY, MARK_ROW, AdwExpanderRow)

/** @view: whose pages it is placed on; once */
void eonay_mark_row_set_view (EonayMarkRow *self, EonayPdfView *view);

/** Sets the place and the picture that @settings have in “mark-place” and “mark-picture”. */
void eonay_mark_row_recall (EonayMarkRow *self, GSettings *settings);

/** Keeps the picture in @settings, and where the person has put the mark; not what was only proposed. */
void eonay_mark_row_remember (EonayMarkRow *self, GSettings *settings);

/** Returns: (nullable): why the mark would not be the one that was chosen, in a sentence */
const char *eonay_mark_row_get_obstacle (EonayMarkRow *self);

/** Returns: (transfer none) (nullable): the picture in it */
GdkPixbuf *eonay_mark_row_get_picture (EonayMarkRow *self);

/** Switches it off. */
void eonay_mark_row_reset (EonayMarkRow *self);

/**
 * eonay_mark_row_set_file:
 * @file: (nullable): what the view shows
 * @is_single: whether it is the only one to be signed
 * @holder: (nullable): of the certificate; %NULL while there is none
 */
void eonay_mark_row_set_file (EonayMarkRow *self, EonayOwnFile *file, gboolean is_single,
                              const char *holder);

/**
 * Returns: (transfer full) (nullable): %NULL if it is switched off, or cannot be had. It stays there: what
 *   is not proposed by now will not be
 */
EonayMarkPlace *eonay_mark_row_make_place (EonayMarkRow *self);

/** Returns: (transfer full) (nullable): where the person has put it, as eonay_mark_place_parse() takes it;
 *   %NULL for a place that was only proposed, and while it is off */
char *eonay_mark_row_make_preset (EonayMarkRow *self);

G_END_DECLS
