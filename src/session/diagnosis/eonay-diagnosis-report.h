#pragma once

#include "session/diagnosis/eonay-diagnosis.h"

G_BEGIN_DECLS

/**
 * eonay_diagnosis_report:
 * @now: the time of the report
 *
 * Returns: (transfer full): the findings for people: one per line with ✓, !, ✗, ? or –, and the
 *   remedy. Redacted: no names, no national ids, no serial numbers of readers, only the last four
 *   characters of a card's, no user or computer name. Ends in a line end
 */
char *eonay_diagnosis_report (EonayDiagnosis *self, GDateTime *now);

G_END_DECLS
