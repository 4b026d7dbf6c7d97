#pragma once

#include "base/eonay-error.h"
#include "card/reader/eonay-reader-list.h"
#include "test-outcome.h"
#include "test-slots.h"

G_BEGIN_DECLS

#define TEST_SLOT "Deneme okuyucusu 00 00"
#define TEST_ISOAPPLET_ATR "3b80800101"

/* What the third-party card says. */
#define TEST_SELECT "{\"c\": \"00a404000cf276a288bcfba69d34f31001\", \"r\": \"9000\"}"
#define TEST_PIN_STATUS(tries_) "{\"c\": \"00200001\", \"r\": \"63c" #tries_ "\"}"
#define TEST_TOKEN_INFO_CONTENT                                                         \
  "3034020100040200000c07756e6b6e6f776e800b44454e454d45204b61727403020410a511180f32303" \
  "236313132303133323532335a9000"
#define TEST_TOKEN_INFO_SHORT                         \
  "{\"c\": \"00a4080c0450155032\", \"r\": \"9000\"}", \
      "{\"c\": \"00b0000000\", \"r\": \"" TEST_TOKEN_INFO_CONTENT "\"}"
#define TEST_TOKEN_INFO                                             \
  "{\"c\": \"00a40800045015503200\", "                              \
  "\"r\": \"6f1581020036820101830250328608ff000000000000009000\"}", \
      "{\"c\": \"00b00000000036\", \"r\": \"" TEST_TOKEN_INFO_CONTENT "\"}"

/** What a reader asks a card first: the certificates, then what the listing leaves out. */
#define TEST_LISTING(tries_) \
  "list-lean-extended", TEST_SELECT, TEST_TOKEN_INFO, TEST_PIN_STATUS (tries_)
#define TEST_N_LISTING 17
#define TEST_N_REFRESH 4
#define TEST_N_READ (TEST_N_LISTING + TEST_N_REFRESH)

/** The same from a card, or through a reader, that takes short commands only. */
#define TEST_LISTING_SHORT(tries_) \
  "list-lean", TEST_SELECT, TEST_TOKEN_INFO_SHORT, TEST_PIN_STATUS (tries_)
#define TEST_LISTING_T0(tries_)                    \
  "list-lean", TEST_SELECT, TEST_TOKEN_INFO_SHORT, \
      "{\"c\": \"0020000100\", \"r\": \"63c" #tries_ "\"}"
#define TEST_N_LISTING_SHORT 37

/** Listing, and then a signature with RSA. */
extern const char *const test_listing_rsa[];

/** The beginning of the signature that is recorded there. */
#define TEST_RSA_SIGNATURE "102d0d057c26474195074105bf915be4"

/** ReaderFixture: a list of readers with one reader, whose card is a replayed one. */
typedef struct {
  TestSlots *slots;
  EonayReaderList *list;
  EonayReader *reader;
} ReaderFixture;

/** @cache: (nullable): of cards that were read before */
void reader_fixture_open (ReaderFixture *self, EonayCardCache *cache);

/** For g_test_add(). */
void reader_fixture_set_up (ReaderFixture *self, gconstpointer user_data);
void reader_fixture_tear_down (ReaderFixture *self, gconstpointer user_data);

/** Puts a card in, and waits until it has been read, and refreshed if it could be read. */
void reader_fixture_insert (ReaderFixture *self, const char *const *transcripts);
void reader_fixture_insert_other (ReaderFixture *self, const char *const *transcripts,
                                  const char *atr_hex);
void reader_fixture_pull (ReaderFixture *self);

/** Returns: (transfer none) (nullable) */
EonayToken *reader_fixture_get_token (ReaderFixture *self);

/** Signs the fixture's document with the certificate at this place. */
void reader_fixture_sign (ReaderFixture *self, guint certificate, EonaySignatureScheme scheme,
                          const char *pin, GCancellable *cancellable, TestOutcome *outcome);

/** Changes the PIN of the first certificate's key, or unblocks it with @secret. */
void reader_fixture_change_pin (ReaderFixture *self, const char *secret, const char *new_pin,
                                TestOutcome *outcome);
void reader_fixture_unblock (ReaderFixture *self, const char *secret, const char *new_pin,
                             TestOutcome *outcome);

/** Fails unless the first certificate's PIN and PUK have so many tries; -1: unknown */
void reader_fixture_assert_tries (ReaderFixture *self, int pin_tries, int puk_tries);

/** The same, with the certificate's usual scheme. */
void reader_fixture_begin_sign (ReaderFixture *self, guint certificate, const char *pin,
                                GCancellable *cancellable, TestOutcome *outcome);

G_END_DECLS
