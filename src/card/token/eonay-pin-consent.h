#pragma once

#include "card/token/eonay-pin-state.h"

G_BEGIN_DECLS

/**
 * EonayPinConsent: what a person was shown of a PIN or PUK when they gave it, and what they agreed
 * to. It goes with the request, and the one function that sends the PIN compares it with what the
 * card says at that moment, within the same transaction (eonay_pin_consent_check()). Through a
 * PKCS#11 module it is compared right before the login, in the same session: a module offers no
 * transaction that keeps other programs out.
 *
 * @pin: whose tries were shown: %EonayPinState.pin; 0 when nothing was shown
 * @answer: the answer of the card that told them: %EonayPinState.answer; 0 when none had come yet
 * @tries_left: what was shown; -1 for "not known"
 * @low: it was shown that wrong ones were given since the last right one
 * @last_try: it was shown that one try is left, and the person said yes to using it
 *
 * Only a state that is on the screen may become one: read it once, show it, and carry that.
 */
typedef struct {
  guint pin;
  guint answer;
  int tries_left;
  gboolean low;
  gboolean last_try;
} EonayPinConsent;

/** Nothing was shown: no PIN is sent with it. */
#define EONAY_PIN_CONSENT_NONE ((EonayPinConsent){ .tries_left = -1 })

/**
 * eonay_pin_consent_new:
 * @shown: what the person was shown
 * @last_try: whether the person agreed to use the last try; counts only if @shown says that one is
 *   left
 */
EonayPinConsent eonay_pin_consent_new (const EonayPinState *shown, gboolean last_try);

/**
 * eonay_pin_consent_check:
 * @now: of a token that can be asked, what it has just said, in the transaction that the PIN is to
 *   be sent in; of another one, what it said last
 * @role: what @now is the state of
 * @accepted: whether the card has taken this very PIN as right in this transaction: nothing is at
 *   stake any more when it wants it again
 *
 * Which differences matter:
 *
 *     now                      sent if the person was shown
 *     no try left              never
 *     one left                 one left, and agreed to use it
 *     more than one left       any count of this PIN, or that the card does not tell it
 *     asked, and not told      that the card does not tell it
 *     wrong ones given lately  that (@low)
 *     cannot be asked          exactly what is last known: the same answer
 *
 * A count that has fallen, but not to one, is no danger: a wrong PIN tells the rest. A count that
 * was shown before the card had told any, or of another PIN, counts as not shown.
 *
 * Returns: whether the PIN may be sent; else %FALSE with an error that says that it was not:
 *   %EONAY_CARD_ERROR_LAST_TRY, %EONAY_CARD_ERROR_TRIES_NOT_SHOWN, or that of a blocked PIN or PUK
 */
gboolean eonay_pin_consent_check (const EonayPinConsent *self, const EonayPinState *now,
                                  EonayPinRole role, gboolean accepted, GError **error);

/** Returns: a number that is unique in the process; any thread */
guint eonay_pin_consent_next_number (void);

G_END_DECLS
