#include "app/pin/eonay-pin-dialog.h"

#include <glib/gi18n-lib.h>

#include "app/clock/eonay-countdown.h"
#include "app/pin/eonay-last-try.h"
#include "app/pin/eonay-pin-status.h"
#include "app/pin/eonay-secret-row.h"
#include "app/pin/eonay-typed-secret.h"
#include "app/widgets/eonay-focus.h"
#include "app/widgets/eonay-stack.h"
#include "session/eonay-pin-rules.h"
#include "session/eonay-words.h"

struct _EonayPinDialog {
  AdwWindow parent_instance;

  EonayCountdown *countdown;
  GtkStack *stack;
  GtkLabel *heading;
  GtkLabel *holder;
  GtkWidget *keypad;
  GtkWidget *entry;
  GtkEditable *pin;
  EonayPinStatus *status;
  GtkWidget *cancel;
  GtkWidget *sign;
  GtkWidget *forgotten;
  GtkWidget *last_try;

  EonayToken *token;                  /* nullable: that is followed */
  EonayTokenCertificate *certificate; /* nullable */
  GError *mistake;                    /* nullable: of the last one */
  EonayPinState state;                /* what is shown */
  EonayPinConsent consent;
  gboolean is_asking; /* the card, for the tries left */
  gboolean begins;    /* by itself, on the reader, as soon as the tries are known */
  gboolean is_busy;
  gboolean is_on_reader; /* the PIN is typed there, and not here */
  guint start;           /* source: the reader is about to ask */
};

enum {
  ENTERED,
  CANCELLED,
  FORGOTTEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EonayPinDialog, eonay_pin_dialog, ADW_TYPE_WINDOW)

static gboolean
fits (EonayPinDialog *self)
{
  g_autoptr (EonaySecret) typed = NULL;

  if (self->is_busy || (self->is_asking && eonay_pin_state_is_pending (&self->state)))
    return FALSE;
  if (self->is_on_reader)
    return TRUE;

  typed = eonay_typed_secret_read (self->pin);

  return eonay_pin_rules_allow (&self->state, typed);
}

static void
changed_cb (EonayPinDialog *self)
{
  gtk_widget_set_sensitive (self->sign, fits (self));
}

static void
show_confirmation (EonayPinDialog *self)
{
  eonay_stack_show (self->stack, "confirm");
  gtk_window_set_default_widget (GTK_WINDOW (self), NULL);
  gtk_widget_grab_focus (self->last_try);
}

/* What is on the screen now is what the person goes by. */
static void
enter (EonayPinDialog *self, gboolean last_try)
{
  self->consent = eonay_pin_consent_new (&self->state, last_try);
  g_signal_emit (self, signals[ENTERED], 0);
}

static void
sign_clicked_cb (EonayPinDialog *self)
{
  g_clear_handle_id (&self->start, g_source_remove);
  if (!fits (self))
    return;

  if (self->state.tries_left == 1)
    show_confirmation (self);
  else
    enter (self, FALSE);
}

static void
show_entry (EonayPinDialog *self)
{
  eonay_stack_show (self->stack, "enter");
  gtk_window_set_default_widget (GTK_WINDOW (self), self->sign);
  gtk_widget_grab_focus (self->is_on_reader ? self->sign : GTK_WIDGET (self->pin));
}

static void
back_clicked_cb (EonayPinDialog *self)
{
  show_entry (self);
}

static void
confirm_clicked_cb (EonayPinDialog *self)
{
  if (!eonay_stack_shows (self->stack, "confirm"))
    return;

  show_entry (self);
  if (fits (self))
    enter (self, TRUE);
}

/* Nothing was sent: what was typed goes, and whoever heard the signal closes the dialog. */
static void
forgotten_clicked_cb (EonayPinDialog *self)
{
  if (self->is_busy)
    return;

  g_clear_handle_id (&self->start, g_source_remove);
  self->begins = FALSE;
  eonay_typed_secret_wipe (self->pin);
  g_signal_emit (self, signals[FORGOTTEN], 0);
}

static gboolean
eonay_pin_dialog_close_request (GtkWindow *window)
{
  EonayPinDialog *self = EONAY_PIN_DIALOG (window);

  if (self->is_busy)
    return GDK_EVENT_STOP;

  g_clear_handle_id (&self->start, g_source_remove);
  self->begins = FALSE;
  eonay_typed_secret_wipe (self->pin);
  g_signal_emit (self, signals[CANCELLED], 0);

  /* Whoever heard the signal closes the dialog, or keeps it for the next time. */
  return GDK_EVENT_STOP;
}

