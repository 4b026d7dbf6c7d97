#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <libintl.h>
#include <string.h>
#include <unistd.h>

#include "app/diagnosis/eonay-diagnosis-window.h"
#include "app/widgets/eonay-advice-box.h"
#include "app/widgets/eonay-guide.h"
#include "app/window/eonay-application.h"
#include "base/eonay-error.h"
#include "eonay-config.h"
#include "eonay-embedded-practice.h"
#include "support/window/eonay-window-fixture.h"

/* The guide, opened by a program that writes down what it was to show, and the line for a helpdesk. */

#define RECORDER "recorder.desktop"

static char *folder;
static char *opened;  /* the file that the recorder writes */
static char *own;     /* the data folder of the program itself, where a viewer finds the guide */
static char *viewed;  /* the guide there */
static char *strange; /* a data folder of somebody else's, searched too */
static char *record;  /* the recorder's program */
static char *pages;   /* the HTML that was built */

static void write_file (const char *path, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
write_file (const char *path, const char *format, ...)
{
  g_autofree char *text = NULL;
  g_autofree char *parent = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

/* The machine's own folders, but for a guide that may be installed there. */
static void
link_data (const char *from)
{
  g_autoptr (GDir) dir = g_dir_open (from, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *target = g_build_filename (from, name, NULL);
      g_autofree char *path = g_build_filename (folder, "machine", name, NULL);

      /* The first of a name is the one that counts. */
      if (!g_str_equal (name, "help") && !g_str_equal (name, "applications") &&
          symlink (target, path) != 0)
        g_assert_cmpint (errno, ==, EEXIST);
    }
}

static void
set_data_folders (void)
{
  const char *before = g_getenv ("XDG_DATA_DIRS");
  g_auto (GStrv) machine = g_strsplit (before != NULL ? before : "/usr/local/share:/usr/share", ":",
                                       -1);
  g_autofree char *links = g_build_filename (folder, "machine", NULL);
  g_autofree char *folders = NULL;

  own = g_build_filename (folder, "own", NULL);
  strange = g_build_filename (folder, "strange", NULL);
  viewed = g_build_filename (own, "help", "C", "eonay", "index.page", NULL);
  g_assert_cmpint (g_mkdir (links, 0700), ==, 0);
  for (gsize i = 0; machine[i] != NULL; i++)
    link_data (machine[i]);
  folders = g_strjoin (":", own, strange, links, NULL);
  g_setenv ("XDG_DATA_DIRS", folders, TRUE);
  g_setenv ("EONAY_HELP_DIR", own, TRUE);
}

/* Before anything asks for the folders of the person. */
static void
install_recorder (void)
{
  g_autofree char *data = NULL;
  g_autofree char *desktop = NULL;
  g_autofree char *defaults = NULL;

  folder = g_dir_make_tmp ("eonay-guide-XXXXXX", NULL);
  data = g_build_filename (folder, "data", NULL);
  desktop = g_build_filename (data, "applications", RECORDER, NULL);
  defaults = g_build_filename (folder, "config", "mimeapps.list", NULL);
  record = g_build_filename (folder, "record", NULL);
  opened = g_build_filename (folder, "opened", NULL);
  set_data_folders ();
  pages = g_strdup (g_getenv ("EONAY_GUIDE_DIR"));

  write_file (record, "#!/bin/sh\nprintf %%s \"$1\" > %s.new && mv %s.new %s\n", opened, opened,
              opened);
  g_assert_cmpint (g_chmod (record, 0700), ==, 0);
  write_file (desktop,
              "[Desktop Entry]\nType=Application\nName=Recorder\nExec=%s %%u\n"
              "MimeType=x-scheme-handler/help;text/html;application/xhtml+xml;\n",
              record);
  write_file (defaults, "[Default Applications]\nx-scheme-handler/help=" RECORDER
                        "\ntext/html=" RECORDER "\napplication/xhtml+xml=" RECORDER "\n");
  g_setenv ("XDG_DATA_HOME", data, TRUE);
  g_free (data);
  data = g_build_filename (folder, "config", NULL);
  g_setenv ("XDG_CONFIG_HOME", data, TRUE);
}

static void
set_guide (gboolean has_viewer, gboolean has_html)
{
  if (has_viewer)
    write_file (viewed, "<page/>");
  else
    g_remove (viewed);
  g_setenv ("EONAY_GUIDE_DIR", has_html ? pages : "/nonexistent", TRUE);
  g_remove (opened);
}

static gboolean
is_opened (gpointer user_data)
{
  return g_file_test (opened, G_FILE_TEST_EXISTS);
}

static gboolean
tick_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* Returns: (transfer full): what the other program was to show */
static char *
wait_for_opened (void)
{
  guint tick = g_timeout_add (20, tick_cb, NULL);
  char *uri = NULL;

  eonay_window_fixture_wait (is_opened, NULL);
  g_source_remove (tick);
  g_assert_true (g_file_get_contents (opened, &uri, NULL, NULL));

  return uri;
}

static const char *
get_language (void)
{
  return g_str_has_prefix (g_get_language_names ()[0], "tr") ? "tr" : "C";
}

static void
test_uris (void)
{
  const char *const strangers[] = { "", "../index", "KART-02.html", "KART 02", "KİLİT-01", "a/b" };
  g_autofree char *page = g_strdup_printf ("/html/%s/KART-02.html", get_language ());

  set_guide (TRUE, TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (strangers); i++)
    {
      g_auto (GStrv) uris = eonay_guide_list_uris (strangers[i]);

      g_assert_cmpuint (g_strv_length (uris), ==, 0);
    }
  {
    g_auto (GStrv) uris = eonay_guide_list_uris ("KART-02");

    g_assert_cmpuint (g_strv_length (uris), ==, 2);
    g_assert_cmpstr (uris[0], ==, "help:eonay/KART-02");
    g_assert_true (g_str_has_prefix (uris[1], "file:///"));
    g_assert_true (g_str_has_suffix (uris[1], page));
  }
  /* A code of a later version. */
  {
    g_auto (GStrv) uris = eonay_guide_list_uris ("KART-99");

    g_assert_cmpuint (g_strv_length (uris), ==, 1);
  }
}

/* What is in a folder that others write to, or that the environment names, is never shown as ours. */
static void
test_strangers_guide (void)
{
  const char *const folders[] = { g_get_user_data_dir (), strange };
  const char *const languages[] = { "C", g_get_language_names ()[0] };

  set_guide (TRUE, TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (folders) * G_N_ELEMENTS (languages); i++)
    {
      g_autofree char *guide = g_build_filename (folders[i / 2], "help", languages[i % 2], "eonay",
                                                 NULL);
      g_autofree char *page = g_build_filename (guide, "index.page", NULL);
      g_auto (GStrv) uris = NULL;

      write_file (page, "<page/>");
      uris = eonay_guide_list_uris ("index");
      g_assert_cmpuint (g_strv_length (uris), ==, 1);
      g_assert_true (g_str_has_prefix (uris[0], "file:///"));
      g_remove (page);
      g_remove (guide);
    }

  /* Elsewhere it is not looked for. */
  g_setenv ("EONAY_HELP_DIR", "/nonexistent", TRUE);
  {
    g_auto (GStrv) uris = eonay_guide_list_uris ("index");

    g_assert_cmpuint (g_strv_length (uris), ==, 1);
    g_assert_true (g_str_has_prefix (uris[0], "file:///"));
  }
  g_setenv ("EONAY_HELP_DIR", own, TRUE);
}

static void
test_strange_languages (void)
{
  const char *const strangers[] = { "../strange", ".", "..", "tr/../../strange", "a b" };
  g_autofree char *before = g_strdup (g_getenv ("LANGUAGE"));
  g_autofree char *page = g_build_filename (folder, "strange", "index.html", NULL);
  g_autofree char *html = g_build_filename (folder, "html", NULL);
  g_autofree char *ours = g_build_filename (html, "C", "index.html", NULL);

  set_guide (TRUE, TRUE);
  write_file (page, "Type your PIN here");
  write_file (ours, "ours");
  g_setenv ("EONAY_GUIDE_DIR", html, TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (strangers); i++)
    {
      g_auto (GStrv) uris = NULL;

      g_setenv ("LANGUAGE", strangers[i], TRUE);
      g_assert_cmpstr (g_get_language_names ()[0], ==, strangers[i]);
      uris = eonay_guide_list_uris ("index");
      g_assert_cmpuint (g_strv_length (uris), ==, 1);
      g_assert_true (g_str_has_suffix (uris[0], "/html/C/index.html"));
    }
  g_remove (page);
  if (before != NULL)
    g_setenv ("LANGUAGE", before, TRUE);
  else
    g_unsetenv ("LANGUAGE");
}

typedef struct {
  GtkWidget *box;
  GtkWidget *window;
} Shown;

static Shown
show_error (EonayPortalError code)
{
  g_autoptr (GError) error = g_error_new_literal (EONAY_PORTAL_ERROR, code, "");
  Shown self = { g_object_new (EONAY_TYPE_ADVICE_BOX, NULL), gtk_window_new () };

  gtk_window_set_child (GTK_WINDOW (self.window), self.box);
  gtk_window_set_default_size (GTK_WINDOW (self.window), 360, 200);
  gtk_window_present (GTK_WINDOW (self.window));
  eonay_advice_box_set_error (EONAY_ADVICE_BOX (self.box), error);
  eonay_window_fixture_settle (self.window);

  return self;
}

static void
close_shown (Shown *self)
{
  g_object_ref (self->box);
  gtk_window_destroy (GTK_WINDOW (self->window));
  g_assert_finalize_object (self->box);
}

static void
press (GtkWidget *root, const char *label)
{
  GtkWidget *button = eonay_window_fixture_find (root, GTK_TYPE_BUTTON, label);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
}

static void
press_copy (GtkWidget *root, const char *code)
{
  g_autofree char *label = g_strdup_printf (_ ("Copy: %s"), code);

  press (root, label);
}

static void
test_help_of_a_code (void)
{
  Shown shown = show_error (EONAY_PORTAL_ERROR_UNREACHABLE);
  g_autofree char *page = g_strdup_printf ("/html/%s/AG-01.html", get_language ());
  g_autofree char *viewer = NULL;
  g_autofree char *browser = NULL;

  set_guide (TRUE, TRUE);
  press (shown.box, _ ("Help"));
  viewer = wait_for_opened ();
  g_assert_cmpstr (viewer, ==, "help:eonay/AG-01");

  set_guide (FALSE, TRUE);
  press (shown.box, _ ("Help"));
  browser = wait_for_opened ();
  g_assert_true (g_str_has_suffix (browser, page));
  eonay_window_fixture_settle (shown.window);
  close_shown (&shown);
}

static gboolean
says_there_is_none (gpointer user_data)
{
  return eonay_window_fixture_find (user_data, GTK_TYPE_LABEL, _ ("The guide is not installed.")) !=
         NULL;
}

static void
test_no_guide (void)
{
  Shown shown = show_error (EONAY_PORTAL_ERROR_UNREACHABLE);
  g_autoptr (GError) error = g_error_new_literal (EONAY_CARD_ERROR, EONAY_CARD_ERROR_REMOVED, "");

  set_guide (FALSE, FALSE);
  g_assert_false (says_there_is_none (shown.box));
  press (shown.box, _ ("Help"));
  eonay_window_fixture_wait (says_there_is_none, shown.box);
  eonay_window_fixture_settle (shown.window);
  eonay_window_fixture_save_picture (shown.window, "guide-none");

  /* The next error does not begin with it. */
  eonay_advice_box_set_error (EONAY_ADVICE_BOX (shown.box), error);
  g_assert_false (says_there_is_none (shown.box));
  close_shown (&shown);
}

static gboolean
says_nothing_shows_it (gpointer user_data)
{
  return eonay_window_fixture_find (user_data, GTK_TYPE_LABEL,
                                    _ ("No program could show the guide.")) != NULL;
}

static void
test_no_program (void)
{
  Shown shown = show_error (EONAY_PORTAL_ERROR_UNREACHABLE);

  set_guide (TRUE, TRUE);
  g_assert_cmpint (g_chmod (record, 0600), ==, 0);
  press (shown.box, _ ("Help"));
  eonay_window_fixture_wait (says_nothing_shows_it, shown.box);
  g_assert_cmpint (g_chmod (record, 0700), ==, 0);
  close_shown (&shown);
}

typedef struct {
  char *text;
  gboolean done;
} Reading;

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Reading *reading = user_data;

  reading->text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
  reading->done = TRUE;
}

static gboolean
is_read (gpointer user_data)
{
  return ((Reading *) user_data)->done;
}

/* Returns: (transfer full) */
static char *
read_clipboard (GtkWidget *widget)
{
  Reading reading = { 0 };

  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (widget), NULL, read_cb, &reading);
  eonay_window_fixture_wait (is_read, &reading);

  return reading.text;
}

