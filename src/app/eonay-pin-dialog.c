#include "app/eonay-pin-dialog.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/eonay-closures.h"
#include "app/eonay-countdown.h"
#include "base/eonay-error.h"
#include "session/eonay-advice.h"

struct _EonayPinDialog {
  AdwWindow parent_instance;

  EonayCountdown *countdown;
  GtkStack *stack;
  GtkLabel *holder;
  GtkEditable *pin;
  GtkWidget *busy;
  GtkSpinner *spinner;
  GtkWidget *facts;
  GtkLabel *mistake;
  GtkWidget *tries_box;
  GtkWidget *tries_icon;
  GtkLabel *tries;
  GtkLabel *rule;
  GtkWidget *cancel;
  GtkWidget *sign;
  GtkWidget *back;
  GtkWidget *confirm;

  EonayPinState state;
  gboolean is_busy;
};

enum {
  ENTERED,
  CANCELLED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EonayPinDialog, eonay_pin_dialog, ADW_TYPE_WINDOW)

static guint
count_characters (EonayPinDialog *self)
{
  return (guint) g_utf8_strlen (gtk_editable_get_text (self->pin), -1);
}

static gboolean
fits (EonayPinDialog *self)
{
  return !self->is_busy
         && eonay_pin_fits (NULL, count_characters (self), self->state.min_length,
                            self->state.max_length);
}

static void
changed_cb (EonayPinDialog *self)
{
  gtk_widget_set_sensitive (self->sign, fits (self));
}

static void
sign_clicked_cb (EonayPinDialog *self)
{
  if (!fits (self))
    return;

  if (self->state.tries_left == 1) {
    gtk_stack_set_visible_child_name (self->stack, "confirm");
    gtk_window_set_default_widget (GTK_WINDOW (self), NULL);
    gtk_widget_grab_focus (self->back);
    return;
  }

  g_signal_emit (self, signals[ENTERED], 0);
}

static void
show_entry (EonayPinDialog *self)
{
  gtk_stack_set_visible_child_name (self->stack, "enter");
  gtk_window_set_default_widget (GTK_WINDOW (self), self->sign);
  gtk_widget_grab_focus (GTK_WIDGET (self->pin));
}

static void
back_clicked_cb (EonayPinDialog *self)
{
  show_entry (self);
}

static void
confirm_clicked_cb (EonayPinDialog *self)
{
  show_entry (self);
  g_signal_emit (self, signals[ENTERED], 0);
}

static void
wipe (EonayPinDialog *self)
{
  gtk_editable_delete_text (self->pin, 0, -1);
}

static gboolean
eonay_pin_dialog_close_request (GtkWindow *window)
{
  EonayPinDialog *self = EONAY_PIN_DIALOG (window);

  if (self->is_busy)
    return GDK_EVENT_STOP;

  wipe (self);
  g_signal_emit (self, signals[CANCELLED], 0);

  /* Whoever heard the signal closes the dialog, or keeps it for the next time. */
  return GDK_EVENT_STOP;
}

static void
eonay_pin_dialog_dispose (GObject *object)
{
  EonayPinDialog *self = EONAY_PIN_DIALOG (object);

  if (gtk_editable_get_delegate (self->pin) != NULL)
    wipe (self);

  G_OBJECT_CLASS (eonay_pin_dialog_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (EONAY_TYPE_COUNTDOWN);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/eonay/Eonay/ui/eonay-pin-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, EonayPinDialog, countdown);
  gtk_widget_class_bind_template_child (widget_class, EonayPinDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, EonayPinDialog, holder);
  gtk_widget_class_bind_template_child (widget_class, EonayPinDialog, pin);
  gtk_widget_class_bind_template_child (widget_class, EonayPinDialog, busy);
  gtk_widget_class_bind_template_child (widget_class, EonayPinDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, EonayPinDialog, facts);
  gtk_widget_class_bind_template_child (widget_class, EonayPinDialog, mistake);
  gtk_widget_class_bind_template_child (widget_class, EonayPinDialog, tries_box);
  gtk_widget_class_bind_template_child (widget_class, EonayPinDialog, tries_icon);
  gtk_widget_class_bind_template_child (widget_class, EonayPinDialog, tries);
  gtk_widget_class_bind_template_child (widget_class, EonayPinDialog, rule);
  gtk_widget_class_bind_template_child (widget_class, EonayPinDialog, cancel);
  gtk_widget_class_bind_template_child (widget_class, EonayPinDialog, sign);
  gtk_widget_class_bind_template_child (widget_class, EonayPinDialog, back);
  gtk_widget_class_bind_template_child (widget_class, EonayPinDialog, confirm);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, sign_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, confirm_clicked_cb);
}

