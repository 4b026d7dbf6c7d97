#include "app/document/eonay-page-layout.h"

#include <math.h>

#define MARGIN 12.0
#define GAP 12.0

/* A small page is not blown up to the width of a large window. */
#define FIT_SCALE_MAX 2.0

struct _EonayPageLayout {
  GArray *sizes;
  EonayPageArea *areas; /* of all pages */
  double *scales;
  double width;
  double height;
};

EonayPageLayout *
eonay_page_layout_new (GArray *sizes)
{
  EonayPageLayout *self = g_new0 (EonayPageLayout, 1);

  self->sizes = g_array_ref (sizes);
  self->areas = g_new0 (EonayPageArea, sizes->len);
  self->scales = g_new0 (double, sizes->len);

  return self;
}

void
eonay_page_layout_free (EonayPageLayout *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->sizes);
  g_free (self->areas);
  g_free (self->scales);
  g_free (self);
}

static double
round_to_device (double length, int factor)
{
  return round (length * factor) / factor;
}

static double
measure (EonayPageLayout *self, double room, double zoom, int factor)
{
  double widest = 0;
  double y = MARGIN;

  for (guint i = 0; i < self->sizes->len; i++)
    {
      const EonayPageSize *size = &g_array_index (self->sizes, EonayPageSize, i);
      double scale = zoom > 0 ? zoom : MIN (room / size->width, FIT_SCALE_MAX);

      self->scales[i] = scale;
      self->areas[i].y = y;
      self->areas[i].width = MAX (1.0 / factor, round_to_device (size->width * scale, factor));
      self->areas[i].height = MAX (1.0 / factor, round_to_device (size->height * scale, factor));
      widest = MAX (widest, self->areas[i].width);
      y += self->areas[i].height + GAP;
    }
  self->height = y - GAP + MARGIN;

  return widest;
}

void
eonay_page_layout_set (EonayPageLayout *self, double width, double zoom, int factor)
{
  double widest = measure (self, MAX (width - 2 * MARGIN, 1), zoom, factor);

  self->width = MAX (width, widest + 2 * MARGIN);
  for (guint i = 0; i < self->sizes->len; i++)
    self->areas[i].x = round_to_device ((self->width - self->areas[i].width) / 2, factor);
}

double
eonay_page_layout_get_scale (EonayPageLayout *self, guint page)
{
  return self->scales[page];
}

EonayPageArea
eonay_page_layout_get_area (EonayPageLayout *self, guint page)
{
  return self->areas[page];
}

void
eonay_page_layout_get_extent (EonayPageLayout *self, double *width, double *height)
{
  *width = self->width;
  *height = self->height;
}

guint
eonay_page_layout_find (EonayPageLayout *self, double y)
{
  guint low = 0;
  guint high = self->sizes->len;

  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (self->areas[middle].y <= y)
        low = middle;
      else
        high = middle;
    }

  return low;
}

gboolean
eonay_page_layout_intersect (const EonayPageArea *one, const EonayPageArea *other,
                             EonayPageArea *common)
{
  double x = MAX (one->x, other->x);
  double y = MAX (one->y, other->y);
  double right = MIN (one->x + one->width, other->x + other->width);
  double bottom = MIN (one->y + one->height, other->y + other->height);

  if (right <= x || bottom <= y)
    return FALSE;

  *common = (EonayPageArea){ x, y, right - x, bottom - y };

  return TRUE;
}
