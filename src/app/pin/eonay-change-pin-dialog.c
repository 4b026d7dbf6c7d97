#include <glib/gi18n-lib.h>

#include "app/pin/eonay-change-pin-dialog-private.h"
#include "app/pin/eonay-secret-row.h"
#include "app/pin/eonay-typed-secret.h"
#include "app/widgets/eonay-stack.h"
#include "base/eonay-error.h"
#include "session/eonay-pin-rules.h"
#include "session/eonay-words.h"

G_DEFINE_FINAL_TYPE (EonayChangePinDialog, eonay_change_pin_dialog, ADW_TYPE_WINDOW)

const EonayChangePinWords *
eonay_change_pin_get_words (EonayTokenRequestKind kind)
{
  static const EonayChangePinWords change = {
    EONAY_PIN_ROLE_PIN,
    N_ ("Change PIN"),
    N_ ("Present PIN"),
    N_ ("Change PIN"),
    N_ ("The card is changing its PIN. Leave it in the reader."),
    N_ ("Type on the reader’s keypad, one after the other:\n1. the present PIN\n2. the new PIN\n"
        "3. the new PIN again"),
    N_ ("The PIN has been changed."),
  };
  static const EonayChangePinWords unblock = {
    EONAY_PIN_ROLE_PUK,
    N_ ("Unblock the card"),
    N_ ("PUK"),
    N_ ("Unblock"),
    N_ ("The card is being unblocked. Leave it in the reader."),
    N_ ("Type on the reader’s keypad, one after the other:\n1. the PUK\n2. the new PIN\n"
        "3. the new PIN again"),
    N_ ("The card is unblocked; the new PIN is valid."),
  };

  return kind == EONAY_TOKEN_REQUEST_UNBLOCK ? &unblock : &change;
}

static gboolean
presented_fits (EonayChangePinDialog *self)
{
  g_autoptr (EonaySecret) typed = eonay_typed_secret_read (self->presented);

  return eonay_pin_rules_allow (&self->state, typed);
}

static gboolean
fits (EonayChangePinDialog *self)
{
  if (self->is_busy || (self->is_asking && eonay_pin_state_is_pending (&self->state)))
    return FALSE;
  if (self->is_on_reader)
    return TRUE;

  return presented_fits (self) && eonay_new_pin_box_is_valid (self->new_pin);
}

static void
changed_cb (EonayChangePinDialog *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->go), fits (self));
}

static void
show_entry (EonayChangePinDialog *self)
{
  eonay_stack_show (self->stack, "enter");
  gtk_window_set_default_widget (GTK_WINDOW (self), GTK_WIDGET (self->go));
  gtk_widget_grab_focus (self->is_on_reader ? GTK_WIDGET (self->go) : GTK_WIDGET (self->presented));
}

static void
show_confirmation (EonayChangePinDialog *self)
{
  eonay_stack_show (self->stack, "confirm");
  gtk_window_set_default_widget (GTK_WINDOW (self), NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->last_try));
}

/* What is on the screen now is what the person goes by. */
static void
run (EonayChangePinDialog *self, gboolean last_try)
{
  self->consent = eonay_pin_consent_new (&self->state, last_try);
  eonay_change_pin_dialog_run (self);
}

static void
go_clicked_cb (EonayChangePinDialog *self)
{
  if (!fits (self))
    return;

  if (self->state.tries_left == 1)
    show_confirmation (self);
  else
    run (self, FALSE);
}

static void
presented_activated_cb (EonayChangePinDialog *self)
{
  if (fits (self))
    go_clicked_cb (self);
  else if (presented_fits (self))
    gtk_widget_grab_focus (GTK_WIDGET (self->new_pin));
}

static void
new_pin_activated_cb (EonayChangePinDialog *self)
{
  if (fits (self))
    go_clicked_cb (self);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->presented));
}

