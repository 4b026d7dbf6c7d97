#pragma once

#include "base/eonay-error.h"

G_BEGIN_DECLS

/**
 * EonayProblem: a problem type of protocol version 1 (RFC 9457, `application/problem+json`).
 *
 * @word: what the `type` of the problem ends in
 * @status: the HTTP status that it comes with
 * @code: what it means here
 */
typedef struct {
  const char *word;
  guint status;
  EonayPortalError code;
} EonayProblem;

/** Returns: (transfer none) (array length=n): every problem type that the protocol has */
const EonayProblem *eonay_problem_list (guint *n);

/**
 * eonay_problem_find:
 * @type: the problem's `type`, a URI reference
 *
 * Returns: (nullable): the problem whose word is @type after its last "/", ":" or "#"
 */
const EonayProblem *eonay_problem_find (const char *type);

G_END_DECLS
