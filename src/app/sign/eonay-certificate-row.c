#include "app/sign/eonay-certificate-row.h"

#include <glib/gi18n-lib.h>

#include "app/widgets/eonay-announcement.h"
#include "app/widgets/eonay-labels.h"

struct _EonayCertificateRow {
  AdwActionRow parent_instance;

  EonayCandidate *candidate;
  GtkWidget *radio;
};

G_DEFINE_FINAL_TYPE (EonayCertificateRow, eonay_certificate_row, ADW_TYPE_ACTION_ROW)

static void
eonay_certificate_row_dispose (GObject *object)
{
  g_clear_object (&EONAY_CERTIFICATE_ROW (object)->candidate);

  G_OBJECT_CLASS (eonay_certificate_row_parent_class)->dispose (object);
}

static void
eonay_certificate_row_class_init (EonayCertificateRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = eonay_certificate_row_dispose;
}

static void
eonay_certificate_row_init (EonayCertificateRow *self)
{
  self->radio = gtk_check_button_new ();
  gtk_widget_set_valign (self->radio, GTK_ALIGN_CENTER);
  adw_action_row_add_prefix (ADW_ACTION_ROW (self), self->radio);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (self), 2);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self), 0);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "certificate");
}

static void
add_tag (EonayCertificateRow *self)
{
  g_autofree char *tag = eonay_labels_candidate_tag (self->candidate);
  GtkWidget *label = gtk_label_new (tag);

  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (label, "tag");
  gtk_widget_add_css_class (label, eonay_candidate_is_usable (self->candidate) ? "good" : "poor");
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), label);
}

/* Unblocking is all that is missing, and that is where it is done. */
static void
lead_to_my_card (EonayCertificateRow *self)
{
  GtkWidget *arrow = g_object_new (GTK_TYPE_IMAGE, "icon-name", "go-next-symbolic",
                                   "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  adw_action_row_add_suffix (ADW_ACTION_ROW (self), arrow);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), TRUE);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self), "s", "card");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self), "win.show-view");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), _ ("Open My Card"));
}

GtkWidget *
eonay_certificate_row_new (EonayCandidate *candidate, EonayCertificateRow *group,
                           gboolean tell_apart)
{
  EonayCertificateRow *self = g_object_new (EONAY_TYPE_CERTIFICATE_ROW, NULL);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *subtitle = eonay_labels_candidate_subtitle (candidate, now, tell_apart);
  const char *holder = eonay_certificate_get_holder (eonay_candidate_get_certificate (candidate));
  gboolean usable = eonay_candidate_is_usable (candidate);

  self->candidate = g_object_ref (candidate);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), holder);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
  add_tag (self);

  if (group != NULL)
    gtk_check_button_set_group (GTK_CHECK_BUTTON (self->radio), GTK_CHECK_BUTTON (group->radio));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->radio), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  holder, -1);
  eonay_announcement_describe (self->radio, subtitle);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, holder, -1);

  if (eonay_candidate_get_reasons (candidate) == EONAY_CANDIDATE_PIN_BLOCKED)
    lead_to_my_card (self);

  /* The row itself stays sensitive: its reason is there to be read. */
  gtk_widget_set_sensitive (self->radio, usable);
  if (usable)
    adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), self->radio);
  /* One stop for Tab: where it can be chosen, or else where its reason is. */
  gtk_widget_set_focusable (GTK_WIDGET (self), !usable);

  return GTK_WIDGET (self);
}

EonayCandidate *
eonay_certificate_row_get_candidate (EonayCertificateRow *self)
{
  g_return_val_if_fail (EONAY_IS_CERTIFICATE_ROW (self), NULL);

  return self->candidate;
}

GtkCheckButton *
eonay_certificate_row_get_radio (EonayCertificateRow *self)
{
  g_return_val_if_fail (EONAY_IS_CERTIFICATE_ROW (self), NULL);

  return GTK_CHECK_BUTTON (self->radio);
}
