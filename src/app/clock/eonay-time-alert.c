#include "app/clock/eonay-time-alert.h"

#include "app/widgets/eonay-announcement.h"
#include "app/widgets/eonay-labels.h"

struct _EonayTimeAlert {
  GtkBox parent_instance;

  GtkLabel *text;

  guint seconds_left;
};

G_DEFINE_FINAL_TYPE (EonayTimeAlert, eonay_time_alert, GTK_TYPE_BOX)

static void
eonay_time_alert_class_init (EonayTimeAlertClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ALERT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/eonay/Eonay/ui/eonay-time-alert.ui");
  gtk_widget_class_bind_template_child (widget_class, EonayTimeAlert, text);
}

static void
eonay_time_alert_init (EonayTimeAlert *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->seconds_left = G_MAXUINT;
}

/* The countdown in the header goes on: never two numbers. */
static void
show_seconds (EonayTimeAlert *self)
{
  g_autofree char *text = eonay_labels_describe_seconds (NULL, self->seconds_left);

  gtk_label_set_label (self->text, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

/* It is said in the window that is in front, now, or not at all: later it is no longer true. */
static void
say_seconds (EonayTimeAlert *self)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (gtk_window_is_active (GTK_WINDOW (window)))
        eonay_announcement_make (window, gtk_label_get_label (self->text));
    }
}

void
eonay_time_alert_set_seconds_left (EonayTimeAlert *self, guint seconds_left)
{
  gboolean is_due;

  g_return_if_fail (EONAY_IS_TIME_ALERT (self));

  is_due = eonay_labels_seconds_are_announced (self->seconds_left, seconds_left);
  self->seconds_left = seconds_left;
  if (is_due)
    gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  if (gtk_widget_get_visible (GTK_WIDGET (self)))
    show_seconds (self);
  if (is_due)
    say_seconds (self);
}

void
eonay_time_alert_stop (EonayTimeAlert *self)
{
  g_return_if_fail (EONAY_IS_TIME_ALERT (self));

  self->seconds_left = G_MAXUINT;
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
