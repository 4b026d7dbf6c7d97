#pragma once

#include "practice/card/eonay-practice-chip.h"

G_BEGIN_DECLS

/**
 * The commands of AKİS cards, as far as they are public; EonayPracticeAkisRules has the differences
 * between generations. The rest is as in ISO/IEC 7816-4.
 *
 * Returns: a status word; any data is appended to @response
 */
guint16 eonay_practice_akis_execute (EonayPracticeChip *chip, const EonayPracticeCommand *command,
                                     GByteArray *response);

/**
 * The files of the early generations: PKCS#15 at 3F00 3D00, which is named "PKCS-15" and has the
 * certificates in 2F10 to 2F19.
 *
 * Returns: (transfer full)
 */
EonayPracticeFile *eonay_practice_akis_lay_out_early (const EonayPracticeModel *model,
                                                      const guint8 serial[8], GPtrArray *keys);

/** The same with nothing but the certificates. Returns: (transfer full) */
EonayPracticeFile *eonay_practice_akis_lay_out_late (const EonayPracticeModel *model,
                                                     const guint8 serial[8], GPtrArray *keys);

G_END_DECLS
