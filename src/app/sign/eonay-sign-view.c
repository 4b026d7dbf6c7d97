#include "app/sign/eonay-sign-view.h"

#include <glib/gi18n-lib.h>

#include "app/pin/eonay-pin-dialog.h"
#include "app/sign/eonay-code-page.h"
#include "app/sign/eonay-progress-page.h"
#include "app/sign/eonay-result-page.h"
#include "app/sign/eonay-review-page.h"
#include "app/widgets/eonay-focus.h"
#include "app/widgets/eonay-labels.h"
#include "app/widgets/eonay-question.h"
#include "app/widgets/eonay-stack.h"
#include "session/eonay-settings.h"
#include "session/eonay-words.h"

struct _EonaySignView {
  AdwBin parent_instance;

  GtkStack *stack;
  EonayCodePage *code_page;
  EonayReviewPage *review_page;
  EonayProgressPage *progress_page;
  EonayResultPage *result_page;
  EonayPinDialog *pin_dialog; /* (weak) (nullable) */
  GtkWindow *question;        /* (weak) (nullable): whether to decline */

  EonaySession *session;
  EonaySessionState state;
  EonayCandidateList *candidates;
  GListModel *portals;
  GSettings *settings;
  GCancellable *cancellable;
  char *reader_status;
  char *reader_remedy;
  guint total;
};

G_DEFINE_FINAL_TYPE (EonaySignView, eonay_sign_view, ADW_TYPE_BIN)

static guint changed_signal, unblocking_signal, pin_forgotten_signal;

/* Whether there are certificates, and none of them can be chosen. */
static gboolean
are_all_unusable (EonaySignView *self)
{
  return self->candidates != NULL &&
         g_list_model_get_n_items (G_LIST_MODEL (self->candidates)) > 0 &&
         eonay_candidate_list_count_usable (self->candidates) == 0;
}

/* There is nothing to choose from: what the reader lacks is what there is to do. */
static gboolean
lacks_card (EonaySignView *self, const GError *obstacle)
{
  return g_error_matches (obstacle, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_NO_CERTIFICATE) &&
         self->reader_status != NULL && self->candidates != NULL &&
         g_list_model_get_n_items (G_LIST_MODEL (self->candidates)) == 0;
}

static void
refresh (EonaySignView *self)
{
  g_autoptr (GError) obstacle = NULL;
  g_autofree char *text = NULL;

  if (self->review_page != NULL)
    {
      if (!eonay_session_can_sign (self->session, &obstacle))
        text = lacks_card (self, obstacle)
                   ? g_strdup (self->reader_status)
                   : eonay_labels_describe_obstacle (obstacle, are_all_unusable (self));
      eonay_review_page_set_obstacle (self->review_page, text);
    }

  g_signal_emit (self, changed_signal, 0);
}

static void
ensure_review_page (EonaySignView *self)
{
  if (self->review_page != NULL)
    return;

  self->review_page = EONAY_REVIEW_PAGE (eonay_review_page_new (self->session));
  g_signal_connect_object (self->review_page, "seen", G_CALLBACK (refresh), self,
                           G_CONNECT_SWAPPED);
  gtk_stack_add_titled (self->stack, GTK_WIDGET (self->review_page), "review", _ ("Review"));
  if (self->reader_status != NULL)
    eonay_review_page_set_reader_status (self->review_page, self->reader_status,
                                         self->reader_remedy);
}

static void
ensure_page (EonaySignView *self, const char *name)
{
  if (g_str_equal (name, "review"))
    ensure_review_page (self);

  if (g_str_equal (name, "progress") && self->progress_page == NULL)
    {
      self->progress_page = EONAY_PROGRESS_PAGE (eonay_progress_page_new ());
      gtk_stack_add_titled (self->stack, GTK_WIDGET (self->progress_page), name, _ ("Progress"));
    }

  if (g_str_equal (name, "result") && self->result_page == NULL)
    {
      self->result_page = EONAY_RESULT_PAGE (eonay_result_page_new (self->session));
      gtk_stack_add_titled (self->stack, GTK_WIDGET (self->result_page), name, _ ("Result"));
    }
}

static void
go_to_page (EonaySignView *self, const char *name)
{
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), name) == 0)
    return;

  ensure_page (self, name);
  eonay_stack_show (self->stack, name);
  /* Another view that is shown keeps the keyboard focus. */
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_grab_focus (gtk_stack_get_visible_child (self->stack));
}

