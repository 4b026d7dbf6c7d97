#include "app/files/eonay-page-ink.h"

#include "session/files/eonay-mark-proposal.h"

#define LEVELS 256

/* Of 255: darker paper is none; and what differs from it by more is drawn on it. */
#define PAPER_LEAST 180
#define INK_LEAST 16

static int
get_level (const guint8 *pixel)
{
  return (pixel[0] + 2 * pixel[1] + pixel[2]) / 4;
}

/* Returns: how light the paper is; beyond all levels if there is none */
static int
find_paper (const guint8 *pixels, gsize n_pixels)
{
  gsize counts[LEVELS] = { 0 };
  int paper = 0;

  for (gsize i = 0; i < n_pixels; i++)
    counts[get_level (pixels + i * EONAY_PAGE_PIXEL_SIZE)]++;
  for (int level = 1; level < LEVELS; level++)
    if (counts[level] >= counts[paper])
      paper = level;

  return paper >= PAPER_LEAST ? paper : 2 * LEVELS;
}

GArray *
eonay_page_ink_list (const EonayPageAnswer *answer, double scale)
{
  GArray *ink = g_array_new (FALSE, FALSE, sizeof (EonayMarkProposalArea));
  const guint8 *pixel = g_bytes_get_data (answer->pixels, NULL);
  int paper = find_paper (pixel, (gsize) answer->width * (gsize) answer->height);

  for (int y = 0; y < answer->height; y++)
    for (int x = 0, length = 0; x < answer->width; x++, pixel += EONAY_PAGE_PIXEL_SIZE)
      {
        EonayMarkProposalArea row = { 0, y / scale, 0, 1 / scale };
        gboolean is_ink = ABS (get_level (pixel) - paper) > INK_LEAST;

        length += is_ink ? 1 : 0;
        if (length == 0 || (is_ink && x + 1 < answer->width))
          continue;
        row.width = length / scale;
        row.left = (is_ink ? x + 1 : x) / scale - row.width;
        g_array_append_val (ink, row);
        length = 0;
      }

  return ink;
}
