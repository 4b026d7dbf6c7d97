#include <glib/gi18n-lib.h>

#include "app/unblock/eonay-unblock-dialog-private.h"
#include "app/unblock/eonay-unblock-words.h"

/* Closing in the midst, and what is given to the window behind it. */

/* Also without a window the program stays until the card has answered and the portal knows. */
static gboolean
needs_program (EonayUnblock *unblock)
{
  return eonay_unblock_get_state (unblock) == EONAY_UNBLOCK_UNBLOCKING ||
         eonay_unblock_get_report (unblock) == EONAY_UNBLOCK_REPORT_TELLING;
}

static void
report_cb (EonayUnblock *unblock, GParamSpec *pspec, gpointer application)
{
  if (needs_program (unblock))
    return;

  g_signal_handlers_disconnect_by_data (unblock, application);
  g_application_release (application);
  g_object_unref (unblock);
}

/* What the card gives back has nobody left who would go on with it. */
static void
state_cb (EonayUnblock *unblock, GParamSpec *pspec, gpointer application)
{
  eonay_unblock_decline (unblock);
  report_cb (unblock, pspec, application);
}

void
eonay_unblock_dialog_keep_telling (EonayUnblockDialog *self)
{
  GApplication *application = g_application_get_default ();

  if (application == NULL || !needs_program (self->unblock))
    return;

  g_application_hold (application);
  g_object_ref (self->unblock);
  g_signal_connect (self->unblock, "notify::state", G_CALLBACK (state_cb), application);
  g_signal_connect (self->unblock, "notify::report", G_CALLBACK (report_cb), application);
}

gboolean
eonay_unblock_dialog_asks (EonayUnblockDialog *self)
{
  gboolean has_sms = eonay_unblock_get_sms_number (self->unblock) != NULL;

  return eonay_unblock_asks_before_leaving (self->state, has_sms);
}

void
eonay_unblock_dialog_update_question (EonayUnblockDialog *self)
{
  if (self->question != NULL && !eonay_unblock_dialog_asks (self))
    gtk_window_close (self->question);
}

static gboolean
leave_cb (gpointer user_data)
{
  EonayUnblockDialog *self = user_data;

  /* What was asked about may have ended meanwhile, and its end is to be read. */
  if (self->unblock != NULL && self->state < EONAY_UNBLOCK_DONE)
    {
      self->leaving = TRUE;
      gtk_window_close (GTK_WINDOW (self));
      self->leaving = FALSE;
    }

  return G_SOURCE_REMOVE;
}

/* The question has to be gone before the window that it stands on. */
static void
leave_answered_cb (EonayUnblockDialog *self, const char *response)
{
  if (g_str_equal (response, "leave"))
    g_idle_add_full (G_PRIORITY_DEFAULT, leave_cb, g_object_ref (self), g_object_unref);
}

void
eonay_unblock_dialog_ask_before_leaving (EonayUnblockDialog *self)
{
  GtkWidget *dialog;

  if (self->question != NULL)
    {
      gtk_window_present (self->question);
      return;
    }

  dialog = adw_message_dialog_new (
      GTK_WINDOW (self), _ ("Give up unblocking?"),
      _ ("The card stays blocked. To begin again you need a new code from the web page, and "
         "another SMS."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "stay", _ ("Go on"), "leave",
                                    _ ("Give up"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "leave",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "stay");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "stay");
  g_signal_connect_object (dialog, "response", G_CALLBACK (leave_answered_cb), self,
                           G_CONNECT_SWAPPED);
  g_set_weak_pointer (&self->question, GTK_WINDOW (dialog));
  gtk_window_present (GTK_WINDOW (dialog));
}

void
eonay_unblock_dialog_open_my_card (EonayUnblockDialog *self)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  gtk_widget_activate_action (GTK_WIDGET (parent), "win.show-view", "s", "card");
  gtk_window_close (GTK_WINDOW (self));
}
