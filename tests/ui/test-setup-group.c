#include <glib/gstdio.h>

#include "app/sign/eonay-code-page.h"
#include "app/sign/eonay-setup-group.h"
#include "base/eonay-error.h"
#include "card/pcsc/eonay-pcsc-start.h"
#include "session/eonay-advice.h"
#include "support/window/eonay-fake-readers.h"
#include "support/window/eonay-window-fixture.h"

/* What a first start leaves to be done, over readers of the test's own. */

typedef struct {
  EonayFakeReaders *fake_readers;
  EonayReaderList *readers;
  GListStore *portals;
  GtkWidget *window;
  GtkWidget *page;
} Fixture;

static void
set_up (Fixture *it, gconstpointer user_data)
{
  it->fake_readers = eonay_fake_readers_new ();
  it->readers = eonay_reader_list_new (EONAY_SLOT_SOURCE (it->fake_readers));
  it->portals = g_list_store_new (EONAY_TYPE_PORTAL_PROFILE);
  it->page = g_object_new (EONAY_TYPE_CODE_PAGE, NULL);
  it->window = gtk_window_new ();
  eonay_code_page_set_portals (EONAY_CODE_PAGE (it->page), G_LIST_MODEL (it->portals), NULL);
  eonay_code_page_set_readers (EONAY_CODE_PAGE (it->page), it->readers);
  gtk_window_set_default_size (GTK_WINDOW (it->window), 360, 640);
  gtk_window_set_child (GTK_WINDOW (it->window), it->page);
  gtk_window_present (GTK_WINDOW (it->window));
  eonay_window_fixture_settle (it->window);
}

static void
tear_down (Fixture *it, gconstpointer user_data)
{
  g_object_ref (it->page);
  gtk_window_destroy (GTK_WINDOW (it->window));
  g_assert_finalize_object (it->page);
  g_object_unref (it->readers);
  g_object_unref (it->portals);
  g_object_unref (it->fake_readers);
}

static void
add_portal (Fixture *it)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EonayPortalProfile) profile =
      eonay_portal_profile_new ("deneme", "Deneme", "https://localhost/", NULL, FALSE, &error);

  g_assert_no_error (error);
  g_list_store_append (it->portals, profile);
  eonay_code_page_set_portals (EONAY_CODE_PAGE (it->page), G_LIST_MODEL (it->portals), NULL);
}

static gboolean
shows (Fixture *it, const char *words)
{
  return eonay_window_fixture_find (it->page, GTK_TYPE_LABEL, words) != NULL;
}

typedef struct {
  Fixture *it;
  const char *words;
  gboolean there;
} Wanted;

static gboolean
is_as_wanted (gpointer user_data)
{
  Wanted *wanted = user_data;

  return shows (wanted->it, wanted->words) == wanted->there;
}

static void
await (Fixture *it, const char *words, gboolean there)
{
  Wanted wanted = { it, words, there };

  eonay_window_fixture_wait (is_as_wanted, &wanted);
}

/* Without a portal there is no code to type; with one, only what is missing is told. */
static void
test_portal (Fixture *it, gconstpointer user_data)
{
  g_assert_true (shows (it, "Add a portal"));
  g_assert_true (shows (it, "Try it without a card"));
  g_assert_true (shows (it, "Before the first signature"));
  g_assert_true (shows (it, "What signing still lacks is below; practice mode needs none of it."));
  g_assert_null (eonay_window_fixture_find (it->page, GTK_TYPE_BUTTON, "_Continue"));
  g_assert_true (gtk_widget_grab_focus (it->page));
  g_assert_true (ADW_IS_ACTION_ROW (gtk_window_get_focus (GTK_WINDOW (it->window))));

  add_portal (it);
  g_assert_false (shows (it, "Add a portal"));
  g_assert_false (shows (it, "Try it without a card"));
  g_assert_true (shows (it, "Verification code"));
  g_assert_nonnull (eonay_window_fixture_find (it->page, GTK_TYPE_BUTTON, "_Continue"));
  /* The keyboard is where the next thing is done. */
  g_assert_true (GTK_IS_EDITABLE (gtk_window_get_focus (GTK_WINDOW (it->window))));
}

/* The page, the diagnosis and the command line send people to the same place, in the same words. */
static void
test_portal_words (Fixture *it, gconstpointer user_data)
{
  g_autoptr (GError) error = g_error_new_literal (EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_PROFILE,
                                                  "");
  g_autoptr (EonayAdvice) advice = eonay_advice_new (error);
  GtkWidget *help = eonay_window_fixture_find (it->page, GTK_TYPE_BUTTON, "Help");

  g_assert_true (shows (it, advice->remedy));
  g_assert_nonnull (help);
  g_assert_true (gtk_widget_get_focusable (help));
  g_assert_cmpstr (gtk_actionable_get_action_name (GTK_ACTIONABLE (help)), ==, "app.guide-page");
  g_assert_cmpstr (
      g_variant_get_string (gtk_actionable_get_action_target_value (GTK_ACTIONABLE (help)), NULL),
      ==, "portals");
}

