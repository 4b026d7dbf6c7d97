#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/eonay-error.h"
#include "session/files/eonay-file-output.h"
#include "session/files/eonay-own-file.h"

typedef struct {
  char *folder;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  fixture->folder = g_dir_make_tmp ("eonay-files-XXXXXX", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  g_chmod (fixture->folder, 0700);
  dir = g_dir_open (fixture->folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
}

static char *
put (Fixture *fixture, const char *name, const char *content)
{
  char *path = g_build_filename (fixture->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, content, -1, NULL));

  return path;
}

static void
assert_refused (const char *path, EonaySessionError code)
{
  g_autoptr (EonayOwnFile) file = eonay_own_file_new (path);
  g_autoptr (GError) error = NULL;

  g_assert_false (eonay_own_file_read (file, &error));
  g_assert_error (error, EONAY_SESSION_ERROR, (int) code);
  eonay_own_file_take_read (file, error);
  g_assert_cmpint (eonay_own_file_get_state (file), ==, EONAY_OWN_FILE_REFUSED);
  g_assert_error (eonay_own_file_get_error (file), EONAY_SESSION_ERROR, (int) code);
  g_assert_null (eonay_own_file_get_content (file));
}

static void
test_read_once (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *path = put (fixture, "a.txt", "merhaba\n");
  g_autofree char *link = g_build_filename (fixture->folder, "link", NULL);
  g_autoptr (EonayOwnFile) file = eonay_own_file_new (link);

  g_assert_cmpint (symlink (path, link), ==, 0);
  g_assert_cmpint (g_chmod (path, 0640), ==, 0);
  g_assert_true (eonay_own_file_read (file, NULL));
  g_assert_cmpint (eonay_own_file_get_kind (file), ==, EONAY_OWN_FILE_TEXT);
  g_assert_cmpuint (eonay_own_file_get_mode (file), ==, 0640);

  /* Changed, and swapped: what was read stays. */
  g_assert_true (g_file_set_contents (path, "başka", -1, NULL));
  g_assert_true (eonay_own_file_read (file, NULL));
  g_assert_cmpmem (g_bytes_get_data (eonay_own_file_get_content (file), NULL),
                   eonay_own_file_get_size (file), "merhaba\n", 8);
}

static void
test_kinds (Fixture *fixture, gconstpointer user_data)
{
  static const struct {
    const char *content;
    EonayOwnFileKind kind;
  } rows[] = {
    { "%PDF-1.7\n", EONAY_OWN_FILE_PDF },
    { "junk %PDF-1.4", EONAY_OWN_FILE_PDF },
    { "düz yazı\tve\r\nsatır\f", EONAY_OWN_FILE_TEXT },
    { "\x1b[31mred", EONAY_OWN_FILE_OTHER },
    { "latin \xfe", EONAY_OWN_FILE_OTHER },
    { "\x30\x82\x01\x01\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02\xa0",
      EONAY_OWN_FILE_SIGNATURE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = put (fixture, "x", rows[i].content);
      g_autoptr (EonayOwnFile) file = eonay_own_file_new (path);

      g_assert_true (eonay_own_file_read (file, NULL));
      g_assert_cmpint (eonay_own_file_get_kind (file), ==, rows[i].kind);
    }
}

static void
test_refusals (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *empty = put (fixture, "empty", "");
  g_autofree char *nowhere = g_build_filename (fixture->folder, "nowhere", NULL);
  g_autofree char *pipe = g_build_filename (fixture->folder, "pipe", NULL);
  g_autofree char *large = put (fixture, "large", "x");
  g_autofree char *loop = g_build_filename (fixture->folder, "loop", NULL);

  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  g_assert_cmpint (truncate (large, (off_t) EONAY_OWN_FILE_MAX + 1), ==, 0);
  g_assert_cmpint (symlink ("loop", loop), ==, 0);

  assert_refused (empty, EONAY_SESSION_ERROR_FILE_EMPTY);
  assert_refused (nowhere, EONAY_SESSION_ERROR_FILE_MISSING);
  assert_refused (fixture->folder, EONAY_SESSION_ERROR_FILE_NOT_REGULAR);
  assert_refused (pipe, EONAY_SESSION_ERROR_FILE_NOT_REGULAR);
  assert_refused ("/dev/zero", EONAY_SESSION_ERROR_FILE_NOT_REGULAR);
  assert_refused (large, EONAY_SESSION_ERROR_FILE_TOO_LARGE);
  assert_refused (loop, EONAY_SESSION_ERROR_FILE_UNREADABLE);

  g_assert_cmpint (truncate (large, (off_t) 2 * 1024 * 1024 * 1024), ==, 0);
  assert_refused (large, EONAY_SESSION_ERROR_FILE_TOO_LARGE);
}

static void
test_shown_name (void)
{
  g_autoptr (EonayOwnFile) file = eonay_own_file_new ("/tmp/ab\ngnp\u202efdp.\xff");
  const char *name = eonay_own_file_get_name (file);

  g_assert_true (g_utf8_validate (name, -1, NULL));
  g_assert_null (strpbrk (name, "\n"));
  g_assert_null (strstr (name, "\u202e"));
  g_assert_nonnull (strstr (name, "U+202E"));
}

static void
test_names (void)
{
  g_autofree char *long_name = g_strnfill (250, 'a');
  g_autofree char *long_turkish = g_strdup_printf ("a%s",
                                                   "şşşşşşşşşşşşşşşşşşşşşşşşşşşşşşşşşşşşşşşş"
                                                   "şşşşşşşşşşşşşşşşşşşşşşşşşşşşşşşşşşşşşşşş"
                                                   "şşşşşşşşşşşşşşşşşşşşşşşşşşşşşşşşşşşş.pdf");
  const struct {
    const char *original;
    EonayFileOutputKind kind;
    const char *expected; /* NULL: only its length counts */
  } rows[] = {
    { "sözleşme.pdf", EONAY_FILE_OUTPUT_PDF, "sözleşme-signed.pdf" },
    { "Sözleşme.v2.PDF", EONAY_FILE_OUTPUT_PDF, "Sözleşme.v2-signed.pdf" },
    { "noext", EONAY_FILE_OUTPUT_PDF, "noext-signed.pdf" },
    { ".hidden", EONAY_FILE_OUTPUT_PDF, ".hidden-signed.pdf" },
    { "rapor.odt", EONAY_FILE_OUTPUT_DETACHED, "rapor.odt.p7s" },
    { "rapor.odt", EONAY_FILE_OUTPUT_ATTACHED, "rapor.odt.p7m" },
    { "rapor.odt.p7s", EONAY_FILE_OUTPUT_PARALLEL, "rapor.odt-signed.p7s" },
    { "a\nb\u202efdp.txt", EONAY_FILE_OUTPUT_DETACHED, "a_b_fdp.txt.p7s" },
    { "\xff\x01x.txt", EONAY_FILE_OUTPUT_DETACHED, "\xff_x.txt.p7s" },
    { long_name, EONAY_FILE_OUTPUT_PDF, NULL },
    { long_turkish, EONAY_FILE_OUTPUT_DETACHED, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *name = eonay_file_output_name (rows[i].original, rows[i].kind);

      if (rows[i].expected != NULL)
        g_assert_cmpstr (name, ==, rows[i].expected);
      else
        g_assert_true (g_utf8_validate (name, -1, NULL));
      g_assert_cmpuint (strlen (name), <=, 255 - 8);
    }
}

static void
assert_holds (const char *path, const char *content, guint mode)
{
  g_autofree char *found = NULL;
  GStatBuf status;

  g_assert_true (g_file_get_contents (path, &found, NULL, NULL));
  g_assert_cmpstr (found, ==, content);
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpuint (status.st_mode & 07777, ==, mode);
}

static void
test_saves_beside (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("imzalı", strlen ("imzalı"));
  g_autofree char *taken = put (fixture, "a.pdf", "original");
  g_autofree char *dangling = g_build_filename (fixture->folder, "a (2).pdf", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *expected = g_build_filename (fixture->folder, "a (3).pdf", NULL);

  /* Neither over a file, nor through a link. */
  g_assert_cmpint (symlink ("elsewhere", dangling), ==, 0);
  first = eonay_file_output_save (fixture->folder, "a.pdf", bytes, 0644, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (first, ==, expected);
  assert_holds (first, "imzalı", 0644);
  assert_holds (taken, "original", 0644);

  /* Never with more than permissions. */
  second = eonay_file_output_save (fixture->folder, "b", bytes, 06600, &error);
  assert_holds (second, "imzalı", 0600);
}

static void
test_refused_folders (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("x", 1);
  g_autofree char *gone = g_build_filename (fixture->folder, "gone", NULL);
  g_autofree char *file = put (fixture, "file", "x");
  g_autoptr (GError) no_folder = NULL;
  g_autoptr (GError) no_folder_either = NULL;
  g_autoptr (GError) read_only = NULL;

  g_assert_null (eonay_file_output_save (gone, "a", bytes, 0600, &no_folder));
  g_assert_error (no_folder, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_FILE_NOT_SAVED);
  g_assert_false (eonay_file_output_check (file, &no_folder_either));
  g_assert_error (no_folder_either, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_FILE_NOT_SAVED);
  g_assert_true (eonay_file_output_check (fixture->folder, NULL));

  /* Root may write anywhere but there. */
  g_assert_null (eonay_file_output_save ("/proc", "a", bytes, 0600, &read_only));
  g_assert_nonnull (read_only);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/own-file/read-once", Fixture, NULL, set_up, test_read_once, tear_down);
  g_test_add ("/own-file/kinds", Fixture, NULL, set_up, test_kinds, tear_down);
  g_test_add ("/own-file/refusals", Fixture, NULL, set_up, test_refusals, tear_down);
  g_test_add_func ("/own-file/shown-name", test_shown_name);
  g_test_add_func ("/file-output/names", test_names);
  g_test_add ("/file-output/saves-beside", Fixture, NULL, set_up, test_saves_beside, tear_down);
  g_test_add ("/file-output/refused-folders", Fixture, NULL, set_up, test_refused_folders,
              tear_down);

  return g_test_run ();
}