static void
sure_cb (EonayChangePinDialog *self)
{
  if (!eonay_stack_shows (self->stack, "confirm"))
    return;

  show_entry (self);
  if (fits (self))
    run (self, TRUE);
}

static void
again_clicked_cb (EonayChangePinDialog *self)
{
  if (eonay_stack_shows (self->stack, "end"))
    eonay_change_pin_dialog_start (self, self->kind);
}

static void
unblock_clicked_cb (EonayChangePinDialog *self)
{
  if (eonay_stack_shows (self->stack, "end"))
    eonay_change_pin_dialog_start (self, EONAY_TOKEN_REQUEST_UNBLOCK);
}

static void
portal_clicked_cb (EonayChangePinDialog *self)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  gtk_widget_activate_action (GTK_WIDGET (parent), "win.unblock-portal", NULL);
  gtk_window_close (GTK_WINDOW (self));
}

static gboolean
eonay_change_pin_dialog_close_request (GtkWindow *window)
{
  EonayChangePinDialog *self = EONAY_CHANGE_PIN_DIALOG (window);

  if (self->is_busy)
    return GDK_EVENT_STOP;

  eonay_change_pin_dialog_wipe (self);

  return GTK_WINDOW_CLASS (eonay_change_pin_dialog_parent_class)->close_request (window);
}

static void
eonay_change_pin_dialog_dispose (GObject *object)
{
  EonayChangePinDialog *self = EONAY_CHANGE_PIN_DIALOG (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->token != NULL)
    eonay_change_pin_dialog_wipe (self);
  g_clear_object (&self->token);
  g_clear_object (&self->token_certificate);
  g_clear_object (&self->certificate);
  g_clear_error (&self->mistake);

  G_OBJECT_CLASS (eonay_change_pin_dialog_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, EonayChangePinDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, EonayChangePinDialog, holder);
  gtk_widget_class_bind_template_child (widget_class, EonayChangePinDialog, caution);
  gtk_widget_class_bind_template_child (widget_class, EonayChangePinDialog, keypad);
  gtk_widget_class_bind_template_child (widget_class, EonayChangePinDialog, instruction);
  gtk_widget_class_bind_template_child (widget_class, EonayChangePinDialog, entry);
  gtk_widget_class_bind_template_child (widget_class, EonayChangePinDialog, presented);
  gtk_widget_class_bind_template_child (widget_class, EonayChangePinDialog, status);
  gtk_widget_class_bind_template_child (widget_class, EonayChangePinDialog, new_pin);
  gtk_widget_class_bind_template_child (widget_class, EonayChangePinDialog, cancel);
  gtk_widget_class_bind_template_child (widget_class, EonayChangePinDialog, go);
  gtk_widget_class_bind_template_child (widget_class, EonayChangePinDialog, last_try);
  gtk_widget_class_bind_template_child (widget_class, EonayChangePinDialog, end_icon);
  gtk_widget_class_bind_template_child (widget_class, EonayChangePinDialog, end_title);
  gtk_widget_class_bind_template_child (widget_class, EonayChangePinDialog, end_text);
  gtk_widget_class_bind_template_child (widget_class, EonayChangePinDialog, end_code);
  gtk_widget_class_bind_template_child (widget_class, EonayChangePinDialog, unblock);
  gtk_widget_class_bind_template_child (widget_class, EonayChangePinDialog, portal);
  gtk_widget_class_bind_template_child (widget_class, EonayChangePinDialog, again);
  gtk_widget_class_bind_template_child (widget_class, EonayChangePinDialog, close);
}

