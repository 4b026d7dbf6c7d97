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

/**
 * Returns: (transfer full): eonay_helpdesk_line_write() with the code of the first problem, or of the
 *   first thing to take care of if there is none; also the second line of the report
 */
char *eonay_diagnosis_report_line (EonayDiagnosis *self);

G_END_DECLS
