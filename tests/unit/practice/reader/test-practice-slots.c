#include "support/card-probe.h"

#include "base/eonay-error.h"
#include "practice/reader/eonay-practice-slots.h"

typedef struct {
  EonayPracticeSlots *slots;
  EonaySlotSource *source;
  GString *events;
} Fixture;

static void
on_service (EonaySlotSource *source, EonayServiceState state, gpointer user_data)
{
  g_string_append_printf (user_data, "service %d;", state);
}

static void
on_slot_added (EonaySlotSource *source, const char *name, gpointer user_data)
{
  g_string_append (user_data, "slot;");
}

static void
on_inserted (EonaySlotSource *source, const char *name, gpointer user_data)
{
  g_assert_true (g_main_context_is_owner (NULL) || g_main_context_acquire (NULL));
  g_string_append (user_data, "in;");
}

static void
on_removed (EonaySlotSource *source, const char *name, gpointer user_data)
{
  g_string_append (user_data, "out;");
}

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  fixture->slots = eonay_practice_slots_new ();
  fixture->source = EONAY_SLOT_SOURCE (fixture->slots);
  fixture->events = g_string_new (NULL);
  g_signal_connect (fixture->slots, "service-changed", G_CALLBACK (on_service), fixture->events);
  g_signal_connect (fixture->slots, "slot-added", G_CALLBACK (on_slot_added), fixture->events);
  g_signal_connect (fixture->slots, "card-inserted", G_CALLBACK (on_inserted), fixture->events);
  g_signal_connect (fixture->slots, "card-removed", G_CALLBACK (on_removed), fixture->events);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  eonay_slot_source_stop (fixture->source);
  g_assert_finalize_object (fixture->slots);
  g_string_free (fixture->events, TRUE);
}

static void
take_events (Fixture *fixture, const char *expected)
{
  g_assert_cmpstr (fixture->events->str, ==, expected);
  g_string_truncate (fixture->events, 0);
}

static EonayTransport *
open_connected (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  EonayTransport *transport = eonay_slot_source_open (fixture->source, "any");

  eonay_transport_connect (transport, &error);
  g_assert_no_error (error);

  return transport;
}

static const guint8 VERIFY[] = { 0x00, 0x20, 0x00, 0x01, 0x06, '1', '2', '3', '4', '5', '6' };
static const guint8 STATUS[] = { 0x00, 0x20, 0x00, 0x01 };

static guint16
transmit (EonayTransport *transport, const guint8 *command, gsize length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) answer = eonay_transport_transmit (transport, command, length, &error);
  const guint8 *bytes;

  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (answer), ==, 2);
  bytes = g_bytes_get_data (answer, NULL);

  return (guint16) (bytes[0] << 8 | bytes[1]);
}

static void
assert_transmit_fails (EonayTransport *transport, EonayCardError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (eonay_transport_transmit (transport, STATUS, sizeof STATUS, &error));
  g_assert_error (error, EONAY_CARD_ERROR, (int) code);
}

static void
test_signals (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (EonayPracticeCard) card = probe_card (EONAY_PRACTICE_CARD_EC);
  g_autoptr (EonayPracticeCard) other = probe_card (EONAY_PRACTICE_CARD_EC);

  eonay_practice_slots_set_card (fixture->slots, card);
  take_events (fixture, "");

  eonay_slot_source_start (fixture->source);
  take_events (fixture, "service 1;slot;in;");

  eonay_practice_slots_set_card (fixture->slots, card);
  take_events (fixture, "");
  eonay_practice_slots_set_card (fixture->slots, other);
  take_events (fixture, "out;in;");
  g_assert_true (eonay_practice_slots_get_card (fixture->slots) == other);

  eonay_practice_slots_set_card (fixture->slots, NULL);
  take_events (fixture, "out;");
  g_assert_null (eonay_practice_slots_get_card (fixture->slots));

  eonay_slot_source_stop (fixture->source);
  eonay_practice_slots_set_card (fixture->slots, card);
  take_events (fixture, "");
  eonay_practice_slots_set_card (fixture->slots, NULL);
}

