#include "app/diagnosis/eonay-diagnosis-window.h"
#include "app/history/eonay-history-window.h"
#include "app/window/eonay-application.h"
#include "eonay-embedded-practice.h"
#include "support/window/eonay-window-fixture.h"

/* What the window of shortcuts shows, and the keys that the program really has. */

typedef struct {
  GHashTable *actions;      /* to the accelerators shown for them, as one text */
  GHashTable *accelerators; /* of what has no action for the whole program: a set */
} Shown;

/* Returns: (transfer full): the one of several forms of a name with its target that GIO prints */
static char *
normalize (const char *action)
{
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;

  g_assert_true (g_action_parse_detailed_name (action, &name, &target, NULL));

  return g_action_print_detailed_name (name, target);
}

static void
collect (GtkWidget *widget, Shown *shown)
{
  if (GTK_IS_SHORTCUTS_SHORTCUT (widget) && gtk_widget_get_visible (widget))
    {
      g_autofree char *action = NULL;
      g_autofree char *accelerator = NULL;
      g_auto (GStrv) each = NULL;

      g_object_get (widget, "action-name", &action, "accelerator", &accelerator, NULL);
      g_assert_cmpstr (accelerator, !=, "");
      each = g_strsplit (accelerator, " ", -1);
      for (gsize i = 0; each[i] != NULL; i++)
        g_assert_true (gtk_accelerator_parse (each[i], NULL, NULL));
      if (action == NULL)
        for (gsize i = 0; each[i] != NULL; i++)
          g_hash_table_add (shown->accelerators, g_strdup (each[i]));
      else
        g_hash_table_insert (shown->actions, normalize (action), g_steal_pointer (&accelerator));
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect (child, shown);
}

static GtkWidget *
find_window (GType type)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (window, type))
        return window;
    }

  return NULL;
}

static void
open_shortcuts (EonayWindow *window, Shown *shown)
{
  GtkWidget *overlay;

  shown->actions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  shown->accelerators = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  eonay_window_open_help (window);
  overlay = find_window (GTK_TYPE_SHORTCUTS_WINDOW);
  g_assert_nonnull (overlay);
  collect (overlay, shown);
  gtk_window_destroy (GTK_WINDOW (overlay));
}

static void
free_shown (Shown *shown)
{
  g_hash_table_unref (shown->actions);
  g_hash_table_unref (shown->accelerators);
}

/* Every action that has keys is shown with all of them, and no two have the same key. */
static void
check_application (GtkApplication *application, const Shown *shown)
{
  g_auto (GStrv) actions = gtk_application_list_action_descriptions (application);
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_assert_cmpuint (g_strv_length (actions), ==, g_hash_table_size (shown->actions));
  for (gsize i = 0; actions[i] != NULL; i++)
    {
      g_auto (GStrv) keys = gtk_application_get_accels_for_action (application, actions[i]);
      g_autofree char *text = g_strjoinv (" ", keys);

      g_assert_cmpstr (g_hash_table_lookup (shown->actions, actions[i]), ==, text);
      for (gsize j = 0; keys[j] != NULL; j++)
        g_assert_true (g_hash_table_add (taken, g_strdup (keys[j])));
    }
}

/* Escape closes every dialog everywhere, and is not told of. */
static guint
check_shortcut (GtkShortcut *shortcut, const Shown *shown)
{
  GtkShortcutAction *action = gtk_shortcut_get_action (shortcut);
  g_autofree char *keys = gtk_shortcut_trigger_to_string (gtk_shortcut_get_trigger (shortcut));
  g_auto (GStrv) each = g_strsplit (keys, "|", -1);
  const char *name;

  if (!GTK_IS_NAMED_ACTION (action))
    return 0;
  name = gtk_named_action_get_action_name (GTK_NAMED_ACTION (action));
  if (!g_str_has_prefix (name, "list.") && !g_str_has_prefix (name, "diagnosis."))
    return 0;

  for (gsize i = 0; each[i] != NULL; i++)
    g_assert_true (g_hash_table_contains (shown->accelerators, each[i]));

  return g_strv_length (each);
}

/* Returns: how many keys of its own @window has, all of which are shown */
static guint
check_window (GtkWidget *window, const Shown *shown)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (window);
  guint n_keys = 0;

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (!GTK_IS_SHORTCUT_CONTROLLER (controller))
        continue;
      for (guint j = 0; j < g_list_model_get_n_items (G_LIST_MODEL (controller)); j++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), j);

          n_keys += check_shortcut (shortcut, shown);
        }
    }

  return n_keys;
}

static gboolean
is_there (gpointer type)
{
  return find_window (GPOINTER_TO_SIZE (type)) != NULL;
}

static void
check_windows (EonayWindow *window, const Shown *shown)
{
  GtkWidget *diagnosis, *history;
  guint n_keys;

  gtk_widget_activate_action (GTK_WIDGET (window), "app.history", NULL);
  gtk_widget_activate_action (GTK_WIDGET (window), "app.diagnostics", NULL);
  eonay_window_fixture_wait (is_there, GSIZE_TO_POINTER (EONAY_TYPE_DIAGNOSIS_WINDOW));
  history = find_window (EONAY_TYPE_HISTORY_WINDOW);
  diagnosis = find_window (EONAY_TYPE_DIAGNOSIS_WINDOW);

  n_keys = check_window (history, shown) + check_window (diagnosis, shown);
  /* And the main menu's. */
  g_assert_cmpuint (n_keys + 1, ==, g_hash_table_size (shown->accelerators));
  gtk_window_close (GTK_WINDOW (history));
  gtk_window_close (GTK_WINDOW (diagnosis));
}

static gboolean
check_cb (gpointer user_data)
{
  GtkApplication *application = user_data;
  EonayWindow *window = EONAY_WINDOW (find_window (EONAY_TYPE_WINDOW));
  g_auto (GStrv) practice = gtk_application_get_accels_for_action (application,
                                                                   "app.practice-code");
  Shown shown;

  open_shortcuts (window, &shown);
  check_application (application, &shown);
  if (practice[0] != NULL)
    check_windows (window, &shown);
  free_shown (&shown);
  gtk_window_close (GTK_WINDOW (window));

  return G_SOURCE_REMOVE;
}

static void
activated_cb (GtkApplication *application)
{
  g_idle_add_full (G_PRIORITY_LOW, check_cb, application, NULL);
}

/* An application is run once in a process. */
static void
run (const char *option)
{
  char *arguments[] = { (char *) "eonay", (char *) option, NULL };
  g_autoptr (EonayApplication) application = eonay_application_new (EONAY_TYPE_EMBEDDED_PRACTICE);

  g_signal_connect_after (application, "activate", G_CALLBACK (activated_cb), NULL);
  g_assert_cmpint (
      g_application_run (G_APPLICATION (application), option != NULL ? 2 : 1, arguments), ==, 0);
}

static void
test_practice (void)
{
  run ("--practice");
}

static void
test_real (void)
{
  run (NULL);
}

int
main (int argc, char *argv[])
{
  eonay_window_fixture_init (&argc, &argv);
  g_test_add_func ("/window/shortcuts/practice", test_practice);
  g_test_add_func ("/window/shortcuts/real", test_real);

  return g_test_run ();
}
