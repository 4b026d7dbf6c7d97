#include <string.h>

#include "app/clock/eonay-countdown.h"
#include "app/preferences/eonay-module-group.h"
#include "app/preferences/eonay-portal-group.h"
#include "app/preferences/eonay-preferences.h"
#include "app/widgets/eonay-question.h"
#include "session/eonay-settings.h"
#include "support/window/preferences-fixture.h"

#define GOOD "{\"id\":\"kurum\",\"name\":\"Kurum <Portalı>\",\"base_url\":\"https://k.example/\"}"
#define LOCKED "Set by your administrator"

static GtkWidget *
get_switch (PreferencesFixture *fixture, const char *title)
{
  GtkWidget *row = GTK_WIDGET (preferences_fixture_get_row (fixture, title));
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
says (PreferencesFixture *fixture, const char *label)
{
  return eonay_window_fixture_find (fixture->window, GTK_TYPE_LABEL, label) != NULL;
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
  PreferencesFixture fixture;

  preferences_fixture_open (&fixture, NULL, NULL, 640, 600);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GtkWidget *button;

      preferences_fixture_show_page (&fixture, cases[i].page);
      button = get_switch (&fixture, cases[i].title);
      g_assert_nonnull (button);
      g_assert_cmpint (gtk_switch_get_active (GTK_SWITCH (button)), ==, cases[i].before);
      gtk_switch_set_active (GTK_SWITCH (button), !cases[i].before);
      g_assert_cmpint (g_settings_get_boolean (fixture.settings, cases[i].key), ==,
                       !cases[i].before);
    }

  /* What is not kept has no texts. */
  preferences_fixture_show_page (&fixture, "general");
  g_assert_false (gtk_widget_is_sensitive (get_switch (&fixture, "Keep the texts, too")));
  g_settings_set_boolean (fixture.settings, "history", TRUE);
  g_assert_true (gtk_widget_is_sensitive (get_switch (&fixture, "Keep the texts, too")));
  g_assert_false (g_settings_get_boolean (fixture.settings, "history-keeps-text"));
  preferences_fixture_close (&fixture);
}

/* A key file: what a lock hides from a person it hides from the program, too. */
static void
test_locks (void)
{
  PreferencesFixture fixture;

  preferences_fixture_open (&fixture,
                            "[io/github/eonay/Eonay]\nportal='bakanlik'\nhistory=false\n"
                            "pkcs11-modules=['/opt/eski/eski.so']\nexperimental-akis=true\n",
                            "/io/github/eonay/Eonay/portal\n/io/github/eonay/Eonay/history\n"
                            "/io/github/eonay/Eonay/pkcs11-modules\n",
                            640, 600);
  g_assert_false (gtk_widget_is_sensitive (get_switch (&fixture, "Keep a list of what I sign")));
  g_assert_false (
      gtk_switch_get_active (GTK_SWITCH (get_switch (&fixture, "Keep a list of what I sign"))));
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (preferences_fixture_get_row (
                                &fixture, "Keep a list of what I sign")),
                            LOCKED));
  g_assert_cmpstr (
      adw_action_row_get_subtitle (preferences_fixture_get_row (&fixture, "Start with")), ==,
      LOCKED);
  g_assert_false (
      gtk_widget_is_sensitive (GTK_WIDGET (preferences_fixture_get_row (&fixture, "Start with"))));
  g_assert_true (says (&fixture, "bakanlik (not installed)"));
  g_assert_true (gtk_widget_is_sensitive (get_switch (&fixture, "Large countdown")));

  preferences_fixture_show_page (&fixture, "cards");
  preferences_fixture_wait (&fixture);
  g_assert_nonnull (preferences_fixture_get_row (&fixture, "eski.so"));
  g_assert_true (says (&fixture, LOCKED));
  g_assert_null (eonay_window_fixture_find (fixture.window, GTK_TYPE_BUTTON, "Add a module…"));
  g_assert_null (eonay_window_fixture_find (fixture.window, GTK_TYPE_BUTTON, "Remove: eski.so"));
  /* A default alone can be changed. */
  g_assert_true (gtk_switch_get_active (
      GTK_SWITCH (get_switch (&fixture, "AKİS v2 cards without their driver"))));
  g_assert_true (
      gtk_widget_is_sensitive (get_switch (&fixture, "AKİS v2 cards without their driver")));
  preferences_fixture_close (&fixture);
}

