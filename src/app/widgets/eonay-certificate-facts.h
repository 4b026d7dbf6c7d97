#pragma once

#include "signature/certificate/eonay-certificate-details.h"
#include "signature/trust/eonay-chain.h"

G_BEGIN_DECLS

/*
 * What a certificate says of itself, in the person's language: functions of what is.
 */

/** Returns: (transfer none): "Nitelikli elektronik sertifika", … */
const char *eonay_certificate_facts_kind (EonayCertificateKind kind);

/** Returns: (transfer full): what the key may do, a line each; "" when it does not say */
char *eonay_certificate_facts_key_usage (EonayKeyUsage usage);

/**
 * eonay_certificate_facts_oid:
 * @dotted: (array zero-terminated=1): object identifiers
 *
 * Returns: (transfer full): a line each: what it is, if it is known, and the identifier
 */
char *eonay_certificate_facts_oid (char **dotted);

/** Returns: (transfer none): where the chain ends, in a sentence */
const char *eonay_certificate_facts_chain_end (EonayChainEnd end);

/** Returns: (transfer none): a symbolic icon's name for it */
const char *eonay_certificate_facts_chain_end_icon (EonayChainEnd end);

/** Returns: (transfer full): "ab:cd:…" of an even number of hexadecimal digits, in upper case */
char *eonay_certificate_facts_fingerprint (const char *hexadecimal);

/** Returns: (transfer full): a file name for the certificate, without "/": "AYŞE DENEME.cer" */
char *eonay_certificate_facts_file_name (EonayCertificate *certificate);

G_END_DECLS
