#include "faulty-slots.h"

#include "base/eonay-error.h"

#define SLOT "Deneme okuyucusu"

/* What the worker and the test share. */
typedef struct {
  GMutex lock;
  GCond changed;
  EonayPracticeCard *card;
  guint fault_at;
  Fault fault;
  guint16 status;
  gboolean silent;
  gboolean pulled;
  guint commands;
  guint sent;
  guint judged;
} Shared;

struct _FaultySlots {
  GObject parent_instance;

  Shared *shared;
};

#define FAULTY_TYPE_TRANSPORT (faulty_transport_get_type ())
G_DECLARE_FINAL_TYPE (FaultyTransport, faulty_transport, FAULTY, TRANSPORT, GObject)

struct _FaultyTransport {
  GObject parent_instance;

  Shared *shared;
  EonayPracticeCard *card; /* the one that was there at connect */
  guint resets;
};

static void faulty_slots_iface_init (EonaySlotSourceInterface *iface);
static void faulty_transport_iface_init (EonayTransportInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FaultySlots, faulty_slots, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (EONAY_TYPE_SLOT_SOURCE,
                                                      faulty_slots_iface_init))

G_DEFINE_FINAL_TYPE_WITH_CODE (FaultyTransport, faulty_transport, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (EONAY_TYPE_TRANSPORT,
                                                      faulty_transport_iface_init))

static void
shared_clear (gpointer data)
{
  Shared *shared = data;

  g_clear_object (&shared->card);
  g_mutex_clear (&shared->lock);
  g_cond_clear (&shared->changed);
}

static gboolean
fail (EonayCardError code, GError **error)
{
  g_set_error_literal (error, EONAY_CARD_ERROR, (int) code, "as the script says");

  return FALSE;
}

static gboolean
is_there (FaultyTransport *self, GError **error)
{
  return (self->card != NULL && self->card == self->shared->card) ||
         fail (EONAY_CARD_ERROR_REMOVED, error);
}

static gboolean
faulty_transport_connect (EonayTransport *transport, GError **error)
{
  FaultyTransport *self = FAULTY_TRANSPORT (transport);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->shared->lock);

  if (self->shared->card == NULL)
    return fail (EONAY_CARD_ERROR_NO_CARD, error);

  g_set_object (&self->card, self->shared->card);
  self->resets = eonay_practice_card_get_n_resets (self->card);

  return TRUE;
}

static void
reset (FaultyTransport *self)
{
  eonay_practice_card_reset (self->card);
  self->resets = eonay_practice_card_get_n_resets (self->card);
}

static void
faulty_transport_disconnect (EonayTransport *transport, EonayDisposition disposition)
{
  FaultyTransport *self = FAULTY_TRANSPORT (transport);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->shared->lock);

  if (self->card != NULL && disposition == EONAY_DISPOSITION_RESET)
    reset (self);
  g_clear_object (&self->card);
}

static gboolean
faulty_transport_begin (EonayTransport *transport, GError **error)
{
  FaultyTransport *self = FAULTY_TRANSPORT (transport);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->shared->lock);

  return is_there (self, error);
}

static gboolean
faulty_transport_end (EonayTransport *transport, EonayDisposition disposition, GError **error)
{
  FaultyTransport *self = FAULTY_TRANSPORT (transport);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->shared->lock);

  if (!is_there (self, error))
    return FALSE;
  if (disposition == EONAY_DISPOSITION_RESET)
    reset (self);

  return TRUE;
}

static gboolean
has_pin (const guint8 *command, gsize length)
{
  return length > 5 && (command[1] == 0x20 || command[1] == 0x24 || command[1] == 0x2C);
}

static GBytes *
execute (FaultyTransport *self, const guint8 *command, gsize length)
{
  /* A command with only a new PIN has nothing in it that could be wrong. */
  self->shared->judged += has_pin (command, length) && (command[1] != 0x2C || command[2] == 0);

  return eonay_practice_card_process (self->card, command, length);
}

