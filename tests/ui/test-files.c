#include <cairo-pdf.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "app/document/eonay-page-view.h"
#include "app/files/eonay-file-list.h"
#include "app/files/eonay-files-page.h"
#include "app/files/eonay-files-result.h"
#include "app/review/eonay-finding-box.h"
#include "app/widgets/eonay-question.h"
#include "base/eonay-error.h"
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
  eonay_window_fixture_open (&fixture->window, 720, 760);
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
open_file (Fixture *fixture, const char *path, const char *other)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (files, g_file_new_for_path (path));
  if (other != NULL)
    g_ptr_array_add (files, g_file_new_for_path (other));
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
  open_file (fixture, fixture->path, NULL);
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
  open_file (fixture, fixture->path, NULL);
  eonay_window_fixture_wait (tells_fault, fixture);
  eonay_window_fixture_settle (GTK_WIDGET (fixture->window.window));
  g_assert_cmpuint (count_labels (get_view (fixture), "SAYFA-01"), ==, 1);
  sign = eonay_window_fixture_find (get_view (fixture), GTK_TYPE_BUTTON, "_Sign");
  g_assert_true (gtk_widget_is_sensitive (sign));
  g_setenv ("EONAY_PDF_RENDERER", renderer, TRUE);
}

static void
draw_pdf (const char *path, guint n_pages)
{
  cairo_surface_t *surface = cairo_pdf_surface_create (path, 400, 150);
  cairo_t *cr = cairo_create (surface);

  for (guint i = 0; i < n_pages; i++)
    {
      cairo_rectangle (cr, 10, 10, 100, 20 + i);
      cairo_fill (cr);
      cairo_show_page (cr);
    }
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

static EonayPageView *
get_pages (Fixture *fixture)
{
  return EONAY_PAGE_VIEW (
      eonay_window_fixture_find (get_view (fixture), EONAY_TYPE_PAGE_VIEW, NULL));
}

typedef struct {
  Fixture *fixture;
  guint n_pages;
  guint seen;
} Wanted;

static gboolean
is_seen (gpointer user_data)
{
  Wanted *wanted = user_data;
  EonayPageView *pages = get_pages (wanted->fixture);

  return pages != NULL && eonay_page_view_get_n_pages (pages) == wanted->n_pages &&
         eonay_page_view_was_seen (pages, wanted->seen);
}

static void
look_at (Fixture *fixture, guint index)
{
  GtkWidget *list = eonay_window_fixture_find (get_view (fixture), EONAY_TYPE_FILE_LIST, NULL);

  g_signal_emit_by_name (list, "opened", eonay_file_list_get_file (EONAY_FILE_LIST (list), index));
}

/* What was seen of a PDF counts, also when another one was looked at in between. */
static void
test_seen_half (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *folder = g_path_get_dirname (fixture->path);
  g_autofree char *other = g_build_filename (folder, "baska.pdf", NULL);
  Wanted seen = { fixture, 10, 0 };
  Wanted other_seen = { fixture, 3, 0 };

  draw_pdf (fixture->path, 10);
  draw_pdf (other, 3);
  open_file (fixture, fixture->path, other);
  eonay_window_fixture_wait (is_seen, &seen);
  eonay_page_view_show_page (get_pages (fixture), 8);
  seen.seen = 8;
  eonay_window_fixture_wait (is_seen, &seen);

  look_at (fixture, 1);
  eonay_window_fixture_wait (is_seen, &other_seen);
  look_at (fixture, 0);
  eonay_window_fixture_wait (is_seen, &seen);
  g_assert_cmpuint (eonay_page_view_get_page (get_pages (fixture)), ==, 0);
  g_assert_false (eonay_page_view_were_all_seen (get_pages (fixture)));
  g_assert_cmpint (g_remove (other), ==, 0);
}

/* All that a warning is about can be had. */
static void
test_unfolding (void)
{
  GtkWidget *window = gtk_application_window_new (eonay_window_fixture_get_application ());
  EonayFindingBox *box = g_object_new (EONAY_TYPE_FINDING_BOX, NULL);
  GtkWidget *button;

  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (box));
  gtk_window_present (GTK_WINDOW (window));
  eonay_finding_box_set_warnings (box, (const char *const[]){ "Gizli (1–3 ve 2 daha)", NULL },
                                  (const char *const[]){ "Gizli (1–3, 7, 9)", NULL }, FALSE);
  button = eonay_window_fixture_find (GTK_WIDGET (box), GTK_TYPE_BUTTON, "Show _all pages");
  g_signal_emit_by_name (button, "clicked");
  g_assert_nonnull (
      eonay_window_fixture_find (GTK_WIDGET (box), GTK_TYPE_LABEL, "• Gizli (1–3, 7, 9)"));
  g_assert_false (gtk_widget_get_visible (button));
  eonay_finding_box_set_warnings (box, (const char *const[]){ "Gizli", NULL },
                                  (const char *const[]){ "Gizli", NULL }, FALSE);
  g_assert_false (gtk_widget_get_visible (button));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* @result: (nullable): else it failed */
static void
end_file (EonayOwnFile *file, const char *result)
{
  g_autoptr (GError) stopped = g_error_new_literal (EONAY_SESSION_ERROR,
                                                    EONAY_SESSION_ERROR_FILE_STOPPED, "Stopped");

  if (result != NULL)
    eonay_own_file_take_result (file, g_strdup (result));
  else
    eonay_own_file_fail (file, EONAY_OWN_FILE_FAILED, stopped);
}

static gboolean
can_sign_rest (EonayFilesResult *result, GPtrArray *files)
{
  eonay_files_result_show (result, files, 0, NULL);

  return eonay_window_fixture_find (GTK_WIDGET (result), GTK_TYPE_BUTTON, "_Sign the rest") != NULL;
}

static gboolean
are_two (gpointer user_data)
{
  return eonay_file_list_count_ticked (user_data) == 2;
}

/* What a card that was pulled has left is signed without being opened anew. */
static void
test_rest (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *folder = g_path_get_dirname (fixture->path);
  g_autofree char *other = g_build_filename (folder, "baska.pdf", NULL);
  GtkWidget *window = gtk_application_window_new (eonay_window_fixture_get_application ());
  EonayFilesResult *result = EONAY_FILES_RESULT (eonay_files_result_new ());
  EonayFilesPage *page;
  EonayFileList *list;
  g_autoptr (GPtrArray) files = NULL;
  g_autoptr (GPtrArray) rest = NULL;

  draw_pdf (fixture->path, 1);
  draw_pdf (other, 1);
  open_file (fixture, fixture->path, other);
  page = EONAY_FILES_PAGE (
      eonay_window_fixture_find (get_view (fixture), EONAY_TYPE_FILES_PAGE, NULL));
  list =
      EONAY_FILE_LIST (eonay_window_fixture_find (get_view (fixture), EONAY_TYPE_FILE_LIST, NULL));
  eonay_window_fixture_wait (are_two, list);
  files = eonay_files_page_list_chosen (page);
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (result));

  end_file (files->pdata[0], "/tmp/belge-signed.pdf");
  end_file (files->pdata[1], NULL);
  g_assert_true (can_sign_rest (result, files));
  eonay_files_page_keep_unsigned (page);
  g_assert_cmpuint (eonay_files_page_get_n_files (page), ==, 1);
  rest = eonay_files_page_list_chosen (page);
  g_assert_cmpuint (rest->len, ==, 1);
  g_assert_true (rest->pdata[0] == files->pdata[1]);
  g_assert_cmpstr (eonay_files_page_get_shown_path (page), ==, other);

  end_file (files->pdata[1], "/tmp/baska-signed.pdf");
  g_assert_false (can_sign_rest (result, files));
  gtk_window_destroy (GTK_WINDOW (window));
  g_assert_cmpint (g_remove (other), ==, 0);
}

