#include "app/window/eonay-window-private.h"

#include <glib/gi18n-lib.h>

#include "app/card/eonay-certificate-window.h"
#include "app/diagnosis/eonay-diagnosis-window.h"
#include "app/pin/eonay-change-pin-dialog.h"
#include "app/pin/eonay-pin-group.h"
#include "app/unblock/eonay-unblock-dialog.h"
#include "app/widgets/eonay-accessible-name.h"
#include "app/widgets/eonay-labels.h"
#include "app/widgets/eonay-stack.h"
#include "app/window/eonay-signature-saving.h"
#include "base/eonay-error.h"
#include "signature/trust/eonay-trust-folders.h"

static void
paste_code_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  eonay_sign_view_paste_code (EONAY_WINDOW (user_data)->sign_view);
}

static void
sign_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  eonay_sign_view_sign (EONAY_WINDOW (user_data)->sign_view);
}

static void
decline_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  eonay_sign_view_decline (EONAY_WINDOW (user_data)->sign_view);
}

static void
choose_certificate_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  eonay_sign_view_choose_certificate (EONAY_WINDOW (user_data)->sign_view,
                                      g_variant_get_string (parameter, NULL));
}

static void
new_code_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  EonayWindow *self = EONAY_WINDOW (user_data);
  g_autofree char *link = g_steal_pointer (&self->link);

  eonay_sign_view_new_code (self->sign_view);
  if (link != NULL)
    eonay_sign_view_fill_code (self->sign_view, link, FALSE);
}

static void
submit_again_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  eonay_sign_view_submit_again (EONAY_WINDOW (user_data)->sign_view);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  EonayWindow *self = EONAY_WINDOW (source);
  g_autoptr (GError) error = NULL;

  if (eonay_signature_saving_finish (self, result, &error))
    eonay_window_show_toast (self, _ ("Saved"));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    eonay_window_show_toast (self, _ ("The file could not be saved. Choose another folder."));
}

static void
save_signature_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  EonayWindow *self = EONAY_WINDOW (user_data);

  eonay_signature_saving_async (self, eonay_sign_view_get_session (self->sign_view), saved_cb,
                                NULL);
}

static void
open_files_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  EonayWindow *self = EONAY_WINDOW (user_data);

  eonay_window_show_view (self, "files");
  gtk_widget_activate_action (GTK_WIDGET (self->files_view), "files.open", NULL);
}

static void
show_view_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  const char *name = g_variant_get_string (parameter, NULL);

  if (g_str_equal (name, "sign") || g_str_equal (name, "files") || g_str_equal (name, "card"))
    eonay_window_show_view (EONAY_WINDOW (user_data), name);
}

static void
show_accelerator (GtkWidget *shortcut, GtkApplication *application)
{
  g_autofree char *action = NULL;
  g_auto (GStrv) accelerators = NULL;
  g_autofree char *text = NULL;

  g_object_get (shortcut, "action-name", &action, NULL);
  if (action == NULL)
    return;

  accelerators = gtk_application_get_accels_for_action (application, action);
  text = g_strjoinv (" ", accelerators);
  g_object_set (shortcut, "accelerator", text, "visible", text[0] != '\0', NULL);
}

/* GTK 4.8 calls it by the class of its picture. */
static void
name_search (GtkWidget *button)
{
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Search"), -1);
}

/* GTK does so only for the overlay that it keeps itself. The results of a search are others. */
static void
show_accelerators (GtkWidget *widget, GtkApplication *application)
{
  if (GTK_IS_SHORTCUTS_SHORTCUT (widget))
    show_accelerator (widget, application);
  if (GTK_IS_TOGGLE_BUTTON (widget) && !GTK_IS_MENU_BUTTON (gtk_widget_get_parent (widget)))
    name_search (widget);
  if (GTK_IS_SEARCH_BAR (widget))
    eonay_accessible_name_search (GTK_SEARCH_BAR (widget), _ ("Search"));
  if (GTK_IS_STACK (widget))
    eonay_stack_follow (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    show_accelerators (child, application);
}

/* Made each time it is opened: with a hidden one, as GTK would keep it, GTK 4.8 fails when a screen
 * reader asks for a window that was just closed. */
void
eonay_window_open_help (EonayWindow *self)
{
  g_autoptr (GtkBuilder) builder =
      gtk_builder_new_from_resource ("/io/github/eonay/Eonay/ui/help-overlay.ui");
  GtkWindow *overlay = GTK_WINDOW (gtk_builder_get_object (builder, "help_overlay"));

  show_accelerators (GTK_WIDGET (overlay), gtk_window_get_application (GTK_WINDOW (self)));
  gtk_window_set_transient_for (overlay, GTK_WINDOW (self));
  gtk_window_present (overlay);
}

static void
show_help_overlay_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  eonay_window_open_help (EONAY_WINDOW (user_data));
}

