#include "session/history/eonay-history.h"

#include <glib/gstdio.h>

#include "base/eonay-error.h"
#include "eonay-config.h"
#include "session/history/eonay-history-queue.h"

struct _EonayHistory {
  GObject parent_instance;

  char *path;
  gboolean enabled;
  gboolean keeps_text;
  GError *problem;
  guint told; /* a bit for each error code that was notified */
  EonayHistoryQueue *queue;
  GSettings *settings;
};

G_DEFINE_FINAL_TYPE (EonayHistory, eonay_history, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_ENABLED,
  PROP_KEEPS_TEXT,
  PROP_PROBLEM,
  N_PROPS
};

static GParamSpec *props[N_PROPS];
static guint changed_signal;

static void
eonay_history_finalize (GObject *object)
{
  EonayHistory *self = EONAY_HISTORY (object);

  g_clear_pointer (&self->queue, eonay_history_queue_free);
  g_clear_object (&self->settings);
  g_clear_error (&self->problem);
  g_clear_pointer (&self->path, g_free);

  G_OBJECT_CLASS (eonay_history_parent_class)->finalize (object);
}

static void
eonay_history_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  EonayHistory *self = EONAY_HISTORY (object);

  switch (id)
    {
    case PROP_ENABLED:
      g_value_set_boolean (value, self->enabled);
      break;
    case PROP_KEEPS_TEXT:
      g_value_set_boolean (value, self->keeps_text);
      break;
    case PROP_PROBLEM:
      g_value_set_boxed (value, self->problem);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
eonay_history_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  EonayHistory *self = EONAY_HISTORY (object);
  gboolean *property = id == PROP_ENABLED ? &self->enabled : &self->keeps_text;

  if (*property == g_value_get_boolean (value))
    return;

  *property = g_value_get_boolean (value);
  g_object_notify_by_pspec (object, pspec);
}

static void
eonay_history_class_init (EonayHistoryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags both = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = eonay_history_finalize;
  object_class->get_property = eonay_history_get_property;
  object_class->set_property = eonay_history_set_property;

  props[PROP_ENABLED] = g_param_spec_boolean ("enabled", NULL, NULL, TRUE, both);
  props[PROP_KEEPS_TEXT] = g_param_spec_boolean ("keeps-text", NULL, NULL, FALSE, both);
  props[PROP_PROBLEM] = g_param_spec_boxed ("problem", NULL, NULL, G_TYPE_ERROR,
                                            G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  changed_signal = g_signal_new ("changed", EONAY_TYPE_HISTORY, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
eonay_history_init (EonayHistory *self)
{
  self->enabled = TRUE;
}

/* Notified once for each error code, which has a row of advice. */
static void
on_reported (gpointer source, gboolean done, const GError *error)
{
  EonayHistory *self = EONAY_HISTORY (source);
  guint bit;

  if (error == NULL)
    return;

  g_debug ("%s", error->message);
  g_clear_error (&self->problem);
  self->problem = g_error_copy (error);
  bit = 1u << error->code;
  if ((self->told & bit) == 0)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PROBLEM]);
  self->told |= bit;
}

static EonayHistory *
new_history (const char *path, gboolean is_own)
{
  EonayHistory *self = g_object_new (EONAY_TYPE_HISTORY, NULL);

  self->path = g_strdup (path);
  self->queue = eonay_history_queue_new (path, is_own, on_reported);

  return self;
}

EonayHistory *
eonay_history_new (const char *path)
{
  return new_history (path, FALSE);
}

EonayHistory *
eonay_history_new_for_person (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "eonay", NULL);
  g_autofree char *path = g_build_filename (folder, "history.db", NULL);
  EonayHistory *self = new_history (path, TRUE);
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, EONAY_APPLICATION_ID, TRUE);
  if (schema != NULL)
    {
      self->settings = g_settings_new_full (schema, NULL, NULL);
      g_settings_bind (self->settings, "history", self, "enabled", G_SETTINGS_BIND_GET);
      g_settings_bind (self->settings, "history-keeps-text", self, "keeps-text",
                       G_SETTINGS_BIND_GET);
    }

  /* Only a folder of the program's own may be made private. */
  if (g_chmod (folder, 0700) != 0)
    g_debug ("%s is not there yet", folder);

  return self;
}

