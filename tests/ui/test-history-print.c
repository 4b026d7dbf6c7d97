#include <glib/gstdio.h>
#include <libintl.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include "app/history/eonay-history-pdf.h"
#include "app/history/eonay-history-print.h"
#include "support/window/eonay-window-fixture.h"
#include "support/window/history-samples.h"

/* The History on paper, read back from its PDF, in Turkish. */

static void
done_cb (GtkPrintOperation *operation, GtkPrintOperationResult result, gpointer user_data)
{
  *(int *) user_data = (int) result;
}

static gboolean
is_printed (gpointer user_data)
{
  return *(int *) user_data >= 0;
}

static int
count (const char *text, const char *needle)
{
  int found = 0;

  for (const char *at = strstr (text, needle); at != NULL; at = strstr (at + 1, needle))
    found++;

  return found;
}

static GPtrArray *
new_long_past (void)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < 80; i++)
    {
      g_autoptr (GPtrArray) batch = history_samples_new_batch ("p", i % HISTORY_SAMPLES_N_BATCHES,
                                                               1577273222);

      g_ptr_array_add (entries, g_object_ref (batch->pdata[0]));
    }

  return entries;
}

/** Returns: the text of the PDF that @operation makes */
static char *
export_pdf (GtkPrintOperation *operation)
{
  g_autofree char *path = g_build_filename (g_getenv ("EONAY_SCREENSHOTS"), "history.pdf", NULL);
  const char *argv[] = { "pdftotext", "-layout", path, "-", NULL };
  g_autoptr (GError) error = NULL;
  int result = -1;
  char *text;

  g_assert_cmpint (g_mkdir_with_parents (g_getenv ("EONAY_SCREENSHOTS"), 0755), ==, 0);
  gtk_print_operation_set_export_filename (operation, path);
  g_signal_connect (operation, "done", G_CALLBACK (done_cb), &result);
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_EXPORT, NULL, &error);
  g_assert_no_error (error);
  eonay_window_fixture_wait (is_printed, &result);
  g_assert_cmpint (result, ==, GTK_PRINT_OPERATION_RESULT_APPLY);
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &text, NULL, NULL,
                &error);
  g_assert_no_error (error);

  return text;
}

static void
test_pdf (void)
{
  g_autoptr (GPtrArray) entries = new_long_past ();
  g_autoptr (GtkPrintOperation) operation = eonay_history_print_new (entries, NULL, FALSE);
  g_autofree char *text = export_pdf (operation);
  int pages = count (text, "\f");

  g_test_message ("%d pages", pages);
  g_assert_cmpint (pages, >=, 3);
  g_assert_cmpint (count (text, gettext ("e-Onay · History")), ==, pages);
  g_assert_cmpint (count (text, gettext ("Outcome")), >=, pages);
  g_assert_cmpint (count (text, "KSM-2026-0004411"), ==, 14);
  g_assert_cmpint (count (text, "Askıya alma talebi"), ==, 13);
  g_assert_nonnull (strstr (text, "25.12.2019 14:27:02"));
}

static void
forget_cb (GtkPrintOperation *operation, GtkPrintContext *context, gpointer user_data)
{
  g_ptr_array_set_size (user_data, 0);
}

/* The list changes after its pages were counted, as it does at each letter of a search. */
static void
test_pdf_of_found (void)
{
  g_autoptr (GPtrArray) entries = new_long_past ();
  g_autoptr (GtkPrintOperation) operation = eonay_history_print_new (entries, "80 / 9000", FALSE);
  g_autofree char *text = NULL;

  g_signal_connect (operation, "begin-print", G_CALLBACK (forget_cb), entries);
  text = export_pdf (operation);
  g_assert_cmpint (entries->len, ==, 0);
  g_assert_cmpint (count (text, "KSM-2026-0004411"), ==, 14);
  g_assert_cmpint (count (text, "80 / 9000"), ==, count (text, "\f"));
}

#define ROOM 8192 /* octets; the PDF takes more */

typedef struct {
  char *folder;
  char *path;
  gboolean done;
  GError *error;
} Saving;

static void
saved_cb (const GError *error, gpointer user_data)
{
  Saving *self = user_data;

  g_assert_false (self->done);
  self->done = TRUE;
  self->error = error != NULL ? g_error_copy (error) : NULL;
}

static gboolean
is_done (gpointer user_data)
{
  return ((Saving *) user_data)->done;
}

static void
save (Saving *self)
{
  g_autoptr (GPtrArray) entries = new_long_past ();

  self->folder = g_dir_make_tmp ("eonay-pdf-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "history.pdf", NULL);
  g_assert_true (g_file_set_contents (self->path, "before", -1, NULL));
  g_assert_cmpint (g_chmod (self->path, 0644), ==, 0);
  eonay_history_pdf_save (eonay_history_print_new (entries, NULL, FALSE), NULL, self->path,
                          saved_cb, self);
  eonay_window_fixture_wait (is_done, self);
}

/** Nothing but the file itself is in its folder. */
static void
clear_saving (Saving *self)
{
  g_clear_error (&self->error);
  g_assert_cmpint (g_unlink (self->path), ==, 0);
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_free (self->path);
  g_free (self->folder);
}

static void
test_saved (void)
{
  Saving saving = { .done = FALSE };
  g_autofree char *text = NULL;
  GStatBuf status;
  gsize length;

  save (&saving);
  g_assert_no_error (saving.error);
  g_assert_true (g_file_get_contents (saving.path, &text, &length, NULL));
  g_assert_cmpuint (length, >, ROOM);
  g_assert_true (g_str_has_prefix (text, "%PDF-"));
  g_assert_cmpint (g_stat (saving.path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  clear_saving (&saving);
}

/* Cairo and GTK say nothing of it; what was there before stays. */
static void
test_no_room (void)
{
  Saving saving = { .done = FALSE };
  g_autofree char *text = NULL;
  struct rlimit before;
  struct rlimit little;
  void (*handler) (int) = signal (SIGXFSZ, SIG_IGN);

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  little = before;
  little.rlim_cur = ROOM;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &little), ==, 0);
  save (&saving);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  signal (SIGXFSZ, handler);

  g_assert_error (saving.error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  g_assert_true (g_file_get_contents (saving.path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "before");
  clear_saving (&saving);
}

int
main (int argc, char *argv[])
{
  eonay_window_fixture_init (&argc, &argv);
  g_test_add_func ("/window/history/print/all", test_pdf);
  g_test_add_func ("/window/history/print/found", test_pdf_of_found);
  g_test_add_func ("/window/history/print/saved", test_saved);
  g_test_add_func ("/window/history/print/no-room", test_no_room);

  return g_test_run ();
}
