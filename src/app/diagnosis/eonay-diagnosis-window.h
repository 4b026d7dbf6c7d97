#pragma once

#include <adwaita.h>

#include "session/diagnosis/eonay-diagnosis.h"

G_BEGIN_DECLS

/**
 * EonayDiagnosisWindow: checks everything that a signature needs as soon as it is shown; whether
 * one could be made now; and a report for the helpdesk.
 *
 * Actions: `diagnosis.run`, `diagnosis.copy`, `diagnosis.save`.
 */
#define EONAY_TYPE_DIAGNOSIS_WINDOW (eonay_diagnosis_window_get_type ())
G_DECLARE_FINAL_TYPE (EonayDiagnosisWindow, eonay_diagnosis_window, EONAY, DIAGNOSIS_WINDOW,
                      AdwWindow)

/** @parent: an #EonayWindow, whose My Card a finding may open */
GtkWidget *eonay_diagnosis_window_new (GtkWindow *parent, EonayDiagnosis *diagnosis);

G_END_DECLS
