#include "portal/eonay-portal-profile-import.h"

#include <ftw.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/eonay-error.h"
#include "portal/eonay-portal-private.h"

#define GOOD "{\"id\":\"kurum\",\"name\":\"Kurum Portalı\",\"base_url\":\"https://k.example/\""

typedef struct {
  char *folder; /* where what is to be added lies */
  char *others; /* the administrator's */
} Fixture;

static char *
write_file (const char *folder, const char *name, const char *text)
{
  char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));

  return path;
}

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  fixture->folder = g_dir_make_tmp ("eonay-import-XXXXXX", NULL);
  fixture->others = g_dir_make_tmp ("eonay-others-XXXXXX", NULL);
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      g_unlink (file);
    }
  g_rmdir (path);
}

static char *
get_own (const char *name)
{
  return g_build_filename (g_get_user_config_dir (), "eonay", "portals.d", name, NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *own = get_own (NULL);

  remove_folder (own);
  remove_folder (fixture->folder);
  remove_folder (fixture->others);
  g_free (fixture->folder);
  g_free (fixture->others);
}

static EonayPortalProfile *
import (Fixture *fixture, const char *text, GError **error)
{
  g_autofree char *path = write_file (fixture->folder, "given.json", text);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  const char *const others[] = { fixture->others, NULL };

  return eonay_portal_profile_import_besides (file, others, error);
}

static void
assert_refused (Fixture *fixture, const char *text, EonayPortalError code)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *own = get_own (NULL);

  g_assert_null (import (fixture, text, &error));
  g_assert_error (error, EONAY_PORTAL_ERROR, (int) code);
  g_assert_false (g_file_test (own, G_FILE_TEST_EXISTS));
}

/* A CA of the tests' own. */
static char *
read_ca (void)
{
  char *pem = NULL;

  g_assert_true (g_file_get_contents (g_getenv ("TEST_CA"), &pem, NULL, NULL));

  return pem;
}

