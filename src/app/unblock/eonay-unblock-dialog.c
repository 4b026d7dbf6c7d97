#include "app/unblock/eonay-unblock-dialog-private.h"

#include <glib/gi18n-lib.h>

#include "app/pin/eonay-secret-row.h"
#include "app/pin/eonay-typed-secret.h"
#include "app/unblock/eonay-unblock-words.h"
#include "app/widgets/eonay-focus.h"
#include "app/widgets/eonay-question.h"
#include "base/eonay-error.h"
#include "session/eonay-settings.h"

enum {
  FOR_SIGNING,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EonayUnblockDialog, eonay_unblock_dialog, ADW_TYPE_WINDOW)

static void
changed_cb (EonayUnblockDialog *self)
{
  eonay_unblock_dialog_refresh (self);
}

static void
submit_code_cb (EonayUnblockDialog *self)
{
  EonayPortalProfile *profile = NULL;
  g_autofree char *code = NULL;
  g_autoptr (EonayPortal) portal = NULL;
  g_autoptr (GError) error = NULL;

  if (self->state != EONAY_UNBLOCK_IDLE)
    return;

  code = eonay_code_page_read (self->code_page, &profile, &error);
  eonay_code_page_set_error (self->code_page, error);
  if (code == NULL)
    return;

  if (self->settings != NULL)
    g_settings_set_string (self->settings, "last-portal", eonay_portal_profile_get_id (profile));
  portal = eonay_portal_new (profile, NULL);
  eonay_unblock_resolve (self->unblock, portal, code);
}

static void
take_practice_code (GtkWidget *widget, const char *action, GVariant *parameter)
{
  EonayUnblockDialog *self = EONAY_UNBLOCK_DIALOG (widget);
  g_autofree char *code = NULL;
  g_autoptr (GError) error = NULL;

  if (self->controller == NULL || self->state != EONAY_UNBLOCK_IDLE)
    return;

  code = eonay_practice_controller_create_code (self->controller, "unblock", &error);
  if (code == NULL)
    {
      eonay_code_page_set_error (self->code_page, error);
      return;
    }

  eonay_code_page_set_text (self->code_page, code);
  submit_code_cb (self);
}

/* The code serves once, so what it was for goes to where it can be done. What has no place there was
 * seen by nobody: the portal is told nothing, and it expires. */
static void
hand_over (EonayUnblockDialog *self)
{
  g_autoptr (EonayPortal) portal = NULL;
  g_autoptr (EonayTransaction) transaction = eonay_unblock_steal_transaction (self->unblock,
                                                                              &portal);
  g_autoptr (GError) error = NULL;
  gboolean taken = FALSE;

  if (transaction == NULL)
    return;

  g_signal_emit (self, signals[FOR_SIGNING], 0, portal, transaction, &error, &taken);
  if (taken)
    {
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }

  if (error == NULL)
    g_set_error_literal (&error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_WRONG_STATE,
                         "There is nobody to sign it");
  eonay_code_page_set_error (self->code_page, error);
}

static gboolean
hand_over_cb (gpointer user_data)
{
  EonayUnblockDialog *self = user_data;

  if (self->unblock != NULL && self->state == EONAY_UNBLOCK_OTHER)
    hand_over (self);

  return G_SOURCE_REMOVE;
}

static void
cancel_cb (EonayUnblockDialog *self)
{
  eonay_unblock_cancel (self->unblock);
}

static void
send_word_cb (EonayUnblockDialog *self)
{
  EonaySecret *word = eonay_typed_secret_take (self->word);

  if (word != NULL)
    eonay_unblock_send_word (self->unblock, word);
}

static void
send_sms_cb (EonayUnblockDialog *self)
{
  EonaySecret *code = eonay_typed_secret_take (self->sms);

  if (code != NULL)
    eonay_unblock_take_sms_code (self->unblock, code);
}

static void
renew_sms_cb (EonayUnblockDialog *self)
{
  eonay_unblock_renew_sms (self->unblock);
}

static void
set_pin_cb (EonayUnblockDialog *self)
{
  EonaySecret *pin;

  if (!eonay_new_pin_box_is_valid (self->new_pin))
    return;

  pin = eonay_new_pin_box_take (self->new_pin);
  if (pin != NULL)
    eonay_unblock_take_new_pin (self->unblock, pin);
}

static void
go_on_cb (EonayUnblockDialog *self)
{
  eonay_unblock_go_on (self->unblock);
}

static void
report_again_cb (EonayUnblockDialog *self)
{
  eonay_unblock_report_again (self->unblock);
}

