#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * The practice cards. PIN 123456, PUK 12345678.
 *
 * The first five are plain ISO/IEC 7816-15 cards, for people to practise with. The others cover
 * special cases that drivers have to support, and are for tests of drivers.
 */
typedef enum {
  EONAY_PRACTICE_CARD_VALID,       /* NES RSA-2048; expired NES RSA-2048 */
  EONAY_PRACTICE_CARD_EC,          /* NES P-384 */
  EONAY_PRACTICE_CARD_EXPIRED,     /* only an expired NES */
  EONAY_PRACTICE_CARD_BLOCKED,     /* NES RSA-2048, PIN blocked */
  EONAY_PRACTICE_CARD_TWO,         /* NES RSA-2048 and NES P-384, and a non-qualified one */
  EONAY_PRACTICE_CARD_AKIS_1_0,    /* AKİS v1.0, NES RSA-2048 */
  EONAY_PRACTICE_CARD_AKIS_1_2,    /* AKİS v1.2, NES RSA-2048 */
  EONAY_PRACTICE_CARD_AKIS_2,      /* AKİS v2, NES RSA-2048 and NES P-384 */
  EONAY_PRACTICE_CARD_AKIS_3,      /* AKİS v3, NES RSA-2048; does not sign */
  EONAY_PRACTICE_CARD_T0,          /* NES RSA-2048; speaks T=0 */
  EONAY_PRACTICE_CARD_MANY,        /* three applications; a PIN for a non-qualified RSA-2048, and
                                      another, 654321 with PUK 87654321, for a NES RSA-2048 that
                                      needs it before each signature */
  EONAY_PRACTICE_CARD_PSS,         /* NES RSA-2048 that signs only RSA-PSS with SHA-256 */
  EONAY_PRACTICE_CARD_HOST_PADDED, /* NES RSA-2048 that signs a whole padded block, chained */
  EONAY_PRACTICE_CARD_63C0,        /* NES RSA-2048; 63C0 for blocked, and 63Cx once verified */
  EONAY_PRACTICE_CARD_MYEID,       /* NES RSA-2048 and NES P-256; MSE SET names the file of the key,
                                      a PUK that no file describes, an officer's PIN */
  EONAY_PRACTICE_CARD_MYEID_T0,    /* the same over T=0, recognised by TokenInfo and not by its ATR
                                      */
  EONAY_PRACTICE_CARD_LIST_ONLY,   /* NES RSA-2048; does not describe how it signs or is unblocked
                                      */
} EonayPracticeCardKind;

/** Number of cards for people. */
#define EONAY_PRACTICE_N_CARDS (EONAY_PRACTICE_CARD_TWO + 1)

/** Number of all cards. */
#define EONAY_PRACTICE_N_CARD_KINDS (EONAY_PRACTICE_CARD_LIST_ONLY + 1)

/** Returns: (transfer none): its name in options, e.g. "akis-1.0" */
const char *eonay_practice_card_kind_get_name (EonayPracticeCardKind kind);

/** Returns: whether there is one of that name; if not, @kind is unchanged */
gboolean eonay_practice_card_kind_from_name (const char *name, EonayPracticeCardKind *kind);

G_END_DECLS
