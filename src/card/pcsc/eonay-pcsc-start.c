#include "card/pcsc/eonay-pcsc-start.h"

#define SYSTEMD "org.freedesktop.systemd1"
#define MANAGER_PATH "/org/freedesktop/systemd1"
#define MANAGER "org.freedesktop.systemd1.Manager"

static const char *const units[] = { "pcscd.socket", "pcscd.service" };

typedef struct {
  GDBusConnection *bus;
  guint subscription;
  guint watch;
  GSource *cancelled; /* (nullable) */
  guint unit;         /* of units[] */
  char *job;          /* (nullable): path of the one that was begun */
  GHashTable *ended;  /* job path → result, of those that end before ours is known */
  gboolean is_left;   /* systemd is not on the bus */
  gboolean is_over;
} Start;

static void
start_free (Start *start)
{
  if (start->subscription != 0)
    g_dbus_connection_signal_unsubscribe (start->bus, start->subscription);
  if (start->watch != 0)
    g_bus_unwatch_name (start->watch);
  if (start->cancelled != NULL)
    g_source_destroy (start->cancelled);
  g_clear_pointer (&start->cancelled, g_source_unref);
  g_clear_object (&start->bus);
  g_clear_pointer (&start->ended, g_hash_table_unref);
  g_free (start->job);
  g_free (start);
}

/* @error: (transfer full) (nullable) */
static void
end (GTask *task, GError *error)
{
  Start *start = g_task_get_task_data (task);

  start->is_over = TRUE;
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

static void
end_if_over (GTask *task)
{
  Start *start = g_task_get_task_data (task);
  const char *how;

  if (start->job == NULL || start->is_over)
    return;

  how = g_hash_table_lookup (start->ended, start->job);
  if (how == NULL && start->is_left)
    end (task, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CLOSED, "systemd left the bus"));
  else if (how != NULL)
    end (task, g_str_equal (how, "done") ? NULL
                                         : g_error_new (G_IO_ERROR, G_IO_ERROR_FAILED,
                                                        "systemd's job ended with \"%s\"", how));
}

/* systemd tells of a job's end when it likes. */
static gboolean
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  GTask *task = user_data;
  Start *start = g_task_get_task_data (task);

  if (start->job != NULL && !start->is_over)
    end (task, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "No longer waited for"));

  return G_SOURCE_REMOVE;
}

static void
job_removed_cb (GDBusConnection *bus, const char *sender, const char *path, const char *interface,
                const char *signal, GVariant *parameters, gpointer user_data)
{
  GTask *task = user_data;
  Start *start = g_task_get_task_data (task);
  const char *job, *how;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(uoss)")))
    return;

  g_variant_get (parameters, "(u&o&s&s)", NULL, &job, NULL, &how);
  g_hash_table_insert (start->ended, g_strdup (job), g_strdup (how));
  end_if_over (task);
}

/* Nobody is left then who would tell of the job's end. */
static void
systemd_left_cb (GDBusConnection *bus, const char *name, gpointer user_data)
{
  Start *start = g_task_get_task_data (user_data);

  start->is_left = TRUE;
  end_if_over (user_data);
}

static void
systemd_came_cb (GDBusConnection *bus, const char *name, const char *owner, gpointer user_data)
{
  Start *start = g_task_get_task_data (user_data);

  start->is_left = FALSE;
}

static void start_unit (GTask *task);

static void
unit_started_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Start *start = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result,
                                                               &error);
  g_autofree char *name = error != NULL ? g_dbus_error_get_remote_error (error) : NULL;

  if (g_strcmp0 (name, SYSTEMD ".NoSuchUnit") == 0)
    {
      if (++start->unit < G_N_ELEMENTS (units))
        start_unit (task);
      else
        end (task, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "No unit of pcscd"));
      return;
    }
  if (answer == NULL)
    {
      end (task, g_steal_pointer (&error));
      return;
    }

  g_variant_get (answer, "(o)", &start->job);
  end_if_over (task);
}

static void
start_unit (GTask *task)
{
  Start *start = g_task_get_task_data (task);

  g_dbus_connection_call (start->bus, SYSTEMD, MANAGER_PATH, MANAGER, "StartUnit",
                          g_variant_new ("(ss)", units[start->unit], "replace"),
                          G_VARIANT_TYPE ("(o)"), G_DBUS_CALL_FLAGS_ALLOW_INTERACTIVE_AUTHORIZATION,
                          G_MAXINT, g_task_get_cancellable (task), unit_started_cb, task);
}

/* Else systemd does not send its signals. */
static void
subscribed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result,
                                                               &error);
  g_autofree char *name = error != NULL ? g_dbus_error_get_remote_error (error) : NULL;

  /* By an earlier start, over the same connection. */
  if (answer != NULL || g_strcmp0 (name, SYSTEMD ".AlreadySubscribed") == 0)
    start_unit (task);
  else
    end (task, g_steal_pointer (&error));
}

static void
use_bus (GTask *task, GDBusConnection *bus)
{
  Start *start = g_task_get_task_data (task);

  start->bus = g_object_ref (bus);
  start->subscription =
      g_dbus_connection_signal_subscribe (bus, SYSTEMD, MANAGER, "JobRemoved", MANAGER_PATH, NULL,
                                          G_DBUS_SIGNAL_FLAGS_NONE, job_removed_cb, task, NULL);
  start->watch = g_bus_watch_name_on_connection (bus, SYSTEMD, G_BUS_NAME_WATCHER_FLAGS_NONE,
                                                 systemd_came_cb, systemd_left_cb, task, NULL);
  g_dbus_connection_call (bus, SYSTEMD, MANAGER_PATH, MANAGER, "Subscribe", NULL, NULL,
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, g_task_get_cancellable (task),
                          subscribed_cb, task);
}

static void
bus_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) bus = g_bus_get_finish (result, &error);

  if (bus == NULL)
    end (task, g_steal_pointer (&error));
  else
    use_bus (task, bus);
}

void
eonay_pcsc_start_async (GDBusConnection *bus, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Start *start = g_new0 (Start, 1);

  g_task_set_source_tag (task, eonay_pcsc_start_async);
  start->ended = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_task_set_task_data (task, start, (GDestroyNotify) start_free);
  if (cancellable != NULL)
    {
      start->cancelled = g_cancellable_source_new (cancellable);
      g_source_set_callback (start->cancelled, G_SOURCE_FUNC (cancelled_cb), task, NULL);
      g_source_attach (start->cancelled, g_main_context_get_thread_default ());
    }

  if (bus != NULL)
    use_bus (task, bus);
  else
    g_bus_get (G_BUS_TYPE_SYSTEM, cancellable, bus_cb, task);
}

gboolean
eonay_pcsc_start_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
