#pragma once

#include "practice/card/eonay-practice-chip.h"

G_BEGIN_DECLS

/**
 * The commands of a plain card: SELECT, READ BINARY, VERIFY, CHANGE REFERENCE DATA, RESET RETRY
 * COUNTER, MANAGE SECURITY ENVIRONMENT, GET CHALLENGE and GET DATA of ISO/IEC 7816-4, 11, and
 * COMPUTE DIGITAL SIGNATURE of ISO/IEC 7816-8, 5.3.
 *
 * Returns: a status word; any data is appended to @response
 */
guint16 eonay_practice_iso_execute (EonayPracticeChip *chip, const EonayPracticeCommand *command,
                                    GByteArray *response);

G_END_DECLS