static void
eonay_change_pin_dialog_class_init (EonayChangePinDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = eonay_change_pin_dialog_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = eonay_change_pin_dialog_close_request;

  g_type_ensure (EONAY_TYPE_LAST_TRY);
  g_type_ensure (EONAY_TYPE_NEW_PIN_BOX);
  g_type_ensure (EONAY_TYPE_PIN_STATUS);
  g_type_ensure (EONAY_TYPE_SECRET_ROW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/eonay/Eonay/ui/eonay-change-pin-dialog.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, go_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, presented_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, new_pin_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_entry);
  gtk_widget_class_bind_template_callback (widget_class, sure_cb);
  gtk_widget_class_bind_template_callback (widget_class, again_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, unblock_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, portal_clicked_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
eonay_change_pin_dialog_init (EonayChangePinDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
}

void
eonay_change_pin_dialog_wipe (EonayChangePinDialog *self)
{
  eonay_typed_secret_wipe (self->presented);
  eonay_new_pin_box_wipe (self->new_pin);
}

void
eonay_change_pin_dialog_set_busy (EonayChangePinDialog *self, gboolean busy)
{
  self->is_busy = busy;
  eonay_pin_status_set_busy (self->status, busy);
  /* The focus leaves the entries before they go insensitive. */
  if (busy)
    gtk_window_set_focus (GTK_WINDOW (self), NULL);
  gtk_widget_set_sensitive (self->entry, !busy);
  /* The rules are for reading while somebody types on the reader. */
  gtk_widget_set_sensitive (GTK_WIDGET (self->new_pin), !busy || self->is_on_reader);
  gtk_widget_set_sensitive (self->cancel, !busy);
  changed_cb (self);
}

static void pin_state_cb (EonayChangePinDialog *self);

/* Follows what becomes known of the card while somebody types. */
static void
update (EonayChangePinDialog *self)
{
  const EonayChangePinWords *words = eonay_change_pin_get_words (self->kind);
  EonayPinState pin;

  eonay_token_get_pin_state (self->token, self->token_certificate, &pin);
  if (words->role == EONAY_PIN_ROLE_PUK)
    eonay_token_get_puk_state (self->token, self->token_certificate, &self->state);
  else
    self->state = pin;

  self->is_on_reader = eonay_token_get_new_pin_entry (self->token, self->kind) ==
                       EONAY_PIN_ENTRY_READER;
  gtk_widget_set_visible (self->keypad, self->is_on_reader);
  gtk_widget_set_visible (self->entry, !self->is_on_reader);
  eonay_new_pin_box_set_on_reader (self->new_pin, self->is_on_reader);
  eonay_new_pin_box_set_rules (self->new_pin, &pin, self->certificate);
  eonay_typed_secret_set_rules (self->presented, &self->state);
  /* In groups in its letter; a space can be no part of a number. */
  eonay_typed_secret_skip_separators (self->presented,
                                      words->role == EONAY_PIN_ROLE_PUK && self->state.numeric);
  eonay_pin_status_ask (self->status, words->role, &self->state, self->mistake, self->is_on_reader);
  if (eonay_stack_shows (self->stack, "confirm") && self->state.tries_left != 1)
    show_entry (self);
  changed_cb (self);
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (EonayChangePinDialog) self = user_data;

  /* Without an answer the card is asked once more, before it gets the PIN. */
  eonay_token_request_finish (EONAY_TOKEN (source), result, NULL);
  self->is_asking = FALSE;
  if (self->token != NULL)
    pin_state_cb (self);
}

static void
ask_card (EonayChangePinDialog *self)
{
  if (self->is_asking)
    return;

  self->is_asking = TRUE;
  changed_cb (self);
  eonay_token_refresh_async (self->token, self->cancellable, asked_cb, g_object_ref (self));
}

void
eonay_change_pin_dialog_ask (EonayChangePinDialog *self, const GError *mistake)
{
  g_clear_error (&self->mistake);
  self->mistake = mistake != NULL ? g_error_copy (mistake) : NULL;
  eonay_change_pin_dialog_wipe (self);
  update (self);
  show_entry (self);
  if (eonay_pin_state_is_pending (&self->state) && eonay_token_is_alive (self->token))
    ask_card (self);
}

static void
show_words (EonayChangePinDialog *self)
{
  const EonayChangePinWords *words = eonay_change_pin_get_words (self->kind);

  gtk_window_set_title (GTK_WINDOW (self), _ (words->title));
  gtk_label_set_label (self->instruction, _ (words->on_reader));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->presented), _ (words->presented));
  eonay_typed_secret_set_name (self->presented, _ (words->presented));
  gtk_button_set_label (self->go, _ (words->go));
  gtk_widget_set_visible (GTK_WIDGET (self->caution), words->role == EONAY_PIN_ROLE_PUK);
  eonay_pin_status_set_work (self->status, _ (words->work), 3);
  eonay_last_try_set_role (self->last_try, words->role);
}