static gboolean
can_copy_again (gpointer user_data)
{
  return eonay_window_fixture_find (user_data, GTK_TYPE_LABEL, _ ("Copied")) == NULL;
}

static void
test_copied (void)
{
  Shown shown = show_error (EONAY_PORTAL_ERROR_UNREACHABLE);
  g_autofree char *copied = NULL;

  eonay_window_fixture_save_picture (shown.window, "advice-360");
  g_assert_true (can_copy_again (shown.box));
  press_copy (shown.box, "AG-01");
  g_assert_false (can_copy_again (shown.box));
  eonay_window_fixture_settle (shown.window);
  eonay_window_fixture_save_picture (shown.window, "advice-copied-360");
  copied = read_clipboard (shown.box);
  g_assert_cmpstr (copied, ==, "AG-01 · e-Onay " EONAY_VERSION);
  eonay_window_fixture_wait (can_copy_again, shown.box);
  g_assert_nonnull (eonay_window_fixture_find (shown.box, GTK_TYPE_LABEL, _ ("Copy")));
  close_shown (&shown);
}

/* The window knows reader and card, and who holds it; of that the line has the first two. */
/* In the narrowest window, with the margins of a dialog, the longest code moves nothing. */
static void
test_narrow (void)
{
  Shown shown = show_error (EONAY_PORTAL_ERROR_SECURITY_WORD_WRONG);

  gtk_widget_set_margin_start (shown.box, 24);
  gtk_widget_set_margin_end (shown.box, 24);
  eonay_window_fixture_settle (shown.window);
  g_assert_cmpint (gtk_widget_get_width (shown.window), ==, 360);
  press_copy (shown.box, "PORTAL-08");
  eonay_window_fixture_settle (shown.window);
  eonay_window_fixture_save_picture (shown.window, "advice-narrow-360");
  g_assert_cmpint (gtk_widget_get_width (shown.window), ==, 360);
  close_shown (&shown);
}

