#include "card/reader/eonay-module-discovery.h"

#include "base/eonay-error.h"
#include "card/pkcs11/eonay-pkcs11-token.h"
#include "card/reader/eonay-module-items.h"
#include "card/reader/eonay-module-search.h"
#include "card/reader/eonay-reader-backend.h"

/* Milliseconds without a change: readers and cards are told of one by one. */
#define CALM 100

struct _EonayModuleDiscovery {
  GObject parent_instance;

  EonayReaderList *list;
  EonayModuleSearch *search;
  GCancellable *stop;
  EonayModuleItems *items;
  GHashTable *asked;  /* EonayReader → which reading of it the modules were asked about */
  GPtrArray *put_off; /* EonayPkcs11Token: of cards that another module has signed with */
  GHashTable *picked; /* paths of modules */
  GPtrArray *hidden;  /* EonayReader: a module hides the certificates of its card */
  guint calm;         /* source id */
  gboolean running;
  gboolean has_run;      /* those that the person has picked were asked */
  gboolean has_run_all;  /* and so was every other */
  gboolean have_all_run; /* before the person picked others, or since */
  gboolean all_asked;
  gboolean dropping; /* readers: what the list says of that asks nothing */
};

G_DEFINE_FINAL_TYPE (EonayModuleDiscovery, eonay_module_discovery, G_TYPE_OBJECT)

static gboolean
was_asked (EonayModuleDiscovery *self, EonayReader *reader)
{
  gpointer reading;

  return g_hash_table_lookup_extended (self->asked, reader, NULL, &reading) &&
         GPOINTER_TO_UINT (reading) == eonay_reader_get_reading (reader);
}

/* Not for a card that came while the module looked: it may have seen the one before. */
static gboolean
may_lend (EonayModuleDiscovery *self, EonayReader *reader, EonayPkcs11Module *module)
{
  return was_asked (self, reader) &&
         eonay_reader_backend_is_module (reader, eonay_pkcs11_module_get_path (module));
}

static gboolean
is_settled (EonayModuleDiscovery *self)
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
is_some_wanting (EonayModuleDiscovery *self)
{
  GPtrArray *readers = eonay_reader_list_get_readers (self->list);

  for (guint i = 0; i < readers->len; i++)
    if (eonay_reader_backend_wants_module (readers->pdata[i]) &&
        !was_asked (self, readers->pdata[i]))
      return TRUE;

  return FALSE;
}

/* Some modules read every card there is as soon as they are asked for anything: what the program
   reads itself is worth no second reading. Without such a card a token may be in no reader. */
static gboolean
are_all_asked (EonayModuleDiscovery *self)
{
  return is_some_wanting (self) ||
         !eonay_reader_backend_is_some_served (eonay_reader_list_get_readers (self->list));
}

static gboolean
has_to_ask (EonayModuleDiscovery *self)
{
  if (is_some_wanting (self))
    return TRUE;
  if (!self->has_run && g_hash_table_size (self->picked) > 0)
    return TRUE;

  return !self->has_run_all && are_all_asked (self);
}

static void
drop_obsolete (EonayModuleDiscovery *self)
{
  self->dropping = TRUE;
  eonay_module_items_drop_obsolete (self->items);
  self->dropping = FALSE;
}

static GError *
new_hidden_error (void)
{
  return g_error_new_literal (EONAY_CARD_ERROR, EONAY_CARD_ERROR_NOT_AUTHORISED,
                              "The module shows certificates only to those who gave the PIN");
}

/* @token: (transfer full) */
static void
lend (EonayModuleDiscovery *self, EonayReader *reader, EonayToken *token)
{
  eonay_reader_lend (reader, token, NULL);
  /* The reader itself tells only of another state. */
  eonay_reader_list_emit_changed (self->list);
}

/* What can be seen of a card without the module is better than an error, and so is what the
   next module shows: only a card that nobody knows gets the error, when all have been asked. */
