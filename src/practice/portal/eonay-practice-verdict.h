#pragma once

#include "practice/portal/eonay-practice-transaction.h"
#include "signature/verify/eonay-verifier.h"

G_BEGIN_DECLS

/**
 * eonay_practice_verdict_judge:
 * @signature: DER
 * @signer: (out) (transfer full): the holder, when accepted
 *
 * Verifies @signature as a portal has to: the CMS itself, that its content is the transaction's
 * document, the signer's chain to @trust, validity and key usage now, qualification, the expected
 * person, and a signing time after the creation and not in the future (±5 minutes).
 *
 * Returns: (nullable): the word of the problem; %NULL when accepted
 */
const char *eonay_practice_verdict_judge (EonayPracticeTransaction *transaction, GBytes *signature,
                                          EonayTrust *trust, const EonayClock *clock,
                                          char **signer);

G_END_DECLS
