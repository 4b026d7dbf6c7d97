#include "card/pcsc/eonay-pcsc.h"

#include <string.h>
#include <winscard.h>

#include "base/eonay-error.h"

#define NEW_READERS "\\\\?PnP?\\Notification"
#define COUNTER_SHIFT 16
#define ANSWER_MAX (65536 + 2)

/* SCARD_E_UNSUPPORTED_FEATURE as Windows has it; pcsc-lite's may be SCARD_E_UNEXPECTED's. */
#define UNSUPPORTED 0x80100022u

#define STATUS_WORD 2 /* bytes */
/* The service notices a pulled card a moment after a command has failed. */
#define REMOVAL_NOTICE_MS 1500

#define FIRST_LOOK_MS 500
#define LOOKS_MAX 6

struct _EonayPcscContext {
  SCARDCONTEXT handle;
};

struct _EonayPcscCard {
  EonayPcscContext *context;
  char *reader;
  SCARDHANDLE handle;
  DWORD protocol;
  GBytes *atr;
  guint swaps;
  guint8 answer[ANSWER_MAX];
};

/* Without the type that winscard.h gives its codes, which is signed and of the machine's width. */
#define CODE(code_) ((guint32) (code_))

static const struct {
  guint32 code;
  EonayCardError error;
} codes[] = {
  { CODE (SCARD_E_NO_SERVICE), EONAY_CARD_ERROR_NO_SERVICE },
  { CODE (SCARD_E_SERVICE_STOPPED), EONAY_CARD_ERROR_NO_SERVICE },
  { CODE (SCARD_E_INVALID_HANDLE), EONAY_CARD_ERROR_NO_SERVICE },
  { CODE (SCARD_W_SECURITY_VIOLATION), EONAY_CARD_ERROR_ACCESS_DENIED },
  { CODE (SCARD_E_NO_ACCESS), EONAY_CARD_ERROR_ACCESS_DENIED },
  { CODE (SCARD_E_UNKNOWN_READER), EONAY_CARD_ERROR_NO_READER },
  { CODE (SCARD_E_READER_UNAVAILABLE), EONAY_CARD_ERROR_NO_READER },
  { CODE (SCARD_E_NO_READERS_AVAILABLE), EONAY_CARD_ERROR_NO_READER },
  { CODE (SCARD_E_NO_SMARTCARD), EONAY_CARD_ERROR_NO_CARD },
  { CODE (SCARD_W_REMOVED_CARD), EONAY_CARD_ERROR_REMOVED },
  { CODE (SCARD_W_RESET_CARD), EONAY_CARD_ERROR_RESET },
  /* By another program, or while the computer slept; to power it again is a reset. */
  { CODE (SCARD_W_UNPOWERED_CARD), EONAY_CARD_ERROR_RESET },
  { CODE (SCARD_E_SHARING_VIOLATION), EONAY_CARD_ERROR_BUSY },
  { CODE (SCARD_W_UNRESPONSIVE_CARD), EONAY_CARD_ERROR_UNRESPONSIVE },
  { CODE (SCARD_W_UNSUPPORTED_CARD), EONAY_CARD_ERROR_UNRESPONSIVE },
  { CODE (SCARD_E_PROTO_MISMATCH), EONAY_CARD_ERROR_UNRESPONSIVE },
  { CODE (SCARD_E_NOT_TRANSACTED), EONAY_CARD_ERROR_UNRESPONSIVE },
  { CODE (SCARD_E_NOT_READY), EONAY_CARD_ERROR_UNRESPONSIVE },
  { CODE (SCARD_E_TIMEOUT), EONAY_CARD_ERROR_UNRESPONSIVE },
  { CODE (SCARD_F_COMM_ERROR), EONAY_CARD_ERROR_UNRESPONSIVE },
};

GError *
eonay_pcsc_error_new (glong code, const char *what)
{
  EonayCardError error = EONAY_CARD_ERROR_FAILED;

  if (CODE (code) == CODE (SCARD_S_SUCCESS))
    return NULL;
  if (CODE (code) == CODE (SCARD_E_CANCELLED))
    return g_error_new (G_IO_ERROR, G_IO_ERROR_CANCELLED, "%s: cancelled", what);

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (codes[i].code == CODE (code))
      error = codes[i].error;

  return g_error_new (EONAY_CARD_ERROR, error, "%s: %08X", what, CODE (code));
}