static void
report_hidden (EonayModuleDiscovery *self)
{
  for (guint i = 0; i < self->hidden->len; i++)
    if (was_asked (self, self->hidden->pdata[i]) &&
        eonay_reader_get_state (self->hidden->pdata[i]) == EONAY_READER_UNSUPPORTED)
      eonay_reader_lend (self->hidden->pdata[i], NULL, new_hidden_error ());
  g_ptr_array_set_size (self->hidden, 0);
}

/* The module that has signed with this card before is still to be asked. */
static gboolean
is_another_ones (EonayModuleDiscovery *self, EonayPkcs11Module *module, EonayToken *token)
{
  g_autofree char *remembered = eonay_reader_backend_recall (token);

  return !self->all_asked && remembered != NULL &&
         !g_str_equal (remembered, eonay_pkcs11_module_get_path (module));
}

/* Returns: whether the token is in use now */
static gboolean
take_token (EonayModuleDiscovery *self, EonayPkcs11Module *module, EonayToken *token)
{
  const EonayPkcs11Slot *slot = eonay_pkcs11_token_get_slot (EONAY_PKCS11_TOKEN (token));
  GPtrArray *readers = eonay_reader_list_get_readers (self->list);
  EonayReader *parent = eonay_reader_backend_find (readers, slot);
  gboolean lends = parent != NULL && may_lend (self, parent, module);
  gboolean hidden = (slot->flags & EONAY_PKCS11_HIDDEN) != 0;
  gboolean of_no_use = (slot->certificates->len == 0 && !hidden) ||
                       eonay_reader_backend_is_shown (readers, lends ? parent : NULL, slot);
  /* Some modules show a card as several slots, one for each PIN. */
  gboolean also = parent != NULL &&
                  eonay_reader_backend_has_lent (parent, eonay_pkcs11_module_get_path (module));

  if (of_no_use || (parent != NULL && !lends && !also))
    return FALSE;
  if (is_another_ones (self, module, token))
    {
      g_ptr_array_add (self->put_off, g_object_ref (token));
      return FALSE;
    }

  if (lends && hidden)
    g_ptr_array_add (self->hidden, g_object_ref (parent));
  else if (lends)
    lend (self, parent, g_object_ref (token));
  else
    eonay_module_items_add (self->items,
                            eonay_reader_new_lent (slot->description,
                                                   hidden ? NULL : g_object_ref (token),
                                                   hidden ? new_hidden_error () : NULL),
                            parent);

  return !hidden;
}

static void
on_signed (EonayPkcs11Token *token, GBytes *certificate, gpointer user_data)
{
  eonay_reader_backend_remember (
      certificate, eonay_pkcs11_module_get_path (eonay_pkcs11_token_get_module (token)));
}

/* @slot: (transfer full). Returns: whether the token is in use now */
static gboolean
take_slot (EonayModuleDiscovery *self, EonayPkcs11Module *module, EonayPkcs11Slot *slot)
{
  g_autoptr (EonayToken) token = eonay_pkcs11_token_new (module, slot);

  g_signal_connect (token, "signed", G_CALLBACK (on_signed), NULL);

  return eonay_module_items_keep (self->items, module, slot) || take_token (self, module, token);
}

/* The way that was remembered has led nowhere, if the token is still of use. */
static void
take_put_off (EonayModuleDiscovery *self)
{
  self->all_asked = TRUE;
  for (guint i = 0; i < self->put_off->len; i++)
    take_token (self, eonay_pkcs11_token_get_module (self->put_off->pdata[i]),
                self->put_off->pdata[i]);
  self->all_asked = FALSE;
  g_ptr_array_set_size (self->put_off, 0);
}

/* A module that died is told of, and one that the person has picked; else one that cannot be
   loaded is no news to anybody. */
