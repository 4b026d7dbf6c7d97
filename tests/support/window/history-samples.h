#pragma once

#include "session/history/eonay-history.h"

G_BEGIN_DECLS

#define HISTORY_SAMPLES_N_BATCHES 6

/**
 * history_samples_new_batch:
 * @name: of the batch
 * @index: which of the made-up signings, newest first: below %HISTORY_SAMPLES_N_BATCHES
 * @now: seconds since 1970
 *
 * Returns: (transfer full) (element-type EonayHistoryEntry): one entry a document
 */
GPtrArray *history_samples_new_batch (const char *name, guint index, gint64 now);

G_END_DECLS
