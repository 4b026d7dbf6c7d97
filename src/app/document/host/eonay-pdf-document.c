#include "app/document/host/eonay-pdf-document.h"

#include <math.h>
#include <poppler.h>
#include <string.h>

#include "base/eonay-error.h"
#include "base/eonay-folded-text.h"

#define LINEARIZED "/Linearized"
#define LINEARIZED_ROOM 1024 /* bytes: where its dictionary stands (ISO 32000-1 annex F.3.3) */

/* Pictures to be compared: as many pixels as show a small letter. */
#define COMPARED_SCALE 1.5
#define COMPARED_PIXELS (1500 * 1500)

/* Of 255: what two pixels of the same colour may differ by; what the colours around one differ by
   where there is a letter or a line, and where there is nothing. */
#define LEAST_DIFFERENCE 8
#define INK_CONTRAST 32
#define BLANK_CONTRAST 10

/* Pixels with ink on one picture alone that make a difference; and the side of a square of another
   colour that does. */
#define PIXELS_DIFFERENT 6
#define SQUARE 5

/* Poppler 22.12 does not have it. */
typedef PopplerPage Page;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Page, g_object_unref)

struct _EonayPdfDocument {
  PopplerDocument *document;
  GArray *sizes;
  GHashTable *incomplete; /* numbers of pages */
  PopplerFontInfo *fonts; /* (nullable): has scanned the pages before @fonts_page */
  guint fonts_page;
};

/* What poppler says while it draws, and then goes on without. */
static guint n_faults;

static void
on_said (const char *domain, GLogLevelFlags level, const char *message, gpointer user_data)
{
  n_faults += g_str_has_prefix (message, "Syntax warning") ? 0 : 1;
}

static void
listen_to_poppler (void)
{
  static gsize is_listening;

  if (g_once_init_enter (&is_listening))
    {
      g_log_set_handler ("Poppler", G_LOG_LEVEL_MASK, on_said, NULL);
      g_once_init_leave (&is_listening, 1);
    }
}

static GError *
explain (const GError *error)
{
  if (g_error_matches (error, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED))
    return g_error_new_literal (EONAY_PAGE_ERROR, EONAY_PAGE_ERROR_ENCRYPTED,
                                "The document has a password");

  return g_error_new (EONAY_PAGE_ERROR, EONAY_PAGE_ERROR_MALFORMED,
                      "The document cannot be opened: %s", error->message);
}

static gboolean
measure (EonayPdfDocument *self, guint index, GError **error)
{
  g_autoptr (Page) page = poppler_document_get_page (self->document, (int) index);
  EonayPageSize size = { 0 };

  if (page != NULL)
    poppler_page_get_size (page, &size.width, &size.height);
  if (!(size.width > 0 && size.height > 0))
    {
      g_set_error (error, EONAY_PAGE_ERROR, EONAY_PAGE_ERROR_MALFORMED,
                   "Page %u cannot be found, or is empty", index + 1);
      return FALSE;
    }
  if (!(size.width <= EONAY_PAGE_SIDE_MAX && size.height <= EONAY_PAGE_SIDE_MAX))
    {
      g_set_error (error, EONAY_PAGE_ERROR, EONAY_PAGE_ERROR_TOO_LARGE,
                   "Page %u is larger than any page", index + 1);
      return FALSE;
    }
  g_array_append_val (self->sizes, size);

  return TRUE;
}

static gboolean
measure_all (EonayPdfDocument *self, GError **error)
{
  int n_pages = poppler_document_get_n_pages (self->document);

  if (n_pages <= 0)
    {
      g_set_error_literal (error, EONAY_PAGE_ERROR, EONAY_PAGE_ERROR_MALFORMED,
                           "The document has no pages");
      return FALSE;
    }
  if ((guint) n_pages > EONAY_PAGES_MAX)
    {
      g_set_error (error, EONAY_PAGE_ERROR, EONAY_PAGE_ERROR_TOO_LARGE, "The document has %d pages",
                   n_pages);
      return FALSE;
    }

  for (int i = 0; i < n_pages; i++)
    if (!measure (self, (guint) i, error))
      return FALSE;

  return TRUE;
}

/* A linearized file has a second way in, which poppler takes, and which no longer counts once something
   is put behind the file: a signature. What is shown is what is there then. */
static GBytes *
without_linearization (GBytes *bytes)
{
  gsize length;
  const guint8 *at = g_bytes_get_data (bytes, &length);
  const guint8 *found = memmem (at, MIN (length, LINEARIZED_ROOM), LINEARIZED, strlen (LINEARIZED));
  guint8 *copy;

  if (found == NULL)
    return g_bytes_ref (bytes);

  copy = g_memdup2 (at, length);
  copy[found - at + 1] = 'X';

  return g_bytes_new_take (copy, length);
}

