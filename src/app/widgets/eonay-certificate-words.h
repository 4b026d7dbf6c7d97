#pragma once

#include "signature/certificate/eonay-certificate-details.h"
#include "signature/trust/eonay-chain.h"

G_BEGIN_DECLS

/*
 * Pure functions for texts about a certificate, in the person's language.
 */

/** Returns: (transfer none): "Nitelikli elektronik sertifika", … */
const char *eonay_certificate_words_kind (EonayCertificateKind kind);

/** Returns: (transfer full): the key's permitted usages, one per line; "" if not stated */
char *eonay_certificate_words_key_usage (EonayKeyUsage usage);

/**
 * eonay_certificate_words_oid:
 * @dotted: (array zero-terminated=1): object identifiers
 *
 * Returns: (transfer full): one per line: its name, if known, and the identifier
 */
char *eonay_certificate_words_oid (char **dotted);

/** Returns: (transfer none): where the chain ends, in a sentence */
const char *eonay_certificate_words_chain_end (EonayChainEnd end);

/** Returns: (transfer none): a symbolic icon's name for it */
const char *eonay_certificate_words_chain_end_icon (EonayChainEnd end);

/** Returns: (transfer full): "ab:cd:…" of an even number of hexadecimal digits, in upper case */
char *eonay_certificate_words_fingerprint (const char *hexadecimal);

/** Returns: (transfer full): a file name for the certificate, without "/": "AYŞE DENEME.cer" */
char *eonay_certificate_words_file_name (EonayCertificate *certificate);

G_END_DECLS
