#pragma once

#include <adwaita.h>

#include "session/history/eonay-history-entry.h"

G_BEGIN_DECLS

/**
 * EonayHistoryRow: a line of the History: a day (#GtkStringObject), or what was signed on it
 * (#EonayHistoryEntry).
 */
#define EONAY_TYPE_HISTORY_ROW (eonay_history_row_get_type ())
G_DECLARE_FINAL_TYPE (EonayHistoryRow, eonay_history_row, EONAY, HISTORY_ROW, GtkBox)

GtkWidget *eonay_history_row_new (void);

/** @item: (nullable): what it shows */
void eonay_history_row_set_item (EonayHistoryRow *self, gpointer item);

/** Returns: (transfer none): the icon that goes with @outcome; its words say the same */
const char *eonay_history_row_get_outcome_icon (EonayHistoryOutcome outcome);

/** Returns: (transfer none): "success", "warning" or "error": a style class */
const char *eonay_history_row_get_outcome_style (EonayHistoryOutcome outcome);

G_END_DECLS
