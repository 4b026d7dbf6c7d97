#include <string.h>

#include "app/preferences/eonay-module-group.h"
#include "app/preferences/eonay-portal-group.h"
#include "app/widgets/eonay-countdown.h"
#include "preferences-fixture.h"
#include "session/eonay-settings.h"

#define GOOD "{\"id\":\"kurum\",\"name\":\"Kurum <Portalı>\",\"base_url\":\"https://k.example/\"}"
#define LOCKED "Set by your administrator"

static GtkWidget *
get_switch (PreferencesStand *stand, const char *title)
{
  GtkWidget *row = GTK_WIDGET (preferences_stand_get_row (stand, title));
  GtkWidget *button;

  g_assert_nonnull (row);
  button = eonay_window_fixture_find (row, GTK_TYPE_SWITCH, NULL);
  /* The row's title is its name. */
  if (button != NULL)
    g_assert_true (gtk_test_accessible_has_relation (GTK_ACCESSIBLE (button),
                                                     GTK_ACCESSIBLE_RELATION_LABELLED_BY));

  return button;
}

static gboolean
says (PreferencesStand *stand, const char *label)
{
  return eonay_window_fixture_find (stand->window, GTK_TYPE_LABEL, label) != NULL;
}

static void
test_switches (void)
{
  const struct {
    const char *page;
    const char *title;
    const char *key;
    gboolean before;
  } cases[] = {
    { "general", "Large countdown", "large-countdown", FALSE },
    { "general", "Keep a list of what I sign", "history", TRUE },
    { "cards", "AKİS v2 cards without their driver", "experimental-akis", FALSE },
  };
  PreferencesStand stand;

  preferences_stand_open (&stand, NULL, NULL, 640, 600);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GtkWidget *button;

      preferences_stand_show_page (&stand, cases[i].page);
      button = get_switch (&stand, cases[i].title);
      g_assert_nonnull (button);
      g_assert_cmpint (gtk_switch_get_active (GTK_SWITCH (button)), ==, cases[i].before);
      gtk_switch_set_active (GTK_SWITCH (button), !cases[i].before);
      g_assert_cmpint (g_settings_get_boolean (stand.settings, cases[i].key), ==, !cases[i].before);
    }

  /* What is not kept has no texts. */
  preferences_stand_show_page (&stand, "general");
  g_assert_false (gtk_widget_is_sensitive (get_switch (&stand, "Keep the texts, too")));
  g_settings_set_boolean (stand.settings, "history", TRUE);
  g_assert_true (gtk_widget_is_sensitive (get_switch (&stand, "Keep the texts, too")));
  g_assert_false (g_settings_get_boolean (stand.settings, "history-keeps-text"));
  preferences_stand_close (&stand);
}

/* A key file: what a lock hides from a person it hides from the program, too. */
static void
test_locks (void)
{
  PreferencesStand stand;

  preferences_stand_open (&stand,
                          "[io/github/eonay/Eonay]\nportal='bakanlik'\nhistory=false\n"
                          "pkcs11-modules=['/opt/eski/eski.so']\nexperimental-akis=true\n",
                          "/io/github/eonay/Eonay/portal\n/io/github/eonay/Eonay/history\n"
                          "/io/github/eonay/Eonay/pkcs11-modules\n",
                          640, 600);
  g_assert_false (gtk_widget_is_sensitive (get_switch (&stand, "Keep a list of what I sign")));
  g_assert_false (
      gtk_switch_get_active (GTK_SWITCH (get_switch (&stand, "Keep a list of what I sign"))));
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (
                                preferences_stand_get_row (&stand, "Keep a list of what I sign")),
                            LOCKED));
  g_assert_cmpstr (adw_action_row_get_subtitle (preferences_stand_get_row (&stand, "Start with")),
                   ==, LOCKED);
  g_assert_false (
      gtk_widget_is_sensitive (GTK_WIDGET (preferences_stand_get_row (&stand, "Start with"))));
  g_assert_true (says (&stand, "bakanlik (not installed)"));
  g_assert_true (gtk_widget_is_sensitive (get_switch (&stand, "Large countdown")));

  preferences_stand_show_page (&stand, "cards");
  preferences_stand_wait (&stand);
  g_assert_nonnull (preferences_stand_get_row (&stand, "eski.so"));
  g_assert_true (says (&stand, LOCKED));
  g_assert_null (eonay_window_fixture_find (stand.window, GTK_TYPE_BUTTON, "Add a module…"));
  g_assert_null (eonay_window_fixture_find (stand.window, GTK_TYPE_BUTTON, "Remove: eski.so"));
  /* A default alone can be changed. */
  g_assert_true (gtk_switch_get_active (
      GTK_SWITCH (get_switch (&stand, "AKİS v2 cards without their driver"))));
  g_assert_true (
      gtk_widget_is_sensitive (get_switch (&stand, "AKİS v2 cards without their driver")));
  preferences_stand_close (&stand);
}

