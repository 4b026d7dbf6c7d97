#include <glib/gi18n-lib.h>

#include "app/unblock/eonay-unblock-dialog.h"
#include "app/window/eonay-window-private.h"
#include "portal/eonay-portal-unblock.h"

/* Kilit Çözme with the portal's code: what the window hands to its dialog, and takes from it. */

static gboolean
on_for_signing (EonayUnblockDialog *dialog, EonayPortal *portal, EonayTransaction *transaction,
                GError **error, EonayWindow *self)
{
  EonaySession *session = eonay_sign_view_get_session (self->sign_view);

  eonay_session_reset (session);
  if (!eonay_session_take_transaction (session, portal, transaction, error))
    return FALSE;

  eonay_window_show_view (self, "sign");
  eonay_window_show_toast (self, _ ("This code is for signing. Read the text and sign it here."));

  return TRUE;
}

static void
create_dialog (EonayWindow *self)
{
  GtkWidget *dialog = eonay_unblock_dialog_new (GTK_WINDOW (self), self->readers,
                                                eonay_sign_view_get_portals (self->sign_view),
                                                self->settings);

  g_signal_connect_object (dialog, "for-signing", G_CALLBACK (on_for_signing), self, 0);
  if (self->controller != NULL)
    eonay_unblock_dialog_set_practice (EONAY_UNBLOCK_DIALOG (dialog), self->controller,
                                       eonay_window_get_practice_menu (self));
  g_set_weak_pointer (&self->unblocking, dialog);
}

static EonayUnblockDialog *
open_dialog (EonayWindow *self)
{
  if (self->unblocking == NULL)
    create_dialog (self);

  gtk_window_present (GTK_WINDOW (self->unblocking));

  return EONAY_UNBLOCK_DIALOG (self->unblocking);
}

gboolean
eonay_window_fill_unblocking (EonayWindow *self, const char *text)
{
  if (self->unblocking == NULL)
    return FALSE;

  if (!eonay_unblock_dialog_fill_code (open_dialog (self), text))
    eonay_window_tell_outside (self,
                               _ ("Finish or decline this one first, then open the link again."));

  return TRUE;
}

static void
refused_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!eonay_portal_report_unblock_finish (EONAY_PORTAL (source), result, &error))
    g_debug ("The portal was not told: %s", error->message);
}

static void
unblock_portal_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  EonayWindow *self = EONAY_WINDOW (user_data);

  if (self->readers != NULL && eonay_sign_view_get_portals (self->sign_view) != NULL)
    open_dialog (self);
}

static const GActionEntry entries[] = {
  { .name = "unblock-portal", .activate = unblock_portal_cb },
};

void
eonay_window_add_unblocking_actions (EonayWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
}

void
eonay_window_hand_over_unblocking (EonayWindow *self)
{
  g_autoptr (EonayPortal) portal = NULL;
  g_autoptr (EonayTransaction) transaction =
      eonay_session_steal_transaction (eonay_sign_view_get_session (self->sign_view), &portal);

  if (transaction == NULL || self->readers == NULL ||
      eonay_unblock_dialog_take_transaction (open_dialog (self), portal, transaction))
    return;

  eonay_portal_report_unblock_async (portal, transaction, EONAY_UNBLOCK_OUTCOME_CANCELLED, NULL,
                                     refused_cb, NULL);
  eonay_window_show_toast (self, _ ("Another unblocking is open. Finish it, then get a new code."));
}
