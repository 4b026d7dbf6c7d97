#pragma once

#include "practice/eonay-practice-file.h"
#include "practice/eonay-practice-key.h"

G_BEGIN_DECLS

#define EONAY_PRACTICE_PIN_REFERENCE 0x01
#define EONAY_PRACTICE_PUK_REFERENCE 0x02

/**
 * eonay_practice_pkcs15_new:
 * @label: of the token, UTF-8
 * @serial: of the card
 * @keys: (element-type EonayPracticeKey)
 *
 * Returns: (transfer full): a card's files: MF, EF.DIR, EF.ATR, and the application of
 *   PKCS#15 v1.1 / ISO/IEC 7816-15 at 3F00 5015 with one PIN, its PUK, and @keys
 */
EonayPracticeFile *eonay_practice_pkcs15_new (const char *label, const guint8 serial[8],
                                              GPtrArray *keys);

G_END_DECLS
