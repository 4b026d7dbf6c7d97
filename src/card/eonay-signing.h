#pragma once

#include <gio/gio.h>

#include "base/eonay-error.h"
#include "base/eonay-secret.h"
#include "base/eonay-signature-scheme.h"
#include "card/eonay-token-certificate.h"

G_BEGIN_DECLS

/**
 * EonaySigning: one order to sign, on its way from a token to its card. Owned by one thread at a
 * time.
 *
 * @pin: (nullable): gone once it has been sent, or will not be
 * @cancellable: (nullable): the person's
 * @removed: the token's: cancelled when its card is pulled
 * @pin_try: what became of the PIN; once it was sent, the card must be reset at the end
 */
typedef struct {
  EonayTokenCertificate *certificate;
  EonaySignatureScheme scheme;
  GPtrArray *digests;
  EonaySecret *pin;
  GCancellable *cancellable;
  GCancellable *removed;
  EonayPinTry pin_try;
} EonaySigning;

/** @pin: (transfer full) */
EonaySigning *eonay_signing_new (EonayTokenCertificate *certificate, EonaySignatureScheme scheme,
                                 GPtrArray *digests, EonaySecret *pin, GCancellable *cancellable,
                                 GCancellable *removed);

/** Returns: %FALSE, with %EONAY_CARD_ERROR_REMOVED or %G_IO_ERROR_CANCELLED, if it must stop */
gboolean eonay_signing_may_go_on (EonaySigning *self, GError **error);

void eonay_signing_free (EonaySigning *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonaySigning, eonay_signing_free)

G_END_DECLS
