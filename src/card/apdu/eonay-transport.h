#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** ISO 7816-3 transmission protocol agreed with the card. */
typedef enum {
  EONAY_PROTOCOL_NONE,
  EONAY_PROTOCOL_T0,
  EONAY_PROTOCOL_T1,
} EonayProtocol;

/** What is done with the card at the end of a transaction or connection. */
typedef enum {
  EONAY_DISPOSITION_LEAVE,
  EONAY_DISPOSITION_RESET, /* after a PIN was verified: no other program inherits the login */
} EonayDisposition;

/** The longest command: extended header (7), data (65535), extended Le (2). */
#define EONAY_COMMAND_MAX (7 + 65535 + 2)

/**
 * EonayTransport: a connection to one slot: bytes to a card and back.
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

/** Disconnects from the card. No effect if not connected. */
void eonay_transport_disconnect (EonayTransport *self, EonayDisposition disposition);

/**
 * eonay_transport_begin:
 *
 * Locks other programs out until eonay_transport_end(). Keep it short: they block.
 * %EONAY_CARD_ERROR_RESET means that the card was reset by another program before the begin and
 * that the transport has reconnected: whatever was selected or verified is gone, and the caller may
 * begin again.
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
 * eonay_transport_control: sends a control to the reader itself (PC/SC's SCardControl), once
 * connected
 * @code: the control code; see #EonayReaderFeatures
 * @in: (array length=in_length) (nullable): never a PIN
 *
 * May block for as long as a person types: see %EONAY_PIN_PAD_LONGEST_WAIT.
 *
 * Returns: (transfer full): the reader's answer, may be empty; %EONAY_CARD_ERROR_PIN_PAD_REFUSED if
 *   the reader does not support it
 */
GBytes *eonay_transport_control (EonayTransport *self, guint32 code, const guint8 *in,
                                 gsize in_length, GError **error);

/** Returns: whether the reader supports commands of extended length, as far as it reports that */
gboolean eonay_transport_takes_extended (EonayTransport *self);

/**
 * eonay_transport_get_insertion:
 *
 * Returns: a number that differs for each insertion, even of the same card; once connected. Always
 *   0 for a transport without this feature
 */
guint eonay_transport_get_insertion (EonayTransport *self);

/**
 * EonayTransportWatch: records the activity of the transports of one thread, for a watchdog on
 * another.
 *
 * @touched_at: atomic: when a call last started or returned, as eonay_transport_watch_now()
 * @waiting: atomic: whether it waits for another program to release the card
 */
typedef struct {
  int touched_at;
  int waiting;
} EonayTransportWatch;

/** @watch: updated by the calling thread from now on; must outlive it */
void eonay_transport_watch_this_thread (EonayTransportWatch *watch);

/** Any thread. */
void eonay_transport_watch_touch (EonayTransportWatch *watch);

/** Returns: milliseconds of a clock that stops while the computer sleeps; they wrap */
guint eonay_transport_watch_now (void);

G_END_DECLS
