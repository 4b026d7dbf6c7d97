#pragma once

#include <gio/gio.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include "signature/certificate/eonay-certificate.h"

G_BEGIN_DECLS

/** What a certificate made for a test says. Zero or NULL members take the usual value. */
typedef struct {
  const char *key;     /* "RSA-2048" (default), "RSA-1024", "P-256", "P-384", "P-521", "ED25519" */
  const char *subject; /* "C=TR,serialNumber=…,CN=…" in UTF-8 */
  const char *extensions; /* an openssl.cnf whose section "ext" lists them; default: a NES's */
  int string_type;        /* MBSTRING_UTF8 (default), or V_ASN1_… to force on CN */
  int days_before;        /* not before: so many days before 2026-06-01 */
  int days_after;         /* not after: so many days after 2026-06-01; default 1096 */
  int serial;             /* default 1, an authority's 100 */
} TestWish;

/** Extensions of a qualified certificate. */
#define TEST_NES_EXTENSIONS                                                       \
  "[ext]\nkeyUsage=critical,digitalSignature,nonRepudiation\n"                    \
  "certificatePolicies=2.16.792.1.2.1.1.5.7.1.1\nqcStatements=ASN1:SEQUENCE:qc\n" \
  "[qc]\na=SEQUENCE:a\nb=SEQUENCE:b\n[a]\na=OID:0.4.0.1862.1.1\n"                 \
  "[b]\na=OID:2.16.792.1.61.0.1.5070.1.1\nb=UTF8:DENEME\n"

#define TEST_CA_EXTENSIONS \
  "[ext]\nbasicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n"

typedef struct _TestIssuer TestIssuer;

/** An authority of the test's own: @above is %NULL for a root. */
TestIssuer *test_issuer_new (const char *name, const TestIssuer *above, const TestWish *wish);

/** A root whose subject is the one that @wish gives. */
TestIssuer *test_issuer_new_self_signed (const TestWish *wish);
void test_issuer_free (TestIssuer *self);
char *test_issuer_to_pem (const TestIssuer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestIssuer, test_issuer_free)

/** Returns: (transfer none) */
X509 *test_issuer_get_x509 (const TestIssuer *self);

/** Returns: (transfer full) */
X509 *test_issuer_issue_x509 (const TestIssuer *self, const TestWish *wish);

/** Returns: (transfer full): DER */
GBytes *test_issuer_issue (const TestIssuer *self, const TestWish *wish);
EonayCertificate *test_issuer_issue_certificate (const TestIssuer *self, const TestWish *wish);

/**
 * test_key:
 * @name: as in #TestWish; with "#anything" after it another key of the same kind
 *
 * Returns: (transfer none): made once a test program; owned by the program
 */
EVP_PKEY *test_key (const char *name);

/** Signs @digest as a card does. Returns: (transfer full): as #EonaySignatureScheme says */
GBytes *test_card_sign (EVP_PKEY *key, GBytes *digest);

/** As a card whose key signs with RSA-PSS and nothing else. */
GBytes *test_card_sign_pss (EVP_PKEY *key, GBytes *digest);

/** Reads a PEM of tests/data/certificates. Returns: (transfer full): DER */
GBytes *test_certificate_der (const char *file);
char *test_certificate_pem (const char *file);

/** 2026-06-01 00:00:00 UTC plus @days. */
GDateTime *test_date (int days);

G_END_DECLS
