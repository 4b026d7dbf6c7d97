#include "app/files/eonay-page-mark.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "app/widgets/eonay-announcement.h"

#define STEP 6.0
#define FINE_STEP 1.0
#define KEPT_FRAMES 40
#define AROUND 18.0
#define HANDLE 14.0
#define HANDLE_DRAWN 8
#define POINTS_OF_MM (72.0 / 25.4)

struct _EonayPageMark {
  GtkWidget parent_instance;

  EonayPdfView *view; /* (unowned): holds the overlay that holds this */
  gboolean is_placed;
  EonayMarkPlace place;
  gboolean is_fixed;

  /* While it is dragged: */
  EonayMarkPlace before;
  int across; /* the edge that goes along: -1 left, 1 right, 0 none */
  int down;

  guint following;
  guint frames; /* for which it is still kept in view */
};

static guint placed_signal;

G_DEFINE_FINAL_TYPE (EonayPageMark, eonay_page_mark, GTK_TYPE_WIDGET)

static guint
get_page (EonayPageMark *self)
{
  guint n_pages = eonay_pdf_view_get_n_pages (self->view);

  return self->place.page > 0 ? MIN (self->place.page, n_pages) - 1 : n_pages - 1;
}

/* Returns: %FALSE while the page is not laid out. @scale: (out): pixels for a point */
static gboolean
measure (EonayPageMark *self, guint page, double *width, double *height, double *scale)
{
  const EonayPageArea point = { 0, 0, 1, 1 };
  EonayPageView *pages = eonay_pdf_view_get_pages (self->view);
  EonayPageArea area = eonay_page_view_get_area (pages, page);

  if (eonay_pdf_view_get_n_pages (self->view) == 0 || area.width <= 0)
    return FALSE;

  *scale = eonay_page_view_from_page_area (pages, page, &point).width;
  *width = area.width / *scale;
  *height = area.height / *scale;

  return *scale > 0;
}

/* Returns: %FALSE if it has no place on the page. @area: (out): in points of it */
static gboolean
find_area (EonayPageMark *self, EonayPageArea *area)
{
  EonayMarkPlace settled = self->place;
  double width, height, scale;

  if (!self->is_placed || !measure (self, get_page (self), &width, &height, &scale) ||
      (!self->is_fixed && !eonay_mark_place_settle (&settled, width, height)))
    return FALSE;

  *area = (EonayPageArea){ settled.left, settled.top, settled.width, settled.height };

  return TRUE;
}

static void
describe (EonayPageMark *self)
{
  EonayPageArea area;
  g_autofree char *words = NULL;

  if (!find_area (self, &area))
    return;

  words = g_strdup_printf (
      /* TRANSLATORS: where the visible mark is; all lengths are millimetres. */
      _ ("Visible mark on page %u: %.0f mm from the left, %.0f mm from the top, %.0f mm wide, %.0f mm high"),
      get_page (self) + 1, area.x / POINTS_OF_MM, area.y / POINTS_OF_MM, area.width / POINTS_OF_MM,
      area.height / POINTS_OF_MM);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  if (gtk_widget_has_focus (GTK_WIDGET (self)))
    eonay_announcement_make (GTK_WIDGET (self), words);
}

/* Returns: %FALSE if it has no place. @place: (out): in the overlay */
static gboolean
find_place (EonayPageMark *self, GdkRectangle *place)
{
  EonayPageView *pages = eonay_pdf_view_get_pages (self->view);
  EonayPageArea area;
  double x, y;

  if (!find_area (self, &area) ||
      !gtk_widget_translate_coordinates (
          GTK_WIDGET (pages), GTK_WIDGET (eonay_pdf_view_get_overlay (self->view)), 0, 0, &x, &y))
    return FALSE;

  area = eonay_page_view_from_page_area (pages, get_page (self), &area);
  *place = (GdkRectangle){ (int) floor (x + area.x), (int) floor (y + area.y),
                           MAX ((int) ceil (area.width), 1), MAX ((int) ceil (area.height), 1) };

  return TRUE;
}

