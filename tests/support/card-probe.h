#pragma once

#include "practice/card/eonay-practice-card.h"

#include <openssl/evp.h>

G_BEGIN_DECLS

/** Hashes of no bytes at all, hexadecimal. */
#define PROBE_SHA256 "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
#define PROBE_DIGEST_INFO "3031300d060960864801650304020105000420" PROBE_SHA256
#define PROBE_SHA384                                                 \
  "38b060a751ac96384cd9327eb1b1e36a21fdb71114be07434c0cc7bf63f6e1da" \
  "274edebfe76f65fbd51ad2f14898b95b"

/** How a signature has to look. */
typedef enum {
  PROBE_RSA_PKCS1,
  PROBE_RSA_PSS, /* the salt as long as the hash */
  PROBE_ECDSA,
  PROBE_ECDSA_PLAIN,
} ProbeScheme;

/** Returns: (transfer none): one provider for all tests of a program: keys take time */
EonayPracticePki *probe_pki (void);

/** Returns: (transfer full) */
EonayPracticeCard *probe_card (EonayPracticeCardKind kind);

/** @hex: a command, spaces allowed. Returns: (transfer full): data and status word */
GBytes *probe_send (EonayPracticeCard *card, const char *hex);

/** Fails the test unless the answer to @hex is @expected, hexadecimal */
#define probe_expect(card, hex, expected) probe_expect_at (G_STRLOC, (card), (hex), (expected))
void probe_expect_at (const char *place, EonayPracticeCard *card, const char *hex,
                      const char *expected);

/** Returns: (transfer full): the data of the answer to @hex, which has to be a success */
GBytes *probe_read (EonayPracticeCard *card, const char *hex);

/** Returns: (transfer full): the same, in pieces by GET RESPONSE where the card wants it so */
GBytes *probe_fetch (EonayPracticeCard *card, const char *hex);

/** Returns: (transfer full): the current EF, read in pieces of up to @piece bytes */
GBytes *probe_read_file (EonayPracticeCard *card, guint piece);

/** Fails the test unless @signature is one of no bytes at all by the key of @certificate, DER */
void probe_assert_signs (GBytes *certificate, GBytes *signature, ProbeScheme scheme,
                         const EVP_MD *hash);

/** Fails the test unless @card answers a reset with @expected, hexadecimal */
void probe_assert_atr (EonayPracticeCard *card, const char *expected);

/** Returns: whether @bytes are somewhere in @content */
gboolean probe_contains (GBytes *content, const void *bytes, gsize length);

/** Returns: (transfer full): lower-case */
char *probe_to_hex (const guint8 *bytes, gsize length);

G_END_DECLS
