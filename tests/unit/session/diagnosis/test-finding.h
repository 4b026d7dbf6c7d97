#pragma once

#include "session/diagnosis/eonay-finding.h"

G_BEGIN_DECLS

/**
 * assert_finding:
 * @finding: (transfer full)
 * @code: (nullable): which the table of advice has to have
 * @words: that it says: found, remedy or command
 *
 * Besides, a failure has to have a remedy.
 */
void assert_finding (EonayFinding *finding, EonayFindingState state, const char *code,
                     const char *words);

G_END_DECLS
