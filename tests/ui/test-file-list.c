#include <glib/gstdio.h>

#include "app/files/eonay-file-list.h"
#include "app/files/eonay-file-row.h"
#include "support/window/eonay-window-fixture.h"

/* What comes to the list of a person's own files, from inside and outside the window. */

typedef struct {
  GtkWidget *window;
  EonayFileList *list;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  fixture->window = gtk_application_window_new (eonay_window_fixture_get_application ());
  fixture->list = g_object_new (EONAY_TYPE_FILE_LIST, NULL);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->list));
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
}

static void
add (Fixture *fixture, gboolean chosen, const char *const *uris)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; uris[i] != NULL; i++)
    g_ptr_array_add (files, g_file_new_for_uri (uris[i]));
  eonay_file_list_add (fixture->list, files, chosen);
}

static GtkWidget *
find_button (Fixture *fixture)
{
  return eonay_window_fixture_find (GTK_WIDGET (fixture->list), GTK_TYPE_BUTTON,
                                    "_Tick what was opened");
}

/* Returns: how many boxes can be ticked */
static guint
count_boxes (GtkWidget *root)
{
  guint count = GTK_IS_CHECK_BUTTON (root) && gtk_widget_is_sensitive (root);

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    count += count_boxes (child);

  return count;
}

static gboolean
is_settled (gpointer user_data)
{
  Fixture *fixture = user_data;
  GtkWidget *button = find_button (fixture);

  return !eonay_file_list_is_settling (fixture->list) &&
         (button == NULL || gtk_widget_get_sensitive (button));
}

static void
test_chosen (Fixture *fixture, gconstpointer user_data)
{
  add (fixture, TRUE, (const char *const[]){ "file:///a.pdf", NULL });
  g_assert_false (eonay_file_list_is_settling (fixture->list));
  add (fixture, TRUE, (const char *const[]){ "file:///b.pdf", "file:///a.pdf", NULL });
  g_assert_cmpuint (eonay_file_list_get_n_files (fixture->list), ==, 2);
  g_assert_cmpuint (eonay_file_list_count_ticked (fixture->list), ==, 2);
  g_assert_null (find_button (fixture));
}

/* Nothing was there that could have been about to be signed. */
static void
test_first_from_outside (Fixture *fixture, gconstpointer user_data)
{
  add (fixture, FALSE, (const char *const[]){ "file:///a.pdf", "file:///b.pdf", NULL });
  g_assert_cmpuint (eonay_file_list_count_ticked (fixture->list), ==, 2);
  g_assert_false (eonay_file_list_is_settling (fixture->list));
}

static void
test_added_from_outside (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GPtrArray) ticked = NULL;

  add (fixture, TRUE, (const char *const[]){ "file:///a.pdf", NULL });
  add (fixture, FALSE, (const char *const[]){ "file:///b.pdf", NULL });
  g_assert_cmpuint (eonay_file_list_get_n_files (fixture->list), ==, 2);
  g_assert_true (eonay_file_list_is_settling (fixture->list));
  g_assert_false (gtk_widget_get_sensitive (find_button (fixture)));
  ticked = eonay_file_list_list_ticked (fixture->list);
  g_assert_cmpuint (ticked->len, ==, 1);
  g_assert_cmpstr (eonay_own_file_get_path (ticked->pdata[0]), ==, "/a.pdf");
  eonay_window_fixture_wait (is_settled, fixture);

  g_signal_emit_by_name (find_button (fixture), "clicked");
  g_assert_cmpuint (eonay_file_list_count_ticked (fixture->list), ==, 2);
  g_assert_null (find_button (fixture));
}

/* The same file once more changes nothing: it cannot hold up who signs. */
static void
test_again_from_outside (Fixture *fixture, gconstpointer user_data)
{
  add (fixture, TRUE, (const char *const[]){ "file:///a.pdf", NULL });
  add (fixture, FALSE, (const char *const[]){ "file:///a.pdf", NULL });
  g_assert_false (eonay_file_list_is_settling (fixture->list));
  g_assert_null (find_button (fixture));
}

static void
test_remote (Fixture *fixture, gconstpointer user_data)
{
  add (fixture, TRUE, (const char *const[]){ "sftp://host/a.pdf", "smb://host/b.pdf", NULL });
  g_assert_cmpuint (eonay_file_list_get_n_files (fixture->list), ==, 0);
  g_assert_true (g_str_has_prefix (eonay_file_list_get_left_out (fixture->list),
                                   "2 files are not on this computer"));
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (fixture->list)));
  eonay_file_list_clear (fixture->list);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (fixture->list)));
}

static void
test_too_many (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < EONAY_OWN_FILES_MAX + 2; i++)
    {
      g_autofree char *path = g_strdup_printf ("/%u.pdf", i);

      g_ptr_array_add (files, g_file_new_for_path (path));
    }
  eonay_file_list_add (fixture->list, files, TRUE);
  g_assert_cmpuint (eonay_file_list_count_ticked (fixture->list), ==, EONAY_OWN_FILES_MAX);
  g_assert_true (
      g_str_has_prefix (eonay_file_list_get_left_out (fixture->list), "2 files were not taken"));
}

static EonayOwnFile *
put (Fixture *fixture, const char *folder, const char *name, const char *content)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  g_autoptr (GError) error = NULL;
  EonayOwnFile *file;

  if (content != NULL)
    g_assert_true (g_file_set_contents (path, content, -1, NULL));
  add (fixture, TRUE, (const char *const[]){ uri, NULL });
  file = eonay_file_list_get_file (fixture->list, eonay_file_list_get_n_files (fixture->list) - 1);
  if (eonay_own_file_read (file, &error))
    eonay_own_file_inspect (file, NULL);
  eonay_own_file_take_read (file, error);
  g_remove (path);

  return file;
}

/* What is known not to be signable cannot be ticked, and is not counted: in that format. */
static void
test_not_signable (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *folder = g_dir_make_tmp ("eonay-list-XXXXXX", NULL);
  const struct {
    EonayFileFormat format;
    guint n_ticked;
    guint n_boxes;
  } rows[] = {
    { EONAY_FILE_FORMAT_AUTOMATIC, 1, 1 },
    { EONAY_FILE_FORMAT_CADES, 2, 2 },
    { EONAY_FILE_FORMAT_PADES, 0, 0 },
    { EONAY_FILE_FORMAT_AUTOMATIC, 1, 1 },
  };

  put (fixture, folder, "a.txt", "yazı");
  put (fixture, folder, "bozuk.pdf", "%PDF-1.7\n");
  put (fixture, folder, "boş.txt", "");
  put (fixture, folder, "yok.txt", NULL);
  g_assert_cmpint (g_rmdir (folder), ==, 0);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      eonay_file_list_set_format (fixture->list, rows[i].format);
      g_assert_cmpuint (eonay_file_list_count_ticked (fixture->list), ==, rows[i].n_ticked);
      g_assert_cmpuint (count_boxes (GTK_WIDGET (fixture->list)), ==, rows[i].n_boxes);
    }
}

int
main (int argc, char *argv[])
{
  eonay_window_fixture_init (&argc, &argv);
#define ADD(name, function) \
  g_test_add ("/window/file-list/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("chosen", test_chosen);
  ADD ("first-from-outside", test_first_from_outside);
  ADD ("added-from-outside", test_added_from_outside);
  ADD ("again-from-outside", test_again_from_outside);
  ADD ("remote", test_remote);
  ADD ("too-many", test_too_many);
  ADD ("not-signable", test_not_signable);
#undef ADD

  return g_test_run ();
}
