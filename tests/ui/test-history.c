#include <glib/gstdio.h>
#include <libintl.h>

#include "app/history/eonay-history-details.h"
#include "app/history/eonay-history-row.h"
#include "app/history/eonay-history-window.h"
#include "support/window/eonay-appearance.h"
#include "support/window/eonay-window-fixture.h"
#include "support/window/history-samples.h"

/* The History's window over a list made up, in Turkish, with pictures to be looked at. */

#define MANY 10000

/** Fills @history with samples; a program that is gone has left what it began. */
static void
fill (const char *path)
{
  g_autoptr (EonayHistory) history = eonay_history_new (path);
  /* Noon, so that "an hour ago" is today at any time of the day. */
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  gint64 noon = g_date_time_to_unix (now) - g_date_time_get_hour (now) * 3600 -
                g_date_time_get_minute (now) * 60 + 12 * 3600 + 1620;

  for (guint i = 0; i < HISTORY_SAMPLES_N_BATCHES; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", i);
      g_autoptr (GPtrArray) batch = history_samples_new_batch (name, i, noon);

      eonay_history_put_async (history, batch, NULL, NULL);
    }
  g_assert_true (eonay_history_flush (history, 30));
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

typedef struct {
  char *folder;
  char *path;
  EonayHistory *history;
  GtkWidget *window;
} Scene;

static gboolean
is_read (gpointer user_data)
{
  GtkStack *stack = GTK_STACK (eonay_window_fixture_find (user_data, GTK_TYPE_STACK, NULL));

  return g_strcmp0 (gtk_stack_get_visible_child_name (stack), "reading") != 0;
}

static void
scene_open (Scene *scene, gboolean filled, int width, int height)
{
  scene->folder = g_dir_make_tmp ("eonay-history-XXXXXX", NULL);
  scene->path = g_build_filename (scene->folder, "history.db", NULL);
  if (filled)
    fill (scene->path);
  scene->history = eonay_history_new (scene->path);
  scene->window = eonay_history_window_new (NULL, scene->history);
  gtk_window_set_default_size (GTK_WINDOW (scene->window), width, height);
  gtk_window_present (GTK_WINDOW (scene->window));
  eonay_window_fixture_wait (is_read, scene->window);
  eonay_window_fixture_settle (scene->window);
}

static gboolean
is_gone (gpointer user_data)
{
  return *(gpointer *) user_data == NULL;
}

static void
scene_close (Scene *scene)
{
  static const char *const endings[] = { "", "-journal", "-lock" };
  gpointer window = scene->window;
  gpointer history = scene->history;

  g_object_add_weak_pointer (window, &window);
  g_object_add_weak_pointer (history, &history);
  gtk_window_destroy (GTK_WINDOW (scene->window));
  g_object_unref (scene->history);
  eonay_window_fixture_wait (is_gone, &window);
  eonay_window_fixture_wait (is_gone, &history);

  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *path = g_strconcat (scene->path, endings[i], NULL);

      g_unlink (path);
    }
  g_assert_cmpint (g_rmdir (scene->folder), ==, 0);
  g_free (scene->path);
  g_free (scene->folder);
}

static GtkWidget *
find (Scene *scene, GType type, const char *label)
{
  return eonay_window_fixture_find (scene->window, type, label);
}

static void
search (Scene *scene, const char *text)
{
  GtkWidget *entry;

  gtk_widget_activate_action (scene->window, "list.search", NULL);
  entry = find (scene, GTK_TYPE_SEARCH_ENTRY, NULL);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  g_signal_emit_by_name (entry, "search-changed");
  eonay_window_fixture_settle (scene->window);
}

