#pragma once

#include "session/diagnosis/eonay-diagnosis.h"

G_BEGIN_DECLS

/**
 * eonay_cli_doctor_json_write:
 * @now: the time of the report
 *
 * Returns: (transfer full): one object as data/doctor.schema.json describes it; redacted as
 *   eonay_diagnosis_report() is
 */
char *eonay_cli_doctor_json_write (EonayDiagnosis *diagnosis, GDateTime *now);

G_END_DECLS
