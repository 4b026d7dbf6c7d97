#pragma once

#include "practice/portal/eonay-practice-transaction.h"
#include "signature/verify/eonay-verifier.h"

G_BEGIN_DECLS

/**
 * eonay_practice_verdict_judge:
 * @signatures: (element-type GBytes): one for each document, in their order: DER, or a signed PDF
 * @signer: (out) (transfer full): the holder, when all are accepted
 *
 * Verifies each signature as a portal has to: the CMS itself, that what is signed is the
 * transaction's document (the text inside it; the PDF up to the revision that was added), the
 * signer's chain to @trust, validity and key usage now, qualification, the expected person, that all
 * are the same person's, and a signing time after the creation and not in the future (±5 minutes).
 *
 * Returns: (nullable): the word of the first problem; %NULL when all are accepted
 */
const char *eonay_practice_verdict_judge (EonayPracticeTransaction *transaction,
                                          GPtrArray *signatures, EonayTrust *trust,
                                          const EonayClock *clock, char **signer);

G_END_DECLS
