#pragma once

#include <gio/gio.h>

#include "app/document/wire/eonay-page-answer.h"

G_BEGIN_DECLS

/**
 * EonayPageSource: one PDF, and the process that draws it (`eonay-pdf-renderer`), which is confined
 * and has nothing but this document. A process that crashes, hangs or says what makes no sense is
 * ended, and the request fails; the next one starts another.
 *
 * A thread of its own waits for the process, one request at a time: the most urgent first, then the
 * oldest. To be used in the main thread.
 */
#define EONAY_TYPE_PAGE_SOURCE (eonay_page_source_get_type ())
G_DECLARE_FINAL_TYPE (EonayPageSource, eonay_page_source, EONAY, PAGE_SOURCE, GObject)

/** @document: a PDF; never read again from where it came */
EonayPageSource *eonay_page_source_new (GBytes *document);

/** Returns: (transfer none): the bytes that are shown */
GBytes *eonay_page_source_get_document (EonayPageSource *self);

/**
 * eonay_page_source_ask_async:
 * @request: (transfer full)
 * @priority: as of GLib: the lower, the more urgent
 * @cancellable: (nullable): a request that was not sent yet is dropped
 *
 * The document is opened before whatever is asked first.
 */
void eonay_page_source_ask_async (EonayPageSource *self, EonayPageRequest *request, int priority,
                                  GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer user_data);

/**
 * Returns: (transfer full): without an error in it; %NULL with %EONAY_PAGE_ERROR or
 *   %G_IO_ERROR_CANCELLED
 */
EonayPageAnswer *eonay_page_source_ask_finish (EonayPageSource *self, GAsyncResult *result,
                                               GError **error);

G_END_DECLS
