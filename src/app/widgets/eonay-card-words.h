#pragma once

#include "card/token/eonay-token.h"
#include "session/eonay-tries.h"
#include "session/sign/eonay-candidate.h"

G_BEGIN_DECLS

/*
 * What My Card says of PINs and certificates, as functions of what is: no widget, no state.
 */

/** Days before the end from which on renewing is worth a word, per the portal's renewal guides. */
#define EONAY_RENEWAL_DUE 90

/** Fewer days than these are too few to renew in. */
#define EONAY_RENEWAL_URGENT 25

/** Returns: (transfer none) (nullable): a style class of libadwaita; %NULL for none */
const char *eonay_card_words_tries_style (EonayTries tries);

/** How near a certificate's end is. */
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

/** Returns: how much of the certificate's time has passed at @now, from 0 to 1 */
double eonay_card_words_validity_elapsed (EonayCertificate *certificate, GDateTime *now);

/** Returns: (transfer full): "12.03.2028 tarihine kadar geçerli · 312 gün kaldı", … */
char *eonay_card_words_validity (EonayCertificate *certificate, GDateTime *now);

/**
 * eonay_card_words_backend:
 * @backend: (nullable): eonay_token_get_backend()
 *
 * Returns: (transfer full): what speaks to the card
 */
char *eonay_card_words_backend (const char *backend);

/**
 * Returns: (transfer full): holder, key, kind and last day: whose PIN it is, where a card has
 *   several; the day tells a renewed certificate from the one before it
 */
char *eonay_card_words_certificate (EonayCertificate *certificate);

G_END_DECLS
