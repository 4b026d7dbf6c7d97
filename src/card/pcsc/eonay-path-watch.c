#include "card/pcsc/eonay-path-watch.h"

struct _EonayPathWatch {
  GObject parent_instance;

  GFile *file;
  GFile *folder; /* the one that is watched */
  GFileMonitor *monitor;
};

enum {
  CAME,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EonayPathWatch, eonay_path_watch, G_TYPE_OBJECT)

static void on_changed (EonayPathWatch *self, GFile *file, GFile *other, GFileMonitorEvent event);

static GFile *
nearest_folder (GFile *file)
{
  g_autoptr (GFile) folder = g_file_get_parent (file);

  while (folder != NULL && !g_file_query_exists (folder, NULL))
    {
      g_autoptr (GFile) child = g_steal_pointer (&folder);

      folder = g_file_get_parent (child);
    }

  return g_steal_pointer (&folder);
}

static void
stop (EonayPathWatch *self)
{
  if (self->monitor != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->monitor, self);
      g_file_monitor_cancel (self->monitor);
    }
  g_clear_object (&self->monitor);
  g_clear_object (&self->folder);
}

static void
watch_nearest (EonayPathWatch *self)
{
  g_autoptr (GFile) nearest = NULL;

  /* Until nothing came between looking and watching. */
  do
    {
      g_clear_object (&nearest);
      nearest = nearest_folder (self->file);
      if (nearest == NULL || (self->folder != NULL && g_file_equal (nearest, self->folder)))
        return;

      stop (self);
      self->monitor = g_file_monitor_directory (nearest, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
      if (self->monitor == NULL)
        return;
      self->folder = g_object_ref (nearest);
      g_signal_connect_swapped (self->monitor, "changed", G_CALLBACK (on_changed), self);
    }
  while (TRUE);
}

static void
on_changed (EonayPathWatch *self, GFile *file, GFile *other, GFileMonitorEvent event)
{
  gboolean about_file = g_file_equal (file, self->file) ||
                        (other != NULL && g_file_equal (other, self->file));
  g_autoptr (GFile) folder = g_object_ref (self->folder);
  g_autoptr (EonayPathWatch) alive = g_object_ref (self);

  if (event == G_FILE_MONITOR_EVENT_DELETED && g_file_equal (file, folder))
    stop (self);
  watch_nearest (self);

  /* A file that came with its folder came unseen. */
  if ((about_file || self->folder == NULL || !g_file_equal (self->folder, folder)) &&
      g_file_query_exists (self->file, NULL))
    g_signal_emit (self, signals[CAME], 0);
}

static void
eonay_path_watch_finalize (GObject *object)
{
  EonayPathWatch *self = EONAY_PATH_WATCH (object);

  stop (self);
  g_object_unref (self->file);

  G_OBJECT_CLASS (eonay_path_watch_parent_class)->finalize (object);
}

static void
eonay_path_watch_class_init (EonayPathWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = eonay_path_watch_finalize;

  signals[CAME] = g_signal_new ("came", EONAY_TYPE_PATH_WATCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
}

static void
eonay_path_watch_init (EonayPathWatch *self)
{
}

EonayPathWatch *
eonay_path_watch_new (const char *path)
{
  EonayPathWatch *self = g_object_new (EONAY_TYPE_PATH_WATCH, NULL);

  self->file = g_file_new_for_path (path);
  watch_nearest (self);

  return self;
}
