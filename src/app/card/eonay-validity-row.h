#pragma once

#include <adwaita.h>

#include "session/sign/eonay-candidate.h"

G_BEGIN_DECLS

/**
 * EonayValidityRow: one certificate on a card: holder, provider, elapsed validity, days left, and
 * what to do when they are few. Its activation is `win.show-certificate`.
 */
#define EONAY_TYPE_VALIDITY_ROW (eonay_validity_row_get_type ())
G_DECLARE_FINAL_TYPE (EonayValidityRow, eonay_validity_row, EONAY, VALIDITY_ROW, AdwPreferencesRow)

GtkWidget *eonay_validity_row_new (EonayCandidate *candidate, GDateTime *now);

/** Updates the same certificate. */
void eonay_validity_row_set_candidate (EonayValidityRow *self, EonayCandidate *candidate,
                                       GDateTime *now);

/** Returns: (transfer none) */
EonayCandidate *eonay_validity_row_get_candidate (EonayValidityRow *self);

G_END_DECLS