static void pin_state_cb (EonayPinDialog *self);

/* @token, @certificate: (nullable) */
static void
follow (EonayPinDialog *self, EonayToken *token, EonayTokenCertificate *certificate)
{
  if (self->token != token)
    {
      if (self->token != NULL)
        g_signal_handlers_disconnect_by_data (self->token, self);
      g_set_object (&self->token, token);
      self->is_asking = FALSE;
      if (token != NULL)
        g_signal_connect_swapped (token, "notify::pin-state", G_CALLBACK (pin_state_cb), self);
    }
  g_set_object (&self->certificate, certificate);
}

static void
eonay_pin_dialog_dispose (GObject *object)
{
  EonayPinDialog *self = EONAY_PIN_DIALOG (object);

  g_clear_handle_id (&self->start, g_source_remove);
  eonay_typed_secret_wipe (self->pin);
  follow (self, NULL, NULL);
  g_clear_error (&self->mistake);

  G_OBJECT_CLASS (eonay_pin_dialog_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (EONAY_TYPE_COUNTDOWN);
  g_type_ensure (EONAY_TYPE_LAST_TRY);
  g_type_ensure (EONAY_TYPE_PIN_STATUS);
  g_type_ensure (EONAY_TYPE_SECRET_ROW);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_DIALOG);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/eonay/Eonay/ui/eonay-pin-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, EonayPinDialog, countdown);
  gtk_widget_class_bind_template_child (widget_class, EonayPinDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, EonayPinDialog, holder);
  gtk_widget_class_bind_template_child (widget_class, EonayPinDialog, heading);
  gtk_widget_class_bind_template_child (widget_class, EonayPinDialog, keypad);
  gtk_widget_class_bind_template_child (widget_class, EonayPinDialog, entry);
  gtk_widget_class_bind_template_child (widget_class, EonayPinDialog, pin);
  gtk_widget_class_bind_template_child (widget_class, EonayPinDialog, status);
  gtk_widget_class_bind_template_child (widget_class, EonayPinDialog, cancel);
  gtk_widget_class_bind_template_child (widget_class, EonayPinDialog, sign);
  gtk_widget_class_bind_template_child (widget_class, EonayPinDialog, forgotten);
  gtk_widget_class_bind_template_child (widget_class, EonayPinDialog, last_try);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, sign_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, forgotten_clicked_cb);
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
  signals[CANCELLED] = g_signal_new ("cancelled", EONAY_TYPE_PIN_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 0);
  signals[FORGOTTEN] = g_signal_new ("forgotten", EONAY_TYPE_PIN_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 0);

  bind_template (widget_class);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
eonay_pin_dialog_init (EonayPinDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  eonay_focus_attach (GTK_WINDOW (self));
  eonay_typed_secret_set_name (self->pin, "PIN");
  eonay_stack_show (self->stack, "enter");
}

GtkWidget *
eonay_pin_dialog_new (GtkWindow *parent)
{
  return g_object_new (EONAY_TYPE_PIN_DIALOG, "transient-for", parent, NULL);
}

static gboolean
start_cb (gpointer dialog)
{
  EonayPinDialog *self = dialog;

  self->start = 0;
  sign_clicked_cb (self);

  return G_SOURCE_REMOVE;
}

/* Whoever has just chosen to sign is asked by the reader without another click; the last try, and
   another after a mistake, are begun by hand. */
static void
begin_on_reader (EonayPinDialog *self)
{
  self->begins = FALSE;
  if (self->state.tries_left == 1)
    show_confirmation (self);
  else if (self->mistake == NULL)
    self->start = g_idle_add (start_cb, self);
}

/* Shows what is known of the card, while somebody types. */
static void
update (EonayPinDialog *self)
{
  eonay_token_get_pin_state (self->token, self->certificate, &self->state);
  self->is_on_reader = eonay_token_get_pin_entry (self->token) == EONAY_PIN_ENTRY_READER;
  gtk_widget_set_visible (self->keypad, self->is_on_reader);
  gtk_widget_set_visible (self->entry, !self->is_on_reader);
  gtk_widget_set_visible (self->forgotten,
                          eonay_pin_rules_can_unblock (self->token, self->certificate));
  eonay_typed_secret_set_rules (self->pin, &self->state);
  eonay_pin_status_ask (self->status, EONAY_PIN_ROLE_PIN, &self->state, self->mistake,
                        self->is_on_reader);
  if (eonay_stack_shows (self->stack, "confirm") && self->state.tries_left != 1)
    show_entry (self);
  changed_cb (self);
  if (self->begins && self->is_on_reader && !eonay_pin_state_is_pending (&self->state))
    begin_on_reader (self);
}

