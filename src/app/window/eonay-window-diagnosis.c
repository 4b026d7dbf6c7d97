#include "app/diagnosis/eonay-diagnosis-window.h"
#include "app/window/eonay-window-private.h"

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
open_anew (EonayWindow *self)
{
  g_autoptr (GListModel) portals = list_portals (self);
  g_autoptr (EonayDiagnosis) diagnosis = eonay_diagnosis_new (self->readers, portals,
                                                              self->controller != NULL, NULL);

  return eonay_diagnosis_window_new (GTK_WINDOW (self), diagnosis);
}

/* What it looks at may still be on its way when the window has just been opened. */
static gboolean
can_open (EonayWindow *self)
{
  return self->readers != NULL &&
         (self->controller == NULL ||
          eonay_practice_controller_get_profile (self->controller) != NULL);
}

void
eonay_window_continue_diagnosis (EonayWindow *self)
{
  if (self->awaits_diagnosis && can_open (self))
    eonay_window_open_diagnosis (self);
}

void
eonay_window_open_diagnosis (EonayWindow *self)
{
  g_return_if_fail (EONAY_IS_WINDOW (self));

  self->awaits_diagnosis = !can_open (self);
  if (self->awaits_diagnosis)
    return;

  if (self->diagnosis == NULL)
    g_set_weak_pointer (&self->diagnosis, open_anew (self));
  gtk_window_present (GTK_WINDOW (self->diagnosis));
}
