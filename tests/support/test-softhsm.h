#pragma once

#include "base/eonay-error.h"
#include "card/pkcs11/eonay-pkcs11-token.h"
#include "test-outcome.h"

/*
 * A token of SoftHSM2 (tests/shim), reached through the module host, and what is done with it.
 * Environment: EONAY_PKCS11_HOST, TEST_SHIM, TEST_SOFTHSM_TOKEN, EONAY_SHIM_MODULE.
 */

#define TEST_PIN "123456"
#define TEST_PUK "12345678"

/** Order of the certificates on the token. */
enum {
  TEST_RSA,
  TEST_P256,
  TEST_P384,
  TEST_N_CERTIFICATES
};

/** Makes the token, once for the program. */
void test_softhsm_set_up (void);
void test_softhsm_tear_down (void);

/** The shim's faults from the next start of a host on; forgets its log and count of wrong PINs. */
void test_softhsm_set_faults (const char *faults);

/** Returns: (transfer full): a copy of the shim, @name: faults "…@name" are of that one only */
char *test_softhsm_copy_module (const char *name);

/** Pretends that wrong PINs were sent by somebody else. */
void test_softhsm_spend_tries (guint tries);

/** Returns: how often the shim's function @call was called */
guint test_softhsm_count_calls (const char *call);

/** @timeout: milliseconds; 0 for the usual */
EonayPkcs11Module *test_softhsm_new_module (guint timeout);

/** Returns: (transfer full) (element-type EonayPkcs11Slot) */
GPtrArray *test_softhsm_list (EonayPkcs11Module *module, const char *const *skip, GError **error);

/** Returns: (transfer full): the only token of a module that has one */
EonayToken *test_softhsm_new_token (EonayPkcs11Module *module);

/** Returns: (transfer full): a certificate of the token's */
GBytes *test_softhsm_get_der (guint index);

/** Returns: (transfer full) */
EonayTokenCertificate *test_softhsm_get_certificate (EonayToken *token, guint index);

EonaySignatureScheme test_softhsm_get_scheme (guint index);

/** @pin: (nullable); @n_digests: how many to sign; @with_messages: hand what was hashed along */
void test_softhsm_sign (EonayToken *token, guint index, EonaySignatureScheme scheme,
                        const char *pin, guint n_digests, gboolean with_messages,
                        TestOutcome *outcome);

/** As test_softhsm_sign(), with @progress and @cancellable; does not wait. */
void test_softhsm_begin_sign (EonayToken *token, guint index, EonaySignatureScheme scheme,
                              guint n_digests, EonayTokenProgress *progress,
                              GCancellable *cancellable, TestOutcome *outcome);
void test_softhsm_change_pin (EonayToken *token, const char *pin, const char *new_pin,
                              TestOutcome *outcome);
void test_softhsm_unblock (EonayToken *token, const char *puk, const char *new_pin,
                           TestOutcome *outcome);
void test_softhsm_refresh (EonayToken *token, TestOutcome *outcome);

/** OpenSSL, not the program's own code, has to agree. */
void test_softhsm_assert_signed (const TestOutcome *outcome, guint index,
                                 EonaySignatureScheme scheme, guint n_digests);
