#include "test-slots.h"

#include "base/eonay-error.h"
#include "card/trace/eonay-replay-transport.h"

/* What the worker threads and the test share. */
typedef struct {
  GMutex lock;
  GCond changed;
  EonayTransport *card;
  guint fault_at;
  TestFault fault;
  guint16 fault_status;
  gboolean hanging;
  guint hang_at;
  TestOther other;
  guint begins_to_fail;
  EonayCardError begin_error;
  guint insertion;
  guint commands;
  guint verifies;
  guint resets;
  guint transports;
  gsize bytes;
  EonayProtocol protocol;
  gboolean short_only;
  guint held;        /* transports that are in a transaction */
  guint connections; /* each slot may have one */
} Shared;

struct _TestSlots {
  GObject parent_instance;

  Shared *shared;
  guint awaited;
};

static void test_slots_iface_init (EonaySlotSourceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TestSlots, test_slots, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (EONAY_TYPE_SLOT_SOURCE,
                                                      test_slots_iface_init))

#define TEST_TYPE_TRANSPORT (test_transport_get_type ())
G_DECLARE_FINAL_TYPE (TestTransport, test_transport, TEST, TRANSPORT, GObject)

struct _TestTransport {
  GObject parent_instance;

  Shared *shared;
  EonayTransport *card; /* the one that was there at connect */
  gboolean holds;       /* is in a transaction */
};

static void test_transport_iface_init (EonayTransportInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TestTransport, test_transport, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (EONAY_TYPE_TRANSPORT,
                                                      test_transport_iface_init))

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
  g_set_error_literal (error, EONAY_CARD_ERROR, code, "as the script says");

  return FALSE;
}

static gboolean
test_transport_connect (EonayTransport *transport, GError **error)
{
  TestTransport *self = TEST_TRANSPORT (transport);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->shared->lock);

  if (self->shared->card == NULL)
    return fail (EONAY_CARD_ERROR_NO_CARD, error);
  if (self->shared->other == TEST_OTHER_EXCLUSIVE)
    return fail (EONAY_CARD_ERROR_BUSY, error);

  g_assert_null (self->card);
  g_set_object (&self->card, self->shared->card);
  self->shared->connections++;

  return eonay_transport_connect (self->card, error);
}

static void
set_holds (TestTransport *self, gboolean holds)
{
  if (holds != self->holds)
    self->shared->held += holds ? 1 : -1u;
  self->holds = holds;
}

static void
test_transport_disconnect (EonayTransport *transport, EonayDisposition disposition)
{
  TestTransport *self = TEST_TRANSPORT (transport);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->shared->lock);

  if (self->card == NULL)
    return;

  if (disposition == EONAY_DISPOSITION_RESET)
    self->shared->resets++;
  self->shared->connections--;
  set_holds (self, FALSE);
  eonay_transport_disconnect (self->card, disposition);
  g_clear_object (&self->card);
}

static gboolean
test_transport_begin (EonayTransport *transport, GError **error)
{
  TestTransport *self = TEST_TRANSPORT (transport);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->shared->lock);

  while (self->shared->other == TEST_OTHER_TRANSACTION)
    g_cond_wait (&self->shared->changed, &self->shared->lock);
  if (self->shared->begins_to_fail > 0)
    {
      self->shared->begins_to_fail--;
      return fail (self->shared->begin_error, error);
    }
  if (self->card != self->shared->card)
    return fail (EONAY_CARD_ERROR_REMOVED, error);

  set_holds (self, TRUE);

  return TRUE;
}

static gboolean
test_transport_end (EonayTransport *transport, EonayDisposition disposition, GError **error)
{
  TestTransport *self = TEST_TRANSPORT (transport);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->shared->lock);

  set_holds (self, FALSE);
  if (self->card != self->shared->card)
    return fail (EONAY_CARD_ERROR_REMOVED, error);

  if (disposition == EONAY_DISPOSITION_RESET)
    self->shared->resets++;

  return eonay_transport_end (self->card, disposition, error);
}

static GBytes *
status_only (guint16 status)
{
  const guint8 bytes[] = { (guint8) (status >> 8), (guint8) status };

  return g_bytes_new (bytes, sizeof bytes);
}

static GBytes *
spoil (GBytes *answer, TestFault fault)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (answer, &length);
  g_autoptr (GByteArray) spoilt = g_byte_array_new ();

  if (fault == TEST_FAULT_HALF)
    g_byte_array_append (spoilt, bytes, (guint) (length - 2) / 2);
  for (gsize i = 0; fault == TEST_FAULT_GARBAGE && i < length - 2; i++)
    {
      guint8 byte = (guint8) g_test_rand_int ();

      g_byte_array_append (spoilt, &byte, 1);
    }
  g_byte_array_append (spoilt, (const guint8 *) "\x90\x00", 2);

  return g_byte_array_free_to_bytes (g_steal_pointer (&spoilt));
}

