#pragma once

#include <adwaita.h>

#include "session/history/eonay-history-entry.h"

G_BEGIN_DECLS

/**
 * EonayHistoryRow: a row of the History: an entry, and above the first of a day that day as a heading,
 * which is no row of its own that the focus could go to.
 */
#define EONAY_TYPE_HISTORY_ROW (eonay_history_row_get_type ())
G_DECLARE_FINAL_TYPE (EonayHistoryRow, eonay_history_row, EONAY, HISTORY_ROW, GtkBox)

GtkWidget *eonay_history_row_new (void);

/** @day: (nullable): the heading above it, in the person's language */
void eonay_history_row_set_entry (EonayHistoryRow *self, EonayHistoryEntry *entry, const char *day);

G_END_DECLS
