#pragma once

#include "session/files/eonay-mark-place.h"

G_BEGIN_DECLS

/*
 * Where a visible mark would be put by a person: petitions end with the name of the one who signs,
 * and the signature comes under it.
 */

/** A rectangle on a page as it is shown, in points from its left top corner. */
typedef struct {
  double left;
  double top;
  double width;
  double height;
} EonayMarkProposalArea;

/**
 * EonayMarkProposalPage: what stands on a page
 *
 * @width, @height: as it is shown
 * @text: UTF-8
 * @areas: (array length=n_areas): where its characters are, one for each
 * @ink: (array length=n_ink): what is drawn: pictures, lines, letters
 */
typedef struct {
  double width;
  double height;
  const char *text;
  const EonayMarkProposalArea *areas;
  guint n_areas;
  const EonayMarkProposalArea *ink;
  guint n_ink;
} EonayMarkProposalPage;

/**
 * eonay_mark_proposal_find_name:
 * @name: the holder's, in any case; words of it that stand in several lines count, too
 * @area: (out): the last line of the last place where it stands as words of their own
 *
 * Returns: whether it stands on @page at all; @ink does not matter
 */
gboolean eonay_mark_proposal_find_name (const EonayMarkProposalPage *page, const char *name,
                                        EonayMarkProposalArea *area);

/**
 * eonay_mark_proposal_put_under:
 * @name: of eonay_mark_proposal_find_name()
 * @place: (out): an area of the usual size; its page stays as it is
 *
 * Returns: whether there is nothing under @name, and @page has room there
 */
gboolean eonay_mark_proposal_put_under (const EonayMarkProposalPage *page,
                                        const EonayMarkProposalArea *name, EonayMarkPlace *place);

/**
 * eonay_mark_proposal_put_at_end: on the right, where @page ends but for a footer
 * @place: (out): an area of the usual size; its page stays as it is
 *
 * Returns: whether there is room; %FALSE for an empty page, too
 */
gboolean eonay_mark_proposal_put_at_end (const EonayMarkProposalPage *page, EonayMarkPlace *place);

G_END_DECLS
