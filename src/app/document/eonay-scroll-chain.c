#include "app/document/eonay-scroll-chain.h"

#include <math.h>

/* Less is the rounding of a page's size. */
#define EDGE 0.5

static gboolean
is_at_edge (GtkAdjustment *adjustment, double delta)
{
  double value = gtk_adjustment_get_value (adjustment);
  double end = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);

  return delta < 0 ? value <= gtk_adjustment_get_lower (adjustment) + EDGE : value >= end - EDGE;
}

static gboolean
scroll_cb (GtkEventControllerScroll *controller, double x, double y, gpointer user_data)
{
  GtkWidget *inner = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));
  GtkWidget *outer = gtk_widget_get_ancestor (gtk_widget_get_parent (inner),
                                              GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *adjustment;
  double step = 1;

  if (outer == NULL || y == 0 || fabs (x) > fabs (y) ||
      (gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller)) &
       (GDK_CONTROL_MASK | GDK_SHIFT_MASK)) != 0 ||
      !is_at_edge (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (inner)), y))
    return GDK_EVENT_PROPAGATE;

  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (outer));
  if (is_at_edge (adjustment, y))
    return GDK_EVENT_PROPAGATE;

  /* As far as GTK scrolls for one notch of the wheel. */
  if (gtk_event_controller_scroll_get_unit (controller) == GDK_SCROLL_UNIT_WHEEL)
    step = pow (gtk_adjustment_get_page_size (adjustment), 2.0 / 3.0);
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + y * step);

  return GDK_EVENT_STOP;
}

void
eonay_scroll_chain_attach (GtkScrolledWindow *inner)
{
  GtkEventController *controller =
      gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect (controller, "scroll", G_CALLBACK (scroll_cb), NULL);
  gtk_widget_add_controller (GTK_WIDGET (inner), controller);
}
