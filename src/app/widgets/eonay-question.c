#include "app/widgets/eonay-question.h"

#include "app/widgets/eonay-accessible-name.h"

GtkWindow *
eonay_question_ask (GtkWindow *parent, const char *heading, const char *body, const char *no,
                    const char *yes, GCallback sure_cb, gpointer object)
{
  GtkWidget *dialog = adw_message_dialog_new (parent, heading, body);
  AdwMessageDialog *self = ADW_MESSAGE_DIALOG (dialog);

  adw_message_dialog_add_responses (self, EONAY_QUESTION_NO, no, EONAY_QUESTION_YES, yes, NULL);
  eonay_accessible_name_buttons (dialog);
  adw_message_dialog_set_response_appearance (self, EONAY_QUESTION_YES, ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (self, EONAY_QUESTION_NO);
  adw_message_dialog_set_close_response (self, EONAY_QUESTION_NO);
  g_signal_connect_object (self, "response::" EONAY_QUESTION_YES, sure_cb, object,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));

  return GTK_WINDOW (dialog);
}