static void
add_profile (PreferencesStand *stand, const char *text)
{
  GtkWidget *group = eonay_window_fixture_find (stand->window, EONAY_TYPE_PORTAL_GROUP, NULL);
  g_autoptr (GFile) file = preferences_stand_write (stand, "given.json", text);

  eonay_portal_group_add (EONAY_PORTAL_GROUP (group), file);
  eonay_window_fixture_settle (stand->window);
}

static GtkWidget *
find_window (GType type)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (window, type) && gtk_widget_get_visible (window))
        return window;
    }

  return NULL;
}

static void
test_portals (void)
{
  PreferencesStand stand;
  AdwComboRow *start;
  g_autofree char *chosen = NULL;

  preferences_stand_open (&stand, NULL, NULL, 640, 600);
  add_profile (&stand, "{\"id\":\"x\",\"name\":\"X\",\"base_url\":\"http://x.example/\"}");
  g_assert_true (says (&stand, "PROFIL-02"));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (stand.portals)), ==, 0);

  add_profile (&stand, GOOD);
  g_assert_false (says (&stand, "PROFIL-02"));
  g_assert_nonnull (preferences_stand_get_row (&stand, "Kurum <Portalı>"));
  start = ADW_COMBO_ROW (preferences_stand_get_row (&stand, "Start with"));
  adw_combo_row_set_selected (start, 1);
  chosen = g_settings_get_string (stand.settings, "portal");
  g_assert_cmpstr (chosen, ==, "kurum");

  g_signal_emit_by_name (
      eonay_window_fixture_find (stand.window, GTK_TYPE_BUTTON, "Remove: Kurum <Portalı>"),
      "clicked");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (stand.portals)), ==, 1);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (find_window (ADW_TYPE_MESSAGE_DIALOG)),
                               "remove");
  eonay_window_fixture_settle (stand.window);
  g_assert_null (preferences_stand_get_row (&stand, "Kurum <Portalı>"));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (stand.portals)), ==, 0);
  /* The choice is the person's: nothing takes it away. */
  g_assert_true (says (&stand, "kurum (not installed)"));
  preferences_stand_close (&stand);
}

static gboolean
is_choosing (gpointer user_data)
{
  return find_window (GTK_TYPE_FILE_CHOOSER_DIALOG) != NULL;
}

static gboolean
has_chosen (gpointer user_data)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (user_data);

  return file != NULL;
}

/** Presses "Add a profile…" and answers. @file: (nullable): %NULL to cancel */
static void
choose (PreferencesStand *stand, GFile *file)
{
  GtkWidget *dialog;

  g_signal_emit_by_name (
      eonay_window_fixture_find (stand->window, GTK_TYPE_BUTTON, "Add a profile…"), "clicked");
  eonay_window_fixture_wait (is_choosing, NULL);
  dialog = find_window (GTK_TYPE_FILE_CHOOSER_DIALOG);
  if (file != NULL)
    {
      g_assert_true (gtk_file_chooser_set_file (GTK_FILE_CHOOSER (dialog), file, NULL));
      eonay_window_fixture_wait (has_chosen, dialog);
    }
  gtk_dialog_response (GTK_DIALOG (dialog),
                       file != NULL ? GTK_RESPONSE_ACCEPT : GTK_RESPONSE_CANCEL);
  eonay_window_fixture_settle (stand->window);
  g_assert_false (is_choosing (NULL));
}

static void
test_file_choice (void)
{
  PreferencesStand stand;
  g_autoptr (GFile) file = NULL;

  preferences_stand_open (&stand, NULL, NULL, 640, 600);
  file = preferences_stand_write (&stand, "kurum.json", GOOD);
  choose (&stand, NULL);
  g_assert_null (preferences_stand_get_row (&stand, "Kurum <Portalı>"));
  choose (&stand, file);
  g_assert_nonnull (preferences_stand_get_row (&stand, "Kurum <Portalı>"));

  /* It goes with its window. */
  g_signal_emit_by_name (
      eonay_window_fixture_find (stand.window, GTK_TYPE_BUTTON, "Add a profile…"), "clicked");
  eonay_window_fixture_wait (is_choosing, NULL);
  preferences_stand_close (&stand);
  g_assert_false (is_choosing (NULL));
}

