#include <glib/gi18n-lib.h>

#include "app/pin/eonay-change-pin-dialog-private.h"
#include "app/pin/eonay-pin-group.h"
#include "app/pin/eonay-typed-secret.h"
#include "app/widgets/eonay-labels.h"
#include "app/widgets/eonay-stack.h"
#include "base/eonay-error.h"
#include "session/eonay-advice.h"

static gboolean
is_card_error (const GError *error, EonayCardError code)
{
  return g_error_matches (error, EONAY_CARD_ERROR, code);
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
  static const char *const styles[] = { "success", "warning", "error" };

  eonay_change_pin_dialog_wipe (self);
  gtk_image_set_from_icon_name (self->end_icon, icon);
  for (gsize i = 0; i < G_N_ELEMENTS (styles); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self->end_icon), styles[i]);
  gtk_widget_add_css_class (GTK_WIDGET (self->end_icon), style);
  gtk_label_set_label (self->end_title, title);
  gtk_label_set_label (self->end_text, text);
  gtk_widget_set_visible (GTK_WIDGET (self->end_text), text[0] != '\0');
  gtk_label_set_label (self->end_code, code);
  gtk_widget_set_visible (GTK_WIDGET (self->end_code), code[0] != '\0');
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
  eonay_page_describe (first, gtk_label_get_label (self->end_title),
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
  show_end (self, "emblem-ok-symbolic", "success",
            _ (eonay_change_pin_get_words (self->kind)->done), tries, "");
  offer (self, FALSE, FALSE, FALSE);
}

/* The card has got what was typed, and nobody knows what it made of it. */
static gboolean
may_be_done (const GError *error)
{
  EonayPinTry pin_try = eonay_card_error_get_pin_try (error);

  return pin_try == EONAY_PIN_TRY_UNCERTAIN || pin_try == EONAY_PIN_TRY_ACCEPTED;
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

void
eonay_change_pin_dialog_fail (EonayChangePinDialog *self, const GError *error)
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

void
eonay_change_pin_dialog_lose_card (EonayChangePinDialog *self)
{
  g_autoptr (GError) error = eonay_token_new_loss (self->token);

  eonay_card_error_set_pin_try (error, EONAY_PIN_TRY_NOT_SENT);
  eonay_change_pin_dialog_fail (self, error);
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

  eonay_change_pin_dialog_ask (self, refused && !self->is_on_reader ? NULL : error);
  if (!refused || self->is_on_reader)
    return;

  eonay_new_pin_box_complain (self->new_pin, advice->what);
  gtk_widget_grab_focus (GTK_WIDGET (self->new_pin));
}

/* Without a window, too, the program stays until the card has answered. */
static void
hold_program (gboolean hold)
{
  GApplication *application = g_application_get_default ();

  if (application == NULL)
    return;

  if (hold)
    g_application_hold (application);
  else
    g_application_release (application);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (EonayChangePinDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = eonay_token_request_finish (EONAY_TOKEN (source), result, &error);

  hold_program (FALSE);
  /* The dialog went with its window. */
  if (self->token == NULL)
    return;

  eonay_change_pin_dialog_set_busy (self, FALSE);
  if (done)
    show_done (self);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    eonay_change_pin_dialog_ask (self, NULL);
  else if (eonay_token_is_alive (self->token) && is_about_typing (error))
    ask_again (self, error);
  else
    eonay_change_pin_dialog_fail (self, error);
}

/* Nothing of it was sent. */
static void
refuse_same (EonayChangePinDialog *self)
{
  eonay_change_pin_dialog_ask (self, NULL);
  eonay_new_pin_box_complain (self->new_pin, _ ("The new PIN is the same as the present one."));
}

void
eonay_change_pin_dialog_run (EonayChangePinDialog *self)
{
  EonaySecret *presented = NULL;
  EonaySecret *new_pin = NULL;

  if (!self->is_on_reader)
    {
      presented = eonay_typed_secret_take (self->presented);
      new_pin = eonay_new_pin_box_take (self->new_pin);
    }
  if (self->kind == EONAY_TOKEN_REQUEST_CHANGE_PIN && presented != NULL && new_pin != NULL &&
      eonay_secret_equal (presented, new_pin))
    {
      eonay_secret_free (presented);
      eonay_secret_free (new_pin);
      refuse_same (self);
      return;
    }
  eonay_change_pin_dialog_set_busy (self, TRUE);
  hold_program (TRUE);

  if (self->kind == EONAY_TOKEN_REQUEST_UNBLOCK)
    eonay_token_unblock_async (self->token, self->token_certificate, presented, new_pin,
                               &self->consent, self->cancellable, done_cb, g_object_ref (self));
  else
    eonay_token_change_pin_async (self->token, self->token_certificate, presented, new_pin,
                                  &self->consent, self->cancellable, done_cb, g_object_ref (self));
}
