#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * EonayPdfBox: a rectangle in a page's default user space, of which a unit is mostly a point (1/72
 * inch; ISO 32000-1, clause 8.3.2.3); y grows upwards.
 *
 * @rotation: of a page, clockwise, when it is shown: 0, 90, 180 or 270
 */
typedef struct {
  double left;
  double bottom;
  double right;
  double top;
  guint rotation;
} EonayPdfBox;

G_END_DECLS