static GBytes *
spoil (GBytes *answer, const Shared *shared)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (answer, &length);
  const guint8 status[] = { (guint8) (shared->status >> 8), (guint8) shared->status };
  g_autoptr (GByteArray) spoilt = g_byte_array_new ();
  gsize kept = shared->fault == FAULT_CUT                                      ? (length - 2) / 2
               : shared->fault == FAULT_LONG || shared->fault == FAULT_GARBAGE ? length - 2
                                                                               : 0;

  if (shared->fault == FAULT_SHORT)
    return g_bytes_new (status, 1);

  g_byte_array_append (spoilt, bytes, (guint) kept);
  for (guint i = 0; shared->fault == FAULT_GARBAGE && i < spoilt->len; i++)
    spoilt->data[i] = (guint8) g_random_int ();
  if (shared->fault == FAULT_LONG)
    g_byte_array_append (spoilt, (const guint8 *) "\x30\x03\x02\x01\x00", 5);
  g_byte_array_append (spoilt, shared->fault == FAULT_ANSWER ? status : (guint8 *) "\x90\x00", 2);

  return g_byte_array_free_to_bytes (g_steal_pointer (&spoilt));
}

static GBytes *
be_silent (FaultyTransport *self, const guint8 *command, gsize length, GError **error)
{
  Shared *shared = self->shared;
  g_autoptr (GBytes) answer = NULL;

  if (shared->fault == FAULT_LATE)
    answer = execute (self, command, length);
  shared->silent = TRUE;
  while (shared->silent)
    g_cond_wait (&shared->changed, &shared->lock);
  if (answer == NULL)
    fail (EONAY_CARD_ERROR_UNRESPONSIVE, error);

  return g_steal_pointer (&answer);
}

static GBytes *
meet_fault (FaultyTransport *self, const guint8 *command, gsize length, GError **error)
{
  Shared *shared = self->shared;
  const guint8 status[] = { (guint8) (shared->status >> 8), (guint8) shared->status };
  g_autoptr (GBytes) answer = NULL;

  switch (shared->fault)
    {
    case FAULT_PULLED:
      answer = execute (self, command, length);
      G_GNUC_FALLTHROUGH;
    case FAULT_REMOVED:
      /* A card without power has forgotten what was verified. */
      eonay_practice_card_reset (self->card);
      g_clear_object (&shared->card);
      shared->pulled = TRUE;
      fail (EONAY_CARD_ERROR_REMOVED, error);
      return NULL;
    case FAULT_RESET:
      eonay_practice_card_reset (self->card);
      fail (EONAY_CARD_ERROR_RESET, error);
      return NULL;
    case FAULT_STATUS:
      return g_bytes_new (status, sizeof status);
    case FAULT_SILENCE:
    case FAULT_LATE:
      return be_silent (self, command, length, error);
    default:
      answer = execute (self, command, length);
      return spoil (answer, shared);
    }
}

static GBytes *
faulty_transport_transmit (EonayTransport *transport, const guint8 *command, gsize length,
                           GError **error)
{
  FaultyTransport *self = FAULTY_TRANSPORT (transport);
  Shared *shared = self->shared;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&shared->lock);

  if (!is_there (self, error))
    return NULL;

  shared->commands++;
  shared->sent += has_pin (command, length);
  if (shared->fault_at > 0 && --shared->fault_at == 0)
    return meet_fault (self, command, length, error);

  return execute (self, command, length);
}

static GBytes *
faulty_transport_get_atr (EonayTransport *transport)
{
  FaultyTransport *self = FAULTY_TRANSPORT (transport);

  return self->card != NULL ? g_bytes_ref (eonay_practice_card_get_atr (self->card)) : NULL;
}

static EonayProtocol
faulty_transport_get_protocol (EonayTransport *transport)
{
  FaultyTransport *self = FAULTY_TRANSPORT (transport);

  return self->card != NULL ? eonay_practice_card_get_protocol (self->card) : EONAY_PROTOCOL_NONE;
}

static void
faulty_transport_iface_init (EonayTransportInterface *iface)
{
  iface->connect = faulty_transport_connect;
  iface->disconnect = faulty_transport_disconnect;
  iface->begin = faulty_transport_begin;
  iface->end = faulty_transport_end;
  iface->transmit = faulty_transport_transmit;
  iface->get_atr = faulty_transport_get_atr;
  iface->get_protocol = faulty_transport_get_protocol;
}