static gboolean
check (LONG code, const char *what, GError **error)
{
  GError *local = eonay_pcsc_error_new (code, what);

  if (local == NULL)
    return TRUE;

  g_propagate_error (error, local);

  return FALSE;
}

EonayPcscSlot *
eonay_pcsc_slot_new (const char *name)
{
  EonayPcscSlot *self = g_new0 (EonayPcscSlot, 1);

  self->name = g_strdup (name);

  return self;
}

void
eonay_pcsc_slot_free (EonayPcscSlot *self)
{
  g_free (self->name);
  g_free (self);
}

EonayPcscContext *
eonay_pcsc_context_new (GError **error)
{
  SCARDCONTEXT handle;
  EonayPcscContext *self;
  LONG code = SCardEstablishContext (SCARD_SCOPE_SYSTEM, NULL, NULL, &handle);

  /* A service that answers, but not in our version of its protocol. */
  if (CODE (code) == CODE (SCARD_E_SERVICE_STOPPED))
    {
      g_set_error_literal (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_SERVICE_MISMATCH,
                           "The PC/SC service speaks another protocol version");
      return NULL;
    }
  if (!check (code, "SCardEstablishContext", error))
    return NULL;

  self = g_new0 (EonayPcscContext, 1);
  self->handle = handle;

  return self;
}

void
eonay_pcsc_context_free (EonayPcscContext *self)
{
  if (self == NULL)
    return;

  SCardReleaseContext (self->handle);
  g_free (self);
}

void
eonay_pcsc_context_cancel (EonayPcscContext *self)
{
  SCardCancel (self->handle);
}

GStrv
eonay_pcsc_context_list (EonayPcscContext *self, GError **error)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  char *text = NULL;
  DWORD length = SCARD_AUTOALLOCATE;
  /* One call, so that no reader can come between the length and the list. */
  LONG code = SCardListReaders (self->handle, NULL, (LPSTR) &text, &length);

  if (CODE (code) == CODE (SCARD_E_NO_READERS_AVAILABLE))
    return g_strv_builder_end (names);
  if (!check (code, "SCardListReaders", error))
    return NULL;

  for (const char *name = text; *name != '\0'; name += strlen (name) + 1)
    g_strv_builder_add (names, name);
  SCardFreeMemory (self->handle, text);

  return g_strv_builder_end (names);
}

gboolean
eonay_pcsc_context_look (EonayPcscContext *self, const char *reader, EonayPcscLook *look,
                         GError **error)
{
  SCARD_READERSTATE state = { .szReader = reader };

  if (!check (SCardGetStatusChange (self->handle, 0, &state, 1), "SCardGetStatusChange", error))
    return FALSE;

  look->has_card = (state.dwEventState & SCARD_STATE_PRESENT) != 0;
  look->is_mute = (state.dwEventState & SCARD_STATE_MUTE) != 0;
  look->atr_length = MIN (state.cbAtr, sizeof look->atr);
  memcpy (look->atr, state.rgbAtr, look->atr_length);

  return TRUE;
}

/*
 * The service overlooks a hold that begins and ends between two of its own looks at the reader, and
 * then tells nothing of the end: so there is another look, each time after twice as long.
 */
static DWORD
get_timeout (GPtrArray *slots)
{
  DWORD timeout = INFINITE;

  for (guint i = 0; i < slots->len; i++)
    {
      const EonayPcscSlot *slot = g_ptr_array_index (slots, i);

      if (slot->awaits_release)
        timeout = MIN (timeout, (DWORD) FIRST_LOOK_MS << MIN (slot->looks, LOOKS_MAX));
    }

  return timeout;
}

static void
count_looks (GPtrArray *slots)
{
  for (guint i = 0; i < slots->len; i++)
    ((EonayPcscSlot *) g_ptr_array_index (slots, i))->looks++;
}