static void
pin_state_cb (EonayPinDialog *self)
{
  if (!self->is_busy)
    update (self);
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (EonayPinDialog) self = user_data;

  /* Without an answer the card is asked once more, before it gets the PIN. */
  eonay_token_request_finish (EONAY_TOKEN (source), result, NULL);
  if (self->token != EONAY_TOKEN (source))
    return;

  self->is_asking = FALSE;
  pin_state_cb (self);
}

static void
ask_card (EonayPinDialog *self)
{
  EonayPinState state;

  eonay_token_get_pin_state (self->token, self->certificate, &state);
  if (self->is_asking || !eonay_pin_state_is_pending (&state))
    return;

  self->is_asking = TRUE;
  eonay_token_refresh_async (self->token, NULL, asked_cb, g_object_ref (self));
}

void
eonay_pin_dialog_ask (EonayPinDialog *self, EonayCandidate *candidate, const GError *error)
{
  EonayToken *token = eonay_candidate_get_token (candidate);
  g_autofree char *holder = NULL;

  g_return_if_fail (EONAY_IS_PIN_DIALOG (self));

  holder = eonay_words_card (token, eonay_candidate_get_certificate (candidate));
  gtk_label_set_label (self->holder, holder);
  eonay_pin_status_set_holder (self->status, holder);
  g_clear_error (&self->mistake);
  self->mistake = error != NULL ? g_error_copy (error) : NULL;
  g_clear_handle_id (&self->start, g_source_remove);
  eonay_typed_secret_wipe (self->pin);
  follow (self, token, eonay_candidate_get_token_certificate (candidate));
  ask_card (self);
  eonay_pin_dialog_set_busy (self, FALSE);
  self->begins = FALSE;
  update (self);
  show_entry (self);
  self->begins = TRUE;
  if (self->is_on_reader && !eonay_pin_state_is_pending (&self->state))
    begin_on_reader (self);
}

const EonayPinConsent *
eonay_pin_dialog_get_consent (EonayPinDialog *self)
{
  g_return_val_if_fail (EONAY_IS_PIN_DIALOG (self), NULL);

  return &self->consent;
}

gboolean
eonay_pin_dialog_is_on_reader (EonayPinDialog *self)
{
  g_return_val_if_fail (EONAY_IS_PIN_DIALOG (self), FALSE);

  return self->is_on_reader;
}

EonaySecret *
eonay_pin_dialog_take_pin (EonayPinDialog *self)
{
  g_return_val_if_fail (EONAY_IS_PIN_DIALOG (self), NULL);

  return eonay_typed_secret_take (self->pin);
}

void
eonay_pin_dialog_set_busy (EonayPinDialog *self, gboolean busy)
{
  g_return_if_fail (EONAY_IS_PIN_DIALOG (self));

  self->is_busy = busy;
  eonay_pin_status_set_busy (self->status, busy);
  gtk_label_set_label (self->heading, busy && !self->is_on_reader ? _ ("The card is working")
                                                                  : _ ("Enter your PIN"));
  /* The focus leaves the entry before it goes insensitive. */
  if (busy)
    gtk_window_set_focus (GTK_WINDOW (self), NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->pin), !busy);
  gtk_widget_set_sensitive (self->cancel, !busy);
  gtk_widget_set_sensitive (self->forgotten, !busy);
  changed_cb (self);
}

void
eonay_pin_dialog_set_large_countdown (EonayPinDialog *self, gboolean large)
{
  g_return_if_fail (EONAY_IS_PIN_DIALOG (self));

  eonay_countdown_set_large (self->countdown, large);
}

void
eonay_pin_dialog_set_time (EonayPinDialog *self, guint seconds_left, guint total)
{
  g_return_if_fail (EONAY_IS_PIN_DIALOG (self));

  eonay_countdown_set_total (self->countdown, total);
  eonay_countdown_set_seconds_left (self->countdown, seconds_left);
  gtk_widget_set_visible (GTK_WIDGET (self->countdown), TRUE);
}
