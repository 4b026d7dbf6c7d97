#pragma once

#include "card/token/eonay-pin-consent.h"
#include "card/token/eonay-pin-state.h"

G_BEGIN_DECLS

/** How a PIN or PUK is doing. */
typedef enum {
  EONAY_TRIES_UNKNOWN,
  EONAY_TRIES_FINE,
  EONAY_TRIES_LAST, /* a wrong one blocks it */
  EONAY_TRIES_BLOCKED,
} EonayTries;

EonayTries eonay_tries_of (const EonayPinState *state);

/**
 * Returns: (transfer full): where there is room: "Tries left: 3 of 3", "Last try! Tries left: 1 of 3",
 *   "Blocked", or that the card does not tell
 */
char *eonay_tries_words (const EonayPinState *state);

/** Returns: (transfer full): in a line of others: "3 of 3 tries left", "blocked", "tries left unknown" */
char *eonay_tries_words_short (const EonayPinState *state);

/**
 * Returns: (transfer full): to whoever types the PIN, how many wrong ones in a row block it; "" once a
 *   try is spent, or where that is not known of the card
 */
char *eonay_tries_describe_limit (const EonayPinState *state);

/** Returns: (transfer full): to whoever types it: "Tries left: 3", "Last try! …"; "" when unknown */
char *eonay_tries_describe (EonayPinRole role, int tries_left);

G_END_DECLS