static void
test_copied_of_card (void)
{
  g_autoptr (GError) error = g_error_new_literal (EONAY_CARD_ERROR, EONAY_CARD_ERROR_REMOVED, "");
  EonayWindowFixture fixture;
  EonayPracticePortal *portal;
  g_autofree char *code = NULL;
  g_autofree char *copied = NULL;
  g_autofree char *expected = g_strdup_printf ("KART-07 · e-Onay %s · %s: PKCS#15 (DENEME)",
                                               EONAY_VERSION, _ ("Practice reader"));

  eonay_window_fixture_open (&fixture, 720, 680);
  code = eonay_window_fixture_create_code (&fixture, "e-onay", 285);
  portal = eonay_practice_get_portal (eonay_window_fixture_get_practice (&fixture));
  eonay_sign_view_fill_code (eonay_window_get_sign_view (fixture.window), code, TRUE);
  eonay_window_fixture_wait_for_state (&fixture, EONAY_SESSION_REVIEWING);
  eonay_sign_view_show_error (eonay_window_get_sign_view (fixture.window), error);
  eonay_window_fixture_settle (GTK_WIDGET (fixture.window));
  eonay_window_fixture_save_picture (GTK_WIDGET (fixture.window), "advice-review");
  press_copy (GTK_WIDGET (fixture.window), "KART-07");
  copied = read_clipboard (GTK_WIDGET (fixture.window));
  g_test_message ("%s", copied);
  g_assert_cmpstr (copied, ==, expected);
  g_assert_null (strstr (copied, "AYŞE"));
  g_assert_null (strstr (copied, "10000000146"));
  g_assert_null (strstr (copied, code));
  g_assert_null (strstr (copied, eonay_practice_portal_get_base_url (portal)));
  g_assert_null (strstr (copied, "localhost"));
  eonay_window_fixture_close (&fixture);
}

