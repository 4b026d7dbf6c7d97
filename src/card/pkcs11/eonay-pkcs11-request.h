#pragma once

#include "card/token/eonay-token-request.h"

G_BEGIN_DECLS

/** What the program asks of the module host. */
typedef enum {
  EONAY_PKCS11_ASK_LIST = 1, /* slots with tokens, and their certificates */
  EONAY_PKCS11_ASK_STATE,    /* of one token; no PIN */
  EONAY_PKCS11_ASK_SIGN,
  EONAY_PKCS11_ASK_CHANGE_PIN,
  EONAY_PKCS11_ASK_UNBLOCK,
} EonayPkcs11Ask;

/** Which secrets a request has, and how many bytes each of them. */
typedef struct {
  gboolean has_secret;
  gboolean has_new_pin;
  guint16 secret_length;
  guint16 new_pin_length;
} EonayPkcs11Announced;

/**
 * EonayPkcs11Request
 *
 * @skip: (nullable) (element-type GBytes): LIST: names of PC/SC readers; tokens in slots that are
 *   named so are left alone
 * @slot: CK_SLOT_ID
 * @serial, @label: (nullable): of the token that was listed there; another one is not touched
 * @consent: of the PIN (or PUK); its @pin and @answer say no more, once it was sent, than whether
 *   they were 0
 * @certificate: (nullable): SIGN: DER, names the key by its public key
 * @key_id: (nullable): SIGN: CKA_ID of the certificate; only a hint
 * @digests: (nullable) (element-type GBytes)
 * @messages: (nullable) (element-type GBytes): what was hashed, in the order of the digests, for
 *   modules that hash themselves; %NULL or empty where that is not known
 * @origin: (nullable): the program's, with @secret or @new_pin: whether these may still be sent
 * @secret, @new_pin: (nullable): the program's; they go to the host as bare bytes once it asks for
 *   them (%EONAY_PKCS11_SAYS_WANTS_PINS), never inside of the request
 * @announced: what the host knows of them before
 */
typedef struct {
  EonayPkcs11Ask ask;
  GPtrArray *skip;
  guint64 slot;
  char *serial;
  char *label;
  EonayPinConsent consent;
  EonaySignatureScheme scheme;
  GBytes *certificate;
  GBytes *key_id;
  GPtrArray *digests;
  GPtrArray *messages;
  EonayTokenRequest *origin;
  EonaySecret *secret;
  EonaySecret *new_pin;
  EonayPkcs11Announced announced;
} EonayPkcs11Request;

EonayPkcs11Request *eonay_pkcs11_request_new (EonayPkcs11Ask ask);
void eonay_pkcs11_request_free (EonayPkcs11Request *self);

/**
 * A request's frame: ask; the lengths of the secret and the new PIN, or FFFF; skip;
 * slot, serial, label; consent: whether the PIN was shown and an answer told, low, last_try,
 * tries_left; scheme, certificate, key_id, digests, messages.
 */
#define EONAY_PKCS11_REQUEST_TYPE "(yqqaaytss(bbbbi)yayayaayaay)"

/** Returns: (transfer floating): the request without its secrets, but with their lengths */
GVariant *eonay_pkcs11_request_encode (const EonayPkcs11Request *self);

/**
 * eonay_pkcs11_request_decode:
 * @frame: of type %EONAY_PKCS11_REQUEST_TYPE
 *
 * Returns: (transfer full) (nullable): without secrets; %NULL if that is no request
 */
EonayPkcs11Request *eonay_pkcs11_request_decode (GVariant *frame);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayPkcs11Request, eonay_pkcs11_request_free)

G_END_DECLS
