#include "eonay-window-fixture.h"

#include <glib/gprintf.h>
#include <libintl.h>
#include <locale.h>

#include "app/pin/eonay-pin-dialog.h"
#include "app/pin/eonay-pin-group.h"
#include "app/pin/eonay-secret-buffer.h"
#include "app/pin/eonay-secret-row.h"
#include "eonay-appearance.h"
#include "eonay-contrast.h"
#include "eonay-embedded-practice.h"

#define TIMEOUT_SECONDS 60

/* The practice portal prints its address, where TAP is expected. */
static void
print_as_tap (const char *text)
{
  g_fprintf (stdout, text[0] == '{' ? "# %s" : "%s", text);
  fflush (stdout);
}

void
eonay_window_fixture_init (int *argc, char ***argv)
{
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, g_getenv ("EONAY_LOCALE_DIR"));
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_test_init (argc, argv, NULL);
  g_set_print_handler (print_as_tap);
  adw_init ();

  /* Pages are there at once, so that a picture shows one of them. */
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
}

static gboolean
lose_timeout (gpointer user_data)
{
  g_error ("Waited %d seconds in vain", TIMEOUT_SECONDS);

  return G_SOURCE_REMOVE;
}

void
eonay_window_fixture_wait (EonayCondition condition, gpointer user_data)
{
  guint timeout = g_timeout_add_seconds (TIMEOUT_SECONDS, lose_timeout, NULL);

  while (!condition (user_data))
    g_main_context_iteration (NULL, TRUE);

  g_source_remove (timeout);
}

typedef struct {
  EonaySession *session;
  EonaySessionState state;
} StateWanted;

static gboolean
is_in_state (gpointer user_data)
{
  StateWanted *wanted = user_data;

  return eonay_session_get_state (wanted->session) == wanted->state;
}

void
eonay_window_fixture_wait_for_state (EonayWindowFixture *fixture, EonaySessionState state)
{
  StateWanted wanted = { fixture->session, state };

  eonay_window_fixture_wait (is_in_state, &wanted);
}

static gboolean
is_ready (gpointer user_data)
{
  EonayWindowFixture *fixture = user_data;
  GtkWidget *status = eonay_window_fixture_find (GTK_WIDGET (fixture->window), GTK_TYPE_LABEL,
                                                 "AYŞE DENEME · PKCS#15 (DENEME)");

  return eonay_practice_controller_get_profile (fixture->controller) != NULL && status != NULL;
}

/* One for all windows of a program: it cannot leave the bus and come back. */
GtkApplication *
eonay_window_fixture_get_application (void)
{
  static GtkApplication *application;
  g_autoptr (GError) error = NULL;

  if (application != NULL)
    return application;

  application = GTK_APPLICATION (
      adw_application_new ("io.github.eonay.Eonay.Test", G_APPLICATION_NON_UNIQUE));
  g_application_set_resource_base_path (G_APPLICATION (application), "/io/github/eonay/Eonay");
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);

  return application;
}

void
eonay_window_fixture_open (EonayWindowFixture *fixture, int width, int height)
{
  fixture->controller = g_object_new (EONAY_TYPE_EMBEDDED_PRACTICE, NULL);
  fixture->window = EONAY_WINDOW (
      eonay_window_new (eonay_window_fixture_get_application (), fixture->controller));
  fixture->session = eonay_sign_view_get_session (eonay_window_get_sign_view (fixture->window));
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), width, height);
  gtk_window_present (GTK_WINDOW (fixture->window));
  eonay_window_fixture_wait (is_ready, fixture);
  eonay_window_fixture_settle (GTK_WIDGET (fixture->window));
}

static gboolean
is_gone (gpointer user_data)
{
  return *(gpointer *) user_data == NULL;
}

void
eonay_window_fixture_close (EonayWindowFixture *fixture)
{
  gpointer window = fixture->window;
  gpointer session = fixture->session;
  gpointer controller = fixture->controller;

  g_object_add_weak_pointer (window, &window);
  g_object_add_weak_pointer (session, &session);
  g_object_add_weak_pointer (controller, &controller);

  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_object_unref (fixture->controller);
  eonay_window_fixture_wait (is_gone, &window);
  eonay_window_fixture_wait (is_gone, &session);
  eonay_window_fixture_wait (is_gone, &controller);
}