static gboolean
child_position_cb (EonayPageMark *self, GtkWidget *child, GdkRectangle *allocation)
{
  return child == GTK_WIDGET (self) && find_place (self, allocation);
}

/* What scrolls the document itself is scrolled to it, too: the keyboard moves what is seen. */
static void
scroll_around (EonayPageMark *self, const GdkRectangle *place)
{
  GtkWidget *overlay = GTK_WIDGET (eonay_pdf_view_get_overlay (self->view));
  GtkWidget *around = gtk_widget_get_ancestor (overlay, GTK_TYPE_VIEWPORT);
  GtkAdjustment *adjustment;
  double x, y;

  if (around == NULL || !gtk_widget_translate_coordinates (overlay, around, 0, 0, &x, &y))
    return;

  adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (around));
  y += gtk_adjustment_get_value (adjustment) + place->y;
  gtk_adjustment_clamp_page (adjustment, y - AROUND, y + place->height + AROUND);
}

static gboolean
follow_cb (gpointer user_data)
{
  EonayPageMark *self = user_data;
  GdkRectangle place;
  gboolean is_seen = find_place (self, &place);

  self->following = 0;
  gtk_widget_set_visible (GTK_WIDGET (self), is_seen);
  gtk_widget_queue_allocate (GTK_WIDGET (eonay_pdf_view_get_overlay (self->view)));
  if (is_seen && self->before.page == 0 && gtk_widget_has_focus (GTK_WIDGET (self)))
    scroll_around (self, &place);

  return G_SOURCE_REMOVE;
}

/* Pages move while they are laid out, when nothing may ask for another layout. */
static void
moved_cb (EonayPageMark *self)
{
  if (self->following == 0)
    self->following = g_idle_add_full (G_PRIORITY_HIGH_IDLE, follow_cb, self, NULL);
}

/* @place: where it is to be; it stays on its page */
static void
put (EonayPageMark *self, EonayMarkPlace place)
{
  double width, height, scale;

  self->place.page = place.page;
  if (!measure (self, get_page (self), &width, &height, &scale))
    return;

  place.page = get_page (self) + 1;
  place.width = CLAMP (place.width, MIN (EONAY_MARK_WIDTH_MIN, width), width);
  place.height = CLAMP (place.height, MIN (EONAY_MARK_HEIGHT_MIN, height), height);
  if (!eonay_mark_place_settle (&place, width, height))
    return;
  self->place = place;
  moved_cb (self);
  g_signal_emit (self, placed_signal, 0);
}

/* Returns: %FALSE if it has no place. @place: (out): as an area */
static gboolean
get_settled (EonayPageMark *self, EonayMarkPlace *place)
{
  EonayPageArea area;

  if (!find_area (self, &area))
    return FALSE;

  *place = (EonayMarkPlace){ EONAY_MARK_AREA, get_page (self) + 1, area.x,
                             area.y,          area.width,          area.height };

  return TRUE;
}

static gboolean
press_key (EonayPageMark *self, guint key, GdkModifierType state)
{
  double step = (state & GDK_CONTROL_MASK) != 0 ? FINE_STEP : STEP;
  gboolean sizes = (state & GDK_SHIFT_MASK) != 0;
  double across = key == GDK_KEY_Left || key == GDK_KEY_KP_Left     ? -step
                  : key == GDK_KEY_Right || key == GDK_KEY_KP_Right ? step
                                                                    : 0;
  double down = key == GDK_KEY_Up || key == GDK_KEY_KP_Up       ? -step
                : key == GDK_KEY_Down || key == GDK_KEY_KP_Down ? step
                                                                : 0;
  int pages = key == GDK_KEY_Page_Up ? -1 : key == GDK_KEY_Page_Down ? 1 : 0;
  EonayMarkPlace place;

  if ((across == 0 && down == 0 && pages == 0) || self->is_fixed || !get_settled (self, &place))
    return FALSE;

  place.page = (guint) CLAMP ((int) place.page + pages, 1,
                              (int) eonay_pdf_view_get_n_pages (self->view));
  *(sizes ? &place.width : &place.left) += across;
  *(sizes ? &place.height : &place.top) += down;
  put (self, place);
  eonay_page_mark_show (self);
  describe (self);

  return TRUE;
}

