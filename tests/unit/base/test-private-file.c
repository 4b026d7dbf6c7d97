#include "base/eonay-private-file.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define EXCHANGES 1000

typedef struct {
  char *folder;
  char *path;
  char *other;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  fixture->folder = g_dir_make_tmp ("eonay-private-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "written", NULL);
  fixture->other = g_build_filename (fixture->folder, "other", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  g_unlink (fixture->path);
  g_unlink (fixture->other);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->other);
}

static void
assert_written (const char *path)
{
  g_autofree char *text = NULL;
  GStatBuf status;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "secret");
  g_assert_cmpint (g_lstat (path, &status), ==, 0);
  g_assert_true (S_ISREG (status.st_mode));
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
}

static void
write_here (Fixture *fixture)
{
  mode_t old = umask (0);
  g_autoptr (GError) error = NULL;

  g_assert_true (eonay_private_file_write (fixture->path, "secret", -1, &error));
  g_assert_no_error (error);
  umask (old);
}

static void
test_new (Fixture *fixture, gconstpointer user_data)
{
  write_here (fixture);
  assert_written (fixture->path);
}

static void
test_open_to_all (Fixture *fixture, gconstpointer user_data)
{
  g_assert_true (g_file_set_contents (fixture->path, "before", -1, NULL));
  g_assert_cmpint (g_chmod (fixture->path, 0666), ==, 0);
  write_here (fixture);
  assert_written (fixture->path);
}

static void
test_link (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *text = NULL;

  g_assert_true (g_file_set_contents (fixture->other, "before", -1, NULL));
  g_assert_cmpint (symlink (fixture->other, fixture->path), ==, 0);
  write_here (fixture);
  assert_written (fixture->path);
  g_assert_true (g_file_get_contents (fixture->other, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "before");
}

/* Named on purpose, they are written to and stay what they are. */
static void
test_pipe_and_device (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  char text[16] = "";
  GStatBuf status;
  int reader;

  g_assert_cmpint (mkfifo (fixture->path, 0600), ==, 0);
  reader = g_open (fixture->path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  g_assert_cmpint (reader, !=, -1);
  write_here (fixture);
  g_assert_cmpint (read (reader, text, sizeof text - 1), ==, strlen ("secret"));
  g_assert_cmpstr (text, ==, "secret");
  close (reader);
  g_assert_cmpint (g_lstat (fixture->path, &status), ==, 0);
  g_assert_true (S_ISFIFO (status.st_mode));

  g_assert_true (eonay_private_file_write ("/dev/null", "secret", -1, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_lstat ("/dev/null", &status), ==, 0);
  g_assert_true (S_ISCHR (status.st_mode));

  g_assert_cmpint (g_lstat ("/dev/stderr", &status), ==, 0);
  g_assert_true (eonay_private_file_write ("/dev/stderr", "# secret\n", -1, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_lstat ("/dev/stderr", &status), ==, 0);
  g_assert_true (S_ISLNK (status.st_mode));
}

/* An opening for writing would wait for a reader for good. */
static void
test_unread_pipe (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (mkfifo (fixture->path, 0600), ==, 0);
  g_assert_false (eonay_private_file_write (fixture->path, "secret", -1, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NXIO);
  g_clear_error (&error);

  g_assert_true (eonay_private_file_replace (fixture->path, "secret", -1, &error));
  g_assert_no_error (error);
  assert_written (fixture->path);
}

/* What is redirected is written on where it stands, and the file is not opened anew. */
static void
test_descriptor (Fixture *fixture, gconstpointer user_data)
{
  int fd = g_open (fixture->path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  g_autofree char *path = g_strdup_printf ("/dev/fd/%d", fd);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  g_assert_cmpint (write (fd, "a ", 2), ==, 2);
  g_assert_true (eonay_private_file_write (path, "secret", -1, &error));
  g_assert_no_error (error);
  g_assert_cmpint (write (fd, " z", 2), ==, 2);
  close (fd);
  g_assert_true (g_file_get_contents (fixture->path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "a secret z");

  g_assert_false (eonay_private_file_write (path, "secret", -1, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_BADF);
}

typedef struct {
  Fixture *fixture;
  gboolean over; /* atomic */
} Exchange;

static gpointer
exchange (gpointer user_data)
{
  Exchange *self = user_data;

  while (!g_atomic_int_get (&self->over))
    renameat2 (AT_FDCWD, self->fixture->path, AT_FDCWD, self->fixture->other, RENAME_EXCHANGE);

  return NULL;
}

/* In a folder of another: a pipe and a link change places under the name all the time. */
static void
test_exchanged (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *victim = g_build_filename (fixture->folder, "victim", NULL);
  g_autofree char *text = NULL;
  Exchange run = { .fixture = fixture };
  GThread *thread = g_thread_new ("exchange", exchange, &run);

  g_assert_true (g_file_set_contents (victim, "mine", -1, NULL));
  for (guint i = 0; i < EXCHANGES; i++)
    {
      int fd;

      g_unlink (fixture->path);
      g_unlink (fixture->other);
      g_unlink (fixture->path);
      g_assert_cmpint (mkfifo (fixture->path, 0600), ==, 0);
      fd = g_open (fixture->path, O_RDWR | O_CLOEXEC);
      g_assert_cmpint (symlink (victim, fixture->other), ==, 0);
      eonay_private_file_write (fixture->path, "secret", -1, NULL);
      close (fd);
    }
  g_atomic_int_set (&run.over, TRUE);
  g_thread_join (thread);

  g_assert_true (g_file_get_contents (victim, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "mine");
  g_unlink (victim);
}

static void
test_no_folder (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (eonay_private_file_write ("/nowhere/at/all", "secret", -1, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/base/private-file/new", test_new);
  ADD ("/base/private-file/open-to-all", test_open_to_all);
  ADD ("/base/private-file/link", test_link);
  ADD ("/base/private-file/pipe-and-device", test_pipe_and_device);
  ADD ("/base/private-file/unread-pipe", test_unread_pipe);
  ADD ("/base/private-file/descriptor", test_descriptor);
  ADD ("/base/private-file/exchanged", test_exchanged);
  ADD ("/base/private-file/no-folder", test_no_folder);

  return g_test_run ();
}
