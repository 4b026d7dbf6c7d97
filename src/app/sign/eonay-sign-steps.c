#include "app/sign/eonay-sign-view-private.h"
#include "app/widgets/eonay-labels.h"

static void
tell_resolve_error (EonaySignView *self, const GError *error)
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
    tell_resolve_error (self, error);
}

void
eonay_sign_view_submit_code (EonaySignView *self)
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

  eonay_sign_view_remember (self, "last-portal", eonay_portal_profile_get_id (profile));
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  portal = eonay_portal_new (profile, NULL);
  eonay_session_resolve_async (self->session, portal, code, self->cancellable, resolved_cb,
                               g_object_ref (self));
}

gboolean
eonay_sign_view_fill_code (EonaySignView *self, const char *text, gboolean go)
{
  g_return_val_if_fail (EONAY_IS_SIGN_VIEW (self), FALSE);

  /* A signature that the portal has not got can still be saved, or sent again. */
  if (self->state > EONAY_SESSION_DONE && eonay_session_get_signatures (self->session) != NULL)
    return FALSE;
  if (self->state >= EONAY_SESSION_DONE)
    eonay_session_reset (self->session);
  if (self->state != EONAY_SESSION_IDLE)
    return FALSE;

  eonay_code_page_fill (self->code_page, text);
  if (go)
    eonay_sign_view_submit_code (self);

  return TRUE;
}

void
eonay_sign_view_paste_code (EonaySignView *self)
{
  g_return_if_fail (EONAY_IS_SIGN_VIEW (self));

  eonay_code_page_paste (self->code_page);
}

static void
signed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (EonaySignView) self = user_data;
  g_autoptr (GError) error = NULL;

  if (eonay_session_sign_finish (EONAY_SESSION (source), result, &error) || self->session == NULL)
    return;

  if (self->state == EONAY_SESSION_WAITING_PIN)
    eonay_sign_view_open_pin_dialog (self, error);
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

void
eonay_sign_view_open_pin_dialog (EonaySignView *self, const GError *error)
{
  EonayCandidate *candidate = eonay_session_get_candidate (self->session);

  if (candidate == NULL)
    {
      eonay_session_cancel_pin (self->session);
      return;
    }

  if (self->pin_dialog == NULL)
    {
      GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

      /* It goes with the window, which what is on its way may outlast in this view. */
      g_set_weak_pointer (&self->pin_dialog,
                          EONAY_PIN_DIALOG (eonay_pin_dialog_new (GTK_WINDOW (root))));
      g_signal_connect_object (self->pin_dialog, "entered", G_CALLBACK (pin_entered_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (self->pin_dialog, "cancelled", G_CALLBACK (pin_cancelled_cb), self,
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

void
eonay_sign_view_close_pin_dialog (EonaySignView *self)
{
  EonayPinDialog *dialog = self->pin_dialog;

  g_clear_weak_pointer (&self->pin_dialog);
  if (dialog != NULL)
    gtk_window_destroy (GTK_WINDOW (dialog));
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

void
eonay_sign_view_decline (EonaySignView *self)
{
  g_return_if_fail (EONAY_IS_SIGN_VIEW (self));

  eonay_session_decline (self->session);
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
