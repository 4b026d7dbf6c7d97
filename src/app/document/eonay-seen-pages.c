#include "app/document/eonay-seen-pages.h"

/* Parts of a page: a bit for each. */
#define COLUMNS 4
#define ROWS 16
#define ALL G_MAXUINT64

/* Of a part, on each side, that may be out of view. */
#define TOLERANCE 0.2

struct _EonaySeenPages {
  guint64 *parts;
  guint n_pages;
  guint n_seen;
};

EonaySeenPages *
eonay_seen_pages_new (guint n_pages)
{
  EonaySeenPages *self = g_rc_box_new0 (EonaySeenPages);

  self->parts = g_new0 (guint64, n_pages);
  self->n_pages = n_pages;

  return self;
}

EonaySeenPages *
eonay_seen_pages_ref (EonaySeenPages *self)
{
  return g_rc_box_acquire (self);
}

static void
clear (gpointer user_data)
{
  g_free (((EonaySeenPages *) user_data)->parts);
}

void
eonay_seen_pages_unref (EonaySeenPages *self)
{
  g_rc_box_release_full (self, clear);
}

guint
eonay_seen_pages_get_n_pages (EonaySeenPages *self)
{
  return self->n_pages;
}

static gboolean
is_within (guint index, guint n, double from, double length)
{
  return from <= (index + TOLERANCE) / n && from + length >= (index + 1 - TOLERANCE) / n;
}

guint64
eonay_seen_pages_list_parts (const EonayPageArea *shown)
{
  guint64 parts = 0;

  for (guint row = 0; row < ROWS; row++)
    for (guint column = 0; column < COLUMNS; column++)
      if (is_within (row, ROWS, shown->y, shown->height) &&
          is_within (column, COLUMNS, shown->x, shown->width))
        parts |= G_GUINT64_CONSTANT (1) << (row * COLUMNS + column);

  return parts;
}

gboolean
eonay_seen_pages_add (EonaySeenPages *self, guint page, guint64 parts)
{
  g_return_val_if_fail (page < self->n_pages, FALSE);

  if (self->parts[page] == ALL)
    return FALSE;

  self->parts[page] |= parts;
  if (self->parts[page] != ALL)
    return FALSE;

  self->n_seen++;

  return TRUE;
}

gboolean
eonay_seen_pages_has (EonaySeenPages *self, guint page)
{
  return page < self->n_pages && self->parts[page] == ALL;
}

guint
eonay_seen_pages_count (EonaySeenPages *self)
{
  return self->n_seen;
}

guint
eonay_seen_pages_find_unseen (EonaySeenPages *self)
{
  guint page = 0;

  while (page < self->n_pages && self->parts[page] == ALL)
    page++;

  return page;
}
