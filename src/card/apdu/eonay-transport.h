#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** ISO 7816-3 transmission protocol agreed with the card. */
typedef enum {
  EONAY_PROTOCOL_NONE,
  EONAY_PROTOCOL_T0,
  EONAY_PROTOCOL_T1,
} EonayProtocol;

/** What becomes of the card when a transaction or connection ends. */
typedef enum {
  EONAY_DISPOSITION_LEAVE,
  EONAY_DISPOSITION_RESET, /* after a PIN was verified: no other program inherits the login */
} EonayDisposition;

/** The longest command: extended header (7), data (65535), extended Le (2). */
#define EONAY_COMMAND_MAX (7 + 65535 + 2)

/**
 * EonayTransport: one slot, downward: bytes to a card and back.
 *
 * Every call blocks and belongs to one thread, the worker of its reader (see #EonayReader);
 * the transport is created on that thread's behalf and used nowhere else. Errors are of
 * %EONAY_CARD_ERROR.
 */
#define EONAY_TYPE_TRANSPORT (eonay_transport_get_type ())
G_DECLARE_INTERFACE (EonayTransport, eonay_transport, EONAY, TRANSPORT, GObject)

struct _EonayTransportInterface {
  GTypeInterface parent_iface;

  gboolean (*connect) (EonayTransport *self, GError **error);
  void (*disconnect) (EonayTransport *self, EonayDisposition disposition);
  gboolean (*begin) (EonayTransport *self, GError **error);
  gboolean (*end) (EonayTransport *self, EonayDisposition disposition, GError **error);
  GBytes *(*transmit) (EonayTransport *self, const guint8 *command, gsize length, GError **error);
  GBytes *(*get_atr) (EonayTransport *self);
  EonayProtocol (*get_protocol) (EonayTransport *self);
  GBytes *(*control) (EonayTransport *self, guint32 code, const guint8 *in, gsize in_length,
                      GError **error);
  gboolean (*takes_extended) (EonayTransport *self);
  guint (*get_insertion) (EonayTransport *self); /* may be NULL */
};

/** Powers the card up (shared with other programs); afterwards ATR and protocol are known. */
gboolean eonay_transport_connect (EonayTransport *self, GError **error);

/** Lets the card go. Harmless when not connected. */
void eonay_transport_disconnect (EonayTransport *self, EonayDisposition disposition);

/**
 * eonay_transport_begin:
 *
 * Keeps other programs off the card until eonay_transport_end(). Hold it briefly: they block.
 * %EONAY_CARD_ERROR_RESET means that the card was reset by another program before the begin and
 * that the transport has reconnected: whatever was selected or verified is gone, and the caller
 * may begin again.
 */
gboolean eonay_transport_begin (EonayTransport *self, GError **error);
gboolean eonay_transport_end (EonayTransport *self, EonayDisposition disposition, GError **error);

/**
 * eonay_transport_transmit:
 * @command: (array length=length): one command APDU; may hold a PIN, so it is never logged,
 *   copied or kept by an implementation
 *
 * Returns: (transfer full): the response APDU, data and status word, at least 2 bytes
 */
GBytes *eonay_transport_transmit (EonayTransport *self, const guint8 *command, gsize length,
                                  GError **error);

/** Returns: (transfer full) (nullable): the answer to reset, once connected */
GBytes *eonay_transport_get_atr (EonayTransport *self);

EonayProtocol eonay_transport_get_protocol (EonayTransport *self);

/**
 * eonay_transport_control: something for the reader itself (PC/SC's SCardControl), once connected
 * @code: what; see #EonayReaderFeatures
 * @in: (array length=in_length) (nullable): never a PIN
 *
 * May block for as long as a person types: see %EONAY_PIN_PAD_LONGEST_WAIT.
 *
 * Returns: (transfer full): the reader's answer, perhaps empty; %EONAY_CARD_ERROR_PIN_PAD_REFUSED
 *   where the reader knows no such thing
 */
GBytes *eonay_transport_control (EonayTransport *self, guint32 code, const guint8 *in,
                                 gsize in_length, GError **error);

/** Returns: whether the reader carries commands of extended length, as far as it says */
gboolean eonay_transport_takes_extended (EonayTransport *self);

/**
 * eonay_transport_get_insertion:
 *
 * Returns: a number that is another one each time that a card is put in, even if it is the same
 *   card again; once connected. 0 always, from a transport that cannot tell
 */
guint eonay_transport_get_insertion (EonayTransport *self);

/**
 * EonayTransportWatch: the signs of life of the transports that one thread uses, for another that
 * watches over it.
 *
 * @touched_at: atomic: when a call last began or returned, as eonay_transport_watch_now()
 * @waiting: atomic: whether it waits for another program to let the card go
 */
typedef struct {
  int touched_at;
  int waiting;
} EonayTransportWatch;

/** @watch: kept up to date by the calling thread from now on; outlives it */
void eonay_transport_watch_this_thread (EonayTransportWatch *watch);

/** Any thread. */
void eonay_transport_watch_touch (EonayTransportWatch *watch);

/** Returns: milliseconds of a clock that stands still while the computer sleeps; they wrap */
guint eonay_transport_watch_now (void);

G_END_DECLS
