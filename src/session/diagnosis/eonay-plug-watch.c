#include "session/diagnosis/eonay-plug-watch.h"

struct _EonayPlugWatch {
  EonayReaderList *readers;
  gulong changed_id;
  char *plugged; /* a line for each reader: whether a card is in, and its name */
  guint calm;
  guint timer;
  void (*changed) (gpointer user_data);
  gpointer user_data;
};

static char *
describe_plugged (EonayReaderList *readers)
{
  GListModel *model = G_LIST_MODEL (readers);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (EonayReader) reader = g_list_model_get_item (model, i);

      if (!eonay_reader_is_module (reader))
        g_string_append_printf (text, "%d %s\n",
                                eonay_reader_get_state (reader) != EONAY_READER_EMPTY,
                                eonay_reader_get_name (reader));
    }

  return g_string_free (text, FALSE);
}

static gboolean
on_calm (gpointer user_data)
{
  EonayPlugWatch *self = user_data;

  self->timer = 0;
  self->changed (self->user_data);

  return G_SOURCE_REMOVE;
}

static void
on_changed (EonayPlugWatch *self)
{
  g_autofree char *before = self->plugged;

  self->plugged = describe_plugged (self->readers);
  if (g_str_equal (self->plugged, before))
    return;

  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add (self->calm, on_calm, self);
}

EonayPlugWatch *
eonay_plug_watch_new (EonayReaderList *readers, guint calm, void (*changed) (gpointer user_data),
                      gpointer user_data)
{
  EonayPlugWatch *self = g_new0 (EonayPlugWatch, 1);

  self->readers = g_object_ref (readers);
  self->plugged = describe_plugged (readers);
  self->calm = calm;
  self->changed = changed;
  self->user_data = user_data;
  self->changed_id = g_signal_connect_swapped (readers, "changed", G_CALLBACK (on_changed), self);

  return self;
}

void
eonay_plug_watch_free (EonayPlugWatch *self)
{
  if (self == NULL)
    return;

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_signal_handler (&self->changed_id, self->readers);
  g_object_unref (self->readers);
  g_free (self->plugged);
  g_free (self);
}
