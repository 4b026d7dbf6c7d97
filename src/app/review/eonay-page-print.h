#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * eonay_page_print_new_async:
 * @document: a PDF
 * @title: of the print job; one line
 *
 * Opens @document in a process of its own (EonayPageSource), which draws the pages for paper, each as
 * one picture. Main thread.
 */
void eonay_page_print_new_async (GBytes *document, const char *title, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data);

/**
 * Returns: (transfer full): to be run: each page has its own size, without margins. It is cancelled when
 *   a page cannot be drawn (eonay_page_print_get_error()). %NULL with %EONAY_PAGE_ERROR if the
 *   document cannot be opened
 */
GtkPrintOperation *eonay_page_print_new_finish (GAsyncResult *result, GError **error);

/** Returns: (transfer none) (nullable): why a page could not be drawn */
const GError *eonay_page_print_get_error (GtkPrintOperation *operation);

/** @error: why @document was not printed */
typedef void (*EonayPagePrintFailed) (GtkWidget *widget, const GError *error);

/**
 * eonay_page_print_ask: has the person choose printer and pages, and prints @document
 * @widget: in the window that it is asked over
 * @title: of the print job; one line
 * @failed: is called if it fails; not when the person cancels
 *
 * Another call for @widget, or its end, takes back one whose document is still being opened.
 */
void eonay_page_print_ask (GtkWidget *widget, GBytes *document, const char *title,
                           EonayPagePrintFailed failed);

G_END_DECLS
