#include "app/sign/eonay-progress-page.h"

#include <glib/gi18n-lib.h>

#include "app/widgets/eonay-announcement.h"
#include "app/widgets/eonay-labels.h"

struct _EonayProgressPage {
  AdwBin parent_instance;

  GtkSpinner *spinner;
  GtkLabel *title;
  GtkLabel *description;
};

G_DEFINE_FINAL_TYPE (EonayProgressPage, eonay_progress_page, ADW_TYPE_BIN)

static void
eonay_progress_page_class_init (EonayProgressPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/eonay/Eonay/ui/eonay-progress-page.ui");
  gtk_widget_class_bind_template_child (widget_class, EonayProgressPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, EonayProgressPage, title);
  gtk_widget_class_bind_template_child (widget_class, EonayProgressPage, description);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_STATUS);
}

static void
eonay_progress_page_init (EonayProgressPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
eonay_progress_page_new (void)
{
  return g_object_new (EONAY_TYPE_PROGRESS_PAGE, NULL);
}

void
eonay_progress_page_set_state (EonayProgressPage *self, EonaySessionState state)
{
  gboolean on_card = state == EONAY_SESSION_SIGNING;
  const char *title = on_card ? _ ("The card is signing…") : _ ("Sending the signature…");

  g_return_if_fail (EONAY_IS_PROGRESS_PAGE (self));

  gtk_spinner_set_spinning (self->spinner, eonay_labels_state_is_signing (state));
  if (!eonay_labels_state_is_signing (state))
    return;

  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->description,
                       on_card ? _ ("Leave the card in the reader.")
                               : _ ("The signature is made and on its way to the portal."));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  eonay_announcement_make (GTK_WIDGET (self), title);
}