static void
offer_candidates (EonaySignView *self)
{
  g_autofree char *last_used = self->settings != NULL
                                   ? g_settings_get_string (self->settings, "last-certificate")
                                   : NULL;

  if (self->candidates != NULL && self->review_page != NULL)
    eonay_review_page_set_candidates (self->review_page, self->candidates, last_used);
}

static void
start_review (EonaySignView *self)
{
  ensure_review_page (self);
  offer_candidates (self);
  self->total = eonay_session_get_seconds_left (self->session);
  eonay_code_page_set_text (self->code_page, "");
  eonay_review_page_set_error (self->review_page, NULL);
  eonay_review_page_show_transaction (self->review_page);
}

static void
finish (EonaySignView *self)
{
  EonayCandidate *candidate = eonay_session_get_candidate (self->session);

  if (self->state == EONAY_SESSION_DONE && candidate != NULL)
    eonay_settings_remember (
        self->settings, "last-certificate",
        eonay_certificate_get_fingerprint (eonay_candidate_get_certificate (candidate)));

  eonay_code_page_set_text (self->code_page, "");
  ensure_page (self, "result");
  eonay_result_page_show (self->result_page);
}

static void open_pin_dialog (EonaySignView *self, const GError *error);

static void
signed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (EonaySignView) self = user_data;
  g_autoptr (GError) error = NULL;

  if (eonay_session_sign_finish (EONAY_SESSION (source), result, &error) || self->session == NULL)
    return;

  if (self->state == EONAY_SESSION_WAITING_PIN)
    open_pin_dialog (self, error);
  else if (self->state == EONAY_SESSION_REVIEWING)
    eonay_review_page_set_error (self->review_page, error);
}

static void
pin_entered_cb (EonaySignView *self)
{
  gboolean on_reader = eonay_pin_dialog_is_on_reader (self->pin_dialog);
  EonaySecret *pin = on_reader ? NULL : eonay_pin_dialog_take_pin (self->pin_dialog);

  if (on_reader || pin != NULL)
    eonay_session_sign_async (self->session, pin, eonay_pin_dialog_get_consent (self->pin_dialog),
                              NULL, signed_cb, g_object_ref (self));
}

static void
pin_cancelled_cb (EonaySignView *self)
{
  eonay_session_cancel_pin (self->session);
}

/* The clock runs on meanwhile, and the text is still there to be signed. */
static void
pin_forgotten_cb (EonaySignView *self)
{
  EonayCandidate *chosen = eonay_session_get_candidate (self->session);
  g_autoptr (EonayCandidate) candidate = chosen != NULL ? g_object_ref (chosen) : NULL;

  eonay_session_cancel_pin (self->session);
  if (candidate != NULL)
    g_signal_emit (self, pin_forgotten_signal, 0, candidate);
}

