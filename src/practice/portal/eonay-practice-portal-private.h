#pragma once

#include <libsoup/soup.h>

#include "practice/portal/eonay-practice-limit.h"
#include "practice/portal/eonay-practice-portal.h"
#include "practice/portal/eonay-practice-transaction.h"
#include "signature/verify/eonay-verifier.h"

G_BEGIN_DECLS

/** The protocol's maximum of `expires_in`, in seconds. */
#define EONAY_PRACTICE_VALIDITY_MAX 86400

const EonayClock *eonay_practice_portal_get_clock (EonayPracticePortal *self);

/** Returns: (transfer none) */
EonayTrust *eonay_practice_portal_get_trust (EonayPracticePortal *self);

/** Returns: (transfer none) */
EonayPracticeLimit *eonay_practice_portal_get_limit (EonayPracticePortal *self);

/**
 * eonay_practice_portal_add:
 * @fault: (nullable): a word of #EonayPracticeFault
 * @wish: (nullable): for "unblock"; omitted members have the portal's defaults
 *
 * Returns: (transfer none): %NULL with %G_IO_ERROR_INVALID_ARGUMENT
 */
EonayPracticeTransaction *eonay_practice_portal_add (EonayPracticePortal *self,
                                                     const char *operation, gint64 validity,
                                                     const char *signer_hint, const char *fault,
                                                     const EonayPracticeUnblockWish *wish,
                                                     GError **error);

/** Returns: (transfer none) (nullable) */
EonayPracticeTransaction *eonay_practice_portal_find_code (EonayPracticePortal *self,
                                                           const char *code);

/** Returns: (transfer none) (nullable) */
EonayPracticeTransaction *eonay_practice_portal_find_id (EonayPracticePortal *self, const char *id);

/** Emits "changed". */
void eonay_practice_portal_emit_changed (EonayPracticePortal *self);

/** Answers with the state of @transaction. */
void eonay_practice_portal_reply_state (EonayPracticePortal *self, SoupServerMessage *message,
                                        EonayPracticeTransaction *transaction);

/** `POST /practice/transactions`; @id is not used. */
void eonay_practice_portal_create_asked (EonayPracticePortal *self, SoupServerMessage *message,
                                         const char *id);

/** Answers one request to @path. */
void eonay_practice_portal_answer (EonayPracticePortal *self, SoupServerMessage *message,
                                   const char *path);

/** The calls on one transaction, each on its own path (data/portal-api.yaml). */
void eonay_practice_portal_resolve (EonayPracticePortal *self, SoupServerMessage *message,
                                    const char *id);
void eonay_practice_portal_submit (EonayPracticePortal *self, SoupServerMessage *message,
                                   const char *id);
void eonay_practice_portal_unblock (EonayPracticePortal *self, SoupServerMessage *message,
                                    const char *id);
void eonay_practice_portal_confirm (EonayPracticePortal *self, SoupServerMessage *message,
                                    const char *id);
void eonay_practice_portal_result (EonayPracticePortal *self, SoupServerMessage *message,
                                   const char *id);

G_END_DECLS