static void
eonay_pin_dialog_class_init (EonayPinDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = eonay_pin_dialog_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = eonay_pin_dialog_close_request;

  signals[ENTERED] = g_signal_new ("entered", EONAY_TYPE_PIN_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[CANCELLED] = g_signal_new ("cancelled", EONAY_TYPE_PIN_DIALOG, G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);

  bind_template (widget_class);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
eonay_pin_dialog_init (EonayPinDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  /* With the PIN in plain sight the undo history would keep a copy of it. */
  gtk_editable_set_enable_undo (self->pin, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_editable_get_delegate (self->pin)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, "PIN", -1);
}

GtkWidget *
eonay_pin_dialog_new (GtkWindow *parent)
{
  return g_object_new (EONAY_TYPE_PIN_DIALOG, "transient-for", parent, NULL);
}

static void
show_state (EonayPinDialog *self, gboolean told)
{
  g_autofree char *tries = eonay_tries_describe (NULL, self->state.tries_left);
  g_autofree char *rule
      = eonay_pin_rule (self->state.min_length, self->state.max_length, self->state.numeric);
  GtkText *text = GTK_TEXT (gtk_editable_get_delegate (self->pin));
  gboolean last = self->state.tries_left == 1;

  gtk_label_set_label (self->tries, tries);
  gtk_label_set_label (self->rule, rule);
  /* A wrong PIN has told the number already. */
  gtk_widget_set_visible (self->tries_box, tries[0] != '\0' && (!told || last));
  gtk_widget_set_visible (self->tries_icon, last);
  if (last)
    gtk_widget_add_css_class (self->tries_box, "warning");
  else
    gtk_widget_remove_css_class (self->tries_box, "warning");

  gtk_text_set_max_length (text, (int) MIN (self->state.max_length, EONAY_SECRET_MAX / 4));
  gtk_text_set_input_purpose (text, self->state.numeric ? GTK_INPUT_PURPOSE_PIN
                                                        : GTK_INPUT_PURPOSE_PASSWORD);
}

void
eonay_pin_dialog_ask (EonayPinDialog *self, EonayCandidate *candidate, const GError *error)
{
  EonayToken *token = eonay_candidate_get_token (candidate);
  g_autoptr (EonayAdvice) advice = error != NULL ? eonay_advice_new (error) : NULL;
  g_autofree char *holder = NULL;

  g_return_if_fail (EONAY_IS_PIN_DIALOG (self));

  eonay_token_get_pin_state (token, eonay_candidate_get_token_certificate (candidate),
                             &self->state);
  holder = g_strdup_printf (
      "%s · %s", eonay_certificate_get_holder (eonay_candidate_get_certificate (candidate)),
      eonay_token_get_model (token));
  gtk_label_set_label (self->holder, holder);
  gtk_label_set_label (self->mistake, advice != NULL ? advice->what : "");
  gtk_widget_set_visible (GTK_WIDGET (self->mistake), advice != NULL);
  wipe (self);
  show_state (self, eonay_card_error_get_tries_left (error) > 0);
  eonay_pin_dialog_set_busy (self, FALSE);
  show_entry (self);
}

EonaySecret *
eonay_pin_dialog_take_pin (EonayPinDialog *self)
{
  const char *text;
  EonaySecret *secret;

  g_return_val_if_fail (EONAY_IS_PIN_DIALOG (self), NULL);

  text = gtk_editable_get_text (self->pin);
  secret = eonay_secret_new (text, strlen (text));
  wipe (self);

  return secret;
}

void
eonay_pin_dialog_set_busy (EonayPinDialog *self, gboolean busy)
{
  g_return_if_fail (EONAY_IS_PIN_DIALOG (self));

  self->is_busy = busy;
  gtk_widget_set_visible (self->busy, busy);
  gtk_widget_set_visible (self->facts, !busy);
  gtk_spinner_set_spinning (self->spinner, busy);
  /* The focus leaves the entry before it goes insensitive. */
  if (busy)
    gtk_window_set_focus (GTK_WINDOW (self), NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->pin), !busy);
  gtk_widget_set_sensitive (self->cancel, !busy);
  changed_cb (self);
}

void
eonay_pin_dialog_set_time (EonayPinDialog *self, guint seconds_left, guint total)
{
  g_return_if_fail (EONAY_IS_PIN_DIALOG (self));

  eonay_countdown_set_total (self->countdown, total);
  eonay_countdown_set_seconds_left (self->countdown, seconds_left);
}
