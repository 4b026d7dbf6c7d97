#include "card/pcsc/eonay-pcsc-start.h"

/* A systemd of the test's own, on a bus of the test's own. */
static const char interface[] =
    "<node><interface name='org.freedesktop.systemd1.Manager'>"
    "<method name='Subscribe'/>"
    "<method name='StartUnit'>"
    "<arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='o' direction='out'/>"
    "</method>"
    "<signal name='JobRemoved'>"
    "<arg type='u'/><arg type='o'/><arg type='s'/><arg type='s'/>"
    "</signal>"
    "</interface></node>";

typedef enum {
  STARTS,
  STARTS_BEFORE_IT_ANSWERS,
  FAILS,
  DENIES,
  HAS_NO_SOCKET_UNIT,
  HAS_NO_UNIT,
  NEVER_ENDS,
  LEAVES,
} Conduct;

typedef struct {
  GTestDBus *daemon;
  GDBusConnection *systemd;
  GDBusConnection *bus;
  guint object;
  Conduct conduct;
  gboolean is_subscribed;
  gboolean asks; /* whether the caller allows polkit to ask */
  GString *units;
  GAsyncResult *result;
} Fixture;

static void
end_job (Fixture *it, const char *job, const char *how)
{
  if (it->is_subscribed)
    g_dbus_connection_emit_signal (it->systemd, NULL, "/org/freedesktop/systemd1",
                                   "org.freedesktop.systemd1.Manager", "JobRemoved",
                                   g_variant_new ("(uoss)", 7, job, "pcscd.socket", how), NULL);
}

/* What it said before is on the bus before. */
static void
leave (Fixture *it)
{
  g_dbus_connection_call (it->systemd, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                          "org.freedesktop.DBus", "ReleaseName",
                          g_variant_new ("(s)", "org.freedesktop.systemd1"), NULL,
                          G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL, NULL);
}

static void
start_unit (Fixture *it, GVariant *parameters, GDBusMethodInvocation *invocation)
{
  const char *unit, *mode;
  gboolean is_unknown;

  g_variant_get (parameters, "(&s&s)", &unit, &mode);
  g_assert_cmpstr (mode, ==, "replace");
  g_string_append_printf (it->units, "%s ", unit);
  it->asks = (g_dbus_message_get_flags (g_dbus_method_invocation_get_message (invocation)) &
              G_DBUS_MESSAGE_FLAGS_ALLOW_INTERACTIVE_AUTHORIZATION) != 0;
  is_unknown = it->conduct == HAS_NO_UNIT ||
               (it->conduct == HAS_NO_SOCKET_UNIT && g_str_equal (unit, "pcscd.socket"));

  if (it->conduct == DENIES)
    {
      g_dbus_method_invocation_return_dbus_error (
          invocation, "org.freedesktop.DBus.Error.InteractiveAuthorizationRequired", "No agent");
      return;
    }
  if (is_unknown)
    {
      g_dbus_method_invocation_return_dbus_error (invocation, "org.freedesktop.systemd1.NoSuchUnit",
                                                  "There is none");
      return;
    }

  /* Another's end is not ours. */
  end_job (it, "/job/1", "failed");
  if (it->conduct == STARTS_BEFORE_IT_ANSWERS)
    end_job (it, "/job/7", "done");
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(o)", "/job/7"));
  if (it->conduct == STARTS || it->conduct == HAS_NO_SOCKET_UNIT)
    {
      end_job (it, "/job/7", "done");
      end_job (it, "/job/7", "failed");
    }
  if (it->conduct == FAILS)
    end_job (it, "/job/7", "failed");
  if (it->conduct == LEAVES)
    leave (it);
}

static void
called_cb (GDBusConnection *connection, const char *sender, const char *path, const char *name,
           const char *method, GVariant *parameters, GDBusMethodInvocation *invocation,
           gpointer user_data)
{
  Fixture *it = user_data;

  if (g_str_equal (method, "Subscribe") && it->is_subscribed)
    {
      g_dbus_method_invocation_return_dbus_error (
          invocation, "org.freedesktop.systemd1.AlreadySubscribed", "As it was");
    }
  else if (g_str_equal (method, "Subscribe"))
    {
      it->is_subscribed = TRUE;
      g_dbus_method_invocation_return_value (invocation, NULL);
    }
  else
    start_unit (it, parameters, invocation);
}

static GDBusConnection *
connect_to (GTestDBus *daemon)
{
  g_autoptr (GError) error = NULL;
  GDBusConnection *connection =
      g_dbus_connection_new_for_address_sync (g_test_dbus_get_bus_address (daemon),
                                              G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                  G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                              NULL, NULL, &error);

  g_assert_no_error (error);

  return connection;
}

