#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * eonay_history_print_new:
 * @entries: (element-type EonayHistoryEntry): one a line; copied, so it may change afterwards
 * @scope: (nullable): description of the selection, below the title; %NULL for all entries
 * @practice: whether every page says that these are practice signatures
 *
 * Returns: (transfer full): a table of @entries on A4 landscape, with column titles and a page
 *   number on every page; to be run
 */
GtkPrintOperation *eonay_history_print_new (GPtrArray *entries, const char *scope,
                                            gboolean practice);

G_END_DECLS
