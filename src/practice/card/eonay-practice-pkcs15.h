#pragma once

#include "practice/card/eonay-practice-model.h"

G_BEGIN_DECLS

#define EONAY_PRACTICE_PKCS15_LABEL "DENEME Kart"

/** Identifiers of the files of an application, from PKCS#15 v1.1, 5.4, and chosen here. */
#define EONAY_PRACTICE_PKCS15_ODF 0x5031
#define EONAY_PRACTICE_PKCS15_TOKEN 0x5032
#define EONAY_PRACTICE_PKCS15_AODF 0x4401
#define EONAY_PRACTICE_PKCS15_PRKDF 0x4402
#define EONAY_PRACTICE_PKCS15_PUKDF 0x4403
#define EONAY_PRACTICE_PKCS15_CDF 0x4404

/**
 * The files of a card: MF, EF.DIR, EF.ATR, and the application of PKCS#15 v1.1 / ISO/IEC 7816-15
 * at 3F00 5015 with the PINs of @model, and @keys.
 *
 * Returns: (transfer full)
 */
EonayPracticeFile *eonay_practice_pkcs15_lay_out (const EonayPracticeModel *model,
                                                  const guint8 serial[8], GPtrArray *keys);

/**
 * The same in a rare layout that the standard allows: three applications in EF.DIR, ours the
 * second, at 3F00 7F15 and not selectable by name; short paths; two PrKDF; one file with all
 * certificates.
 *
 * Returns: (transfer full)
 */
EonayPracticeFile *eonay_practice_pkcs15_lay_out_many (const EonayPracticeModel *model,
                                                       const guint8 serial[8], GPtrArray *keys);

/** Returns: (transfer full): an MF with EF.ATR, which has the capabilities of @model, and EF.DIR */
EonayPracticeFile *eonay_practice_pkcs15_make_root (const EonayPracticeModel *model,
                                                    GBytes *directory);

/** The name of a PKCS#15 application. */
#define EONAY_PRACTICE_PKCS15_NAME "\xa0\x00\x00\x00\x63PKCS-15"
#define EONAY_PRACTICE_PKCS15_NAME_LENGTH 12

G_END_DECLS