/** Returns: (transfer full) (nullable): what the menu says of its saving and printing */
static char *
read_scope (Scene *scene)
{
  GtkMenuButton *button = GTK_MENU_BUTTON (find (scene, GTK_TYPE_MENU_BUTTON, NULL));
  GMenuModel *menu = gtk_menu_button_get_menu_model (button);
  g_autoptr (GMenuModel) section = g_menu_model_get_item_link (menu, 0, G_MENU_LINK_SECTION);
  char *scope = NULL;

  g_assert_cmpint (g_menu_model_get_n_items (section), ==, 3);
  g_menu_model_get_item_attribute (menu, 0, G_MENU_ATTRIBUTE_LABEL, "s", &scope);

  return scope;
}

static void
test_scope (void)
{
  Scene scene;
  g_autofree char *all = NULL;
  g_autofree char *some = NULL;
  g_autofree char *again = NULL;

  scene_open (&scene, TRUE, 640, 600);
  all = read_scope (&scene);
  g_assert_null (all);
  search (&scene, "ASKIYA");
  some = read_scope (&scene);
  g_assert_cmpstr (some, ==, "Yalnızca bulunanlar: 1 / 7 kayıt");
  search (&scene, "");
  again = read_scope (&scene);
  g_assert_null (again);
  scene_close (&scene);
}

static GtkWidget *
find_list (Scene *scene)
{
  return find (scene, GTK_TYPE_LIST_VIEW, NULL);
}

static void
test_list (void)
{
  Scene scene;

  scene_open (&scene, TRUE, 640, 1200);
  g_assert_nonnull (find (&scene, GTK_TYPE_LABEL, gettext ("Today")));
  g_assert_nonnull (find (&scene, GTK_TYPE_LABEL, gettext ("Yesterday")));
  g_assert_nonnull (find (&scene, GTK_TYPE_LABEL, "Sözleşme · Kamu Sertifikasyon Merkezi"));
  g_assert_nonnull (find (&scene, GTK_TYPE_LABEL, gettext ("Signed and delivered")));
  g_assert_nonnull (find (&scene, GTK_TYPE_LABEL, gettext ("Outcome unknown")));
  g_assert_null (find (&scene, GTK_TYPE_LABEL, gettext ("Being signed")));

  search (&scene, "ASKIYA");
  g_assert_nonnull (find (&scene, GTK_TYPE_LABEL, gettext ("Outcome unknown")));
  g_assert_null (find (&scene, GTK_TYPE_LABEL, gettext ("Signed and delivered")));
  search (&scene, "no such thing");
  g_assert_nonnull (find (&scene, ADW_TYPE_STATUS_PAGE, NULL));
  search (&scene, "");
  g_assert_nonnull (find (&scene, GTK_TYPE_LABEL, gettext ("Signed and delivered")));
  scene_close (&scene);
}

static void
test_details (void)
{
  Scene scene;
  GtkWidget *row;
  g_autoptr (GObject) first = NULL;

  scene_open (&scene, TRUE, 640, 600);
  /* A day is a heading, and no row that the focus could go to. */
  first = g_list_model_get_item (
      G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (find_list (&scene)))), 0);
  g_assert_true (EONAY_IS_HISTORY_ENTRY (first));
  g_signal_emit_by_name (find_list (&scene), "activate", 0);
  eonay_window_fixture_settle (scene.window);
  g_assert_null (find_list (&scene));
  row = find (&scene, ADW_TYPE_ACTION_ROW, NULL);
  g_assert_nonnull (row);
  g_assert_nonnull (find (&scene, GTK_TYPE_LABEL, "KSM-2026-0004411"));
  g_assert_nonnull (find (&scene, GTK_TYPE_LABEL, "4a66908de0a4c182e92784a051da7af9"));
  g_assert_true (gtk_widget_activate_action (scene.window, "list.back", NULL));
  eonay_window_fixture_settle (scene.window);
  g_assert_nonnull (find_list (&scene));
  scene_close (&scene);
}

static gboolean
is_empty (gpointer user_data)
{
  return eonay_window_fixture_find (user_data, GTK_TYPE_LIST_VIEW, NULL) == NULL;
}

