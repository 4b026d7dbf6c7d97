#pragma once

#include "card/token/eonay-token.h"
#include "session/eonay-tries.h"
#include "session/sign/eonay-candidate.h"

G_BEGIN_DECLS

/*
 * Pure functions for the texts of My Card about PINs and certificates; no widgets.
 */

/** Days before expiry from which on a renewal is recommended, per the portal's renewal guides. */
#define EONAY_RENEWAL_DUE 90

/** With fewer days left there is not enough time for a renewal. */
#define EONAY_RENEWAL_URGENT 25

/** Returns: (transfer none) (nullable): a style class of libadwaita; %NULL for none */
const char *eonay_card_words_tries_style (EonayTries tries);

/** Time until a certificate expires. */
typedef enum {
  EONAY_RENEWAL_NONE,  /* there is time */
  EONAY_RENEWAL_NEAR,  /* %EONAY_RENEWAL_DUE days or fewer */
  EONAY_RENEWAL_SHORT, /* fewer than %EONAY_RENEWAL_URGENT days */
  EONAY_RENEWAL_OVER,  /* expired */
} EonayRenewal;

EonayRenewal eonay_card_words_find_renewal (EonayCertificate *certificate, GDateTime *now);

/** Returns: (transfer none): what to do about it, in a sentence; "" if there is time */
const char *eonay_card_words_renewal (EonayRenewal renewal);

/** Returns: (transfer none) (nullable): a style class of libadwaita; %NULL for none */
const char *eonay_card_words_renewal_style (EonayRenewal renewal);

/** Returns: the elapsed fraction of the certificate's validity at @now, from 0 to 1 */
double eonay_card_words_validity_elapsed (EonayCertificate *certificate, GDateTime *now);

/** Returns: (transfer full): "12.03.2028 tarihine kadar geçerli · 312 gün kaldı", … */
char *eonay_card_words_validity (EonayCertificate *certificate, GDateTime *now);

/**
 * eonay_card_words_backend:
 * @backend: (nullable): eonay_token_get_backend()
 *
 * Returns: (transfer full): text for the card's backend
 */
char *eonay_card_words_backend (const char *backend);

/**
 * Returns: (transfer full): holder, key, kind and last day: whose PIN it is, where a card has
 *   several; the day tells a renewed certificate from the one before it
 */
char *eonay_card_words_certificate (EonayCertificate *certificate);

G_END_DECLS
