#include "app/widgets/eonay-question.h"

#include "app/widgets/eonay-announcement.h"
#include "app/widgets/eonay-focus.h"
#include "app/widgets/eonay-press-guard.h"

#define PENDING "eonay-question-delay"

/* More than these are scrolled, in so many pixels. */
#define LINES_MAX 8
#define PANE_HEIGHT 180

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

static gboolean
is_long (const char *body)
{
  guint n_lines = 1;

  for (const char *at = body; *at != '\0'; at++)
    n_lines += *at == '\n';

  return n_lines > LINES_MAX;
}

/* A dialog grows with its words, beyond the screen, and its buttons with it. */
static void
add_pane (AdwMessageDialog *self, const char *heading, const char *body)
{
  GtkWidget *label = gtk_label_new (body);
  GtkWidget *pane = gtk_scrolled_window_new ();

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (pane), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (pane), PANE_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (pane), label);
  gtk_widget_set_focusable (pane, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (pane), GTK_ACCESSIBLE_PROPERTY_LABEL, heading,
                                  -1);
  adw_message_dialog_set_extra_child (self, pane);
}

GtkWindow *
eonay_question_ask (GtkWindow *parent, const char *heading, const char *body, const char *no,
                    const char *yes, GCallback sure_cb, gpointer object)
{
  gboolean has_pane = is_long (body);
  GtkWidget *dialog = adw_message_dialog_new (parent, heading, has_pane ? NULL : body);
  AdwMessageDialog *self = ADW_MESSAGE_DIALOG (dialog);

  if (has_pane)
    add_pane (self, heading, body);

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
