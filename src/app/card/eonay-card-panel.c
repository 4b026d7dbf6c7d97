#include "app/card/eonay-card-panel.h"

#include <glib/gi18n-lib.h>

#include "app/card/eonay-validity-row.h"
#include "app/pin/eonay-pin-group.h"
#include "app/widgets/eonay-accessible-name.h"
#include "app/widgets/eonay-card-words.h"
#include "app/widgets/eonay-copy-row.h"
#include "session/eonay-advice.h"
#include "session/eonay-words.h"

struct _EonayCardPanel {
  GtkBox parent_instance;

  AdwExpanderRow *card;
  EonayCopyRow *serial;
  EonayCopyRow *label;
  GPtrArray *rows; /* of EonayValidityRow, as long as the panel */

  EonayToken *token;
};

G_DEFINE_FINAL_TYPE (EonayCardPanel, eonay_card_panel, GTK_TYPE_BOX)

static void
eonay_card_panel_dispose (GObject *object)
{
  EonayCardPanel *self = EONAY_CARD_PANEL (object);

  if (self->token != NULL)
    g_signal_handlers_disconnect_by_data (self->token, self);
  g_clear_object (&self->token);
  g_clear_pointer (&self->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (eonay_card_panel_parent_class)->dispose (object);
}

static void
eonay_card_panel_class_init (EonayCardPanelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = eonay_card_panel_dispose;
}

static void
eonay_card_panel_init (EonayCardPanel *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 24);
  self->rows = g_ptr_array_new ();
}

static AdwPreferencesGroup *
add_group (EonayCardPanel *self, const char *title)
{
  GtkWidget *group = g_object_new (ADW_TYPE_PREFERENCES_GROUP, "title", title, NULL);

  gtk_box_append (GTK_BOX (self), group);

  return ADW_PREFERENCES_GROUP (group);
}

static EonayCopyRow *
add_fact (EonayCardPanel *self, const char *title, const char *value)
{
  GtkWidget *row = eonay_copy_row_new (title);

  adw_expander_row_add_row (self->card, row);
  eonay_copy_row_set_value (EONAY_COPY_ROW (row), value, NULL);

  return EONAY_COPY_ROW (row);
}

static void
add_card (EonayCardPanel *self)
{
  AdwPreferencesGroup *group = add_group (self, _ ("Card"));
  g_autofree char *backend = eonay_card_words_backend (eonay_token_get_backend (self->token));

  self->card = g_object_new (ADW_TYPE_EXPANDER_ROW, "icon-name", "auth-smartcard-symbolic",
                             "use-markup", FALSE, NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->card),
                                 eonay_token_get_model (self->token));
  gtk_widget_add_css_class (GTK_WIDGET (self->card), "fact");
  adw_preferences_group_add (group, GTK_WIDGET (self->card));
  eonay_accessible_name_expander (self->card, _ ("Card"));
  self->serial = add_fact (self, _ ("Serial number"), NULL);
  self->label = add_fact (self, _ ("Label"), NULL);
  add_fact (self, _ ("Card reader"), eonay_token_get_reader_name (self->token));
  add_fact (self, _ ("Used through"), backend);
}

/* Some cards carry the holder's T.C. Kimlik No there, and this page is shown to others. */
static void
show_card (EonayCardPanel *self)
{
  g_autofree char *serial = eonay_words_mask (eonay_token_get_serial (self->token));
  g_autofree char *label = eonay_words_mask (eonay_token_get_label (self->token));
  g_autofree char *subtitle = *serial != '\0'
                                  ? g_strdup_printf (_ ("Serial number %s"), serial)
                                  : g_strdup (eonay_token_get_reader_name (self->token));

  adw_expander_row_set_subtitle (self->card, subtitle);
  eonay_copy_row_set_value (self->serial, serial, NULL);
  eonay_copy_row_set_value (self->label, label, NULL);
}

static EonayTokenCertificate *
find_same_pin (EonayToken *token, GPtrArray *found, EonayTokenCertificate *certificate)
{
  for (guint i = 0; i < found->len; i++)
    if (eonay_token_shares_pin (token, found->pdata[i], certificate))
      return found->pdata[i];

  return NULL;
}

/** Returns: (transfer full): a certificate for each PIN that the card's keys have */
static GPtrArray *
find_pins (EonayToken *token)
{
  GListModel *certificates = eonay_token_get_certificates (token);
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (certificates); i++)
    {
      g_autoptr (EonayTokenCertificate) item = g_list_model_get_item (certificates, i);

      if (eonay_token_certificate_has_key (item) && find_same_pin (token, found, item) == NULL)
        g_ptr_array_add (found, g_steal_pointer (&item));
    }

  return found;
}

