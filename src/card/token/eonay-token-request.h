#pragma once

#include <gio/gio.h>

#include "base/eonay-error.h"
#include "base/eonay-secret.h"
#include "base/eonay-signature-scheme.h"
#include "card/token/eonay-pin-consent.h"
#include "card/token/eonay-token-certificate.h"
#include "card/token/eonay-token-progress.h"

G_BEGIN_DECLS

/* card/pin/eonay-pin-pad.h, which knows of tokens. */
typedef struct _EonayPinPad EonayPinPad;

/** Kinds of requests to a token. */
typedef enum {
  EONAY_TOKEN_REQUEST_SIGN,
  EONAY_TOKEN_REQUEST_CHANGE_PIN,
  EONAY_TOKEN_REQUEST_UNBLOCK, /* with the PUK; sets a new PIN */
  EONAY_TOKEN_REQUEST_REFRESH, /* asks for serial number, label and tries left; needs no PIN */
} EonayTokenRequestKind;

/**
 * EonayTokenRequest: one request from a token to its card. Owned by one thread at a time, except
 * for @abandoned and @pin_try.
 *
 * @certificate: (nullable): to sign with; else, whose key's PIN is meant, %NULL for the first
 * @scheme: to sign with
 * @digests: (nullable) (element-type GBytes): to sign; bare hashes of the scheme's length
 * @messages: (nullable) (element-type GBytes): what was hashed, in the order of the digests, for
 *   a token that hashes itself
 * @progress: (nullable): takes each signature as soon as there is one
 * @secret: (nullable): the PIN, or the PUK to unblock with; gone once it has been sent, or will
 *   not be; %NULL from the start when it is typed on the reader
 * @new_pin: (nullable): to change or unblock to; as @secret
 * @consent: what the person was shown of the tries of @secret; nothing, at first
 * @cancellable: (nullable): the person's
 * @removed: (nullable): the token's: cancelled when its card is pulled
 * @typed_on_reader: whether the secrets are %NULL from the start, to be typed on the keypad; one
 *   that is gone since is never asked for there
 * @allow_experimental: eonay_token_get_allow_experimental()
 * @pin_pad: (nullable): the reader's keypad
 * @abandoned: the token has given up waiting, and has told so: nothing more may be sent
 * @pin_try: what became of @secret; once it was sent, the card must be reset at the end. It is set
 *   before @abandoned is looked at for the last time, so that whoever sets that and then reads
 *   this learns of every PIN that is sent
 */
typedef struct {
  EonayTokenRequestKind kind;
  EonayTokenCertificate *certificate;
  EonaySignatureScheme scheme;
  GPtrArray *digests;
  GPtrArray *messages;
  EonayTokenProgress *progress;
  EonaySecret *secret;
  EonaySecret *new_pin;
  EonayPinConsent consent;
  GCancellable *cancellable;
  GCancellable *removed;
  gboolean typed_on_reader;
  gboolean allow_experimental;
  EonayPinPad *pin_pad;
  _Atomic gboolean abandoned;
  _Atomic EonayPinTry pin_try;
} EonayTokenRequest;

/** @certificate: (nullable); @cancellable: (nullable) */
EonayTokenRequest *eonay_token_request_new (EonayTokenRequestKind kind,
                                            EonayTokenCertificate *certificate,
                                            GCancellable *cancellable);

/**
 * Returns: %FALSE, with %EONAY_CARD_ERROR_REMOVED, _UNRESPONSIVE or %G_IO_ERROR_CANCELLED, if it
 *   must stop
 */
gboolean eonay_token_request_may_go_on (EonayTokenRequest *self, GError **error);

/**
 * eonay_token_request_add_signature:
 * @signatures: (element-type GBytes): of the whole request
 * @signature: (transfer full): that has verified
 */
void eonay_token_request_add_signature (EonayTokenRequest *self, GPtrArray *signatures,
                                        GBytes *signature);

/** Wipes and frees the secrets. */
void eonay_token_request_forget_secrets (EonayTokenRequest *self);

void eonay_token_request_free (EonayTokenRequest *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayTokenRequest, eonay_token_request_free)

G_END_DECLS
