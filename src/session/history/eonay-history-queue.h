#pragma once

#include "session/history/eonay-history-file.h"

G_BEGIN_DECLS

/** EonayHistoryQueue: the thread that writes a history, with its queue. */
typedef struct _EonayHistoryQueue EonayHistoryQueue;

/**
 * EonayHistoryWork: called on the thread.
 * @result: (out) (optional) (transfer full): the result for g_task_propagate_pointer()
 */
typedef gboolean (*EonayHistoryWork) (EonayHistoryFile *file, gpointer argument, gpointer *result,
                                      GError **error);

/**
 * EonayHistoryReport: called on the main thread, before the task returns.
 * @error: (nullable): of the work; %EONAY_SESSION_ERROR_HISTORY_DAMAGED if it succeeded after
 *   replacing a damaged file
 */
typedef void (*EonayHistoryReport) (gpointer source, gboolean done, const GError *error);

/**
 * @path: (nullable): see eonay_history_file_open()
 * @is_own: whether a damaged file may be moved aside
 */
EonayHistoryQueue *eonay_history_queue_new (const char *path, gboolean is_own,
                                            EonayHistoryReport report);

/**
 * eonay_history_queue_push:
 * @task: (transfer full): returns when the work is done, a pointer (a boolean, if the work has no
 *   result)
 * @argument: (transfer full) (nullable):
 * @timeout: milliseconds after which @task fails with %G_IO_ERROR_TIMED_OUT, while the work
 *   continues; 0 for none
 */
void eonay_history_queue_push (EonayHistoryQueue *self, GTask *task, EonayHistoryWork work,
                               gpointer argument, GDestroyNotify argument_free,
                               GDestroyNotify result_free, guint timeout);

/** Returns: whether everything was done within @seconds */
gboolean eonay_history_queue_flush (EonayHistoryQueue *self, guint seconds);

/** Ends the thread when its work is done. */
void eonay_history_queue_free (EonayHistoryQueue *self);

G_END_DECLS
