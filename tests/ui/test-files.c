#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "support/window/eonay-window-fixture.h"

/* The view of a person's own files, with files that are large or cannot be shown. */

#define LARGE (240u * 1000 * 1000)

typedef struct {
  EonayWindowFixture window;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *folder = g_dir_make_tmp ("eonay-files-XXXXXX", NULL);

  fixture->path = g_build_filename (folder, "belge.pdf", NULL);
  eonay_window_fixture_open (&fixture->window, 720, 680);
  eonay_window_show_view (fixture->window.window, "files");
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *folder = g_path_get_dirname (fixture->path);

  eonay_window_fixture_close (&fixture->window);
  g_assert_cmpint (g_remove (fixture->path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_free (fixture->path);
}

static GtkWidget *
get_view (Fixture *fixture)
{
  return GTK_WIDGET (eonay_window_get_files_view (fixture->window.window));
}

static void
open_file (Fixture *fixture)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (files, g_file_new_for_path (fixture->path));
  eonay_window_open_files (fixture->window.window, files, TRUE);
}

/* Returns: microseconds that this thread has worked: other programs do not count */
static gint64
get_work (void)
{
  struct timespec spent;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &spent);

  return spent.tv_sec * G_USEC_PER_SEC + spent.tv_nsec / 1000;
}

static gint64 last_poll;
static gint64 longest; /* between two looks of the main loop for what is to be done */

static int
poll_and_measure (GPollFD *fds, guint n_fds, int timeout)
{
  int n_ready;

  longest = MAX (longest, get_work () - last_poll);
  n_ready = g_poll (fds, n_fds, timeout);
  last_poll = get_work ();

  return n_ready;
}

static gint64
measure_hashing (Fixture *fixture)
{
  g_autoptr (GMappedFile) file = g_mapped_file_new (fixture->path, FALSE, NULL);
  gint64 before = get_work ();
  g_autofree char *sum = g_compute_checksum_for_data (
      G_CHECKSUM_SHA256, (const guchar *) g_mapped_file_get_contents (file),
      g_mapped_file_get_length (file));

  g_assert_nonnull (sum);

  return get_work () - before;
}

static guint
count_labels (GtkWidget *root, const char *text)
{
  guint count = GTK_IS_LABEL (root) && gtk_widget_get_mapped (root) &&
                strstr (gtk_label_get_label (GTK_LABEL (root)), text) != NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    count += count_labels (child, text);

  return count;
}

static gboolean
tells_damage (gpointer user_data)
{
  return count_labels (get_view (user_data), "PDF-0") > 0;
}

static void
test_large_file (Fixture *fixture, gconstpointer user_data)
{
  int fd = g_open (fixture->path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);

  g_assert_cmpint (write (fd, "%PDF-1.7\n", 9), ==, 9);
  g_assert_cmpint (ftruncate (fd, LARGE), ==, 0);
  close (fd);

  last_poll = get_work ();
  longest = 0;
  g_main_context_set_poll_func (NULL, poll_and_measure);
  open_file (fixture);
  eonay_window_fixture_wait (tells_damage, fixture);
  eonay_window_fixture_settle (GTK_WIDGET (fixture->window.window));
  g_main_context_set_poll_func (NULL, NULL);
  g_test_message ("longest: %" G_GINT64_FORMAT " us", longest);
  g_assert_cmpint (longest, <, measure_hashing (fixture) / 4);
}

static gboolean
tells_fault (gpointer user_data)
{
  return count_labels (get_view (user_data), "SAYFA-01") > 0;
}

/* That it cannot be shown is said once, where it would be; it can be signed all the same. */
static void
test_not_shown (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *renderer = g_strdup (g_getenv ("EONAY_PDF_RENDERER"));
  GtkWidget *sign;

  g_setenv ("EONAY_PDF_RENDERER", "/nonexistent", TRUE);
  g_assert_true (g_file_set_contents (
      fixture->path,
      "%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids"
      "[3 0 R]/Count 1>>\nendobj\n3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>\n"
      "endobj\nxref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n0000000054 00000 n \n00000001"
      "05 00000 n \ntrailer\n<</Size 4/Root 1 0 R>>\nstartxref\n170\n%%EOF\n",
      -1, NULL));
  open_file (fixture);
  eonay_window_fixture_wait (tells_fault, fixture);
  eonay_window_fixture_settle (GTK_WIDGET (fixture->window.window));
  g_assert_cmpuint (count_labels (get_view (fixture), "SAYFA-01"), ==, 1);
  sign = eonay_window_fixture_find (get_view (fixture), GTK_TYPE_BUTTON, "_Sign");
  g_assert_true (gtk_widget_is_sensitive (sign));
  g_setenv ("EONAY_PDF_RENDERER", renderer, TRUE);
}

int
main (int argc, char *argv[])
{
  eonay_window_fixture_init (&argc, &argv);
#define ADD(name, function) \
  g_test_add ("/window/files/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("large-file", test_large_file);
  ADD ("not-shown", test_not_shown);
#undef ADD

  return g_test_run ();
}
