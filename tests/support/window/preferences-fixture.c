#define G_SETTINGS_ENABLE_BACKEND

#include "preferences-fixture.h"

#include <gio/gsettingsbackend.h>

#include "app/preferences/eonay-module-group.h"
#include "app/preferences/eonay-module-row.h"
#include "eonay-config.h"
#include "portal/eonay-portal-profile.h"

static void
run (const char *const *argv)
{
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
}

static void
remove_folders (const char *folder)
{
  g_autofree char *home = g_build_filename (g_get_user_config_dir (), "eonay", NULL);
  const char *const argv[] = { "rm", "-rf", home, folder, NULL };

  run (argv);
}

static void
make_module (PreferencesFixture *fixture)
{
  const char *const argv[] = { g_getenv ("TEST_SOFTHSM_TOKEN"), g_getenv ("EONAY_SHIM_MODULE"),
                               fixture->folder, NULL };
  g_autofree char *conf = g_build_filename (fixture->folder, "softhsm2.conf", NULL);

  run (argv);
  g_setenv ("EONAY_SHIM_CONF", conf, TRUE);
  g_setenv ("EONAY_PKCS11_HOST_FOLDER", fixture->folder, TRUE);
  g_setenv ("SOFTHSM2_CONF", "/nonexistent", TRUE);
  g_setenv ("PCSCLITE_CSOCK_NAME", "/nonexistent", TRUE);
  fixture->module = g_strdup (g_getenv ("TEST_MODULE"));
}

/* GLib's key file backend knows defaults and locks as dconf does. */
static GSettings *
open_settings (PreferencesFixture *fixture, const char *defaults, const char *locks)
{
  g_autofree char *path = g_build_filename (fixture->folder, "settings.ini", NULL);
  g_autoptr (GFile) default_file = preferences_fixture_write (fixture, "defaults", defaults ?: "");
  g_autoptr (GFile) lock_file = preferences_fixture_write (fixture, "locks", locks ?: "");
  g_autoptr (GSettingsBackend) some = g_keyfile_settings_backend_new (path, "/", NULL);
  g_autoptr (GSettingsBackend) backend = g_object_new (G_OBJECT_TYPE (some), "filename", path,
                                                       "defaults-dir", fixture->folder, NULL);

  return g_settings_new_with_backend (EONAY_APPLICATION_ID, backend);
}

void
preferences_fixture_open (PreferencesFixture *fixture, const char *defaults, const char *locks,
                          int width, int height)
{
  *fixture = (PreferencesFixture){ .folder = g_dir_make_tmp ("eonay-preferences-XXXXXX", NULL) };
  eonay_window_fixture_get_application ();
  remove_folders (NULL);
  make_module (fixture);
  fixture->settings = open_settings (fixture, defaults, locks);
  fixture->portals = g_list_store_new (EONAY_TYPE_PORTAL_PROFILE);
  eonay_portal_profile_reload (fixture->portals, TRUE);
  fixture->window = eonay_preferences_new (NULL, fixture->settings, fixture->portals);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), width, height);
  gtk_window_present (GTK_WINDOW (fixture->window));
  eonay_window_fixture_settle (fixture->window);
}

void
preferences_fixture_close (PreferencesFixture *fixture)
{
  gpointer window = fixture->window;

  g_object_add_weak_pointer (window, &window);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  while (window != NULL || g_main_context_pending (NULL))
    g_main_context_iteration (NULL, TRUE);
  g_assert_finalize_object (fixture->settings);
  g_assert_finalize_object (fixture->portals);
  remove_folders (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->module);
}

GFile *
preferences_fixture_write (PreferencesFixture *fixture, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);

  return g_file_new_for_path (path);
}

static gboolean
is_trying (GtkWidget *widget)
{
  if (EONAY_IS_MODULE_ROW (widget) && eonay_module_row_is_trying (EONAY_MODULE_ROW (widget)))
    return TRUE;
  if (EONAY_IS_MODULE_GROUP (widget) && eonay_module_group_is_trying (EONAY_MODULE_GROUP (widget)))
    return TRUE;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (is_trying (child))
      return TRUE;

  return FALSE;
}

static gboolean
is_calm (gpointer user_data)
{
  return !is_trying (user_data);
}

void
preferences_fixture_wait (PreferencesFixture *fixture)
{
  eonay_window_fixture_wait (is_calm, fixture->window);
  eonay_window_fixture_settle (fixture->window);
}

void
preferences_fixture_show_page (PreferencesFixture *fixture, const char *name)
{
  GtkWidget *views = eonay_window_fixture_find (fixture->window, ADW_TYPE_VIEW_STACK, NULL);

  adw_view_stack_set_visible_child_name (ADW_VIEW_STACK (views), name);
  eonay_window_fixture_settle (fixture->window);
}

static GtkWidget *
find_row (GtkWidget *widget, const char *title)
{
  if (ADW_IS_ACTION_ROW (widget) &&
      g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_row (child, title);

      if (found != NULL)
        return found;
    }

  return NULL;
}

AdwActionRow *
preferences_fixture_get_row (PreferencesFixture *fixture, const char *title)
{
  return ADW_ACTION_ROW (find_row (fixture->window, title));
}
