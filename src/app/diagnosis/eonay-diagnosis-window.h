#pragma once

#include <adwaita.h>

#include "session/diagnosis/eonay-diagnosis.h"

G_BEGIN_DECLS

/**
 * EonayDiagnosisWindow: everything that a signature needs, looked at as soon as the window is
 * there; whether one could be made now; and a report for the helpdesk.
 *
 * Actions: `diagnosis.run`, `diagnosis.copy`, `diagnosis.save`.
 */
#define EONAY_TYPE_DIAGNOSIS_WINDOW (eonay_diagnosis_window_get_type ())
G_DECLARE_FINAL_TYPE (EonayDiagnosisWindow, eonay_diagnosis_window, EONAY, DIAGNOSIS_WINDOW,
                      AdwWindow)

/** @parent: an #EonayWindow, whose My Card a finding may lead to */
GtkWidget *eonay_diagnosis_window_new (GtkWindow *parent, EonayDiagnosis *diagnosis);

G_END_DECLS
