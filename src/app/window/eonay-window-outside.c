#include <glib/gi18n-lib.h>

#include "app/unblock/eonay-unblock-dialog.h"
#include "app/widgets/eonay-announcement.h"
#include "app/window/eonay-window-private.h"
#include "base/eonay-error.h"
#include "session/eonay-advice.h"

/* Seconds: whoever asks more often is answered once, and then with what came last. */
#define PAUSE 1

static void
show_answer (EonayWindow *self, const char *text, gboolean stays)
{
  AdwToast *toast = adw_toast_new (text);

  if (stays)
    adw_toast_set_timeout (toast, 0);
  if (self->outside_toast != NULL)
    adw_toast_dismiss (self->outside_toast);
  g_set_weak_pointer (&self->outside_toast, toast);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
answer_now (EonayWindow *self, const char *text)
{
  GtkWindow *front = eonay_window_find_front (self);

  if (self->outside_toast != NULL && g_str_equal (adw_toast_get_title (self->outside_toast), text))
    return;

  show_answer (self, text, front != GTK_WINDOW (self));
  eonay_announcement_make (GTK_WIDGET (front), text);
}

static gboolean
paused_cb (gpointer user_data)
{
  EonayWindow *self = EONAY_WINDOW (user_data);
  g_autofree char *text = g_steal_pointer (&self->outside_next);

  if (text != NULL)
    {
      answer_now (self, text);
      return G_SOURCE_CONTINUE;
    }

  self->outside_source = 0;

  return G_SOURCE_REMOVE;
}

/* Tells what became of another program's request. */
static void
answer (EonayWindow *self, const char *text)
{
  if (self->outside_source != 0)
    {
      g_free (self->outside_next);
      self->outside_next = g_strdup (text);
      return;
    }

  answer_now (self, text);
  self->outside_source = g_timeout_add_seconds (PAUSE, paused_cb, self);
}

static void
active_cb (EonayWindow *self)
{
  g_autofree char *text = NULL;

  if (!gtk_window_is_active (GTK_WINDOW (self)) || self->outside_toast == NULL ||
      adw_toast_get_timeout (self->outside_toast) != 0)
    return;

  text = g_strdup (adw_toast_get_title (self->outside_toast));
  show_answer (self, text, FALSE);
}

void
eonay_window_follow_outside (EonayWindow *self)
{
  g_signal_connect (self, "notify::is-active", G_CALLBACK (active_cb), NULL);
}

void
eonay_window_forget_outside (EonayWindow *self)
{
  g_clear_handle_id (&self->outside_source, g_source_remove);
  g_clear_pointer (&self->outside_next, g_free);
  g_clear_weak_pointer (&self->outside_toast);
}

/* Any program can have a link opened: what was signed or not is read until the person has read it. */
static void
keep_link (EonayWindow *self, const char *text)
{
  g_free (self->link);
  self->link = g_strdup (text);
  answer (self, _ ("A link with a code came. “New code” goes on with it."));
}

/* Returns: whether the dialog of an unblocking is open, which then has got @text */
static gboolean
fill_unblocking (EonayWindow *self, const char *text)
{
  if (self->unblocking == NULL)
    return FALSE;

  gtk_window_present (GTK_WINDOW (self->unblocking));
  if (!eonay_unblock_dialog_fill_code (EONAY_UNBLOCK_DIALOG (self->unblocking), text))
    answer (self, _ ("Finish or close the unblocking first, then open the link again."));

  return TRUE;
}

void
eonay_window_open_code (EonayWindow *self, const char *text)
{
  gboolean is_elsewhere;

  g_return_if_fail (EONAY_IS_WINDOW (self));
  g_return_if_fail (text != NULL);

  /* Nothing behind that dialog can be pressed. */
  if (fill_unblocking (self, text))
    return;

  is_elsewhere = eonay_window_find_front (self) != GTK_WINDOW (self) ||
                 eonay_files_view_is_busy (self->files_view);
  if (!is_elsewhere)
    eonay_window_show_view (self, "sign");
  if (eonay_session_get_state (eonay_sign_view_get_session (self->sign_view)) >= EONAY_SESSION_DONE)
    keep_link (self, text);
  else if (!eonay_sign_view_fill_code (self->sign_view, text, FALSE))
    answer (self, _ ("Finish or decline this one first, then open the link again."));
  else if (is_elsewhere)
    answer (self, _ ("A link came. See the view “Sign”."));
}

void
eonay_window_refuse_code (EonayWindow *self, const GError *error)
{
  g_autoptr (EonayAdvice) advice = NULL;
  g_autofree char *text = NULL;
  const char *code;

  g_return_if_fail (EONAY_IS_WINDOW (self));

  if (error != NULL)
    advice = eonay_advice_new (error);
  code = error != NULL
             ? advice->code
             : eonay_advice_get_code (EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_LINK_MALFORMED);
  text = g_strdup_printf (
      "%s (%s)", error != NULL ? advice->what : _ ("A link came with other things. Open it alone."),
      code);
  answer (self, text);
}

/* Nothing comes over what is being reviewed, or over the place where a PIN is typed. */
static gboolean
is_occupied (EonayWindow *self)
{
  return eonay_sign_view_shows_operation (self->sign_view) ||
         eonay_window_present_front (self) != GTK_WINDOW (self);
}

void
eonay_window_open_files (EonayWindow *self, GPtrArray *files, gboolean chosen)
{
  g_return_if_fail (EONAY_IS_WINDOW (self));

  if (!eonay_files_view_open (self->files_view, files, chosen))
    answer (self, eonay_files_view_keeps_unsaved (self->files_view)
                      ? _ ("Save what the card signed first, then open others.")
                      : _ ("Wait until the files are signed, then open others."));
  else if (is_occupied (self))
    answer (self, _ ("Files were opened. They wait in the view “Files”."));
  else
    eonay_window_show_view (self, "files");
}
