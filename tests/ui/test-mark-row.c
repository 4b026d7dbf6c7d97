#include <glib/gstdio.h>

#include "app/files/eonay-mark-row.h"
#include "app/files/eonay-page-mark.h"
#include "session/eonay-settings.h"
#include "support/pdf-samples.h"
#include "support/test-pdf.h"
#include "support/window/eonay-window-fixture.h"

/* Where the visible mark is put before the person puts it anywhere. */

#define HOLDER "Ayşe Deneme"

/* In the list of places, the last. */
#define PROPOSED 10

/* Requests that a search needs, one after the other, and more. */
#define STEPS 6

typedef struct {
  GtkWidget *window;
  EonayPdfView *view;
  EonayMarkRow *row;
  const char *shown; /* that is waited for */
  gboolean answered;
} Fixture;

static AdwComboRow *
find_positions (Fixture *fixture)
{
  return ADW_COMBO_ROW (
      eonay_window_fixture_find (GTK_WIDGET (fixture->row), ADW_TYPE_COMBO_ROW, NULL));
}

static const char *
get_shown (Fixture *fixture)
{
  AdwComboRow *positions = find_positions (fixture);

  return positions != NULL
             ? gtk_string_object_get_string (adw_combo_row_get_selected_item (positions))
             : "";
}

static gboolean
is_shown (gpointer user_data)
{
  Fixture *fixture = user_data;

  return g_str_equal (get_shown (fixture), fixture->shown);
}

static void
wait_for (Fixture *fixture, const char *shown)
{
  fixture->shown = shown;
  eonay_window_fixture_wait (is_shown, fixture);
}

static gboolean
is_open (gpointer user_data)
{
  return eonay_pdf_view_get_n_pages (user_data) > 0;
}

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GBytes) document = pdf_samples_make ("petition");
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  fixture->window = gtk_application_window_new (eonay_window_fixture_get_application ());
  fixture->view = EONAY_PDF_VIEW (eonay_pdf_view_new ());
  fixture->row = g_object_new (EONAY_TYPE_MARK_ROW, NULL);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (fixture->view));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (fixture->row));
  gtk_window_set_child (GTK_WINDOW (fixture->window), box);
  gtk_window_present (GTK_WINDOW (fixture->window));
  eonay_mark_row_set_view (fixture->row, fixture->view);
  eonay_pdf_view_set_document (fixture->view, document, "petition");
  eonay_window_fixture_wait (is_open, fixture->view);
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
}

static void
switch_on (Fixture *fixture, gboolean is_on)
{
  adw_expander_row_set_enable_expansion (ADW_EXPANDER_ROW (fixture->row), is_on);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (fixture->row), is_on);
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (EonayPageAnswer) answer = eonay_page_source_ask_finish (EONAY_PAGE_SOURCE (source),
                                                                     result, NULL);

  *(gboolean *) user_data = TRUE;
}

static gboolean
is_answered (gpointer user_data)
{
  return *(gboolean *) user_data;
}

/* Until whatever was asked of the document, by anybody, is answered, and what is asked for thereupon. */
static void
let_all_be_answered (Fixture *fixture)
{
  for (guint i = 0; i < STEPS; i++)
    {
      fixture->answered = FALSE;
      eonay_page_source_ask_async (eonay_pdf_view_get_source (fixture->view),
                                   eonay_page_request_new (EONAY_PAGE_ASK_OPEN), G_MAXINT, NULL,
                                   on_answered, &fixture->answered);
      eonay_window_fixture_wait (is_answered, &fixture->answered);
    }
}

static void
test_holders (Fixture *fixture, gconstpointer user_data)
{
  g_autofree EonayMarkPlace *place = NULL;
  g_autofree char *preset = NULL;

  eonay_mark_row_set_file (fixture->row, NULL, TRUE, HOLDER);
  switch_on (fixture, TRUE);
  wait_for (fixture, "Under your name");
  eonay_mark_row_set_file (fixture->row, NULL, TRUE, "Zeynep Yok");
  wait_for (fixture, "Below the text");
  eonay_mark_row_set_file (fixture->row, NULL, TRUE, HOLDER);
  wait_for (fixture, "Under your name");

  /* It is signed there; the next time is another matter. */
  preset = eonay_mark_row_make_preset (fixture->row);
  g_assert_null (preset);
  place = eonay_mark_row_make_place (fixture->row);
  g_assert_cmpint (place->position, ==, EONAY_MARK_AREA);
  g_assert_cmpuint (place->page, ==, 1);
  g_assert_cmpfloat (place->top, >, 350);
}

