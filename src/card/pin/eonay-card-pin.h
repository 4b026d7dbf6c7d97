#pragma once

#include "card/apdu/eonay-transport.h"
#include "card/pin/eonay-pin-format.h"
#include "card/pin/eonay-pin-pad.h"
#include "card/token/eonay-token-request.h"

G_BEGIN_DECLS

/** How a card changes a PIN. */
typedef enum {
  EONAY_CHANGE_PLAIN,    /* old PIN and new PIN (ISO 7816-4, 11.5.7) */
  EONAY_CHANGE_MEASURED, /* as AKİS v1.x: P1 02, the reference without bit 8, and a byte with its
                            length before each PIN */
} EonayChangeStyle;

/** How a card unblocks a PIN (ISO 7816-4, 11.5.10). */
typedef enum {
  EONAY_UNBLOCK_WITH_PUK,  /* one command with PUK and new PIN */
  EONAY_UNBLOCK_AFTER_PUK, /* VERIFY of the PUK, then a command with the new PIN only */
} EonayUnblockStyle;

/**
 * EonayCardPinRules: rules of a PIN or PUK from the card's family and description.
 *
 * @reference: P2 of the commands
 * @change: how the PIN is changed
 * @unblock: how the PIN is unblocked
 * @may_ask: whether a VERIFY without content tells the tries left and costs none. Some cards
 *   count it as a wrong PIN, so it is only sent where it was seen to be harmless
 * @takes_unpadded: whether VERIFY also takes it without the padding that the description asks for
 * @only_on_host: whether it is never typed on a reader's keypad
 * @tries_max: -1 when unknown
 */
typedef struct {
  EonayPinRole role;
  guint8 reference;
  EonayPinFormat format;
  EonayChangeStyle change;
  EonayUnblockStyle unblock;
  gboolean may_ask;
  gboolean takes_unpadded;
  gboolean only_on_host;
  int tries_max;
} EonayCardPinRules;

/**
 * EonayCardPin: a PIN or PUK of a card: its rules, what is known of its tries, and the only code
 * that sends one to a card, or has a reader's keypad send it: where @request's secret is %NULL. What
 * the person did not type there has cost nothing, and the tries are as they were. Nothing here
 * sends the same PIN twice.
 *
 * The state may be read on any thread; the rest belongs to the reader's worker, within a
 * transaction, with whatever folder selected that the PIN lives in.
 */
typedef struct _EonayCardPin EonayCardPin;

EonayCardPin *eonay_card_pin_new (const EonayCardPinRules *rules);
void eonay_card_pin_free (EonayCardPin *self);

void eonay_card_pin_get_state (EonayCardPin *self, EonayPinState *state);

/**
 * Returns: whether the card accepts @secret, by length and characters; else
 *   %EONAY_CARD_ERROR_PIN_LENGTH or _PUK_LENGTH. Without @secret (it is typed on the reader) %TRUE
 */
gboolean eonay_card_pin_check (const EonayCardPin *self, const EonaySecret *secret, GError **error);

/** Returns: whether @pad can have the PIN typed and presented, for instance to sign */
gboolean eonay_card_pin_fits_pad (const EonayCardPin *self, EonayPinPad *pad);

/** Returns: whether @pad can have @presented, the PIN itself or its PUK, and a new PIN typed */
gboolean eonay_card_pin_change_fits_pad (const EonayCardPin *self, const EonayCardPin *presented,
                                         EonayPinPad *pad);

/** Asks for the tries left, if that is harmless. Returns: %FALSE if the transport failed */
gboolean eonay_card_pin_ask (EonayCardPin *self, EonayTransport *transport, GError **error);

/**
 * eonay_card_pin_verify: VERIFY (11.5.6) with @request's secret. As everything here that presents
 *   one: only if @request's consent covers what the card says right before it
 *   (eonay_pin_consent_check())
 * @keep: whether the secret outlives an accepted VERIFY, because @request goes on with the same key
 */
gboolean eonay_card_pin_verify (EonayCardPin *self, EonayTransport *transport,
                                EonayTokenRequest *request, gboolean keep, GError **error);

/**
 * eonay_card_pin_change: CHANGE REFERENCE DATA (11.5.7) from @request's secret to its new PIN. Whoever
 *   gives up waiting after that does not know which of the two holds: once the new PIN has gone out,
 *   %EONAY_PIN_TRY_ACCEPTED only stands where the card has refused it
 */
gboolean eonay_card_pin_change (EonayCardPin *self, EonayTransport *transport,
                                EonayTokenRequest *request, GError **error);

/** RESET RETRY COUNTER (11.5.10) with @request's secret, the PUK, to its new PIN. */
gboolean eonay_card_pin_unblock (EonayCardPin *self, EonayCardPin *puk, EonayTransport *transport,
                                 EonayTokenRequest *request, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayCardPin, eonay_card_pin_free)

G_END_DECLS
