#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/xattr.h>

#include "session/files/eonay-exported-file.h"

/* Paths that a Flatpak is given by the document portal. */

static char *runtime;

static void
assert_path (const char *under_runtime, gboolean alone, const char *shown, const char *folder)
{
  g_autofree char *path = g_strconcat (runtime, under_runtime, NULL);
  g_autofree char *found = eonay_exported_file_find_path (path);
  g_autofree char *found_folder = eonay_exported_file_find_folder (path);

  g_assert_cmpint (eonay_exported_file_is_alone (path), ==, alone);
  g_assert_cmpstr (found, ==, shown != NULL ? shown : path);
  if (shown != NULL)
    g_assert_cmpstr (found_folder, ==, folder);
}

static void
test_paths (void)
{
  assert_path ("/doc/1a2b3c4d/kira.pdf", TRUE, "kira.pdf", NULL);
  assert_path ("/doc/1a2b3c4d/Belgeler/kira.pdf", FALSE, "Belgeler/kira.pdf", "Belgeler");
  assert_path ("/doc/1a2b3c4d/Belgeler/alt/kira.pdf", FALSE, "Belgeler/alt/kira.pdf",
               "Belgeler/alt");
  assert_path ("/doc/1a2b3c4d/", FALSE, NULL, NULL);
  assert_path ("/doc/1a2b3c4d", FALSE, NULL, NULL);
  assert_path ("/docs/1a2b3c4d/kira.pdf", FALSE, NULL, NULL);
  assert_path ("/kira.pdf", FALSE, NULL, NULL);
  g_assert_true (eonay_exported_file_is_alone ("/run/flatpak/doc/1a2b3c4d/kira.pdf"));
  g_assert_false (eonay_exported_file_is_alone ("/home/ayse/kira.pdf"));
}

static void
test_home (void)
{
  g_autofree char *path = eonay_exported_file_find_path ("/home/ayse/kira.pdf");
  g_autofree char *folder = eonay_exported_file_find_folder ("/home/ayse/kira.pdf");

  g_assert_cmpstr (path, ==, "/home/ayse/kira.pdf");
  g_assert_cmpstr (folder, ==, "/home/ayse");
}

/* A portal that tells where a file is writes a NUL behind it. */
static void
test_told_path (void)
{
  static const char told[] = "/home/ayse/Belgeler/kira.pdf";
  g_autofree char *folder = g_build_filename (runtime, "doc", "5e6f", NULL);
  g_autofree char *path = g_build_filename (folder, "kira.pdf", NULL);
  g_autofree char *found = NULL;
  g_autofree char *found_folder = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "Kira", -1, NULL));
  if (setxattr (path, "user.document-portal.host-path", told, sizeof told, 0) != 0)
    {
      g_test_skip ("the file system of the folder for temporary files has no extended attributes");
      g_remove (path);
      return;
    }
  found = eonay_exported_file_find_path (path);
  found_folder = eonay_exported_file_find_folder (path);
  g_assert_cmpstr (found, ==, told);
  g_assert_cmpstr (found_folder, ==, "/home/ayse/Belgeler");
  g_assert_true (eonay_exported_file_is_alone (path));

  g_assert_cmpint (setxattr (path, "user.document-portal.host-path", "kira", 4, 0), ==, 0);
  g_clear_pointer (&found, g_free);
  found = eonay_exported_file_find_path (path);
  g_assert_cmpstr (found, ==, "kira.pdf");
  g_remove (path);
  g_rmdir (folder);
}

int
main (int argc, char *argv[])
{
  g_autofree char *here = g_get_current_dir ();
  g_autofree char *documents = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  /* Not in /tmp, which may have no extended attributes. */
  runtime = g_strdup_printf ("%s/eonay-run-XXXXXX", here);
  g_assert_nonnull (g_mkdtemp (runtime));
  g_setenv ("XDG_RUNTIME_DIR", runtime, TRUE);
  g_test_add_func ("/exported-file/paths", test_paths);
  g_test_add_func ("/exported-file/home", test_home);
  g_test_add_func ("/exported-file/told-path", test_told_path);
  status = g_test_run ();
  documents = g_build_filename (runtime, "doc", NULL);
  g_rmdir (documents);
  g_rmdir (runtime);

  return status;
}