/** Returns: (transfer full) (nullable): of @token, with that SHA-256 in lower-case hexadecimal */
static EonayTokenCertificate *
find_certificate (EonayToken *token, const char *fingerprint)
{
  GListModel *items = eonay_token_get_certificates (token);

  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (EonayTokenCertificate) item = g_list_model_get_item (items, i);
      g_autofree char *digest =
          g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, eonay_token_certificate_get_der (item));

      if (g_str_equal (digest, fingerprint))
        return g_steal_pointer (&item);
    }

  return NULL;
}

/** Returns: (transfer full) (nullable): the card that is in the reader @name now */
static EonayToken *
find_token (EonayWindow *self, const char *name)
{
  GListModel *readers = G_LIST_MODEL (self->readers);

  for (guint i = 0; readers != NULL && i < g_list_model_get_n_items (readers); i++)
    {
      g_autoptr (EonayReader) reader = g_list_model_get_item (readers, i);
      EonayToken *token = eonay_reader_get_token (reader);

      if (token != NULL && g_str_equal (eonay_token_get_reader_name (token), name))
        return g_object_ref (token);
    }

  return NULL;
}

/** Returns: (transfer full): where chains may end */
static EonayTrust *
make_trust (EonayWindow *self)
{
  const char *pem = self->controller != NULL
                        ? eonay_practice_controller_get_ca_pem (self->controller)
                        : NULL;
  EonayTrust *trust;

  if (pem == NULL)
    return eonay_trust_new_installed ();

  trust = eonay_trust_new ();
  eonay_trust_add_pem (trust, pem, -1, NULL);

  return trust;
}

static void
show_certificate_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  EonayWindow *self = EONAY_WINDOW (user_data);
  const char *reader, *fingerprint;
  g_autoptr (EonayToken) token = NULL;
  g_autoptr (EonayTokenCertificate) item = NULL;
  g_autoptr (EonayCertificate) certificate = NULL;
  g_autoptr (EonayCandidate) candidate = NULL;
  g_autoptr (EonayTrust) trust = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  g_variant_get (parameter, "(&s&s)", &reader, &fingerprint);
  token = find_token (self, reader);
  item = token != NULL ? find_certificate (token, fingerprint) : NULL;
  if (item != NULL)
    certificate = eonay_certificate_new (eonay_token_certificate_get_der (item), NULL);
  if (certificate == NULL)
    return;

  candidate = eonay_candidate_new (token, item, certificate,
                                   eonay_candidate_judge (token, item, certificate, NULL, now));
  trust = make_trust (self);
  gtk_window_present (
      GTK_WINDOW (eonay_certificate_window_new (GTK_WINDOW (self), candidate, trust)));
}

/* No fingerprint means the card's first PIN, of one that has no key with a certificate. */
static void
open_request (EonayWindow *self, GVariant *parameter, EonayTokenRequestKind kind)
{
  const char *reader, *fingerprint;
  g_autoptr (EonayToken) token = NULL;
  g_autoptr (EonayTokenCertificate) item = NULL;

  g_variant_get (parameter, "(&s&s)", &reader, &fingerprint);
  token = find_token (self, reader);
  if (token == NULL || !eonay_token_can_use_pins (token))
    return;

  item = find_certificate (token, fingerprint);
  if (item == NULL && *fingerprint != '\0')
    return;

  gtk_window_present (
      GTK_WINDOW (eonay_change_pin_dialog_new (GTK_WINDOW (self), token, item, kind)));
}