static void
test_off_and_cleared (void)
{
  Scene scene;

  scene_open (&scene, TRUE, 640, 600);
  g_assert_null (find (&scene, GTK_TYPE_BUTTON, gettext ("Turn on")));
  g_assert_true (gtk_widget_activate_action (scene.window, "list.history", NULL));
  g_assert_false (eonay_history_is_enabled (scene.history));
  eonay_window_fixture_settle (scene.window);
  g_assert_nonnull (find (&scene, GTK_TYPE_BUTTON, gettext ("Turn on")));
  g_assert_nonnull (find_list (&scene));

  eonay_history_clear (scene.history);
  eonay_window_fixture_wait (is_empty, scene.window);
  g_assert_nonnull (find (&scene, GTK_TYPE_BUTTON, gettext ("Turn on")));
  g_signal_emit_by_name (find (&scene, GTK_TYPE_BUTTON, gettext ("Turn on")), "clicked");
  eonay_window_fixture_settle (scene.window);
  g_assert_true (eonay_history_is_enabled (scene.history));
  g_assert_null (find (&scene, GTK_TYPE_BUTTON, gettext ("Turn on")));
  scene_close (&scene);
}

static gboolean
has_no_details (gpointer user_data)
{
  return eonay_window_fixture_find (user_data, EONAY_TYPE_HISTORY_DETAILS, NULL) == NULL;
}

static void
test_cleared_from_details (void)
{
  Scene scene;

  scene_open (&scene, TRUE, 640, 600);
  g_signal_emit_by_name (find_list (&scene), "activate", 0);
  eonay_window_fixture_settle (scene.window);
  g_assert_false (has_no_details (scene.window));
  eonay_history_clear (scene.history);
  eonay_window_fixture_wait (has_no_details, scene.window);
  g_assert_nonnull (find (&scene, ADW_TYPE_STATUS_PAGE, NULL));
  scene_close (&scene);
}

static gboolean
is_shown (gpointer user_data)
{
  return eonay_window_fixture_find (user_data, GTK_TYPE_LABEL, gettext ("Signed and delivered")) !=
         NULL;
}

static gboolean
is_active (gpointer user_data)
{
  return gtk_window_is_active (user_data);
}

/* What this program writes is seen at once; what another one does, when one comes back to it. */
static void
test_written_meanwhile (void)
{
  Scene scene;
  GtkWidget *other = gtk_window_new ();
  g_autoptr (GPtrArray) batch = history_samples_new_batch ("m", 0, 1700000000);

  scene_open (&scene, FALSE, 640, 600);
  g_assert_false (is_shown (scene.window));
  eonay_history_put_async (scene.history, batch, NULL, NULL);
  eonay_window_fixture_wait (is_shown, scene.window);
  eonay_history_clear (scene.history);
  eonay_window_fixture_wait (is_empty, scene.window);

  gtk_window_present (GTK_WINDOW (other));
  eonay_window_fixture_wait (is_active, other);
  fill (scene.path);
  g_assert_false (is_shown (scene.window));
  gtk_window_present (GTK_WINDOW (scene.window));
  eonay_window_fixture_wait (is_shown, scene.window);
  gtk_window_destroy (GTK_WINDOW (other));
  scene_close (&scene);
}

static gboolean
has_many (gpointer user_data)
{
  GtkWidget *list = eonay_window_fixture_find (user_data, GTK_TYPE_LIST_VIEW, NULL);

  return list != NULL && g_list_model_get_n_items (
                             G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (list)))) >= MANY;
}