static void
open_pin_dialog (EonaySignView *self, const GError *error)
{
  EonayCandidate *candidate = eonay_session_get_candidate (self->session);

  if (candidate == NULL)
    {
      eonay_session_cancel_pin (self->session);
      return;
    }

  if (self->pin_dialog == NULL)
    {
      /* It goes with the window, which what is on its way may outlast in this view. */
      GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));

      g_set_weak_pointer (&self->pin_dialog, EONAY_PIN_DIALOG (eonay_pin_dialog_new (window)));
      g_signal_connect_object (self->pin_dialog, "entered", G_CALLBACK (pin_entered_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (self->pin_dialog, "cancelled", G_CALLBACK (pin_cancelled_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (self->pin_dialog, "forgotten", G_CALLBACK (pin_forgotten_cb), self,
                               G_CONNECT_SWAPPED);
    }

  if (self->settings != NULL)
    eonay_pin_dialog_set_large_countdown (
        self->pin_dialog, g_settings_get_boolean (self->settings, "large-countdown"));
  eonay_pin_dialog_set_time (self->pin_dialog, eonay_session_get_seconds_left (self->session),
                             self->total);
  eonay_pin_dialog_ask (self->pin_dialog, candidate, error);
  gtk_window_present (GTK_WINDOW (self->pin_dialog));
}

static void
close_pin_dialog (EonaySignView *self)
{
  EonayPinDialog *dialog = self->pin_dialog;

  g_clear_weak_pointer (&self->pin_dialog);
  if (dialog != NULL)
    gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
show_pin_dialog_for (EonaySignView *self, EonaySessionState before)
{
  if (self->state == EONAY_SESSION_SIGNING && self->pin_dialog != NULL)
    eonay_pin_dialog_set_busy (self->pin_dialog, TRUE);
  else if (self->state == EONAY_SESSION_WAITING_PIN && before != EONAY_SESSION_SIGNING)
    open_pin_dialog (self, NULL);
  else if (self->state != EONAY_SESSION_WAITING_PIN)
    close_pin_dialog (self);
}

static void
close_question (EonaySignView *self)
{
  GtkWindow *question = self->question;

  g_clear_weak_pointer (&self->question);
  if (question != NULL)
    gtk_window_destroy (question);
}

static gboolean
is_unblocking (EonaySignView *self)
{
  EonayTransaction *transaction = eonay_session_get_transaction (self->session);

  return self->state == EONAY_SESSION_REVIEWING && transaction != NULL &&
         eonay_transaction_get_operation (transaction) == EONAY_OPERATION_UNBLOCK;
}

static void
state_cb (EonaySignView *self)
{
  EonaySessionState before = self->state;
  const char *page;

  self->state = eonay_session_get_state (self->session);
  /* There is nothing to review: whoever hears it takes the transaction away. */
  if (is_unblocking (self))
    {
      eonay_code_page_set_text (self->code_page, "");
      g_signal_emit (self, unblocking_signal, 0);
      return;
    }

  page = eonay_labels_page_for_state (self->state);

  /* What failed before there was anything to sign is told where the code was typed. */
  if (self->state == EONAY_SESSION_FAILED && eonay_session_get_transaction (self->session) == NULL)
    page = "code";

  if (self->state == EONAY_SESSION_REVIEWING &&
      (before == EONAY_SESSION_RESOLVING || before == EONAY_SESSION_IDLE))
    start_review (self);
  if (self->state == EONAY_SESSION_REVIEWING && before == EONAY_SESSION_WAITING_PIN)
    eonay_review_page_set_error (self->review_page, eonay_session_get_error (self->session));
  if (g_strcmp0 (page, "result") == 0)
    finish (self);
  show_pin_dialog_for (self, before);
  if (self->state != EONAY_SESSION_REVIEWING)
    close_question (self);

  eonay_code_page_set_busy (self->code_page, self->state == EONAY_SESSION_RESOLVING);
  if (page != NULL)
    go_to_page (self, page);
  if (self->progress_page != NULL)
    eonay_progress_page_set_state (self->progress_page, self->state);
  refresh (self);
}

static void
time_cb (EonaySignView *self)
{
  if (self->pin_dialog != NULL)
    eonay_pin_dialog_set_time (self->pin_dialog, eonay_session_get_seconds_left (self->session),
                               self->total);
}

static void
show_resolve_error (EonaySignView *self, const GError *error)
{
  if (self->state == EONAY_SESSION_FAILED)
    eonay_session_reset (self->session);
  if (self->state == EONAY_SESSION_IDLE)
    eonay_code_page_set_error (self->code_page, error);
}

static void
resolved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (EonaySignView) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!eonay_session_resolve_finish (EONAY_SESSION (source), result, &error) &&
      self->session != NULL)
    show_resolve_error (self, error);
}

static void
submit_code (EonaySignView *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EonayPortal) portal = NULL;
  EonayPortalProfile *profile = NULL;
  g_autofree char *code = NULL;

  if (self->state != EONAY_SESSION_IDLE)
    return;

  code = eonay_code_page_read (self->code_page, &profile, &error);
  eonay_code_page_set_error (self->code_page, error);
  if (code == NULL)
    return;

  eonay_settings_remember (self->settings, "last-portal", eonay_portal_profile_get_id (profile));
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  portal = eonay_portal_new (profile, NULL);
  eonay_session_resolve_async (self->session, portal, code, self->cancellable, resolved_cb,
                               g_object_ref (self));
}

static void
cancel_cb (EonaySignView *self)
{
  g_cancellable_cancel (self->cancellable);
}

static gboolean
eonay_sign_view_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (gtk_stack_get_visible_child (EONAY_SIGN_VIEW (widget)->stack));
}

static void
eonay_sign_view_dispose (GObject *object)
{
  EonaySignView *self = EONAY_SIGN_VIEW (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  if (self->stack != NULL)
    close_pin_dialog (self);
  close_question (self);
  g_clear_object (&self->session);
  g_clear_object (&self->candidates);
  g_clear_object (&self->portals);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->reader_status, g_free);
  g_clear_pointer (&self->reader_remedy, g_free);

  G_OBJECT_CLASS (eonay_sign_view_parent_class)->dispose (object);
}

