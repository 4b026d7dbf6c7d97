#pragma once

#include "session/diagnosis/eonay-diagnosis.h"

G_BEGIN_DECLS

/**
 * eonay_diagnosis_report:
 * @now: when it is written
 *
 * Returns: (transfer full): what was found, for people: a line each with ✓, !, ✗, ? or –, and what
 *   to do. Redacted: no name, no national id, no serial number of a reader, of a card's only the last
 *   four characters, no name of user or computer. Ends in a line's end
 */
char *eonay_diagnosis_report (EonayDiagnosis *self, GDateTime *now);

G_END_DECLS
