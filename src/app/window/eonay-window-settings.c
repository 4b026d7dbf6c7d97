#include "app/preferences/eonay-preferences.h"
#include "app/window/eonay-window-private.h"

static void
offer_portals (EonayWindow *self)
{
  g_autoptr (GListModel) offered = NULL;

  if (self->controller != NULL)
    return;

  offered = eonay_settings_offer_portals (self->settings, G_LIST_MODEL (self->portals));
  eonay_sign_view_set_portals (self->sign_view, offered);
}

static void
modules_cb (EonayWindow *self)
{
  g_auto (GStrv) picked = eonay_settings_dup_modules (self->settings);

  if (self->modules != NULL)
    eonay_module_discovery_set_picked (self->modules, (const char *const *) picked);
}

static void
experimental_cb (EonayWindow *self)
{
  if (self->readers != NULL)
    eonay_reader_list_reconsider (self->readers);
}

static void
restore_size (EonayWindow *self)
{
  gtk_window_set_default_size (GTK_WINDOW (self),
                               g_settings_get_int (self->settings, "window-width"),
                               g_settings_get_int (self->settings, "window-height"));
  if (g_settings_get_boolean (self->settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
}

void
eonay_window_save_size (EonayWindow *self)
{
  int width;
  int height;

  if (self->settings == NULL)
    return;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  g_settings_set_boolean (self->settings, "window-maximized",
                          gtk_window_is_maximized (GTK_WINDOW (self)));
  if (width > 0 && height > 0)
    {
      g_settings_set_int (self->settings, "window-width", width);
      g_settings_set_int (self->settings, "window-height", height);
    }
}

void
eonay_window_load_portals (EonayWindow *self)
{
  if (self->portals == NULL)
    {
      self->portals = g_list_store_new (EONAY_TYPE_PORTAL_PROFILE);
      g_signal_connect_object (self->portals, "items-changed", G_CALLBACK (offer_portals), self,
                               G_CONNECT_SWAPPED);
    }
  eonay_portal_profile_reload (self->portals, eonay_settings_has_own_portals (self->settings));
}

void
eonay_window_open_preferences (EonayWindow *self)
{
  g_return_if_fail (EONAY_IS_WINDOW (self));

  if (self->settings == NULL)
    return;

  if (self->preferences == NULL)
    {
      eonay_window_load_portals (self);
      self->preferences = eonay_preferences_new (GTK_WINDOW (self), self->settings, self->portals);
      g_object_add_weak_pointer (G_OBJECT (self->preferences), (gpointer *) &self->preferences);
    }
  gtk_window_present (GTK_WINDOW (self->preferences));
}

void
eonay_window_load_settings (EonayWindow *self)
{
  const struct {
    const char *signal;
    GCallback callback;
  } follows[] = {
    { "changed::portal", G_CALLBACK (offer_portals) },
    { "writable-changed::portal", G_CALLBACK (offer_portals) },
    { "changed::pkcs11-modules", G_CALLBACK (modules_cb) },
    { "changed::experimental-akis", G_CALLBACK (experimental_cb) },
  };

  self->settings = eonay_settings_new ();
  eonay_sign_view_set_settings (self->sign_view, self->settings);
  if (self->settings == NULL)
    return;

  restore_size (self);
  g_settings_bind (self->settings, "large-countdown", self->large_clock, "visible",
                   G_SETTINGS_BIND_GET);
  g_settings_bind (self->settings, "large-countdown", self->small_clock, "visible",
                   G_SETTINGS_BIND_GET | G_SETTINGS_BIND_INVERT_BOOLEAN);
  for (gsize i = 0; i < G_N_ELEMENTS (follows); i++)
    g_signal_connect_object (self->settings, follows[i].signal, follows[i].callback, self,
                             G_CONNECT_SWAPPED);
}
