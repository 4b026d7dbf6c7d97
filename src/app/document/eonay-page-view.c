#include "app/document/eonay-page-view-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Of the true size. */
#define ZOOM_MIN 0.1
#define ZOOM_MAX 6.0

#define MIN_SIDE 120

enum {
  PROP_0,
  PROP_PAGE,
  PROP_ZOOM,
  PROP_FITS_WIDTH,
  PROP_HAS_SELECTION,
  N_PROPS,
  PROP_HADJUSTMENT,
  PROP_VADJUSTMENT,
  PROP_HSCROLL_POLICY,
  PROP_VSCROLL_POLICY,
};

static GParamSpec *properties[N_PROPS];
static guint moved_signal;

G_DEFINE_FINAL_TYPE_WITH_CODE (EonayPageView, eonay_page_view, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

static double
get_offset (EonayPageView *self, GtkOrientation orientation)
{
  GtkAdjustment *adjustment = self->adjustments[orientation];
  double factor = gtk_widget_get_scale_factor (GTK_WIDGET (self));

  return adjustment != NULL ? round (gtk_adjustment_get_value (adjustment) * factor) / factor : 0;
}

EonayPageArea
eonay_page_view_get_area (EonayPageView *self, guint page)
{
  EonayPageArea area = { 0 };

  g_return_val_if_fail (EONAY_IS_PAGE_VIEW (self), area);
  if (self->layout == NULL || page >= self->sizes->len)
    return area;

  area = eonay_page_layout_get_area (self->layout, page);
  area.x -= get_offset (self, GTK_ORIENTATION_HORIZONTAL);
  area.y -= get_offset (self, GTK_ORIENTATION_VERTICAL);

  return area;
}

EonayPageArea
eonay_page_view_from_page_area (EonayPageView *self, guint page, const EonayPageArea *area)
{
  EonayPageArea place = eonay_page_view_get_area (self, page);
  double scale;

  if (place.width <= 0)
    return place;

  scale = eonay_page_layout_get_scale (self->layout, page);

  return (EonayPageArea){ place.x + area->x * scale, place.y + area->y * scale, area->width * scale,
                          area->height * scale };
}

gboolean
eonay_page_view_to_page_coordinates (EonayPageView *self, double x, double y, guint *page,
                                     double *page_x, double *page_y)
{
  EonayPageArea area;
  double scale;

  g_return_val_if_fail (EONAY_IS_PAGE_VIEW (self), FALSE);
  if (self->layout == NULL)
    return FALSE;

  *page = eonay_page_layout_find (self->layout, y + get_offset (self, GTK_ORIENTATION_VERTICAL));
  area = eonay_page_view_get_area (self, *page);
  scale = eonay_page_layout_get_scale (self->layout, *page);
  *page_x = (x - area.x) / scale;
  *page_y = (y - area.y) / scale;

  return x >= area.x && x < area.x + area.width && y >= area.y && y < area.y + area.height;
}

gboolean
eonay_page_view_get_range (EonayPageView *self, guint *first, guint *last)
{
  double top = get_offset (self, GTK_ORIENTATION_VERTICAL);

  if (self->layout == NULL || gtk_widget_get_height (GTK_WIDGET (self)) <= 0)
    return FALSE;

  *first = eonay_page_layout_find (self->layout, top);
  *last = eonay_page_layout_find (self->layout,
                                  top + gtk_widget_get_height (GTK_WIDGET (self)) - 1);

  return TRUE;
}

/* The page that the upper third of the view is on, or the last one at the end. */
static guint
find_page (EonayPageView *self)
{
  GtkAdjustment *adjustment = self->adjustments[GTK_ORIENTATION_VERTICAL];
  double height = gtk_widget_get_height (GTK_WIDGET (self));
  double top = get_offset (self, GTK_ORIENTATION_VERTICAL);

  if (adjustment != NULL && top > 0 &&
      top + gtk_adjustment_get_page_size (adjustment) >= gtk_adjustment_get_upper (adjustment) - 1)
    return self->sizes->len - 1;

  return eonay_page_layout_find (self->layout, top + height / 3);
}

static void
follow_page (EonayPageView *self)
{
  guint page = self->layout != NULL ? find_page (self) : 0;

  if (page == self->page)
    return;

  self->page = page;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PAGE]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ZOOM]);
}

