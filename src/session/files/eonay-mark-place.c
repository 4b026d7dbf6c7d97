#include "session/files/eonay-mark-place.h"

#include <string.h>

#define N_NUMBERS 4
#define LENGTH_MAX 14400.0

static const char *const words[] = {
  [EONAY_MARK_TOP_LEFT] = "top-left",           [EONAY_MARK_TOP_CENTRE] = "top-centre",
  [EONAY_MARK_TOP_RIGHT] = "top-right",         [EONAY_MARK_MIDDLE_LEFT] = "middle-left",
  [EONAY_MARK_MIDDLE_CENTRE] = "middle-centre", [EONAY_MARK_MIDDLE_RIGHT] = "middle-right",
  [EONAY_MARK_BOTTOM_LEFT] = "bottom-left",     [EONAY_MARK_BOTTOM_CENTRE] = "bottom-centre",
  [EONAY_MARK_BOTTOM_RIGHT] = "bottom-right",
};

const char *
eonay_mark_place_get_word (EonayMarkPosition position)
{
  g_return_val_if_fail (position > EONAY_MARK_AREA && position < G_N_ELEMENTS (words), NULL);

  return words[position];
}

static gboolean
parse_numbers (const char *text, double numbers[N_NUMBERS])
{
  g_auto (GStrv) parts = g_strsplit (text, ",", N_NUMBERS + 1);

  if (g_strv_length (parts) != N_NUMBERS)
    return FALSE;
  for (guint i = 0; i < N_NUMBERS; i++)
    {
      char *end;

      /* Neither "nan" nor "0x10". */
      if (*parts[i] == '\0' || strspn (parts[i], "0123456789.") != strlen (parts[i]))
        return FALSE;
      numbers[i] = g_ascii_strtod (parts[i], &end);
      if (*end != '\0' || numbers[i] > LENGTH_MAX)
        return FALSE;
    }

  return TRUE;
}

gboolean
eonay_mark_place_parse (const char *text, EonayMarkPlace *place)
{
  double numbers[N_NUMBERS];

  for (guint i = EONAY_MARK_TOP_LEFT; i < G_N_ELEMENTS (words); i++)
    if (strcmp (text, words[i]) == 0)
      {
        *place = (EonayMarkPlace){ .position = (EonayMarkPosition) i, .page = place->page };
        return TRUE;
      }

  if (!parse_numbers (text, numbers) || numbers[2] < EONAY_MARK_WIDTH_MIN ||
      numbers[3] < EONAY_MARK_HEIGHT_MIN)
    return FALSE;

  *place = (EonayMarkPlace){ EONAY_MARK_AREA, place->page, numbers[0],
                             numbers[1],      numbers[2],  numbers[3] };

  return TRUE;
}

char *
eonay_mark_place_format (const EonayMarkPlace *self)
{
  if (self->position != EONAY_MARK_AREA)
    return g_strdup (eonay_mark_place_get_word (self->position));

  return g_strdup_printf ("%d,%d,%d,%d", (int) self->left, (int) self->top, (int) self->width,
                          (int) self->height);
}

void
eonay_mark_place_measure_page (const EonayPdfBox *page, double *width, double *height)
{
  gboolean is_turned = page->rotation % 180 != 0;

  *width = is_turned ? page->top - page->bottom : page->right - page->left;
  *height = is_turned ? page->right - page->left : page->top - page->bottom;
}

/* @nth: 0 at the beginning, 1 in the middle, 2 at the end */
static double
align (guint nth, double length, double room)
{
  double margin = MIN (EONAY_MARK_MARGIN, (room - length) / 2);

  return nth == 0 ? margin : nth == 1 ? (room - length) / 2 : room - length - margin;
}

gboolean
eonay_mark_place_settle (EonayMarkPlace *self, double width, double height)
{
  if (self->width <= 0)
    self->width = MIN (EONAY_MARK_WIDTH, width);
  if (self->height <= 0)
    self->height = MIN (EONAY_MARK_HEIGHT, height);
  if (self->width > width || self->height > height || self->width < EONAY_MARK_WIDTH_MIN ||
      self->height < EONAY_MARK_HEIGHT_MIN)
    return FALSE;

  if (self->position != EONAY_MARK_AREA)
    {
      guint nth = self->position - EONAY_MARK_TOP_LEFT;

      self->left = align (nth % 3, self->width, width);
      self->top = align (nth / 3, self->height, height);
      self->position = EONAY_MARK_AREA;
    }
  self->left = CLAMP (self->left, 0, width - self->width);
  self->top = CLAMP (self->top, 0, height - self->height);

  return TRUE;
}

/* ISO 32000-1, clause 7.7.3.3: /Rotate turns the page clockwise. */
EonayPdfBox
eonay_mark_place_find_box (const EonayMarkPlace *self, const EonayPdfBox *page)
{
  double right = self->left + self->width;
  double bottom = self->top + self->height;
  EonayPdfBox box = { page->left + self->left, page->top - bottom, page->left + right,
                      page->top - self->top, page->rotation };

  switch (page->rotation)
    {
    case 90:
      return (EonayPdfBox){ page->left + self->top, page->bottom + self->left, page->left + bottom,
                            page->bottom + right, page->rotation };
    case 180:
      return (EonayPdfBox){ page->right - right, page->bottom + self->top, page->right - self->left,
                            page->bottom + bottom, page->rotation };
    case 270:
      return (EonayPdfBox){ page->right - bottom, page->top - right, page->right - self->top,
                            page->top - self->left, page->rotation };
    default:
      return box;
    }
}

EonayMarkPlace
eonay_mark_place_of_box (const EonayPdfBox *box, const EonayPdfBox *page)
{
  const EonayPdfBox turned = { box->left, box->bottom, box->right, box->top, page->rotation };
  EonayMarkPlace place = { .position = EONAY_MARK_AREA };

  eonay_mark_place_measure_page (&turned, &place.width, &place.height);
  switch (page->rotation)
    {
    case 90:
      place.left = box->bottom - page->bottom;
      place.top = box->left - page->left;
      break;
    case 180:
      place.left = page->right - box->right;
      place.top = box->bottom - page->bottom;
      break;
    case 270:
      place.left = page->top - box->top;
      place.top = page->right - box->right;
      break;
    default:
      place.left = box->left - page->left;
      place.top = page->top - box->top;
      break;
    }

  return place;
}