static void
new_code_cb (EonayUnblockDialog *self)
{
  eonay_unblock_reset (self->unblock);
}

/* Also without a window the program stays until the card has answered and the portal knows. */
static gboolean
needs_program (EonayUnblock *unblock)
{
  return eonay_unblock_get_state (unblock) == EONAY_UNBLOCK_UNBLOCKING ||
         eonay_unblock_get_report (unblock) == EONAY_UNBLOCK_REPORT_TELLING;
}

static void
left_report_cb (EonayUnblock *unblock, GParamSpec *pspec, gpointer application)
{
  if (needs_program (unblock))
    return;

  g_signal_handlers_disconnect_by_data (unblock, application);
  g_application_release (application);
  g_object_unref (unblock);
}

/* The window is closed: nobody can go on from what the card returned, so this ends here. */
static void
left_state_cb (EonayUnblock *unblock, GParamSpec *pspec, gpointer application)
{
  eonay_unblock_abandon (unblock);
  left_report_cb (unblock, pspec, application);
}

static void
keep_telling (EonayUnblockDialog *self)
{
  GApplication *application = g_application_get_default ();

  if (application == NULL || !needs_program (self->unblock))
    return;

  g_application_hold (application);
  g_object_ref (self->unblock);
  g_signal_connect (self->unblock, "notify::state", G_CALLBACK (left_state_cb), application);
  g_signal_connect (self->unblock, "notify::report", G_CALLBACK (left_report_cb), application);
}

static gboolean
asks (EonayUnblockDialog *self)
{
  return eonay_unblock_words_asks_before_leaving (self->state);
}

static void
update_question (EonayUnblockDialog *self)
{
  if (self->question != NULL && !asks (self))
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
leave_answered_cb (EonayUnblockDialog *self)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, leave_cb, g_object_ref (self), g_object_unref);
}

static void
ask_before_leaving (EonayUnblockDialog *self)
{
  if (self->question != NULL)
    gtk_window_present (self->question);
  else
    g_set_weak_pointer (
        &self->question,
        eonay_question_ask (GTK_WINDOW (self), _ ("Give up unblocking?"),
                            _ ("The portal is told of it, and the card stays blocked. To begin "
                               "again you need a new code from the web page."),
                            _ ("Go on"), _ ("Give up"), G_CALLBACK (leave_answered_cb), self));
}

static void
open_my_card_cb (EonayUnblockDialog *self)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  gtk_widget_activate_action (GTK_WIDGET (parent), "win.show-view", "s", "card");
  gtk_window_close (GTK_WINDOW (self));
}

static void
state_cb (EonayUnblockDialog *self)
{
  g_autoptr (GError) error = NULL;

  self->state = eonay_unblock_get_state (self->unblock);
  if (eonay_unblock_get_error (self->unblock) != NULL)
    error = g_error_copy (eonay_unblock_get_error (self->unblock));

  /* What failed before there was anything to do is told where the code was typed. */
  if (self->state == EONAY_UNBLOCK_FAILED && eonay_unblock_get_transaction (self->unblock) == NULL)
    {
      eonay_unblock_reset (self->unblock);
      eonay_code_page_set_error (self->code_page, error);
      return;
    }

  if (self->state == EONAY_UNBLOCK_OTHER)
    g_idle_add_full (G_PRIORITY_DEFAULT, hand_over_cb, g_object_ref (self), g_object_unref);
  if (self->state > EONAY_UNBLOCK_OTHER)
    eonay_code_page_set_text (self->code_page, "");
  eonay_unblock_dialog_show_state (self);
  update_question (self);
  if (self->state == EONAY_UNBLOCK_IDLE)
    eonay_code_page_set_error (self->code_page, error);
}

static void
stop_cb (EonayUnblockDialog *self)
{
  if (self->state == EONAY_UNBLOCK_SENDING_WORD)
    eonay_unblock_cancel (self->unblock);
  else
    gtk_window_close (GTK_WINDOW (self));
}

static gboolean
eonay_unblock_dialog_close_request (GtkWindow *window)
{
  EonayUnblockDialog *self = EONAY_UNBLOCK_DIALOG (window);

  if (self->state == EONAY_UNBLOCK_UNBLOCKING)
    return GDK_EVENT_STOP;
  if (!self->leaving && asks (self))
    {
      ask_before_leaving (self);
      return GDK_EVENT_STOP;
    }

  if (self->leaving)
    eonay_unblock_decline (self->unblock);
  else
    eonay_unblock_abandon (self->unblock);

  return GTK_WINDOW_CLASS (eonay_unblock_dialog_parent_class)->close_request (window);
}

