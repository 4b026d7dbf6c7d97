#include "app/card/eonay-validity-row.h"

#include "app/widgets/eonay-card-words.h"
#include "app/widgets/eonay-labels.h"
#include "session/eonay-words.h"

struct _EonayValidityRow {
  AdwPreferencesRow parent_instance;

  GtkLabel *holder;
  GtkLabel *provider;
  GtkLabel *tag;
  GtkLevelBar *bar;
  GtkWidget *validity_icon;
  GtkLabel *validity;
  GtkLabel *renewal;

  EonayCandidate *candidate;
};

G_DEFINE_FINAL_TYPE (EonayValidityRow, eonay_validity_row, ADW_TYPE_PREFERENCES_ROW)

static void
eonay_validity_row_dispose (GObject *object)
{
  g_clear_object (&EONAY_VALIDITY_ROW (object)->candidate);

  G_OBJECT_CLASS (eonay_validity_row_parent_class)->dispose (object);
}

static void
eonay_validity_row_class_init (EonayValidityRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = eonay_validity_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/eonay/Eonay/ui/eonay-validity-row.ui");
  gtk_widget_class_bind_template_child (widget_class, EonayValidityRow, holder);
  gtk_widget_class_bind_template_child (widget_class, EonayValidityRow, provider);
  gtk_widget_class_bind_template_child (widget_class, EonayValidityRow, tag);
  gtk_widget_class_bind_template_child (widget_class, EonayValidityRow, bar);
  gtk_widget_class_bind_template_child (widget_class, EonayValidityRow, validity_icon);
  gtk_widget_class_bind_template_child (widget_class, EonayValidityRow, validity);
  gtk_widget_class_bind_template_child (widget_class, EonayValidityRow, renewal);
}

static void
eonay_validity_row_init (EonayValidityRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  /* Colour goes by the words beside the bar: its own would call what is used up good. */
  gtk_level_bar_remove_offset_value (self->bar, NULL);
}

static void
set_style (GtkWidget *widget, const char *style)
{
  gtk_widget_remove_css_class (widget, "warning");
  gtk_widget_remove_css_class (widget, "error");
  if (style != NULL)
    gtk_widget_add_css_class (widget, style);
}

static void
show_tag (EonayValidityRow *self)
{
  g_autofree char *tag = eonay_labels_candidate_tag (self->candidate);
  gboolean usable = eonay_candidate_is_usable (self->candidate);

  gtk_label_set_label (self->tag, tag);
  gtk_widget_remove_css_class (GTK_WIDGET (self->tag), usable ? "poor" : "good");
  gtk_widget_add_css_class (GTK_WIDGET (self->tag), usable ? "good" : "poor");
}

/* The guides speak of certificates that sign; a provider's own on the card needs no renewing. */
static EonayRenewal
renewal_of (EonayValidityRow *self, GDateTime *now)
{
  EonayCertificate *certificate = eonay_candidate_get_certificate (self->candidate);

  return eonay_token_certificate_has_key (eonay_candidate_get_token_certificate (self->candidate))
             ? eonay_card_words_find_renewal (certificate, now)
             : EONAY_RENEWAL_NONE;
}

static void
show_validity (EonayValidityRow *self, GDateTime *now)
{
  EonayCertificate *certificate = eonay_candidate_get_certificate (self->candidate);
  g_autofree char *words = eonay_card_words_validity (certificate, now);
  EonayRenewal renewal = renewal_of (self, now);
  const char *advice = eonay_card_words_renewal (renewal);
  const char *style = eonay_card_words_renewal_style (renewal);

  gtk_label_set_label (self->validity, words);
  gtk_level_bar_set_value (self->bar, eonay_card_words_validity_elapsed (certificate, now));
  gtk_label_set_label (self->renewal, advice);
  gtk_widget_set_visible (GTK_WIDGET (self->renewal), *advice != '\0');
  gtk_widget_set_visible (self->validity_icon, style != NULL);
  set_style (self->validity_icon, style);
  set_style (GTK_WIDGET (self->validity), style);
  set_style (GTK_WIDGET (self->bar), style);
}

static void
name_row (EonayValidityRow *self)
{
  const char *holder = gtk_label_get_label (self->holder);
  g_autofree char *rest = g_strjoin (" · ", gtk_label_get_label (self->tag),
                                     gtk_label_get_label (self->provider),
                                     gtk_label_get_label (self->validity), NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, holder,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, rest, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_label_get_label (self->validity), -1);
}

void
eonay_validity_row_set_candidate (EonayValidityRow *self, EonayCandidate *candidate, GDateTime *now)
{
  EonayCertificate *certificate;
  g_autofree char *driver = NULL;
  g_autofree char *provider = NULL;

  g_return_if_fail (EONAY_IS_VALIDITY_ROW (self));
  g_return_if_fail (EONAY_IS_CANDIDATE (candidate));

  certificate = eonay_candidate_get_certificate (candidate);
  driver = eonay_words_driver (eonay_candidate_get_token (candidate));
  provider = g_strjoin (" · ", eonay_certificate_get_provider (certificate),
                        eonay_certificate_get_key_name (certificate), driver, NULL);
  g_set_object (&self->candidate, candidate);
  gtk_label_set_label (self->holder, eonay_certificate_get_holder (certificate));
  gtk_label_set_label (self->provider, provider);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self),
                                 eonay_certificate_get_holder (certificate));
  show_tag (self);
  show_validity (self, now);
  name_row (self);
  gtk_actionable_set_action_target (
      GTK_ACTIONABLE (self), "(ss)",
      eonay_token_get_reader_name (eonay_candidate_get_token (candidate)),
      eonay_certificate_get_fingerprint (certificate));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self), "win.show-certificate");
}

GtkWidget *
eonay_validity_row_new (EonayCandidate *candidate, GDateTime *now)
{
  EonayValidityRow *self = g_object_new (EONAY_TYPE_VALIDITY_ROW, NULL);

  eonay_validity_row_set_candidate (self, candidate, now);

  return GTK_WIDGET (self);
}

EonayCandidate *
eonay_validity_row_get_candidate (EonayValidityRow *self)
{
  g_return_val_if_fail (EONAY_IS_VALIDITY_ROW (self), NULL);

  return self->candidate;
}