static void
eonay_sign_view_class_init (EonaySignViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = eonay_sign_view_dispose;
  eonay_focus_install (widget_class, eonay_sign_view_grab_focus);

  unblocking_signal = g_signal_new ("unblocking", EONAY_TYPE_SIGN_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 0);
  pin_forgotten_signal = g_signal_new ("pin-forgotten", EONAY_TYPE_SIGN_VIEW, G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 1, EONAY_TYPE_CANDIDATE);
  changed_signal = g_signal_new ("changed", EONAY_TYPE_SIGN_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);

  g_type_ensure (EONAY_TYPE_CODE_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/eonay/Eonay/ui/eonay-sign-view.ui");
  gtk_widget_class_bind_template_child (widget_class, EonaySignView, stack);
  gtk_widget_class_bind_template_child (widget_class, EonaySignView, code_page);
  gtk_widget_class_bind_template_callback (widget_class, submit_code);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
}

static void
eonay_sign_view_init (EonaySignView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  eonay_stack_follow (GTK_WIDGET (self->stack));

  self->session = eonay_session_new (NULL);
  g_signal_connect_object (self->session, "notify::state", G_CALLBACK (state_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::seconds-left", G_CALLBACK (time_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::candidate", G_CALLBACK (refresh), self,
                           G_CONNECT_SWAPPED);
}

EonaySession *
eonay_sign_view_get_session (EonaySignView *self)
{
  g_return_val_if_fail (EONAY_IS_SIGN_VIEW (self), NULL);

  return self->session;
}

void
eonay_sign_view_set_settings (EonaySignView *self, GSettings *settings)
{
  g_return_if_fail (EONAY_IS_SIGN_VIEW (self));

  g_set_object (&self->settings, settings);
}

void
eonay_sign_view_set_portals (EonaySignView *self, GListModel *profiles)
{
  g_autofree char *chosen = NULL;

  g_return_if_fail (EONAY_IS_SIGN_VIEW (self));

  g_set_object (&self->portals, profiles);
  chosen = eonay_settings_dup_portal (self->settings);
  eonay_code_page_set_own_portals (self->code_page,
                                   eonay_settings_has_own_portals (self->settings));
  eonay_code_page_set_portals (self->code_page, profiles, chosen);
}

GListModel *
eonay_sign_view_get_portals (EonaySignView *self)
{
  g_return_val_if_fail (EONAY_IS_SIGN_VIEW (self), NULL);

  return self->portals;
}

void
eonay_sign_view_set_readers (EonaySignView *self, EonayReaderList *readers)
{
  g_return_if_fail (EONAY_IS_SIGN_VIEW (self));

  eonay_code_page_set_readers (self->code_page, readers);
}

void
eonay_sign_view_set_candidates (EonaySignView *self, EonayCandidateList *candidates)
{
  g_return_if_fail (EONAY_IS_SIGN_VIEW (self));

  if (self->candidates != NULL)
    g_signal_handlers_disconnect_by_func (self->candidates, refresh, self);
  g_set_object (&self->candidates, candidates);
  eonay_session_set_candidates (self->session, candidates);
  offer_candidates (self);
  if (candidates != NULL)
    g_signal_connect_object (candidates, "items-changed", G_CALLBACK (refresh), self,
                             G_CONNECT_SWAPPED);
}

void
eonay_sign_view_set_reader_status (EonaySignView *self, const char *status, const char *remedy)
{
  g_return_if_fail (EONAY_IS_SIGN_VIEW (self));

  g_free (self->reader_status);
  g_free (self->reader_remedy);
  self->reader_status = g_strdup (status);
  self->reader_remedy = g_strdup (remedy);
  if (self->review_page != NULL)
    eonay_review_page_set_reader_status (self->review_page, status, remedy);
  refresh (self);
}

void
eonay_sign_view_set_practice (EonaySignView *self, gboolean practice)
{
  g_return_if_fail (EONAY_IS_SIGN_VIEW (self));

  eonay_code_page_set_practice (self->code_page, practice);
}

gboolean
eonay_sign_view_shows_operation (EonaySignView *self)
{
  g_return_val_if_fail (EONAY_IS_SIGN_VIEW (self), FALSE);

  return self->state >= EONAY_SESSION_REVIEWING &&
         eonay_session_get_transaction (self->session) != NULL;
}

const char *
eonay_sign_view_get_title (EonaySignView *self)
{
  g_return_val_if_fail (EONAY_IS_SIGN_VIEW (self), "");

  return eonay_sign_view_shows_operation (self)
             ? eonay_words_operation (
                   eonay_transaction_get_operation (eonay_session_get_transaction (self->session)))
             : _ ("e-Onay");
}

const char *
eonay_sign_view_get_subtitle (EonaySignView *self)
{
  g_return_val_if_fail (EONAY_IS_SIGN_VIEW (self), "");

  return eonay_sign_view_shows_operation (self)
             ? eonay_transaction_get_portal_name (eonay_session_get_transaction (self->session))
             : "";
}

guint
eonay_sign_view_get_total_time (EonaySignView *self)
{
  g_return_val_if_fail (EONAY_IS_SIGN_VIEW (self), 0);

  return self->total;
}

gboolean
eonay_sign_view_make_free (EonaySignView *self)
{
  g_return_val_if_fail (EONAY_IS_SIGN_VIEW (self), FALSE);

  if (self->state > EONAY_SESSION_DONE && eonay_session_get_signatures (self->session) != NULL)
    return FALSE;
  if (self->state >= EONAY_SESSION_DONE)
    eonay_session_reset (self->session);

  return self->state == EONAY_SESSION_IDLE;
}

gboolean
eonay_sign_view_fill_code (EonaySignView *self, const char *text, gboolean go)
{
  g_return_val_if_fail (EONAY_IS_SIGN_VIEW (self), FALSE);

  if (!eonay_sign_view_make_free (self))
    return FALSE;

  eonay_code_page_fill (self->code_page, text);
  if (go)
    submit_code (self);

  return TRUE;
}

void
eonay_sign_view_paste_code (EonaySignView *self)
{
  g_return_if_fail (EONAY_IS_SIGN_VIEW (self));

  eonay_code_page_paste (self->code_page);
}

gboolean
eonay_sign_view_can_sign (EonaySignView *self)
{
  g_return_val_if_fail (EONAY_IS_SIGN_VIEW (self), FALSE);

  return self->state == EONAY_SESSION_REVIEWING && eonay_session_can_sign (self->session, NULL);
}

void
eonay_sign_view_sign (EonaySignView *self)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (EONAY_IS_SIGN_VIEW (self));

  eonay_review_page_set_error (self->review_page, NULL);
  if (!eonay_session_ask_pin (self->session, &error))
    eonay_review_page_set_error (self->review_page, error);
}

/* The question closes itself once it is answered. */
static void
decline_cb (EonaySignView *self)
{
  g_clear_weak_pointer (&self->question);
  if (self->state == EONAY_SESSION_REVIEWING)
    eonay_session_decline (self->session);
}

void
eonay_sign_view_decline (EonaySignView *self)
{
  g_return_if_fail (EONAY_IS_SIGN_VIEW (self));

  if (self->question != NULL)
    gtk_window_present (self->question);
  else
    g_set_weak_pointer (
        &self->question,
        eonay_question_ask (
            GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), _ ("Decline to sign?"),
            _ ("The portal is told of it, and it cannot be undone. To sign after "
               "all you will need a new code."),
            _ ("_Back to the text"), _ ("Decline to sign"), G_CALLBACK (decline_cb), self));
}

void
eonay_sign_view_new_code (EonaySignView *self)
{
  g_return_if_fail (EONAY_IS_SIGN_VIEW (self));

  eonay_session_reset (self->session);
  eonay_code_page_set_error (self->code_page, NULL);
}

static void
submitted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  /* How it ended is the session's state, which the result page shows. */
  eonay_session_submit_again_finish (EONAY_SESSION (source), result, NULL);
}

void
eonay_sign_view_submit_again (EonaySignView *self)
{
  g_return_if_fail (EONAY_IS_SIGN_VIEW (self));

  eonay_session_submit_again_async (self->session, NULL, submitted_cb, NULL);
}

void
eonay_sign_view_choose_certificate (EonaySignView *self, const char *fingerprint)
{
  g_return_if_fail (EONAY_IS_SIGN_VIEW (self));

  if (self->review_page != NULL)
    eonay_review_page_choose (self->review_page, fingerprint);
}

void
eonay_sign_view_show_error (EonaySignView *self, const GError *error)
{
  g_return_if_fail (EONAY_IS_SIGN_VIEW (self));

  if (self->state == EONAY_SESSION_REVIEWING)
    eonay_review_page_set_error (self->review_page, error);
  else
    eonay_code_page_set_error (self->code_page, error);
}
