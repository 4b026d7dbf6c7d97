#include "app/widgets/eonay-question.h"

#include "app/widgets/eonay-announcement.h"
#include "app/widgets/eonay-focus.h"
#include "app/widgets/eonay-press-guard.h"

#define PENDING "eonay-question-delay"

static void
remove_source (gpointer id)
{
  g_source_remove (GPOINTER_TO_UINT (id));
}

static gboolean
may_be_answered_cb (gpointer dialog)
{
  g_object_steal_data (dialog, PENDING);
  adw_message_dialog_set_response_enabled (dialog, EONAY_QUESTION_YES, TRUE);

  return G_SOURCE_REMOVE;
}

/* What brought the question up may be pressed twice. */
static void
delay_yes (AdwMessageDialog *self)
{
  guint id = g_timeout_add (eonay_press_guard_get_delay (GTK_WIDGET (self)), may_be_answered_cb,
                            self);

  adw_message_dialog_set_response_enabled (self, EONAY_QUESTION_YES, FALSE);
  g_object_set_data_full (G_OBJECT (self), PENDING, GUINT_TO_POINTER (id), remove_source);
}

GtkWindow *
eonay_question_ask (GtkWindow *parent, const char *heading, const char *body, const char *no,
                    const char *yes, GCallback sure_cb, gpointer object)
{
  GtkWidget *dialog = adw_message_dialog_new (parent, heading, body);
  AdwMessageDialog *self = ADW_MESSAGE_DIALOG (dialog);

  adw_message_dialog_add_responses (self, EONAY_QUESTION_NO, no, EONAY_QUESTION_YES, yes, NULL);
  eonay_focus_attach (GTK_WINDOW (dialog));
  adw_message_dialog_set_response_appearance (self, EONAY_QUESTION_YES, ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (self, EONAY_QUESTION_NO);
  adw_message_dialog_set_close_response (self, EONAY_QUESTION_NO);
  g_signal_connect_object (self, "response::" EONAY_QUESTION_YES, sure_cb, object,
                           G_CONNECT_SWAPPED);
  delay_yes (self);
  /* By itself a reader says the heading, and the button that has the focus. */
  eonay_announcement_make (dialog, body);
  gtk_window_present (GTK_WINDOW (dialog));

  return GTK_WINDOW (dialog);
}
