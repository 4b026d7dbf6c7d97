#include "app/pin/eonay-pin-group.h"

#include <glib/gi18n-lib.h>

#include "app/pin/eonay-tries-row.h"
#include "app/widgets/eonay-accessible-name.h"
#include "base/eonay-error.h"
#include "session/eonay-advice.h"
#include "session/eonay-pin-rules.h"

struct _EonayPinGroup {
  AdwPreferencesGroup parent_instance;

  EonayTriesRow *pin;
  EonayTriesRow *puk;
  AdwActionRow *trouble;
  GtkWidget *change;
  AdwExpanderRow *unblock;
  GtkWidget *with_puk;
  GtkWidget *with_portal;

  EonayToken *token;
  EonayTokenCertificate *certificate;
  gboolean was_blocked;
  gboolean asking;
};

G_DEFINE_FINAL_TYPE (EonayPinGroup, eonay_pin_group, ADW_TYPE_PREFERENCES_GROUP)

static void
eonay_pin_group_dispose (GObject *object)
{
  EonayPinGroup *self = EONAY_PIN_GROUP (object);

  g_clear_object (&self->token);
  g_clear_object (&self->certificate);

  G_OBJECT_CLASS (eonay_pin_group_parent_class)->dispose (object);
}

/* Where there is no such window, as in a test of the group alone, nothing can be done. */
static gboolean
has_action (EonayPinGroup *self, const char *name)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GActionGroup *actions = root != NULL
                              ? g_object_get_data (G_OBJECT (root), EONAY_PIN_GROUP_ACTIONS)
                              : NULL;

  return actions != NULL && g_action_group_has_action (actions, name);
}

/* A PIN that is not blocked may have been forgotten, so the way is there, but folded away. */
static void
show_actions (EonayPinGroup *self)
{
  EonayPinState pin;
  gboolean usable = eonay_token_can_use_pins (self->token);
  gboolean unblocks, with_puk, with_portal;

  eonay_token_get_pin_state (self->token, self->certificate, &pin);
  unblocks = eonay_pin_rules_can_unblock (self->token, self->certificate);
  with_puk = unblocks && has_action (self, "unblock-puk");
  with_portal = unblocks && has_action (self, "unblock-portal");

  gtk_widget_set_visible (self->change, usable && !pin.blocked && has_action (self, "change-pin"));
  gtk_widget_set_visible (self->with_puk, with_puk);
  gtk_widget_set_visible (self->with_portal, with_portal);
  gtk_widget_set_visible (GTK_WIDGET (self->unblock), with_puk || with_portal);
  adw_expander_row_set_subtitle (self->unblock, pin.blocked ? _ ("Choose how to unblock the PIN")
                                                            : _ ("If you have forgotten the PIN"));
  if (pin.blocked != self->was_blocked)
    adw_expander_row_set_expanded (self->unblock, pin.blocked);
  self->was_blocked = pin.blocked;
}

static void
eonay_pin_group_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (eonay_pin_group_parent_class)->map (widget);
  show_actions (EONAY_PIN_GROUP (widget));
}

static void
eonay_pin_group_class_init (EonayPinGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = eonay_pin_group_dispose;
  GTK_WIDGET_CLASS (klass)->map = eonay_pin_group_map;
}

static GtkWidget *
make_act_row (const char *title, const char *subtitle, const char *action)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "subtitle-lines", 0,
                                 "activatable", TRUE, NULL);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             g_object_new (GTK_TYPE_IMAGE, "icon-name", "go-next-symbolic",
                                           "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                           NULL));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), action);
  gtk_widget_add_css_class (row, "fact");

  return row;
}

static void
add_acts (EonayPinGroup *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (self);

  self->change = make_act_row (_ ("Change PIN"), NULL, "win.change-pin");
  self->unblock = g_object_new (ADW_TYPE_EXPANDER_ROW, "use-markup", FALSE, NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->unblock), _ ("Unblock the PIN"));
  self->with_puk = make_act_row (
      _ ("With the PUK"),
      _ ("It is in your PIN/PUK letter, or in “Sertifika PIN/PUK Bilgisi” on the portal."),
      "win.unblock-puk");
  self->with_portal = make_act_row (_ ("With a code of the portal"),
                                    _ ("With your security word and an SMS; no PUK is needed."),
                                    "win.unblock-portal");
  gtk_widget_add_css_class (GTK_WIDGET (self->unblock), "fact");
  adw_expander_row_add_row (self->unblock, self->with_puk);
  adw_expander_row_add_row (self->unblock, self->with_portal);
  eonay_accessible_name_expander (self->unblock, _ ("Unblock the PIN"));
  adw_preferences_group_add (group, self->change);
  adw_preferences_group_add (group, GTK_WIDGET (self->unblock));
}

