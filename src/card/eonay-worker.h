#pragma once

#include "card/eonay-transport.h"

G_BEGIN_DECLS

/**
 * EonayWorker: a reader's own thread, which owns the reader's transport and does one piece of work
 * after the other. It sleeps when there is none.
 *
 * Everything here is called on the main thread. A card that hangs holds up the thread, never the
 * caller.
 */
typedef struct _EonayWorker EonayWorker;

/** Worker thread. Returns: (transfer full) (nullable): the result, %NULL with @error set */
typedef gpointer (*EonayWorkFunc) (EonayTransport *transport, gpointer order, GError **error);

/** Main thread. @result: (transfer full) (nullable); @error: (transfer none) (nullable) */
typedef void (*EonayWorkDoneFunc) (gpointer result, const GError *error, gpointer user_data);

/** @transport: (transfer full): not connected, and not used by anybody else from now on */
EonayWorker *eonay_worker_new (EonayTransport *transport, const char *name);

/**
 * eonay_worker_push:
 * @order: (transfer full): freed by @free_order on the worker thread, as soon as @work is done
 * @done: always called, on the calling thread's default main context, also when the worker
 *   has been stopped: then with %EONAY_CARD_ERROR_NO_READER
 */
void eonay_worker_push (EonayWorker *self, EonayWorkFunc work, gpointer order,
                        GDestroyNotify free_order, EonayWorkDoneFunc done, gpointer user_data);

/** Lets the thread end after the work that it has, without waiting for it. */
void eonay_worker_stop (EonayWorker *self);

EonayWorker *eonay_worker_ref (EonayWorker *self);
void eonay_worker_unref (EonayWorker *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayWorker, eonay_worker_unref)

G_END_DECLS
