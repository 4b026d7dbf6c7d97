#include "app/pin/eonay-change-pin-dialog.h"

#include <glib/gi18n-lib.h>

#include "app/pin/eonay-last-try.h"
#include "app/pin/eonay-new-pin-box.h"
#include "app/pin/eonay-pin-group.h"
#include "app/pin/eonay-pin-status.h"
#include "app/pin/eonay-secret-row.h"
#include "app/pin/eonay-typed-secret.h"
#include "app/widgets/eonay-focus.h"
#include "app/widgets/eonay-labels.h"
#include "app/widgets/eonay-short-code.h"
#include "app/widgets/eonay-stack.h"
#include "base/eonay-error.h"
#include "session/eonay-advice.h"
#include "session/eonay-journal.h"
#include "session/eonay-pin-rules.h"
#include "session/eonay-tries.h"
#include "session/eonay-words.h"
#include "signature/certificate/eonay-certificate.h"

/** What the two kinds are called. All are message ids but @role. */
typedef struct {
  EonayPinRole role; /* of what is presented */
  const char *title;
  const char *presented;
  const char *go;
  const char *work;
  const char *on_reader;
  const char *done;
} Words;

static const Words change_words = {
  EONAY_PIN_ROLE_PIN,
  N_ ("Change PIN"),
  N_ ("Present PIN"),
  N_ ("Change _PIN"),
  N_ ("The card is changing its PIN. Leave it in the reader."),
  N_ ("Type on the reader’s keypad, one after the other:\n1. the present PIN\n2. the new PIN\n"
      "3. the new PIN again"),
  N_ ("The PIN has been changed."),
};

static const Words unblock_words = {
  EONAY_PIN_ROLE_PUK,
  N_ ("Unblock the card"),
  N_ ("PUK"),
  N_ ("_Unblock"),
  N_ ("The card is being unblocked. Leave it in the reader."),
  N_ ("Type on the reader’s keypad, one after the other:\n1. the PUK\n2. the new PIN\n"
      "3. the new PIN again"),
  N_ ("The card is unblocked; the new PIN is valid."),
};

struct _EonayChangePinDialog {
  AdwWindow parent_instance;

  GtkStack *stack;
  GtkLabel *holder;
  GtkLabel *caution;
  GtkWidget *keypad;
  GtkLabel *instruction;
  GtkWidget *entry;
  GtkEditable *presented;
  EonayPinStatus *status;
  EonayNewPinBox *new_pin;
  GtkWidget *cancel;
  GtkButton *go;
  EonayLastTry *last_try;
  GtkImage *end_icon;
  GtkLabel *end_title;
  GtkLabel *end_text;
  EonayShortCode *end_code;
  GtkWidget *unblock;
  GtkWidget *portal;
  GtkWidget *again;
  GtkWidget *close;

  EonayToken *token;
  EonayTokenCertificate *token_certificate;
  EonayCertificate *certificate; /* nullable */
  EonayTokenRequestKind kind;
  const Words *words;  /* of @kind */
  EonayPinState state; /* of what is presented: what is shown */
  gboolean is_asking;  /* the card, for the tries left */
  GError *mistake;     /* nullable: of the last one */
  GCancellable *cancellable;
  gboolean is_busy;
  gboolean is_on_reader; /* all is typed there */
};

G_DEFINE_FINAL_TYPE (EonayChangePinDialog, eonay_change_pin_dialog, ADW_TYPE_WINDOW)

static gboolean
is_card_error (const GError *error, EonayCardError code)
{
  return g_error_matches (error, EONAY_CARD_ERROR, code);
}

static void
wipe (EonayChangePinDialog *self)
{
  eonay_typed_secret_wipe (self->presented);
  eonay_new_pin_box_wipe (self->new_pin);
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

  return self->is_on_reader ||
         (presented_fits (self) && eonay_new_pin_box_is_valid (self->new_pin));
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
set_busy (EonayChangePinDialog *self, gboolean busy)
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

/* Follows what becomes known of the card while somebody types. */
static void
update (EonayChangePinDialog *self)
{
  EonayPinRole role = self->words->role;
  EonayPinState pin;

  eonay_token_get_pin_state (self->token, self->token_certificate, &pin);
  if (role == EONAY_PIN_ROLE_PUK)
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
                                      role == EONAY_PIN_ROLE_PUK && self->state.numeric);
  eonay_pin_status_ask (self->status, role, &self->state, self->mistake, self->is_on_reader);
  if (eonay_stack_shows (self->stack, "confirm") && self->state.tries_left != 1)
    show_entry (self);
  changed_cb (self);
}