static gboolean
key_pressed_cb (EonayPageMark *self, guint key, guint code, GdkModifierType state)
{
  return press_key (self, key, state);
}

static int
find_edge (double at, double length)
{
  double handle = MIN (HANDLE, length / 3);

  return at < handle ? -1 : at > length - handle ? 1 : 0;
}

static void
drag_begin_cb (EonayPageMark *self, double x, double y, GtkGesture *gesture)
{
  self->across = find_edge (x, gtk_widget_get_width (GTK_WIDGET (self)));
  self->down = find_edge (y, gtk_widget_get_height (GTK_WIDGET (self)));
  if (self->across == 0 || self->down == 0)
    self->across = self->down = 0;
  if (self->is_fixed || !get_settled (self, &self->before))
    return;

  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

/* Its middle says which page it is on. */
static void
drag_over_pages (EonayPageMark *self, double dx, double dy, double scale)
{
  EonayPageView *pages = eonay_pdf_view_get_pages (self->view);
  EonayMarkPlace place = self->before;
  const EonayPageArea from = { place.left, place.top, place.width, place.height };
  EonayPageArea area = eonay_page_view_from_page_area (pages, place.page - 1, &from);
  double x, y;
  guint page;

  if (!eonay_page_view_to_page_coordinates (pages, area.x + dx + area.width / 2,
                                            area.y + dy + area.height / 2, &page, &x, &y))
    {
      place.left += dx / scale;
      place.top += dy / scale;
    }
  else
    {
      place.page = page + 1;
      place.left = x - place.width / 2;
      place.top = y - place.height / 2;
    }
  put (self, place);
}

static void
size_by_corner (EonayPageMark *self, double dx, double dy)
{
  EonayMarkPlace place = self->before;
  double right = place.left + place.width;
  double bottom = place.top + place.height;

  place.width = MAX (place.width + self->across * dx, EONAY_MARK_WIDTH_MIN);
  place.height = MAX (place.height + self->down * dy, EONAY_MARK_HEIGHT_MIN);
  if (self->across < 0)
    place.left = right - place.width;
  if (self->down < 0)
    place.top = bottom - place.height;
  put (self, place);
}

/* The gesture's own coordinates move with the widget, so those of the window are used. */
static void
drag_update_cb (EonayPageMark *self, double offset_x, double offset_y, GtkGesture *gesture)
{
  const EonayPageArea before = { self->before.left, self->before.top, self->before.width,
                                 self->before.height };
  EonayPageView *pages = eonay_pdf_view_get_pages (self->view);
  EonayPageArea area;
  double start_x, start_y, x, y, width, height, scale;

  if (self->before.page == 0 || !measure (self, self->before.page - 1, &width, &height, &scale) ||
      !gtk_gesture_drag_get_start_point (GTK_GESTURE_DRAG (gesture), &start_x, &start_y) ||
      !gtk_widget_translate_coordinates (GTK_WIDGET (self), GTK_WIDGET (pages), start_x + offset_x,
                                         start_y + offset_y, &x, &y))
    return;

  area = eonay_page_view_from_page_area (pages, self->before.page - 1, &before);
  if (self->across != 0)
    size_by_corner (self, (x - area.x - start_x) / scale, (y - area.y - start_y) / scale);
  else
    drag_over_pages (self, x - area.x - start_x, y - area.y - start_y, scale);
}

static void
drag_end_cb (EonayPageMark *self)
{
  self->before.page = 0;
  describe (self);
}

static void
eonay_page_mark_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  GdkRGBA colour;
  float width = (float) gtk_widget_get_width (widget);
  float height = (float) gtk_widget_get_height (widget);

  GTK_WIDGET_CLASS (eonay_page_mark_parent_class)->snapshot (widget, snapshot);
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &colour);
  for (int corner = 0; corner < 4 && !EONAY_PAGE_MARK (widget)->is_fixed; corner++)
    {
      float x = corner % 2 == 0 ? 0 : width - HANDLE_DRAWN;
      float y = corner / 2 == 0 ? 0 : height - HANDLE_DRAWN;

      gtk_snapshot_append_color (snapshot, &colour,
                                 &GRAPHENE_RECT_INIT (x, y, HANDLE_DRAWN, HANDLE_DRAWN));
    }
}

