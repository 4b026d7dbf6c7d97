#pragma once

#include <adwaita.h>

#include "session/history/eonay-history-entry.h"

G_BEGIN_DECLS

/**
 * EonayHistoryRow: a row of the History: a day (#GtkStringObject), or an entry of it
 * (#EonayHistoryEntry).
 */
#define EONAY_TYPE_HISTORY_ROW (eonay_history_row_get_type ())
G_DECLARE_FINAL_TYPE (EonayHistoryRow, eonay_history_row, EONAY, HISTORY_ROW, GtkBox)

GtkWidget *eonay_history_row_new (void);

/** @item: (nullable): the item to show */
void eonay_history_row_set_item (EonayHistoryRow *self, gpointer item);

G_END_DECLS
