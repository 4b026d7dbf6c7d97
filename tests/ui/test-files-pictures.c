#include <glib/gstdio.h>
#include <string.h>

#include "app/document/eonay-page-view.h"
#include "app/files/eonay-mark-row.h"
#include "app/files/eonay-page-mark.h"
#include "support/pdf-samples.h"
#include "support/window/eonay-appearance.h"
#include "support/window/eonay-window-fixture.h"

/* A person's own files as pictures to be looked at, from opening to the signed ones. */

#define PDF                                                                                    \
  "%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids"      \
  "[3 0 R]/Count 1>>\nendobj\n3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>\n"    \
  "endobj\nxref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n0000000054 00000 n \n00000001" \
  "05 00000 n \ntrailer\n<</Size 4/Root 1 0 R>>\nstartxref\n170\n%%EOF\n"

typedef struct {
  EonayWindowFixture window;
  char *folder;
} Fixture;

static void
picture (Fixture *fixture, const char *page, const EonayAppearance *appearance)
{
  g_autofree char *name = g_strdup_printf ("files-%s-%s", page, appearance->name);

  eonay_window_fixture_save_picture (GTK_WIDGET (fixture->window.window), name);
}

static void
put (Fixture *fixture, GPtrArray *files, const char *name, const char *content)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, content, -1, NULL));
  g_ptr_array_add (files, g_file_new_for_path (path));
}

static gboolean
can_sign (gpointer user_data)
{
  Fixture *fixture = user_data;
  GtkWidget *view = GTK_WIDGET (eonay_window_get_files_view (fixture->window.window));
  GtkWidget *button = eonay_window_fixture_find (view, GTK_TYPE_BUTTON, "3 dosyayı _imzala");

  return button != NULL && gtk_widget_get_sensitive (button);
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
open_files (Fixture *fixture)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  put (fixture, files, "sözleşme.pdf", PDF);
  put (fixture, files, "Bir dosyanın adı böyle uzun olabilir, ve pencere dar.txt", "Merhaba\n");
  put (fixture, files, "boş.txt", "");
  put (fixture, files, "bozuk.pdf", "%PDF-1.7\n");
  put (fixture, files, "tablo.ods", "PK\3\4");
  eonay_window_open_files (fixture->window.window, files, TRUE);
  eonay_window_fixture_wait (can_sign, fixture);
  eonay_window_fixture_settle (GTK_WIDGET (fixture->window.window));
}

static GtkWidget *
get_view (Fixture *fixture)
{
  return GTK_WIDGET (eonay_window_get_files_view (fixture->window.window));
}

static gboolean
is_read (gpointer user_data)
{
  GtkWidget *pages = eonay_window_fixture_find (user_data, EONAY_TYPE_PAGE_VIEW, NULL);
  GtkWidget *sign = eonay_window_fixture_find (user_data, GTK_TYPE_BUTTON, "İ_mzala");

  return pages != NULL && eonay_page_view_get_n_pages (EONAY_PAGE_VIEW (pages)) > 0 &&
         sign != NULL && gtk_widget_get_sensitive (sign);
}

static gboolean
has_place (gpointer user_data)
{
  return eonay_window_fixture_find (user_data, EONAY_TYPE_PAGE_MARK, NULL) != NULL;
}

/* One file, and the mark on its page. */
static void
show_one (Fixture *fixture, const EonayAppearance *appearance)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GBytes) petition = pdf_samples_make ("petition");
  g_autofree char *path = g_build_filename (fixture->folder, "dilekçe.pdf", NULL);
  GtkWidget *view = get_view (fixture);
  GtkWidget *mark;

  g_assert_true (g_file_set_contents (path, g_bytes_get_data (petition, NULL),
                                      (gssize) g_bytes_get_size (petition), NULL));
  g_ptr_array_add (files, g_file_new_for_path (path));
  gtk_widget_activate_action (view, "files.close", NULL);
  eonay_window_open_files (fixture->window.window, files, TRUE);
  eonay_window_fixture_wait (is_read, view);
  eonay_window_fixture_settle (GTK_WIDGET (fixture->window.window));
  picture (fixture, "03-one", appearance);

  mark = eonay_window_fixture_find (view, EONAY_TYPE_MARK_ROW, NULL);
  adw_expander_row_set_enable_expansion (ADW_EXPANDER_ROW (mark), TRUE);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (mark), TRUE);
  eonay_window_fixture_wait (has_place, view);
  eonay_page_mark_show (
      EONAY_PAGE_MARK (eonay_window_fixture_find (view, EONAY_TYPE_PAGE_MARK, NULL)));
  eonay_window_fixture_settle (GTK_WIDGET (fixture->window.window));
  picture (fixture, "04-mark", appearance);
  gtk_widget_child_focus (mark, GTK_DIR_TAB_FORWARD);
  eonay_window_fixture_settle (GTK_WIDGET (fixture->window.window));
  picture (fixture, "05-mark-row", appearance);
}

static void
test_window (gconstpointer user_data)
{
  const EonayAppearance *appearance = user_data;
  Fixture fixture = { .folder = g_dir_make_tmp ("eonay-files-XXXXXX", NULL) };

  eonay_appearance_set (appearance);
  eonay_window_fixture_open (&fixture.window, appearance->width, appearance->height);
  eonay_window_show_view (fixture.window.window, "files");
  eonay_window_fixture_settle (GTK_WIDGET (fixture.window.window));
  picture (&fixture, "01-empty", appearance);
  open_files (&fixture);
  picture (&fixture, "02-list", appearance);
  show_one (&fixture, appearance);
  eonay_window_fixture_close (&fixture.window);
  remove_folder (fixture.folder);
  g_free (fixture.folder);
}

int
main (int argc, char *argv[])
{
  eonay_window_fixture_init (&argc, &argv);
  for (guint i = 0; eonay_appearance_get (i) != NULL; i++)
    {
      g_autofree char *path = g_strconcat ("/window/files-pictures/",
                                           eonay_appearance_get (i)->name, NULL);

      g_test_add_data_func (path, eonay_appearance_get (i), test_window);
    }

  return g_test_run ();
}
