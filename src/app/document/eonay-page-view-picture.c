#include "app/document/eonay-page-view-private.h"

#include <math.h>

/* The drawing of EonayPageView, and what of it was seen. */

/* Around a page; a blurred shadow takes most of a frame where the processor draws. */
#define EDGE 1.0

#define PRIORITY_SHOWN 0
#define PRIORITY_OVERVIEW 1
#define PRIORITY_NEXT 2

/* Of the rough picture behind the tiles of a large page, on its longer side. */
#define OVERVIEW_SIDE 640.0

static const GdkRGBA paper = { 1, 1, 1, 1 };
static const GdkRGBA unpainted = { 0.87f, 0.87f, 0.87f, 1 };
static const GdkRGBA edge_color = { 0, 0, 0, 0.35f };
static const GdkRGBA selection_color = { 0.21f, 0.52f, 0.89f, 0.35f };
static const GdkRGBA match_color = { 0.96f, 0.83f, 0.18f, 0.45f };
static const GdkRGBA current_match_color = { 1, 0.47f, 0, 0.55f };
static const GdkRGBA link_color = { 0.11f, 0.44f, 0.85f, 0.8f };

/* What was drawn of a page in a frame, until that is on the screen. */
typedef struct {
  guint page;
  guint64 parts;
} Drawn;

static graphene_rect_t
to_rect (EonayPageArea area)
{
  return GRAPHENE_RECT_INIT ((float) area.x, (float) area.y, (float) area.width,
                             (float) area.height);
}

static EonayPageArea
get_view (EonayPageView *self)
{
  return (EonayPageArea){ 0, 0, gtk_widget_get_width (GTK_WIDGET (self)),
                          gtk_widget_get_height (GTK_WIDGET (self)) };
}

/* The scale of a page's picture, in pixels of the device. */
static double
get_device_scale (EonayPageView *self, guint page)
{
  return eonay_page_layout_get_scale (self->layout, page) *
         gtk_widget_get_scale_factor (GTK_WIDGET (self));
}

GArray *
eonay_page_view_list_tiles (EonayPageView *self, guint page)
{
  const EonayPageSize *size = &g_array_index (self->sizes, EonayPageSize, page);
  double scale = eonay_page_layout_get_scale (self->layout, page);
  EonayPageArea area = eonay_page_view_get_area (self, page);
  EonayPageArea view = get_view (self);
  EonayPageArea part;

  if (!eonay_page_layout_intersect (&area, &view, &part))
    return eonay_page_cache_list_tiles (page, size, get_device_scale (self, page), NULL);

  part = (EonayPageArea){ (part.x - area.x) / scale, (part.y - area.y) / scale, part.width / scale,
                          part.height / scale };

  return eonay_page_cache_list_tiles (page, size, get_device_scale (self, page), &part);
}

static void
want_tiles (EonayPageView *self, guint page, int priority)
{
  g_autoptr (GArray) tiles = eonay_page_view_list_tiles (self, page);
  const EonayPageSize *size = &g_array_index (self->sizes, EonayPageSize, page);
  const EonayPageTile *first = &g_array_index (tiles, EonayPageTile, 0);
  double overview = OVERVIEW_SIDE / MAX (size->width, size->height);

  /* Of a large page out of view there may be hundreds, and it is not near. */
  if (!first->is_whole && priority == PRIORITY_NEXT)
    return;

  for (guint i = 0; i < tiles->len; i++)
    eonay_page_cache_want (self->cache, &g_array_index (tiles, EonayPageTile, i), priority);
  if (!first->is_whole)
    {
      g_autoptr (GArray) rough = eonay_page_cache_list_tiles (page, size, overview, NULL);

      eonay_page_cache_want (self->cache, &g_array_index (rough, EonayPageTile, 0),
                             PRIORITY_OVERVIEW);
    }
}

void
eonay_page_view_want_pictures (EonayPageView *self)
{
  guint first;
  guint last;

  if (self->cache == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)) ||
      !eonay_page_view_get_range (self, &first, &last))
    return;

  eonay_page_cache_begin (self->cache);
  for (guint page = first; page <= last; page++)
    want_tiles (self, page, PRIORITY_SHOWN);
  if (last + 1 < self->sizes->len)
    want_tiles (self, last + 1, PRIORITY_NEXT);
  if (first > 0)
    want_tiles (self, first - 1, PRIORITY_NEXT);
  eonay_page_cache_end (self->cache);
  eonay_page_view_fetch_links (self);
}

