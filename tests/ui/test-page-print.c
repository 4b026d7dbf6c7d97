#include <glib/gstdio.h>
#include <string.h>

#include "app/review/eonay-page-print.h"
#include "base/eonay-error.h"
#include "practice/form/eonay-practice-form.h"
#include "support/pdf-samples.h"
#include "support/window/eonay-window-fixture.h"

/* What is printed is the document: the same pages, of the same size, with the same on them. */

/*
 * Dots an inch of what is compared, in squares of so many; and how far it may differ: of 255, on average.
 * The two are drawn by different parts of poppler, which do not make lines and letters of the same weight;
 * an empty page differs by more than twice that.
 */
#define DPI "300"
#define SQUARE 12
#define DIFFERENCE_MAX 4.0

static void
take_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GtkPrintOperation *
make_operation (GBytes *document, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  eonay_page_print_new_async (document, "Belge", NULL, take_result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return eonay_page_print_new_finish (result, error);
}

static void
done_cb (GtkPrintOperation *operation, GtkPrintOperationResult result, gpointer user_data)
{
  *(int *) user_data = (int) result;
}

/* Returns: how it ended */
static int
export_pdf (GtkPrintOperation *operation, const char *path)
{
  int result = -1;
  g_autoptr (GError) error = NULL;

  g_signal_connect (operation, "done", G_CALLBACK (done_cb), &result);
  gtk_print_operation_set_show_progress (operation, FALSE);
  gtk_print_operation_set_export_filename (operation, path);
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_EXPORT, NULL, &error);
  g_assert_no_error (error);
  while (result < 0)
    g_main_context_iteration (NULL, TRUE);

  return result;
}

static char *
run (const char *const *command)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_newv (command, G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                                                       &error);
  char *output = NULL;

  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &output, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (process));

  return output;
}

/* Returns: (transfer full): "1: 60 x 84" for each page, in tens of points: paper that nearly fits does */
static char *
list_sizes (const char *path)
{
  g_autofree char *facts = run ((const char *[]){ "pdfinfo", "-l", "99", path, NULL });
  g_auto (GStrv) lines = g_strsplit (facts, "\n", -1);
  GString *sizes = g_string_new (NULL);
  double width = 0;
  double height = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      guint page;
      guint turn;

      /* Of a page as it lies; how it is turned comes next. */
      sscanf (lines[i], "Page %u size: %lf x %lf", &page, &width, &height);
      if (sscanf (lines[i], "Page %u rot: %u", &page, &turn) == 2)
        g_string_append_printf (sizes, "%u: %.0f x %.0f\n", page,
                                (turn % 180 == 0 ? width : height) / 10,
                                (turn % 180 == 0 ? height : width) / 10);
    }

  return g_string_free (sizes, FALSE);
}

static int
compare_names (gconstpointer one, gconstpointer other)
{
  return strcmp (*(char *const *) one, *(char *const *) other);
}

/* Appends the mean of each square of a picture. */
static void
append_squares (GArray *squares, const char *path)
{
  g_autofree char *content = NULL;
  gsize length;
  guint width;
  guint height;
  const guint8 *pixels;

  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  g_assert_cmpint (sscanf (content, "P5 %u %u 255", &width, &height), ==, 2);
  pixels = (const guint8 *) content + length - (gsize) width * height;
  for (guint y = 0; y + SQUARE <= height; y += SQUARE)
    for (guint x = 0; x + SQUARE <= width; x += SQUARE)
      {
        guint sum = 0;
        double mean;

        for (guint i = 0; i < SQUARE * SQUARE; i++)
          sum += pixels[(y + i / SQUARE) * width + x + i % SQUARE];
        mean = sum / (double) (SQUARE * SQUARE);
        g_array_append_val (squares, mean);
      }
}

