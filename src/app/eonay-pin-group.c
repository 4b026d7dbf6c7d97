#include "app/eonay-pin-group.h"

#include <glib/gi18n-lib.h>

#include "app/eonay-tries-row.h"
#include "base/eonay-error.h"
#include "session/eonay-advice.h"

struct _EonayPinGroup {
  AdwPreferencesGroup parent_instance;

  EonayTriesRow *pin;
  EonayTriesRow *puk;
  AdwActionRow *trouble;

  EonayToken *token;
  EonayTokenCertificate *certificate;
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

static void
eonay_pin_group_class_init (EonayPinGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = eonay_pin_group_dispose;
}

static void
eonay_pin_group_init (EonayPinGroup *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (self);

  self->pin = EONAY_TRIES_ROW (eonay_tries_row_new (_("PIN")));
  self->puk = EONAY_TRIES_ROW (eonay_tries_row_new (_("PUK")));
  self->trouble = g_object_new (ADW_TYPE_ACTION_ROW, "icon-name", "dialog-warning-symbolic",
                                "use-markup", FALSE, "title-lines", 0, "subtitle-lines", 0, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->trouble), "fact");
  adw_preferences_group_add (group, GTK_WIDGET (self->pin));
  adw_preferences_group_add (group, GTK_WIDGET (self->puk));
  adw_preferences_group_add (group, GTK_WIDGET (self->trouble));
}

/* What stands in the way of every use of the PIN, or makes its blocking final. */
static void
show_trouble (EonayPinGroup *self, const EonayPinState *puk)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EonayAdvice) advice = NULL;
  g_autofree char *remedy = NULL;

  if (!eonay_token_can_use_keys (self->token))
    g_set_error_literal (&error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_MODULE_NEEDED, "");
  else if (puk->blocked)
    g_set_error_literal (&error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PUK_BLOCKED, "");

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
  eonay_tries_row_set_state (self->pin, &pin);
  eonay_tries_row_set_state (self->puk, &puk);
  show_trouble (self, &puk);
}

GtkWidget *
eonay_pin_group_new (EonayToken *token, EonayTokenCertificate *certificate, const char *title)
{
  EonayPinGroup *self = g_object_new (EONAY_TYPE_PIN_GROUP, "title", title, NULL);

  g_set_object (&self->token, token);
  g_set_object (&self->certificate, certificate);
  g_signal_connect_object (token, "notify::pin-state", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);

  return GTK_WIDGET (self);
}
