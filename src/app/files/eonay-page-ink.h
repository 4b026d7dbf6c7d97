#pragma once

#include "app/document/eonay-page-source.h"

G_BEGIN_DECLS

/**
 * eonay_page_ink_list: what is drawn on a page, whatever it is
 * @answer: to %EONAY_PAGE_ASK_DRAW of a whole page
 * @scale: of the picture
 *
 * The colour of the paper is the commonest one, if it is light; on a dark page all is ink.
 *
 * Returns: (transfer full) (element-type EonayMarkProposalArea): rows of pixels
 */
GArray *eonay_page_ink_list (const EonayPageAnswer *answer, double scale);

G_END_DECLS
