#pragma once

#include <gio/gio.h>

#include "card/token/eonay-pin-state.h"
#include "card/token/eonay-token-description.h"
#include "card/token/eonay-token-request.h"

G_BEGIN_DECLS

/** Where the person types a PIN. */
typedef enum {
  EONAY_PIN_ENTRY_HOST,   /* here */
  EONAY_PIN_ENTRY_READER, /* on the reader's keypad: requests go without secrets */
} EonayPinEntry;

/**
 * EonayToken: what a person calls "the card".
 *
 * Abstract. Its certificates never change. Label, serial number and PIN states may become known a
 * moment after the certificates: property `pin-state` (notify only; read it with
 * eonay_token_get_pin_state()) tells of that, and follows every request. A token dies with its card:
 * once the card is pulled, requests fail with %EONAY_CARD_ERROR_REMOVED, or _NO_SERVICE if it was the
 * service that went, and property `alive` (boolean) is %FALSE for good.
 *
 * Used on the main thread; the work is done elsewhere.
 */
#define EONAY_TYPE_TOKEN (eonay_token_get_type ())
G_DECLARE_DERIVABLE_TYPE (EonayToken, eonay_token, EONAY, TOKEN, GObject)

struct _EonayTokenClass {
  GObjectClass parent_class;

  void (*get_pin_state) (EonayToken *self, EonayTokenCertificate *certificate, EonayPinRole role,
                         EonayPinState *state);
  gboolean (*shares_pin) (EonayToken *self, EonayTokenCertificate *one,
                          EonayTokenCertificate *other); /* optional: %TRUE without it */
  EonayPinEntry (*get_pin_entry) (EonayToken *self, EonayTokenRequestKind kind);
  gboolean (*check) (EonayToken *self, EonayTokenRequest *request,
                     GError **error); /* optional: %TRUE without it */

  /* @request, @task: (transfer full). Returns through the task what eonay_token_sign_finish()
     returns; an empty array for a request that signs nothing. */
  void (*execute) (EonayToken *self, EonayTokenRequest *request, GTask *task);
};

/**
 * eonay_token_describe: for a subclass's constructor
 * @description: (transfer none)
 * @reader_name: of the reader that the card is in
 * @backend: (nullable): eonay_token_get_backend()
 */
void eonay_token_describe (EonayToken *self, EonayTokenDescription *description,
                           const char *reader_name, const char *backend);

/** Returns: (transfer none): UTF-8, may be "" */
const char *eonay_token_get_label (EonayToken *self);

/** Returns: (transfer none): the card's serial number, hexadecimal or as printed; "" if unknown */
const char *eonay_token_get_serial (EonayToken *self);

/** Returns: (transfer none): the card's family for people: "PKCS#15", "AKİS v2.2" */
const char *eonay_token_get_model (EonayToken *self);

/** Returns: how much is known of the way to sign, whether it is allowed or not */
EonaySigningKnowledge eonay_token_get_signing_knowledge (EonayToken *self);

/** Returns: (transfer none) */
const char *eonay_token_get_reader_name (EonayToken *self);

/**
 * Returns: (transfer none) (nullable): what speaks to the card: %NULL for the program itself, else
 *   the absolute path of the PKCS#11 module
 */
const char *eonay_token_get_backend (EonayToken *self);

/**
 * Returns: (transfer none) (nullable): the file name of the PKCS#11 module that is made for such
 *   cards; %NULL where none is known, or a module speaks to the card already
 */
const char *eonay_token_get_module_name (EonayToken *self);

/**
 * Returns: whether any of the token's keys can be used this way; %FALSE for a card that only
 *   another way can be used with: its certificates can be looked at. One key of many may still
 *   need another way (eonay_token_certificate_needs_module())
 */
gboolean eonay_token_can_use_keys (EonayToken *self);

/** Returns: whether the token's PINs can be changed and unblocked this way */
gboolean eonay_token_can_use_pins (EonayToken *self);

/**
 * eonay_token_check_request: whether it is known how the token's PIN is changed or unblocked, to be
 *   asked before a person types anything; nothing is sent to the card
 * @kind: %EONAY_TOKEN_REQUEST_CHANGE_PIN or %EONAY_TOKEN_REQUEST_UNBLOCK
 * @certificate: (nullable): whose key's PIN; %NULL for the token's first
 *
 * Returns: %FALSE with %EONAY_CARD_ERROR_MODULE_NEEDED where only a module may know, or
 *   %EONAY_CARD_ERROR_NO_PUK
 */
gboolean eonay_token_check_request (EonayToken *self, EonayTokenRequestKind kind,
                                    EonayTokenCertificate *certificate, GError **error);

/** Returns: (transfer none): a model of #EonayTokenCertificate */
GListModel *eonay_token_get_certificates (EonayToken *self);

/**
 * eonay_token_get_pin_state:
 * @certificate: (nullable): whose key's PIN; %NULL for the token's first
 * @state: (out): as last seen; nothing is sent to the card
 */
void eonay_token_get_pin_state (EonayToken *self, EonayTokenCertificate *certificate,
                                EonayPinState *state);

/** As eonay_token_get_pin_state(), of the PUK that unblocks that PIN. */
void eonay_token_get_puk_state (EonayToken *self, EonayTokenCertificate *certificate,
                                EonayPinState *state);

/** Returns: whether the keys of two of the token's certificates have one PIN (and PUK) */
gboolean eonay_token_shares_pin (EonayToken *self, EonayTokenCertificate *one,
                                 EonayTokenCertificate *other);

/** Returns: where the PIN is typed to sign; may become the reader with `pin-state` */
EonayPinEntry eonay_token_get_pin_entry (EonayToken *self);