const char *
eonay_history_get_path (EonayHistory *self)
{
  g_return_val_if_fail (EONAY_IS_HISTORY (self), NULL);

  return self->path;
}

GAction *
eonay_history_create_switch (EonayHistory *self)
{
  g_return_val_if_fail (EONAY_IS_HISTORY (self), NULL);

  if (self->settings != NULL)
    return g_settings_create_action (self->settings, "history");

  return G_ACTION (g_property_action_new ("history", self, "enabled"));
}

gboolean
eonay_history_is_enabled (EonayHistory *self)
{
  g_return_val_if_fail (EONAY_IS_HISTORY (self), FALSE);

  return self->enabled;
}

gboolean
eonay_history_keeps_text (EonayHistory *self)
{
  g_return_val_if_fail (EONAY_IS_HISTORY (self), FALSE);

  return self->keeps_text;
}

const GError *
eonay_history_get_problem (EonayHistory *self)
{
  g_return_val_if_fail (EONAY_IS_HISTORY (self), NULL);

  return self->problem;
}

static GTask *
new_task (EonayHistory *self, GCancellable *cancellable, GAsyncReadyCallback callback,
          gpointer user_data, gpointer tag)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);

  return task;
}

static void
on_changed (GTask *task)
{
  g_signal_emit (g_task_get_source_object (task), changed_signal, 0);
}

static void
push_change (EonayHistory *self, GTask *task, EonayHistoryWork work, gpointer argument,
             GDestroyNotify argument_free, guint timeout)
{
  g_signal_connect (task, "notify::completed", G_CALLBACK (on_changed), NULL);
  eonay_history_queue_push (self->queue, task, work, argument, argument_free, NULL, timeout);
}

static gboolean
put (EonayHistoryFile *file, gpointer argument, gpointer *result, GError **error)
{
  return eonay_history_file_put (file, argument, error);
}

void
eonay_history_put_async (EonayHistory *self, GPtrArray *entries, GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_return_if_fail (EONAY_IS_HISTORY (self) && entries != NULL);

  push_change (self, new_task (self, NULL, callback, user_data, eonay_history_put_async), put,
               g_ptr_array_ref (entries), (GDestroyNotify) g_ptr_array_unref,
               EONAY_HISTORY_TIMEOUT);
}

gboolean
eonay_history_put_finish (EonayHistory *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static gboolean
remove_batch (EonayHistoryFile *file, gpointer argument, gpointer *result, GError **error)
{
  return eonay_history_file_remove (file, argument, error);
}

void
eonay_history_remove (EonayHistory *self, const char *batch)
{
  g_return_if_fail (EONAY_IS_HISTORY (self) && batch != NULL);

  push_change (self, new_task (self, NULL, NULL, NULL, eonay_history_remove), remove_batch,
               g_strdup (batch), g_free, 0);
}

static gboolean
list (EonayHistoryFile *file, gpointer argument, gpointer *result, GError **error)
{
  *result = eonay_history_file_list (file, error);

  return *result != NULL;
}

void
eonay_history_list_async (EonayHistory *self, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (EONAY_IS_HISTORY (self));

  eonay_history_queue_push (
      self->queue, new_task (self, cancellable, callback, user_data, eonay_history_list_async),
      list, NULL, NULL, (GDestroyNotify) g_ptr_array_unref, 0);
}

GPtrArray *
eonay_history_list_finish (EonayHistory *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
clear (EonayHistoryFile *file, gpointer argument, gpointer *result, GError **error)
{
  return eonay_history_file_clear (file, error);
}

void
eonay_history_clear (EonayHistory *self)
{
  g_return_if_fail (EONAY_IS_HISTORY (self));

  push_change (self, new_task (self, NULL, NULL, NULL, eonay_history_clear), clear, NULL, NULL, 0);
}

gboolean
eonay_history_flush (EonayHistory *self, guint seconds)
{
  g_return_val_if_fail (EONAY_IS_HISTORY (self), FALSE);

  return eonay_history_queue_flush (self->queue, seconds);
}