static void
incomplete_cb (EonayPageView *self, guint page)
{
  for (guint i = 0; i < self->incomplete->len; i++)
    if (g_array_index (self->incomplete, guint, i) == page)
      return;

  g_array_append_val (self->incomplete, page);
  g_signal_emit_by_name (self, "incomplete");
}

static void
appear (EonayPageView *self)
{
  if (self->has_appeared)
    return;

  self->has_appeared = TRUE;
  g_signal_emit_by_name (self, "appeared");
}

static void
drawn_cb (EonayPageView *self)
{
  appear (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
failed_cb (EonayPageView *self, guint page, const GError *error)
{
  appear (self);
  g_signal_emit_by_name (self, "failed", error);
}

void
eonay_page_view_watch_pictures (EonayPageView *self)
{
  g_signal_connect_object (self->cache, "incomplete", G_CALLBACK (incomplete_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->cache, "drawn", G_CALLBACK (drawn_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->cache, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
}

static EonayPageArea
get_tile_area (EonayPageView *self, const EonayPageArea *page, const EonayPageTile *tile)
{
  double factor = gtk_widget_get_scale_factor (GTK_WIDGET (self));

  return (EonayPageArea){ page->x + tile->x / factor, page->y + tile->y / factor,
                          tile->width / factor, tile->height / factor };
}

/* Returns: whether all of the page that is in view is drawn as it is */
static gboolean
append_tiles (EonayPageView *self, GtkSnapshot *snapshot, guint page, const EonayPageArea *area)
{
  g_autoptr (GArray) tiles = eonay_page_view_list_tiles (self, page);
  GdkTexture *whole = NULL;
  graphene_rect_t place = to_rect (*area);
  gboolean is_complete = TRUE;

  for (guint i = 0; i < tiles->len; i++)
    if (eonay_page_cache_get (self->cache, &g_array_index (tiles, EonayPageTile, i)) == NULL)
      is_complete = FALSE;

  whole = is_complete ? NULL : eonay_page_cache_get_whole (self->cache, page);
  if (!is_complete)
    gtk_snapshot_append_color (snapshot, whole != NULL ? &paper : &unpainted, &place);
  if (whole != NULL)
    gtk_snapshot_append_texture (snapshot, whole, &place);

  for (guint i = 0; i < tiles->len; i++)
    {
      const EonayPageTile *tile = &g_array_index (tiles, EonayPageTile, i);
      GdkTexture *texture = eonay_page_cache_get (self->cache, tile);
      graphene_rect_t at = to_rect (get_tile_area (self, area, tile));

      if (texture != NULL)
        gtk_snapshot_append_texture (snapshot, texture, &at);
    }

  return is_complete;
}

static void
append_area (EonayPageView *self, GtkSnapshot *snapshot, guint page, const EonayPageArea *area,
             const GdkRGBA *color)
{
  graphene_rect_t place = to_rect (eonay_page_view_from_page_area (self, page, area));

  gtk_snapshot_append_color (snapshot, color, &place);
}

static void
append_links (EonayPageView *self, GtkSnapshot *snapshot, guint page)
{
  const EonayPageAnswer *answer = g_hash_table_lookup (self->links, GUINT_TO_POINTER (page));

  for (guint i = 0; answer != NULL && answer->links != NULL && i < answer->links->len; i++)
    {
      const EonayPageLink *link = answer->links->pdata[i];
      EonayPageArea place = eonay_page_view_from_page_area (self, page, &link->area);
      graphene_rect_t line = GRAPHENE_RECT_INIT ((float) place.x, (float) (place.y + place.height),
                                                 (float) place.width, 1);

      gtk_snapshot_append_color (snapshot, &link_color, &line);
    }
}

static void
append_marks (EonayPageView *self, GtkSnapshot *snapshot, guint page)
{
  EonayPageText *text = g_hash_table_lookup (self->texts, GUINT_TO_POINTER (page));
  guint start;
  guint end;

  append_links (self, snapshot, page);
  for (guint i = 0; self->matches != NULL && i < self->matches->len; i++)
    {
      const EonayPageMatch *match = &g_array_index (self->matches, EonayPageMatch, i);
      gboolean is_current = i >= self->current_match && i < self->current_match + self->n_current;

      if (match->page == page)
        append_area (self, snapshot, page, &match->area,
                     is_current ? &current_match_color : &match_color);
    }

  if (text != NULL && eonay_page_view_get_selected (self, page, &start, &end))
    {
      g_autoptr (GArray) areas = eonay_page_text_list_areas (text, start, end);

      for (guint i = 0; i < areas->len; i++)
        append_area (self, snapshot, page, &g_array_index (areas, EonayPageArea, i),
                     &selection_color);
    }
}

/* What of the view is not cut off by what is around it, in its own coordinates. */
static gboolean
get_uncovered (EonayPageView *self, EonayPageArea *uncovered)
{
  GtkWidget *widget = GTK_WIDGET (self);

  *uncovered = get_view (self);
  for (GtkWidget *up = gtk_widget_get_parent (widget); up != NULL; up = gtk_widget_get_parent (up))
    {
      EonayPageArea bounds;
      graphene_point_t origin;

      if (!gtk_widget_compute_point (up, widget, &GRAPHENE_POINT_INIT (0, 0), &origin))
        return FALSE;
      bounds = (EonayPageArea){ origin.x, origin.y, gtk_widget_get_width (up),
                                gtk_widget_get_height (up) };
      if (!eonay_page_layout_intersect (uncovered, &bounds, uncovered))
        return FALSE;
    }

  return TRUE;
}

static void
note_drawn (EonayPageView *self, guint page, const EonayPageArea *area)
{
  EonayPageArea shown;
  Drawn drawn = { .page = page };

  if (eonay_seen_pages_has (self->seen, page) ||
      eonay_page_layout_get_scale (self->layout, page) < EONAY_SEEN_PAGES_SCALE_MIN ||
      !eonay_page_layout_intersect (area, &self->uncovered, &shown))
    return;

  shown = (EonayPageArea){ (shown.x - area->x) / area->width, (shown.y - area->y) / area->height,
                           shown.width / area->width, shown.height / area->height };
  drawn.parts = eonay_seen_pages_list_parts (&shown);
  g_array_append_val (self->drawn, drawn);
}

static void
append_page (EonayPageView *self, GtkSnapshot *snapshot, guint page)
{
  EonayPageArea area = eonay_page_view_get_area (self, page);
  graphene_rect_t edge = to_rect ((EonayPageArea){ area.x - EDGE, area.y - EDGE,
                                                   area.width + 2 * EDGE, area.height + 2 * EDGE });

  gtk_snapshot_append_color (snapshot, &edge_color, &edge);
  if (append_tiles (self, snapshot, page, &area))
    note_drawn (self, page, &area);
  append_marks (self, snapshot, page);
}

void
eonay_page_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  EonayPageView *self = EONAY_PAGE_VIEW (widget);
  graphene_rect_t view = to_rect (get_view (self));
  guint first;
  guint last;

  g_clear_pointer (&self->drawn, g_array_unref);
  self->drawn = g_array_new (FALSE, FALSE, sizeof (Drawn));
  if (!self->has_appeared || !eonay_page_view_get_range (self, &first, &last))
    return;

  if (!get_uncovered (self, &self->uncovered))
    self->uncovered = (EonayPageArea){ 0 };
  gtk_snapshot_push_clip (snapshot, &view);
  for (guint page = first; page <= last; page++)
    append_page (self, snapshot, page);
  gtk_snapshot_pop (snapshot);
}

static gboolean
is_same (const EonayPageArea *one, const EonayPageArea *other)
{
  return one->x == other->x && one->y == other->y && one->width == other->width &&
         one->height == other->height;
}

/* What was drawn is on the screen now. */
static void
painted_cb (EonayPageView *self)
{
  g_autoptr (GArray) drawn = g_steal_pointer (&self->drawn);
  EonayPageArea uncovered;

  if (self->seen == NULL)
    return;

  /* It may come into view as it was drawn before, where what is around it is moved. */
  if (eonay_seen_pages_count (self->seen) < self->sizes->len && get_uncovered (self, &uncovered) &&
      !is_same (&uncovered, &self->uncovered))
    gtk_widget_queue_draw (GTK_WIDGET (self));

  for (guint i = 0; drawn != NULL && i < drawn->len && self->seen != NULL; i++)
    {
      const Drawn *one = &g_array_index (drawn, Drawn, i);

      if (eonay_seen_pages_add (self->seen, one->page, one->parts))
        g_signal_emit_by_name (self, "page-seen", one->page);
    }
}

void
eonay_page_view_watch_frames (EonayPageView *self)
{
  self->clock = g_object_ref (gtk_widget_get_frame_clock (GTK_WIDGET (self)));
  self->painted = g_signal_connect_swapped (self->clock, "after-paint", G_CALLBACK (painted_cb),
                                            self);
}

void
eonay_page_view_unwatch_frames (EonayPageView *self)
{
  if (self->clock != NULL)
    g_clear_signal_handler (&self->painted, self->clock);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->drawn, g_array_unref);
}
