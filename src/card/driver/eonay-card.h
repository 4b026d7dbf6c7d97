#pragma once

#include "card/apdu/eonay-transport.h"
#include "card/pin/eonay-card-pin.h"

G_BEGIN_DECLS

/** Whether a family's own way to sign is known. */
typedef enum {
  EONAY_SIGNING_PROVEN,       /* from public documents or seen, or the card itself tells it */
  EONAY_SIGNING_PARTIAL,      /* so for some of the card's keys, only a PKCS#11 module for others */
  EONAY_SIGNING_EXPERIMENTAL, /* inferred: only for those who switch it on */
  EONAY_SIGNING_UNKNOWN,      /* only a PKCS#11 module can */
} EonaySigningKnowledge;

/**
 * EonayCard: an opened card of some family: what was read from it, and how it executes requests.
 *
 * Abstract; a family is one subclass and its #EonayCardDriver. What was read never changes but
 * the PIN states, and label and serial number, which may come with the first
 * %EONAY_TOKEN_REQUEST_REFRESH: they and the states may be read on any thread, and check() be called on any
 * for a change or unblocking without secrets. Else check() and execute() belong to the reader's
 * worker.
 */
#define EONAY_TYPE_CARD (eonay_card_get_type ())
G_DECLARE_DERIVABLE_TYPE (EonayCard, eonay_card, EONAY, CARD, GObject)

struct _EonayCardClass {
  GObjectClass parent_class;

  const char *(*get_label) (EonayCard *self);
  const char *(*get_serial) (EonayCard *self);
  const char *(*get_model) (EonayCard *self);
  const char *(*get_module_name) (EonayCard *self); /* optional: %NULL without it */
  EonaySigningKnowledge (*get_signing_knowledge) (EonayCard *self);
  gboolean (*knows_pins) (EonayCard *self); /* optional: as the keys without it */
  GPtrArray *(*get_certificates) (EonayCard *self);
  void (*get_pin_state) (EonayCard *self, EonayTokenCertificate *certificate, EonayPinRole role,
                         EonayPinState *state);
  EonayCardPin *(*get_pin) (EonayCard *self, EonayTokenCertificate *certificate, EonayPinRole role);
  gboolean (*shares_pin) (EonayCard *self, EonayTokenCertificate *one,
                          EonayTokenCertificate *other); /* optional: %TRUE without it */
  gboolean (*check) (EonayCard *self, EonayTokenRequest *request, GError **error);
  GPtrArray *(*execute) (EonayCard *self, EonayTransport *transport, EonayTokenRequest *request,
                         GError **error);
};

const char *eonay_card_get_label (EonayCard *self);
const char *eonay_card_get_serial (EonayCard *self);
const char *eonay_card_get_model (EonayCard *self);
EonaySigningKnowledge eonay_card_get_signing_knowledge (EonayCard *self);

/** Returns: (transfer none) (nullable): as eonay_token_get_module_name() */
const char *eonay_card_get_module_name (EonayCard *self);

/** Returns: whether PINs can be changed and unblocked although no key may be used */
gboolean eonay_card_knows_pins (EonayCard *self);

/** Returns: (transfer none) (element-type EonayTokenCertificate) */
GPtrArray *eonay_card_get_certificates (EonayCard *self);

/** @certificate: (nullable): whose key's PIN, or the PUK of that PIN; %NULL for the first */
void eonay_card_get_pin_state (EonayCard *self, EonayTokenCertificate *certificate,
                               EonayPinRole role, EonayPinState *state);

/**
 * eonay_card_get_pin:
 * @certificate: (nullable): as eonay_card_get_pin_state()
 *
 * Returns: (transfer none) (nullable): %NULL when there is none, or the family does not tell: then
 *   it is never typed on a reader
 */
EonayCardPin *eonay_card_get_pin (EonayCard *self, EonayTokenCertificate *certificate,
                                  EonayPinRole role);

/** Returns: whether the keys of two of the card's certificates have one PIN (and PUK) */
gboolean eonay_card_shares_pin (EonayCard *self, EonayTokenCertificate *one,
                                EonayTokenCertificate *other);

/**
 * The transport's number for the time that the card was put in (eonay_transport_get_insertion());
 * set once, before the card is shown to others.
 */
guint eonay_card_get_insertion (EonayCard *self);
void eonay_card_set_insertion (EonayCard *self, guint insertion);

/** Whether @request can be tried at all, as far as it has secrets; nothing is sent to the card. */
gboolean eonay_card_check (EonayCard *self, EonayTokenRequest *request, GError **error);

/**
 * eonay_card_execute:
 * @transport: connected, within a transaction; the caller ends it, with a reset if
 *   @request->pin_try says that a PIN was sent
 *
 * Returns: (transfer full) (element-type GBytes): signatures that have verified; none for an
 *   request that signs nothing
 */
GPtrArray *eonay_card_execute (EonayCard *self, EonayTransport *transport,
                               EonayTokenRequest *request, GError **error);

/**
 * Returns: whether the card behind @transport gave this answer to reset; else
 *   %EONAY_CARD_ERROR_REMOVED
 */
gboolean eonay_card_is_in (EonayTransport *transport, GBytes *atr, GError **error);

G_END_DECLS