gboolean
eonay_pcsc_context_wait (EonayPcscContext *self, GPtrArray *slots, GError **error)
{
  g_autofree SCARD_READERSTATE *states = g_new0 (SCARD_READERSTATE, slots->len + 1);
  LONG code;

  for (guint i = 0; i < slots->len; i++)
    {
      const EonayPcscSlot *slot = g_ptr_array_index (slots, i);

      states[i].szReader = slot->name;
      states[i].dwCurrentState = slot->state;
      /* The service tells nobody of a hold, but of its end those who know of it. */
      if (slot->awaits_release)
        states[i].dwCurrentState |= SCARD_STATE_EXCLUSIVE;
    }
  states[slots->len].szReader = NEW_READERS;
  states[slots->len].dwCurrentState = (DWORD) slots->len << COUNTER_SHIFT;

  code = SCardGetStatusChange (self->handle, get_timeout (slots), states, slots->len + 1);
  if (CODE (code) == CODE (SCARD_E_TIMEOUT))
    {
      count_looks (slots);
      return TRUE;
    }
  if (CODE (code) == CODE (SCARD_E_UNKNOWN_READER) ||
      CODE (code) == CODE (SCARD_E_READER_UNAVAILABLE))
    return TRUE;
  if (!check (code, "SCardGetStatusChange", error))
    return FALSE;

  for (guint i = 0; i < slots->len; i++)
    {
      EonayPcscSlot *slot = g_ptr_array_index (slots, i);

      slot->state = states[i].dwEventState & ~(DWORD) SCARD_STATE_CHANGED;
      if ((slot->state & SCARD_STATE_EXCLUSIVE) == 0)
        slot->awaits_release = FALSE;
      slot->has_card = (states[i].dwEventState & SCARD_STATE_PRESENT) != 0;
      slot->swaps = (guint) (states[i].dwEventState >> COUNTER_SHIFT);
    }

  return TRUE;
}

static void
learn_atr (EonayPcscCard *self)
{
  guint8 atr[MAX_ATR_SIZE];
  DWORD length = sizeof atr;

  g_clear_pointer (&self->atr, g_bytes_unref);
  if (SCardStatus (self->handle, NULL, NULL, NULL, NULL, atr, &length) != SCARD_S_SUCCESS)
    length = 0;
  self->atr = g_bytes_new (atr, length);
}

/* After the connection: if the card is swapped in between, that is what notices it. */
static void
learn_swaps (EonayPcscCard *self)
{
  SCARD_READERSTATE state = { .szReader = self->reader };

  if (SCardGetStatusChange (self->context->handle, 0, &state, 1) == SCARD_S_SUCCESS)
    self->swaps = (guint) (state.dwEventState >> COUNTER_SHIFT);
}

EonayPcscCard *
eonay_pcsc_card_connect (EonayPcscContext *context, const char *reader, GError **error)
{
  EonayPcscCard *self;
  SCARDHANDLE handle;
  DWORD protocol;

  if (!check (SCardConnect (context->handle, reader, SCARD_SHARE_SHARED,
                            SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1, &handle, &protocol),
              "SCardConnect", error))
    return NULL;

  self = g_new0 (EonayPcscCard, 1);
  self->context = context;
  self->reader = g_strdup (reader);
  self->handle = handle;
  self->protocol = protocol;
  learn_atr (self);
  learn_swaps (self);

  return self;
}

void
eonay_pcsc_card_disconnect (EonayPcscCard *self, EonayDisposition disposition)
{
  SCardDisconnect (self->handle,
                   disposition == EONAY_DISPOSITION_RESET ? SCARD_RESET_CARD : SCARD_LEAVE_CARD);
  g_bytes_unref (self->atr);
  g_free (self->reader);
  g_free (self);
}

gboolean
eonay_pcsc_card_begin (EonayPcscCard *self, GError **error)
{
  LONG code = SCardBeginTransaction (self->handle);
  g_autoptr (GError) local = NULL;

  if ((CODE (code) == CODE (SCARD_W_RESET_CARD) || CODE (code) == CODE (SCARD_W_UNPOWERED_CARD)) &&
      check (SCardReconnect (self->handle, SCARD_SHARE_SHARED,
                             SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1, SCARD_LEAVE_CARD,
                             &self->protocol),
             "SCardReconnect", &local))
    learn_atr (self);
  else if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  return check (code, "SCardBeginTransaction", error);
}

gboolean
eonay_pcsc_card_end (EonayPcscCard *self, EonayDisposition disposition, GError **error)
{
  return check (SCardEndTransaction (self->handle, disposition == EONAY_DISPOSITION_RESET
                                                       ? SCARD_RESET_CARD
                                                       : SCARD_LEAVE_CARD),
                "SCardEndTransaction", error);
}