static void
add_profile (PreferencesFixture *fixture, const char *text)
{
  GtkWidget *group = eonay_window_fixture_find (fixture->window, EONAY_TYPE_PORTAL_GROUP, NULL);
  g_autoptr (GFile) file = preferences_fixture_write (fixture, "given.json", text);

  eonay_portal_group_add (EONAY_PORTAL_GROUP (group), file);
  eonay_window_fixture_settle (fixture->window);
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
  PreferencesFixture fixture;
  AdwComboRow *start;
  g_autofree char *chosen = NULL;

  preferences_fixture_open (&fixture, NULL, NULL, 640, 600);
  add_profile (&fixture, "{\"id\":\"x\",\"name\":\"X\",\"base_url\":\"http://x.example/\"}");
  g_assert_true (says (&fixture, "PROFIL-02"));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture.portals)), ==, 0);

  add_profile (&fixture, GOOD);
  g_assert_false (says (&fixture, "PROFIL-02"));
  g_assert_nonnull (preferences_fixture_get_row (&fixture, "Kurum <Portalı>"));
  start = ADW_COMBO_ROW (preferences_fixture_get_row (&fixture, "Start with"));
  adw_combo_row_set_selected (start, 1);
  chosen = g_settings_get_string (fixture.settings, "portal");
  g_assert_cmpstr (chosen, ==, "kurum");

  g_signal_emit_by_name (
      eonay_window_fixture_find (fixture.window, GTK_TYPE_BUTTON, "Remove: Kurum <Portalı>"),
      "clicked");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture.portals)), ==, 1);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (find_window (ADW_TYPE_MESSAGE_DIALOG)),
                               EONAY_QUESTION_YES);
  eonay_window_fixture_settle (fixture.window);
  g_assert_null (preferences_fixture_get_row (&fixture, "Kurum <Portalı>"));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture.portals)), ==, 0);
  /* The choice is the person's: nothing takes it away. */
  g_assert_true (says (&fixture, "kurum (not installed)"));
  preferences_fixture_close (&fixture);
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
choose (PreferencesFixture *fixture, GFile *file)
{
  GtkWidget *dialog;

  g_signal_emit_by_name (
      eonay_window_fixture_find (fixture->window, GTK_TYPE_BUTTON, "Add a profile…"), "clicked");
  eonay_window_fixture_wait (is_choosing, NULL);
  dialog = find_window (GTK_TYPE_FILE_CHOOSER_DIALOG);
  if (file != NULL)
    {
      g_assert_true (gtk_file_chooser_set_file (GTK_FILE_CHOOSER (dialog), file, NULL));
      eonay_window_fixture_wait (has_chosen, dialog);
    }
  gtk_dialog_response (GTK_DIALOG (dialog),
                       file != NULL ? GTK_RESPONSE_ACCEPT : GTK_RESPONSE_CANCEL);
  eonay_window_fixture_settle (fixture->window);
  g_assert_false (is_choosing (NULL));
}

static void
test_file_choice (void)
{
  PreferencesFixture fixture;
  g_autoptr (GFile) file = NULL;

  preferences_fixture_open (&fixture, NULL, NULL, 640, 600);
  file = preferences_fixture_write (&fixture, "kurum.json", GOOD);
  choose (&fixture, NULL);
  g_assert_null (preferences_fixture_get_row (&fixture, "Kurum <Portalı>"));
  choose (&fixture, file);
  g_assert_nonnull (preferences_fixture_get_row (&fixture, "Kurum <Portalı>"));

  /* It goes with its window. */
  g_signal_emit_by_name (
      eonay_window_fixture_find (fixture.window, GTK_TYPE_BUTTON, "Add a profile…"), "clicked");
  eonay_window_fixture_wait (is_choosing, NULL);
  preferences_fixture_close (&fixture);
  g_assert_false (is_choosing (NULL));
}

