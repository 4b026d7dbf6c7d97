#pragma once

#include <gio/gio.h>

#include "base/eonay-secret.h"
#include "base/eonay-signature-scheme.h"
#include "card/eonay-token-certificate.h"

G_BEGIN_DECLS

/**
 * EonayPinState: what is known of a PIN or PUK.
 *
 * @known: whether the token could be asked without spending a try
 * @tries_left: -1 when unknown
 * @tries_max: -1 when unknown
 * @blocked: no try is left
 * @min_length: characters; what the token's own description says, at least 1
 * @max_length: characters
 * @numeric: only digits are allowed
 */
typedef struct {
  gboolean known;
  int tries_left;
  int tries_max;
  gboolean blocked;
  guint min_length;
  guint max_length;
  gboolean numeric;
} EonayPinState;

/**
 * EonayToken: what a person calls "the card".
 *
 * Abstract. Properties never change but `pin-state` (notify only; read it with
 * eonay_token_get_pin_state()), which follows every operation. A token dies with its card: once
 * the card is pulled, operations fail with %EONAY_CARD_ERROR_REMOVED.
 *
 * Used on the main thread; the work is done on the reader's worker.
 */
#define EONAY_TYPE_TOKEN (eonay_token_get_type ())
G_DECLARE_DERIVABLE_TYPE (EonayToken, eonay_token, EONAY, TOKEN, GObject)

struct _EonayTokenClass {
  GObjectClass parent_class;

  const char *(*get_label) (EonayToken *self);
  const char *(*get_serial) (EonayToken *self);
  const char *(*get_model) (EonayToken *self);
  const char *(*get_reader_name) (EonayToken *self);
  GListModel *(*get_certificates) (EonayToken *self);
  void (*get_pin_state) (EonayToken *self, EonayTokenCertificate *certificate,
                         EonayPinState *state);
  void (*sign_async) (EonayToken *self, EonayTokenCertificate *certificate,
                      EonaySignatureScheme scheme, GPtrArray *digests, EonaySecret *pin,
                      GCancellable *cancellable, GAsyncReadyCallback callback,
                      gpointer user_data);
  GPtrArray *(*sign_finish) (EonayToken *self, GAsyncResult *result, GError **error);
};

/** Returns: (transfer none): UTF-8, may be "" */
const char *eonay_token_get_label (EonayToken *self);

/** Returns: (transfer none): the card's serial number, hexadecimal or as printed; may be "" */
const char *eonay_token_get_serial (EonayToken *self);

/** Returns: (transfer none): the card's family for people: "PKCS#15", "AKİS v2.2" */
const char *eonay_token_get_model (EonayToken *self);

/** Returns: (transfer none) */
const char *eonay_token_get_reader_name (EonayToken *self);

/** Returns: (transfer none): a model of #EonayTokenCertificate */
GListModel *eonay_token_get_certificates (EonayToken *self);

/**
 * eonay_token_get_pin_state:
 * @certificate: (nullable): whose key's PIN; %NULL for the token's first
 * @state: (out): as last seen; nothing is sent to the card
 */
void eonay_token_get_pin_state (EonayToken *self, EonayTokenCertificate *certificate,
                                EonayPinState *state);

/**
 * eonay_token_sign_async:
 * @certificate: one of this token's, with a key
 * @scheme: what to compute
 * @digests: (element-type GBytes): bare hashes of the scheme's length, one a document; one PIN
 *   serves the batch, and no longer
 * @pin: (transfer full): typed by a person just now; sent to the card at most once, wiped
 *   before the callback runs
 *
 * The only way to a VERIFY. The length is checked before anything is sent
 * (%EONAY_CARD_ERROR_PIN_LENGTH). A PIN that would be the last try while `pin-state` did not say so
 * is not sent either (%EONAY_CARD_ERROR_LAST_TRY); then `pin-state` says so. Each signature has been checked with the certificate's public
 * key before it is returned. The card is reset at the end, so that nobody inherits the login.
 *
 * An error of %EONAY_CARD_ERROR that is not about the PIN says what became of it
 * (eonay_card_error_get_pin_try()).
 *
 * @cancellable stops what has not begun; a VERIFY that was sent is always followed to its end,
 * so that the tries left are known.
 */
void eonay_token_sign_async (EonayToken *self, EonayTokenCertificate *certificate,
                             EonaySignatureScheme scheme, GPtrArray *digests, EonaySecret *pin,
                             GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data);

/** Returns: (transfer full) (element-type GBytes): in the order of the digests */
GPtrArray *eonay_token_sign_finish (EonayToken *self, GAsyncResult *result, GError **error);

G_END_DECLS