/* Who may not add a portal is not sent to where it would be added. */
static void
test_portal_of_an_administrator (Fixture *it, gconstpointer user_data)
{
  GtkWidget *row;

  eonay_code_page_set_own_portals (EONAY_CODE_PAGE (it->page), FALSE);
  g_assert_true (shows (it, "The portal is not installed"));
  g_assert_true (shows (it, "Ask your administrator to install the portal’s profile."));
  g_assert_null (eonay_window_fixture_find (it->page, GTK_TYPE_BUTTON, "Add…"));
  g_assert_true (gtk_widget_grab_focus (it->page));
  row = gtk_window_get_focus (GTK_WINDOW (it->window));
  g_assert_null (adw_action_row_get_activatable_widget (ADW_ACTION_ROW (row)));

  eonay_code_page_set_own_portals (EONAY_CODE_PAGE (it->page), TRUE);
  g_assert_true (shows (it, "Add a portal"));
  g_assert_nonnull (eonay_window_fixture_find (it->page, GTK_TYPE_BUTTON, "Add…"));
}

static void
test_reader (Fixture *it, gconstpointer user_data)
{
  await (it, "Plug in your card reader", TRUE);
  eonay_fake_readers_add (it->fake_readers, "One");
  await (it, "The card reader is found", TRUE);
  g_assert_false (shows (it, "Plug in your card reader"));
  g_assert_false (shows (it, "Not found?"));

  /* Where nothing is left to be done nothing is said of it. */
  add_portal (it);
  g_assert_false (shows (it, "The card reader is found"));
  eonay_fake_readers_remove (it->fake_readers, "One");
  await (it, "Plug in your card reader", TRUE);
}

static void
test_service (Fixture *it, gconstpointer user_data)
{
  add_portal (it);
  eonay_fake_readers_set_service (it->fake_readers, EONAY_SERVICE_MISSING);
  await (it, "Start the card service", TRUE);
  /* Whether there is a reader nobody knows then. */
  g_assert_false (shows (it, "Plug in your card reader"));
  eonay_fake_readers_set_service (it->fake_readers, EONAY_SERVICE_DENIED);
  await (it, "No permission to use the card service", TRUE);
  g_assert_false (shows (it, "Start the card service"));
  eonay_fake_readers_set_service (it->fake_readers, EONAY_SERVICE_MISMATCH);
  await (it, "The card service is of another version", TRUE);
  eonay_fake_readers_set_service (it->fake_readers, EONAY_SERVICE_RUNNING);
  await (it, "The card service is of another version", FALSE);
}

/* What cannot be started from here is to be started in a terminal; once it runs, that is over. */
static void
test_command (Fixture *it, gconstpointer user_data)
{
  GtkWidget *group = eonay_window_fixture_find (it->page, EONAY_TYPE_SETUP_GROUP, NULL);
  g_autoptr (GDBusConnection) bus = NULL;
  g_autoptr (GError) error = NULL;
  GtkWidget *start;

  bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_assert_no_error (error);
  eonay_setup_group_set_system_bus (EONAY_SETUP_GROUP (group), bus);
  eonay_fake_readers_set_service (it->fake_readers, EONAY_SERVICE_MISSING);
  await (it, "Start the card service", TRUE);
  start = eonay_window_fixture_find (it->page, GTK_TYPE_BUTTON, "Start");
  g_assert_nonnull (start);
  g_signal_emit_by_name (start, "clicked");
  await (it, "sudo systemctl start pcscd", TRUE);
  g_assert_false (gtk_widget_get_visible (start));

  eonay_fake_readers_set_service (it->fake_readers, EONAY_SERVICE_RUNNING);
  await (it, "sudo systemctl start pcscd", FALSE);
  eonay_fake_readers_set_service (it->fake_readers, EONAY_SERVICE_MISSING);
  await (it, "Start the card service", TRUE);
  g_assert_true (gtk_widget_get_visible (start));
  g_assert_true (gtk_widget_get_sensitive (start));
}

/* A Flatpak cannot start the service, and does not see it until it is started anew itself. */
static void
test_flatpak (Fixture *it, gconstpointer user_data)
{
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("eonay-flatpak-XXXXXX", &path, NULL);
  GtkWidget *start;

  g_assert_cmpint (fd, >=, 0);
  g_close (fd, NULL);
  g_setenv ("EONAY_FLATPAK_INFO", path, TRUE);
  eonay_fake_readers_set_service (it->fake_readers, EONAY_SERVICE_MISSING);
  await (
      it,
      "A Flatpak cannot start it. Run this command in a terminal, then close e-Onay and start it again.",
      TRUE);
  g_assert_true (shows (it, EONAY_PCSC_START_COMMAND));
  start = eonay_window_fixture_find (it->page, GTK_TYPE_BUTTON, "Start");
  g_assert_true (start == NULL || !gtk_widget_get_visible (start));
  g_unsetenv ("EONAY_FLATPAK_INFO");
  g_remove (path);
}

