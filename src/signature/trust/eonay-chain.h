#pragma once

#include <gio/gio.h>

#include "signature/certificate/eonay-certificate.h"
#include "signature/trust/eonay-trust.h"

G_BEGIN_DECLS

/** Where a chain ends. */
typedef enum {
  EONAY_CHAIN_INCOMPLETE, /* the issuer of the last certificate was not found */
  EONAY_CHAIN_UNTRUSTED,  /* with a self-signed certificate that is not a trust anchor */
  EONAY_CHAIN_BROKEN,     /* with an anchor, but the chain is not valid (too weak, a CA expired) */
  EONAY_CHAIN_TRUSTED,    /* with an anchor, and it is valid; revocation is not checked */
} EonayChainEnd;

/**
 * EonayChain: a certificate and its issuers, for display.
 *
 * @certificates: (element-type EonayCertificate): the certificate itself first, each followed by
 *   its issuer, as far as found
 * @end: how it ends
 */
typedef struct {
  GPtrArray *certificates;
  EonayChainEnd end;
} EonayChain;

/**
 * eonay_chain_build:
 * @trust: (nullable): anchors and intermediates; %NULL is an empty one
 * @beside: (nullable) (element-type EonayCertificate): further untrusted intermediates: the card's
 *   other certificates
 * @now: when the chain has to be valid; for @certificate itself, the nearest time within its
 *   validity
 *
 * Issuers are found by the signature (RFC 5280 clause 6.1.3 a and c), not by the name alone.
 * Nothing is fetched, and revocation is not checked.
 *
 * Returns: (transfer full)
 */
EonayChain *eonay_chain_build (EonayCertificate *certificate, EonayTrust *trust, GPtrArray *beside,
                               GDateTime *now);

void eonay_chain_free (EonayChain *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayChain, eonay_chain_free)

G_END_DECLS
