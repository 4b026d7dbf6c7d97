#include "card/reader/eonay-reader-list.h"

#include "base/eonay-error.h"
#include "card/apdu/eonay-worker.h"

struct _EonayReaderList {
  GObject parent_instance;

  EonaySlotSource *source;
  EonayCardCache *cache;
  EonayServiceState service_state;
  GPtrArray *readers;
  guint timeout;
  gboolean searching;
  gboolean allow_experimental;
};

enum {
  PROP_0,
  PROP_SERVICE_STATE,
  PROP_ALLOW_EXPERIMENTAL,
  N_PROPS
};

enum {
  CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void eonay_reader_list_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (EonayReaderList, eonay_reader_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      eonay_reader_list_iface_init))

static GType
eonay_reader_list_get_item_type (GListModel *model)
{
  return EONAY_TYPE_READER;
}

static guint
eonay_reader_list_get_n_items (GListModel *model)
{
  return EONAY_READER_LIST (model)->readers->len;
}

static gpointer
eonay_reader_list_get_item (GListModel *model, guint position)
{
  EonayReaderList *self = EONAY_READER_LIST (model);

  if (position >= self->readers->len)
    return NULL;

  return g_object_ref (g_ptr_array_index (self->readers, position));
}

static void
eonay_reader_list_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = eonay_reader_list_get_item_type;
  iface->get_n_items = eonay_reader_list_get_n_items;
  iface->get_item = eonay_reader_list_get_item;
}

static EonayReader *
find (EonayReaderList *self, const char *name)
{
  for (guint i = 0; i < self->readers->len; i++)
    {
      EonayReader *reader = g_ptr_array_index (self->readers, i);

      if (g_strcmp0 (eonay_reader_get_slot (reader), name) == 0)
        return reader;
    }

  return NULL;
}

void
eonay_reader_list_emit_changed (EonayReaderList *self)
{
  g_return_if_fail (EONAY_IS_READER_LIST (self));

  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_service_changed (EonayReaderList *self, EonayServiceState state)
{
  if (self->service_state == state)
    return;

  self->service_state = state;
  for (guint i = 0; state != EONAY_SERVICE_RUNNING && i < self->readers->len; i++)
    eonay_reader_service_lost (self->readers->pdata[i]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SERVICE_STATE]);
}

static void
on_reader_changed (EonayReaderList *self, GParamSpec *pspec, EonayReader *reader)
{
  if (eonay_reader_get_slot (reader) != NULL &&
      g_error_matches (eonay_reader_get_error (reader), EONAY_CARD_ERROR, EONAY_CARD_ERROR_BUSY))
    eonay_slot_source_await_release (self->source, eonay_reader_get_slot (reader));
  eonay_reader_list_emit_changed (self);
}

GPtrArray *
eonay_reader_list_get_readers (EonayReaderList *self)
{
  return self->readers;
}

void
eonay_reader_list_add_reader (EonayReaderList *self, EonayReader *reader)
{
  eonay_reader_set_allow_experimental (reader, self->allow_experimental);
  g_signal_connect_object (reader, "notify::state", G_CALLBACK (on_reader_changed), self,
                           G_CONNECT_SWAPPED);
  g_ptr_array_add (self->readers, g_object_ref (reader));
  g_list_model_items_changed (G_LIST_MODEL (self), self->readers->len - 1, 0, 1);
  eonay_reader_list_emit_changed (self);
}

void
eonay_reader_list_remove_reader (EonayReaderList *self, EonayReader *reader)
{
  guint position;

  if (!g_ptr_array_find (self->readers, reader, &position))
    return;

  g_object_ref (reader);
  g_signal_handlers_disconnect_by_func (reader, on_reader_changed, self);
  g_ptr_array_remove_index (self->readers, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
  /* Whoever still holds the reader must see that its token is dead. */
  eonay_reader_card_removed (reader);
  g_object_unref (reader);
  eonay_reader_list_emit_changed (self);
}

static void
on_slot_added (EonayReaderList *self, const char *name)
{
  EonayReader *reader;

  if (find (self, name) != NULL)
    return;

  reader = eonay_reader_new (self->source, name, self->timeout);
  eonay_reader_set_cache (reader, self->cache);
  eonay_reader_list_add_reader (self, reader);
  g_object_unref (reader);
}

static void
on_slot_removed (EonayReaderList *self, const char *name)
{
  EonayReader *reader = find (self, name);

  if (reader != NULL)
    eonay_reader_list_remove_reader (self, reader);
}

static void
on_card_inserted (EonayReaderList *self, const char *name)
{
  EonayReader *reader = find (self, name);

  if (reader != NULL)
    eonay_reader_card_inserted (reader);
}

static void
on_card_removed (EonayReaderList *self, const char *name)
{
  EonayReader *reader = find (self, name);

  if (reader != NULL)
    eonay_reader_card_removed (reader);
}

static void
on_card_released (EonayReaderList *self, const char *name)
{
  EonayReader *reader = find (self, name);

  if (reader != NULL)
    eonay_reader_card_released (reader);
}

void
eonay_reader_list_set_timeout (EonayReaderList *self, guint timeout)
{
  g_return_if_fail (EONAY_IS_READER_LIST (self));

  self->timeout = timeout;
}

void
eonay_reader_list_set_allow_experimental (EonayReaderList *self, gboolean allow)
{
  g_return_if_fail (EONAY_IS_READER_LIST (self));

  if (self->allow_experimental == allow)
    return;

  self->allow_experimental = allow;
  for (guint i = 0; i < self->readers->len; i++)
    eonay_reader_set_allow_experimental (self->readers->pdata[i], allow);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ALLOW_EXPERIMENTAL]);
  eonay_reader_list_emit_changed (self);
}