static void
test_many (void)
{
  g_autoptr (EonayHistory) history = eonay_history_new (NULL);
  g_autoptr (GPtrArray) batch = g_ptr_array_new_with_free_func (g_object_unref);
  GtkWidget *window;
  GtkWidget *list;
  gint64 start;
  gint64 shown;
  int rows = 0;

  for (int i = 0; i < MANY; i++)
    {
      g_autoptr (GPtrArray) one = history_samples_new_batch ("m", 0, 1700000000 - i * 3600);
      EonayHistoryEntry *entry = one->pdata[0];

      entry->document = (guint) i;
      g_ptr_array_add (batch, g_object_ref (entry));
    }
  eonay_history_put_async (history, batch, NULL, NULL);
  g_assert_true (eonay_history_flush (history, 60));

  start = g_get_monotonic_time ();
  window = eonay_history_window_new (NULL, history);
  gtk_window_present (GTK_WINDOW (window));
  eonay_window_fixture_wait (has_many, window);
  eonay_window_fixture_settle (window);
  shown = g_get_monotonic_time ();
  list = eonay_window_fixture_find (window, GTK_TYPE_LIST_VIEW, NULL);
  for (GtkWidget *row = gtk_widget_get_first_child (list); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    rows++;
  g_assert_cmpint (rows, <, 1000);

  search (&(Scene){ .window = window }, "0004411");
  g_test_message ("%d entries: shown after %d ms, searched in %d ms, %d rows made", MANY,
                  (int) ((shown - start) / 1000), (int) ((g_get_monotonic_time () - shown) / 1000),
                  rows);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
picture (Scene *scene, const char *what, const EonayAppearance *appearance)
{
  g_autofree char *name = g_strdup_printf ("history-%s-%s", what, appearance->name);

  eonay_window_fixture_save_picture (scene->window, name);
}

static void
test_pictures (gconstpointer user_data)
{
  const EonayAppearance *appearance = user_data;
  Scene scene;

  eonay_appearance_set (appearance);
  scene_open (&scene, TRUE, appearance->width, appearance->height);
  picture (&scene, "1-list", appearance);
  g_signal_emit_by_name (find_list (&scene), "activate", 0);
  picture (&scene, "2-details", appearance);
  gtk_widget_activate_action (scene.window, "list.back", NULL);
  search (&scene, "askıya");
  picture (&scene, "3-found", appearance);
  g_signal_emit_by_name (find_list (&scene), "activate", 0);
  picture (&scene, "4-unknown", appearance);
  gtk_widget_activate_action (scene.window, "list.back", NULL);
  search (&scene, "yok");
  picture (&scene, "5-not-found", appearance);
  search (&scene, "");
  gtk_widget_activate_action (scene.window, "list.history", NULL);
  picture (&scene, "6-off", appearance);
  scene_close (&scene);

  scene_open (&scene, FALSE, appearance->width, appearance->height);
  picture (&scene, "7-empty", appearance);
  gtk_widget_activate_action (scene.window, "list.history", NULL);
  picture (&scene, "8-off-and-empty", appearance);
  scene_close (&scene);
}

/* Whose style sheet the windows wear. */
static void
start_application (void)
{
  static GtkApplication *application;
  g_autoptr (GError) error = NULL;

  application = GTK_APPLICATION (
      adw_application_new ("io.github.eonay.Eonay.Test", G_APPLICATION_NON_UNIQUE));
  g_application_set_resource_base_path (G_APPLICATION (application), "/io/github/eonay/Eonay");
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
}

int
main (int argc, char *argv[])
{
  eonay_window_fixture_init (&argc, &argv);
  start_application ();
  g_test_add_func ("/window/history/list", test_list);
  g_test_add_func ("/window/history/details", test_details);
  g_test_add_func ("/window/history/off", test_off_and_cleared);
  g_test_add_func ("/window/history/cleared-from-details", test_cleared_from_details);
  g_test_add_func ("/window/history/scope", test_scope);
  g_test_add_func ("/window/history/written-meanwhile", test_written_meanwhile);
  g_test_add_func ("/window/history/many", test_many);
  for (guint i = 0; eonay_appearance_get (i) != NULL; i++)
    {
      g_autofree char *path = g_strconcat ("/window/history/pictures/",
                                           eonay_appearance_get (i)->name, NULL);

      g_test_add_data_func (path, eonay_appearance_get (i), test_pictures);
    }

  return g_test_run ();
}