void
eonay_page_view_update (EonayPageView *self)
{
  eonay_page_view_want_pictures (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
value_changed_cb (EonayPageView *self)
{
  follow_page (self);
  eonay_page_view_update (self);
  g_signal_emit (self, moved_signal, 0);
}

static void
configure (EonayPageView *self, GtkOrientation orientation, double value, double upper, double size)
{
  GtkAdjustment *adjustment = self->adjustments[orientation];

  if (adjustment == NULL)
    return;

  upper = MAX (upper, size);
  gtk_adjustment_configure (adjustment, CLAMP (value, 0, upper - size), 0, upper,
                            EONAY_PAGE_VIEW_LINE, size * EONAY_PAGE_VIEW_STEP, size);
}

/* What is where on a page, so that it can be found again. */
typedef struct {
  guint page;
  double x;
  double y;
} Anchor;

void
eonay_page_view_lay_out (EonayPageView *self, double x, double y)
{
  GtkWidget *widget = GTK_WIDGET (self);
  double width = gtk_widget_get_width (widget);
  double height = gtk_widget_get_height (widget);
  Anchor anchor = { 0 };
  EonayPageArea area;
  double all_width;
  double all_height;
  double scale;

  if (self->layout == NULL || width <= 0)
    {
      configure (self, GTK_ORIENTATION_HORIZONTAL, 0, width, width);
      configure (self, GTK_ORIENTATION_VERTICAL, 0, height, height);
      return;
    }

  eonay_page_view_to_page_coordinates (self, x, y, &anchor.page, &anchor.x, &anchor.y);
  eonay_page_layout_set (self->layout, width, self->zoom, gtk_widget_get_scale_factor (widget));
  eonay_page_layout_get_extent (self->layout, &all_width, &all_height);
  area = eonay_page_layout_get_area (self->layout, anchor.page);
  scale = eonay_page_layout_get_scale (self->layout, anchor.page);
  configure (self, GTK_ORIENTATION_HORIZONTAL, area.x + anchor.x * scale - x, all_width, width);
  configure (self, GTK_ORIENTATION_VERTICAL, area.y + anchor.y * scale - y, all_height, height);
  if (self->has_wish)
    eonay_page_view_show_page (self, self->wish);
  follow_page (self);
  eonay_page_view_update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ZOOM]);
  g_signal_emit (self, moved_signal, 0);
}

void
eonay_page_view_zoom_to (EonayPageView *self, double zoom, double x, double y)
{
  gboolean fitted = self->zoom == 0;

  self->zoom = zoom > 0 ? CLAMP (zoom, ZOOM_MIN * EONAY_PAGE_VIEW_TRUE_SIZE,
                                 ZOOM_MAX * EONAY_PAGE_VIEW_TRUE_SIZE)
                        : 0;
  eonay_page_view_lay_out (self, x, y);
  if (fitted != (self->zoom == 0))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FITS_WIDTH]);
}

double
eonay_page_view_get_scale (EonayPageView *self)
{
  return self->layout != NULL ? eonay_page_layout_get_scale (self->layout, self->page)
                              : EONAY_PAGE_VIEW_TRUE_SIZE;
}

static void
eonay_page_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  eonay_page_view_lay_out (EONAY_PAGE_VIEW (widget), width / 2.0, 0);
}

static void
eonay_page_view_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                         int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = MIN_SIDE;
}

static void
eonay_page_view_map (GtkWidget *widget)
{
  EonayPageView *self = EONAY_PAGE_VIEW (widget);

  GTK_WIDGET_CLASS (eonay_page_view_parent_class)->map (widget);
  eonay_page_view_watch_frames (self);
  eonay_page_view_update (self);
}

static void
eonay_page_view_unmap (GtkWidget *widget)
{
  eonay_page_view_unwatch_frames (EONAY_PAGE_VIEW (widget));
  GTK_WIDGET_CLASS (eonay_page_view_parent_class)->unmap (widget);
}