/**
 * eonay_token_get_new_pin_entry:
 * @kind: %EONAY_TOKEN_REQUEST_CHANGE_PIN or %EONAY_TOKEN_REQUEST_UNBLOCK
 *
 * A reader on which the PIN is typed to sign may be unable to have a new one typed: then all of it,
 * old PIN or PUK too, is typed here.
 *
 * Returns: where the PINs of such a request are typed
 */
EonayPinEntry eonay_token_get_new_pin_entry (EonayToken *self, EonayTokenRequestKind kind);

/**
 * Requests. What holds for all of them:
 *
 * A PIN or PUK (transfer full) was typed by a person just now; it is sent to the card at most once
 * (for a key that wants it before each signature: once a signature, and on a card that does not say
 * which key is a certificate's, once a key that is tried), and wiped before the callback
 * runs, or, if that is told that the card does not answer, as soon as the call returns that is
 * under way. It is %NULL, to be typed on the reader, only where eonay_token_get_pin_entry() (to sign) or
 * eonay_token_get_new_pin_entry() says so; one that is given all the same is sent from here. Length
 * and characters are checked before anything is sent (%EONAY_CARD_ERROR_PIN_LENGTH, _PUK_LENGTH).
 * @consent is what the person was shown of the tries left when they gave it; right before it would
 * be sent, in the same transaction, that is compared with what the card says now
 * (eonay_pin_consent_check()). One that they did not agree to is not sent, whoever types it where
 * (%EONAY_CARD_ERROR_LAST_TRY, _TRIES_NOT_SHOWN); then the state is up to date, and the question
 * has to be asked again. The card is reset at the end, so that nobody inherits the login.
 *
 * An error of %EONAY_CARD_ERROR that is not about the PIN says what became of it
 * (eonay_card_error_get_pin_try()).
 *
 * @cancellable stops what has not begun; a PIN that was sent is always followed to its end, so
 * that the tries left are known.
 *
 * eonay_token_sign_async:
 * @certificate: one of this token's, with a key
 * @scheme: what to compute
 * @digests: (element-type GBytes): bare hashes of the scheme's length, one a document; one PIN
 *   serves the batch, and no longer
 * @pin: (transfer full) (nullable)
 * @consent: of the PIN of the certificate's key
 *
 * Each signature has been checked with the certificate's public key before it is returned.
 */
void eonay_token_sign_async (EonayToken *self, EonayTokenCertificate *certificate,
                             EonaySignatureScheme scheme, GPtrArray *digests, EonaySecret *pin,
                             const EonayPinConsent *consent, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data);

/**
 * eonay_token_sign_messages_async: as eonay_token_sign_async(), also with a token that can only
 *   sign what it has hashed itself; eonay_token_sign_finish() ends it
 * @messages: (nullable) (element-type GBytes): what was hashed, in the order of the digests
 * @progress: (nullable): gets the signatures one by one, also those of a request that fails later
 */
void eonay_token_sign_messages_async (EonayToken *self, EonayTokenCertificate *certificate,
                                      EonaySignatureScheme scheme, GPtrArray *digests,
                                      GPtrArray *messages, EonayTokenProgress *progress,
                                      EonaySecret *pin, const EonayPinConsent *consent,
                                      GCancellable *cancellable, GAsyncReadyCallback callback,
                                      gpointer user_data);

/** Returns: (transfer full) (element-type GBytes): in the order of the digests */
GPtrArray *eonay_token_sign_finish (EonayToken *self, GAsyncResult *result, GError **error);

/**
 * eonay_token_change_pin_async:
 * @certificate: (nullable): whose key's PIN; %NULL for the token's first
 * @pin: (transfer full) (nullable)
 * @new_pin: (transfer full) (nullable)
 * @consent: of the PIN
 */
void eonay_token_change_pin_async (EonayToken *self, EonayTokenCertificate *certificate,
                                   EonaySecret *pin, EonaySecret *new_pin,
                                   const EonayPinConsent *consent, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer user_data);

/**
 * eonay_token_unblock_async:
 * @certificate: (nullable): whose key's PIN; %NULL for the token's first
 * @puk: (transfer full) (nullable)
 * @new_pin: (transfer full) (nullable)
 * @consent: of the PUK
 */
void eonay_token_unblock_async (EonayToken *self, EonayTokenCertificate *certificate,
                                EonaySecret *puk, EonaySecret *new_pin,
                                const EonayPinConsent *consent, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data);

/** Asks the card for what may have changed, or was not asked yet: tries left, serial number. */
void eonay_token_refresh_async (EonayToken *self, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data);

/** Ends a change, an unblocking or a refresh. */
gboolean eonay_token_request_finish (EonayToken *self, GAsyncResult *result, GError **error);

/**
 * Whether requests may be executed with commands that are inferred rather than documented; not at
 * first. The list of readers sets it, as the person has chosen.
 */
void eonay_token_set_allow_experimental (EonayToken *self, gboolean allow);
gboolean eonay_token_get_allow_experimental (EonayToken *self);

gboolean eonay_token_is_alive (EonayToken *self);

/** Returns: whether a request of the token is not over yet */
gboolean eonay_token_is_busy (EonayToken *self);

/** The service between program and card has gone: what happens to the card now is its doing. */
void eonay_token_lose_service (EonayToken *self);

/**
 * Returns: (transfer full): why the token is dead, or would be if it were:
 *   %EONAY_CARD_ERROR_NO_SERVICE after eonay_token_lose_service(), else %EONAY_CARD_ERROR_REMOVED
 */
GError *eonay_token_new_loss (EonayToken *self);

/** The card was pulled: nothing that has not reached it will, and nothing new begins. */
void eonay_token_die (EonayToken *self);

G_END_DECLS