static gboolean
count_frame (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  int *left = user_data;

  return --*left > 0 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static gboolean
is_zero (gpointer user_data)
{
  return *(int *) user_data <= 0;
}

void
eonay_window_fixture_settle (GtkWidget *widget)
{
  int frames = 3;

  while (g_main_context_iteration (NULL, FALSE))
    ;
  gtk_widget_queue_draw (widget);
  gtk_widget_add_tick_callback (widget, count_frame, &frames, NULL);
  eonay_window_fixture_wait (is_zero, &frames);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

EonayPractice *
eonay_window_fixture_get_practice (EonayWindowFixture *fixture)
{
  return eonay_embedded_practice_get_practice (EONAY_EMBEDDED_PRACTICE (fixture->controller));
}

char *
eonay_window_fixture_create_code (EonayWindowFixture *fixture, const char *operation,
                                  guint validity)
{
  EonayPracticePortal *portal =
      eonay_practice_get_portal (eonay_window_fixture_get_practice (fixture));
  g_autoptr (GError) error = NULL;
  char *code = eonay_practice_portal_create (portal, operation, validity, NULL, &error);

  g_assert_no_error (error);

  return code;
}

static gboolean
can_sign (gpointer user_data)
{
  return eonay_window_fixture_can_act (user_data, "sign");
}

void
eonay_window_fixture_go_to_review (EonayWindowFixture *fixture)
{
  eonay_window_take_practice_code (fixture->window, "e-onay");
  eonay_window_fixture_wait_for_state (fixture, EONAY_SESSION_REVIEWING);
  eonay_window_fixture_wait (can_sign, fixture);
}

static GActionGroup *
actions_of (EonayWindowFixture *fixture)
{
  return g_object_get_data (G_OBJECT (fixture->window), EONAY_PIN_GROUP_ACTIONS);
}

gboolean
eonay_window_fixture_can_act (EonayWindowFixture *fixture, const char *name)
{
  return g_action_group_get_action_enabled (actions_of (fixture), name);
}

void
eonay_window_fixture_act (EonayWindowFixture *fixture, const char *name)
{
  g_assert_true (eonay_window_fixture_can_act (fixture, name));
  g_action_group_activate_action (actions_of (fixture), name, NULL);
}

static gboolean
is_named (GtkWidget *widget, const char *label)
{
  g_autofree char *difference = NULL;

  if (label == NULL)
    return TRUE;
  if (GTK_IS_LABEL (widget))
    return g_str_equal (gtk_label_get_label (GTK_LABEL (widget)), label);
  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0)
    return TRUE;
  if (!gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL))
    return FALSE;

  difference = gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget),
                                                   GTK_ACCESSIBLE_PROPERTY_LABEL, label);

  return difference == NULL;
}

GtkWidget *
eonay_window_fixture_find (GtkWidget *root, GType type, const char *label)
{
  if (!gtk_widget_get_child_visible (root) || !gtk_widget_get_visible (root))
    return NULL;
  if (G_TYPE_CHECK_INSTANCE_TYPE (root, type) && is_named (root, label))
    return root;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = eonay_window_fixture_find (child, type, label);

      if (found != NULL)
        return found;
    }

  return NULL;
}

GtkWidget *
eonay_window_fixture_find_pin_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (EONAY_IS_PIN_DIALOG (window) && gtk_widget_get_visible (window))
        return window;
    }

  return NULL;
}

void
eonay_window_fixture_assert_typed (GtkEditable *entry, const char *text)
{
  GtkEditable *delegate = GTK_IS_TEXT (entry) ? entry : gtk_editable_get_delegate (entry);
  GtkEntryBuffer *buffer = gtk_text_get_buffer (GTK_TEXT (delegate));
  g_autoptr (EonaySecret) typed = eonay_secret_buffer_read (EONAY_SECRET_BUFFER (buffer));
  gsize length;
  const guint8 *characters = eonay_secret_peek (typed, &length);

  g_assert_cmpmem (characters, length, text, strlen (text));
  g_assert_cmpstr (gtk_editable_get_text (entry), ==,
                   eonay_secret_buffer_get_bullets ((guint) g_utf8_strlen (text, -1)));
}

static gboolean
is_sensitive (gpointer user_data)
{
  return gtk_widget_get_sensitive (GTK_WIDGET (user_data));
}

void
eonay_window_fixture_enter_pin (const char *pin)
{
  GtkWidget *dialog = eonay_window_fixture_find_pin_dialog ();
  GtkWidget *row = eonay_window_fixture_find (dialog, EONAY_TYPE_SECRET_ROW, NULL);
  GtkWidget *sign = eonay_window_fixture_find (dialog, GTK_TYPE_BUTTON, gettext ("Sign"));

  gtk_editable_set_text (GTK_EDITABLE (row), pin);
  /* Nothing is signed before the card has told its tries. */
  eonay_window_fixture_wait (is_sensitive, sign);
  g_signal_emit_by_name (sign, "clicked");
}

void
eonay_window_fixture_save_picture (GtkWidget *window, const char *name)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (window);
  g_autofree char *folder = g_build_filename (g_getenv ("EONAY_SCREENSHOTS"), NULL);
  g_autofree char *file_name = g_strconcat (name, ".png", NULL);
  g_autofree char *path = g_build_filename (folder, file_name, NULL);
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  GtkSnapshot *snapshot;

  eonay_window_fixture_settle (window);
  if (eonay_appearance_is_measured ())
    {
      eonay_contrast_check (window, name);
      return;
    }

  snapshot = gtk_snapshot_new ();
  gdk_paintable_snapshot (paintable, snapshot, gdk_paintable_get_intrinsic_width (paintable),
                          gdk_paintable_get_intrinsic_height (paintable));
  node = gtk_snapshot_free_to_node (snapshot);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node, NULL);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
  g_assert_true (gdk_texture_save_to_png (texture, path));
}