static void
eonay_page_mark_dispose (GObject *object)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (object));

  g_clear_handle_id (&EONAY_PAGE_MARK (object)->following, g_source_remove);
  if (child != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (eonay_page_mark_parent_class)->dispose (object);
}

static void
eonay_page_mark_class_init (EonayPageMarkClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = eonay_page_mark_dispose;
  widget_class->snapshot = eonay_page_mark_snapshot;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "pagemark");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  placed_signal = g_signal_new ("placed", EONAY_TYPE_PAGE_MARK, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
}

static void
eonay_page_mark_init (EonayPageMark *self)
{
  GtkWidget *label = gtk_label_new (_ ("Visible mark"));
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *drag = gtk_gesture_drag_new ();

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_parent (label, GTK_WIDGET (self));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "move");
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
}

EonayPageMark *
eonay_page_mark_new (EonayPdfView *view)
{
  EonayPageMark *self = g_object_new (EONAY_TYPE_PAGE_MARK, NULL);
  GtkOverlay *overlay = eonay_pdf_view_get_overlay (view);

  self->view = view;
  gtk_overlay_add_overlay (overlay, GTK_WIDGET (self));
  gtk_overlay_set_clip_overlay (overlay, GTK_WIDGET (self), TRUE);
  g_signal_connect_object (overlay, "get-child-position", G_CALLBACK (child_position_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (eonay_pdf_view_get_pages (view), "moved", G_CALLBACK (moved_cb), self,
                           G_CONNECT_SWAPPED);

  return self;
}

void
eonay_page_mark_set_place (EonayPageMark *self, const EonayMarkPlace *place)
{
  g_return_if_fail (EONAY_IS_PAGE_MARK (self));

  self->is_placed = place != NULL;
  if (place != NULL)
    self->place = *place;
  moved_cb (self);
  describe (self);
}

void
eonay_page_mark_set_fixed (EonayPageMark *self, gboolean is_fixed)
{
  g_return_if_fail (EONAY_IS_PAGE_MARK (self));

  self->is_fixed = is_fixed;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), is_fixed ? NULL : "move");
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

const EonayMarkPlace *
eonay_page_mark_get_place (EonayPageMark *self)
{
  g_return_val_if_fail (EONAY_IS_PAGE_MARK (self), NULL);

  return self->is_placed ? &self->place : NULL;
}

gboolean
eonay_page_mark_is_held (EonayPageMark *self)
{
  g_return_val_if_fail (EONAY_IS_PAGE_MARK (self), FALSE);

  return self->before.page > 0 || gtk_widget_has_focus (GTK_WIDGET (self));
}

/* A row that unfolds goes on moving what is around it. */
static gboolean
keep_in_view_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  EonayPageMark *self = EONAY_PAGE_MARK (widget);
  GdkRectangle place;

  if (gtk_widget_has_focus (widget) && find_place (self, &place))
    scroll_around (self, &place);

  return --self->frames > 0 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

void
eonay_page_mark_show (EonayPageMark *self)
{
  EonayPageArea area;

  g_return_if_fail (EONAY_IS_PAGE_MARK (self));

  if (!find_area (self, &area))
    return;

  eonay_page_view_show_area (eonay_pdf_view_get_pages (self->view), get_page (self), &area);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  moved_cb (self);
  if (self->frames == 0)
    gtk_widget_add_tick_callback (GTK_WIDGET (self), keep_in_view_cb, NULL, NULL);
  self->frames = KEPT_FRAMES;
}