static GBytes *
test_transport_transmit (EonayTransport *transport, const guint8 *command, gsize length,
                         GError **error)
{
  TestTransport *self = TEST_TRANSPORT (transport);
  Shared *shared = self->shared;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&shared->lock);
  g_autoptr (GBytes) answer = NULL;
  TestFault fault = TEST_FAULT_NONE;

  g_assert_true (self->holds);
  if (shared->hang_at > 0 && --shared->hang_at == 0)
    shared->hanging = TRUE;
  while (shared->hanging)
    g_cond_wait (&shared->changed, &shared->lock);

  shared->commands++;
  if (length > 5 && command[1] == 0x20)
    shared->verifies++;
  if (shared->fault_at > 0 && --shared->fault_at == 0)
    fault = shared->fault;
  if (fault == TEST_FAULT_REMOVED)
    g_clear_object (&shared->card);
  if (self->card != shared->card)
    return fail (EONAY_CARD_ERROR_REMOVED, error) ? NULL : NULL;
  if (fault == TEST_FAULT_RESET)
    return fail (EONAY_CARD_ERROR_RESET, error) ? NULL : NULL;
  if (fault == TEST_FAULT_STATUS)
    return status_only (shared->fault_status);

  answer = eonay_transport_transmit (self->card, command, length, error);
  shared->bytes += length + (answer != NULL ? g_bytes_get_size (answer) : 0);
  if (answer == NULL || fault == TEST_FAULT_NONE)
    return g_steal_pointer (&answer);

  return spoil (answer, fault);
}

static GBytes *
test_transport_get_atr (EonayTransport *transport)
{
  return eonay_transport_get_atr (TEST_TRANSPORT (transport)->card);
}

static EonayProtocol
test_transport_get_protocol (EonayTransport *transport)
{
  return eonay_transport_get_protocol (TEST_TRANSPORT (transport)->card);
}

static guint
test_transport_get_insertion (EonayTransport *transport)
{
  TestTransport *self = TEST_TRANSPORT (transport);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->shared->lock);

  return self->shared->insertion;
}

static gboolean
test_transport_takes_extended (EonayTransport *transport)
{
  return !TEST_TRANSPORT (transport)->shared->short_only;
}

static void
test_transport_iface_init (EonayTransportInterface *iface)
{
  iface->takes_extended = test_transport_takes_extended;
  iface->connect = test_transport_connect;
  iface->disconnect = test_transport_disconnect;
  iface->begin = test_transport_begin;
  iface->end = test_transport_end;
  iface->transmit = test_transport_transmit;
  iface->get_atr = test_transport_get_atr;
  iface->get_protocol = test_transport_get_protocol;
  iface->get_insertion = test_transport_get_insertion;
}

static void
test_transport_finalize (GObject *object)
{
  TestTransport *self = TEST_TRANSPORT (object);

  g_clear_object (&self->card);
  g_mutex_lock (&self->shared->lock);
  self->shared->transports--;
  g_mutex_unlock (&self->shared->lock);
  g_atomic_rc_box_release_full (self->shared, shared_clear);

  G_OBJECT_CLASS (test_transport_parent_class)->finalize (object);
}

static void
test_transport_class_init (TestTransportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = test_transport_finalize;
}

static void
test_transport_init (TestTransport *self)
{
}

static void
test_slots_start (EonaySlotSource *source)
{
  eonay_slot_source_emit_service_changed (source, EONAY_SERVICE_RUNNING);
}

static void
test_slots_stop (EonaySlotSource *source)
{
}

static EonayTransport *
test_slots_open (EonaySlotSource *source, const char *name)
{
  TestTransport *transport = g_object_new (TEST_TYPE_TRANSPORT, NULL);

  transport->shared = g_atomic_rc_box_acquire (TEST_SLOTS (source)->shared);
  g_mutex_lock (&transport->shared->lock);
  transport->shared->transports++;
  g_mutex_unlock (&transport->shared->lock);

  return EONAY_TRANSPORT (transport);
}

static void
test_slots_await_release (EonaySlotSource *source, const char *name)
{
  TEST_SLOTS (source)->awaited++;
}

static void
test_slots_iface_init (EonaySlotSourceInterface *iface)
{
  iface->start = test_slots_start;
  iface->stop = test_slots_stop;
  iface->open = test_slots_open;
  iface->await_release = test_slots_await_release;
}

static void
test_slots_finalize (GObject *object)
{
  g_atomic_rc_box_release_full (TEST_SLOTS (object)->shared, shared_clear);

  G_OBJECT_CLASS (test_slots_parent_class)->finalize (object);
}

static void
test_slots_class_init (TestSlotsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = test_slots_finalize;
}