static void
test_own_place (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *preset = NULL;

  eonay_mark_row_set_file (fixture->row, NULL, TRUE, HOLDER);
  switch_on (fixture, TRUE);
  wait_for (fixture, "Under your name");
  adw_combo_row_set_selected (find_positions (fixture), 0);
  g_assert_cmpstr (get_shown (fixture), ==, "Top left");
  adw_combo_row_set_selected (find_positions (fixture), PROPOSED);
  g_assert_cmpstr (get_shown (fixture), ==, "Under your name");
  adw_combo_row_set_selected (find_positions (fixture), 0);

  eonay_mark_row_set_file (fixture->row, NULL, TRUE, "Zeynep Yok");
  switch_on (fixture, FALSE);
  switch_on (fixture, TRUE);
  let_all_be_answered (fixture);
  wait_for (fixture, "Top left");
  preset = eonay_mark_row_make_preset (fixture->row);
  g_assert_cmpstr (preset, ==, "top-left");

  /* For the next file it is where it was, until something is proposed. */
  eonay_mark_row_reset (fixture->row);
  switch_on (fixture, TRUE);
  wait_for (fixture, "Below the text");
}

/* Seen or not. */
static EonayPageMark *
find_mark (Fixture *fixture)
{
  GtkWidget *child =
      gtk_widget_get_first_child (GTK_WIDGET (eonay_pdf_view_get_overlay (fixture->view)));

  while (child != NULL && !EONAY_IS_PAGE_MARK (child))
    child = gtk_widget_get_next_sibling (child);

  return EONAY_PAGE_MARK (child);
}

/* Returns: (nullable): of the row that is shown under @title */
static const char *
get_subtitle (Fixture *fixture, const char *title)
{
  GtkWidget *label = eonay_window_fixture_find (GTK_WIDGET (fixture->row), GTK_TYPE_LABEL, title);
  GtkWidget *row = label != NULL ? gtk_widget_get_ancestor (label, ADW_TYPE_ACTION_ROW) : NULL;

  return row != NULL ? adw_action_row_get_subtitle (ADW_ACTION_ROW (row)) : NULL;
}

static void
show_document (Fixture *fixture, GBytes *document)
{
  eonay_pdf_view_set_document (fixture->view, document, "another");
  eonay_window_fixture_wait (is_open, fixture->view);
}

/* Of several files the last page has it, whatever page of the shown one it is brought to. */
static void
test_last_page (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GBytes) pdf = test_pdf_make_pages (TEST_PDF_TABLE, 3, "", "");
  const EonayMarkPlace first = { EONAY_MARK_AREA, 1, 50, 60, 100, 50 };
  g_autofree EonayMarkPlace *one = NULL;
  g_autofree EonayMarkPlace *several = NULL;

  show_document (fixture, pdf);
  eonay_mark_row_set_file (fixture->row, NULL, TRUE, HOLDER);
  switch_on (fixture, TRUE);
  g_assert_cmpstr (get_subtitle (fixture, "Place on the page"), ==, "");
  eonay_page_mark_set_place (find_mark (fixture), &first);
  g_signal_emit_by_name (find_mark (fixture), "placed");
  one = eonay_mark_row_make_place (fixture->row);
  g_assert_cmpuint (one->page, ==, 1);

  eonay_mark_row_set_file (fixture->row, NULL, FALSE, HOLDER);
  g_assert_cmpstr (
      get_subtitle (fixture, "Place on the page"), ==,
      "On the last page of each PDF; in the signature field instead where one is used");
  g_assert_cmpuint (eonay_page_mark_get_place (find_mark (fixture))->page, ==, 0);
  eonay_page_mark_set_place (find_mark (fixture), &first);
  g_signal_emit_by_name (find_mark (fixture), "placed");
  g_assert_cmpuint (eonay_page_mark_get_place (find_mark (fixture))->page, ==, 0);
  g_assert_cmpfloat (eonay_page_mark_get_place (find_mark (fixture))->left, ==, 50);
  several = eonay_mark_row_make_place (fixture->row);
  g_assert_cmpuint (several->page, ==, 0);
  g_assert_cmpfloat (several->top, ==, 60);
}

