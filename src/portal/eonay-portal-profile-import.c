#include "portal/eonay-portal-profile-import.h"

#include <errno.h>
#include <string.h>

#include "base/eonay-error.h"
#include "base/eonay-private-file.h"
#include "eonay-config.h"
#include "portal/eonay-portal-ca.h"
#include "portal/eonay-portal-private.h"
#include "portal/message/eonay-json.h"

#define FOLDER_MODE 0700

static GFile *
get_own_folder (void)
{
  return g_file_new_build_filename (g_get_user_config_dir (), "eonay", "portals.d", NULL);
}

/* @cause: (nullable): its message is for the log */
static void
refuse (GError **error, EonayPortalError code, const GError *cause)
{
  g_set_error_literal (error, EONAY_PORTAL_ERROR, (int) code,
                       cause != NULL ? cause->message : "The portal profile cannot be added");
}

static EonayPortalProfile *
load (GFile *file, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (GBytes) text = eonay_portal_profile_read_file (file, &cause);
  g_autoptr (JsonObject) object = NULL;
  EonayPortalProfile *profile = NULL;

  if (text != NULL)
    object = eonay_json_parse_object (text, &cause);
  if (object == NULL)
    {
      refuse (error, EONAY_PORTAL_ERROR_PROFILE_UNREADABLE, cause);
      return NULL;
    }

  profile = eonay_portal_profile_load (file, &cause);
  if (profile == NULL)
    refuse (error, EONAY_PORTAL_ERROR_PROFILE_INVALID, cause);

  return profile;
}

/* Returns: (transfer full) (nullable): the user's own file that has @id at present */
static GFile *
find_own (const char *id)
{
  g_autoptr (GFile) folder = get_own_folder ();
  const char *const folders[] = { g_file_peek_path (folder), NULL };
  g_autoptr (GListModel) profiles = eonay_portal_profile_list_folders (folders, NULL, NULL);
  EonayPortalProfile *profile = eonay_portal_profile_find (profiles, id);

  return profile != NULL ? g_object_ref (eonay_portal_profile_get_file (profile)) : NULL;
}

static gboolean
is_taken (const char *id, const char *const *folders)
{
  g_autoptr (GListModel) profiles = eonay_portal_profile_list_folders (folders, NULL, NULL);

  return eonay_portal_profile_find (profiles, id) != NULL;
}

/* @pem: (out) (nullable): for a profile that names a CA */
static gboolean
read_ca (EonayPortalProfile *profile, GBytes **pem, GError **error)
{
  const char *path = eonay_portal_profile_get_ca_file (profile);
  g_autoptr (GError) cause = NULL;

  *pem = NULL;
  if (path == NULL)
    return TRUE;

  *pem = eonay_portal_ca_read (path, &cause);
  if (*pem != NULL)
    return TRUE;

  refuse (error, EONAY_PORTAL_ERROR_PROFILE_CA, cause);

  return FALSE;
}

static void
add_member (JsonBuilder *builder, const char *name, const char *value)
{
  if (value == NULL)
    return;

  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static GBytes *
write_text (EonayPortalProfile *profile, const char *ca_name)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  char *text;

  json_builder_begin_object (builder);
  add_member (builder, "id", eonay_portal_profile_get_id (profile));
  add_member (builder, "name", eonay_portal_profile_get_name (profile));
  add_member (builder, "base_url", eonay_portal_profile_get_base_url (profile));
  add_member (builder, "ca_file", ca_name);
  add_member (builder, "help_url", eonay_portal_profile_get_help_url (profile));
  add_member (builder, "phone", eonay_portal_profile_get_phone (profile));
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, TRUE);

  return g_bytes_new_take (text, strlen (text));
}

static gboolean
save (GFile *file, GBytes *content, GError **error)
{
  gsize length;
  const char *text = g_bytes_get_data (content, &length);

  return g_file_replace_contents (file, text, length, NULL, FALSE, EONAY_PRIVATE_FILE_FLAGS, NULL,
                                  NULL, error);
}

static gboolean
make_folder (GFile *folder, GError **error)
{
  if (g_mkdir_with_parents (g_file_peek_path (folder), FOLDER_MODE) == 0)
    return TRUE;

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s: %s",
               g_file_peek_path (folder), g_strerror (errno));

  return FALSE;
}

EonayPortalProfile *
eonay_portal_profile_import_besides (GFile *file, const char *const *others, GError **error)
{
  g_autoptr (GFile) folder = get_own_folder ();
  g_autoptr (EonayPortalProfile) profile = load (file, error);
  g_autoptr (GFile) target = NULL;
  g_autoptr (GFile) ca_target = NULL;
  g_autoptr (GFile) old = NULL;
  g_autofree char *name = NULL;
  g_autofree char *ca_name = NULL;
  g_autoptr (GBytes) text = NULL;
  g_autoptr (GBytes) pem = NULL;

  if (profile == NULL)
    return NULL;
  if (is_taken (eonay_portal_profile_get_id (profile), others))
    {
      refuse (error, EONAY_PORTAL_ERROR_PROFILE_TAKEN, NULL);
      return NULL;
    }
  if (!read_ca (profile, &pem, error) || !make_folder (folder, error))
    return NULL;

  name = g_strconcat (eonay_portal_profile_get_id (profile), ".json", NULL);
  ca_name = g_strconcat (eonay_portal_profile_get_id (profile), "-ca.pem", NULL);
  target = g_file_get_child (folder, name);
  ca_target = g_file_get_child (folder, ca_name);
  old = find_own (eonay_portal_profile_get_id (profile));
  text = write_text (profile, pem != NULL ? ca_name : NULL);
  if ((pem != NULL && !save (ca_target, pem, error)) || !save (target, text, error))
    return NULL;
  if (old != NULL && !g_file_equal (old, target) && !g_file_delete (old, NULL, error))
    return NULL;

  return eonay_portal_profile_load (target, error);
}

EonayPortalProfile *
eonay_portal_profile_import (GFile *file, GError **error)
{
  const char *const others[] = { EONAY_DATA_DIR "/portals.d", EONAY_CONFIG_DIR "/portals.d", NULL };

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  return eonay_portal_profile_import_besides (file, others, error);
}

gboolean
eonay_portal_profile_is_own (EonayPortalProfile *profile)
{
  g_autoptr (GFile) folder = get_own_folder ();
  GFile *file;

  g_return_val_if_fail (EONAY_IS_PORTAL_PROFILE (profile), FALSE);

  file = eonay_portal_profile_get_file (profile);

  return file != NULL && g_file_has_parent (file, folder);
}

gboolean
eonay_portal_profile_remove (EonayPortalProfile *profile, GError **error)
{
  g_autoptr (GFile) folder = get_own_folder ();
  const char *ca_path;

  g_return_val_if_fail (eonay_portal_profile_is_own (profile), FALSE);

  if (!g_file_delete (eonay_portal_profile_get_file (profile), NULL, error))
    return FALSE;

  ca_path = eonay_portal_profile_get_ca_file (profile);
  if (ca_path != NULL)
    {
      g_autoptr (GFile) ca = g_file_new_for_path (ca_path);

      if (g_file_has_parent (ca, folder))
        g_file_delete (ca, NULL, NULL);
    }

  return TRUE;
}
