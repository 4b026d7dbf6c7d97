#pragma once

#include "card/apdu/eonay-transport.h"
#include "card/pin/eonay-pin-format.h"

G_BEGIN_DECLS

/** Seconds that a person has for the first key, and then for the rest. */
#define EONAY_PIN_PAD_TIME_OUT 30

/**
 * Seconds that eonay_pin_pad_send() may block: old PIN, new PIN and the new PIN again, each with
 * both time-outs, and the card's own work. Readers that restart the time-out at each key [inferred]
 * stay within that during normal typing of a PIN.
 */
#define EONAY_PIN_PAD_LONGEST_WAIT (3 * 2 * EONAY_PIN_PAD_TIME_OUT + 20)

/**
 * EonayPinCommand: a command that carries PINs: what is presented, then what is set. A plain value.
 *
 * @presented: (nullable)
 * @set: (nullable)
 * @takes_unpadded: whether the card takes @presented without its padding just as well
 */
typedef struct {
  guint8 ins;
  guint8 p1;
  guint8 p2;
  const EonayPinFormat *presented;
  const EonayPinFormat *set;
  gboolean takes_unpadded;
} EonayPinCommand;

/**
 * EonayPinPad: a reader's keypad, if it has one: the person types the PIN there and the reader
 * itself puts it into the command (PC/SC part 10), so that it never passes through here.
 *
 * It can only type digits, and fill a block of at most 15 bytes: what a reader would make of a
 * longer one is a guess that could cost a try, so the host types then.
 *
 * Its capabilities may be read on any thread; the rest belongs to the reader's worker.
 */
#define EONAY_TYPE_PIN_PAD (eonay_pin_pad_get_type ())
G_DECLARE_FINAL_TYPE (EonayPinPad, eonay_pin_pad, EONAY, PIN_PAD, GObject)

/** Returns: (transfer full): a keypad without capabilities until eonay_pin_pad_ask() */
EonayPinPad *eonay_pin_pad_new (void);

/** Queries the reader's capabilities; only the first time, as they do not change. */
void eonay_pin_pad_ask (EonayPinPad *self, EonayTransport *transport);

/** Returns: whether the reader has the PINs of @command typed and puts them as the card wants */
gboolean eonay_pin_pad_can_send (EonayPinPad *self, const EonayPinCommand *command);

/**
 * eonay_pin_pad_send: has the person type, and the reader send; blocks for as long as that takes
 * @status: (out): the card's status word, or the reader's own: eonay_status_word_to_pin_pad_error()
 *
 * There is no portable way to stop it: only the person does, with the reader's cancel key.
 *
 * Returns: %FALSE if there was no answer; %EONAY_CARD_ERROR_PIN_PAD_REFUSED if the reader was not
 *   asked, as !eonay_pin_pad_can_send(), or does not do what it had promised: pcsc-lite has one
 *   code for that and for "unexpected", so that nobody knows whether the card has seen a PIN
 */
gboolean eonay_pin_pad_send (EonayPinPad *self, const EonayPinCommand *command,
                             EonayTransport *transport, guint16 *status, GError **error);

G_END_DECLS