static gboolean
shows_code (gpointer user_data)
{
  return eonay_window_fixture_find (user_data, GTK_TYPE_LABEL, "KART-02") != NULL;
}

/* Where nothing but the code is known, the line has no more. */
static void
copy_on_my_card (GtkWidget *window)
{
  g_autofree char *copied = NULL;

  g_assert_true (gtk_widget_activate_action (window, "win.show-view", "s", "card"));
  eonay_window_fixture_wait (shows_code, window);
  eonay_window_fixture_settle (window);
  eonay_window_fixture_save_picture (window, "advice-my-card");
  press_copy (window, "KART-02");
  copied = read_clipboard (window);
  g_assert_cmpstr (copied, ==, "KART-02 · e-Onay " EONAY_VERSION);
}

static GtkWidget *
find_diagnosis (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (EONAY_IS_DIAGNOSIS_WINDOW (window))
        return window;
    }

  return NULL;
}

static gboolean
is_diagnosis_open (gpointer user_data)
{
  return find_diagnosis () != NULL;
}

/* As often as @window has a shortcut of this key. */
static guint
press_key (GtkWidget *window, const char *key)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (window);
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GListModel) keys = g_list_model_get_item (controllers, i);

      if (!GTK_IS_SHORTCUT_CONTROLLER (keys))
        continue;
      for (guint j = 0; j < g_list_model_get_n_items (keys); j++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (keys, j);
          g_autofree char *trigger =
              gtk_shortcut_trigger_to_string (gtk_shortcut_get_trigger (shortcut));

          if (g_strcmp0 (trigger, key) == 0 &&
              gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, window, NULL))
            n++;
        }
    }

  return n;
}

