#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define EONAY_PRACTICE_PIN_MIN 6
#define EONAY_PRACTICE_PIN_MAX 16 /* also its stored length, padded with 00 */
#define EONAY_PRACTICE_PIN_TRIES 3

/**
 * EonayPracticePin: a PIN or PUK of the card with its retry counter. A plain value. The counter
 * outlives resets; that it was verified does not.
 *
 * What comes in may be padded with 00 up to %EONAY_PRACTICE_PIN_MAX, or not at all.
 */
typedef struct {
  guint8 value[EONAY_PRACTICE_PIN_MAX];
  guint tries_left;
  gboolean verified;
} EonayPracticePin;

void eonay_practice_pin_init (EonayPracticePin *self, const char *digits);

/** Returns: a status word: 9000, 63Cx, 6983; 6700 for an impossible length, at no try's cost */
guint16 eonay_practice_pin_verify (EonayPracticePin *self, const guint8 *bytes, gsize length);

/** Returns: a status word for a VERIFY without data: 9000, 63Cx, 6983 */
guint16 eonay_practice_pin_get_status (const EonayPracticePin *self);

/** Returns: a status word: 9000, or 6A80 for a value that may not be a PIN; nothing changes then */
guint16 eonay_practice_pin_set (EonayPracticePin *self, const guint8 *bytes, gsize length);

/** All tries are there again. */
void eonay_practice_pin_unblock (EonayPracticePin *self);

G_END_DECLS
