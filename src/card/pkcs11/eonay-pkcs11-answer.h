#pragma once

#include "base/eonay-error.h"
#include "card/pkcs11/eonay-pkcs11-slot.h"

G_BEGIN_DECLS

/** What the module host says: one outcome at most, among the others, then END. */
typedef enum {
  EONAY_PKCS11_SAYS_END = 1,
  EONAY_PKCS11_SAYS_PROGRESS,   /* what became of the PIN up to here */
  EONAY_PKCS11_SAYS_STATE,      /* the token after the request */
  EONAY_PKCS11_SAYS_SLOTS,      /* outcome */
  EONAY_PKCS11_SAYS_MODULES,    /* outcome */
  EONAY_PKCS11_SAYS_SIGNATURES, /* outcome; empty for a request that signs nothing */
  EONAY_PKCS11_SAYS_ERROR,      /* outcome */
  EONAY_PKCS11_SAYS_SIGNED,     /* one more of the signatures, which the outcome repeats */
  EONAY_PKCS11_SAYS_WANTS_PINS, /* the module is to get them now; once in a request */
} EonayPkcs11Says;

/* What `modules` names instead when the host was asked what the kernel cannot do for its sandbox. */
#define EONAY_PKCS11_LACKS_FILES "files"
#define EONAY_PKCS11_LACKS_CALLS "calls"

/**
 * EonayPkcs11Answer: what the module host has said so far to one request.
 *
 * @wants_pins: whether the host has asked for the request's PINs
 * @has_outcome: one of `slots`, `modules`, `signatures` and `error` is set
 * @slots: (nullable) (element-type EonayPkcs11Slot)
 * @modules: (nullable) (element-type GBytes): file names, in the file system's encoding
 * @signatures: (nullable) (element-type GBytes): as the module made them, not verified
 * @made: (nullable) (element-type GBytes): those of @signatures that have come one by one
 * @was_stopped: the host was told to stop between two signatures; set by the program's side
 * @error: (nullable): of %EONAY_CARD_ERROR, or %G_IO_ERROR_CANCELLED
 */
typedef struct {
  gboolean ended;
  gboolean wants_pins;
  gboolean has_outcome;
  EonayPinTry pin_try;
  EonayPkcs11Slot *state;
  GPtrArray *slots;
  GPtrArray *modules;
  GPtrArray *signatures;
  GPtrArray *made;
  gboolean was_stopped;
  GError *error;
} EonayPkcs11Answer;

EonayPkcs11Answer *eonay_pkcs11_answer_new (void);
void eonay_pkcs11_answer_free (EonayPkcs11Answer *self);

/**
 * An answer's frame: what it says (#EonayPkcs11Says); pin_try; slots, one for a state; modules or
 * signatures; the error's code (#EonayCardError, or FFFF for a cancelled request), tries left (FF:
 * not known) and message. What does not belong to what it says is empty, and not looked at.
 */
#define EONAY_PKCS11_ANSWER_TYPE "(yya" EONAY_PKCS11_SLOT_TYPE "aayqys)"

/**
 * eonay_pkcs11_answer_encode: the host's side
 * @self: of which what belongs to @says is set
 *
 * Returns: (transfer floating)
 */
GVariant *eonay_pkcs11_answer_encode (const EonayPkcs11Answer *self, EonayPkcs11Says says);

/**
 * eonay_pkcs11_answer_decode: adds one frame to @self
 * @frame: of type %EONAY_PKCS11_ANSWER_TYPE
 *
 * Returns: %FALSE if it says nothing that is known, or nothing that may come now
 */
gboolean eonay_pkcs11_answer_decode (EonayPkcs11Answer *self, GVariant *frame);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayPkcs11Answer, eonay_pkcs11_answer_free)

G_END_DECLS