static void
take_error (EonayModuleDiscovery *self, EonayPkcs11Module *module, const GError *error)
{
  const char *path = eonay_pkcs11_module_get_path (module);
  g_autofree char *name = g_path_get_basename (path);

  g_info ("PKCS#11 module %s: %s", path, error->message);
  if (error->domain == EONAY_CARD_ERROR &&
      (error->code == EONAY_CARD_ERROR_MODULE_CRASHED ||
       error->code == EONAY_CARD_ERROR_MODULE_HUNG || g_hash_table_contains (self->picked, path)))
    eonay_module_items_add (self->items, eonay_reader_new_lent (name, NULL, g_error_copy (error)),
                            NULL);
}

static gboolean
on_found (EonayPkcs11Module *module, GPtrArray *slots, const GError *error, gpointer user_data)
{
  /* What is told to others here may make them let go of it. */
  g_autoptr (EonayModuleDiscovery) self = g_object_ref (user_data);
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

/* Readings drop what hangs on the readers, and so change the list. */
static GPtrArray *
copy_readers (EonayModuleDiscovery *self)
{
  GPtrArray *readers = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_extend (readers, eonay_reader_list_get_readers (self->list),
                      (GCopyFunc) (void (*) (void)) g_object_ref, NULL);

  return readers;
}

/* Until now the card was another module's, which is gone. */
static void
take_back (EonayModuleDiscovery *self)
{
  g_autoptr (GPtrArray) readers = copy_readers (self);

  for (guint i = 0; i < readers->len; i++)
    {
      EonayToken *token = eonay_reader_get_token (readers->pdata[i]);

      if (!eonay_reader_is_module (readers->pdata[i]) && token != NULL &&
          EONAY_IS_PKCS11_TOKEN (token) &&
          !eonay_module_search_has (self->search, eonay_token_get_backend (token)))
        eonay_reader_read_again (readers->pdata[i]);
    }
}

static void
on_searched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (EonayModuleDiscovery) self = NULL;

  /* Then there is no discovery any more. */
  if (!eonay_module_search_run_finish (EONAY_MODULE_SEARCH (source), result, NULL))
    return;

  self = g_object_ref (user_data);
  take_put_off (self);
  self->dropping = TRUE;
  eonay_module_items_drop_unseen (self->items);
  self->dropping = FALSE;
  report_hidden (self);
  self->running = FALSE;
  take_back (self);
  eonay_reader_list_emit_changed (self->list);
}

static void
search (EonayModuleDiscovery *self)
{
  GPtrArray *readers = eonay_reader_list_get_readers (self->list);
  g_auto (GStrv) served = eonay_reader_backend_list_served (readers);
  /* What a module shows would leave the list if that was not asked again. */
  gboolean all = are_all_asked (self) ||
                 (self->have_all_run && eonay_module_items_has_some (self->items));

  self->running = TRUE;
  self->has_run = TRUE;
  self->has_run_all = self->has_run_all || all;
  self->have_all_run = self->have_all_run || all;
  g_hash_table_remove_all (self->asked);
  for (guint i = 0; i < readers->len; i++)
    g_hash_table_insert (self->asked, g_object_ref (readers->pdata[i]),
                         GUINT_TO_POINTER (eonay_reader_get_reading (readers->pdata[i])));
  eonay_module_items_forget (self->items);
  eonay_module_search_run_async (self->search, !all, (const char *const *) served, on_found,
                                 self->stop, on_searched, self);
}

static gboolean
on_calm (gpointer user_data)
{
  EonayModuleDiscovery *self = user_data;

  self->calm = 0;
  if (!self->running && is_settled (self) && has_to_ask (self))
    search (self);

  return G_SOURCE_REMOVE;
}

static void
consider (EonayModuleDiscovery *self)
{
  g_autoptr (EonayModuleDiscovery) kept = g_object_ref (self);
  gboolean asking;

  if (self->dropping)
    return;

  drop_obsolete (self);
  asking = !self->running && has_to_ask (self);
  eonay_reader_list_set_searching (self->list, self->running || asking);
  g_clear_handle_id (&self->calm, g_source_remove);
  if (asking && is_settled (self))
    self->calm = g_timeout_add (CALM, on_calm, self);
}

