#include "app/widgets/eonay-labels.h"
#include "app/window/eonay-window-private.h"

void
eonay_window_show_time (EonayWindow *self)
{
  EonaySession *session = eonay_sign_view_get_session (self->sign_view);
  EonaySessionState state = eonay_session_get_state (session);
  guint seconds_left = eonay_session_get_seconds_left (session);
  gboolean shown = eonay_state_has_clock (NULL, state);

  gtk_widget_set_visible (GTK_WIDGET (self->countdown), shown);
  if (!shown)
    {
      eonay_time_alert_stop (self->time_alert);
      return;
    }

  eonay_countdown_set_total (self->countdown, eonay_sign_view_get_total_time (self->sign_view));
  eonay_countdown_set_seconds_left (self->countdown, seconds_left);
  eonay_time_alert_set_seconds_left (self->time_alert, seconds_left);
}

void
eonay_window_show_signing (EonayWindow *self)
{
  const char *subtitle = eonay_sign_view_get_subtitle (self->sign_view);

  gtk_label_set_label (self->title, eonay_sign_view_get_title (self->sign_view));
  gtk_label_set_label (self->subtitle, subtitle);
  gtk_widget_set_visible (GTK_WIDGET (self->subtitle), subtitle[0] != '\0');
  eonay_window_show_time (self);
  eonay_window_show_switcher (self);
  eonay_window_update_actions (self);
}

const char *
eonay_window_get_view (EonayWindow *self)
{
  const char *name = adw_view_stack_get_visible_child_name (self->views);

  return name != NULL ? name : "sign";
}

void
eonay_window_show_view (EonayWindow *self, const char *name)
{
  GtkWidget *view = adw_view_stack_get_child_by_name (self->views, name);
  GtkWidget *focus;

  g_return_if_fail (view != NULL);

  adw_view_stack_set_visible_child (self->views, view);
  focus = gtk_window_get_focus (GTK_WINDOW (self));
  if ((focus == NULL || !gtk_widget_is_ancestor (focus, view)) && !gtk_widget_grab_focus (view))
    gtk_window_set_focus (GTK_WINDOW (self), NULL);
}

/* The header is for the operation as long as its clock runs; the way to the other view is below. */
void
eonay_window_show_switcher (EonayWindow *self)
{
  EonaySession *session = eonay_sign_view_get_session (self->sign_view);
  gboolean has_clock = eonay_state_has_clock (NULL, eonay_session_get_state (session));
  gboolean is_away = !g_str_equal (eonay_window_get_view (self), "sign");

  gtk_stack_set_visible_child_name (self->header_title, has_clock ? "operation" : "views");
  gtk_widget_set_visible (
      self->view_bar, has_clock || adw_view_switcher_title_get_title_visible (self->view_switcher));
  adw_view_stack_page_set_needs_attention (self->sign_page, has_clock && is_away);
}
