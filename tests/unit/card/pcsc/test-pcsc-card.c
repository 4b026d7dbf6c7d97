#include "card/pcsc/eonay-pcsc-transport.h"

#include <string.h>
#include <winscard.h>

#include "base/eonay-error.h"
#include "card/pcsc/eonay-pcsc.h"

/*
 * A service of the test's own, in place of libpcsclite's: each call answers as told. What a
 * computer that slept, another program, and a service that was started anew look like from here.
 */
static struct {
  LONG begin;
  LONG transmit;
  LONG reconnect;
  LONG connect; /* for the next connection only */
  LONG status;
  LONG wait; /* when there is time to wait */
  DWORD event_state;
  DWORD waited_from;
  DWORD timeout;
  guint contexts;
  guint reconnects;
  guint transmits;
  gboolean answers_nothing;
} service;

#define CARD_IN ((DWORD) 3 << 16 | SCARD_STATE_PRESENT)

LONG
SCardEstablishContext (DWORD scope, LPCVOID reserved1, LPCVOID reserved2, LPSCARDCONTEXT context)
{
  *context = (SCARDCONTEXT) ++service.contexts;

  return SCARD_S_SUCCESS;
}

LONG
SCardReleaseContext (SCARDCONTEXT context)
{
  return SCARD_S_SUCCESS;
}

LONG
SCardConnect (SCARDCONTEXT context, LPCSTR reader, DWORD share, DWORD protocols, LPSCARDHANDLE card,
              LPDWORD protocol)
{
  LONG code = service.connect;

  service.connect = SCARD_S_SUCCESS;
  *card = 1;
  *protocol = SCARD_PROTOCOL_T1;

  return code;
}

LONG
SCardReconnect (SCARDHANDLE card, DWORD share, DWORD protocols, DWORD initialization,
                LPDWORD protocol)
{
  g_assert_cmpuint (initialization, ==, SCARD_LEAVE_CARD);
  service.reconnects++;

  return service.reconnect;
}

LONG
SCardDisconnect (SCARDHANDLE card, DWORD disposition)
{
  return SCARD_S_SUCCESS;
}

LONG
SCardBeginTransaction (SCARDHANDLE card)
{
  LONG code = service.begin;

  service.begin = SCARD_S_SUCCESS;

  return code;
}

LONG
SCardTransmit (SCARDHANDLE card, const SCARD_IO_REQUEST *request, LPCBYTE command, DWORD length,
               SCARD_IO_REQUEST *received, LPBYTE answer, LPDWORD answer_length)
{
  service.transmits++;
  memcpy (answer, "\x90\x00", 2);
  *answer_length = service.answers_nothing ? 0 : 2;

  return service.transmit;
}

LONG
SCardStatus (SCARDHANDLE card, LPSTR reader, LPDWORD reader_length, LPDWORD state, LPDWORD protocol,
             LPBYTE atr, LPDWORD atr_length)
{
  *atr_length = 0;

  return SCARD_S_SUCCESS;
}

LONG
SCardGetStatusChange (SCARDCONTEXT context, DWORD timeout, SCARD_READERSTATE *states, DWORD count)
{
  if (timeout == 0 && service.status != SCARD_S_SUCCESS)
    return service.status;
  if (timeout != 0)
    {
      service.timeout = timeout;
      service.waited_from = states[0].dwCurrentState;
      if (service.wait != SCARD_S_SUCCESS)
        return service.wait;
    }
  states[0].dwEventState = service.event_state | SCARD_STATE_CHANGED;

  return SCARD_S_SUCCESS;
}

static EonayTransport *
connect_transport (void)
{
  EonayTransport *transport = eonay_pcsc_transport_new ("Deneme 00");
  g_autoptr (GError) error = NULL;

  memset (&service, 0, sizeof service);
  service.event_state = CARD_IN;
  service.wait = SCARD_E_TIMEOUT;
  eonay_transport_connect (transport, &error);
  g_assert_no_error (error);

  return transport;
}

