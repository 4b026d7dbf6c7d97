#include "app/document/eonay-page-view-private.h"

#include <math.h>

/* Keys, wheel and fingers that scroll and zoom an EonayPageView. */

#define ZOOM_STEP 1.2

void
eonay_page_view_zoom (EonayPageView *self, int step)
{
  double zoom;

  g_return_if_fail (EONAY_IS_PAGE_VIEW (self));

  if (self->layout == NULL || gtk_widget_get_width (GTK_WIDGET (self)) <= 0)
    return;

  zoom = step == 0 ? EONAY_PAGE_VIEW_TRUE_SIZE
                   : eonay_page_view_get_scale (self) * (step > 0 ? ZOOM_STEP : 1 / ZOOM_STEP);
  eonay_page_view_zoom_to (self, zoom, gtk_widget_get_width (GTK_WIDGET (self)) / 2.0,
                           gtk_widget_get_height (GTK_WIDGET (self)) / 3.0);
}

void
eonay_page_view_fit_width (EonayPageView *self)
{
  g_return_if_fail (EONAY_IS_PAGE_VIEW (self));

  eonay_page_view_zoom_to (self, 0, gtk_widget_get_width (GTK_WIDGET (self)) / 2.0, 0);
}

void
eonay_page_view_scroll (EonayPageView *self, GtkOrientation orientation, double by)
{
  GtkAdjustment *adjustment = self->adjustments[orientation];

  if (adjustment != NULL)
    gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + by);
}

void
eonay_page_view_show_edge (EonayPageView *self, gboolean end)
{
  GtkAdjustment *adjustment = self->adjustments[GTK_ORIENTATION_VERTICAL];

  if (adjustment != NULL)
    gtk_adjustment_set_value (adjustment, end ? gtk_adjustment_get_upper (adjustment) : 0);
}

static gboolean
scroll_binding (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  EonayPageView *self = EONAY_PAGE_VIEW (widget);
  GtkOrientation orientation;
  double lines;
  double pages;

  g_variant_get (arguments, "(idd)", &orientation, &lines, &pages);
  eonay_page_view_scroll (self, orientation,
                          lines * EONAY_PAGE_VIEW_LINE +
                              pages * gtk_widget_get_height (widget) * EONAY_PAGE_VIEW_STEP);

  return TRUE;
}

static gboolean
edge_binding (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  eonay_page_view_show_edge (EONAY_PAGE_VIEW (widget), g_variant_get_boolean (arguments));

  return TRUE;
}

static gboolean
zoom_binding (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  eonay_page_view_zoom (EONAY_PAGE_VIEW (widget), g_variant_get_int32 (arguments));

  return TRUE;
}

static void
add_scrolling (GtkWidgetClass *klass, guint key, guint keypad_key, GdkModifierType modifiers,
               GtkOrientation orientation, double lines, double pages)
{
  gtk_widget_class_add_binding (klass, key, modifiers, scroll_binding, "(idd)", orientation, lines,
                                pages);
  if (keypad_key != 0)
    gtk_widget_class_add_binding (klass, keypad_key, modifiers, scroll_binding, "(idd)",
                                  orientation, lines, pages);
}

void
eonay_page_view_install_keys (GtkWidgetClass *klass)
{
  const GtkOrientation down = GTK_ORIENTATION_VERTICAL;
  const GtkOrientation across = GTK_ORIENTATION_HORIZONTAL;

  add_scrolling (klass, GDK_KEY_Up, GDK_KEY_KP_Up, 0, down, -1, 0);
  add_scrolling (klass, GDK_KEY_Down, GDK_KEY_KP_Down, 0, down, 1, 0);
  add_scrolling (klass, GDK_KEY_Left, GDK_KEY_KP_Left, 0, across, -1, 0);
  add_scrolling (klass, GDK_KEY_Right, GDK_KEY_KP_Right, 0, across, 1, 0);
  add_scrolling (klass, GDK_KEY_Page_Up, GDK_KEY_KP_Page_Up, 0, down, 0, -1);
  add_scrolling (klass, GDK_KEY_Page_Down, GDK_KEY_KP_Page_Down, 0, down, 0, 1);
  add_scrolling (klass, GDK_KEY_space, GDK_KEY_KP_Space, 0, down, 0, 1);
  add_scrolling (klass, GDK_KEY_space, GDK_KEY_KP_Space, GDK_SHIFT_MASK, down, 0, -1);
  gtk_widget_class_add_binding (klass, GDK_KEY_Home, 0, edge_binding, "b", FALSE);
  gtk_widget_class_add_binding (klass, GDK_KEY_KP_Home, 0, edge_binding, "b", FALSE);
  gtk_widget_class_add_binding (klass, GDK_KEY_End, 0, edge_binding, "b", TRUE);
  gtk_widget_class_add_binding (klass, GDK_KEY_KP_End, 0, edge_binding, "b", TRUE);
  gtk_widget_class_add_binding (klass, GDK_KEY_plus, GDK_CONTROL_MASK, zoom_binding, "i", 1);
  gtk_widget_class_add_binding (klass, GDK_KEY_equal, GDK_CONTROL_MASK, zoom_binding, "i", 1);
  gtk_widget_class_add_binding (klass, GDK_KEY_KP_Add, GDK_CONTROL_MASK, zoom_binding, "i", 1);
  gtk_widget_class_add_binding (klass, GDK_KEY_minus, GDK_CONTROL_MASK, zoom_binding, "i", -1);
  gtk_widget_class_add_binding (klass, GDK_KEY_KP_Subtract, GDK_CONTROL_MASK, zoom_binding, "i",
                                -1);
  gtk_widget_class_add_binding (klass, GDK_KEY_0, GDK_CONTROL_MASK, zoom_binding, "i", 0);
  gtk_widget_class_add_binding (klass, GDK_KEY_KP_0, GDK_CONTROL_MASK, zoom_binding, "i", 0);
}

static gboolean
scroll_cb (EonayPageView *self, double dx, double dy, GtkEventControllerScroll *controller)
{
  GdkModifierType modifiers =
      gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));

  if ((modifiers & GDK_CONTROL_MASK) == 0 || self->layout == NULL)
    return FALSE;

  eonay_page_view_zoom_to (self, eonay_page_view_get_scale (self) * pow (ZOOM_STEP, -dy),
                           self->pointer_x, self->pointer_y);

  return TRUE;
}

static void
pinch_begun_cb (EonayPageView *self)
{
  self->pinch = eonay_page_view_get_scale (self);
}

static void
pinched_cb (EonayPageView *self, double factor, GtkGesture *gesture)
{
  double x;
  double y;

  if (self->layout != NULL && gtk_gesture_get_bounding_box_center (gesture, &x, &y))
    eonay_page_view_zoom_to (self, self->pinch * factor, x, y);
}

void
eonay_page_view_add_gestures (EonayPageView *self)
{
  GtkEventController *scroll =
      gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);
  GtkGesture *pinch = gtk_gesture_zoom_new ();

  gtk_event_controller_set_propagation_phase (scroll, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
  g_signal_connect_swapped (pinch, "begin", G_CALLBACK (pinch_begun_cb), self);
  g_signal_connect_swapped (pinch, "scale-changed", G_CALLBACK (pinched_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (pinch));
}
