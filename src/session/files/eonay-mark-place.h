#pragma once

#include "signature/pades/eonay-pdf-box.h"

G_BEGIN_DECLS

/** Where on a page a mark stands: in an area of its own, or at one of nine set places. */
typedef enum {
  EONAY_MARK_AREA,
  EONAY_MARK_TOP_LEFT,
  EONAY_MARK_TOP_CENTRE,
  EONAY_MARK_TOP_RIGHT,
  EONAY_MARK_MIDDLE_LEFT,
  EONAY_MARK_MIDDLE_CENTRE,
  EONAY_MARK_MIDDLE_RIGHT,
  EONAY_MARK_BOTTOM_LEFT,
  EONAY_MARK_BOTTOM_CENTRE,
  EONAY_MARK_BOTTOM_RIGHT,
} EonayMarkPosition;

/** Of a page's edges, where there is room for it; points. */
#define EONAY_MARK_MARGIN 36.0

/** The usual size, and the smallest one in which a mark can be read; points. */
#define EONAY_MARK_WIDTH 200.0
#define EONAY_MARK_HEIGHT 66.0
#define EONAY_MARK_WIDTH_MIN 80.0
#define EONAY_MARK_HEIGHT_MIN 40.0

/**
 * EonayMarkPlace: where the visible mark of a signature stands.
 *
 * All lengths are units of the page (EonayPdfBox), from the left top corner of the page as it is
 * shown: turned, and cropped.
 *
 * @page: from 1 on; 0 for the last
 * @left, @top: of %EONAY_MARK_AREA
 * @width, @height: 0 for the usual size
 */
typedef struct {
  EonayMarkPosition position;
  guint page;
  double left;
  double top;
  double width;
  double height;
} EonayMarkPlace;

/**
 * eonay_mark_place_parse:
 * @text: "bottom-right", "middle-centre" …, or "LEFT,TOP,WIDTH,HEIGHT" in points
 * @place: (out): its page stays as it is
 *
 * Returns: whether it is one
 */
gboolean eonay_mark_place_parse (const char *text, EonayMarkPlace *place);

/** Returns: (transfer none): the word for it, as eonay_mark_place_parse() takes it */
const char *eonay_mark_place_get_word (EonayMarkPosition position);

/** Returns: (transfer full): as eonay_mark_place_parse() takes it, in whole points; without the page */
char *eonay_mark_place_format (const EonayMarkPlace *self);

/** @width, @height: (out): of @page as it is shown */
void eonay_mark_place_measure_page (const EonayPdfBox *page, double *width, double *height);

/**
 * eonay_mark_place_settle:
 * @width, @height: of the page as it is shown
 *
 * Turns a set place into an area, and moves into the page what would stand out of it. A usual
 * size shrinks to fit.
 *
 * Returns: %FALSE if the mark is larger than the page, or too small to be read
 */
gboolean eonay_mark_place_settle (EonayMarkPlace *self, double width, double height);

/**
 * eonay_mark_place_find_box:
 * @self: settled
 *
 * Returns: its place in the user space of @page, with the page's rotation
 */
EonayPdfBox eonay_mark_place_find_box (const EonayMarkPlace *self, const EonayPdfBox *page);

/** Returns: the area of @page as it is shown that @box, in its user space, takes; without the page */
EonayMarkPlace eonay_mark_place_of_box (const EonayPdfBox *box, const EonayPdfBox *page);

G_END_DECLS
