#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define EONAY_PRACTICE_PIN_MIN 6
#define EONAY_PRACTICE_PIN_MAX 16 /* also its stored length where it is padded */
#define EONAY_PRACTICE_PIN_TRIES 3

/**
 * EonayPracticePinRules: how a make of card treats its PINs.
 *
 * @blocked: the status word for a PIN without tries left
 * @padded: what comes in may be padded with @pad up to the stored length
 * @stored_length: 0 for %EONAY_PRACTICE_PIN_MAX
 * @digit_values: a digit is its value, 00 to 09, not ASCII
 * @short_costs_try: a value that is too short is a wrong one, not 6700
 * @asking_costs_try: so is a VERIFY without data
 * @hides_verified: a VERIFY without data tells the tries left even of a PIN that is verified
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
 * EonayPracticePinPlan: one PIN or PUK that a make of card has.
 *
 * @id: its PKCS#15 identifier
 * @reference: how VERIFY names it
 * @unblocked_by: the reference of its PUK; 0 for one that is a PUK itself
 * @label: UTF-8
 * @tries: 0 for %EONAY_PRACTICE_PIN_TRIES
 * @is_hidden: no file describes it, and no VERIFY takes it
 * @is_officer: it is the security officer's, and comes first in AODF
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

/** Returns: how long the PINs of that make of card are as stored, in bytes */
guint eonay_practice_pin_rules_get_stored_length (const EonayPracticePinRules *rules);

/**
 * EonayPracticePin: a PIN or PUK of the card with its retry counter. A plain value. The counter
 * outlives resets; that it was verified does not.
 */
typedef struct {
  const EonayPracticePinPlan *plan;
  const EonayPracticePinRules *rules;
  guint8 value[EONAY_PRACTICE_PIN_MAX];
  gsize length;
  guint tries_left;
  gboolean verified;
} EonayPracticePin;

/** @plan, @rules: borrowed for good */
void eonay_practice_pin_init (EonayPracticePin *self, const EonayPracticePinPlan *plan,
                              const EonayPracticePinRules *rules);

/** Returns: whether @digits, ASCII, may be its value; now they are if so */
gboolean eonay_practice_pin_issue (EonayPracticePin *self, const char *digits);

/** Returns: a status word: 9000, 63Cx, blocked; 6700 for an impossible length */
guint16 eonay_practice_pin_verify (EonayPracticePin *self, const guint8 *bytes, gsize length);

/** Returns: a status word for a VERIFY without data: 9000, 63Cx, blocked */
guint16 eonay_practice_pin_ask (EonayPracticePin *self);

/** Returns: a status word: 9000, or 6A80 for a value that may not be a PIN; nothing changes then */
guint16 eonay_practice_pin_set (EonayPracticePin *self, const guint8 *bytes, gsize length);

/** All tries are there again. */
void eonay_practice_pin_unblock (EonayPracticePin *self);

G_END_DECLS