/* Other modules may know the cards, or other cards want a module. */
static void
reconsider (EonayModuleDiscovery *self)
{
  g_hash_table_remove_all (self->asked);
  eonay_reader_list_emit_changed (self->list);
}

/* @picked: (nullable) */
static void
note_picked (EonayModuleDiscovery *self, const char *const *picked)
{
  g_hash_table_remove_all (self->picked);
  for (guint i = 0; picked != NULL && picked[i] != NULL; i++)
    g_hash_table_add (self->picked, g_canonicalize_filename (picked[i], NULL));
}

void
eonay_module_discovery_set_picked (EonayModuleDiscovery *self, const char *const *picked)
{
  g_autoptr (GPtrArray) readers = NULL;

  g_return_if_fail (EONAY_IS_MODULE_DISCOVERY (self));

  note_picked (self, picked);
  eonay_module_search_set_picked (self->search, picked);
  /* An error that a module gave a card would keep the next module from it. */
  readers = copy_readers (self);
  for (guint i = 0; i < readers->len; i++)
    if (eonay_reader_get_state (readers->pdata[i]) == EONAY_READER_FAILED)
      eonay_reader_retry (readers->pdata[i]);
  self->has_run = FALSE;
  self->has_run_all = FALSE;
  reconsider (self);
}

static void
eonay_module_discovery_dispose (GObject *object)
{
  EonayModuleDiscovery *self = EONAY_MODULE_DISCOVERY (object);

  g_cancellable_cancel (self->stop);
  g_clear_handle_id (&self->calm, g_source_remove);
  if (self->list != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->list, self);
      eonay_reader_list_set_searching (self->list, FALSE);
    }
  g_clear_object (&self->list);

  G_OBJECT_CLASS (eonay_module_discovery_parent_class)->dispose (object);
}

static void
eonay_module_discovery_finalize (GObject *object)
{
  EonayModuleDiscovery *self = EONAY_MODULE_DISCOVERY (object);

  g_object_unref (self->search);
  g_object_unref (self->stop);
  g_clear_pointer (&self->items, eonay_module_items_free);
  g_hash_table_unref (self->asked);
  g_ptr_array_unref (self->hidden);
  g_ptr_array_unref (self->put_off);
  g_hash_table_unref (self->picked);

  G_OBJECT_CLASS (eonay_module_discovery_parent_class)->finalize (object);
}

static void
eonay_module_discovery_class_init (EonayModuleDiscoveryClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = eonay_module_discovery_dispose;
  G_OBJECT_CLASS (klass)->finalize = eonay_module_discovery_finalize;
}

static void
eonay_module_discovery_init (EonayModuleDiscovery *self)
{
  self->stop = g_cancellable_new ();
  self->asked = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  self->hidden = g_ptr_array_new_with_free_func (g_object_unref);
  self->put_off = g_ptr_array_new_with_free_func (g_object_unref);
  self->picked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

EonayModuleDiscovery *
eonay_module_discovery_new (EonayReaderList *list, const char *const *picked)
{
  EonayModuleDiscovery *self;

  g_return_val_if_fail (EONAY_IS_READER_LIST (list), NULL);

  self = g_object_new (EONAY_TYPE_MODULE_DISCOVERY, NULL);
  self->list = g_object_ref (list);
  self->items = eonay_module_items_new (list);
  note_picked (self, picked);
  self->search = eonay_module_search_new (picked);
  g_signal_connect_swapped (list, "changed", G_CALLBACK (consider), self);
  g_signal_connect_swapped (list, "notify::service-state", G_CALLBACK (consider), self);
  g_signal_connect_swapped (list, "notify::allow-experimental", G_CALLBACK (reconsider), self);
  consider (self);

  return self;
}
