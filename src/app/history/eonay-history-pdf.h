#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** @error: (nullable): why there is no PDF; %NULL on success */
typedef void (*EonayHistoryPdfDone) (const GError *error, gpointer user_data);

/**
 * eonay_history_pdf_save:
 * @operation: (transfer full): which has not run yet
 * @parent: (nullable)
 * @path: (type filename): replaced once the PDF is complete and on the disk, readable by the person
 *   only; otherwise an existing file is unchanged
 *
 * Fails with GIO's errors, %G_IO_ERROR_NO_SPACE where the disk is full. @done is called once,
 * possibly before this returns.
 */
void eonay_history_pdf_save (GtkPrintOperation *operation, GtkWindow *parent, const char *path,
                             EonayHistoryPdfDone done, gpointer user_data);

G_END_DECLS
