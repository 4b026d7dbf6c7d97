#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** The kind of a token's secret. */
typedef enum {
  EONAY_PIN_ROLE_PIN,
  EONAY_PIN_ROLE_PUK, /* unblocks the PIN */
} EonayPinRole;

/**
 * EonayPinState: what is known of a PIN or PUK.
 *
 * @known: whether the token could be asked without spending a try
 * @tries_left: -1 when unknown
 * @tries_max: -1 when unknown
 * @blocked: no try is left
 * @low: wrong ones were given since the last right one (CKF_USER_PIN_COUNT_LOW), of a token that
 *   does not count for others
 * @askable: whether the token can be asked for the tries left without spending one
 * @pin: a number of this PIN or PUK, of this insertion of the card, within the process; 0 of none
 * @answer: a number of the token's answer that all this was learnt from, within the process; 0 when
 *   it has not told yet, or a PIN was sent since and its answer never came
 * @min_length: characters; what the token's own description says, at least 1
 * @max_length: characters
 * @numeric: only digits are allowed
 * @absent: the card tells of no such PIN or PUK, so that nothing else here is known
 */
typedef struct {
  gboolean known;
  int tries_left;
  int tries_max;
  gboolean blocked;
  gboolean low;
  gboolean askable;
  guint pin;
  guint answer;
  guint min_length;
  guint max_length;
  gboolean numeric;
  gboolean absent;
} EonayPinState;

/** Returns: whether the tries left can be known without spending one, and are not yet */
static inline gboolean
eonay_pin_state_is_pending (const EonayPinState *self)
{
  return self->askable && self->answer == 0;
}

G_END_DECLS
