#include "base/eonay-regular-file.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct {
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  fixture->folder = g_dir_make_tmp ("eonay-regular-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "file", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  g_unlink (fixture->path);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static void
assert_refused (const char *path, GFileError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (eonay_regular_file_read (path, 10, &error));
  g_assert_error (error, G_FILE_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, path));
}

static void
test_size (Fixture *fixture, gconstpointer user_data)
{
  const char *const texts[] = { "", "one", "0123456789" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GBytes) expected = g_bytes_new_static (texts[i], strlen (texts[i]));
      g_autoptr (GError) error = NULL;

      g_assert_true (g_file_set_contents (fixture->path, texts[i], -1, NULL));
      bytes = eonay_regular_file_read (fixture->path, 10, &error);
      g_assert_no_error (error);
      g_assert_true (g_bytes_equal (bytes, expected));
    }

  g_assert_true (g_file_set_contents (fixture->path, "0123456789a", -1, NULL));
  assert_refused (fixture->path, G_FILE_ERROR_NOSPC);
}

static void
test_link (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *target = g_build_filename (fixture->folder, "target", NULL);
  g_autoptr (GBytes) bytes = NULL;

  g_assert_true (g_file_set_contents (target, "text", -1, NULL));
  g_assert_cmpint (symlink (target, fixture->path), ==, 0);
  bytes = eonay_regular_file_read (fixture->path, 10, NULL);
  g_assert_nonnull (bytes);
  g_assert_cmpuint (g_bytes_get_size (bytes), ==, 4);
  g_unlink (target);
  assert_refused (fixture->path, G_FILE_ERROR_NOENT);
}

/* None of these is waited for. */
static void
test_no_regular_file (Fixture *fixture, gconstpointer user_data)
{
  g_assert_cmpint (mkfifo (fixture->path, 0600), ==, 0);
  assert_refused (fixture->path, G_FILE_ERROR_FAILED);
  assert_refused ("/dev/zero", G_FILE_ERROR_FAILED);
  assert_refused ("/dev/null", G_FILE_ERROR_FAILED);
  assert_refused (fixture->folder, G_FILE_ERROR_FAILED);
}

/* The kernel says of these that they are empty. */
static void
test_no_size (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GBytes) bytes = eonay_regular_file_read ("/proc/self/status", 65536, NULL);

  g_assert_nonnull (bytes);
  g_assert_cmpuint (g_bytes_get_size (bytes), >, 10);
  assert_refused ("/proc/self/status", G_FILE_ERROR_NOSPC);
}

#define ADD(path_, function_) g_test_add (path_, Fixture, NULL, set_up, function_, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/base/regular-file/size", test_size);
  ADD ("/base/regular-file/link", test_link);
  ADD ("/base/regular-file/no-regular-file", test_no_regular_file);
  ADD ("/base/regular-file/no-size", test_no_size);

  return g_test_run ();
}