static void
eonay_unblock_dialog_dispose (GObject *object)
{
  EonayUnblockDialog *self = EONAY_UNBLOCK_DIALOG (object);

  if (self->unblock != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->unblock, self);
      eonay_unblock_abandon (self->unblock);
      keep_telling (self);
      eonay_typed_secret_wipe (self->word);
      eonay_typed_secret_wipe (self->sms);
    }
  g_clear_object (&self->unblock);
  g_clear_object (&self->controller);
  g_clear_object (&self->settings);
  g_clear_weak_pointer (&self->question);

  G_OBJECT_CLASS (eonay_unblock_dialog_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
#define BIND(name) gtk_widget_class_bind_template_child (widget_class, EonayUnblockDialog, name)
  BIND (countdown);
  BIND (small_clock);
  BIND (large_clock);
  BIND (practice_strip);
  BIND (phone);
  BIND (practice_menu);
  BIND (advice);
  BIND (advice_strip);
  BIND (stack);
  BIND (code_page);
  BIND (meant);
  BIND (card_status);
  BIND (reading);
  BIND (word_card);
  BIND (word);
  BIND (send_word);
  BIND (sms_number);
  BIND (sms);
  BIND (sms_letters);
  BIND (sms_tries);
  BIND (sms_countdown);
  BIND (send_sms);
  BIND (new_pin);
  BIND (pin_sms);
  BIND (set_pin);
  BIND (ready_icon);
  BIND (ready_title);
  BIND (ready_words);
  BIND (ready_back);
  BIND (ready_go);
  BIND (spinner);
  BIND (busy_words);
  BIND (stop);
  BIND (result);
  BIND (result_code);
  BIND (report);
  BIND (report_again);
  BIND (my_card);
  BIND (new_code);
  BIND (close);
  BIND (time_alert);
#undef BIND
}

static void
eonay_unblock_dialog_class_init (EonayUnblockDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = eonay_unblock_dialog_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = eonay_unblock_dialog_close_request;
  signals[FOR_SIGNING] = g_signal_new ("for-signing", EONAY_TYPE_UNBLOCK_DIALOG, G_SIGNAL_RUN_LAST,
                                       0, g_signal_accumulator_true_handled, NULL, NULL,
                                       G_TYPE_BOOLEAN, 3, EONAY_TYPE_PORTAL, EONAY_TYPE_TRANSACTION,
                                       G_TYPE_POINTER);

  g_type_ensure (EONAY_TYPE_ADVICE_BOX);
  g_type_ensure (EONAY_TYPE_CODE_PAGE);
  g_type_ensure (EONAY_TYPE_COUNTDOWN);
  g_type_ensure (EONAY_TYPE_NEW_PIN_BOX);
  g_type_ensure (EONAY_TYPE_PRACTICE_PHONE);
  g_type_ensure (EONAY_TYPE_SECRET_ROW);
  g_type_ensure (EONAY_TYPE_SHORT_CODE);
  g_type_ensure (EONAY_TYPE_TIME_ALERT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_DIALOG);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/eonay/Eonay/ui/eonay-unblock-dialog.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, submit_code_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, send_word_cb);
  gtk_widget_class_bind_template_callback (widget_class, send_sms_cb);
  gtk_widget_class_bind_template_callback (widget_class, renew_sms_cb);
  gtk_widget_class_bind_template_callback (widget_class, set_pin_cb);
  gtk_widget_class_bind_template_callback (widget_class, go_on_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_cb);
  gtk_widget_class_bind_template_callback (widget_class, report_again_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_my_card_cb);
  gtk_widget_class_bind_template_callback (widget_class, new_code_cb);
  gtk_widget_class_install_action (widget_class, "unblock.practice-code", NULL, take_practice_code);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
eonay_unblock_dialog_init (EonayUnblockDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  eonay_focus_name_panes (GTK_WIDGET (self));
  eonay_focus_attach (GTK_WINDOW (self));
  eonay_typed_secret_set_name (self->word, _ ("Security word"));
  eonay_typed_secret_set_name (self->sms, _ ("SMS code"));
  eonay_typed_secret_skip_separators (self->sms, TRUE);
  gtk_text_set_max_length (GTK_TEXT (gtk_editable_get_delegate (self->word)),
                           EONAY_UNBLOCK_WORD_LENGTH);
  gtk_text_set_max_length (GTK_TEXT (gtk_editable_get_delegate (self->sms)), EONAY_SMS_CODE_MAX);
  gtk_text_set_input_purpose (GTK_TEXT (gtk_editable_get_delegate (self->sms)),
                              GTK_INPUT_PURPOSE_PIN);
  eonay_code_page_set_purpose (
      self->code_page, _ ("Unblock with a code"),
      _ ("Enter the 15-digit code that the web page shows for Kilit Çözme."),
      "unblock.practice-code");
}