static void
test_empty (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (EonayTransport) transport = eonay_slot_source_open (fixture->source, "any");
  g_autoptr (GError) error = NULL;

  g_assert_false (eonay_transport_connect (transport, &error));
  g_assert_error (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_NO_CARD);
  g_assert_null (eonay_transport_get_atr (transport));
  g_assert_cmpint (eonay_transport_get_protocol (transport), ==, EONAY_PROTOCOL_NONE);
  assert_transmit_fails (transport, EONAY_CARD_ERROR_FAILED);
}

static void
test_disposition (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (EonayPracticeCard) card = probe_card (EONAY_PRACTICE_CARD_EC);
  g_autoptr (EonayTransport) transport = NULL;
  g_autoptr (GError) error = NULL;

  eonay_practice_slots_set_card (fixture->slots, card);
  transport = open_connected (fixture);
  g_assert_cmpint (eonay_transport_get_protocol (transport), ==, EONAY_PROTOCOL_T1);

  eonay_transport_begin (transport, &error);
  g_assert_no_error (error);
  g_assert_cmphex (transmit (transport, VERIFY, sizeof VERIFY), ==, 0x9000);
  eonay_transport_end (transport, EONAY_DISPOSITION_LEAVE, &error);
  g_assert_no_error (error);
  g_assert_cmphex (transmit (transport, STATUS, sizeof STATUS), ==, 0x9000);

  eonay_transport_begin (transport, &error);
  g_assert_no_error (error);
  eonay_transport_end (transport, EONAY_DISPOSITION_RESET, &error);
  g_assert_no_error (error);
  g_assert_cmphex (transmit (transport, STATUS, sizeof STATUS), ==, 0x63c3);

  g_assert_cmphex (transmit (transport, VERIFY, sizeof VERIFY), ==, 0x9000);
  eonay_transport_disconnect (transport, EONAY_DISPOSITION_RESET);
  assert_transmit_fails (transport, EONAY_CARD_ERROR_FAILED);
  probe_expect (card, "00200001", "63c3");
  eonay_practice_slots_set_card (fixture->slots, NULL);
}

static void
test_removed (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (EonayPracticeCard) card = probe_card (EONAY_PRACTICE_CARD_EC);
  g_autoptr (EonayTransport) transport = NULL;

  eonay_practice_slots_set_card (fixture->slots, card);
  transport = open_connected (fixture);
  g_assert_cmphex (transmit (transport, VERIFY, sizeof VERIFY), ==, 0x9000);

  eonay_practice_slots_set_card (fixture->slots, NULL);
  assert_transmit_fails (transport, EONAY_CARD_ERROR_REMOVED);

  /* The same card comes back without power: still not the contact that was. */
  eonay_practice_slots_set_card (fixture->slots, card);
  assert_transmit_fails (transport, EONAY_CARD_ERROR_REMOVED);
  probe_expect (card, "00200001", "63c3");
  eonay_practice_slots_set_card (fixture->slots, NULL);
}

static void
test_reset_by_another (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (EonayPracticeCard) card = probe_card (EONAY_PRACTICE_CARD_EC);
  g_autoptr (EonayTransport) transport = NULL;
  g_autoptr (EonayTransport) another = NULL;
  g_autoptr (GError) error = NULL;

  eonay_practice_slots_set_card (fixture->slots, card);
  transport = open_connected (fixture);
  another = open_connected (fixture);
  eonay_transport_disconnect (another, EONAY_DISPOSITION_RESET);

  assert_transmit_fails (transport, EONAY_CARD_ERROR_RESET);
  g_assert_false (eonay_transport_begin (transport, &error));
  g_assert_error (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_RESET);
  g_clear_error (&error);

  g_assert_true (eonay_transport_begin (transport, &error));
  g_assert_no_error (error);
  g_assert_cmphex (transmit (transport, STATUS, sizeof STATUS), ==, 0x63c3);
  eonay_practice_slots_set_card (fixture->slots, NULL);
}

static gpointer
transmit_status (gpointer transport)
{
  return GUINT_TO_POINTER (transmit (transport, STATUS, sizeof STATUS));
}

