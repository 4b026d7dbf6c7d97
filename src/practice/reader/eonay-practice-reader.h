#pragma once

#include "card/apdu/eonay-transport.h"
#include "practice/card/eonay-practice-card.h"

G_BEGIN_DECLS

/**
 * EonayPracticeReader: the practice reader's connection with its card, shared by the slot source on
 * the main thread and the transports on workers. Thread-safe.
 *
 * Behaves as PC/SC does: a removed card ends its connections (%EONAY_CARD_ERROR_REMOVED), a reset
 * by another connection returns %EONAY_CARD_ERROR_RESET, and a transaction blocks the others.
 */
#define EONAY_TYPE_PRACTICE_READER (eonay_practice_reader_get_type ())
G_DECLARE_FINAL_TYPE (EonayPracticeReader, eonay_practice_reader, EONAY, PRACTICE_READER, GObject)

/** @object: as passed to eonay_practice_reader_listen() */
typedef void (*EonayPracticeReaderPulled) (gpointer object);

EonayPracticeReader *eonay_practice_reader_new (void);

/**
 * eonay_practice_reader_listen:
 * @context: (nullable): where @pulled is called; %NULL ends listening
 * @object: not kept alive; nothing is called once it is gone
 *
 * Has @pulled called when a command pulls the card: eonay_practice_reader_pull_at().
 */
void eonay_practice_reader_listen (EonayPracticeReader *self, GMainContext *context,
                                   EonayPracticeReaderPulled pulled, gpointer object);

void eonay_practice_reader_set_card (EonayPracticeReader *self, EonayPracticeCard *card);

/** Returns: (transfer full) (nullable) */
EonayPracticeCard *eonay_practice_reader_get_card (EonayPracticeReader *self);

void eonay_practice_reader_set_delay (EonayPracticeReader *self, guint milliseconds);
void eonay_practice_reader_pull_at (EonayPracticeReader *self, guint n);
void eonay_practice_reader_hold_at (EonayPracticeReader *self, guint n);
void eonay_practice_reader_spoil_at (EonayPracticeReader *self, guint n);
gboolean eonay_practice_reader_holds (EonayPracticeReader *self);
guint eonay_practice_reader_get_pins (EonayPracticeReader *self);
void eonay_practice_reader_get_traffic (EonayPracticeReader *self, guint *commands, gsize *bytes);

/** Returns: (transfer full): a transport to it, not connected */
EonayTransport *eonay_practice_reader_open (EonayPracticeReader *self);

/**
 * EonayPracticeContact: a transport's connection to the card. A plain value.
 *
 * @card: (transfer full) (nullable): %NULL when not connected
 * @insertion: the number of the insertion
 * @n_resets: the card's count of resets when the transport last used it
 */
typedef struct {
  EonayPracticeCard *card;
  guint insertion;
  guint n_resets;
} EonayPracticeContact;

/* For transports; each implements the function of EonayTransport of that name. */
gboolean eonay_practice_reader_connect (EonayPracticeReader *self, EonayPracticeContact *contact,
                                        GError **error);
void eonay_practice_reader_disconnect (EonayPracticeReader *self, EonayPracticeContact *contact,
                                       EonayDisposition disposition);
gboolean eonay_practice_reader_begin (EonayPracticeReader *self, EonayPracticeContact *contact,
                                      GError **error);
gboolean eonay_practice_reader_end (EonayPracticeReader *self, EonayPracticeContact *contact,
                                    EonayDisposition disposition, GError **error);
GBytes *eonay_practice_reader_transmit (EonayPracticeReader *self, EonayPracticeContact *contact,
                                        const guint8 *command, gsize length, GError **error);

G_END_DECLS
