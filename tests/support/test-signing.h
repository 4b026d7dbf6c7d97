#pragma once

#include <openssl/obj_mac.h>

#include "signature/cades/eonay-cades.h"
#include "test-issuer.h"

G_BEGIN_DECLS

#define TEST_TEXT "Sertifikamın yenilenmesini onaylıyorum. DENEME\r\n\xC4\x9F\xC3\xBC\n"

/** Serial number of every signer's certificate. */
#define TEST_SIGNER_SERIAL 4711

/** A kind of key that Eonay signs with, and what has to come of it in a SignerInfo. */
typedef struct {
  const char *key;
  EonaySignatureScheme scheme;
  int digest;
  int signature;
  int parameter; /* of signatureAlgorithm: V_ASN1_NULL, V_ASN1_UNDEF (absent) */
} TestKind;

#define TEST_N_KINDS 4
extern const TestKind TEST_KINDS[TEST_N_KINDS];

/** The root and the authority under it that issues signers' certificates; made on first use. */
TestIssuer *test_root (void);
TestIssuer *test_issuing (void);

/** Returns: (transfer full): both authorities, PEM */
char *test_authorities_pem (void);

/** Prepared on 2026-06-02, for a fresh qualified certificate for test_key (@key). */
EonayCades *test_prepare (const char *key, GBytes *content, gboolean attached);

/** Returns: (transfer full): DER, with TEST_TEXT inside */
GBytes *test_sign_as (EonayCertificate *certificate, EVP_PKEY *key);

/**
 * test_sign_beside:
 *
 * Signs TEST_TEXT with OpenSSL alone, and puts the certificate of @issuer inside too.
 *
 * Returns: (transfer full): DER
 */
GBytes *test_sign_beside (const TestIssuer *issuer, const TestWish *wish);

/** Returns: (transfer full): DER */
GBytes *test_sign (const char *key, GBytes *content, gboolean attached);

G_END_DECLS