static void
test_slots_init (TestSlots *self)
{
  self->shared = g_atomic_rc_box_new0 (Shared);
  self->shared->protocol = EONAY_PROTOCOL_T1;
  g_mutex_init (&self->shared->lock);
  g_cond_init (&self->shared->changed);
}

TestSlots *
test_slots_new (void)
{
  return g_object_new (TEST_TYPE_SLOTS, NULL);
}

void
test_slots_add (TestSlots *self, const char *name)
{
  eonay_slot_source_emit_slot_added (EONAY_SLOT_SOURCE (self), name);
}

void
test_slots_remove (TestSlots *self, const char *name)
{
  eonay_slot_source_emit_slot_removed (EONAY_SLOT_SOURCE (self), name);
}

/* @card: (transfer full) (nullable) */
static void
put_in (TestSlots *self, EonayTransport *card)
{
  g_mutex_lock (&self->shared->lock);
  g_clear_object (&self->shared->card);
  self->shared->card = card;
  self->shared->insertion += card != NULL;
  g_mutex_unlock (&self->shared->lock);
}

void
test_slots_insert_silently (TestSlots *self, const char *transcript, const char *atr_hex)
{
  g_autoptr (GBytes) atr = test_from_hex (atr_hex);
  g_autoptr (GError) error = NULL;
  EonayTransport *card = eonay_replay_transport_new (transcript, atr, self->shared->protocol,
                                                     &error);

  g_assert_no_error (error);
  put_in (self, card);
}

void
test_slots_insert_card (TestSlots *self, const char *name, EonayTransport *card)
{
  put_in (self, card);
  eonay_slot_source_emit_card_inserted (EONAY_SLOT_SOURCE (self), name);
}

void
test_slots_insert (TestSlots *self, const char *name, const char *const *transcripts,
                   const char *atr_hex)
{
  g_autofree char *text = test_read_transcripts (transcripts);

  test_slots_insert_silently (self, text, atr_hex);
  eonay_slot_source_emit_card_inserted (EONAY_SLOT_SOURCE (self), name);
}

void
test_slots_pull (TestSlots *self, const char *name)
{
  put_in (self, NULL);
  eonay_slot_source_emit_card_removed (EONAY_SLOT_SOURCE (self), name);
}

void
test_slots_set_fault (TestSlots *self, guint n, TestFault fault, guint16 status)
{
  g_mutex_lock (&self->shared->lock);
  self->shared->fault_at = n;
  self->shared->fault = fault;
  self->shared->fault_status = status;
  g_mutex_unlock (&self->shared->lock);
}

void
test_slots_set_protocol (TestSlots *self, EonayProtocol protocol)
{
  self->shared->protocol = protocol;
}

void
test_slots_set_takes_extended (TestSlots *self, gboolean takes_extended)
{
  self->shared->short_only = !takes_extended;
}

void
test_slots_hang (TestSlots *self)
{
  g_mutex_lock (&self->shared->lock);
  self->shared->hanging = TRUE;
  g_mutex_unlock (&self->shared->lock);
}

void
test_slots_hang_at (TestSlots *self, guint n)
{
  g_mutex_lock (&self->shared->lock);
  self->shared->hang_at = n;
  g_mutex_unlock (&self->shared->lock);
}

void
test_slots_set_other (TestSlots *self, TestOther other)
{
  g_mutex_lock (&self->shared->lock);
  self->shared->other = other;
  g_cond_broadcast (&self->shared->changed);
  g_mutex_unlock (&self->shared->lock);
}

guint
test_slots_take_awaited (TestSlots *self)
{
  guint awaited = self->awaited;

  self->awaited = 0;

  return awaited;
}

void
test_slots_fail_begins (TestSlots *self, guint n, EonayCardError error)
{
  g_mutex_lock (&self->shared->lock);
  self->shared->begins_to_fail = n;
  self->shared->begin_error = error;
  g_mutex_unlock (&self->shared->lock);
}

void
test_slots_let_go (TestSlots *self)
{
  g_mutex_lock (&self->shared->lock);
  self->shared->hanging = FALSE;
  g_cond_broadcast (&self->shared->changed);
  g_mutex_unlock (&self->shared->lock);
}

#define DEFINE_GETTER(type_, name_, field_)                                     \
  type_ name_ (TestSlots *self)                                                 \
  {                                                                             \
    g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->shared->lock); \
                                                                                \
    return self->shared->field_;                                                \
  }

DEFINE_GETTER (guint, test_slots_get_commands, commands)
DEFINE_GETTER (gsize, test_slots_get_bytes, bytes)
DEFINE_GETTER (guint, test_slots_get_verifies, verifies)
DEFINE_GETTER (guint, test_slots_get_resets, resets)
DEFINE_GETTER (guint, test_slots_get_transports, transports)
DEFINE_GETTER (gboolean, test_slots_is_held, held > 0)
DEFINE_GETTER (gboolean, test_slots_is_connected, connections > 0)