static void
test_transaction_keeps_others_waiting (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (EonayPracticeCard) card = probe_card (EONAY_PRACTICE_CARD_EC);
  g_autoptr (EonayTransport) transport = NULL;
  g_autoptr (EonayTransport) another = NULL;
  g_autoptr (GError) error = NULL;
  GThread *thread;

  eonay_practice_slots_set_card (fixture->slots, card);
  transport = open_connected (fixture);
  another = open_connected (fixture);
  eonay_transport_begin (transport, &error);
  g_assert_no_error (error);
  thread = g_thread_new ("another", transmit_status, another);
  g_assert_cmphex (transmit (transport, VERIFY, sizeof VERIFY), ==, 0x9000);
  eonay_transport_end (transport, EONAY_DISPOSITION_LEAVE, &error);
  g_assert_no_error (error);

  /* Whenever the other got its turn, it was after the transaction with its VERIFY. */
  g_assert_cmphex (GPOINTER_TO_UINT (g_thread_join (thread)), ==, 0x9000);
  eonay_practice_slots_set_card (fixture->slots, NULL);
}

static gpointer
transmit_until_pulled (gpointer transport)
{
  guint n = 0;

  for (;;)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) answer = eonay_transport_transmit (transport, STATUS, sizeof STATUS,
                                                            &error);

      if (answer == NULL)
        {
          g_assert_error (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_REMOVED);
          return GUINT_TO_POINTER (n);
        }
      n++;
    }
}

static void
test_pull_at (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (EonayPracticeCard) card = probe_card (EONAY_PRACTICE_CARD_EC);
  g_autoptr (EonayTransport) transport = NULL;
  GThread *thread;

  eonay_slot_source_start (fixture->source);
  eonay_practice_slots_set_card (fixture->slots, card);
  take_events (fixture, "service 1;slot;in;");
  transport = open_connected (fixture);
  eonay_practice_slots_pull_at (fixture->slots, 4);

  thread = g_thread_new ("worker", transmit_until_pulled, transport);
  while (fixture->events->len == 0)
    g_main_context_iteration (NULL, TRUE);
  take_events (fixture, "out;");
  g_assert_cmpuint (GPOINTER_TO_UINT (g_thread_join (thread)), ==, 3);
  g_assert_null (eonay_practice_slots_get_card (fixture->slots));

  eonay_practice_slots_set_card (fixture->slots, card);
  take_events (fixture, "in;");
  g_clear_object (&transport);
  transport = open_connected (fixture);
  for (guint i = 0; i < 10; i++)
    g_assert_cmphex (transmit (transport, STATUS, sizeof STATUS), ==, 0x63c3);
  eonay_practice_slots_set_card (fixture->slots, NULL);
}

static void
test_traffic (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (EonayPracticeCard) card = probe_card (EONAY_PRACTICE_CARD_EC);
  g_autoptr (EonayTransport) transport = NULL;
  guint commands;
  gsize bytes;

  eonay_practice_slots_set_card (fixture->slots, card);
  transport = open_connected (fixture);
  transmit (transport, STATUS, sizeof STATUS);
  transmit (transport, VERIFY, sizeof VERIFY);
  eonay_practice_slots_get_traffic (fixture->slots, &commands, &bytes);
  g_assert_cmpuint (commands, ==, 2);
  g_assert_cmpuint (bytes, ==, sizeof STATUS + sizeof VERIFY + 2 * 2);
  eonay_practice_slots_set_card (fixture->slots, NULL);
}

static void
test_finalizes (Fixture *fixture, gconstpointer unused)
{
  EonayPracticeCard *card = probe_card (EONAY_PRACTICE_CARD_EC);
  EonayTransport *transport;

  eonay_slot_source_start (fixture->source);
  eonay_practice_slots_set_card (fixture->slots, card);
  transport = open_connected (fixture);
  eonay_practice_slots_set_card (fixture->slots, NULL);
  g_assert_finalize_object (transport);
  g_assert_finalize_object (card);
}

#define ADD(name, function) \
  g_test_add ("/practice/slots/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("signals", test_signals);
  ADD ("empty", test_empty);
  ADD ("disposition", test_disposition);
  ADD ("removed", test_removed);
  ADD ("reset-by-another", test_reset_by_another);
  ADD ("transaction-keeps-others-waiting", test_transaction_keeps_others_waiting);
  ADD ("pull-at", test_pull_at);
  ADD ("traffic", test_traffic);
  ADD ("finalizes", test_finalizes);

  return g_test_run ();
}
