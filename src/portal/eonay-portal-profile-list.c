#include "portal/eonay-portal-private.h"

#include <string.h>

#include "base/eonay-development.h"
#include "base/eonay-text-class.h"
#include "eonay-config.h"

static int
compare_file_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Returns: (transfer full): sorted, as folders are unordered */
static GPtrArray *
list_files (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    if (g_str_has_suffix (name, ".json") && *name != '.')
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_file_names);

  return names;
}

static void
log_left_out (const char *what)
{
  g_warning ("Ignoring a portal profile: %s", what);
}

static void (*report) (const char *what) = log_left_out;

void
eonay_portal_profile_set_report (void (*function) (const char *what))
{
  report = function != NULL ? function : log_left_out;
}

/* The folders are read repeatedly; each broken file is reported once. */
static void
report_once (const char *what)
{
  static GHashTable *reported;

  if (reported == NULL)
    reported = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (g_hash_table_add (reported, g_strdup (what)))
    report (what);
}

static void
report_same_id (GFile *file)
{
  g_autofree char *path = eonay_text_class_make_line (g_file_peek_path (file), -1);
  g_autofree char *what = g_strdup_printf ("%s: another file has its id", path);

  report_once (what);
}

/* Returns: (transfer full): id → profile */
static GHashTable *
load_folder (const char *path)
{
  g_autoptr (GPtrArray) names = list_files (path);
  GHashTable *profiles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);

  for (guint i = 0; i < names->len; i++)
    {
      g_autoptr (GFile) file = g_file_new_build_filename (path, names->pdata[i], NULL);
      g_autoptr (EonayPortalProfile) profile = NULL;
      g_autoptr (GError) error = NULL;

      profile = eonay_portal_profile_load (file, &error);
      if (profile == NULL)
        report_once (error->message);
      else if (g_hash_table_contains (profiles, eonay_portal_profile_get_id (profile)))
        report_same_id (file);
      else
        g_hash_table_insert (profiles, g_strdup (eonay_portal_profile_get_id (profile)),
                             g_object_ref (profile));
    }

  return profiles;
}

static int
compare_names (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const char *name_a = eonay_portal_profile_get_name ((EonayPortalProfile *) a);
  const char *name_b = eonay_portal_profile_get_name ((EonayPortalProfile *) b);

  return g_utf8_collate (name_a, name_b);
}

static GHashTable *
load_folders (const char *const *folders)
{
  GHashTable *profiles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);

  for (guint i = 0; folders[i] != NULL; i++)
    {
      g_autoptr (GHashTable) found = load_folder (folders[i]);
      GHashTableIter iter;
      gpointer id, profile;

      g_hash_table_iter_init (&iter, found);
      while (g_hash_table_iter_next (&iter, &id, &profile))
        g_hash_table_replace (profiles, g_strdup (id), g_object_ref (profile));
    }

  return profiles;
}

/* Returns: (transfer full) */
static GListModel *
sort_profiles (GHashTable *profiles)
{
  GListStore *list = g_list_store_new (EONAY_TYPE_PORTAL_PROFILE);
  GHashTableIter iter;
  gpointer profile;

  g_hash_table_iter_init (&iter, profiles);
  while (g_hash_table_iter_next (&iter, NULL, &profile))
    g_list_store_insert_sorted (list, profile, compare_names, NULL);

  return G_LIST_MODEL (list);
}

GListModel *
eonay_portal_profile_list_folders (const char *const *installed, const char *own,
                                   GListModel **left_out)
{
  g_autoptr (GHashTable) profiles = load_folders (installed);
  g_autoptr (GHashTable) added = own != NULL ? load_folder (own) : NULL;
  g_autoptr (GHashTable) ignored = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer id, profile;

  if (added != NULL)
    {
      g_hash_table_iter_init (&iter, added);
      while (g_hash_table_iter_next (&iter, &id, &profile))
        if (g_hash_table_contains (profiles, id))
          g_hash_table_insert (ignored, id, profile);
        else
          g_hash_table_insert (profiles, g_strdup (id), g_object_ref (profile));
    }
  if (left_out != NULL)
    *left_out = sort_profiles (ignored);

  return sort_profiles (profiles);
}

static GListModel *
list_installed (gboolean with_own, GListModel **left_out)
{
  g_autofree char *own = g_build_filename (g_get_user_config_dir (), "eonay", "portals.d", NULL);
  const char *administrators = eonay_development_getenv ("EONAY_PORTALS");
  const char *const installed[] = {
    EONAY_DATA_DIR "/portals.d",
    administrators != NULL ? administrators : EONAY_CONFIG_DIR "/portals.d",
    NULL,
  };

  return eonay_portal_profile_list_folders (installed, with_own ? own : NULL, left_out);
}

GListModel *
eonay_portal_profile_list (gboolean with_own)
{
  return list_installed (with_own, NULL);
}

GListModel *
eonay_portal_profile_list_left_out (void)
{
  GListModel *left_out = NULL;
  g_autoptr (GListModel) list = list_installed (TRUE, &left_out);

  return left_out;
}

void
eonay_portal_profile_reload (GListStore *list, gboolean with_own)
{
  g_autoptr (GListModel) found = eonay_portal_profile_list (with_own);
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
