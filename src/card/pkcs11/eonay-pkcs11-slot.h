#pragma once

#include "card/token/eonay-token.h"

G_BEGIN_DECLS

/** What a module says of a token (CK_TOKEN_INFO, PKCS#11 v2.40, 3.2), and what reading it told. */
typedef enum {
  EONAY_PKCS11_KEYPAD = 1 << 0, /* CKF_PROTECTED_AUTHENTICATION_PATH */
  EONAY_PKCS11_PIN_LAST = 1 << 1,
  EONAY_PKCS11_PIN_LOCKED = 1 << 2,
  EONAY_PKCS11_PUK_LAST = 1 << 3,
  EONAY_PKCS11_PUK_LOCKED = 1 << 4,
  EONAY_PKCS11_HIDDEN = 1 << 5, /* the module wants the PIN before it shows certificates */
  EONAY_PKCS11_PIN_LOW = 1 << 6,
  EONAY_PKCS11_PUK_LOW = 1 << 7,
  EONAY_PKCS11_UNBLOCKS = 1 << 8, /* the PUK is its security officer's PIN; else it is no PUK */
} EonayPkcs11SlotFlags;

/**
 * EonayPkcs11Slot: a slot of a module with the token in it.
 *
 * @id: CK_SLOT_ID
 * @description, @label, @serial, @model: UTF-8 without padding; may be ""
 * @min_length, @max_length: of the PIN, as the module says; may be nonsense
 * @pin, @puk, @answer: as of #EonayPinState; each process has its own
 * @certificates: (element-type EonayTokenCertificate): has_key is a guess where the module hides
 *   keys until the PIN was given
 */
typedef struct {
  guint64 id;
  char *description;
  char *label;
  char *serial;
  char *model;
  guint32 flags;
  guint32 min_length;
  guint32 max_length;
  guint pin;
  guint puk;
  guint answer;
  GPtrArray *certificates;
} EonayPkcs11Slot;

EonayPkcs11Slot *eonay_pkcs11_slot_new (void);
void eonay_pkcs11_slot_free (EonayPkcs11Slot *self);

/** What the flags and limits say; lengths that cannot be are widened to what a secret can have. */
void eonay_pkcs11_slot_get_pin_state (const EonayPkcs11Slot *self, EonayPinRole role,
                                      EonayPinState *state);

/**
 * A slot in a frame: id, description, label, serial, model, flags, min_length, max_length; its
 * certificates: DER, CKA_ID, label, whether there is a key.
 */
#define EONAY_PKCS11_SLOT_TYPE "(tssssuuua(ayaysb))"

/** Returns: (transfer floating): of type %EONAY_PKCS11_SLOT_TYPE */
GVariant *eonay_pkcs11_slot_encode (const EonayPkcs11Slot *self);

/** Returns: (transfer full) (nullable): %NULL if that is no slot */
EonayPkcs11Slot *eonay_pkcs11_slot_decode (GVariant *encoded);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayPkcs11Slot, eonay_pkcs11_slot_free)

G_END_DECLS
