#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** @error: (nullable): why there is no PDF; %NULL if it is written */
typedef void (*EonayHistoryPdfDone) (const GError *error, gpointer user_data);

/**
 * eonay_history_pdf_save:
 * @operation: (transfer full): which has not run yet
 * @parent: (nullable)
 * @path: (type filename): replaced when the PDF is whole and on the disk, for the person's eyes
 *   only; otherwise what is there stays as it is
 *
 * Fails with GIO's errors, %G_IO_ERROR_NO_SPACE where the disk is full. @done is called once,
 * perhaps before this returns.
 */
void eonay_history_pdf_save (GtkPrintOperation *operation, GtkWindow *parent, const char *path,
                             EonayHistoryPdfDone done, gpointer user_data);

G_END_DECLS