static void
serve (Fixture *it)
{
  static const GDBusInterfaceVTable table = { .method_call = called_cb };
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (interface, NULL);
  g_autoptr (GVariant) owned = NULL;
  g_autoptr (GError) error = NULL;

  it->object = g_dbus_connection_register_object (it->systemd, "/org/freedesktop/systemd1",
                                                  node->interfaces[0], &table, it, NULL, &error);
  g_assert_no_error (error);
  owned = g_dbus_connection_call_sync (it->systemd, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                       "org.freedesktop.DBus", "RequestName",
                                       g_variant_new ("(su)", "org.freedesktop.systemd1", 0), NULL,
                                       G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *it, gconstpointer user_data)
{
  it->daemon = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (it->daemon);
  it->systemd = connect_to (it->daemon);
  it->bus = connect_to (it->daemon);
  it->units = g_string_new (NULL);
  it->conduct = GPOINTER_TO_INT (user_data);
}

static void
tear_down (Fixture *it, gconstpointer user_data)
{
  if (it->object != 0)
    g_dbus_connection_unregister_object (it->systemd, it->object);
  g_dbus_connection_close_sync (it->bus, NULL, NULL);
  g_dbus_connection_close_sync (it->systemd, NULL, NULL);
  g_clear_object (&it->bus);
  g_clear_object (&it->systemd);
  g_clear_object (&it->result);
  g_string_free (it->units, TRUE);
  g_test_dbus_down (it->daemon);
  g_clear_object (&it->daemon);
}

static void
started_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *it = user_data;

  g_assert_null (it->result);
  it->result = g_object_ref (result);
}

static gboolean
start (Fixture *it, GCancellable *cancellable, GError **error)
{
  eonay_pcsc_start_async (it->bus, cancellable, started_cb, it);
  while (it->result == NULL)
    {
      g_main_context_iteration (NULL, TRUE);
      /* Only once the job is there, whose end would never be told. */
      if (it->conduct == NEVER_ENDS && it->units->len > 0)
        g_cancellable_cancel (cancellable);
    }

  return eonay_pcsc_start_finish (it->result, error);
}

static void
test_started (Fixture *it, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;

  serve (it);
  g_assert_true (start (it, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (it->asks);
  g_assert_cmpstr (it->units->str, ==,
                   it->conduct == HAS_NO_SOCKET_UNIT ? "pcscd.socket pcscd.service "
                                                     : "pcscd.socket ");
}

/* Over the same connection, as in the same program. */
static void
test_started_again (Fixture *it, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;

  serve (it);
  g_assert_true (start (it, NULL, &error));
  g_assert_no_error (error);
  g_clear_object (&it->result);
  g_assert_true (start (it, NULL, &error));
  g_assert_no_error (error);
}

static void
test_job_fails (Fixture *it, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;

  serve (it);
  g_assert_false (start (it, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
}

static void
test_denied (Fixture *it, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;

  serve (it);
  g_assert_false (start (it, NULL, &error));
  name = g_dbus_error_get_remote_error (error);
  g_assert_cmpstr (name, ==, "org.freedesktop.DBus.Error.InteractiveAuthorizationRequired");
  g_assert_cmpstr (it->units->str, ==, "pcscd.socket ");
}

static void
test_no_unit (Fixture *it, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;

  serve (it);
  g_assert_false (start (it, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_cmpstr (it->units->str, ==, "pcscd.socket pcscd.service ");
}

/* A machine without systemd. */
static void
test_no_systemd (Fixture *it, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (start (it, NULL, &error));
  g_assert_nonnull (error);
}

static void
test_cancelled (Fixture *it, gconstpointer user_data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  serve (it);
  g_assert_false (start (it, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Its job was begun, and nobody will tell of the end. */
static void
test_systemd_leaves (Fixture *it, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;

  serve (it);
  g_assert_false (start (it, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED);
}

int
main (int argc, char *argv[])
{
  static const struct {
    const char *path;
    Conduct conduct;
    void (*test) (Fixture *it, gconstpointer user_data);
  } tests[] = {
    { "/pcsc-start/started", STARTS, test_started },
    { "/pcsc-start/started-at-once", STARTS_BEFORE_IT_ANSWERS, test_started },
    { "/pcsc-start/service-unit", HAS_NO_SOCKET_UNIT, test_started },
    { "/pcsc-start/started-again", STARTS, test_started_again },
    { "/pcsc-start/job-fails", FAILS, test_job_fails },
    { "/pcsc-start/denied", DENIES, test_denied },
    { "/pcsc-start/no-unit", HAS_NO_UNIT, test_no_unit },
    { "/pcsc-start/no-systemd", STARTS, test_no_systemd },
    { "/pcsc-start/cancelled", NEVER_ENDS, test_cancelled },
    { "/pcsc-start/systemd-leaves", LEAVES, test_systemd_leaves },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, GINT_TO_POINTER (tests[i].conduct), set_up, tests[i].test,
                tear_down);

  return g_test_run ();
}