static void
test_adds_and_removes (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *pem = read_ca ();
  g_autofree char *ca = write_file (fixture->folder, "ca.pem", pem);
  g_autofree char *own = get_own ("kurum.json");
  g_autofree char *own_ca = get_own ("kurum-ca.pem");
  g_autofree char *text = NULL;
  g_autoptr (EonayPortalProfile) profile = import (
      fixture, GOOD ",\"ca_file\":\"ca.pem\",\"phone\":\"+90\",\"more\":{\"a\":1}}", &error);
  g_autoptr (GListStore) list = g_list_store_new (EONAY_TYPE_PORTAL_PROFILE);
  GStatBuf status;

  g_assert_no_error (error);
  g_assert_cmpstr (eonay_portal_profile_get_id (profile), ==, "kurum");
  g_assert_cmpstr (eonay_portal_profile_get_ca_file (profile), ==, own_ca);
  g_assert_cmpstr (eonay_portal_profile_get_phone (profile), ==, "+90");
  g_assert_true (eonay_portal_profile_is_own (profile));
  g_assert_cmpint (g_stat (own, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  g_assert_true (g_file_get_contents (own, &text, NULL, NULL));
  g_assert_null (strstr (text, "more"));

  /* The file that it came from may go. */
  g_unlink (ca);
  eonay_portal_profile_reload (list, TRUE);
  g_assert_nonnull (eonay_portal_profile_find (G_LIST_MODEL (list), "kurum"));

  g_assert_true (eonay_portal_profile_remove (profile, &error));
  g_assert_no_error (error);
  g_assert_false (g_file_test (own, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (own_ca, G_FILE_TEST_EXISTS));
  eonay_portal_profile_reload (list, TRUE);
  g_assert_null (eonay_portal_profile_find (G_LIST_MODEL (list), "kurum"));
}

/* Also one that was put there by hand, under whatever name. */
static void
test_replaces_own (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = get_own (NULL);
  g_autofree char *by_hand = NULL;
  g_autoptr (EonayPortalProfile) first = NULL;
  g_autoptr (EonayPortalProfile) second = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  by_hand = write_file (folder, "hand.json", GOOD "}");
  first = import (fixture, GOOD ",\"phone\":\"1\"}", &error);
  g_assert_no_error (error);
  g_assert_false (g_file_test (by_hand, G_FILE_TEST_EXISTS));
  second = import (fixture, GOOD ",\"phone\":\"2\"}", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (eonay_portal_profile_get_phone (second), ==, "2");
}

static void
test_refuses (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *text = write_file (fixture->folder, "text.pem", "no certificate");
  g_autofree char *pipe = g_build_filename (fixture->folder, "pipe.pem", NULL);

  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  assert_refused (fixture, "not a profile", EONAY_PORTAL_ERROR_PROFILE_UNREADABLE);
  assert_refused (fixture, "[]", EONAY_PORTAL_ERROR_PROFILE_UNREADABLE);
  assert_refused (fixture, "{}", EONAY_PORTAL_ERROR_PROFILE_INVALID);
  assert_refused (fixture, "{\"id\":\"../x\",\"name\":\"X\",\"base_url\":\"https://x.example/\"}",
                  EONAY_PORTAL_ERROR_PROFILE_INVALID);
  assert_refused (fixture, "{\"id\":\"x\",\"name\":\"X\",\"base_url\":\"http://x.example/\"}",
                  EONAY_PORTAL_ERROR_PROFILE_INVALID);
  assert_refused (fixture, GOOD ",\"ca_file\":\"missing.pem\"}", EONAY_PORTAL_ERROR_PROFILE_CA);
  assert_refused (fixture, GOOD ",\"ca_file\":\"text.pem\"}", EONAY_PORTAL_ERROR_PROFILE_CA);
  assert_refused (fixture, GOOD ",\"ca_file\":\"pipe.pem\"}", EONAY_PORTAL_ERROR_PROFILE_CA);
  assert_refused (fixture, GOOD ",\"ca_file\":\"/dev/zero\"}", EONAY_PORTAL_ERROR_PROFILE_CA);
}

static void
test_covers_no_other_up (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *path = write_file (fixture->others, "admin.json", GOOD "}");

  assert_refused (fixture, GOOD "}", EONAY_PORTAL_ERROR_PROFILE_TAKEN);
}

static void
test_cannot_be_written (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *own = get_own (NULL);
  g_autofree char *above = g_path_get_dirname (own);
  g_autoptr (GError) error = NULL;

  /* There is a file where the folder should be; root may write anywhere. */
  g_mkdir_with_parents (above, 0700);
  g_assert_true (g_file_set_contents (own, "", 0, NULL));
  g_assert_null (import (fixture, GOOD "}", &error));
  g_assert_nonnull (error);
  g_assert_true (error->domain == G_IO_ERROR);
  g_unlink (own);
}

#define ADD(path_, function_) g_test_add (path_, Fixture, NULL, set_up, function_, tear_down)

static int
remove_entry (const char *path, const struct stat *entry, int type, struct FTW *where)
{
  return g_remove (path);
}

int
main (int argc, char *argv[])
{
  int status;
  g_autofree char *home = g_dir_make_tmp ("eonay-import-XXXXXX", NULL);

  /* Not by G_TEST_OPTION_ISOLATE_DIRS, which GLib leaks. */
  g_setenv ("XDG_CONFIG_HOME", home, TRUE);
  g_setenv ("XDG_DATA_HOME", home, TRUE);
  g_test_init (&argc, &argv, NULL);
  ADD ("/portal/profile-import/adds-and-removes", test_adds_and_removes);
  ADD ("/portal/profile-import/replaces-own", test_replaces_own);
  ADD ("/portal/profile-import/refuses", test_refuses);
  ADD ("/portal/profile-import/covers-no-other-up", test_covers_no_other_up);
  ADD ("/portal/profile-import/cannot-be-written", test_cannot_be_written);

  status = g_test_run ();
  nftw (home, remove_entry, 8, FTW_DEPTH | FTW_PHYS);

  return status;
}