/* Ends what cannot be of use: nothing that is typed for a blocked PIN, for instance. */
static void
check (EonayChangePinDialog *self)
{
  g_autoptr (GError) error = NULL;

  if (eonay_token_check_request (self->token, self->kind, self->token_certificate, &error) &&
      self->state.blocked)
    error = self->kind == EONAY_TOKEN_REQUEST_UNBLOCK ? eonay_card_error_new_puk_wrong (0)
                                                      : eonay_card_error_new_pin_wrong (0);

  if (error != NULL)
    eonay_change_pin_dialog_fail (self, error);
  else if (!eonay_token_is_alive (self->token))
    eonay_change_pin_dialog_lose_card (self);
}

void
eonay_change_pin_dialog_start (EonayChangePinDialog *self, EonayTokenRequestKind kind)
{
  self->kind = kind;
  show_words (self);
  eonay_change_pin_dialog_ask (self, NULL);
  check (self);
}

static gboolean
is_asking (EonayChangePinDialog *self)
{
  return !self->is_busy && !eonay_stack_shows (self->stack, "end");
}

static void
pin_state_cb (EonayChangePinDialog *self)
{
  if (!is_asking (self))
    return;

  update (self);
  check (self);
}

static void
alive_cb (EonayChangePinDialog *self)
{
  if (is_asking (self))
    eonay_change_pin_dialog_lose_card (self);
}

static void
take_card (EonayChangePinDialog *self, EonayToken *token, EonayTokenCertificate *certificate)
{
  g_autofree char *label = eonay_words_mask (eonay_token_get_label (token));
  g_autofree char *holder = NULL;
  const char *name = NULL;

  g_set_object (&self->token, token);
  g_set_object (&self->token_certificate, certificate);
  if (certificate != NULL)
    self->certificate = eonay_certificate_new (eonay_token_certificate_get_der (certificate), NULL);
  if (self->certificate != NULL)
    name = eonay_certificate_get_holder (self->certificate);
  holder = g_strdup_printf ("%s · %s", name != NULL ? name : label, eonay_token_get_model (token));
  gtk_label_set_label (self->holder, holder);
  g_signal_connect_object (token, "notify::pin-state", G_CALLBACK (pin_state_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (token, "notify::alive", G_CALLBACK (alive_cb), self, G_CONNECT_SWAPPED);
}

/* A request that is under way keeps the dialog a while longer, and GTK its lost parent's address. */
static void
parent_destroyed_cb (EonayChangePinDialog *self)
{
  gtk_window_set_transient_for (GTK_WINDOW (self), NULL);
  g_object_run_dispose (G_OBJECT (self));
}

GtkWidget *
eonay_change_pin_dialog_new (GtkWindow *parent, EonayToken *token,
                             EonayTokenCertificate *certificate, EonayTokenRequestKind kind)
{
  EonayChangePinDialog *self = g_object_new (EONAY_TYPE_CHANGE_PIN_DIALOG, "transient-for", parent,
                                             NULL);

  g_signal_connect_object (parent, "destroy", G_CALLBACK (parent_destroyed_cb), self,
                           G_CONNECT_SWAPPED);
  take_card (self, token, certificate);
  eonay_change_pin_dialog_start (self, kind);
  if (eonay_token_is_alive (token))
    ask_card (self);

  return GTK_WIDGET (self);
}
