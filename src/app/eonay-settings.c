#include "app/eonay-settings.h"

#include "card/eonay-card-options.h"
#include "eonay-config.h"

#define EXPERIMENTAL_AKIS "experimental-akis"

static void
on_experimental_akis (GSettings *settings)
{
  eonay_card_options_set_experimental_akis (g_settings_get_boolean (settings, EXPERIMENTAL_AKIS));
}

GSettings *
eonay_settings_new (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;
  GSettings *settings = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, EONAY_APPLICATION_ID, TRUE);

  if (schema == NULL)
    return NULL;

  settings = g_settings_new_full (schema, NULL, NULL);
  g_signal_connect (settings, "changed::" EXPERIMENTAL_AKIS, G_CALLBACK (on_experimental_akis),
                    NULL);
  on_experimental_akis (settings);

  return settings;
}

char **
eonay_settings_dup_modules (GSettings *settings)
{
  return settings != NULL ? g_settings_get_strv (settings, "pkcs11-modules") : g_new0 (char *, 1);
}

void
eonay_settings_restore_window (GSettings *settings, GtkWindow *window)
{
  if (settings == NULL)
    return;

  gtk_window_set_default_size (window, g_settings_get_int (settings, "window-width"),
                               g_settings_get_int (settings, "window-height"));
  if (g_settings_get_boolean (settings, "window-maximized"))
    gtk_window_maximize (window);
}

void
eonay_settings_save_window (GSettings *settings, GtkWindow *window)
{
  int width;
  int height;

  if (settings == NULL)
    return;

  gtk_window_get_default_size (window, &width, &height);
  g_settings_set_boolean (settings, "window-maximized", gtk_window_is_maximized (window));
  if (width > 0 && height > 0) {
    g_settings_set_int (settings, "window-width", width);
    g_settings_set_int (settings, "window-height", height);
  }
}
