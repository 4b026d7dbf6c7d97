#pragma once

#include "card/eonay-signing.h"
#include "card/eonay-token.h"
#include "card/eonay-transport.h"

G_BEGIN_DECLS

/**
 * EonayCard: an opened card of some family: what was read from it, and how it signs.
 *
 * Abstract; a family is one subclass and its #EonayCardDriver. What was read never changes but
 * the PIN states, so that get_pin_state() may be called on any thread; check() and sign() belong
 * to the reader's worker.
 */
#define EONAY_TYPE_CARD (eonay_card_get_type ())
G_DECLARE_DERIVABLE_TYPE (EonayCard, eonay_card, EONAY, CARD, GObject)

struct _EonayCardClass {
  GObjectClass parent_class;

  const char *(*get_label) (EonayCard *self);
  const char *(*get_serial) (EonayCard *self);
  const char *(*get_model) (EonayCard *self);
  GPtrArray *(*get_certificates) (EonayCard *self);
  void (*get_pin_state) (EonayCard *self, EonayTokenCertificate *certificate,
                         EonayPinState *state);
  gboolean (*check) (EonayCard *self, EonaySigning *signing, GError **error);
  GPtrArray *(*sign) (EonayCard *self, EonayTransport *transport, EonaySigning *signing,
                      GError **error);
};

const char *eonay_card_get_label (EonayCard *self);
const char *eonay_card_get_serial (EonayCard *self);
const char *eonay_card_get_model (EonayCard *self);

/** Returns: (transfer none) (element-type EonayTokenCertificate) */
GPtrArray *eonay_card_get_certificates (EonayCard *self);

/** @certificate: (nullable): whose key's PIN; %NULL for the first */
void eonay_card_get_pin_state (EonayCard *self, EonayTokenCertificate *certificate,
                               EonayPinState *state);

/** Whether @signing can be tried at all; nothing is sent to the card. */
gboolean eonay_card_check (EonayCard *self, EonaySigning *signing, GError **error);

/**
 * eonay_card_sign:
 * @transport: connected, within a transaction; the caller ends it, with a reset if
 *   @signing->pin_try says that the PIN was sent
 *
 * Returns: (transfer full) (element-type GBytes): signatures that have verified
 */
GPtrArray *eonay_card_sign (EonayCard *self, EonayTransport *transport, EonaySigning *signing,
                            GError **error);

G_END_DECLS