/* Whoever has to unblock may do so through the portal, where the window knows how. */
static gboolean
has_portal (EonayChangePinDialog *self)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));
  GActionGroup *actions = parent != NULL
                              ? g_object_get_data (G_OBJECT (parent), EONAY_PIN_GROUP_ACTIONS)
                              : NULL;

  return actions != NULL && g_action_group_get_action_enabled (actions, "unblock-portal");
}

static void
show_end (EonayChangePinDialog *self, const char *icon, const char *style, const char *title,
          const char *text, const char *code)
{
  wipe (self);
  gtk_image_set_from_icon_name (self->end_icon, icon);
  gtk_widget_set_css_classes (GTK_WIDGET (self->end_icon), (const char *[]){ style, NULL });
  gtk_label_set_label (self->end_title, title);
  gtk_label_set_label (self->end_text, text);
  gtk_widget_set_visible (GTK_WIDGET (self->end_text), text[0] != '\0');
  eonay_short_code_set_code (self->end_code, code);
  eonay_stack_show (self->stack, "end");
}

/* The first button that is there is the next act. */
static void
offer (EonayChangePinDialog *self, gboolean unblock, gboolean portal, gboolean again)
{
  GtkWidget *buttons[] = { self->unblock, self->portal, self->again, self->close };
  GtkWidget *first = NULL;

  gtk_widget_set_visible (self->unblock, unblock);
  gtk_widget_set_visible (self->portal, portal);
  gtk_widget_set_visible (self->again, again);
  for (gsize i = 0; i < G_N_ELEMENTS (buttons); i++)
    {
      gtk_widget_remove_css_class (buttons[i], "suggested-action");
      gtk_accessible_reset_property (GTK_ACCESSIBLE (buttons[i]),
                                     GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
      if (first == NULL && gtk_widget_get_visible (buttons[i]))
        first = buttons[i];
    }
  gtk_widget_add_css_class (first, "suggested-action");
  gtk_window_set_default_widget (GTK_WINDOW (self), first);
  eonay_stack_describe_page (first, gtk_label_get_label (self->end_title),
                             gtk_label_get_label (self->end_text));
  gtk_widget_grab_focus (first);
}

static void
show_done (EonayChangePinDialog *self)
{
  g_autofree char *tries = NULL;
  EonayPinState state;

  eonay_token_get_pin_state (self->token, self->token_certificate, &state);
  tries = eonay_tries_describe (EONAY_PIN_ROLE_PIN, state.tries_left);
  show_end (self, "object-select-symbolic", "success", _ (self->words->done), tries, "");
  offer (self, FALSE, FALSE, FALSE);
}

/* The card has got what was typed, and nobody knows what it made of it. */
static gboolean
may_be_done (const GError *error)
{
  return eonay_card_error_get_pin_try (error) == EONAY_PIN_TRY_UNCERTAIN;
}

/* Returns: (transfer none): what to do, in words that know of no signature */
static const char *
choose_remedy (const GError *error, EonayAdvice *advice)
{
  if (may_be_done (error))
    return _ ("The new PIN may hold already: insert the card and try that one first.");
  if (is_card_error (error, EONAY_CARD_ERROR_REMOVED))
    return _ ("Insert the card, open My Card and begin again.");
  if (is_card_error (error, EONAY_CARD_ERROR_RESET))
    return _ ("Close the other programs that use the card and try again.");

  return advice->remedy;
}

static void
fail (EonayChangePinDialog *self, const GError *error)
{
  g_autoptr (EonayAdvice) advice = eonay_advice_new (error);
  gboolean blocked = is_card_error (error, EONAY_CARD_ERROR_PIN_BLOCKED);
  gboolean final = blocked || is_card_error (error, EONAY_CARD_ERROR_PUK_BLOCKED) ||
                   is_card_error (error, EONAY_CARD_ERROR_MODULE_NEEDED) ||
                   is_card_error (error, EONAY_CARD_ERROR_NO_PUK) ||
                   is_card_error (error, EONAY_CARD_ERROR_MODULE_NO_UNBLOCK);
  gboolean unblocks = eonay_token_check_request (self->token, EONAY_TOKEN_REQUEST_UNBLOCK,
                                                 self->token_certificate, NULL);
  EonayPinState puk;

  eonay_token_get_puk_state (self->token, self->token_certificate, &puk);
  show_end (self, final && !blocked ? "dialog-error-symbolic" : "dialog-warning-symbolic",
            final && !blocked ? "error" : "warning", advice->what, choose_remedy (error, advice),
            advice->code);
  offer (self, blocked && unblocks && !puk.blocked, blocked && unblocks && has_portal (self),
         !final && !may_be_done (error) && eonay_token_is_alive (self->token));
}

static void
lose_card (EonayChangePinDialog *self)
{
  g_autoptr (GError) error = eonay_token_new_loss (self->token);

  eonay_card_error_set_pin_try (error, EONAY_PIN_TRY_NOT_SENT);
  fail (self, error);
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
    fail (self, error);
  else if (!eonay_token_is_alive (self->token))
    lose_card (self);
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

static void
ask (EonayChangePinDialog *self, const GError *mistake)
{
  g_clear_error (&self->mistake);
  self->mistake = mistake != NULL ? g_error_copy (mistake) : NULL;
  wipe (self);
  update (self);
  show_entry (self);
  if (eonay_pin_state_is_pending (&self->state) && eonay_token_is_alive (self->token))
    ask_card (self);
}

static void
show_words (EonayChangePinDialog *self)
{
  const Words *words = self->words;

  gtk_window_set_title (GTK_WINDOW (self), _ (words->title));
  gtk_label_set_label (self->instruction, _ (words->on_reader));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->presented), _ (words->presented));
  eonay_typed_secret_set_name (self->presented, _ (words->presented));
  gtk_button_set_label (self->go, _ (words->go));
  gtk_widget_set_visible (GTK_WIDGET (self->caution), words->role == EONAY_PIN_ROLE_PUK);
  eonay_pin_status_set_work (self->status, _ (words->work), 3);
  eonay_last_try_set_role (self->last_try, words->role);
}