static void
set_adjustment (EonayPageView *self, GtkOrientation orientation, GtkAdjustment *adjustment)
{
  GtkAdjustment *before = self->adjustments[orientation];

  if (before != NULL && before == adjustment)
    return;

  if (before != NULL)
    g_signal_handlers_disconnect_by_func (before, value_changed_cb, self);
  g_clear_object (&self->adjustments[orientation]);
  if (adjustment == NULL)
    return;

  self->adjustments[orientation] = g_object_ref_sink (adjustment);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (value_changed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
eonay_page_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  EonayPageView *self = EONAY_PAGE_VIEW (object);

  switch (id)
    {
    case PROP_HADJUSTMENT:
      set_adjustment (self, GTK_ORIENTATION_HORIZONTAL, g_value_get_object (value));
      break;
    case PROP_VADJUSTMENT:
      set_adjustment (self, GTK_ORIENTATION_VERTICAL, g_value_get_object (value));
      break;
    case PROP_HSCROLL_POLICY:
      self->policies[GTK_ORIENTATION_HORIZONTAL] = g_value_get_enum (value);
      break;
    case PROP_VSCROLL_POLICY:
      self->policies[GTK_ORIENTATION_VERTICAL] = g_value_get_enum (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
eonay_page_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  EonayPageView *self = EONAY_PAGE_VIEW (object);

  switch (id)
    {
    case PROP_PAGE:
      g_value_set_uint (value, self->page);
      break;
    case PROP_ZOOM:
      g_value_set_double (value, eonay_page_view_get_scale (self) / EONAY_PAGE_VIEW_TRUE_SIZE);
      break;
    case PROP_FITS_WIDTH:
      g_value_set_boolean (value, self->zoom == 0);
      break;
    case PROP_HAS_SELECTION:
      g_value_set_boolean (value, eonay_page_view_has_selection (self));
      break;
    case PROP_HADJUSTMENT:
      g_value_set_object (value, self->adjustments[GTK_ORIENTATION_HORIZONTAL]);
      break;
    case PROP_VADJUSTMENT:
      g_value_set_object (value, self->adjustments[GTK_ORIENTATION_VERTICAL]);
      break;
    case PROP_HSCROLL_POLICY:
      g_value_set_enum (value, self->policies[GTK_ORIENTATION_HORIZONTAL]);
      break;
    case PROP_VSCROLL_POLICY:
      g_value_set_enum (value, self->policies[GTK_ORIENTATION_VERTICAL]);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

void
eonay_page_view_notify_selection (EonayPageView *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HAS_SELECTION]);
}

static void
clear (EonayPageView *self)
{
  eonay_page_view_clear_text (self);
  if (self->cache != NULL)
    g_signal_handlers_disconnect_by_data (self->cache, self);
  g_clear_object (&self->cache);
  g_clear_object (&self->source);
  g_clear_pointer (&self->sizes, g_array_unref);
  g_clear_pointer (&self->layout, eonay_page_layout_free);
  g_clear_pointer (&self->seen, eonay_seen_pages_unref);
  g_clear_pointer (&self->incomplete, g_array_unref);
  g_clear_pointer (&self->drawn, g_array_unref);
}

static void
eonay_page_view_dispose (GObject *object)
{
  EonayPageView *self = EONAY_PAGE_VIEW (object);

  clear (self);
  set_adjustment (self, GTK_ORIENTATION_HORIZONTAL, NULL);
  set_adjustment (self, GTK_ORIENTATION_VERTICAL, NULL);
  g_clear_pointer (&self->menu, gtk_widget_unparent);

  G_OBJECT_CLASS (eonay_page_view_parent_class)->dispose (object);
}

static void
eonay_page_view_finalize (GObject *object)
{
  EonayPageView *self = EONAY_PAGE_VIEW (object);

  g_hash_table_unref (self->texts);
  g_hash_table_unref (self->links);

  G_OBJECT_CLASS (eonay_page_view_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  properties[PROP_PAGE] = g_param_spec_uint ("page", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_ZOOM] = g_param_spec_double ("zoom", NULL, NULL, 0, G_MAXDOUBLE, 1, flags);
  properties[PROP_FITS_WIDTH] = g_param_spec_boolean ("fits-width", NULL, NULL, TRUE, flags);
  properties[PROP_HAS_SELECTION] = g_param_spec_boolean ("has-selection", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");
}

static void
eonay_page_view_class_init (EonayPageViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = eonay_page_view_dispose;
  object_class->finalize = eonay_page_view_finalize;
  object_class->set_property = eonay_page_view_set_property;
  object_class->get_property = eonay_page_view_get_property;
  widget_class->size_allocate = eonay_page_view_size_allocate;
  widget_class->measure = eonay_page_view_measure;
  widget_class->map = eonay_page_view_map;
  widget_class->unmap = eonay_page_view_unmap;
  widget_class->snapshot = eonay_page_view_snapshot;

  install_properties (object_class);
  g_signal_new ("page-seen", EONAY_TYPE_PAGE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 1, G_TYPE_UINT);
  g_signal_new ("appeared", EONAY_TYPE_PAGE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);
  g_signal_new ("incomplete", EONAY_TYPE_PAGE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);
  g_signal_new ("failed", EONAY_TYPE_PAGE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                1, G_TYPE_ERROR);
  moved_signal = g_signal_new ("moved", EONAY_TYPE_PAGE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 0);

  eonay_page_view_install_keys (widget_class);
  eonay_page_view_install_text (widget_class);
  gtk_widget_class_set_css_name (widget_class, "pages");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_DOCUMENT);
}

static void
scale_factor_cb (EonayPageView *self)
{
  eonay_page_view_lay_out (self, 0, 0);
}

static void
eonay_page_view_init (EonayPageView *self)
{
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  eonay_page_view_init_text (self);
  eonay_page_view_add_gestures (self);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (scale_factor_cb), NULL);
}

void
eonay_page_view_set_source (EonayPageView *self, EonayPageSource *source, GArray *sizes)
{
  g_return_if_fail (EONAY_IS_PAGE_VIEW (self));
  g_return_if_fail (source == NULL || (sizes != NULL && sizes->len > 0));

  clear (self);
  self->has_appeared = FALSE;
  self->page = 0;
  self->has_wish = FALSE;
  if (source != NULL)
    {
      self->source = g_object_ref (source);
      self->sizes = g_array_ref (sizes);
      self->layout = eonay_page_layout_new (sizes);
      self->seen = eonay_seen_pages_new (sizes->len);
      self->incomplete = g_array_new (FALSE, FALSE, sizeof (guint));
      self->cache = eonay_page_cache_new (source);
      eonay_page_view_watch_pictures (self);
      eonay_page_layout_set (self->layout, gtk_widget_get_width (GTK_WIDGET (self)), self->zoom, 1);
    }
  eonay_page_view_show_edge (self, FALSE);
  eonay_page_view_lay_out (self, 0, 0);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PAGE]);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

EonaySeenPages *
eonay_page_view_get_seen (EonayPageView *self)
{
  g_return_val_if_fail (EONAY_IS_PAGE_VIEW (self), NULL);

  return self->seen;
}

void
eonay_page_view_set_seen (EonayPageView *self, EonaySeenPages *seen)
{
  g_return_if_fail (EONAY_IS_PAGE_VIEW (self) && seen != NULL);

  if (self->seen == NULL || eonay_seen_pages_get_n_pages (seen) != self->sizes->len)
    return;

  eonay_seen_pages_ref (seen);
  eonay_seen_pages_unref (self->seen);
  self->seen = seen;
}

guint
eonay_page_view_get_n_pages (EonayPageView *self)
{
  g_return_val_if_fail (EONAY_IS_PAGE_VIEW (self), 0);

  return self->sizes != NULL ? self->sizes->len : 0;
}

GArray *
eonay_page_view_get_sizes (EonayPageView *self)
{
  g_return_val_if_fail (EONAY_IS_PAGE_VIEW (self), NULL);

  return self->sizes;
}

GArray *
eonay_page_view_get_incomplete (EonayPageView *self)
{
  g_return_val_if_fail (EONAY_IS_PAGE_VIEW (self), NULL);

  return self->incomplete;
}

guint
eonay_page_view_get_page (EonayPageView *self)
{
  g_return_val_if_fail (EONAY_IS_PAGE_VIEW (self), 0);

  return self->page;
}

void
eonay_page_view_show_page (EonayPageView *self, guint page)
{
  EonayPageArea area;

  g_return_if_fail (EONAY_IS_PAGE_VIEW (self));
  if (page >= eonay_page_view_get_n_pages (self))
    return;

  self->has_wish = gtk_widget_get_width (GTK_WIDGET (self)) <= 0;
  self->wish = page;
  area = eonay_page_layout_get_area (self->layout, page);
  if (!self->has_wish && self->adjustments[GTK_ORIENTATION_VERTICAL] != NULL)
    gtk_adjustment_set_value (self->adjustments[GTK_ORIENTATION_VERTICAL], area.y);
}

static void
bring_in (EonayPageView *self, GtkOrientation orientation, double from, double length)
{
  GtkAdjustment *adjustment = self->adjustments[orientation];
  double value = adjustment != NULL ? gtk_adjustment_get_value (adjustment) : 0;
  double size = adjustment != NULL ? gtk_adjustment_get_page_size (adjustment) : 0;

  if (adjustment != NULL && (from < value || from + length > value + size))
    gtk_adjustment_set_value (adjustment, from - (size - length) / 3);
}

void
eonay_page_view_show_area (EonayPageView *self, guint page, const EonayPageArea *area)
{
  EonayPageArea place;
  double scale;

  g_return_if_fail (EONAY_IS_PAGE_VIEW (self));
  if (page >= eonay_page_view_get_n_pages (self))
    return;

  place = eonay_page_layout_get_area (self->layout, page);
  scale = eonay_page_layout_get_scale (self->layout, page);
  bring_in (self, GTK_ORIENTATION_HORIZONTAL, place.x + area->x * scale, area->width * scale);
  bring_in (self, GTK_ORIENTATION_VERTICAL, place.y + area->y * scale, area->height * scale);
}

gboolean
eonay_page_view_was_seen (EonayPageView *self, guint page)
{
  g_return_val_if_fail (EONAY_IS_PAGE_VIEW (self), FALSE);

  return self->seen != NULL && eonay_seen_pages_has (self->seen, page);
}

gboolean
eonay_page_view_were_all_seen (EonayPageView *self)
{
  g_return_val_if_fail (EONAY_IS_PAGE_VIEW (self), FALSE);

  return self->seen != NULL && eonay_seen_pages_count (self->seen) == self->sizes->len;
}

guint
eonay_page_view_find_unseen (EonayPageView *self)
{
  g_return_val_if_fail (EONAY_IS_PAGE_VIEW (self), 0);

  return self->seen != NULL ? eonay_seen_pages_find_unseen (self->seen) : 0;
}

gboolean
eonay_page_view_is_too_small (EonayPageView *self)
{
  g_return_val_if_fail (EONAY_IS_PAGE_VIEW (self), FALSE);

  return self->layout != NULL && eonay_page_view_get_scale (self) < EONAY_SEEN_PAGES_SCALE_MIN;
}

void
eonay_page_view_retry (EonayPageView *self)
{
  g_return_if_fail (EONAY_IS_PAGE_VIEW (self));

  if (self->cache != NULL)
    eonay_page_cache_retry (self->cache);
  eonay_page_view_update (self);
}

void
eonay_page_view_set_matches (EonayPageView *self, GArray *matches, guint current, guint n_current)
{
  g_return_if_fail (EONAY_IS_PAGE_VIEW (self));

  g_clear_pointer (&self->matches, g_array_unref);
  self->matches = matches != NULL ? g_array_ref (matches) : NULL;
  self->current_match = current;
  self->n_current = n_current;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

gsize
eonay_page_view_get_bytes (EonayPageView *self)
{
  g_return_val_if_fail (EONAY_IS_PAGE_VIEW (self), 0);

  return self->cache != NULL ? eonay_page_cache_get_bytes (self->cache) : 0;
}
