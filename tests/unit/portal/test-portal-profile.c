#include "portal/eonay-portal-private.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/eonay-error.h"

static const char good[] =
    "{\"id\":\"kurum-1\",\"name\":\"Kurum Portalı\",\"base_url\":\"https://imza.kurum.example/api\","
    "\"ca_file\":\"ca.pem\",\"help_url\":\"https://kurum.example/\",\"phone\":\"+90 312 000\","
    "\"newer\":1}";

static char *last_warning;

/* g_test_expect_message() does not see structured logging. */
static GLogWriterOutput
keep_warning (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  if (level != G_LOG_LEVEL_WARNING)
    return g_log_writer_default (level, fields, n_fields, user_data);

  for (gsize i = 0; i < n_fields; i++)
    if (g_str_equal (fields[i].key, "MESSAGE"))
      {
        g_free (last_warning);
        last_warning = g_strdup (fields[i].value);
      }

  return G_LOG_WRITER_HANDLED;
}

static void
write_file (const char *folder, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      g_unlink (file);
    }
  g_rmdir (path);
}

static EonayPortalProfile *
load (const char *text, GError **error)
{
  g_autofree char *folder = g_dir_make_tmp ("eonay-profile-XXXXXX", NULL);
  g_autoptr (GFile) file = g_file_new_build_filename (folder, "one.json", NULL);
  EonayPortalProfile *profile;

  write_file (folder, "one.json", text);
  profile = eonay_portal_profile_load (file, error);
  remove_folder (folder);

  return profile;
}

static void
test_good (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EonayPortalProfile) profile = load (good, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (eonay_portal_profile_get_id (profile), ==, "kurum-1");
  g_assert_cmpstr (eonay_portal_profile_get_name (profile), ==, "Kurum Portalı");
  g_assert_cmpstr (eonay_portal_profile_get_base_url (profile), ==,
                   "https://imza.kurum.example/api/");
  g_assert_true (g_path_is_absolute (eonay_portal_profile_get_ca_file (profile)));
  g_assert_true (g_str_has_suffix (eonay_portal_profile_get_ca_file (profile), "/ca.pem"));
  g_assert_cmpstr (eonay_portal_profile_get_help_url (profile), ==, "https://kurum.example/");
  g_assert_cmpstr (eonay_portal_profile_get_phone (profile), ==, "+90 312 000");
  g_assert_false (eonay_portal_profile_is_practice (profile));
}

static void
test_bad (void)
{
  const char *swaps[][2] = {
    { "\"kurum-1\"", "\"\"" },
    { "\"kurum-1\"", "\"a b\"" },
    { "\"kurum-1\"", "\"ş\"" },
    { "\"kurum-1\"", "\"../x\"" },
    { "\"kurum-1\"", "\"123456789012345678901234567890123\"" },
    { "\"kurum-1\"", "1" },
    { "\"id\"", "\"ID\"" },
    { "\"name\"", "\"nom\"" },
    { "\"base_url\"", "\"url\"" },
    { "https://imza", "http://imza" },
    { "https://imza.kurum.example", "http://localhost" },
    { "https://imza", "file:///imza" },
    { "https://imza", "https://user:secret@imza" },
    { "example/api", "example/api?x=1" },
    { "example/api", "example/api#x" },
    { "https://imza.kurum.example/api", "https:///api" },
    { "https://imza.kurum.example/api", "imza.kurum.example" },
    { "https://kurum.example/", "javascript:alert(1)" },
    { "\"ca.pem\"", "null" },
    { "\"+90 312 000\"", "90" },
    { "}", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (swaps); i++)
    {
      g_autoptr (GString) text = g_string_new (good);
      g_autoptr (GError) error = NULL;
      g_autoptr (EonayPortalProfile) profile = NULL;

      g_assert_cmpuint (g_string_replace (text, swaps[i][0], swaps[i][1], 1), ==, 1);
      profile = load (text->str, &error);
      if (profile != NULL)
        g_error ("accepted: %s", text->str);
      g_assert_error (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_PROFILE);
    }
}

static void
test_practice (void)
{
  const char *right[] = { "http://localhost:1/", "http://127.0.0.1:1/", "http://[::1]:1/",
                          "https://localhost:1/" };
  const char *wrong[] = { "http://kurum.example/", "http://10.0.0.1/", "https://kurum.example/",
                          "http://localhost.example/" };

  for (guint i = 0; i < G_N_ELEMENTS (right); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (EonayPortalProfile) profile =
          eonay_portal_profile_new ("deneme", "DENEME", right[i], NULL, TRUE, &error);

      g_assert_no_error (error);
      g_assert_true (eonay_portal_profile_is_practice (profile));
    }

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (eonay_portal_profile_new ("deneme", "DENEME", wrong[i], NULL, TRUE, &error));
      g_assert_error (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_PROFILE);
    }
}

static void
test_later_folders_win (void)
{
  g_autofree char *package = g_dir_make_tmp ("eonay-profile-XXXXXX", NULL);
  g_autofree char *user = g_dir_make_tmp ("eonay-profile-XXXXXX", NULL);
  const char *const folders[] = { package, "/nonexistent/portals.d", user, NULL };
  g_autoptr (GListModel) list = NULL;
  g_autoptr (EonayPortalProfile) first = NULL;
  EonayPortalProfile *found;

  write_file (package, "b.json",
              "{\"id\":\"b\",\"name\":\"Bir\",\"base_url\":\"https://b.example/\"}");
  write_file (package, "a.json",
              "{\"id\":\"a\",\"name\":\"Eski\",\"base_url\":\"https://old.example/\"}");
  write_file (user, "mine.json",
              "{\"id\":\"a\",\"name\":\"Yeni\",\"base_url\":\"https://new.example/\"}");
  write_file (user, "README", "not a profile");
  write_file (user, "broken.json", "{\"id\":\"c\"}");

  list = eonay_portal_profile_list_folders (folders);
  g_assert_nonnull (strstr (last_warning, "broken.json"));

  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 2);
  first = g_list_model_get_item (list, 0);
  g_assert_cmpstr (eonay_portal_profile_get_name (first), ==, "Bir");
  found = eonay_portal_profile_find (list, "a");
  g_assert_cmpstr (eonay_portal_profile_get_base_url (found), ==, "https://new.example/");
  g_assert_null (eonay_portal_profile_find (list, "c"));

  remove_folder (package);
  remove_folder (user);
  g_clear_pointer (&last_warning, g_free);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_log_set_writer_func (keep_warning, NULL, NULL);
  g_test_add_func ("/portal/profile/good", test_good);
  g_test_add_func ("/portal/profile/bad", test_bad);
  g_test_add_func ("/portal/profile/practice", test_practice);
  g_test_add_func ("/portal/profile/later-folders-win", test_later_folders_win);

  return g_test_run ();
}