/* A systemd that answers when the test says so. */
typedef struct {
  GDBusConnection *bus;
  guint object;
  GDBusMethodInvocation *asked; /* nullable: the start that polkit's question stands for */
} Systemd;

static void
systemd_called_cb (GDBusConnection *connection, const char *sender, const char *path,
                   const char *name, const char *method, GVariant *parameters,
                   GDBusMethodInvocation *invocation, gpointer user_data)
{
  Systemd *self = user_data;

  if (g_str_equal (method, "Subscribe"))
    g_dbus_method_invocation_return_value (invocation, NULL);
  else
    self->asked = invocation;
}

static void
call_bus (GDBusConnection *bus, const char *method, GVariant *parameters)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_sync (
      bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", method,
      parameters, NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);

  g_assert_no_error (error);
}

static void
systemd_open (Systemd *self)
{
  static const GDBusInterfaceVTable table = { .method_call = systemd_called_cb };
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (
      "<node><interface name='org.freedesktop.systemd1.Manager'><method name='Subscribe'/>"
      "<method name='StartUnit'><arg type='s' direction='in'/><arg type='s' direction='in'/>"
      "<arg type='o' direction='out'/></method></interface></node>",
      NULL);
  g_autoptr (GError) error = NULL;

  self->bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_assert_no_error (error);
  self->object = g_dbus_connection_register_object (
      self->bus, "/org/freedesktop/systemd1", node->interfaces[0], &table, self, NULL, &error);
  g_assert_no_error (error);
  call_bus (self->bus, "RequestName", g_variant_new ("(su)", "org.freedesktop.systemd1", 0));
}

static void
systemd_close (Systemd *self)
{
  call_bus (self->bus, "ReleaseName", g_variant_new ("(s)", "org.freedesktop.systemd1"));
  g_dbus_connection_unregister_object (self->bus, self->object);
  g_object_unref (self->bus);
}

static gboolean
is_asked (gpointer user_data)
{
  return ((Systemd *) user_data)->asked != NULL;
}

/* The service was started elsewhere while polkit's question stood here: of its answer nothing is said,
   and what is missing later can be started. */
static void
test_late_answer (Fixture *it, gconstpointer user_data)
{
  GtkWidget *group = eonay_window_fixture_find (it->page, EONAY_TYPE_SETUP_GROUP, NULL);
  GtkWidget *start;
  Systemd systemd = { 0 };

  systemd_open (&systemd);
  eonay_setup_group_set_system_bus (EONAY_SETUP_GROUP (group), systemd.bus);
  eonay_fake_readers_set_service (it->fake_readers, EONAY_SERVICE_MISSING);
  await (it, "Start the card service", TRUE);
  start = eonay_window_fixture_find (it->page, GTK_TYPE_BUTTON, "Start");
  g_signal_emit_by_name (start, "clicked");
  eonay_window_fixture_wait (is_asked, &systemd);
  g_assert_false (gtk_widget_get_sensitive (start));

  eonay_fake_readers_set_service (it->fake_readers, EONAY_SERVICE_RUNNING);
  await (it, "Start the card service", FALSE);
  g_assert_true (gtk_widget_get_sensitive (start));
  g_dbus_method_invocation_return_dbus_error (
      systemd.asked, "org.freedesktop.DBus.Error.AccessDenied", "Dismissed");
  g_dbus_connection_flush_sync (systemd.bus, NULL, NULL);
  eonay_window_fixture_settle (it->window);
  g_assert_false (shows (it, EONAY_PCSC_START_COMMAND));

  eonay_fake_readers_set_service (it->fake_readers, EONAY_SERVICE_MISSING);
  await (it, "Start the card service", TRUE);
  g_assert_false (shows (it, EONAY_PCSC_START_COMMAND));
  g_assert_true (gtk_widget_get_visible (start) && gtk_widget_get_sensitive (start));
  systemd_close (&systemd);
}

int
main (int argc, char *argv[])
{
  static const struct {
    const char *path;
    void (*test) (Fixture *it, gconstpointer user_data);
  } tests[] = {
    { "/window/setup-group/portal", test_portal },
    { "/window/setup-group/portal-words", test_portal_words },
    { "/window/setup-group/portal-of-an-administrator", test_portal_of_an_administrator },
    { "/window/setup-group/reader", test_reader },
    { "/window/setup-group/service", test_service },
    { "/window/setup-group/command", test_command },
    { "/window/setup-group/flatpak", test_flatpak },
    { "/window/setup-group/late-answer", test_late_answer },
  };

  eonay_window_fixture_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);

  return g_test_run ();
}