static void
change_pin_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  open_request (EONAY_WINDOW (user_data), parameter, EONAY_TOKEN_REQUEST_CHANGE_PIN);
}

static void
unblock_puk_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  open_request (EONAY_WINDOW (user_data), parameter, EONAY_TOKEN_REQUEST_UNBLOCK);
}

static void
show_taken (EonayWindow *self)
{
  eonay_window_show_toast (self, _ ("This code is for signing. Read the text and sign it here."));
}

/* What was taken has PDFs, which had to be looked into first: one of them may not be signable. */
static void
taken_cb (EonaySession *session, GParamSpec *pspec, EonayWindow *self)
{
  EonaySessionState state = eonay_session_get_state (session);
  g_autoptr (GError) error = NULL;

  g_signal_handlers_disconnect_by_func (session, taken_cb, self);
  if (state == EONAY_SESSION_REVIEWING)
    show_taken (self);
  if (state != EONAY_SESSION_FAILED || eonay_session_get_error (session) == NULL)
    return;

  error = g_error_copy (eonay_session_get_error (session));
  eonay_session_reset (session);
  eonay_sign_view_show_error (self->sign_view, error);
}

static gboolean
on_for_signing (EonayUnblockDialog *dialog, EonayPortal *portal, EonayTransaction *transaction,
                GError **error, EonayWindow *self)
{
  EonaySession *session = eonay_sign_view_get_session (self->sign_view);

  if (!eonay_sign_view_make_free (self->sign_view))
    {
      g_set_error_literal (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_OTHER_OPEN,
                           "Another signing is open");
      return FALSE;
    }
  if (!eonay_session_take_transaction (session, portal, transaction, error))
    return FALSE;

  eonay_window_show_view (self, "sign");
  if (eonay_session_get_state (session) == EONAY_SESSION_RESOLVING)
    g_signal_connect_object (session, "notify::state", G_CALLBACK (taken_cb), self, 0);
  else
    show_taken (self);

  return TRUE;
}

static void
create_unblocking (EonayWindow *self)
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
open_unblocking (EonayWindow *self)
{
  if (self->unblocking == NULL)
    create_unblocking (self);

  gtk_window_present (GTK_WINDOW (self->unblocking));

  return EONAY_UNBLOCK_DIALOG (self->unblocking);
}

static void
unblock_portal_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  EonayWindow *self = EONAY_WINDOW (user_data);
  GListModel *portals = eonay_sign_view_get_portals (self->sign_view);

  if (self->readers == NULL || portals == NULL)
    return;

  if (self->unblocking == NULL && g_list_model_get_n_items (portals) == 0)
    {
      eonay_window_show_view (self, "sign");
      eonay_window_show_toast (self, _ ("Add a portal first; its code unblocks the card."));
      return;
    }

  open_unblocking (self);
}

void
eonay_window_hand_over_unblocking (EonayWindow *self)
{
  g_autoptr (EonayPortal) portal = NULL;
  g_autoptr (EonayTransaction) transaction =
      eonay_session_steal_transaction (eonay_sign_view_get_session (self->sign_view), &portal);

  if (transaction != NULL && self->readers != NULL)
    eonay_unblock_dialog_take_transaction (open_unblocking (self), portal, transaction);
}

/** Returns: (transfer full): the portal that is preset or was used last, else all that are offered */
static GListModel *
list_portals (EonayWindow *self)
{
  g_autoptr (GListStore) one = g_list_store_new (EONAY_TYPE_PORTAL_PROFILE);
  g_autoptr (GListModel) offered = NULL;
  g_autofree char *id = NULL;
  EonayPortalProfile *profile;

  if (self->controller != NULL)
    profile = eonay_practice_controller_get_profile (self->controller);
  else
    {
      offered = eonay_settings_offer_portals (self->settings, G_LIST_MODEL (self->portals));
      id = eonay_settings_dup_portal (self->settings);
      profile = id != NULL ? eonay_portal_profile_find (offered, id) : NULL;
      if (profile == NULL)
        return g_steal_pointer (&offered);
    }

  if (profile != NULL)
    g_list_store_append (one, profile);

  return G_LIST_MODEL (g_steal_pointer (&one));
}

