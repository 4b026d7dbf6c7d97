#include "card/eonay-module-readers.h"

#include "base/eonay-error.h"
#include "card/eonay-module-search.h"
#include "card/eonay-pkcs11-token.h"
#include "card/eonay-reader-list-private.h"
#include "card/eonay-reader-way.h"

/* Milliseconds without news: readers and cards are told of one by one. */
#define CALM 100

struct _EonayModuleReaders {
  GObject parent_instance;

  EonayReaderList *list; /* owns this */
  EonayModuleSearch *search;
  GCancellable *stop;
  GPtrArray *items;   /* Item */
  GHashTable *asked;  /* EonayReader → which reading of it the modules were asked about */
  GPtrArray *hidden;  /* EonayReader: a module hides the certificates of its card */
  guint calm; /* source id */
  gboolean running;
  gboolean has_run;
  gboolean dropping; /* readers: what the list tells of that is no news */
};

/* A reader that is in the list because of a module. */
typedef struct {
  EonayReader *reader;
  EonayPkcs11Module *module;
  EonayReader *parent; /* nullable: the PC/SC reader that its card is in */
  guint parent_reading;
  gboolean seen;       /* by the search that is under way */
} Item;

G_DEFINE_FINAL_TYPE (EonayModuleReaders, eonay_module_readers, G_TYPE_OBJECT)

static void
item_free (gpointer item)
{
  Item *self = item;

  g_object_unref (self->reader);
  g_object_unref (self->module);
  g_clear_object (&self->parent);
  g_free (self);
}

static gboolean
was_asked (EonayModuleReaders *self, EonayReader *reader)
{
  gpointer reading;

  return g_hash_table_lookup_extended (self->asked, reader, NULL, &reading) &&
         GPOINTER_TO_UINT (reading) == eonay_reader_get_reading (reader);
}

/* Not for a card that came while the module looked: it may have seen the one before. */
static gboolean
may_lend (EonayModuleReaders *self, EonayReader *reader, EonayPkcs11Module *module)
{
  return was_asked (self, reader) &&
         eonay_reader_way_is_module (reader, eonay_pkcs11_module_get_path (module));
}

static gboolean
is_settled (EonayModuleReaders *self)
{
  GPtrArray *readers = eonay_reader_list_get_readers (self->list);

  if (eonay_reader_list_get_service_state (self->list) == EONAY_SERVICE_STARTING)
    return FALSE;
  for (guint i = 0; i < readers->len; i++)
    if (eonay_reader_get_state (readers->pdata[i]) == EONAY_READER_READING)
      return FALSE;

  return TRUE;
}

static gboolean
has_news (EonayModuleReaders *self)
{
  GPtrArray *readers = eonay_reader_list_get_readers (self->list);

  for (guint i = 0; i < readers->len; i++)
    if (eonay_reader_way_wants_module (readers->pdata[i]) && !was_asked (self, readers->pdata[i]))
      return TRUE;

  return !self->has_run;
}

static void
drop (EonayModuleReaders *self, guint position)
{
  g_autoptr (EonayReader) reader =
      g_object_ref (((Item *) self->items->pdata[position])->reader);

  g_ptr_array_remove_index (self->items, position);
  eonay_reader_list_remove_reader (self->list, reader);
}

/* Cards that have left their PC/SC reader take what modules said of them along. */
static void
drop_orphans (EonayModuleReaders *self)
{
  self->dropping = TRUE;
  for (guint i = self->items->len; i > 0; i--)
    {
      Item *item = self->items->pdata[i - 1];

      if (item->parent != NULL &&
          eonay_reader_get_reading (item->parent) != item->parent_reading)
        drop (self, i - 1);
    }
  self->dropping = FALSE;
}

/* @reader: (transfer full) */
static void
add_item (EonayModuleReaders *self, EonayPkcs11Module *module, EonayReader *reader,
          EonayReader *parent)
{
  Item *item = g_new0 (Item, 1);

  item->reader = reader;
  item->module = g_object_ref (module);
  item->seen = TRUE;
  if (parent != NULL)
    {
      item->parent = g_object_ref (parent);
      item->parent_reading = eonay_reader_get_reading (parent);
      if (eonay_reader_get_token (reader) != NULL)
        eonay_reader_reset_after (parent, eonay_reader_get_token (reader));
    }
  g_ptr_array_add (self->items, item);
  eonay_reader_list_add_reader (self->list, reader);
}