static void
faulty_transport_finalize (GObject *object)
{
  FaultyTransport *self = FAULTY_TRANSPORT (object);

  g_clear_object (&self->card);
  g_atomic_rc_box_release_full (self->shared, shared_clear);

  G_OBJECT_CLASS (faulty_transport_parent_class)->finalize (object);
}

static void
faulty_transport_class_init (FaultyTransportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = faulty_transport_finalize;
}

static void
faulty_transport_init (FaultyTransport *self)
{
}

static void
faulty_slots_start (EonaySlotSource *source)
{
  eonay_slot_source_emit_service_changed (source, EONAY_SERVICE_RUNNING);
  eonay_slot_source_emit_slot_added (source, SLOT);
}

static void
faulty_slots_stop (EonaySlotSource *source)
{
}

static EonayTransport *
faulty_slots_open (EonaySlotSource *source, const char *name)
{
  FaultyTransport *transport = g_object_new (FAULTY_TYPE_TRANSPORT, NULL);

  transport->shared = g_atomic_rc_box_acquire (FAULTY_SLOTS (source)->shared);

  return EONAY_TRANSPORT (transport);
}

static void
faulty_slots_iface_init (EonaySlotSourceInterface *iface)
{
  iface->start = faulty_slots_start;
  iface->stop = faulty_slots_stop;
  iface->open = faulty_slots_open;
}

static void
faulty_slots_finalize (GObject *object)
{
  g_atomic_rc_box_release_full (FAULTY_SLOTS (object)->shared, shared_clear);

  G_OBJECT_CLASS (faulty_slots_parent_class)->finalize (object);
}

static void
faulty_slots_class_init (FaultySlotsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = faulty_slots_finalize;
}

static void
faulty_slots_init (FaultySlots *self)
{
  self->shared = g_atomic_rc_box_new0 (Shared);
  g_mutex_init (&self->shared->lock);
  g_cond_init (&self->shared->changed);
}

FaultySlots *
faulty_slots_new (void)
{
  return g_object_new (FAULTY_TYPE_SLOTS, NULL);
}

void
faulty_slots_plug_again (FaultySlots *self)
{
  eonay_slot_source_emit_slot_removed (EONAY_SLOT_SOURCE (self), SLOT);
  eonay_slot_source_emit_slot_added (EONAY_SLOT_SOURCE (self), SLOT);
}

void
faulty_slots_set_card (FaultySlots *self, EonayPracticeCard *card)
{
  EonaySlotSource *source = EONAY_SLOT_SOURCE (self);

  g_mutex_lock (&self->shared->lock);
  if (self->shared->card != NULL)
    eonay_practice_card_reset (self->shared->card);
  g_set_object (&self->shared->card, card);
  self->shared->pulled = FALSE;
  g_mutex_unlock (&self->shared->lock);

  if (card != NULL)
    eonay_slot_source_emit_card_inserted (source, SLOT);
  else
    eonay_slot_source_emit_card_removed (source, SLOT);
}

void
faulty_slots_arm (FaultySlots *self, guint n, Fault fault, guint16 status)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->shared->lock);

  self->shared->fault_at = n;
  self->shared->fault = fault;
  self->shared->status = status;
  self->shared->commands = 0;
  self->shared->sent = 0;
  self->shared->judged = 0;
}

void
faulty_slots_let_go (FaultySlots *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->shared->lock);

  self->shared->silent = FALSE;
  g_cond_broadcast (&self->shared->changed);
}

static guint
get (FaultySlots *self, const guint *number)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->shared->lock);

  return *number;
}

gboolean
faulty_slots_was_pulled (FaultySlots *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->shared->lock);

  return self->shared->pulled;
}

guint
faulty_slots_get_commands (FaultySlots *self)
{
  return get (self, &self->shared->commands);
}

guint
faulty_slots_get_pins_sent (FaultySlots *self)
{
  return get (self, &self->shared->sent);
}

guint
faulty_slots_get_pins_judged (FaultySlots *self)
{
  return get (self, &self->shared->judged);
}