EonayPdfDocument *
eonay_pdf_document_open (GBytes *bytes, GError **error)
{
  g_autoptr (GBytes) own = without_linearization (bytes);

  return eonay_pdf_document_open_as_others (own, error);
}

EonayPdfDocument *
eonay_pdf_document_open_as_others (GBytes *bytes, GError **error)
{
  g_autoptr (EonayPdfDocument) self = g_new0 (EonayPdfDocument, 1);
  g_autoptr (GError) local = NULL;

  listen_to_poppler ();
  self->sizes = g_array_new (FALSE, FALSE, sizeof (EonayPageSize));
  self->incomplete = g_hash_table_new (NULL, NULL);
  self->document = poppler_document_new_from_bytes (bytes, NULL, &local);
  if (self->document == NULL)
    {
      g_propagate_error (error, explain (local));
      return NULL;
    }

  return measure_all (self, error) ? g_steal_pointer (&self) : NULL;
}

void
eonay_pdf_document_free (EonayPdfDocument *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->fonts, poppler_font_info_free);
  g_clear_object (&self->document);
  g_array_unref (self->sizes);
  g_hash_table_unref (self->incomplete);
  g_free (self);
}

GArray *
eonay_pdf_document_list_sizes (EonayPdfDocument *self)
{
  return g_array_ref (self->sizes);
}

/* Returns: (transfer full) (nullable) */
static PopplerPage *
get_page (EonayPdfDocument *self, guint index)
{
  return index < self->sizes->len ? poppler_document_get_page (self->document, (int) index) : NULL;
}

static cairo_surface_t *
draw (PopplerPage *page, const EonayPageRequest *request)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, request->width,
                                                         request->height);
  cairo_t *cairo = cairo_create (surface);

  cairo_set_source_rgb (cairo, 1, 1, 1);
  cairo_paint (cairo);
  cairo_translate (cairo, -request->x, -request->y);
  cairo_scale (cairo, request->scale, request->scale);
  if (request->print)
    poppler_page_render_for_printing (page, cairo);
  else
    poppler_page_render (page, cairo);
  if (cairo_status (cairo) != CAIRO_STATUS_SUCCESS)
    g_clear_pointer (&surface, cairo_surface_destroy);
  cairo_destroy (cairo);
  if (surface != NULL)
    cairo_surface_flush (surface);

  return surface;
}

/* Returns: (transfer full) (nullable): ARGB32, on white */
static cairo_surface_t *
draw_page (EonayPdfDocument *self, const EonayPageRequest *request, GError **error)
{
  guint before = n_faults;
  g_autoptr (Page) page = get_page (self, request->page);
  cairo_surface_t *surface = page != NULL ? draw (page, request) : NULL;

  /* Some of it is said the first time only. */
  if (n_faults != before)
    g_hash_table_add (self->incomplete, GUINT_TO_POINTER (request->page));
  if (surface == NULL)
    g_set_error (error, EONAY_PAGE_ERROR, EONAY_PAGE_ERROR_NOT_DRAWN, "Page %u cannot be drawn",
                 request->page + 1);

  return surface;
}

static GBytes *
pack (cairo_surface_t *surface, int width, int height)
{
  const guint8 *row = cairo_image_surface_get_data (surface);
  gsize length = (gsize) width * (gsize) height * EONAY_PAGE_PIXEL_SIZE;
  guint8 *pixels = g_malloc (length);
  guint8 *to = pixels;

  for (int y = 0; y < height; y++, row += cairo_image_surface_get_stride (surface))
    for (int x = 0; x < width; x++, to += EONAY_PAGE_PIXEL_SIZE)
      {
        guint32 pixel;

        memcpy (&pixel, row + (gsize) x * sizeof pixel, sizeof pixel);
        to[0] = (guint8) (pixel >> 16);
        to[1] = (guint8) (pixel >> 8);
        to[2] = (guint8) pixel;
      }

  return g_bytes_new_take (pixels, length);
}

GBytes *
eonay_pdf_document_draw (EonayPdfDocument *self, const EonayPageRequest *request, GError **error)
{
  cairo_surface_t *surface = draw_page (self, request, error);
  GBytes *pixels;

  if (surface == NULL)
    return NULL;

  pixels = pack (surface, request->width, request->height);
  cairo_surface_destroy (surface);

  return pixels;
}

