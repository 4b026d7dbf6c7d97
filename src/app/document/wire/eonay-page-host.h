#pragma once

#include "app/document/wire/eonay-page-answer.h"
#include "base/host/eonay-sealed-memory.h"

G_BEGIN_DECLS

/**
 * EonayPageHost: the process that draws one PDF (`eonay-pdf-renderer`), as a thread that waits for it
 * sees it. It is confined, and has nothing but this document.
 *
 * Blocking: one thread at a time, never the main one.
 */
typedef struct _EonayPageHost EonayPageHost;

/**
 * eonay_page_host_seal: makes @document ready to be given to such processes
 *
 * Returns: (transfer full): %NULL with %EONAY_PAGE_ERROR_TOO_LARGE or _FAILED
 */
EonaySealedMemory *eonay_page_host_seal (GBytes *document, GError **error);

/** Returns: (transfer full): %NULL with %EONAY_PAGE_ERROR_TOO_LARGE or _FAILED */
EonayPageHost *eonay_page_host_start (EonaySealedMemory *document, GError **error);

/**
 * eonay_page_host_ask: %EONAY_PAGE_ASK_OPEN comes first
 *
 * Returns: (transfer full): without an error in it; %NULL with %EONAY_PAGE_ERROR. After _CRASHED and
 *   _HUNG the process is gone, and nothing more can be asked
 */
EonayPageAnswer *eonay_page_host_ask (EonayPageHost *self, const EonayPageRequest *request,
                                      GError **error);

/** Returns: whether the process is gone */
gboolean eonay_page_host_is_over (EonayPageHost *self);

/** @self: (transfer full) (nullable): ends the process */
void eonay_page_host_close (EonayPageHost *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayPageHost, eonay_page_host_close)

G_END_DECLS