static void
add_module (PreferencesStand *stand, const char *path)
{
  GtkWidget *group = eonay_window_fixture_find (stand->window, EONAY_TYPE_MODULE_GROUP, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  eonay_module_group_add (EONAY_MODULE_GROUP (group), file);
  preferences_stand_wait (stand);
}

static void
test_modules (void)
{
  PreferencesStand stand;
  g_auto (GStrv) none = NULL;
  g_auto (GStrv) one = NULL;
  g_auto (GStrv) left = NULL;
  AdwActionRow *row;

  preferences_stand_open (&stand, NULL, NULL, 640, 600);
  preferences_stand_show_page (&stand, "cards");
  g_assert_true (says (&stand, "No module was picked"));
  add_module (&stand, "/etc/passwd");
  g_assert_true (says (&stand, "KART-22"));
  add_module (&stand, "/proc/self/exe");
  g_assert_true (says (&stand, "KART-21"));
  none = g_settings_get_strv (stand.settings, "pkcs11-modules");
  g_assert_cmpuint (g_strv_length (none), ==, 0);

  add_module (&stand, stand.module);
  g_assert_false (says (&stand, "KART-21"));
  g_assert_false (says (&stand, "No module was picked"));
  one = g_settings_get_strv (stand.settings, "pkcs11-modules");
  g_assert_cmpuint (g_strv_length (one), ==, 1);
  g_assert_cmpstr (one[0], ==, stand.module);
  preferences_stand_wait (&stand);
  row = preferences_stand_get_row (&stand, "eonay-shim.so");
  g_assert_nonnull (
      strstr (adw_action_row_get_subtitle (row), "The module works. It sees 1 card."));

  /* Twice is once. */
  add_module (&stand, stand.module);
  g_strfreev (g_steal_pointer (&one));
  one = g_settings_get_strv (stand.settings, "pkcs11-modules");
  g_assert_cmpuint (g_strv_length (one), ==, 1);

  g_signal_emit_by_name (
      eonay_window_fixture_find (stand.window, GTK_TYPE_BUTTON, "Remove: eonay-shim.so"),
      "clicked");
  eonay_window_fixture_settle (stand.window);
  left = g_settings_get_strv (stand.settings, "pkcs11-modules");
  g_assert_cmpuint (g_strv_length (left), ==, 0);
  g_assert_true (says (&stand, "No module was picked"));
  preferences_stand_close (&stand);
}

static void
test_module_that_is_gone (void)
{
  const char *const picked[] = { "/nonexistent/module.so", NULL };
  PreferencesStand stand;

  preferences_stand_open (&stand, NULL, NULL, 640, 600);
  g_settings_set_strv (stand.settings, "pkcs11-modules", picked);
  preferences_stand_show_page (&stand, "cards");
  preferences_stand_wait (&stand);
  g_assert_nonnull (strstr (
      adw_action_row_get_subtitle (preferences_stand_get_row (&stand, "module.so")), "KART-22"));
  preferences_stand_close (&stand);
}

/* Everything in turn, by the Tab key alone. */
static void
test_keyboard (void)
{
  PreferencesStand stand;
  gboolean reached = FALSE;

  preferences_stand_open (&stand, NULL, NULL, 360, 640);
  for (guint i = 0; i < 20 && !reached; i++)
    {
      GtkWidget *focus;

      gtk_widget_child_focus (stand.window, GTK_DIR_TAB_FORWARD);
      focus = gtk_window_get_focus (GTK_WINDOW (stand.window));
      reached = focus != NULL &&
                gtk_widget_is_ancestor (
                    focus, GTK_WIDGET (preferences_stand_get_row (&stand, "Keep the texts, too")));
      reached = reached ||
                focus == GTK_WIDGET (preferences_stand_get_row (&stand, "Keep the texts, too"));
    }
  g_assert_true (reached);
  preferences_stand_close (&stand);
}

static void
test_window (void)
{
  EonayWindowFixture stage;
  g_autoptr (GSettings) settings = eonay_settings_new ();
  GtkWidget *window;
  GtkWidget *words;

  eonay_window_fixture_open (&stage, 360, 640);
  window = GTK_WIDGET (stage.window);
  eonay_window_open_preferences (stage.window);
  eonay_window_open_preferences (stage.window);
  eonay_window_fixture_settle (window);

  eonay_window_fixture_go_to_review (&stage);
  g_assert_null (eonay_window_fixture_find (window, GTK_TYPE_LABEL, "Time left (seconds)"));
  g_assert_nonnull (eonay_window_fixture_find (window, EONAY_TYPE_COUNTDOWN, NULL));
  g_settings_set_boolean (settings, "large-countdown", TRUE);
  eonay_window_fixture_settle (window);
  words = eonay_window_fixture_find (window, GTK_TYPE_LABEL, "Time left (seconds)");
  g_assert_nonnull (words);
  words = eonay_window_fixture_find (gtk_widget_get_parent (words), EONAY_TYPE_COUNTDOWN, NULL);
  g_assert_cmpint (gtk_widget_get_width (words), >=, 72);
  g_assert_cmpuint (eonay_countdown_get_seconds_left (EONAY_COUNTDOWN (words)), >, 0);
  g_settings_reset (settings, "large-countdown");
  eonay_session_decline (stage.session);
  eonay_window_fixture_close (&stage);
}

int
main (int argc, char *argv[])
{
  eonay_window_fixture_init (&argc, &argv);
  g_test_add_func ("/preferences/switches", test_switches);
  g_test_add_func ("/preferences/locks", test_locks);
  g_test_add_func ("/preferences/portals", test_portals);
  g_test_add_func ("/preferences/portals/file", test_file_choice);
  g_test_add_func ("/preferences/modules", test_modules);
  g_test_add_func ("/preferences/modules/gone", test_module_that_is_gone);
  g_test_add_func ("/preferences/keyboard", test_keyboard);
  g_test_add_func ("/preferences/window", test_window);

  return g_test_run ();
}