gboolean
eonay_pdf_document_is_incomplete (EonayPdfDocument *self, guint page)
{
  return g_hash_table_contains (self->incomplete, GUINT_TO_POINTER (page));
}

/* Returns: (transfer full): the page's text, of at most @n_areas characters, each of which has its
   place in @areas. */
static char *
read_page (EonayPdfDocument *self, guint index, PopplerRectangle **areas, guint *n_areas)
{
  g_autoptr (Page) page = get_page (self, index);
  g_autofree char *text = page != NULL ? poppler_page_get_text (page) : NULL;
  guint n_characters;

  *areas = NULL;
  *n_areas = 0;
  if (text == NULL || !g_utf8_validate (text, -1, NULL) ||
      !poppler_page_get_text_layout (page, areas, n_areas))
    {
      *n_areas = 0;
      return g_strdup ("");
    }

  n_characters = (guint) g_utf8_strlen (text, -1);
  *n_areas = MIN (*n_areas, n_characters);

  return g_utf8_substring (text, 0, *n_areas);
}

static EonayPageArea
to_area (const PopplerRectangle *rectangle)
{
  return (EonayPageArea){ .x = MIN (rectangle->x1, rectangle->x2),
                          .y = MIN (rectangle->y1, rectangle->y2),
                          .width = fabs (rectangle->x2 - rectangle->x1),
                          .height = fabs (rectangle->y2 - rectangle->y1) };
}

void
eonay_pdf_document_read_text (EonayPdfDocument *self, guint page, EonayPageAnswer *answer)
{
  g_autofree PopplerRectangle *rectangles = NULL;
  guint n_areas;
  g_autofree char *text = read_page (self, page, &rectangles, &n_areas);

  answer->is_short = n_areas > EONAY_PAGE_CHARACTERS_MAX;
  n_areas = MIN (n_areas, EONAY_PAGE_CHARACTERS_MAX);
  answer->text = g_utf8_substring (text, 0, n_areas);
  answer->areas = g_array_sized_new (FALSE, FALSE, sizeof (EonayPageArea), n_areas);
  for (guint i = 0; i < n_areas; i++)
    {
      EonayPageArea area = to_area (&rectangles[i]);

      g_array_append_val (answer->areas, area);
    }
}

static gboolean
is_on_line_of (const EonayPageArea *line, const EonayPageArea *area)
{
  double middle = area->y + area->height / 2;

  return middle > line->y && middle < line->y + line->height && area->x >= line->x;
}

static void
extend (EonayPageArea *line, const EonayPageArea *area)
{
  double right = MAX (line->x + line->width, area->x + area->width);
  double bottom = MAX (line->y + line->height, area->y + area->height);

  line->y = MIN (line->y, area->y);
  line->width = right - line->x;
  line->height = bottom - line->y;
}

/* One area for each line that the characters from @start to before @end stand in. */
static void
add_match (GArray *matches, EonayPageMatch match, const PopplerRectangle *rectangles, guint start,
           guint end)
{
  gboolean has_line = FALSE;

  for (guint i = start; i < end; i++)
    {
      EonayPageArea area = to_area (&rectangles[i]);

      if (area.width <= 0 || area.height <= 0)
        continue;
      if (has_line && is_on_line_of (&match.area, &area))
        {
          extend (&match.area, &area);
          continue;
        }
      if (has_line)
        g_array_append_val (matches, match);
      match.area = area;
      has_line = TRUE;
    }
  if (has_line)
    g_array_append_val (matches, match);
}

void
eonay_pdf_document_search (EonayPdfDocument *self, guint page, guint n_pages, const char *text,
                           EonayPageAnswer *answer)
{
  g_autoptr (EonayFoldedText) needle = eonay_folded_text_new (text);
  guint end = MIN (page + n_pages, self->sizes->len);
  guint number = 0;

  answer->matches = g_array_new (FALSE, FALSE, sizeof (EonayPageMatch));
  for (guint i = page; !eonay_folded_text_is_blank (needle) && i < end; i++)
    {
      g_autofree PopplerRectangle *rectangles = NULL;
      guint n_areas;
      g_autofree char *content = read_page (self, i, &rectangles, &n_areas);
      g_autoptr (EonayFoldedText) folded = eonay_folded_text_new (content);
      guint position = 0;
      guint first;
      guint last;

      while (eonay_folded_text_find (folded, needle, &position, &first, &last))
        add_match (answer->matches, (EonayPageMatch){ .page = i, .number = number++ }, rectangles,
                   first, last);
      if (answer->matches->len > EONAY_PAGE_MATCHES_MAX)
        {
          answer->is_short = TRUE;
          g_array_set_size (answer->matches, EONAY_PAGE_MATCHES_MAX);
          return;
        }
    }
}