/* Returns: (transfer full) (element-type double): all pages */
static GArray *
draw (const char *folder, const char *path)
{
  g_autofree char *stem = g_build_filename (folder, "page", NULL);
  g_autofree char *nothing =
      run ((const char *[]){ "pdftoppm", "-gray", "-r", DPI, path, stem, NULL });
  g_autoptr (GDir) files = g_dir_open (folder, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  GArray *squares = g_array_new (FALSE, FALSE, sizeof (double));

  g_assert_cmpstr (nothing, ==, "");
  for (const char *name = g_dir_read_name (files); name != NULL; name = g_dir_read_name (files))
    if (g_str_has_suffix (name, ".pgm"))
      g_ptr_array_add (names, g_build_filename (folder, name, NULL));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    {
      append_squares (squares, names->pdata[i]);
      g_unlink (names->pdata[i]);
    }

  return squares;
}

static double
compare (GArray *one, GArray *other)
{
  double sum = 0;

  g_assert_cmpuint (one->len, >, 0);
  g_assert_cmpuint (one->len, ==, other->len);
  for (guint i = 0; i < one->len; i++)
    sum += ABS (g_array_index (one, double, i) - g_array_index (other, double, i));

  return sum / one->len;
}

static void
check_printed (GBytes *document)
{
  g_autofree char *folder = g_dir_make_tmp ("eonay-print-XXXXXX", NULL);
  g_autofree char *original = g_build_filename (folder, "original.pdf", NULL);
  g_autofree char *printed = g_build_filename (g_getenv ("EONAY_SCREENSHOTS"), "printed.pdf", NULL);
  g_autofree char *sizes = NULL;
  g_autofree char *printed_sizes = NULL;
  g_autoptr (GArray) drawn = NULL;
  g_autoptr (GArray) drawn_printed = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GtkPrintOperation) operation = make_operation (document, &error);

  g_assert_no_error (error);
  /* Other tests may not have made it yet. */
  g_assert_cmpint (g_mkdir_with_parents (g_getenv ("EONAY_SCREENSHOTS"), 0755), ==, 0);
  g_file_set_contents (original, g_bytes_get_data (document, NULL),
                       (gssize) g_bytes_get_size (document), &error);
  g_assert_no_error (error);
  g_assert_cmpint (export_pdf (operation, printed), ==, GTK_PRINT_OPERATION_RESULT_APPLY);
  g_assert_null (eonay_page_print_get_error (operation));
  sizes = list_sizes (original);
  printed_sizes = list_sizes (printed);
  g_assert_cmpstr (sizes, ==, printed_sizes);
  drawn = draw (folder, original);
  drawn_printed = draw (folder, printed);
  g_test_message ("difference %f", compare (drawn, drawn_printed));
  g_assert_cmpfloat (compare (drawn, drawn_printed), <, DIFFERENCE_MAX);

  g_unlink (original);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
test_forms (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  const EonayPracticeFormFacts facts = { .transaction = "a1", .created_at = now };

  for (guint kind = 0; kind <= EONAY_PRACTICE_FORM_UNDERTAKING; kind++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) form = eonay_practice_form_new ((EonayPracticeFormKind) kind, &facts,
                                                         &error);

      g_assert_no_error (error);
      check_printed (form);
    }
}

/* That it is one page and not another is told by the comparison. */
static void
test_compare (void)
{
  g_autofree char *folder = g_dir_make_tmp ("eonay-print-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "one.pdf", NULL);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  const EonayPracticeFormFacts facts = { .transaction = "a1", .created_at = now };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) form = eonay_practice_form_new (EONAY_PRACTICE_FORM_UNDERTAKING, &facts,
                                                     &error);
  g_autoptr (GArray) drawn = NULL;
  g_autoptr (GArray) turned = g_array_new (FALSE, FALSE, sizeof (double));

  g_assert_no_error (error);
  g_file_set_contents (path, g_bytes_get_data (form, NULL), (gssize) g_bytes_get_size (form),
                       &error);
  g_assert_no_error (error);
  drawn = draw (folder, path);
  for (guint i = drawn->len; i-- > 0;)
    g_array_append_val (turned, g_array_index (drawn, double, i));
  g_assert_cmpfloat (compare (drawn, drawn), ==, 0);
  g_assert_cmpfloat (compare (drawn, turned), >, 2 * DIFFERENCE_MAX);
  g_unlink (path);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* As from offices and portals: wide pages, turned ones, of several sizes. */
static void
test_samples (void)
{
  const char *const names[] = { "landscape", "letter", "wide", "turned-90" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GBytes) document = pdf_samples_make (names[i]);

      g_test_message ("%s", names[i]);
      check_printed (document);
    }
}

static void
test_not_a_pdf (void)
{
  g_autoptr (GBytes) document = g_bytes_new_static ("no PDF", strlen ("no PDF"));
  g_autoptr (GError) error = NULL;

  g_assert_null (make_operation (document, &error));
  g_assert_error (error, EONAY_PAGE_ERROR, EONAY_PAGE_ERROR_MALFORMED);
}

int
main (int argc, char *argv[])
{
  eonay_window_fixture_init (&argc, &argv);
  g_test_add_func ("/window/page-print/compare", test_compare);
  g_test_add_func ("/window/page-print/forms", test_forms);
  g_test_add_func ("/window/page-print/samples", test_samples);
  g_test_add_func ("/window/page-print/not-a-pdf", test_not_a_pdf);

  return g_test_run ();
}