static void
start (EonayChangePinDialog *self, EonayTokenRequestKind kind)
{
  self->kind = kind;
  self->words = kind == EONAY_TOKEN_REQUEST_UNBLOCK ? &unblock_words : &change_words;
  show_words (self);
  ask (self, NULL);
  check (self);
}

/* What can be typed once more, and better. */
static gboolean
is_about_typing (const GError *error)
{
  static const EonayCardError codes[] = {
    EONAY_CARD_ERROR_PIN_WRONG,       EONAY_CARD_ERROR_PUK_WRONG,
    EONAY_CARD_ERROR_PIN_LENGTH,      EONAY_CARD_ERROR_PUK_LENGTH,
    EONAY_CARD_ERROR_LAST_TRY,        EONAY_CARD_ERROR_NEW_PIN_REFUSED,
    EONAY_CARD_ERROR_NEW_PINS_DIFFER, EONAY_CARD_ERROR_PIN_PAD_TIMED_OUT,
    EONAY_CARD_ERROR_PIN_PAD_REFUSED, EONAY_CARD_ERROR_TRIES_NOT_SHOWN,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (is_card_error (error, codes[i]))
      return TRUE;

  return FALSE;
}

static void
ask_again (EonayChangePinDialog *self, const GError *error)
{
  gboolean refused = is_card_error (error, EONAY_CARD_ERROR_NEW_PIN_REFUSED);
  g_autoptr (EonayAdvice) advice = eonay_advice_new (error);

  ask (self, refused && !self->is_on_reader ? NULL : error);
  if (!refused || self->is_on_reader)
    return;

  eonay_new_pin_box_complain (self->new_pin, advice->what, advice->code);
  gtk_widget_grab_focus (GTK_WIDGET (self->new_pin));
}

/* Without a window, too, the program stays until the card has answered. */
static void
hold_program (gboolean hold)
{
  GApplication *application = g_application_get_default ();

  if (application != NULL)
    (hold ? g_application_hold : g_application_release) (application);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (EonayChangePinDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = eonay_token_request_finish (EONAY_TOKEN (source), result, &error);

  eonay_journal_write_request (self->kind, error);
  hold_program (FALSE);
  /* The dialog went with its window. */
  if (self->token == NULL)
    return;

  set_busy (self, FALSE);
  if (done)
    show_done (self);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    ask (self, NULL);
  else if (eonay_token_is_alive (self->token) && is_about_typing (error))
    ask_again (self, error);
  else
    fail (self, error);
}

/* What is on the screen now is what the person goes by. */
static void
run (EonayChangePinDialog *self, gboolean last_try)
{
  const EonayPinConsent consent = eonay_pin_consent_new (&self->state, last_try);
  g_autoptr (EonaySecret) presented = NULL;
  g_autoptr (EonaySecret) new_pin = NULL;

  if (!self->is_on_reader)
    {
      presented = eonay_typed_secret_take (self->presented);
      new_pin = eonay_new_pin_box_take (self->new_pin);
    }
  if (self->kind == EONAY_TOKEN_REQUEST_CHANGE_PIN && presented != NULL && new_pin != NULL &&
      eonay_secret_equal (presented, new_pin))
    {
      ask (self, NULL); /* Nothing of it was sent. */
      eonay_new_pin_box_complain (self->new_pin, _ ("The new PIN is the same as the present one."),
                                  NULL);
      return;
    }

  set_busy (self, TRUE);
  hold_program (TRUE);

  if (self->kind == EONAY_TOKEN_REQUEST_UNBLOCK)
    eonay_token_unblock_async (self->token, self->token_certificate, g_steal_pointer (&presented),
                               g_steal_pointer (&new_pin), &consent, self->cancellable, done_cb,
                               g_object_ref (self));
  else
    eonay_token_change_pin_async (self->token, self->token_certificate,
                                  g_steal_pointer (&presented), g_steal_pointer (&new_pin),
                                  &consent, self->cancellable, done_cb, g_object_ref (self));
}

static void
go_clicked_cb (EonayChangePinDialog *self)
{
  if (!fits (self))
    return;

  if (self->state.tries_left != 1)
    {
      run (self, FALSE);
      return;
    }

  eonay_stack_show (self->stack, "confirm");
  gtk_window_set_default_widget (GTK_WINDOW (self), NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->last_try));
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
    start (self, self->kind);
}

static void
unblock_clicked_cb (EonayChangePinDialog *self)
{
  if (eonay_stack_shows (self->stack, "end"))
    start (self, EONAY_TOKEN_REQUEST_UNBLOCK);
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

  wipe (self);

  return GTK_WINDOW_CLASS (eonay_change_pin_dialog_parent_class)->close_request (window);
}

static void
eonay_change_pin_dialog_dispose (GObject *object)
{
  EonayChangePinDialog *self = EONAY_CHANGE_PIN_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->token != NULL)
    wipe (self);
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
  g_type_ensure (EONAY_TYPE_SHORT_CODE);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_DIALOG);
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
  eonay_focus_attach (GTK_WINDOW (self));
  self->cancellable = g_cancellable_new ();
}

static void
alive_cb (EonayChangePinDialog *self)
{
  if (is_asking (self))
    lose_card (self);
}

static void
take_card (EonayChangePinDialog *self, EonayToken *token, EonayTokenCertificate *certificate)
{
  g_autofree char *holder = NULL;

  g_set_object (&self->token, token);
  g_set_object (&self->token_certificate, certificate);
  if (certificate != NULL)
    self->certificate = eonay_certificate_new (eonay_token_certificate_get_der (certificate), NULL);
  holder = eonay_words_card (token, self->certificate);
  gtk_label_set_label (self->holder, holder);
  g_signal_connect_object (token, "notify::pin-state", G_CALLBACK (pin_state_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (token, "notify::alive", G_CALLBACK (alive_cb), self, G_CONNECT_SWAPPED);
}

/* A running request keeps the dialog alive longer than its parent, whose address GTK would keep. */
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
  start (self, kind);
  if (eonay_token_is_alive (token))
    ask_card (self);

  return GTK_WIDGET (self);
}
