#pragma once

#include <gio/gio.h>

#include "base/host/eonay-sealed-memory.h"

G_BEGIN_DECLS

/**
 * eonay_pdf_host_seal: makes a PDF ready to be read by the program eonay-pdf-inspector
 * @update: (nullable): follows @pdf in the same file
 *
 * Returns: (transfer full): %NULL with %EONAY_SIGNATURE_ERROR_PDF_TOO_LARGE or
 *   _PDF_NO_INSPECTOR (no memory or descriptor to give it)
 */
EonaySealedMemory *eonay_pdf_host_seal (GBytes *pdf, GBytes *update, GError **error);

/**
 * eonay_pdf_host_ask: has that program read a PDF; blocks
 * @argument: what is asked: a page's number for a report of %EONAY_PDF_REPORT_TYPE, or
 *   %EONAY_PDF_HOST_APPEARANCE and a number for objects of %EONAY_PDF_APPEARANCE_TYPE
 * @type: of the answer
 *
 * Returns: (transfer full): in normal form; %NULL with %EONAY_SIGNATURE_ERROR_PDF_TOO_COMPLEX (it
 *   took longer than 20 seconds), _PDF_CRASHED (or its answer is no such value), _PDF_NO_INSPECTOR (it
 *   does not start, or not in its sandbox), or %G_IO_ERROR_CANCELLED
 */
GVariant *eonay_pdf_host_ask (EonaySealedMemory *pdf, const char *argument, const char *type,
                              GCancellable *cancellable, GError **error);

/** How it ends when it cannot be confined. */
#define EONAY_PDF_HOST_EXIT_NO_SANDBOX 3

/** Before the number that the first object is to have. */
#define EONAY_PDF_HOST_APPEARANCE "appearance:"

G_END_DECLS