/* However many files there are, the question has its buttons on the screen, and names them all. */
static void
test_long_question (void)
{
  GtkWidget *parent = gtk_application_window_new (eonay_window_fixture_get_application ());
  g_autoptr (GString) names = g_string_new ("0");
  GtkWidget *dialog;
  int least;
  int natural;

  for (guint i = 1; i < 1000; i++)
    g_string_append_printf (names, "\n%u", i);
  gtk_window_present (GTK_WINDOW (parent));
  dialog = GTK_WIDGET (eonay_question_ask (GTK_WINDOW (parent), "Files", names->str, "_No", "Yes",
                                           G_CALLBACK (gtk_window_present), parent));
  gtk_widget_measure (dialog, GTK_ORIENTATION_VERTICAL, -1, &least, &natural, NULL, NULL);
  g_assert_cmpint (natural, <, 500);
  g_assert_nonnull (eonay_window_fixture_find (dialog, GTK_TYPE_LABEL, names->str));
  gtk_window_destroy (GTK_WINDOW (parent));
}

int
main (int argc, char *argv[])
{
  eonay_window_fixture_init (&argc, &argv);
#define ADD(name, function) \
  g_test_add ("/window/files/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("large-file", test_large_file);
  ADD ("not-shown", test_not_shown);
  ADD ("seen-half", test_seen_half);
  ADD ("rest", test_rest);
  g_test_add_func ("/window/files/unfolding", test_unfolding);
  g_test_add_func ("/window/files/long-question", test_long_question);
#undef ADD

  return g_test_run ();
}
