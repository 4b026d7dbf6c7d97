#include "test-pair.h"

#include "base/eonay-error.h"
#include "practice/reader/eonay-practice-reader.h"

/* A transport that is refused a few times. */
#define TEST_TYPE_BUSY (test_busy_get_type ())
G_DECLARE_FINAL_TYPE (TestBusy, test_busy, TEST, BUSY, GObject)

struct _TestBusy {
  GObject parent_instance;

  EonayTransport *inner;
  guint n_busy;
};

static void test_busy_iface_init (EonayTransportInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TestBusy, test_busy, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (EONAY_TYPE_TRANSPORT, test_busy_iface_init))

static gboolean
test_busy_connect (EonayTransport *transport, GError **error)
{
  TestBusy *self = TEST_BUSY (transport);

  if (self->n_busy == 0)
    return eonay_transport_connect (self->inner, error);

  self->n_busy--;
  g_set_error_literal (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_BUSY, "as the script says");

  return FALSE;
}

static void
test_busy_disconnect (EonayTransport *transport, EonayDisposition disposition)
{
  eonay_transport_disconnect (TEST_BUSY (transport)->inner, disposition);
}

static gboolean
test_busy_begin (EonayTransport *transport, GError **error)
{
  return eonay_transport_begin (TEST_BUSY (transport)->inner, error);
}

static gboolean
test_busy_end (EonayTransport *transport, EonayDisposition disposition, GError **error)
{
  return eonay_transport_end (TEST_BUSY (transport)->inner, disposition, error);
}

static GBytes *
test_busy_transmit (EonayTransport *transport, const guint8 *command, gsize length, GError **error)
{
  return eonay_transport_transmit (TEST_BUSY (transport)->inner, command, length, error);
}

static GBytes *
test_busy_get_atr (EonayTransport *transport)
{
  return eonay_transport_get_atr (TEST_BUSY (transport)->inner);
}

static EonayProtocol
test_busy_get_protocol (EonayTransport *transport)
{
  return eonay_transport_get_protocol (TEST_BUSY (transport)->inner);
}

static void
test_busy_iface_init (EonayTransportInterface *iface)
{
  iface->connect = test_busy_connect;
  iface->disconnect = test_busy_disconnect;
  iface->begin = test_busy_begin;
  iface->end = test_busy_end;
  iface->transmit = test_busy_transmit;
  iface->get_atr = test_busy_get_atr;
  iface->get_protocol = test_busy_get_protocol;
}

static void
test_busy_dispose (GObject *object)
{
  g_clear_object (&TEST_BUSY (object)->inner);
  G_OBJECT_CLASS (test_busy_parent_class)->dispose (object);
}

static void
test_busy_class_init (TestBusyClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = test_busy_dispose;
}

static void
test_busy_init (TestBusy *self)
{
}

/* Milliseconds until whoever holds the second card has let it go once more. */
#define HOLD 100

#define TEST_TYPE_PAIR (test_pair_get_type ())
G_DECLARE_FINAL_TYPE (TestPair, test_pair, TEST, PAIR, GObject)

struct _TestPair {
  GObject parent_instance;

  EonayPracticeReader *first;
  EonayPracticeReader *second;
  guint n_busy;
  guint release;
};

static void test_pair_iface_init (EonaySlotSourceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TestPair, test_pair, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (EONAY_TYPE_SLOT_SOURCE, test_pair_iface_init))

static void
test_pair_start (EonaySlotSource *source)
{
  g_autoptr (EonayPracticeCard) second =
      eonay_practice_reader_get_card (TEST_PAIR (source)->second);

  eonay_slot_source_emit_service_changed (source, EONAY_SERVICE_RUNNING);
  eonay_slot_source_emit_slot_added (source, TEST_PAIR_FIRST);
  eonay_slot_source_emit_slot_added (source, TEST_PAIR_SECOND);
  eonay_slot_source_emit_card_inserted (source, TEST_PAIR_FIRST);
  if (second != NULL)
    eonay_slot_source_emit_card_inserted (source, TEST_PAIR_SECOND);
}

static void
test_pair_stop (EonaySlotSource *source)
{
  g_clear_handle_id (&TEST_PAIR (source)->release, g_source_remove);
}

static gboolean
release (gpointer user_data)
{
  TestPair *self = user_data;

  self->release = 0;
  eonay_slot_source_emit_card_released (EONAY_SLOT_SOURCE (self), TEST_PAIR_SECOND);

  return G_SOURCE_REMOVE;
}

static void
test_pair_await_release (EonaySlotSource *source, const char *name)
{
  TestPair *self = TEST_PAIR (source);

  g_assert_cmpstr (name, ==, TEST_PAIR_SECOND);
  if (self->release == 0)
    self->release = g_timeout_add (HOLD, release, self);
}

static EonayTransport *
test_pair_open (EonaySlotSource *source, const char *name)
{
  TestPair *self = TEST_PAIR (source);
  TestBusy *busy;

  if (g_str_equal (name, TEST_PAIR_FIRST))
    return eonay_practice_reader_open (self->first);

  busy = g_object_new (TEST_TYPE_BUSY, NULL);
  busy->inner = eonay_practice_reader_open (self->second);
  busy->n_busy = self->n_busy;

  return EONAY_TRANSPORT (busy);
}

static void
test_pair_iface_init (EonaySlotSourceInterface *iface)
{
  iface->start = test_pair_start;
  iface->stop = test_pair_stop;
  iface->open = test_pair_open;
  iface->await_release = test_pair_await_release;
}

static void
test_pair_dispose (GObject *object)
{
  TestPair *self = TEST_PAIR (object);

  g_clear_object (&self->first);
  g_clear_object (&self->second);
  G_OBJECT_CLASS (test_pair_parent_class)->dispose (object);
}

static void
test_pair_class_init (TestPairClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = test_pair_dispose;
}

static void
test_pair_init (TestPair *self)
{
  self->first = eonay_practice_reader_new ();
  self->second = eonay_practice_reader_new ();
}

EonaySlotSource *
test_pair_new (EonayPracticeCard *first, EonayPracticeCard *second, guint delay, guint n_busy)
{
  TestPair *self = g_object_new (TEST_TYPE_PAIR, NULL);

  eonay_practice_reader_set_card (self->first, first);
  eonay_practice_reader_set_card (self->second, second);
  eonay_practice_reader_set_delay (self->second, delay);
  self->n_busy = n_busy;

  return EONAY_SLOT_SOURCE (self);
}

EonayModuleDiscovery *
test_pair_hang_modules (EonayReaderList *readers)
{
  const char *const picked[] = { g_getenv ("TEST_SHIM"), NULL };

  g_setenv ("EONAY_SHIM_CONF", "/nonexistent", TRUE);
  g_setenv ("EONAY_SHIM", "hang=C_Initialize", TRUE);

  return eonay_module_discovery_new (readers, picked);
}