/* Returns: (transfer full): a file of three pages, whose second one has a field at @rectangle */
static EonayOwnFile *
make_file_with_field (const char *rectangle, char **path)
{
  g_autoptr (GBytes) pages = test_pdf_make_pages (TEST_PDF_TABLE, 3,
                                                  "/AcroForm << /Fields [9 0 R] >>", "");
  g_autoptr (TestPdf) pdf = test_pdf_new_update (pages, TEST_PDF_TABLE, 10);
  g_autoptr (GBytes) bytes = NULL;
  EonayOwnFile *file;

  test_pdf_add (pdf, 5,
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 6 0 R "
                "/Annots [9 0 R] >>");
  test_pdf_add (pdf, 9,
                "<< /FT /Sig /Type /Annot /Subtype /Widget /T (Kiraci <b>) /F 4 /P 5 0 R "
                "/Rect %s >>",
                rectangle);
  bytes = test_pdf_finish (pdf, "/Root 1 0 R");
  *path = g_build_filename (g_get_tmp_dir (), "eonay-mark-field.pdf", NULL);
  g_assert_true (g_file_set_contents (*path, g_bytes_get_data (bytes, NULL),
                                      (gssize) g_bytes_get_size (bytes), NULL));
  file = eonay_own_file_new (*path);
  g_assert_true (eonay_own_file_read (file, NULL));
  g_assert_true (eonay_own_file_inspect (file, NULL));

  return file;
}

/* A field that is signed has the mark: it is seen there, and does not follow hand or keys. */
static void
test_in_field (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *path = NULL;
  g_autoptr (EonayOwnFile) file = make_file_with_field ("[72 642 272 742]", &path);
  const EonayMarkPlace *place;
  g_autofree EonayMarkPlace *wanted = NULL;

  show_document (fixture, eonay_own_file_get_content (file));
  switch_on (fixture, TRUE);
  eonay_mark_row_set_file (fixture->row, file, TRUE, HOLDER);
  g_assert_cmpstr (get_subtitle (fixture, "Place it by hand"), !=, NULL);

  eonay_own_file_set_field (file, "Kiraci <b>");
  eonay_mark_row_set_file (fixture->row, file, TRUE, HOLDER);
  place = eonay_page_mark_get_place (find_mark (fixture));
  g_assert_cmpuint (place->page, ==, 2);
  g_assert_cmpfloat (place->left, ==, 72);
  g_assert_cmpfloat (place->width, ==, 200);
  g_assert_cmpfloat (place->height, ==, 100);
  g_assert_cmpstr (get_subtitle (fixture, "Place on the page"), ==,
                   "In the signature field “Kiraci <b>”, page 2");
  g_assert_null (eonay_mark_row_get_obstacle (fixture->row));

  /* Others of a batch have no such field. */
  eonay_mark_row_set_file (fixture->row, file, FALSE, HOLDER);
  wanted = eonay_mark_row_make_place (fixture->row);
  g_assert_cmpuint (wanted->page, ==, 0);
  g_assert_cmpint (wanted->position, ==, EONAY_MARK_BOTTOM_RIGHT);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (find_positions (fixture))));
  g_assert_cmpstr (get_subtitle (fixture, "In the PDF that is shown"), ==,
                   "In the signature field “Kiraci <b>”, page 2");

  eonay_own_file_set_field (file, NULL);
  eonay_mark_row_set_file (fixture->row, file, TRUE, HOLDER);
  g_assert_cmpint (eonay_page_mark_get_place (find_mark (fixture))->position, !=, EONAY_MARK_AREA);
  g_assert_cmpint (g_remove (path), ==, 0);
}

