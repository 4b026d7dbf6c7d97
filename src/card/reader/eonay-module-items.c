#include "card/reader/eonay-module-items.h"

#include "card/pkcs11/eonay-pkcs11-token.h"
#include "card/reader/eonay-reader-backend.h"

struct _EonayModuleItems {
  EonayReaderList *list;
  GPtrArray *items; /* Item */
};

typedef struct {
  EonayReader *reader;
  EonayReader *parent; /* nullable: the PC/SC reader that its card is in */
  guint parent_reading;
  gboolean seen; /* by the search that is under way */
} Item;

static void
item_free (gpointer item)
{
  Item *self = item;

  g_object_unref (self->reader);
  g_clear_object (&self->parent);
  g_free (self);
}

EonayModuleItems *
eonay_module_items_new (EonayReaderList *list)
{
  EonayModuleItems *self = g_new0 (EonayModuleItems, 1);

  self->list = list;
  self->items = g_ptr_array_new_with_free_func (item_free);

  return self;
}

void
eonay_module_items_free (EonayModuleItems *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->items);
  g_free (self);
}

void
eonay_module_items_add (EonayModuleItems *self, EonayReader *reader, EonayReader *parent)
{
  Item *item = g_new0 (Item, 1);

  item->reader = reader;
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

gboolean
eonay_module_items_has_some (EonayModuleItems *self)
{
  return self->items->len > 0;
}

void
eonay_module_items_forget (EonayModuleItems *self)
{
  for (guint i = 0; i < self->items->len; i++)
    ((Item *) self->items->pdata[i])->seen = FALSE;
}

/* Two cards may have one serial number and label, where a module garbles or lacks them. */
static gboolean
have_same_certificates (GPtrArray *some, GPtrArray *others)
{
  if (some->len != others->len)
    return FALSE;

  for (guint i = 0; i < some->len; i++)
    if (!g_bytes_equal (eonay_token_certificate_get_der (some->pdata[i]),
                        eonay_token_certificate_get_der (others->pdata[i])))
      return FALSE;

  return TRUE;
}

static gboolean
is_of (EonayReader *reader, EonayPkcs11Module *module, const EonayPkcs11Slot *slot)
{
  const EonayPkcs11Slot *known;

  if (!eonay_reader_backend_has_lent (reader, eonay_pkcs11_module_get_path (module)))
    return FALSE;
  known = eonay_pkcs11_token_get_slot (EONAY_PKCS11_TOKEN (eonay_reader_get_token (reader)));

  return known->id == slot->id && g_str_equal (known->serial, slot->serial) &&
         g_str_equal (known->label, slot->label) &&
         have_same_certificates (known->certificates, slot->certificates);
}

gboolean
eonay_module_items_keep (EonayModuleItems *self, EonayPkcs11Module *module,
                         const EonayPkcs11Slot *slot)
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

static void
drop (EonayModuleItems *self, guint position)
{
  g_autoptr (EonayReader) reader = g_object_ref (((Item *) self->items->pdata[position])->reader);

  g_ptr_array_remove_index (self->items, position);
  eonay_reader_list_remove_reader (self->list, reader);
}

void
eonay_module_items_drop_unseen (EonayModuleItems *self)
{
  for (guint i = self->items->len; i > 0; i--)
    if (!((Item *) self->items->pdata[i - 1])->seen)
      drop (self, i - 1);
}

static gboolean
is_orphan (const Item *item)
{
  return item->parent != NULL && eonay_reader_get_reading (item->parent) != item->parent_reading;
}

static gboolean
is_served_otherwise (EonayModuleItems *self, const Item *item)
{
  EonayToken *token = eonay_reader_get_token (item->reader);

  /* What a card is at work for is not taken from under it. */
  return token != NULL && !eonay_token_is_busy (token) &&
         eonay_reader_backend_is_shown (eonay_reader_list_get_readers (self->list), item->reader,
                                        eonay_pkcs11_token_get_slot (EONAY_PKCS11_TOKEN (token)));
}

void
eonay_module_items_drop_obsolete (EonayModuleItems *self)
{
  for (guint i = self->items->len; i > 0; i--)
    {
      const Item *item = self->items->pdata[i - 1];

      if (is_orphan (item) || is_served_otherwise (self, item))
        drop (self, i - 1);
    }
}