static void
add_module (PreferencesFixture *fixture, const char *path)
{
  GtkWidget *group = eonay_window_fixture_find (fixture->window, EONAY_TYPE_MODULE_GROUP, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  eonay_module_group_add (EONAY_MODULE_GROUP (group), file);
  preferences_fixture_wait (fixture);
}

static void
test_modules (void)
{
  PreferencesFixture fixture;
  g_auto (GStrv) none = NULL;
  g_auto (GStrv) one = NULL;
  g_auto (GStrv) left = NULL;
  AdwActionRow *row;

  preferences_fixture_open (&fixture, NULL, NULL, 640, 600);
  preferences_fixture_show_page (&fixture, "cards");
  g_assert_true (says (&fixture, "No module was picked"));
  add_module (&fixture, "/etc/passwd");
  g_assert_true (says (&fixture, "KART-22"));
  add_module (&fixture, "/proc/self/exe");
  g_assert_true (says (&fixture, "KART-21"));
  none = g_settings_get_strv (fixture.settings, "pkcs11-modules");
  g_assert_cmpuint (g_strv_length (none), ==, 0);

  add_module (&fixture, fixture.module);
  g_assert_false (says (&fixture, "KART-21"));
  g_assert_false (says (&fixture, "No module was picked"));
  one = g_settings_get_strv (fixture.settings, "pkcs11-modules");
  g_assert_cmpuint (g_strv_length (one), ==, 1);
  g_assert_cmpstr (one[0], ==, fixture.module);
  preferences_fixture_wait (&fixture);
  row = preferences_fixture_get_row (&fixture, "eonay-shim.so");
  g_assert_nonnull (
      strstr (adw_action_row_get_subtitle (row), "The module works. It sees 1 card."));

  /* Twice is once. */
  add_module (&fixture, fixture.module);
  g_strfreev (g_steal_pointer (&one));
  one = g_settings_get_strv (fixture.settings, "pkcs11-modules");
  g_assert_cmpuint (g_strv_length (one), ==, 1);

  g_signal_emit_by_name (
      eonay_window_fixture_find (fixture.window, GTK_TYPE_BUTTON, "Remove: eonay-shim.so"),
      "clicked");
  eonay_window_fixture_settle (fixture.window);
  left = g_settings_get_strv (fixture.settings, "pkcs11-modules");
  g_assert_cmpuint (g_strv_length (left), ==, 0);
  g_assert_true (says (&fixture, "No module was picked"));
  preferences_fixture_close (&fixture);
}

static void
test_module_that_is_gone (void)
{
  const char *const picked[] = { "/nonexistent/module.so", NULL };
  PreferencesFixture fixture;

  preferences_fixture_open (&fixture, NULL, NULL, 640, 600);
  g_settings_set_strv (fixture.settings, "pkcs11-modules", picked);
  preferences_fixture_show_page (&fixture, "cards");
  preferences_fixture_wait (&fixture);
  g_assert_nonnull (
      strstr (adw_action_row_get_subtitle (preferences_fixture_get_row (&fixture, "module.so")),
              "KART-22"));
  preferences_fixture_close (&fixture);
}

/* Everything in turn, by the Tab key alone. */
static void
test_keyboard (void)
{
  PreferencesFixture fixture;
  gboolean reached = FALSE;

  preferences_fixture_open (&fixture, NULL, NULL, 360, 640);
  for (guint i = 0; i < 20 && !reached; i++)
    {
      GtkWidget *focus;

      gtk_widget_child_focus (fixture.window, GTK_DIR_TAB_FORWARD);
      focus = gtk_window_get_focus (GTK_WINDOW (fixture.window));
      reached = focus != NULL &&
                gtk_widget_is_ancestor (focus, GTK_WIDGET (preferences_fixture_get_row (
                                                   &fixture, "Keep the texts, too")));
      reached = reached ||
                focus == GTK_WIDGET (preferences_fixture_get_row (&fixture, "Keep the texts, too"));
    }
  g_assert_true (reached);
  preferences_fixture_close (&fixture);
}

static void
test_window (void)
{
  EonayWindowFixture fixture;
  g_autoptr (GSettings) settings = eonay_settings_new ();
  GtkWidget *preferences;
  GtkWidget *window;
  GtkWidget *words;
  guint seconds_left;

  eonay_window_fixture_open (&fixture, 360, 640);
  window = GTK_WIDGET (fixture.window);
  eonay_window_open_preferences (fixture.window);
  eonay_window_open_preferences (fixture.window);
  eonay_window_fixture_settle (window);
  /* Practice adds no portal to the real ones. */
  preferences = find_window (EONAY_TYPE_PREFERENCES);
  g_assert_nonnull (preferences);
  g_assert_null (eonay_window_fixture_find (preferences, EONAY_TYPE_PORTAL_GROUP, NULL));
  g_assert_null (eonay_window_fixture_find (preferences, EONAY_TYPE_MODULE_GROUP, NULL));

  eonay_window_fixture_go_to_review (&fixture);
  g_assert_null (eonay_window_fixture_find (window, GTK_TYPE_LABEL, "Time left (seconds)"));
  g_assert_nonnull (eonay_window_fixture_find (window, EONAY_TYPE_COUNTDOWN, NULL));
  g_settings_set_boolean (settings, "large-countdown", TRUE);
  eonay_window_fixture_settle (window);
  words = eonay_window_fixture_find (window, GTK_TYPE_LABEL, "Time left (seconds)");
  g_assert_nonnull (words);
  words = eonay_window_fixture_find (gtk_widget_get_parent (words), EONAY_TYPE_COUNTDOWN, NULL);
  g_assert_cmpint (gtk_widget_get_width (words), >=, 72);
  g_object_get (words, "seconds-left", &seconds_left, NULL);
  g_assert_cmpuint (seconds_left, >, 0);
  g_settings_reset (settings, "large-countdown");
  eonay_session_decline (fixture.session);
  eonay_window_fixture_close (&fixture);
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