static gboolean
has_lent (EonayPkcs11Module *module, EonayReader *reader)
{
  EonayToken *token = eonay_reader_get_token (reader);

  return token != NULL &&
         g_str_equal (eonay_token_get_way (token), eonay_pkcs11_module_get_path (module));
}

static gboolean
is_of (EonayReader *reader, EonayPkcs11Module *module, const EonayPkcs11Slot *slot)
{
  EonayToken *token = eonay_reader_get_token (reader);
  const EonayPkcs11Slot *known;

  if (!has_lent (module, reader))
    return FALSE;
  known = eonay_pkcs11_token_get_slot (EONAY_PKCS11_TOKEN (token));

  return known->id == slot->id && g_str_equal (known->serial, slot->serial) &&
         g_str_equal (known->label, slot->label) &&
         known->certificates->len == slot->certificates->len;
}

/* Lent to a PC/SC reader, or shown as one of its own. */
static gboolean
keep_known (EonayModuleReaders *self, EonayPkcs11Module *module, const EonayPkcs11Slot *slot)
{
  GPtrArray *readers = eonay_reader_list_get_readers (self->list);
  gboolean known = FALSE;

  for (guint i = 0; i < readers->len; i++)
    known = known || is_of (readers->pdata[i], module, slot);
  for (guint i = 0; known && i < self->items->len; i++)
    {
      Item *item = self->items->pdata[i];

      item->seen = item->seen || is_of (item->reader, module, slot);
    }

  return known;
}

static GError *
new_hidden_error (void)
{
  return g_error_new_literal (EONAY_CARD_ERROR, EONAY_CARD_ERROR_NOT_AUTHORISED,
                              "The module shows certificates only to those who gave the PIN");
}

/* @token: (transfer full) */
static void
lend (EonayModuleReaders *self, EonayReader *reader, EonayToken *token)
{
  eonay_reader_lend (reader, token, NULL);
  /* The reader itself tells only of another state. */
  eonay_reader_list_tell (self->list);
}

/* What can be seen of a card without the module is better than an error, and so is what the
   next module shows: only a card that nobody knows gets the error, when all have been asked. */
static void
tell_of_hidden (EonayModuleReaders *self)
{
  for (guint i = 0; i < self->hidden->len; i++)
    if (was_asked (self, self->hidden->pdata[i]) &&
        eonay_reader_get_state (self->hidden->pdata[i]) == EONAY_READER_UNSUPPORTED)
      eonay_reader_lend (self->hidden->pdata[i], NULL, new_hidden_error ());
  g_ptr_array_set_size (self->hidden, 0);
}

/* @slot: (transfer full). Returns: whether the token is in use now */
static gboolean
take_slot (EonayModuleReaders *self, EonayPkcs11Module *module, EonayPkcs11Slot *slot)
{
  GPtrArray *readers = eonay_reader_list_get_readers (self->list);
  EonayReader *parent = eonay_reader_way_find (readers, slot);
  gboolean lends = parent != NULL && may_lend (self, parent, module);
  gboolean hidden = (slot->flags & EONAY_PKCS11_HIDDEN) != 0;
  g_autoptr (EonayToken) token = eonay_pkcs11_token_new (module, slot);
  gboolean of_no_use = (slot->certificates->len == 0 && !hidden) ||
                       eonay_reader_way_is_shown (readers, lends ? parent : NULL, slot);
  /* Some modules show a card as several slots, one for each PIN. */
  gboolean also = parent != NULL && has_lent (module, parent);

  if (keep_known (self, module, slot))
    return TRUE;
  if (of_no_use || (parent != NULL && !lends && !also))
    return FALSE;

  if (lends && hidden)
    g_ptr_array_add (self->hidden, g_object_ref (parent));
  else if (lends)
    lend (self, parent, g_steal_pointer (&token));
  else if (hidden)
    add_item (self, module, eonay_reader_new_lent (slot->description, NULL, new_hidden_error ()),
              parent);
  else
    add_item (self, module,
              eonay_reader_new_lent (slot->description, g_steal_pointer (&token), NULL), parent);

  return !hidden;
}

/* A module that died is told of; one that cannot be loaded is no news to anybody. */
static void
take_error (EonayModuleReaders *self, EonayPkcs11Module *module, const GError *error)
{
  const char *path = eonay_pkcs11_module_get_path (module);
  g_autofree char *name = g_path_get_basename (path);

  g_info ("PKCS#11 module %s: %s", path, error->message);
  if (error->code == EONAY_CARD_ERROR_MODULE_CRASHED ||
      error->code == EONAY_CARD_ERROR_MODULE_HUNG)
    add_item (self, module, eonay_reader_new_lent (name, NULL, g_error_copy (error)), NULL);
}