static void
follow (EonayUnblockDialog *self)
{
  const struct {
    const char *signal;
    void (*callback) (EonayUnblockDialog *);
  } followed[] = {
    { "notify::state", state_cb },
    { "notify::seconds-left", eonay_unblock_dialog_show_time },
    { "notify::sms-seconds-left", eonay_unblock_dialog_show_sms_time },
    { "notify::card-status", eonay_unblock_dialog_show_card_status },
    { "notify::error", eonay_unblock_dialog_show_error },
    { "notify::report", eonay_unblock_dialog_show_report },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (followed); i++)
    g_signal_connect_swapped (self->unblock, followed[i].signal, G_CALLBACK (followed[i].callback),
                              self);
}

static void
bind_clocks (EonayUnblockDialog *self)
{
  const struct {
    gpointer object;
    const char *property;
    GSettingsBindFlags flags;
  } bound[] = {
    { self->large_clock, "visible", G_SETTINGS_BIND_GET },
    { self->small_clock, "visible", G_SETTINGS_BIND_GET | G_SETTINGS_BIND_INVERT_BOOLEAN },
    { self->sms_countdown, "large", G_SETTINGS_BIND_GET },
  };

  for (gsize i = 0; self->settings != NULL && i < G_N_ELEMENTS (bound); i++)
    g_settings_bind (self->settings, "large-countdown", bound[i].object, bound[i].property,
                     bound[i].flags);
}

void
eonay_unblock_dialog_set_practice (EonayUnblockDialog *self, EonayPracticeController *controller,
                                   GMenuModel *menu)
{
  GtkWindow *parent;

  g_return_if_fail (EONAY_IS_UNBLOCK_DIALOG (self));

  parent = gtk_window_get_transient_for (GTK_WINDOW (self));
  g_set_object (&self->controller, controller);
  eonay_code_page_set_practice (self->code_page, TRUE);
  eonay_practice_phone_set_controller (self->phone, controller);
  gtk_menu_button_set_menu_model (self->practice_menu, menu);
  gtk_widget_insert_action_group (GTK_WIDGET (self->practice_menu), "app",
                                  G_ACTION_GROUP (gtk_window_get_application (parent)));
  gtk_widget_set_visible (self->practice_strip, TRUE);
}

GtkWidget *
eonay_unblock_dialog_new (GtkWindow *parent, EonayReaderList *readers, GListModel *portals,
                          GSettings *settings)
{
  g_autofree char *chosen = eonay_settings_dup_portal (settings);
  EonayUnblockDialog *self = g_object_new (EONAY_TYPE_UNBLOCK_DIALOG, "transient-for", parent,
                                           NULL);

  g_set_object (&self->settings, settings);
  self->unblock = eonay_unblock_new (readers, NULL);
  follow (self);
  eonay_code_page_set_portals (self->code_page, portals, chosen);
  bind_clocks (self);
  eonay_unblock_dialog_show_state (self);

  return GTK_WIDGET (self);
}

/* What has ended can be read no more once there is a new code. */
static gboolean
make_free (EonayUnblockDialog *self)
{
  eonay_unblock_reset (self->unblock);

  return self->state == EONAY_UNBLOCK_IDLE;
}

gboolean
eonay_unblock_dialog_fill_code (EonayUnblockDialog *self, const char *text)
{
  g_return_val_if_fail (EONAY_IS_UNBLOCK_DIALOG (self), FALSE);

  if (self->state != EONAY_UNBLOCK_IDLE)
    return FALSE;

  eonay_code_page_fill (self->code_page, text);

  return TRUE;
}

gboolean
eonay_unblock_dialog_take_transaction (EonayUnblockDialog *self, EonayPortal *portal,
                                       EonayTransaction *transaction)
{
  g_return_val_if_fail (EONAY_IS_UNBLOCK_DIALOG (self), FALSE);

  if (!make_free (self))
    {
      eonay_unblock_dialog_show_refusal (self);
      return FALSE;
    }

  eonay_unblock_take_transaction (self->unblock, portal, transaction);

  return TRUE;
}
