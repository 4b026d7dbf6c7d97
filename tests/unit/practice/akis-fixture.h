#pragma once

#include "support/card-probe.h"

#include "card/reader/eonay-reader-list.h"
#include "practice/reader/eonay-practice-slots.h"

G_BEGIN_DECLS

/** What every practice card is dealt, and what no card has. */
#define PIN "123456"
#define NEW_PIN "65432109"
#define WRONG_PIN "999999"
#define PUK "12345678"
#define WRONG_PUK "87654321"

/** A card on which nobody has done anything yet, its reader, and the tries that it was dealt. */
typedef struct {
  EonayPracticeCard *card;
  EonayPracticeSlots *slots;
  EonayReaderList *list;
  EonayReader *reader;
  EonayToken *token;
  int pin_tries;
  int puk_tries;
} AkisFixture;

/** @kind: an #EonayPracticeCardKind; the second with the experimental commands switched on */
void akis_set_up (AkisFixture *fixture, gconstpointer kind);
void akis_set_up_experimental (AkisFixture *fixture, gconstpointer kind);
void akis_tear_down (AkisFixture *fixture, gconstpointer kind);

/** Puts the card in, again if it was pulled, and waits for what the reader asks by itself. */
void akis_insert (AkisFixture *fixture);

/** @state: %EONAY_READER_READY or _EMPTY */
void akis_wait_for_state (AkisFixture *fixture, EonayReaderState state);

/** Returns: how many commands the card has seen */
guint akis_count_commands (AkisFixture *fixture);

/** Looks into the card, without a command. */
void akis_assert_tries (AkisFixture *fixture, int pin_tries, int puk_tries);

/** The token's orders, to their end. */
gboolean akis_refresh (AkisFixture *fixture, GError **error);
gboolean akis_change (AkisFixture *fixture, const char *pin, const char *new_pin, GError **error);
gboolean akis_unblock (AkisFixture *fixture, const char *puk, const char *new_pin, GError **error);

/** @n documents without content, by the certificate at @place. Returns: (transfer full) */
GPtrArray *akis_sign (AkisFixture *fixture, guint place, EonaySignatureScheme scheme, guint n,
                      const char *pin, GError **error);

/** One, by the first certificate. */
GPtrArray *akis_sign_rsa (AkisFixture *fixture, const char *pin, GError **error);

/** The same, and checks the signatures by other code than the driver's. */
void akis_assert_signs (AkisFixture *fixture, guint place, EonaySignatureScheme scheme, guint n,
                        const char *pin);

G_END_DECLS
