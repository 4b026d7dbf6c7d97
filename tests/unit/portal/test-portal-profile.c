#include "portal/eonay-portal-private.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

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

/* In any member that is shown; a path stays as it is, its letters' form included. */
static void
test_hidden_characters (void)
{
  const char *places[] = { "Kurum", "imza", "ca.pem", "kurum.example/\"", "312" };
  const char *hidden[] = { "\\u202e", "\\u3164", "\\u0336", "\\u0489",
                           "\\u0627", "\\ufffc", "\\u0007" };
  g_autoptr (GString) apart = g_string_new (good);
  g_autoptr (GError) error = NULL;
  g_autoptr (EonayPortalProfile) profile = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    for (guint j = 0; j < G_N_ELEMENTS (hidden); j++)
      {
        g_autoptr (GString) text = g_string_new (good);
        g_autofree char *with = g_strconcat (hidden[j], places[i], NULL);
        g_autoptr (GError) refused = NULL;

        g_string_replace (text, places[i], with, 1);
        g_assert_null (load (text->str, &refused));
        g_assert_error (refused, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_PROFILE);
      }

  g_string_replace (apart, "Kurum Portal\u0131", "I\u0307mza", 1);
  g_string_replace (apart, "312 000", "312 S\u0327", 1);
  g_string_replace (apart, "ca.pem", "s\u0327.pem", 1);
  profile = load (apart->str, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (eonay_portal_profile_get_name (profile), ==, "İmza");
  g_assert_cmpstr (eonay_portal_profile_get_phone (profile), ==, "+90 312 Ş");
  g_assert_true (g_str_has_suffix (eonay_portal_profile_get_ca_file (profile), "/s\u0327.pem"));
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
write_profile (const char *folder, const char *name, const char *id, const char *host)
{
  g_autofree char *text = g_strdup_printf (
      "{\"id\":\"%s\",\"name\":\"%s\",\"base_url\":\"https://%s/\"}", id, host, host);

  write_file (folder, name, text);
}

static const char *
find_url (GListModel *list, const char *id)
{
  EonayPortalProfile *profile = eonay_portal_profile_find (list, id);

  return profile != NULL ? eonay_portal_profile_get_base_url (profile) : NULL;
}

/* The administrator's replace the package's; the person's replace nothing. */
static void
test_folders (void)
{
  g_autofree char *package = g_dir_make_tmp ("eonay-profile-XXXXXX", NULL);
  g_autofree char *administrator = g_dir_make_tmp ("eonay-profile-XXXXXX", NULL);
  g_autofree char *own = g_dir_make_tmp ("eonay-profile-XXXXXX", NULL);
  const char *const folders[] = { package, "/nonexistent/portals.d", administrator, NULL };
  g_autoptr (GListModel) list = NULL;
  g_autoptr (GListModel) left_out = NULL;
  g_autoptr (GListModel) locked = NULL;

  write_profile (package, "a.json", "a", "package.example");
  write_profile (package, "b.json", "b", "b.example");
  write_profile (administrator, "other.json", "a", "administrator.example");
  write_profile (administrator, "c.json", "c", "c.example");
  write_profile (own, "0.json", "a", "phishing.example");
  write_profile (own, "b.json", "b", "phishing.example");
  write_profile (own, "c.json", "c", "phishing.example");
  write_profile (own, "mine.json", "mine", "mine.example");
  write_file (own, "README", "not a profile");

  list = eonay_portal_profile_list_folders (folders, own, &left_out);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 4);
  g_assert_cmpstr (find_url (list, "a"), ==, "https://administrator.example/");
  g_assert_cmpstr (find_url (list, "b"), ==, "https://b.example/");
  g_assert_cmpstr (find_url (list, "c"), ==, "https://c.example/");
  g_assert_cmpstr (find_url (list, "mine"), ==, "https://mine.example/");
  g_assert_cmpuint (g_list_model_get_n_items (left_out), ==, 3);
  g_assert_cmpstr (find_url (left_out, "c"), ==, "https://phishing.example/");

  locked = eonay_portal_profile_list_folders (folders, NULL, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (locked), ==, 3);
  g_assert_null (find_url (locked, "mine"));

  remove_folder (package);
  remove_folder (administrator);
  remove_folder (own);
}

static void
test_odd_files (void)
{
  g_autofree char *folder = g_dir_make_tmp ("eonay-profile-XXXXXX", NULL);
  const char *const folders[] = { folder, NULL };
  g_autofree char *pipe = g_build_filename (folder, "0.json", NULL);
  g_autofree char *huge = g_strdup_printf ("%*s", 70000, good);
  g_autoptr (GListModel) list = NULL;

  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  write_file (folder, "1.json", huge);
  write_profile (folder, "2.json", "a", "first.example");
  write_profile (folder, "3.json", "a", "second.example");
  write_file (folder, "broken.json", "{\"id\":\"c\"}");

  list = eonay_portal_profile_list_folders (folders, NULL, NULL);
  g_assert_nonnull (strstr (last_warning, "broken.json"));
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 1);
  g_assert_cmpstr (find_url (list, "a"), ==, "https://first.example/");

  remove_folder (folder);
  g_clear_pointer (&last_warning, g_free);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_log_set_writer_func (keep_warning, NULL, NULL);
  g_test_add_func ("/portal/profile/good", test_good);
  g_test_add_func ("/portal/profile/hidden-characters", test_hidden_characters);
  g_test_add_func ("/portal/profile/bad", test_bad);
  g_test_add_func ("/portal/profile/practice", test_practice);
  g_test_add_func ("/portal/profile/folders", test_folders);
  g_test_add_func ("/portal/profile/odd-files", test_odd_files);

  return g_test_run ();
}
