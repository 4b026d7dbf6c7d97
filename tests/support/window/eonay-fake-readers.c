#include "eonay-fake-readers.h"

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
#define EONAY_TYPE_FAKE_READERS_TRANSPORT (eonay_fake_readers_transport_get_type ())
G_DECLARE_FINAL_TYPE (EonayFakeReadersTransport, eonay_fake_readers_transport, EONAY,
                      FAKE_READERS_TRANSPORT, GObject)

struct _EonayFakeReadersTransport {
  GObject parent_instance;

  Slot *slot;
  EonayTransport *inner;
  Holding holding;
};

static void eonay_fake_readers_transport_iface_init (EonayTransportInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (EonayFakeReadersTransport, eonay_fake_readers_transport,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (EONAY_TYPE_TRANSPORT,
                                                      eonay_fake_readers_transport_iface_init))

static gboolean
transport_connect (EonayTransport *transport, GError **error)
{
  EonayFakeReadersTransport *self = EONAY_FAKE_READERS_TRANSPORT (transport);

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
  EonayFakeReadersTransport *self = EONAY_FAKE_READERS_TRANSPORT (transport);

  if (self->holding == HOLDS_PRACTICE_CARD)
    eonay_transport_disconnect (self->inner, disposition);
}

static gboolean
transport_begin (EonayTransport *transport, GError **error)
{
  EonayFakeReadersTransport *self = EONAY_FAKE_READERS_TRANSPORT (transport);

  return self->holding != HOLDS_PRACTICE_CARD || eonay_transport_begin (self->inner, error);
}

static gboolean
transport_end (EonayTransport *transport, EonayDisposition disposition, GError **error)
{
  EonayFakeReadersTransport *self = EONAY_FAKE_READERS_TRANSPORT (transport);

  return self->holding != HOLDS_PRACTICE_CARD ||
         eonay_transport_end (self->inner, disposition, error);
}

static GBytes *
transport_transmit (EonayTransport *transport, const guint8 *command, gsize length, GError **error)
{
  static const guint8 not_found[] = { 0x6A, 0x82 };
  EonayFakeReadersTransport *self = EONAY_FAKE_READERS_TRANSPORT (transport);

  if (self->holding == HOLDS_PRACTICE_CARD)
    return eonay_transport_transmit (self->inner, command, length, error);

  return g_bytes_new_static (not_found, sizeof not_found);
}

static GBytes *
transport_get_atr (EonayTransport *transport)
{
  static const guint8 atr[] = { 0x3B, 0x00 };
  EonayFakeReadersTransport *self = EONAY_FAKE_READERS_TRANSPORT (transport);

  if (self->holding == HOLDS_PRACTICE_CARD)
    return eonay_transport_get_atr (self->inner);

  return g_bytes_new_static (atr, sizeof atr);
}

static EonayProtocol
transport_get_protocol (EonayTransport *transport)
{
  EonayFakeReadersTransport *self = EONAY_FAKE_READERS_TRANSPORT (transport);

  return self->holding == HOLDS_PRACTICE_CARD ? eonay_transport_get_protocol (self->inner)
                                              : EONAY_PROTOCOL_T0;
}

static void
eonay_fake_readers_transport_iface_init (EonayTransportInterface *iface)
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
eonay_fake_readers_transport_finalize (GObject *object)
{
  EonayFakeReadersTransport *self = EONAY_FAKE_READERS_TRANSPORT (object);

  g_clear_object (&self->inner);
  slot_unref (self->slot);

  G_OBJECT_CLASS (eonay_fake_readers_transport_parent_class)->finalize (object);
}

static void
eonay_fake_readers_transport_class_init (EonayFakeReadersTransportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = eonay_fake_readers_transport_finalize;
}

static void
eonay_fake_readers_transport_init (EonayFakeReadersTransport *self)
{
}

struct _EonayFakeReaders {
  GObject parent_instance;

  GMutex lock; /* workers open slots */
  GHashTable *slots;
};

static void eonay_fake_readers_source_init (EonaySlotSourceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (EonayFakeReaders, eonay_fake_readers, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (EONAY_TYPE_SLOT_SOURCE,
                                                      eonay_fake_readers_source_init))

static void
fake_readers_start (EonaySlotSource *source)
{
  eonay_slot_source_emit_service_changed (source, EONAY_SERVICE_RUNNING);
}

static void
fake_readers_stop (EonaySlotSource *source)
{
}

static EonayTransport *
fake_readers_open (EonaySlotSource *source, const char *name)
{
  EonayFakeReaders *self = EONAY_FAKE_READERS (source);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  EonayFakeReadersTransport *transport = g_object_new (EONAY_TYPE_FAKE_READERS_TRANSPORT, NULL);

  transport->slot = g_atomic_rc_box_acquire (g_hash_table_lookup (self->slots, name));
  transport->inner = eonay_practice_reader_open (transport->slot->reader);

  return EONAY_TRANSPORT (transport);
}

static void
eonay_fake_readers_source_init (EonaySlotSourceInterface *iface)
{
  iface->start = fake_readers_start;
  iface->stop = fake_readers_stop;
  iface->open = fake_readers_open;
}

static void
eonay_fake_readers_finalize (GObject *object)
{
  EonayFakeReaders *self = EONAY_FAKE_READERS (object);

  g_hash_table_unref (self->slots);
  g_mutex_clear (&self->lock);

  G_OBJECT_CLASS (eonay_fake_readers_parent_class)->finalize (object);
}

static void
eonay_fake_readers_class_init (EonayFakeReadersClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = eonay_fake_readers_finalize;
}

static void
eonay_fake_readers_init (EonayFakeReaders *self)
{
  g_mutex_init (&self->lock);
  self->slots = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, slot_unref);
}

EonayFakeReaders *
eonay_fake_readers_new (void)
{
  return g_object_new (EONAY_TYPE_FAKE_READERS, NULL);
}

void
eonay_fake_readers_set_service (EonayFakeReaders *self, EonayServiceState state)
{
  eonay_slot_source_emit_service_changed (EONAY_SLOT_SOURCE (self), state);
}

void
eonay_fake_readers_add (EonayFakeReaders *self, const char *name)
{
  Slot *slot = g_atomic_rc_box_new0 (Slot);

  slot->reader = eonay_practice_reader_new ();
  g_mutex_lock (&self->lock);
  g_hash_table_insert (self->slots, g_strdup (name), slot);
  g_mutex_unlock (&self->lock);
  eonay_slot_source_emit_slot_added (EONAY_SLOT_SOURCE (self), name);
}

void
eonay_fake_readers_remove (EonayFakeReaders *self, const char *name)
{
  eonay_slot_source_emit_slot_removed (EONAY_SLOT_SOURCE (self), name);
  g_mutex_lock (&self->lock);
  g_hash_table_remove (self->slots, name);
  g_mutex_unlock (&self->lock);
}

static void
hold (EonayFakeReaders *self, const char *name, Holding holding, EonayPracticeCard *card)
{
  Slot *slot = g_hash_table_lookup (self->slots, name);

  slot->holding = holding;
  eonay_practice_reader_set_card (slot->reader, card);
}

void
eonay_fake_readers_insert (EonayFakeReaders *self, const char *name, EonayPracticeCard *card)
{
  hold (self, name, card != NULL ? HOLDS_PRACTICE_CARD : HOLDS_STRANGER, card);
  eonay_slot_source_emit_card_inserted (EONAY_SLOT_SOURCE (self), name);
}

void
eonay_fake_readers_insert_mute (EonayFakeReaders *self, const char *name)
{
  hold (self, name, HOLDS_MUTE, NULL);
  eonay_slot_source_emit_card_inserted (EONAY_SLOT_SOURCE (self), name);
}

void
eonay_fake_readers_wake (EonayFakeReaders *self, const char *name, EonayPracticeCard *card)
{
  hold (self, name, HOLDS_PRACTICE_CARD, card);
}

void
eonay_fake_readers_pull (EonayFakeReaders *self, const char *name)
{
  hold (self, name, HOLDS_PRACTICE_CARD, NULL);
  eonay_slot_source_emit_card_removed (EONAY_SLOT_SOURCE (self), name);
}
