#include "portal/eonay-portal-private.h"

#include "eonay-config.h"

static void
load_folder (const char *path, GHashTable *profiles)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autoptr (GFile) file = g_file_new_build_filename (path, name, NULL);
      g_autoptr (EonayPortalProfile) profile = NULL;
      g_autoptr (GError) error = NULL;

      if (!g_str_has_suffix (name, ".json") || *name == '.')
        continue;

      profile = eonay_portal_profile_load (file, &error);
      if (profile == NULL)
        g_warning ("Left out a portal profile: %s", error->message);
      else
        g_hash_table_replace (profiles, g_strdup (eonay_portal_profile_get_id (profile)),
                              g_object_ref (profile));
    }
}

static int
compare_names (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const char *name_a = eonay_portal_profile_get_name ((EonayPortalProfile *) a);
  const char *name_b = eonay_portal_profile_get_name ((EonayPortalProfile *) b);

  return g_utf8_collate (name_a, name_b);
}

GListModel *
eonay_portal_profile_list_folders (const char *const *folders)
{
  g_autoptr (GHashTable) profiles =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  GListStore *list = g_list_store_new (EONAY_TYPE_PORTAL_PROFILE);
  GHashTableIter iter;
  gpointer profile;

  for (guint i = 0; folders[i] != NULL; i++)
    load_folder (folders[i], profiles);

  g_hash_table_iter_init (&iter, profiles);
  while (g_hash_table_iter_next (&iter, NULL, &profile))
    g_list_store_insert_sorted (list, profile, compare_names, NULL);

  return G_LIST_MODEL (list);
}

GListModel *
eonay_portal_profile_list (void)
{
  g_autofree char *user = g_build_filename (g_get_user_config_dir (), "eonay", "portals.d", NULL);
  const char *const folders[] = {
    EONAY_DATA_DIR "/portals.d",
    EONAY_CONFIG_DIR "/portals.d",
    user,
    NULL,
  };

  return eonay_portal_profile_list_folders (folders);
}

void
eonay_portal_profile_reload (GListStore *list)
{
  g_autoptr (GListModel) found = eonay_portal_profile_list ();
  guint n_found = g_list_model_get_n_items (found);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n_found; i++)
    g_ptr_array_add (items, g_list_model_get_item (found, i));
  g_list_store_splice (list, 0, g_list_model_get_n_items (G_LIST_MODEL (list)), items->pdata,
                       n_found);
}

EonayPortalProfile *
eonay_portal_profile_find (GListModel *profiles, const char *id)
{
  for (guint i = 0; i < g_list_model_get_n_items (profiles); i++)
    {
      g_autoptr (EonayPortalProfile) profile = g_list_model_get_item (profiles, i);

      /* The model keeps it alive. */
      if (g_str_equal (eonay_portal_profile_get_id (profile), id))
        return profile;
    }

  return NULL;
}