void
eonay_reader_list_set_searching (EonayReaderList *self, gboolean searching)
{
  g_return_if_fail (EONAY_IS_READER_LIST (self));

  if (self->searching == searching)
    return;

  self->searching = searching;
  eonay_reader_list_emit_changed (self);
}

gboolean
eonay_reader_list_is_searching (EonayReaderList *self)
{
  g_return_val_if_fail (EONAY_IS_READER_LIST (self), FALSE);

  return self->searching;
}

EonayServiceState
eonay_reader_list_get_service_state (EonayReaderList *self)
{
  g_return_val_if_fail (EONAY_IS_READER_LIST (self), EONAY_SERVICE_STARTING);

  return self->service_state;
}

static void
eonay_reader_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_SERVICE_STATE:
      g_value_set_enum (value, EONAY_READER_LIST (object)->service_state);
      break;
    case PROP_ALLOW_EXPERIMENTAL:
      g_value_set_boolean (value, EONAY_READER_LIST (object)->allow_experimental);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
eonay_reader_list_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_ALLOW_EXPERIMENTAL:
      eonay_reader_list_set_allow_experimental (EONAY_READER_LIST (object),
                                                g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
eonay_reader_list_dispose (GObject *object)
{
  EonayReaderList *self = EONAY_READER_LIST (object);

  if (self->source != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->source, self);
      eonay_slot_source_stop (self->source);
    }
  g_clear_object (&self->source);
  g_ptr_array_set_size (self->readers, 0);

  G_OBJECT_CLASS (eonay_reader_list_parent_class)->dispose (object);
}

static void
eonay_reader_list_finalize (GObject *object)
{
  g_ptr_array_unref (EONAY_READER_LIST (object)->readers);
  g_clear_object (&EONAY_READER_LIST (object)->cache);

  G_OBJECT_CLASS (eonay_reader_list_parent_class)->finalize (object);
}

static void
eonay_reader_list_class_init (EonayReaderListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = eonay_reader_list_get_property;
  object_class->set_property = eonay_reader_list_set_property;
  object_class->dispose = eonay_reader_list_dispose;
  object_class->finalize = eonay_reader_list_finalize;

  properties[PROP_SERVICE_STATE] = g_param_spec_enum (
      "service-state", NULL, NULL, EONAY_TYPE_SERVICE_STATE, EONAY_SERVICE_STARTING,
      G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_ALLOW_EXPERIMENTAL] =
      g_param_spec_boolean ("allow-experimental", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CHANGED] = g_signal_new ("changed", EONAY_TYPE_READER_LIST, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
eonay_reader_list_init (EonayReaderList *self)
{
  self->readers = g_ptr_array_new_with_free_func (g_object_unref);
  self->timeout = EONAY_WORKER_TIMEOUT;
}

EonayReaderList *
eonay_reader_list_new (EonaySlotSource *source)
{
  return eonay_reader_list_new_with_cache (source, NULL);
}

EonayReaderList *
eonay_reader_list_new_with_cache (EonaySlotSource *source, EonayCardCache *cache)
{
  const struct {
    const char *signal;
    GCallback callback;
  } connections[] = {
    { "service-changed", G_CALLBACK (on_service_changed) },
    { "slot-added", G_CALLBACK (on_slot_added) },
    { "slot-removed", G_CALLBACK (on_slot_removed) },
    { "card-inserted", G_CALLBACK (on_card_inserted) },
    { "card-removed", G_CALLBACK (on_card_removed) },
    { "card-released", G_CALLBACK (on_card_released) },
  };
  EonayReaderList *self;

  g_return_val_if_fail (EONAY_IS_SLOT_SOURCE (source), NULL);

  self = g_object_new (EONAY_TYPE_READER_LIST, NULL);
  self->source = g_object_ref (source);
  g_set_object (&self->cache, cache);
  for (gsize i = 0; i < G_N_ELEMENTS (connections); i++)
    g_signal_connect_object (source, connections[i].signal, connections[i].callback, self,
                             G_CONNECT_SWAPPED);
  eonay_slot_source_start (source);

  return self;
}
