#pragma once

#include "base/eonay-error.h"

G_BEGIN_DECLS

/**
 * EonayProblem: a problem type of protocol version 1 (RFC 9457, `application/problem+json`).
 *
 * @word: the last part of the problem's `type`
 * @status: its HTTP status
 * @code: the corresponding error
 */
typedef struct {
  const char *word;
  guint status;
  EonayPortalError code;
} EonayProblem;

/** Returns: (transfer none) (array length=n): all problem types of the protocol */
const EonayProblem *eonay_problem_list (guint *n);

/**
 * eonay_problem_find:
 * @type: the problem's `type`, a URI reference
 *
 * Returns: (nullable): the problem whose word is @type after its last "/", ":" or "#"
 */
const EonayProblem *eonay_problem_find (const char *type);

G_END_DECLS