static char *
describe_page (EonayPdfDocument *self, const PopplerDest *dest)
{
  PopplerDest *found = NULL;
  int number = dest->page_num;

  if (dest->type == POPPLER_DEST_NAMED && dest->named_dest != NULL)
    {
      found = poppler_document_find_dest (self->document, dest->named_dest);
      number = found != NULL ? found->page_num : 0;
      g_clear_pointer (&found, poppler_dest_free);
    }

  return number > 0 ? g_strdup_printf ("%d", number) : NULL;
}

static EonayPageLinkKind
describe_action (EonayPdfDocument *self, const PopplerAction *action, char **target)
{
  switch (action->type)
    {
    case POPPLER_ACTION_URI:
      *target = g_strdup (action->uri.uri);
      return EONAY_PAGE_LINK_URI;
    case POPPLER_ACTION_GOTO_DEST:
      *target = action->goto_dest.dest != NULL ? describe_page (self, action->goto_dest.dest)
                                               : NULL;
      return *target != NULL ? EONAY_PAGE_LINK_PAGE : EONAY_PAGE_LINK_OTHER;
    case POPPLER_ACTION_GOTO_REMOTE:
      *target = g_strdup (action->goto_remote.file_name);
      return EONAY_PAGE_LINK_FILE;
    case POPPLER_ACTION_LAUNCH:
      *target = g_strdup (action->launch.file_name);
      return EONAY_PAGE_LINK_LAUNCH;
    case POPPLER_ACTION_JAVASCRIPT:
      return EONAY_PAGE_LINK_SCRIPT;
    default:
      return EONAY_PAGE_LINK_OTHER;
    }
}

void
eonay_pdf_document_list_links (EonayPdfDocument *self, guint index, EonayPageAnswer *answer)
{
  g_autoptr (Page) page = get_page (self, index);
  GList *links = page != NULL ? poppler_page_get_link_mapping (page) : NULL;
  guint n_links = 0;

  for (GList *i = links; i != NULL && !answer->is_short; i = i->next)
    {
      const PopplerLinkMapping *link = i->data;
      EonayPageArea area = to_area (&link->area);
      g_autofree char *target = NULL;
      EonayPageLinkKind kind;

      /* As PDF has it, from the bottom. */
      area.y = g_array_index (self->sizes, EonayPageSize, index).height - area.y - area.height;
      kind = describe_action (self, link->action, &target);
      answer->is_short = ++n_links > EONAY_PAGE_LINKS_MAX;
      if (!answer->is_short)
        eonay_page_answer_add_link (answer, area, kind, target);
    }
  poppler_page_free_link_mapping (links);
}