static GtkWidget *
new_diagnosis (EonayWindow *self)
{
  g_autoptr (GListModel) portals = list_portals (self);
  g_autoptr (EonayDiagnosis) diagnosis = eonay_diagnosis_new (self->readers, portals,
                                                              self->controller != NULL, NULL);

  return eonay_diagnosis_window_new (GTK_WINDOW (self), diagnosis);
}

/* What it looks at may still be on its way when the window has just been opened. */
static gboolean
can_diagnose (EonayWindow *self)
{
  return self->readers != NULL &&
         (self->controller == NULL ||
          eonay_practice_controller_get_profile (self->controller) != NULL);
}

void
eonay_window_continue_diagnosis (EonayWindow *self)
{
  if (self->awaits_diagnosis && can_diagnose (self))
    eonay_window_open_diagnosis (self);
}

void
eonay_window_open_diagnosis (EonayWindow *self)
{
  g_return_if_fail (EONAY_IS_WINDOW (self));

  self->awaits_diagnosis = !can_diagnose (self);
  if (self->awaits_diagnosis)
    return;

  if (self->diagnosis == NULL)
    g_set_weak_pointer (&self->diagnosis, new_diagnosis (self));
  gtk_window_present (GTK_WINDOW (self->diagnosis));
}

static const GActionEntry entries[] = {
  { .name = "paste-code", .activate = paste_code_cb },
  { .name = "sign", .activate = sign_cb },
  { .name = "decline", .activate = decline_cb },
  { .name = "choose-certificate", .activate = choose_certificate_cb, .parameter_type = "s" },
  { .name = "new-code", .activate = new_code_cb },
  { .name = "submit-again", .activate = submit_again_cb },
  { .name = "save-signature", .activate = save_signature_cb },
  { .name = "show-view", .activate = show_view_cb, .parameter_type = "s" },
  { .name = "open-files", .activate = open_files_cb },
  { .name = "show-help-overlay", .activate = show_help_overlay_cb },
  /* (ss): the card's reader and a certificate's fingerprint */
  { .name = "show-certificate", .activate = show_certificate_cb, .parameter_type = "(ss)" },
  { .name = "change-pin", .activate = change_pin_cb, .parameter_type = "(ss)" },
  { .name = "unblock-puk", .activate = unblock_puk_cb, .parameter_type = "(ss)" },
  { .name = "unblock-portal", .activate = unblock_portal_cb },
};

void
eonay_window_add_actions (EonayWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  /* Takes the place of the group of GtkApplicationWindow, which every program of the person can
   * use on the session bus. */
  gtk_widget_insert_action_group (GTK_WIDGET (self), "win", G_ACTION_GROUP (self->actions));
  g_object_set_data_full (G_OBJECT (self), EONAY_PIN_GROUP_ACTIONS, g_object_ref (self->actions),
                          g_object_unref);
}

static void
enable (EonayWindow *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

void
eonay_window_update_actions (EonayWindow *self)
{
  EonaySession *session = eonay_sign_view_get_session (self->sign_view);
  EonaySessionState state = eonay_session_get_state (session);
  gboolean is_signed = eonay_session_get_signatures (session) != NULL;
  gboolean is_shown = g_str_equal (eonay_window_get_view (self), "sign");
  gboolean is_reviewing = is_shown && state == EONAY_SESSION_REVIEWING;
  gboolean is_over = is_shown && state >= EONAY_SESSION_DONE;

  enable (self, "paste-code", is_shown && state == EONAY_SESSION_IDLE);
  enable (self, "sign", is_shown && eonay_sign_view_can_sign (self->sign_view));
  enable (self, "decline", is_reviewing);
  enable (self, "choose-certificate", is_reviewing);
  enable (self, "new-code", is_over);
  enable (self, "submit-again",
          is_shown && eonay_labels_result_can_retry (state, is_signed,
                                                     eonay_session_get_seconds_left (session)));
  enable (self, "save-signature", is_over && is_signed);
}
