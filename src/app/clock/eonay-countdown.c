#include "app/clock/eonay-countdown.h"

#include <math.h>

#include "app/widgets/eonay-labels.h"

#define RING_SIZE 36
#define RING_WIDTH 3.0
#define LARGE_RING_WIDTH 7.0
#define TRACK_ALPHA 0.2

struct _EonayCountdown {
  GtkWidget parent_instance;

  PangoLayout *layout;
  guint seconds_left;
  guint total;
  gboolean large;
};

enum {
  PROP_0,
  PROP_SECONDS_LEFT,
  PROP_TOTAL,
  PROP_LARGE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (EonayCountdown, eonay_countdown, GTK_TYPE_WIDGET)

static PangoLayout *
ensure_layout (EonayCountdown *self)
{
  if (self->layout == NULL)
    {
      PangoAttrList *attributes = pango_attr_list_new ();

      pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
      self->layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), NULL);
      pango_layout_set_attributes (self->layout, attributes);
      pango_attr_list_unref (attributes);
    }

  return self->layout;
}

static void
show_number (EonayCountdown *self, guint number)
{
  char text[16];

  g_snprintf (text, sizeof text, "%u", number);
  pango_layout_set_text (ensure_layout (self), text, -1);
}

static double
get_ring_width (EonayCountdown *self)
{
  return self->large ? LARGE_RING_WIDTH : RING_WIDTH;
}

static void
eonay_countdown_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                         int *natural, int *minimum_baseline, int *natural_baseline)
{
  EonayCountdown *self = EONAY_COUNTDOWN (widget);
  int width;

  /* Room for three digits, so that a large font grows the ring and no tick moves anything. */
  show_number (self, MAX (self->total, 888));
  pango_layout_get_pixel_size (self->layout, &width, NULL);
  *minimum = *natural = MAX (RING_SIZE, (int) ceil (width + 4 * get_ring_width (self)));
}

static void
draw_ring (EonayCountdown *self, GtkSnapshot *snapshot, int width, int height, const GdkRGBA *color)
{
  double fraction = self->total > 0 ? MIN (1.0, (double) self->seconds_left / self->total) : 0;
  double radius = (MIN (width, height) - get_ring_width (self)) / 2.0 - 0.5;
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));

  cairo_translate (cr, width / 2.0, height / 2.0);
  cairo_set_line_width (cr, get_ring_width (self));
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_source_rgba (cr, color->red, color->green, color->blue, color->alpha * TRACK_ALPHA);
  cairo_arc (cr, 0, 0, radius, 0, 2 * G_PI);
  cairo_stroke (cr);
  if (fraction > 0)
    {
      gdk_cairo_set_source_rgba (cr, color);
      cairo_arc (cr, 0, 0, radius, -G_PI / 2, -G_PI / 2 + 2 * G_PI * fraction);
      cairo_stroke (cr);
    }
  cairo_destroy (cr);
}

static void
eonay_countdown_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  EonayCountdown *self = EONAY_COUNTDOWN (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  GdkRGBA color;
  PangoRectangle ink;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  draw_ring (self, snapshot, width, height, &color);

  show_number (self, self->seconds_left);
  pango_layout_get_pixel_extents (self->layout, &ink, NULL);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT ((float) (width - ink.width) / 2 - ink.x,
                                                (float) (height - ink.height) / 2 - ink.y));
  gtk_snapshot_append_layout (snapshot, self->layout, &color);
  gtk_snapshot_restore (snapshot);
}

static void
eonay_countdown_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  g_clear_object (&EONAY_COUNTDOWN (widget)->layout);

  GTK_WIDGET_CLASS (eonay_countdown_parent_class)->css_changed (widget, change);
}

static void
describe_time (EonayCountdown *self)
{
  g_autofree char *text = eonay_labels_describe_seconds (NULL, self->seconds_left);

  if (eonay_labels_seconds_warn (NULL, self->seconds_left))
    gtk_widget_add_css_class (GTK_WIDGET (self), "warning");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "warning");

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
eonay_countdown_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  EonayCountdown *self = EONAY_COUNTDOWN (object);

  switch (id)
    {
    case PROP_SECONDS_LEFT:
      g_value_set_uint (value, self->seconds_left);
      break;
    case PROP_TOTAL:
      g_value_set_uint (value, self->total);
      break;
    case PROP_LARGE:
      g_value_set_boolean (value, self->large);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
eonay_countdown_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  EonayCountdown *self = EONAY_COUNTDOWN (object);

  switch (id)
    {
    case PROP_SECONDS_LEFT:
      eonay_countdown_set_seconds_left (self, g_value_get_uint (value));
      break;
    case PROP_TOTAL:
      eonay_countdown_set_total (self, g_value_get_uint (value));
      break;
    case PROP_LARGE:
      eonay_countdown_set_large (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
eonay_countdown_finalize (GObject *object)
{
  g_clear_object (&EONAY_COUNTDOWN (object)->layout);

  G_OBJECT_CLASS (eonay_countdown_parent_class)->finalize (object);
}

static void
eonay_countdown_class_init (EonayCountdownClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = eonay_countdown_get_property;
  object_class->set_property = eonay_countdown_set_property;
  object_class->finalize = eonay_countdown_finalize;
  widget_class->measure = eonay_countdown_measure;
  widget_class->snapshot = eonay_countdown_snapshot;
  widget_class->css_changed = eonay_countdown_css_changed;

  properties[PROP_SECONDS_LEFT] = g_param_spec_uint ("seconds-left", NULL, NULL, 0, G_MAXUINT, 0,
                                                     G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY |
                                                         G_PARAM_STATIC_STRINGS);
  properties[PROP_TOTAL] = g_param_spec_uint ("total", NULL, NULL, 0, G_MAXUINT, 0,
                                              G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY |
                                                  G_PARAM_STATIC_STRINGS);
  properties[PROP_LARGE] = g_param_spec_boolean ("large", NULL, NULL, FALSE,
                                                 G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY |
                                                     G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "countdown");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_TIMER);
}

static void
eonay_countdown_init (EonayCountdown *self)
{
  describe_time (self);
}

void
eonay_countdown_set_seconds_left (EonayCountdown *self, guint seconds_left)
{
  g_return_if_fail (EONAY_IS_COUNTDOWN (self));

  if (self->seconds_left == seconds_left)
    return;

  self->seconds_left = seconds_left;
  describe_time (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SECONDS_LEFT]);
}

void
eonay_countdown_set_total (EonayCountdown *self, guint total)
{
  g_return_if_fail (EONAY_IS_COUNTDOWN (self));

  if (self->total == total)
    return;

  self->total = total;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TOTAL]);
}

void
eonay_countdown_set_large (EonayCountdown *self, gboolean large)
{
  g_return_if_fail (EONAY_IS_COUNTDOWN (self));

  if (self->large == large)
    return;

  self->large = large;
  if (large)
    gtk_widget_add_css_class (GTK_WIDGET (self), "large");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "large");
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LARGE]);
}
