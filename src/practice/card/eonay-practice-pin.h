#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define EONAY_PRACTICE_PIN_MIN 6
#define EONAY_PRACTICE_PIN_MAX 16 /* also its stored length where it is padded */
#define EONAY_PRACTICE_PIN_TRIES 3

/**
 * EonayPracticePinRules: PIN rules of a make of card.
 *
 * @blocked: the status word for a PIN without tries left
 * @padded: a value may be padded with @pad up to the stored length
 * @stored_length: 0 for %EONAY_PRACTICE_PIN_MAX
 * @digit_values: digits are encoded as 00 to 09, not ASCII
 * @short_costs_try: a value that is too short counts as wrong, instead of 6700
 * @asking_costs_try: a VERIFY without data costs a try, too
 * @hides_verified: a VERIFY without data returns the tries left even if the PIN is verified
 */
typedef struct {
  guint16 blocked;
  gboolean padded;
  gboolean digit_values;
  gboolean short_costs_try;
  gboolean asking_costs_try;
  gboolean hides_verified;
  guint8 pad;
  guint stored_length;
} EonayPracticePinRules;

/**
 * EonayPracticePinPlan: one PIN or PUK of a make of card.
 *
 * @id: its PKCS#15 identifier
 * @reference: its reference in VERIFY
 * @unblocked_by: the reference of its PUK; 0 for one that is a PUK itself
 * @label: UTF-8
 * @tries: 0 for %EONAY_PRACTICE_PIN_TRIES
 * @is_hidden: no file describes it, and VERIFY does not accept it
 * @is_officer: it is the security officer's, and is first in AODF
 */
typedef struct {
  guint8 id;
  guint8 reference;
  guint8 unblocked_by;
  const char *label;
  const char *digits;
  guint tries;
  gboolean is_hidden;
  gboolean is_officer;
} EonayPracticePinPlan;

/** Returns: the stored length of the PINs of that make of card, in bytes */
guint eonay_practice_pin_rules_get_stored_length (const EonayPracticePinRules *rules);

/**
 * EonayPracticePin: a PIN or PUK of the card with its retry counter. A plain value. A reset clears
 * the verified state, but not the counter.
 */
typedef struct {
  const EonayPracticePinPlan *plan;
  const EonayPracticePinRules *rules;
  guint8 value[EONAY_PRACTICE_PIN_MAX];
  gsize length;
  guint tries_left;
  gboolean verified;
} EonayPracticePin;

/** @plan, @rules: borrowed; must outlive @self */
void eonay_practice_pin_init (EonayPracticePin *self, const EonayPracticePinPlan *plan,
                              const EonayPracticePinRules *rules);

/** Sets its value. Returns: %FALSE if @digits, ASCII, are not valid */
gboolean eonay_practice_pin_issue (EonayPracticePin *self, const char *digits);

/** Returns: a status word: 9000, 63Cx, blocked; 6700 for an impossible length */
guint16 eonay_practice_pin_verify (EonayPracticePin *self, const guint8 *bytes, gsize length);

/** Returns: a status word for a VERIFY without data: 9000, 63Cx, blocked */
guint16 eonay_practice_pin_ask (EonayPracticePin *self);

/** Returns: a status word: 9000, or 6A80 for a value that may not be a PIN; nothing changes then */
guint16 eonay_practice_pin_set (EonayPracticePin *self, const guint8 *bytes, gsize length);

/** Restores all tries. */
void eonay_practice_pin_unblock (EonayPracticePin *self);

G_END_DECLS
