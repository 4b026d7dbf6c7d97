#include "session/eonay-settings.h"

#include "eonay-config.h"
#include "portal/eonay-portal-profile.h"

GSettings *
eonay_settings_new (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, EONAY_APPLICATION_ID, TRUE);

  if (schema == NULL)
    {
      g_message ("The settings (%s) are not installed: only installed portals and modules are used",
                 EONAY_APPLICATION_ID);
      return NULL;
    }

  return g_settings_new_full (schema, NULL, NULL);
}

void
eonay_settings_bind_readers (GSettings *settings, EonayReaderList *readers)
{
  if (settings != NULL)
    g_settings_bind (settings, "experimental-akis", readers, "allow-experimental",
                     G_SETTINGS_BIND_GET);
}

gboolean
eonay_settings_is_locked (GSettings *settings, const char *key)
{
  return settings != NULL && !g_settings_is_writable (settings, key);
}

char **
eonay_settings_dup_modules (GSettings *settings)
{
  return settings != NULL ? g_settings_get_strv (settings, "pkcs11-modules") : g_new0 (char *, 1);
}

static char *
dup_preset (GSettings *settings)
{
  g_autofree char *preset = settings != NULL ? g_settings_get_string (settings, "portal") : NULL;

  return preset != NULL && *preset != '\0' ? g_steal_pointer (&preset) : NULL;
}

char *
eonay_settings_dup_portal (GSettings *settings)
{
  char *preset = dup_preset (settings);

  if (preset != NULL || settings == NULL)
    return preset;

  return g_settings_get_string (settings, "last-portal");
}

gboolean
eonay_settings_has_own_portals (GSettings *settings)
{
  return settings != NULL && !eonay_settings_is_locked (settings, "portal");
}

GListModel *
eonay_settings_offer_portals (GSettings *settings, GListModel *profiles)
{
  g_autofree char *preset = dup_preset (settings);
  GListStore *only;
  EonayPortalProfile *profile;

  g_return_val_if_fail (G_IS_LIST_MODEL (profiles), NULL);

  if (preset == NULL || !eonay_settings_is_locked (settings, "portal"))
    return g_object_ref (profiles);

  only = g_list_store_new (EONAY_TYPE_PORTAL_PROFILE);
  profile = eonay_portal_profile_find (profiles, preset);
  if (profile != NULL)
    g_list_store_append (only, profile);

  return G_LIST_MODEL (only);
}

void
eonay_settings_remember (GSettings *settings, const char *key, const char *text)
{
  if (settings != NULL && g_settings_is_writable (settings, key) &&
      g_utf8_validate (text, -1, NULL))
    g_settings_set_string (settings, key, text);
}
