#pragma once

#include <gio/gio.h>

#include "portal/eonay-transaction.h"

G_BEGIN_DECLS

/**
 * eonay_document_check_run:
 *
 * Whether documents can be shown and signed, as far as that is known without looking into a PDF: there
 * is one, their types and formats are supported, and texts can be shown.
 */
gboolean eonay_document_check_run (EonayTransaction *transaction, GError **error);

/**
 * Returns: (transfer full) (nullable): as eonay_document_check_inspect_finish(), if there is no PDF to
 *   be inspected; else %NULL
 */
GPtrArray *eonay_document_check_list_texts (EonayTransaction *transaction);

/**
 * eonay_document_check_inspect_async:
 * @transaction: whose documents, all with content, passed eonay_document_check_run()
 *
 * Inspects the PDFs, one after the other. Main thread.
 */
void eonay_document_check_inspect_async (EonayTransaction *transaction, GCancellable *cancellable,
                                         GAsyncReadyCallback callback, gpointer user_data);

/**
 * Returns: (transfer full) (element-type EonayPdfInspection): in the order of the documents, %NULL for
 *   texts; or %NULL with the reason why a PDF cannot be read or signed, %EONAY_SIGNATURE_ERROR
 */
GPtrArray *eonay_document_check_inspect_finish (GAsyncResult *result, GError **error);

G_END_DECLS