static gboolean
on_found (EonayPkcs11Module *module, GPtrArray *slots, const GError *error, gpointer user_data)
{
  EonayModuleReaders *self = user_data;
  gboolean used = FALSE;

  if (slots == NULL)
    {
      take_error (self, module, error);
      return FALSE;
    }

  while (slots->len > 0)
    used = take_slot (self, module, g_ptr_array_steal_index (slots, 0)) || used;

  return used;
}

static void
on_searched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (EonayModuleReaders) self = user_data;

  if (!eonay_module_search_run_finish (EONAY_MODULE_SEARCH (source), result, NULL))
    return;

  self->dropping = TRUE;
  for (guint i = self->items->len; i > 0; i--)
    if (!((Item *) self->items->pdata[i - 1])->seen)
      drop (self, i - 1);
  self->dropping = FALSE;
  tell_of_hidden (self);
  self->running = FALSE;
  eonay_reader_list_tell (self->list);
}

static void
search (EonayModuleReaders *self)
{
  GPtrArray *readers = eonay_reader_list_get_readers (self->list);
  g_auto (GStrv) served = eonay_reader_way_list_served (readers);

  self->running = TRUE;
  self->has_run = TRUE;
  g_hash_table_remove_all (self->asked);
  for (guint i = 0; i < readers->len; i++)
    g_hash_table_insert (self->asked, g_object_ref (readers->pdata[i]),
                         GUINT_TO_POINTER (eonay_reader_get_reading (readers->pdata[i])));
  for (guint i = 0; i < self->items->len; i++)
    ((Item *) self->items->pdata[i])->seen = FALSE;

  eonay_module_search_run_async (self->search, (const char *const *) served, on_found, self->stop,
                                 on_searched, g_object_ref (self));
}

static gboolean
on_calm (gpointer user_data)
{
  EonayModuleReaders *self = user_data;

  self->calm = 0;
  if (!self->running && is_settled (self) && has_news (self))
    search (self);

  return G_SOURCE_REMOVE;
}

static void
consider (EonayModuleReaders *self)
{
  if (self->dropping || g_cancellable_is_cancelled (self->stop))
    return;

  drop_orphans (self);
  g_clear_handle_id (&self->calm, g_source_remove);
  if (!self->running && is_settled (self) && has_news (self))
    self->calm = g_timeout_add (CALM, on_calm, self);
}

gboolean
eonay_module_readers_is_searching (EonayModuleReaders *self)
{
  g_return_val_if_fail (EONAY_IS_MODULE_READERS (self), FALSE);

  return self->running || has_news (self);
}

void
eonay_module_readers_stop (EonayModuleReaders *self)
{
  g_return_if_fail (EONAY_IS_MODULE_READERS (self));

  g_cancellable_cancel (self->stop);
  g_clear_handle_id (&self->calm, g_source_remove);
  g_signal_handlers_disconnect_by_data (self->list, self);
  g_hash_table_remove_all (self->asked);
  g_ptr_array_set_size (self->hidden, 0);
  g_ptr_array_set_size (self->items, 0);
}

static void
eonay_module_readers_finalize (GObject *object)
{
  EonayModuleReaders *self = EONAY_MODULE_READERS (object);

  g_object_unref (self->search);
  g_object_unref (self->stop);
  g_ptr_array_unref (self->items);
  g_hash_table_unref (self->asked);
  g_ptr_array_unref (self->hidden);

  G_OBJECT_CLASS (eonay_module_readers_parent_class)->finalize (object);
}

static void
eonay_module_readers_class_init (EonayModuleReadersClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = eonay_module_readers_finalize;
}

static void
eonay_module_readers_init (EonayModuleReaders *self)
{
  self->stop = g_cancellable_new ();
  self->items = g_ptr_array_new_with_free_func (item_free);
  self->asked = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  self->hidden = g_ptr_array_new_with_free_func (g_object_unref);
}

EonayModuleReaders *
eonay_module_readers_new (EonayReaderList *list, const char *const *picked)
{
  EonayModuleReaders *self = g_object_new (EONAY_TYPE_MODULE_READERS, NULL);

  self->list = list;
  self->search = eonay_module_search_new (picked);
  g_signal_connect_swapped (list, "changed", G_CALLBACK (consider), self);
  g_signal_connect_swapped (list, "notify::service-state", G_CALLBACK (consider), self);
  consider (self);

  return self;
}
