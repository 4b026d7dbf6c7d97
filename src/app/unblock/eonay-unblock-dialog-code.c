#include "app/unblock/eonay-unblock-dialog-private.h"
#include "base/eonay-error.h"

/* The code: where it comes from, and where it goes if it is not for unblocking. */

void
eonay_unblock_dialog_submit_code (EonayUnblockDialog *self)
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

void
eonay_unblock_dialog_take_practice_code (GtkWidget *widget, const char *action, GVariant *parameter)
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
  eonay_unblock_dialog_submit_code (self);
}

static void
declined_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!eonay_portal_decline_finish (EONAY_PORTAL (source), result, &error))
    g_debug ("The portal was not told: %s", error->message);
}

/* The code serves once, so what it was for goes to where it can be done. */
static void
hand_over (EonayUnblockDialog *self)
{
  g_autoptr (EonayPortal) portal = NULL;
  g_autoptr (EonayTransaction) transaction = eonay_unblock_steal_transaction (self->unblock,
                                                                              &portal);
  g_autoptr (GError) error = NULL;

  if (transaction == NULL)
    return;

  if (eonay_unblock_dialog_emit_for_signing (self, portal, transaction, &error))
    {
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }

  eonay_portal_decline_async (portal, transaction, NULL, declined_cb, NULL);
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

void
eonay_unblock_dialog_hand_over (EonayUnblockDialog *self)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, hand_over_cb, g_object_ref (self), g_object_unref);
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

  if (!make_free (self))
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
    return FALSE;

  eonay_unblock_take_transaction (self->unblock, portal, transaction);

  return TRUE;
}