/* A field that nobody sees shows no mark: that is said before it is signed. */
static void
test_in_unseen_field (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *path = NULL;
  g_autoptr (EonayOwnFile) file = make_file_with_field ("[0 0 0 0]", &path);

  show_document (fixture, eonay_own_file_get_content (file));
  switch_on (fixture, TRUE);
  eonay_own_file_set_field (file, "Kiraci <b>");
  eonay_mark_row_set_file (fixture->row, file, TRUE, HOLDER);
  g_assert_null (eonay_page_mark_get_place (find_mark (fixture)));
  g_assert_nonnull (eonay_mark_row_get_obstacle (fixture->row));
  switch_on (fixture, FALSE);
  g_assert_null (eonay_mark_row_get_obstacle (fixture->row));
  g_assert_cmpint (g_remove (path), ==, 0);
}

static void
test_several_files (Fixture *fixture, gconstpointer user_data)
{
  eonay_mark_row_set_file (fixture->row, NULL, TRUE, HOLDER);
  switch_on (fixture, TRUE);
  wait_for (fixture, "Under your name");
  eonay_mark_row_set_file (fixture->row, NULL, FALSE, HOLDER);
  wait_for (fixture, "Bottom right");
  let_all_be_answered (fixture);
  g_assert_cmpstr (get_shown (fixture), ==, "Bottom right");
}

/* Where it is when it is signed, it stays, whatever is found afterwards. */
static void
test_too_late (Fixture *fixture, gconstpointer user_data)
{
  g_autofree EonayMarkPlace *place = NULL;
  g_autofree EonayMarkPlace *later = NULL;

  eonay_mark_row_set_file (fixture->row, NULL, TRUE, HOLDER);
  switch_on (fixture, TRUE);
  place = eonay_mark_row_make_place (fixture->row);
  g_assert_cmpint (place->position, ==, EONAY_MARK_BOTTOM_RIGHT);
  let_all_be_answered (fixture);
  eonay_mark_row_set_file (fixture->row, NULL, TRUE, HOLDER);
  let_all_be_answered (fixture);
  later = eonay_mark_row_make_place (fixture->row);
  g_assert_cmpint (later->position, ==, EONAY_MARK_BOTTOM_RIGHT);

  /* Whoever switches it on once more may have it looked for once more. */
  switch_on (fixture, FALSE);
  switch_on (fixture, TRUE);
  wait_for (fixture, "Under your name");
}

/* The place where the person has put it, and the picture, are there the next time. */
static void
test_remembered (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GSettings) settings = eonay_settings_new ();
  g_autofree char *place = NULL;
  g_autofree char *picture = NULL;

  g_settings_set_string (settings, "mark-place", "top-right");
  g_settings_set_string (settings, "mark-picture", "/nowhere/picture.png");
  eonay_mark_row_recall (fixture->row, settings);
  switch_on (fixture, TRUE);
  wait_for (fixture, "Top right");
  adw_combo_row_set_selected (find_positions (fixture), 0);

  g_settings_reset (settings, "mark-place");
  g_settings_reset (settings, "mark-picture");
  eonay_mark_row_remember (fixture->row, settings);
  place = g_settings_get_string (settings, "mark-place");
  picture = g_settings_get_string (settings, "mark-picture");
  g_assert_cmpstr (place, ==, "top-left");
  g_assert_cmpstr (picture, ==, "/nowhere/picture.png");
}

int
main (int argc, char **argv)
{
  eonay_window_fixture_init (&argc, &argv);
  g_test_add ("/window/mark-row/holders", Fixture, NULL, set_up, test_holders, tear_down);
  g_test_add ("/window/mark-row/own-place", Fixture, NULL, set_up, test_own_place, tear_down);
  g_test_add ("/window/mark-row/several-files", Fixture, NULL, set_up, test_several_files,
              tear_down);
  g_test_add ("/window/mark-row/last-page", Fixture, NULL, set_up, test_last_page, tear_down);
  g_test_add ("/window/mark-row/in-field", Fixture, NULL, set_up, test_in_field, tear_down);
  g_test_add ("/window/mark-row/in-unseen-field", Fixture, NULL, set_up, test_in_unseen_field,
              tear_down);
  g_test_add ("/window/mark-row/remembered", Fixture, NULL, set_up, test_remembered, tear_down);
  g_test_add ("/window/mark-row/too-late", Fixture, NULL, set_up, test_too_late, tear_down);

  return g_test_run ();
}
