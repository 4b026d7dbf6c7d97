#include "app/document/eonay-page-text.h"

#include <math.h>

struct _EonayPageText {
  char *text;
  GArray *areas;
};

EonayPageText *
eonay_page_text_new (const EonayPageAnswer *answer)
{
  EonayPageText *self = g_new0 (EonayPageText, 1);

  self->text = g_strdup (answer->text);
  self->areas = g_array_ref (answer->areas);

  return self;
}

void
eonay_page_text_free (EonayPageText *self)
{
  if (self == NULL)
    return;

  g_free (self->text);
  g_array_unref (self->areas);
  g_free (self);
}

guint
eonay_page_text_get_length (EonayPageText *self)
{
  return self->areas->len;
}

static const EonayPageArea *
get_area (EonayPageText *self, guint index)
{
  return &g_array_index (self->areas, EonayPageArea, index);
}

static double
distance_to (double from, double length, double at)
{
  return MAX (0, MAX (from - at, at - from - length));
}

/* The nearest line counts first, then what is nearest in it. */
guint
eonay_page_text_find (EonayPageText *self, double x, double y)
{
  double best_line = INFINITY;
  double best = INFINITY;
  guint found = 0;

  for (guint i = 0; i < self->areas->len; i++)
    {
      const EonayPageArea *area = get_area (self, i);
      double line = distance_to (area->y, area->height, y);
      double column = distance_to (area->x, area->width, x);

      if (area->height <= 0 || line > best_line || (line == best_line && column >= best))
        continue;
      best_line = line;
      best = column;
      found = x > area->x + area->width / 2 ? i + 1 : i;
    }

  return found;
}

gboolean
eonay_page_text_is_at (EonayPageText *self, double x, double y)
{
  for (guint i = 0; i < self->areas->len; i++)
    {
      const EonayPageArea *area = get_area (self, i);

      if (x >= area->x && x <= area->x + area->width && y >= area->y && y <= area->y + area->height)
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_space (gunichar c)
{
  return g_unichar_isspace (c);
}

static gboolean
is_line_end (gunichar c)
{
  return c == '\n';
}

static void
find_between (EonayPageText *self, guint index, gboolean (*is_end) (gunichar c), guint *start,
              guint *end)
{
  const char *at = self->text;
  guint length = self->areas->len;
  guint i = 0;

  *start = 0;
  *end = length;
  for (; i < length && *at != '\0'; i++, at = g_utf8_next_char (at))
    {
      if (!is_end (g_utf8_get_char (at)))
        continue;
      if (i >= index)
        break;
      *start = i + 1;
    }
  *end = MAX (i, *start);
}

void
eonay_page_text_find_word (EonayPageText *self, guint index, guint *start, guint *end)
{
  find_between (self, index, is_space, start, end);
}

void
eonay_page_text_find_line (EonayPageText *self, guint index, guint *start, guint *end)
{
  find_between (self, index, is_line_end, start, end);
}

static gboolean
goes_on (const EonayPageArea *line, const EonayPageArea *area)
{
  double middle = area->y + area->height / 2;

  /* A column beside is on the same line, but far away. */
  return middle > line->y && middle < line->y + line->height && area->x >= line->x &&
         area->x <= line->x + line->width + 3 * area->height;
}

GArray *
eonay_page_text_list_areas (EonayPageText *self, guint start, guint end)
{
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (EonayPageArea));
  EonayPageArea *line = NULL;

  for (guint i = start; i < MIN (end, self->areas->len); i++)
    {
      const EonayPageArea *area = get_area (self, i);

      if (area->width <= 0 || area->height <= 0)
        continue;
      if (line == NULL || !goes_on (line, area))
        {
          g_array_append_vals (lines, area, 1);
          line = &g_array_index (lines, EonayPageArea, lines->len - 1);
          continue;
        }
      line->height = MAX (line->y + line->height, area->y + area->height) - MIN (line->y, area->y);
      line->y = MIN (line->y, area->y);
      line->width = MAX (line->width, area->x + area->width - line->x);
    }

  return lines;
}

char *
eonay_page_text_dup (EonayPageText *self, guint start, guint end)
{
  guint length = self->areas->len;

  start = MIN (start, length);

  return g_utf8_substring (self->text, (glong) start, (glong) CLAMP (end, start, length));
}
