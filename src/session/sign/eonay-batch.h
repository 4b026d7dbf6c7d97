#pragma once

#include <gio/gio.h>

#include "base/eonay-secret.h"
#include "card/token/eonay-pin-consent.h"
#include "portal/eonay-transaction.h"
#include "session/sign/eonay-candidate.h"
#include "signature/pades/eonay-pades.h"

G_BEGIN_DECLS

/**
 * eonay_batch_sign_async:
 * @transaction: whose documents, all with content, are signed
 * @inspections: (element-type EonayPdfInspection): of eonay_document_check_inspect_finish()
 * @candidate: the certificate to sign with
 * @signing_time: the claimed time
 * @pin: (transfer full) (nullable): freshly typed; sent to the token once. %NULL if it is typed on
 *   the reader
 * @consent: what the person was shown when typing it
 * @check: (nullable): compares the pages of what is signed with those that were shown
 *
 * One PIN, every document of a transaction: prepares the signatures on a thread, has the card sign
 * their digests in one request, and assembles and verifies them on a thread. Main thread.
 */
void eonay_batch_sign_async (EonayTransaction *transaction, GPtrArray *inspections,
                             EonayCandidate *candidate, GDateTime *signing_time, EonaySecret *pin,
                             const EonayPinConsent *consent, EonayPadesCheck check,
                             GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data);

/**
 * Returns: (transfer full) (element-type GBytes): DER or signed PDFs, in the order of the documents; else
 *   %NULL with an error of the card or signature room
 */
GPtrArray *eonay_batch_sign_finish (GAsyncResult *result, GError **error);

G_END_DECLS