/* Windows that are not the application's have its key all the same, and their own page. */
static void
open_from_diagnosis (GtkWidget *window)
{
  g_autofree char *page = NULL;

  eonay_window_open_diagnosis (EONAY_WINDOW (window));
  eonay_window_fixture_wait (is_diagnosis_open, NULL);
  eonay_window_fixture_settle (find_diagnosis ());
  set_guide (TRUE, TRUE);
  g_assert_cmpuint (press_key (find_diagnosis (), "F1"), ==, 1);
  page = wait_for_opened ();
  g_assert_cmpstr (page, ==, "help:eonay/diagnosis");
  gtk_window_destroy (GTK_WINDOW (find_diagnosis ()));
}

/* The real application, whose windows have the action and the key. */
static void
test_from_the_window (void)
{
  EonayApplication *application = eonay_application_new (EONAY_TYPE_EMBEDDED_PRACTICE);
  g_auto (GStrv) keys = NULL;
  g_autofree char *index = NULL;
  g_autofree char *portals = NULL;
  g_autoptr (GError) error = NULL;
  GtkWidget *window;

  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  g_application_activate (G_APPLICATION (application));
  window = GTK_WIDGET (gtk_application_get_active_window (GTK_APPLICATION (application)));
  g_assert_true (EONAY_IS_WINDOW (window));
  eonay_window_fixture_settle (window);
  keys = gtk_application_get_accels_for_action (GTK_APPLICATION (application), "app.guide");
  g_assert_cmpstr (keys[0], ==, "F1");

  set_guide (TRUE, TRUE);
  g_assert_true (gtk_widget_activate_action (window, "app.guide", NULL));
  index = wait_for_opened ();
  g_assert_cmpstr (index, ==, "help:eonay/index");

  set_guide (TRUE, TRUE);
  g_assert_true (gtk_widget_activate_action (window, "app.guide-page", "s", "portals"));
  portals = wait_for_opened ();
  g_assert_cmpstr (portals, ==, "help:eonay/portals");

  open_from_diagnosis (window);

  set_guide (FALSE, FALSE);
  g_assert_true (gtk_widget_activate_action (window, "app.guide", NULL));
  eonay_window_fixture_wait (says_there_is_none, window);
  copy_on_my_card (window);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char *argv[])
{
  install_recorder ();
  eonay_window_fixture_init (&argc, &argv);
  g_test_add_func ("/window/guide/uris", test_uris);
  g_test_add_func ("/window/guide/strangers-guide", test_strangers_guide);
  g_test_add_func ("/window/guide/strange-languages", test_strange_languages);
  g_test_add_func ("/window/guide/code", test_help_of_a_code);
  g_test_add_func ("/window/guide/none", test_no_guide);
  g_test_add_func ("/window/guide/no-program", test_no_program);
  g_test_add_func ("/window/guide/copied", test_copied);
  g_test_add_func ("/window/guide/narrow", test_narrow);
  g_test_add_func ("/window/guide/copied-of-card", test_copied_of_card);
  g_test_add_func ("/window/guide/window", test_from_the_window);

  return g_test_run ();
}