/* Reset or without power: it is reconnected at once, and told. Nothing else ever reconnects. */
static void
test_begin (void)
{
  static const struct {
    guint32 code;
    EonayCardError error;
    guint reconnects;
  } rows[] = {
    { 0x80100065, EONAY_CARD_ERROR_UNRESPONSIVE, 0 },
    { 0x80100066, EONAY_CARD_ERROR_UNRESPONSIVE, 0 },
    { 0x80100067, EONAY_CARD_ERROR_RESET, 1 },
    { 0x80100068, EONAY_CARD_ERROR_RESET, 1 },
    { 0x80100069, EONAY_CARD_ERROR_REMOVED, 0 },
    { 0x8010006A, EONAY_CARD_ERROR_ACCESS_DENIED, 0 },
    { 0x80100003, EONAY_CARD_ERROR_NO_SERVICE, 0 },
    { 0x8010001D, EONAY_CARD_ERROR_NO_SERVICE, 0 },
    { 0x80100017, EONAY_CARD_ERROR_NO_READER, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (EonayTransport) transport = connect_transport ();
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) again = NULL;

      service.begin = (LONG) rows[i].code;
      g_assert_false (eonay_transport_begin (transport, &error));
      g_assert_error (error, EONAY_CARD_ERROR, (int) rows[i].error);
      g_assert_cmpuint (service.reconnects, ==, rows[i].reconnects);
      g_assert_true (eonay_transport_begin (transport, &again));
    }
}

/* A swapped card answers a reconnection with its own absence. */
static void
test_begin_of_a_pulled_card (void)
{
  g_autoptr (EonayTransport) transport = connect_transport ();
  g_autoptr (GError) error = NULL;

  service.begin = (LONG) 0x80100068;
  service.reconnect = (LONG) 0x80100069;
  g_assert_false (eonay_transport_begin (transport, &error));
  g_assert_error (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_REMOVED);
}

/* Nothing is ever sent twice, whatever becomes of the first time. */
static void
test_transmit (void)
{
  static const struct {
    guint32 code;
    guint32 status;
    DWORD event_state;
    EonayCardError error;
  } rows[] = {
    { 0x80100065, 0, CARD_IN, EONAY_CARD_ERROR_UNRESPONSIVE },
    { 0x80100066, 0, CARD_IN, EONAY_CARD_ERROR_UNRESPONSIVE },
    { 0x80100067, 0, CARD_IN, EONAY_CARD_ERROR_RESET },
    { 0x80100068, 0, CARD_IN, EONAY_CARD_ERROR_RESET },
    { 0x80100069, 0, CARD_IN, EONAY_CARD_ERROR_REMOVED },
    { 0x8010000F, 0, CARD_IN, EONAY_CARD_ERROR_RESET },
    { 0x80100003, 0, CARD_IN, EONAY_CARD_ERROR_NO_SERVICE },
    { 0x80100013, 0, CARD_IN, EONAY_CARD_ERROR_UNRESPONSIVE },
    { 0x80100013, 0, SCARD_STATE_EMPTY, EONAY_CARD_ERROR_REMOVED },
    { 0x80100013, 0x8010001D, CARD_IN, EONAY_CARD_ERROR_NO_SERVICE },
    { 0x80100016, 0x80100009, CARD_IN, EONAY_CARD_ERROR_NO_READER },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (EonayTransport) transport = connect_transport ();
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) answer = NULL;

      service.transmit = (LONG) rows[i].code;
      service.status = (LONG) rows[i].status;
      service.event_state = rows[i].event_state;
      answer = eonay_transport_transmit (transport, (const guint8 *) "\0\xa4\0\0", 4, &error);
      g_assert_null (answer);
      g_assert_error (error, EONAY_CARD_ERROR, (int) rows[i].error);
      g_assert_cmpuint (service.transmits, ==, 1);
    }
}

/* What a card that is pulled while it works may look like: success, and not a byte. */
static void
test_empty_answer (void)
{
  const struct {
    guint32 status;
    DWORD event_state;
    EonayCardError error;
  } rows[] = {
    { 0, CARD_IN, EONAY_CARD_ERROR_PROTOCOL },
    { 0, SCARD_STATE_EMPTY, EONAY_CARD_ERROR_REMOVED },
    { 0x8010001D, CARD_IN, EONAY_CARD_ERROR_NO_SERVICE },
    { 0x80100009, CARD_IN, EONAY_CARD_ERROR_NO_READER },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (EonayTransport) transport = connect_transport ();
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) answer = NULL;

      service.answers_nothing = TRUE;
      service.status = (LONG) rows[i].status;
      service.event_state = rows[i].event_state;
      answer = eonay_transport_transmit (transport, (const guint8 *) "\0\xa4\0\0", 4, &error);
      service.answers_nothing = FALSE;
      g_assert_null (answer);
      g_assert_error (error, EONAY_CARD_ERROR, (int) rows[i].error);
      g_assert_cmpuint (service.transmits, ==, 1);
    }
}

