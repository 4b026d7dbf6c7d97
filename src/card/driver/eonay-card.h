#pragma once

#include "card/apdu/eonay-transport.h"
#include "card/pin/eonay-card-pin.h"
#include "card/token/eonay-public-key.h"
#include "card/token/eonay-token-description.h"

G_BEGIN_DECLS

/**
 * EonayCard: an opened card of some family: what was read from it, and how it executes requests.
 *
 * Abstract; a family is one subclass and its #EonayCardDriver. Its description and the PIN states
 * may be read on any thread, and eonay_card_check() be called on any for a change or unblocking
 * without secrets. Else check and execution belong to the reader's worker.
 */
#define EONAY_TYPE_CARD (eonay_card_get_type ())
G_DECLARE_DERIVABLE_TYPE (EonayCard, eonay_card, EONAY, CARD, GObject)

struct _EonayCardClass {
  GObjectClass parent_class;

  EonayCardPin *(*get_pin) (EonayCard *self, EonayTokenCertificate *certificate, EonayPinRole role);

  /* What the family has to say of @request, besides what holds for every card. */
  gboolean (*check) (EonayCard *self, EonayTokenRequest *request, GError **error);

  /* Selects the folder that the PIN of @certificate (nullable) lies in. */
  gboolean (*select_pin) (EonayCard *self, EonayTransport *transport,
                          EonayTokenCertificate *certificate, GError **error);

  /* Adds to @signatures, one for each digest, what @key has accepted. */
  gboolean (*sign) (EonayCard *self, EonayTransport *transport, EonayTokenRequest *request,
                    const EonayPublicKey *key, GPtrArray *signatures, GError **error);

  /* Names the card, if it is not yet (eonay_token_description_name()), and asks for PIN states. */
  gboolean (*refresh) (EonayCard *self, EonayTransport *transport, EonayTokenRequest *request,
                       GError **error);
};

/** Returns: (transfer none): for the family to fill while the card is read */
EonayTokenDescription *eonay_card_get_description (EonayCard *self);

/** For a family's constructor. @description: (transfer full) */
void eonay_card_describe (EonayCard *self, EonayTokenDescription *description);

/**
 * eonay_card_get_pin:
 * @certificate: (nullable): whose key's PIN, or the PUK of that PIN; %NULL for the first
 *
 * Returns: (transfer none) (nullable): %NULL when there is none, or it is not known
 */
EonayCardPin *eonay_card_get_pin (EonayCard *self, EonayTokenCertificate *certificate,
                                  EonayPinRole role);

/** @certificate: (nullable): as eonay_card_get_pin() */
void eonay_card_get_pin_state (EonayCard *self, EonayTokenCertificate *certificate,
                               EonayPinRole role, EonayPinState *state);

/** Whether @request can be tried at all, as far as it has secrets; nothing is sent to the card. */
gboolean eonay_card_check (EonayCard *self, EonayTokenRequest *request, GError **error);

/**
 * eonay_card_execute:
 * @transport: connected, within a transaction; the caller ends it, with a reset if
 *   @request->pin_try says that a PIN was sent
 *
 * Returns: (transfer full) (element-type GBytes): signatures that have verified; none for a
 *   request that signs nothing; %EONAY_CARD_ERROR_REMOVED if another card is in
 */
GPtrArray *eonay_card_execute (EonayCard *self, EonayTransport *transport,
                               EonayTokenRequest *request, GError **error);

G_END_DECLS