static void
eonay_pin_group_init (EonayPinGroup *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (self);

  self->pin = EONAY_TRIES_ROW (eonay_tries_row_new (_ ("PIN")));
  self->puk = EONAY_TRIES_ROW (eonay_tries_row_new (_ ("PUK")));
  self->trouble = g_object_new (ADW_TYPE_ACTION_ROW, "icon-name", "dialog-warning-symbolic",
                                "use-markup", FALSE, "title-lines", 0, "subtitle-lines", 0, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->trouble), "fact");
  adw_preferences_group_add (group, GTK_WIDGET (self->pin));
  adw_preferences_group_add (group, GTK_WIDGET (self->puk));
  adw_preferences_group_add (group, GTK_WIDGET (self->trouble));
  add_acts (self);
}

/* What stands in the way of every use of the PIN, or makes its blocking final. */
static void
show_trouble (EonayPinGroup *self, const EonayPinState *pin, const EonayPinState *puk)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EonayAdvice) advice = NULL;
  g_autofree char *remedy = NULL;

  if (eonay_token_check_request (self->token, EONAY_TOKEN_REQUEST_CHANGE_PIN, self->certificate,
                                 &error) &&
      puk->blocked)
    g_set_error_literal (&error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PUK_BLOCKED, "");
  else if (error == NULL && pin->blocked)
    eonay_token_check_request (self->token, EONAY_TOKEN_REQUEST_UNBLOCK, self->certificate, &error);

  gtk_widget_set_visible (GTK_WIDGET (self->trouble), error != NULL);
  if (error == NULL)
    return;

  advice = eonay_advice_new (error);
  remedy = g_strdup_printf ("%s · %s", advice->remedy, advice->code);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->trouble), advice->what);
  adw_action_row_set_subtitle (self->trouble, remedy);
}

static void
update (EonayPinGroup *self)
{
  EonayPinState pin, puk;

  eonay_token_get_pin_state (self->token, self->certificate, &pin);
  eonay_token_get_puk_state (self->token, self->certificate, &puk);
  eonay_tries_row_set_state (self->pin, &pin, self->asking);
  eonay_tries_row_set_state (self->puk, &puk, self->asking);
  show_trouble (self, &pin, &puk);
  show_actions (self);
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (EonayPinGroup) self = user_data;

  eonay_token_request_finish (EONAY_TOKEN (source), result, NULL);
  self->asking = FALSE;
  if (self->token != NULL)
    update (self);
}

/* A card that was just read has not told yet, which is not the same as that it does not tell. */
static void
ask (EonayPinGroup *self)
{
  EonayPinState pin;

  eonay_token_get_pin_state (self->token, self->certificate, &pin);
  if (pin.known)
    return;

  self->asking = TRUE;
  eonay_token_refresh_async (self->token, NULL, asked_cb, g_object_ref (self));
}

/* What win.change-pin and win.unblock-puk are to work on. */
static void
aim_actions (EonayPinGroup *self)
{
  const char *reader = eonay_token_get_reader_name (self->token);
  g_autofree char *fingerprint =
      self->certificate != NULL
          ? g_compute_checksum_for_bytes (G_CHECKSUM_SHA256,
                                          eonay_token_certificate_get_der (self->certificate))
          : g_strdup ("");

  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->change), "(ss)", reader, fingerprint);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->with_puk), "(ss)", reader, fingerprint);
}

GtkWidget *
eonay_pin_group_new (EonayToken *token, EonayTokenCertificate *certificate, const char *title)
{
  EonayPinGroup *self = g_object_new (EONAY_TYPE_PIN_GROUP, "title", title, NULL);

  g_set_object (&self->token, token);
  g_set_object (&self->certificate, certificate);
  g_signal_connect_object (token, "notify::pin-state", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  aim_actions (self);
  ask (self);
  update (self);

  return GTK_WIDGET (self);
}

gboolean
eonay_pin_group_is_of (EonayPinGroup *self, EonayTokenCertificate *certificate)
{
  g_return_val_if_fail (EONAY_IS_PIN_GROUP (self), FALSE);

  return self->certificate == NULL ||
         eonay_token_shares_pin (self->token, self->certificate, certificate);
}

void
eonay_pin_group_offer_unblocking (EonayPinGroup *self)
{
  g_return_if_fail (EONAY_IS_PIN_GROUP (self));

  if (!gtk_widget_get_visible (GTK_WIDGET (self->unblock)))
    return;

  adw_expander_row_set_expanded (self->unblock, TRUE);
  gtk_widget_grab_focus (gtk_widget_get_visible (self->with_puk) ? self->with_puk
                                                                 : self->with_portal);
}
