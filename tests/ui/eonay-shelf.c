#include "eonay-shelf.h"

#include "base/eonay-error.h"
#include "practice/reader/eonay-practice-reader.h"

typedef enum {
  HOLDS_PRACTICE_CARD, /* or none */
  HOLDS_STRANGER,
  HOLDS_MUTE,
} Holding;

/* What a reader holds; counted, as its transport lives on with the worker. */
typedef struct {
  EonayPracticeReader *reader;
  _Atomic Holding holding;
} Slot;

static void
slot_clear (gpointer slot)
{
  g_object_unref (((Slot *) slot)->reader);
}

static void
slot_unref (gpointer slot)
{
  g_atomic_rc_box_release_full (slot, slot_clear);
}

/* The way to what is in the slot when it is connected to. */
#define EONAY_TYPE_SHELF_TRANSPORT (eonay_shelf_transport_get_type ())
G_DECLARE_FINAL_TYPE (EonayShelfTransport, eonay_shelf_transport, EONAY, SHELF_TRANSPORT, GObject)

struct _EonayShelfTransport {
  GObject parent_instance;

  Slot *slot;
  EonayTransport *inner;
  Holding holding;
};

static void eonay_shelf_transport_iface_init (EonayTransportInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (EonayShelfTransport, eonay_shelf_transport, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (EONAY_TYPE_TRANSPORT,
                                                      eonay_shelf_transport_iface_init))

static gboolean
transport_connect (EonayTransport *transport, GError **error)
{
  EonayShelfTransport *self = EONAY_SHELF_TRANSPORT (transport);

  self->holding = self->slot->holding;
  if (self->holding == HOLDS_PRACTICE_CARD)
    return eonay_transport_connect (self->inner, error);
  if (self->holding == HOLDS_STRANGER)
    return TRUE;

  g_set_error_literal (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_UNRESPONSIVE, "mute");

  return FALSE;
}

static void
transport_disconnect (EonayTransport *transport, EonayDisposition disposition)
{
  EonayShelfTransport *self = EONAY_SHELF_TRANSPORT (transport);

  if (self->holding == HOLDS_PRACTICE_CARD)
    eonay_transport_disconnect (self->inner, disposition);
}

static gboolean
transport_begin (EonayTransport *transport, GError **error)
{
  EonayShelfTransport *self = EONAY_SHELF_TRANSPORT (transport);

  return self->holding != HOLDS_PRACTICE_CARD || eonay_transport_begin (self->inner, error);
}

static gboolean
transport_end (EonayTransport *transport, EonayDisposition disposition, GError **error)
{
  EonayShelfTransport *self = EONAY_SHELF_TRANSPORT (transport);

  return self->holding != HOLDS_PRACTICE_CARD
         || eonay_transport_end (self->inner, disposition, error);
}

static GBytes *
transport_transmit (EonayTransport *transport, const guint8 *command, gsize length, GError **error)
{
  static const guint8 not_found[] = { 0x6A, 0x82 };
  EonayShelfTransport *self = EONAY_SHELF_TRANSPORT (transport);

  if (self->holding == HOLDS_PRACTICE_CARD)
    return eonay_transport_transmit (self->inner, command, length, error);

  return g_bytes_new_static (not_found, sizeof not_found);
}

static GBytes *
transport_get_atr (EonayTransport *transport)
{
  static const guint8 atr[] = { 0x3B, 0x00 };
  EonayShelfTransport *self = EONAY_SHELF_TRANSPORT (transport);

  if (self->holding == HOLDS_PRACTICE_CARD)
    return eonay_transport_get_atr (self->inner);

  return g_bytes_new_static (atr, sizeof atr);
}

static EonayProtocol
transport_get_protocol (EonayTransport *transport)
{
  EonayShelfTransport *self = EONAY_SHELF_TRANSPORT (transport);

  return self->holding == HOLDS_PRACTICE_CARD ? eonay_transport_get_protocol (self->inner)
                                              : EONAY_PROTOCOL_T0;
}

static void
eonay_shelf_transport_iface_init (EonayTransportInterface *iface)
{
  iface->connect = transport_connect;
  iface->disconnect = transport_disconnect;
  iface->begin = transport_begin;
  iface->end = transport_end;
  iface->transmit = transport_transmit;
  iface->get_atr = transport_get_atr;
  iface->get_protocol = transport_get_protocol;
}

static void
eonay_shelf_transport_finalize (GObject *object)
{
  EonayShelfTransport *self = EONAY_SHELF_TRANSPORT (object);

  g_clear_object (&self->inner);
  slot_unref (self->slot);

  G_OBJECT_CLASS (eonay_shelf_transport_parent_class)->finalize (object);
}

static void
eonay_shelf_transport_class_init (EonayShelfTransportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = eonay_shelf_transport_finalize;
}

static void
eonay_shelf_transport_init (EonayShelfTransport *self)
{
}

struct _EonayShelf {
  GObject parent_instance;

  GMutex lock; /* workers open slots */
  GHashTable *slots;
};

static void eonay_shelf_source_init (EonaySlotSourceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (EonayShelf, eonay_shelf, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (EONAY_TYPE_SLOT_SOURCE,
                                                      eonay_shelf_source_init))

static void
shelf_start (EonaySlotSource *source)
{
  eonay_slot_source_emit_service_changed (source, EONAY_SERVICE_RUNNING);
}

static void
shelf_stop (EonaySlotSource *source)
{
}

static EonayTransport *
shelf_open (EonaySlotSource *source, const char *name)
{
  EonayShelf *self = EONAY_SHELF (source);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  EonayShelfTransport *transport = g_object_new (EONAY_TYPE_SHELF_TRANSPORT, NULL);

  transport->slot = g_atomic_rc_box_acquire (g_hash_table_lookup (self->slots, name));
  transport->inner = eonay_practice_reader_open (transport->slot->reader);

  return EONAY_TRANSPORT (transport);
}

static void
eonay_shelf_source_init (EonaySlotSourceInterface *iface)
{
  iface->start = shelf_start;
  iface->stop = shelf_stop;
  iface->open = shelf_open;
}

static void
eonay_shelf_finalize (GObject *object)
{
  EonayShelf *self = EONAY_SHELF (object);

  g_hash_table_unref (self->slots);
  g_mutex_clear (&self->lock);

  G_OBJECT_CLASS (eonay_shelf_parent_class)->finalize (object);
}

static void
eonay_shelf_class_init (EonayShelfClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = eonay_shelf_finalize;
}

static void
eonay_shelf_init (EonayShelf *self)
{
  g_mutex_init (&self->lock);
  self->slots = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, slot_unref);
}

EonayShelf *
eonay_shelf_new (void)
{
  return g_object_new (EONAY_TYPE_SHELF, NULL);
}

void
eonay_shelf_set_service (EonayShelf *self, EonayServiceState state)
{
  eonay_slot_source_emit_service_changed (EONAY_SLOT_SOURCE (self), state);
}

void
eonay_shelf_add (EonayShelf *self, const char *name)
{
  Slot *slot = g_atomic_rc_box_new0 (Slot);

  slot->reader = eonay_practice_reader_new ();
  g_mutex_lock (&self->lock);
  g_hash_table_insert (self->slots, g_strdup (name), slot);
  g_mutex_unlock (&self->lock);
  eonay_slot_source_emit_slot_added (EONAY_SLOT_SOURCE (self), name);
}

void
eonay_shelf_remove (EonayShelf *self, const char *name)
{
  eonay_slot_source_emit_slot_removed (EONAY_SLOT_SOURCE (self), name);
  g_mutex_lock (&self->lock);
  g_hash_table_remove (self->slots, name);
  g_mutex_unlock (&self->lock);
}

static void
hold (EonayShelf *self, const char *name, Holding holding, EonayPracticeCard *card)
{
  Slot *slot = g_hash_table_lookup (self->slots, name);

  slot->holding = holding;
  eonay_practice_reader_set_card (slot->reader, card);
}

void
eonay_shelf_insert (EonayShelf *self, const char *name, EonayPracticeCard *card)
{
  hold (self, name, card != NULL ? HOLDS_PRACTICE_CARD : HOLDS_STRANGER, card);
  eonay_slot_source_emit_card_inserted (EONAY_SLOT_SOURCE (self), name);
}

void
eonay_shelf_insert_mute (EonayShelf *self, const char *name)
{
  hold (self, name, HOLDS_MUTE, NULL);
  eonay_slot_source_emit_card_inserted (EONAY_SLOT_SOURCE (self), name);
}

void
eonay_shelf_wake (EonayShelf *self, const char *name, EonayPracticeCard *card)
{
  hold (self, name, HOLDS_PRACTICE_CARD, card);
}

void
eonay_shelf_pull (EonayShelf *self, const char *name)
{
  hold (self, name, HOLDS_PRACTICE_CARD, NULL);
  eonay_slot_source_emit_card_removed (EONAY_SLOT_SOURCE (self), name);
}
