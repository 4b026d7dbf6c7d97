#include <glib/gi18n-lib.h>

#include "app/pin/eonay-pin-group.h"
#include "app/widgets/eonay-labels.h"
#include "app/window/eonay-signature-saving.h"
#include "app/window/eonay-window-private.h"

static void
paste_code_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  eonay_sign_view_paste_code (EONAY_WINDOW (user_data)->sign_view);
}

static void
sign_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  eonay_sign_view_sign (EONAY_WINDOW (user_data)->sign_view);
}

static void
decline_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  eonay_sign_view_decline (EONAY_WINDOW (user_data)->sign_view);
}

static void
choose_certificate_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  eonay_sign_view_choose_certificate (EONAY_WINDOW (user_data)->sign_view,
                                      g_variant_get_string (parameter, NULL));
}

static void
new_code_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  eonay_sign_view_new_code (EONAY_WINDOW (user_data)->sign_view);
}

static void
submit_again_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  eonay_sign_view_submit_again (EONAY_WINDOW (user_data)->sign_view);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  EonayWindow *self = EONAY_WINDOW (source);
  g_autoptr (GError) error = NULL;

  if (eonay_signature_saving_finish (self, result, &error))
    eonay_window_show_toast (self, _ ("Saved"));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    eonay_window_show_toast (self, _ ("The file could not be saved. Choose another folder."));
}

static void
save_signature_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  EonayWindow *self = EONAY_WINDOW (user_data);

  eonay_signature_saving_async (self, eonay_sign_view_get_session (self->sign_view), saved_cb,
                                NULL);
}

static void
show_view_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  const char *name = g_variant_get_string (parameter, NULL);

  if (g_str_equal (name, "sign") || g_str_equal (name, "card"))
    eonay_window_show_view (EONAY_WINDOW (user_data), name);
}

/* GTK does so only for the overlay that it keeps itself. The results of a search are others. */
static void
show_accelerators (GtkWidget *widget, GtkApplication *application)
{
  if (GTK_IS_SHORTCUTS_SHORTCUT (widget))
    {
      g_autofree char *action = NULL;
      g_auto (GStrv) accelerators = NULL;
      g_autofree char *text = NULL;

      g_object_get (widget, "action-name", &action, NULL);
      accelerators = gtk_application_get_accels_for_action (application, action);
      text = g_strjoinv (" ", accelerators);
      g_object_set (widget, "accelerator", text, NULL);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    show_accelerators (child, application);
}

/* One that waits hidden, as GTK would make it, is what GTK 4.8 stumbles over when a screen reader
 * asks for a window that has just gone. */
void
eonay_window_open_help (EonayWindow *self)
{
  g_autoptr (GtkBuilder) builder =
      gtk_builder_new_from_resource ("/io/github/eonay/Eonay/ui/help-overlay.ui");
  GtkWindow *overlay = GTK_WINDOW (gtk_builder_get_object (builder, "help_overlay"));

  show_accelerators (GTK_WIDGET (overlay), gtk_window_get_application (GTK_WINDOW (self)));
  gtk_window_set_transient_for (overlay, GTK_WINDOW (self));
  gtk_window_present (overlay);
}

static void
show_help_overlay_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  eonay_window_open_help (EONAY_WINDOW (user_data));
}

static const GActionEntry entries[] = {
  { .name = "paste-code", .activate = paste_code_cb },
  { .name = "sign", .activate = sign_cb },
  { .name = "decline", .activate = decline_cb },
  { .name = "choose-certificate", .activate = choose_certificate_cb, .parameter_type = "s" },
  { .name = "new-code", .activate = new_code_cb },
  { .name = "submit-again", .activate = submit_again_cb },
  { .name = "save-signature", .activate = save_signature_cb },
  { .name = "show-view", .activate = show_view_cb, .parameter_type = "s" },
  { .name = "show-help-overlay", .activate = show_help_overlay_cb },
};

void
eonay_window_add_actions (EonayWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  /* Takes the place of the group of GtkApplicationWindow, which every program of the person can
   * use on the session bus. */
  gtk_widget_insert_action_group (GTK_WIDGET (self), "win", G_ACTION_GROUP (self->actions));
  g_object_set_data_full (G_OBJECT (self), EONAY_PIN_GROUP_ACTIONS, g_object_ref (self->actions),
                          g_object_unref);
  eonay_window_add_card_actions (self);
  eonay_window_add_unblocking_actions (self);
}

static void
enable (EonayWindow *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

void
eonay_window_update_actions (EonayWindow *self)
{
  EonaySession *session = eonay_sign_view_get_session (self->sign_view);
  EonaySessionState state = eonay_session_get_state (session);
  gboolean is_signed = eonay_session_get_signatures (session) != NULL;
  gboolean is_shown = g_str_equal (eonay_window_get_view (self), "sign");
  gboolean is_reviewing = is_shown && state == EONAY_SESSION_REVIEWING;
  gboolean is_over = is_shown && state >= EONAY_SESSION_DONE;

  enable (self, "paste-code", is_shown && state == EONAY_SESSION_IDLE);
  enable (self, "sign", is_shown && eonay_sign_view_can_sign (self->sign_view));
  enable (self, "decline", is_reviewing);
  enable (self, "choose-certificate", is_reviewing);
  enable (self, "new-code", is_over);
  enable (self, "submit-again",
          is_shown &&
              eonay_result_can_retry (state, is_signed, eonay_session_get_seconds_left (session)));
  enable (self, "save-signature", is_over && is_signed);
}