static void
add_pins (EonayCardPanel *self)
{
  g_autoptr (GPtrArray) pins = find_pins (self->token);

  if (pins->len == 0)
    gtk_box_append (GTK_BOX (self), eonay_pin_group_new (self->token, NULL, _ ("PIN")));

  for (guint i = 0; i < pins->len; i++)
    {
      EonayTokenCertificate *item = pins->pdata[i];
      g_autoptr (EonayCertificate) certificate =
          eonay_certificate_new (eonay_token_certificate_get_der (item), NULL);
      GtkWidget *group = eonay_pin_group_new (self->token, item, _ ("PIN"));

      if (pins->len > 1 && certificate != NULL)
        {
          g_autofree char *words = eonay_card_words_certificate (certificate);
          g_autofree char *escaped = g_markup_escape_text (words, -1);

          adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), escaped);
        }
      gtk_box_append (GTK_BOX (self), group);
    }
}

static EonayCandidate *
judge (EonayCardPanel *self, EonayTokenCertificate *item, EonayCertificate *certificate,
       GDateTime *now)
{
  return eonay_candidate_new (self->token, item, certificate,
                              eonay_candidate_judge (self->token, item, certificate, NULL, now));
}

/* One that cannot be parsed is there all the same, and the helpdesk should hear of it. */
static GtkWidget *
make_unreadable_row (const GError *error)
{
  g_autoptr (EonayAdvice) advice = eonay_advice_new (error);

  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "icon-name", "dialog-warning-symbolic",
                                 "use-markup", FALSE, NULL);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), advice->what);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), advice->code);

  return row;
}

static void
add_certificates (EonayCardPanel *self)
{
  GListModel *certificates = eonay_token_get_certificates (self->token);
  AdwPreferencesGroup *group = add_group (self, _ ("Certificates"));
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  guint n_items = g_list_model_get_n_items (certificates);

  if (n_items == 0)
    adw_preferences_group_set_description (group, _ ("There is no certificate on the card."));

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (EonayTokenCertificate) item = g_list_model_get_item (certificates, i);
      g_autoptr (GError) error = NULL;
      g_autoptr (EonayCertificate) certificate =
          eonay_certificate_new (eonay_token_certificate_get_der (item), &error);
      g_autoptr (EonayCandidate) candidate = NULL;
      GtkWidget *row;

      if (certificate == NULL)
        {
          adw_preferences_group_add (group, make_unreadable_row (error));
          continue;
        }
      candidate = judge (self, item, certificate, now);
      row = eonay_validity_row_new (candidate, now);
      adw_preferences_group_add (group, row);
      g_ptr_array_add (self->rows, row);
    }
}

/* A PIN that is blocked or unblocked changes what its certificates are good for. */
static void
update (EonayCardPanel *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  show_card (self);
  for (guint i = 0; i < self->rows->len; i++)
    {
      EonayCandidate *old = eonay_validity_row_get_candidate (self->rows->pdata[i]);
      g_autoptr (EonayCandidate) candidate = judge (self,
                                                    eonay_candidate_get_token_certificate (old),
                                                    eonay_candidate_get_certificate (old), now);

      eonay_validity_row_set_candidate (self->rows->pdata[i], candidate, now);
    }
}

GtkWidget *
eonay_card_panel_new (EonayToken *token)
{
  EonayCardPanel *self = g_object_new (EONAY_TYPE_CARD_PANEL, NULL);

  self->token = g_object_ref (token);
  add_card (self);
  add_pins (self);
  add_certificates (self);
  show_card (self);
  g_signal_connect_object (token, "notify::pin-state", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}

EonayToken *
eonay_card_panel_get_token (EonayCardPanel *self)
{
  g_return_val_if_fail (EONAY_IS_CARD_PANEL (self), NULL);

  return self->token;
}

void
eonay_card_panel_offer_unblocking (EonayCardPanel *self, EonayTokenCertificate *certificate)
{
  g_return_if_fail (EONAY_IS_CARD_PANEL (self));

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (EONAY_IS_PIN_GROUP (child) && eonay_pin_group_is_of (EONAY_PIN_GROUP (child), certificate))
      {
        eonay_pin_group_offer_unblocking (EONAY_PIN_GROUP (child));
        return;
      }
}
