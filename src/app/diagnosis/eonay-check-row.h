#pragma once

#include <adwaita.h>

#include "session/diagnosis/eonay-check.h"

G_BEGIN_DECLS

/**
 * EonayCheckRow: a check of the diagnosis with its state as icon and word, its finding, the remedy,
 * and a button for it. Signal `act`: the button was pressed; the finding has its action.
 */
#define EONAY_TYPE_CHECK_ROW (eonay_check_row_get_type ())
G_DECLARE_FINAL_TYPE (EonayCheckRow, eonay_check_row, EONAY, CHECK_ROW, AdwPreferencesRow)

GtkWidget *eonay_check_row_new (EonayCheck *check);

/** Returns: (transfer none) */
EonayCheck *eonay_check_row_get_check (EonayCheckRow *self);

/** Returns: (transfer none): a symbolic icon's name */
const char *eonay_check_row_get_state_icon (EonayFindingState state);

/** Returns: (transfer none) (nullable): the CSS class of its colour */
const char *eonay_check_row_get_state_class (EonayFindingState state);

G_END_DECLS
