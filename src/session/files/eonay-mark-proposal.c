#include "session/files/eonay-mark-proposal.h"

#include "base/eonay-folded-text.h"

/* Points: under a name, whose underline is no obstacle; under all else; and what printers leave. */
#define UNDER_NAME 6.0
#define UNDER_TEXT 12.0
#define EDGE 18.0

/* Boxes of letters that touch do not cover each other. */
#define TOUCH 0.5

/* The part of the height in which a page has its number, an address or the like. */
#define FOOTER (1.0 / 6)

typedef struct {
  double top;
  double bottom;
} Band;

/* @index: of a character, or beyond the text on either side */
static gboolean
is_letter_at (const gunichar *characters, guint length, guint index)
{
  return index < length && g_unichar_isalnum (characters[index]);
}

static double
get_bottom (const EonayMarkProposalArea *area)
{
  return area->top + area->height;
}

static gboolean
is_beside (const EonayMarkProposalArea *line, const EonayMarkProposalArea *area)
{
  double middle = area->top + area->height / 2;

  return middle > line->top && middle < get_bottom (line);
}

/* Returns: %FALSE if none of these characters has a place */
static gboolean
find_last_line (const EonayMarkProposalPage *page, guint start, guint end,
                EonayMarkProposalArea *line)
{
  gboolean has_line = FALSE;

  for (guint i = end; i > start; i--)
    {
      const EonayMarkProposalArea *area = &page->areas[i - 1];
      double right, bottom;

      if (area->width <= 0 || area->height <= 0)
        continue;
      if (!has_line)
        *line = *area;
      has_line = TRUE;
      if (!is_beside (line, area))
        break;
      right = MAX (line->left + line->width, area->left + area->width);
      bottom = MAX (get_bottom (line), get_bottom (area));
      line->left = MIN (line->left, area->left);
      line->top = MIN (line->top, area->top);
      line->width = right - line->left;
      line->height = bottom - line->top;
    }

  return has_line;
}

gboolean
eonay_mark_proposal_find_name (const EonayMarkProposalPage *page, const char *name,
                               EonayMarkProposalArea *area)
{
  g_autoptr (EonayFoldedText) text = eonay_folded_text_new (page->text);
  g_autoptr (EonayFoldedText) needle = eonay_folded_text_new (name);
  g_autofree gunichar *characters = g_utf8_to_ucs4_fast (page->text, -1, NULL);
  gboolean is_found = FALSE;
  guint position = 0;
  guint start, end;

  while (!eonay_folded_text_is_blank (needle) &&
         eonay_folded_text_find (text, needle, &position, &start, &end))
    if (end <= page->n_areas && !is_letter_at (characters, page->n_areas, start - 1) &&
        !is_letter_at (characters, page->n_areas, end) && find_last_line (page, start, end, area))
      is_found = TRUE;

  return is_found;
}

static gboolean
cover_each_other (const EonayMarkProposalArea *one, const EonayMarkProposalArea *other)
{
  return one->left + one->width > other->left + TOUCH &&
         other->left + other->width > one->left + TOUCH && get_bottom (one) > other->top + TOUCH &&
         get_bottom (other) > one->top + TOUCH;
}

static gboolean
is_blank (const char *character)
{
  return g_unichar_isspace (g_utf8_get_char (character));
}

static gboolean
is_empty (const EonayMarkProposalPage *page, const EonayMarkProposalArea *area)
{
  const char *character = page->text;

  for (guint i = 0; i < page->n_areas; i++, character = g_utf8_next_char (character))
    if (!is_blank (character) && cover_each_other (area, &page->areas[i]))
      return FALSE;
  for (guint i = 0; i < page->n_ink; i++)
    if (cover_each_other (area, &page->ink[i]))
      return FALSE;

  return TRUE;
}

static void
put (const EonayMarkProposalArea *area, EonayMarkPlace *place)
{
  *place = (EonayMarkPlace){ EONAY_MARK_AREA, place->page, area->left,
                             area->top,       area->width, area->height };
}

gboolean
eonay_mark_proposal_put_under (const EonayMarkProposalPage *page, const EonayMarkProposalArea *name,
                               EonayMarkPlace *place)
{
  EonayMarkProposalArea area = { .width = EONAY_MARK_WIDTH, .height = EONAY_MARK_HEIGHT };

  area.top = get_bottom (name) + UNDER_NAME;
  if (name->left < 0 || name->left + name->width > page->width || name->top < 0 ||
      page->width < area.width + 2 * EDGE || get_bottom (&area) > page->height - EDGE)
    return FALSE;

  area.left = CLAMP (name->left + (name->width - area.width) / 2, EDGE,
                     page->width - EDGE - area.width);
  if (!is_empty (page, &area))
    return FALSE;

  put (&area, place);

  return TRUE;
}

static void
add_band (GArray *bands, const EonayMarkProposalPage *page, const EonayMarkProposalArea *area)
{
  Band band = { area->top, get_bottom (area) };

  if (area->width > 0 && area->height > 0 && band.bottom > 0 && band.top < page->height)
    g_array_append_val (bands, band);
}

/* The lowest end comes first. */
static int
compare_bands (gconstpointer one, gconstpointer other)
{
  double a = ((const Band *) one)->bottom;
  double b = ((const Band *) other)->bottom;

  return a > b ? -1 : a < b ? 1 : 0;
}

/* Returns: (transfer full) (element-type Band): what the mark would have to be above or below */
static GArray *
list_bands (const EonayMarkProposalPage *page, const EonayMarkProposalArea *column)
{
  GArray *bands = g_array_new (FALSE, FALSE, sizeof (Band));
  const char *character = page->text;

  for (guint i = 0; i < page->n_areas; i++, character = g_utf8_next_char (character))
    if (!is_blank (character))
      add_band (bands, page, &page->areas[i]);
  /* A frame around the page may go on beside the mark. */
  for (guint i = 0; i < page->n_ink; i++)
    if (cover_each_other (column, &page->ink[i]))
      add_band (bands, page, &page->ink[i]);
  g_array_sort (bands, compare_bands);

  return bands;
}

gboolean
eonay_mark_proposal_put_at_end (const EonayMarkProposalPage *page, EonayMarkPlace *place)
{
  EonayMarkProposalArea area = { page->width - EONAY_MARK_MARGIN - EONAY_MARK_WIDTH, 0,
                                 EONAY_MARK_WIDTH, EONAY_MARK_HEIGHT };
  const EonayMarkProposalArea column = { area.left, 0, area.width, page->height };
  g_autoptr (GArray) bands = NULL;
  double end = page->height - EONAY_MARK_MARGIN;

  if (area.left < EONAY_MARK_MARGIN)
    return FALSE;

  bands = list_bands (page, &column);
  for (guint i = 0; i < bands->len; i++)
    {
      const Band *band = &g_array_index (bands, Band, i);

      area.top = band->bottom + UNDER_TEXT;
      if (get_bottom (&area) <= end)
        {
          put (&area, place);
          return TRUE;
        }
      if (band->top < page->height * (1 - FOOTER))
        return FALSE;
      end = MIN (end, band->top - UNDER_TEXT);
    }

  return FALSE;
}