/* What is to blame for a command without an answer, if it is not the card. */
static GError *
find_service_error (EonayPcscCard *self)
{
  SCARD_READERSTATE state = { .szReader = self->reader };
  LONG code = SCardGetStatusChange (self->context->handle, 0, &state, 1);

  return eonay_pcsc_error_new (code, "SCardGetStatusChange");
}

static gboolean
was_pulled (EonayPcscCard *self)
{
  SCARD_READERSTATE state = { .szReader = self->reader };

  if (SCardGetStatusChange (self->context->handle, 0, &state, 1) != SCARD_S_SUCCESS)
    return FALSE;
  if ((state.dwEventState & SCARD_STATE_PRESENT) == 0)
    return TRUE;

  state.dwCurrentState = state.dwEventState & ~(DWORD) SCARD_STATE_CHANGED;

  return SCardGetStatusChange (self->context->handle, REMOVAL_NOTICE_MS, &state, 1) ==
             SCARD_S_SUCCESS &&
         (state.dwEventState & SCARD_STATE_PRESENT) == 0;
}

/* @error: (transfer full) */
static GError *
explain_failure (EonayPcscCard *self, GError *error)
{
  g_autoptr (GError) own = error;
  GError *better = NULL;

  if (!g_error_matches (own, EONAY_CARD_ERROR, EONAY_CARD_ERROR_UNRESPONSIVE) &&
      !g_error_matches (own, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PROTOCOL))
    return g_steal_pointer (&own);

  better = find_service_error (self);
  if (better == NULL && was_pulled (self))
    better = g_error_new (EONAY_CARD_ERROR, EONAY_CARD_ERROR_REMOVED, "%s, and the card is gone",
                          own->message);

  return better != NULL ? better : g_steal_pointer (&own);
}

/*
 * Some readers have an empty answer for a card that is pulled while it works.
 *
 * Returns: (transfer full) (nullable): the answer, of @least bytes, if @code is success
 */
static GBytes *
take_answer (EonayPcscCard *self, LONG code, DWORD length, DWORD least, const char *what,
             GError **error)
{
  g_autoptr (GError) local = eonay_pcsc_error_new (code, what);

  if (local == NULL && length >= least)
    return g_bytes_new (self->answer, length);
  if (local == NULL)
    local = g_error_new (EONAY_CARD_ERROR, EONAY_CARD_ERROR_PROTOCOL,
                         "%s: an answer without a status word", what);

  g_propagate_error (error, explain_failure (self, g_steal_pointer (&local)));

  return NULL;
}

GBytes *
eonay_pcsc_card_transmit (EonayPcscCard *self, const guint8 *command, gsize length, GError **error)
{
  const SCARD_IO_REQUEST *request = self->protocol == SCARD_PROTOCOL_T0 ? SCARD_PCI_T0
                                                                        : SCARD_PCI_T1;
  DWORD answer_length = sizeof self->answer;
  LONG code = SCardTransmit (self->handle, request, command, length, NULL, self->answer,
                             &answer_length);

  /* The protocol was agreed with the connection: only a reset since has undone that. */
  if (CODE (code) == CODE (SCARD_E_PROTO_MISMATCH))
    code = SCARD_W_RESET_CARD;

  return take_answer (self, code, answer_length, STATUS_WORD, "SCardTransmit", error);
}

GBytes *
eonay_pcsc_card_control (EonayPcscCard *self, guint32 code, const guint8 *in, gsize in_length,
                         GError **error)
{
  DWORD answer_length = 0;
  LONG result = SCardControl (self->handle, code, in, in_length, self->answer, sizeof self->answer,
                              &answer_length);

  if (CODE (result) != CODE (SCARD_E_UNSUPPORTED_FEATURE) && CODE (result) != UNSUPPORTED)
    return take_answer (self, result, answer_length, 0, "SCardControl", error);

  /* To a command the same code means "unexpected", so that the table has nothing to say. */
  g_set_error (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PIN_PAD_REFUSED, "SCardControl: %08X",
               CODE (result));

  return NULL;
}

GBytes *
eonay_pcsc_card_get_atr (EonayPcscCard *self)
{
  return self->atr;
}

EonayProtocol
eonay_pcsc_card_get_protocol (EonayPcscCard *self)
{
  return self->protocol == SCARD_PROTOCOL_T0 ? EONAY_PROTOCOL_T0 : EONAY_PROTOCOL_T1;
}

guint
eonay_pcsc_card_get_swaps (EonayPcscCard *self)
{
  return self->swaps;
}
