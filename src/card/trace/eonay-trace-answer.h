#pragma once

#include "card/trace/eonay-trace-rule.h"

G_BEGIN_DECLS

/**
 * EonayTraceAnswer: an answer, or a file, as it is put together from the pieces in which it came,
 * so that a text which lies in two of them is found. One thread.
 */
typedef struct _EonayTraceAnswer EonayTraceAnswer;

EonayTraceAnswer *eonay_trace_answer_new (EonayTraceView view);

/** Keeps a piece; a later piece for the same place takes it. */
void eonay_trace_answer_put (EonayTraceAnswer *self, gsize offset, const guint8 *bytes,
                             gsize length);

/** Blanks what the view does not show, in every stretch that has no gap. */
void eonay_trace_answer_redact (EonayTraceAnswer *self);

/** Returns: (transfer none): what is now at @offset, where a piece has been put */
const guint8 *eonay_trace_answer_get (const EonayTraceAnswer *self, gsize offset);

void eonay_trace_answer_free (EonayTraceAnswer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayTraceAnswer, eonay_trace_answer_free)

G_END_DECLS