static void
add_missing (GPtrArray *names, PopplerFontsIter *iter)
{
  const char *name = poppler_fonts_iter_get_name (iter);

  if (poppler_fonts_iter_is_embedded (iter))
    return;
  name = name != NULL && g_utf8_validate (name, -1, NULL) ? name : "?";
  if (!g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
    g_ptr_array_add (names, g_strdup (name));
}

static PopplerFontsIter *
scan_fonts (EonayPdfDocument *self, guint page, guint n_pages)
{
  PopplerFontsIter *iter = NULL;

  /* Poppler goes on where it was. */
  if (self->fonts == NULL || self->fonts_page != page)
    {
      g_clear_pointer (&self->fonts, poppler_font_info_free);
      self->fonts = poppler_font_info_new (self->document);
      if (page > 0 && poppler_font_info_scan (self->fonts, (int) page, &iter))
        g_clear_pointer (&iter, poppler_fonts_iter_free);
    }
  self->fonts_page = page + n_pages;

  return poppler_font_info_scan (self->fonts, (int) n_pages, &iter) ? iter : NULL;
}

void
eonay_pdf_document_list_fonts (EonayPdfDocument *self, guint page, guint n_pages,
                               EonayPageAnswer *answer)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  PopplerFontsIter *iter = scan_fonts (self, page, n_pages);

  if (iter != NULL)
    do
      add_missing (names, iter);
    while (poppler_fonts_iter_next (iter));
  g_clear_pointer (&iter, poppler_fonts_iter_free);

  answer->is_short = names->len > EONAY_PAGE_FONTS_MAX;
  while (names->len > EONAY_PAGE_FONTS_MAX)
    g_free (g_ptr_array_steal_index (names, names->len - 1));
  g_ptr_array_add (names, NULL);
  answer->fonts = (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

/* Two pictures of one page, of the same size. */
typedef struct {
  const guint8 *screen;
  const guint8 *print;
  int width;
  int height;
} Pair;

static const guint8 *
get_pixel (const Pair *self, const guint8 *picture, int x, int y)
{
  return picture + ((gsize) y * (gsize) self->width + (gsize) x) * EONAY_PAGE_PIXEL_SIZE;
}

static gboolean
differs_at (const Pair *self, int x, int y)
{
  const guint8 *one = get_pixel (self, self->screen, x, y);
  const guint8 *other = get_pixel (self, self->print, x, y);

  for (guint i = 0; i < EONAY_PAGE_PIXEL_SIZE; i++)
    if (ABS (one[i] - other[i]) > LEAST_DIFFERENCE)
      return TRUE;

  return FALSE;
}

/* Returns: how far apart the colours around a pixel are */
static int
get_contrast (const Pair *self, const guint8 *picture, int x, int y, int around)
{
  int contrast = 0;

  for (guint i = 0; i < EONAY_PAGE_PIXEL_SIZE; i++)
    {
      int least = G_MAXUINT8;
      int most = 0;

      for (int row = MAX (y - around, 0); row <= MIN (y + around, self->height - 1); row++)
        for (int column = MAX (x - around, 0); column <= MIN (x + around, self->width - 1);
             column++)
          {
            int value = get_pixel (self, picture, column, row)[i];

            least = MIN (least, value);
            most = MAX (most, value);
          }
      contrast = MAX (contrast, most - least);
    }

  return contrast;
}

/* A thin line is drawn black on a screen and grey on paper: it is there on both. */
static gboolean
has_ink_on_one (const Pair *self, int x, int y)
{
  return (get_contrast (self, self->screen, x, y, 1) > INK_CONTRAST &&
          get_contrast (self, self->print, x, y, 2) < BLANK_CONTRAST) ||
         (get_contrast (self, self->print, x, y, 1) > INK_CONTRAST &&
          get_contrast (self, self->screen, x, y, 2) < BLANK_CONTRAST);
}

/* Returns: whether a square that begins here is of another colour, which no line is wide enough for */
static gboolean
has_other_ground (const Pair *self, int x, int y)
{
  if (x + SQUARE > self->width || y + SQUARE > self->height)
    return FALSE;

  for (int row = 0; row < SQUARE; row++)
    for (int column = 0; column < SQUARE; column++)
      if (!differs_at (self, x + column, y + row))
        return FALSE;

  return TRUE;
}

static gboolean
have_differences (const Pair *self)
{
  guint n_different = 0;

  for (int y = 0; y < self->height; y++)
    for (int x = 0; x < self->width; x++)
      {
        if (!differs_at (self, x, y))
          continue;
        n_different += has_ink_on_one (self, x, y) ? 1 : 0;
        if (n_different >= PIXELS_DIFFERENT || has_other_ground (self, x, y))
          return TRUE;
      }

  return FALSE;
}

gboolean
eonay_pdf_document_compare (EonayPdfDocument *self, guint page, EonayPageAnswer *answer,
                            GError **error)
{
  EonayPageRequest request = { .ask = EONAY_PAGE_ASK_DRAW, .page = page, .scale = COMPARED_SCALE };
  const EonayPageSize *size;
  g_autoptr (GBytes) screen = NULL;
  g_autoptr (GBytes) print = NULL;

  if (page >= self->sizes->len)
    {
      g_set_error (error, EONAY_PAGE_ERROR, EONAY_PAGE_ERROR_NOT_DRAWN, "There is no page %u",
                   page + 1);
      return FALSE;
    }

  size = &g_array_index (self->sizes, EonayPageSize, page);
  request.scale = MIN (request.scale, sqrt (COMPARED_PIXELS / (size->width * size->height)));
  request.width = MAX (1, (int) (size->width * request.scale));
  request.height = MAX (1, (int) (size->height * request.scale));
  screen = eonay_pdf_document_draw (self, &request, error);
  request.print = TRUE;
  print = screen != NULL ? eonay_pdf_document_draw (self, &request, error) : NULL;
  if (print == NULL)
    return FALSE;

  answer->differs = !g_bytes_equal (screen, print) &&
                    have_differences (&(Pair){ .screen = g_bytes_get_data (screen, NULL),
                                               .print = g_bytes_get_data (print, NULL),
                                               .width = request.width,
                                               .height = request.height });

  return TRUE;
}