static guint
insertion_at_next_connection (EonayTransport *transport, LONG code)
{
  g_autoptr (GError) error = NULL;

  eonay_transport_disconnect (transport, EONAY_DISPOSITION_LEAVE);
  service.connect = code;
  if (!eonay_transport_connect (transport, &error))
    return 0;

  return eonay_transport_get_insertion (transport);
}

static void
test_insertion (void)
{
  g_autoptr (EonayTransport) transport = connect_transport ();
  guint first = eonay_transport_get_insertion (transport);

  g_assert_cmpuint (insertion_at_next_connection (transport, SCARD_S_SUCCESS), ==, first);
  g_assert_cmpuint (insertion_at_next_connection (transport, (LONG) 0x8010000B), ==, 0);
  g_assert_cmpuint (insertion_at_next_connection (transport, SCARD_S_SUCCESS), ==, first);
  service.event_state = (DWORD) 5 << 16 | SCARD_STATE_PRESENT;
  g_assert_cmpuint (insertion_at_next_connection (transport, SCARD_S_SUCCESS), !=, first);

  /* A new service counts from the beginning, and reaches the same number. */
  service.event_state = CARD_IN;
  g_assert_cmpuint (service.contexts, ==, 1);
  g_assert_cmpuint (insertion_at_next_connection (transport, (LONG) 0x8010001D), !=, first);
  g_assert_cmpuint (service.contexts, ==, 2);
}

static void
test_awaits_release (void)
{
  g_autoptr (GPtrArray) slots =
      g_ptr_array_new_with_free_func ((GDestroyNotify) eonay_pcsc_slot_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (EonayPcscContext) context = eonay_pcsc_context_new (&error);
  EonayPcscSlot *slot = eonay_pcsc_slot_new ("Deneme 00");
  DWORD before;

  g_assert_no_error (error);
  g_ptr_array_add (slots, slot);
  memset (&service, 0, sizeof service);
  service.event_state = CARD_IN;
  g_assert_true (eonay_pcsc_context_wait (context, slots, &error));
  g_assert_true (service.timeout == INFINITE);
  g_assert_false (service.waited_from & SCARD_STATE_EXCLUSIVE);

  /* What the service may overlook is looked for, ever more seldom. */
  slot->awaits_release = TRUE;
  service.wait = SCARD_E_TIMEOUT;
  g_assert_true (eonay_pcsc_context_wait (context, slots, &error));
  g_assert_true (service.waited_from & SCARD_STATE_EXCLUSIVE);
  for (guint i = 0; i < 3; i++)
    {
      before = service.timeout;
      g_assert_true (eonay_pcsc_context_wait (context, slots, &error));
      g_assert_cmpuint (service.timeout, ==, 2 * before);
      g_assert_true (slot->awaits_release);
    }
  service.wait = SCARD_S_SUCCESS;
  service.event_state = CARD_IN | SCARD_STATE_EXCLUSIVE;
  g_assert_true (eonay_pcsc_context_wait (context, slots, &error));
  g_assert_true (slot->awaits_release);
  service.event_state = CARD_IN;
  g_assert_true (eonay_pcsc_context_wait (context, slots, &error));
  g_assert_false (slot->awaits_release);
  g_assert_true (eonay_pcsc_context_wait (context, slots, &error));
  g_assert_true (service.timeout == INFINITE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/card/pcsc-card/begin", test_begin);
  g_test_add_func ("/card/pcsc-card/begin-of-a-pulled-card", test_begin_of_a_pulled_card);
  g_test_add_func ("/card/pcsc-card/transmit", test_transmit);
  g_test_add_func ("/card/pcsc-card/empty-answer", test_empty_answer);
  g_test_add_func ("/card/pcsc-card/insertion", test_insertion);
  g_test_add_func ("/card/pcsc-card/awaits-release", test_awaits_release);

  return g_test_run ();
}
