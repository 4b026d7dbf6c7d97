#pragma once

#include "card/apdu/eonay-transport.h"

G_BEGIN_DECLS

/**
 * EonayWorker: a reader's thread, which owns the reader's transport and executes work items in
 * order. It sleeps if there is none.
 *
 * Everything here is called on the main thread. A card that hangs blocks the thread, never the
 * caller: after a timeout without activity of the card, all pending work is answered with
 * %EONAY_CARD_ERROR_UNRESPONSIVE, or _BUSY if another program was waited for. Work not started by
 * then is never started. The worker can be used again as soon as the stuck call returns.
 */
typedef struct _EonayWorker EonayWorker;

/**
 * Timeout without activity of the card in milliseconds; time while the computer sleeps is not
 * counted.
 */
#define EONAY_WORKER_TIMEOUT 30000

/** Worker thread. Returns: (transfer full) (nullable): the result, %NULL with @error set */
typedef gpointer (*EonayWorkFunc) (EonayTransport *transport, gpointer request, GError **error);

/** Main thread. @result: (transfer full) (nullable); @error: (transfer none) (nullable) */
typedef void (*EonayWorkDoneFunc) (gpointer result, const GError *error, gpointer user_data);

/**
 * EonayWork: a kind of work.
 *
 * @free_request: called on the worker thread as soon as @work is done; on the main thread, before
 *   @done, for work that is never started
 * @free_result: for a result that arrives after @done was called
 * @done: always called, once, on the main context that was the default at eonay_worker_push(), also
 *   when the worker has been stopped: then with %EONAY_CARD_ERROR_NO_READER. After
 *   %EONAY_CARD_ERROR_UNRESPONSIVE or _BUSY, @work may still be running with its request
 */
typedef struct {
  EonayWorkFunc work;
  GDestroyNotify free_request;
  GDestroyNotify free_result;
  EonayWorkDoneFunc done;
} EonayWork;

/** Main thread. @error: (nullable): the error of a blocked thread; %NULL once it is free again */
typedef void (*EonayWorkerStuckFunc) (const GError *error, gpointer user_data);

/**
 * eonay_worker_new:
 * @transport: (transfer full): not connected, and not used elsewhere from now on
 * @timeout: in milliseconds, usually %EONAY_WORKER_TIMEOUT
 */
EonayWorker *eonay_worker_new (EonayTransport *transport, const char *name, guint timeout);

/** @func: (nullable): called after the `done` of the affected work */
void eonay_worker_set_stuck_func (EonayWorker *self, EonayWorkerStuckFunc func, gpointer user_data);

/**
 * eonay_worker_push:
 * @kind: static
 * @request: (transfer full)
 * @timeout: in milliseconds, for work that waits for people at the reader; 0 for the worker's own
 */
void eonay_worker_push (EonayWorker *self, const EonayWork *kind, gpointer request, guint timeout,
                        gpointer user_data);

/**
 * Returns: milliseconds since the card's last activity while the thread has work; %G_MAXINT if it
 *   has none
 */
int eonay_worker_get_silence (EonayWorker *self);

/** Ends the thread after its pending work, without waiting for it. */
void eonay_worker_stop (EonayWorker *self);

EonayWorker *eonay_worker_ref (EonayWorker *self);
void eonay_worker_unref (EonayWorker *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayWorker, eonay_worker_unref)

G_END_DECLS
